#include "db/backup.h"

#include "db/engine.h"
#include "db/postgres_backup.h"
#include "db/sqlite_backup.h"

enum status db_count_rows(struct db_conn *c, db_count_fn *each, void *arg)
{
    if (c->failed != ST_OK) return c->failed;
    return c->db->engine->count_rows(c, each, arg);
}

enum status db_dump(struct db_conn *c, const char *folder, db_piece_fn *take, void *arg)
{
    if (c->failed != ST_OK) return c->failed;
    if (!db_may(c->db, "dump")) return db_refused(c, "dump");
    return c->db->engine->dump(c, folder, take, arg);
}

static bool is_sqlite(struct str url)
{
    return str_starts(url, STR("sqlite:"));
}

static const char *path_of(struct str url, struct arena *a)
{
    return arena_cstr(a, str_sub(url, sizeof "sqlite:" - 1, url.n));
}

enum status db_is_free(struct str url, struct arena *a, struct fault *f)
{
    return is_sqlite(url) ? sqlite_is_free(path_of(url, a), a, f) : postgres_is_free(arena_cstr(a, url), f);
}

enum status db_load(struct str url, struct arena *a, db_next_fn *next, void *arg, struct fault *f)
{
    return is_sqlite(url) ? sqlite_load(path_of(url, a), next, arg, f)
                          : postgres_load(arena_cstr(a, url), a, next, arg, f);
}

struct str db_stage(struct str url, const char *folder, struct arena *a)
{
    return is_sqlite(url) ? arena_fmt(a, "sqlite:%s/database", folder) : url;
}

enum status db_aside(struct str url, const char *folder, struct arena *a, struct fault *f,
                     struct str *ret_url)
{
    if (!is_sqlite(url)) return postgres_aside(arena_cstr(a, url), a, f, ret_url);
    *ret_url = db_stage(url, folder, a);
    return ST_OK;
}

enum status db_unstage(struct str url, struct str staged, struct arena *a, struct fault *f)
{
    if (!is_sqlite(url)) return ST_OK;
    TRY(sqlite_is_free(path_of(url, a), a, f));
    return sqlite_rename(path_of(staged, a), path_of(url, a), a, f);
}
