#include "db/engine.h"

#include "base/day.h"

#define TABLE(integer, strict)                                                                               \
    "create table if not exists schema_migration (number " integer " primary key, name text not null,"       \
    " sha256 text not null, applied_at " integer " not null)" strict

static const enum db_type INT[] = {DB_INT};
static const enum db_type MIGRATION[] = {DB_INT, DB_TEXT, DB_TEXT, DB_INT};
static const enum db_type NUMBER_AND_SUM[] = {DB_INT, DB_TEXT};

static const struct db_query HAS_TABLE = {
    .name = "schema_migration_exists",
    .sqlite = "select count(*) from sqlite_schema where type = 'table' and name = 'schema_migration'",
    .postgres = "select count(to_regclass('schema_migration'))",
    .index = -1,
    .n_out = 1,
    .out = INT,
};

static const struct db_query MAKE_TABLE = {
    .name = "schema_migration_make",
    .sqlite = TABLE("integer", "strict"),
    .postgres = TABLE("bigint", ""),
    .index = -2,
};

static const struct db_query ALL_APPLIED = {
    .name = "schema_migration_all",
    .sqlite = "select number, sha256 from schema_migration order by number",
    .postgres = "select number, sha256 from schema_migration order by number",
    .index = -3,
    .n_out = 2,
    .out = NUMBER_AND_SUM,
};

static const struct db_query RECORD = {
    .name = "schema_migration_record",
    .sqlite = "insert into schema_migration (number, name, sha256, applied_at) values (?1, ?2, ?3, ?4)",
    .postgres = "insert into schema_migration (number, name, sha256, applied_at)"
                " values ($1::bigint, $2::text, $3::text, $4::bigint)",
    .index = -4,
    .n_in = 4,
    .in = MIGRATION,
};

/* How far the applied migrations, in order, are the known ones, in order. */
struct walk {
    const struct db_options *known;
    int applied;
    bool changed;
};

static enum status take_count(void *arg, const struct db_value *row)
{
    *(int64_t *)arg = row[0].i;
    return ST_OK;
}

static enum status walk_on(void *arg, const struct db_value *row)
{
    struct walk *w = arg;
    if (w->applied < w->known->n_migrations) {
        const struct db_migration *m = &w->known->migrations[w->applied];
        if (m->number != row[0].i || !str_eq(str_from(m->sha256), row[1].text)) w->changed = true;
    }
    w->applied++;
    return ST_OK;
}

static enum db_schema judge(const struct walk *w)
{
    if (w->changed) return DB_SCHEMA_CHANGED;
    if (w->applied > w->known->n_migrations) return DB_SCHEMA_NEWER;
    if (w->applied == w->known->n_migrations) return DB_SCHEMA_CURRENT;
    return w->applied == 0 ? DB_SCHEMA_EMPTY : DB_SCHEMA_OLDER;
}

static enum status state_of(struct db_conn *c, enum db_schema *ret, int *ret_applied)
{
    struct walk w = {.known = &c->db->options};
    int64_t tables = 0;
    TRY(db_each(c, &HAS_TABLE, NULL, take_count, &tables));
    if (tables > 0) TRY(db_each(c, &ALL_APPLIED, NULL, walk_on, &w));
    *ret = judge(&w);
    *ret_applied = w.applied;
    return ST_OK;
}

enum status db_schema_state(struct db *db, struct fault *f, enum db_schema *ret)
{
    struct arena *a = arena_new();
    struct db_conn *c = NULL;
    int applied;
    enum status s = db_read(db, a, f, &c);
    if (s == ST_OK) s = state_of(c, ret, &applied);
    arena_free(a);
    return s;
}

/* One process at a time. On SQLite the write transaction itself is the lock. On PostgreSQL the number is
 * "huiyuan" in ASCII; a migration, or the wait for one, may take longer than a statement is given. */
static enum status lock_schema(struct db_conn *tx)
{
    if (db_engine(tx->db) == DB_SQLITE) return ST_OK;
    return tx->db->engine->script(tx, "schema_lock",
                                  "set local statement_timeout = 0;"
                                  "select pg_advisory_xact_lock(29402493447659886)");
}

static enum status apply(struct db_conn *tx, const struct db_migration *m)
{
    const char *sql = db_engine(tx->db) == DB_SQLITE ? m->sqlite : m->postgres;
    struct db_value row[] = {
        {.type = DB_INT, .i = m->number},
        {.type = DB_TEXT, .text = str_from(m->name)},
        {.type = DB_TEXT, .text = str_from(m->sha256)},
        {.type = DB_INT, .i = clock_now_ms()},
    };
    if (!db_may(tx->db, m->name)) return db_refused(tx, m->name);
    TRY(tx->db->engine->script(tx, m->name, sql));
    return db_exec(tx, &RECORD, row, NULL);
}

/* *ret_applied stays when nothing is left to do; the transaction then ends unused with its arena. */
static enum status apply_next(struct db *db, struct arena *a, struct fault *f, int *ret_applied)
{
    struct db_conn *tx = NULL;
    enum db_schema state;
    int applied;
    TRY(tx_begin(db, a, f, &tx));
    tx->last = NULL;
    TRY(lock_schema(tx));
    TRY(state_of(tx, &state, &applied));
    switch (state) {
    case DB_SCHEMA_CURRENT:
        return ST_OK;
    case DB_SCHEMA_NEWER:
        return fail(f, ST_CONFLICT, "the database is newer than this program: use a newer huiyuan");
    case DB_SCHEMA_CHANGED:
        return fail(f, ST_CONFLICT, "the database was made by another huiyuan: its migrations differ");
    case DB_SCHEMA_EMPTY:
    case DB_SCHEMA_OLDER:
        break;
    }
    if (state == DB_SCHEMA_EMPTY) TRY(db_exec(tx, &MAKE_TABLE, NULL, NULL));
    TRY(apply(tx, &db->options.migrations[applied]));
    TRY(tx_commit(tx));
    ++*ret_applied;
    return ST_OK;
}

enum status db_migrate(struct db *db, struct fault *f, int *ret_applied)
{
    int applied = 0, before;
    enum status s;
    do {
        before = applied;
        struct arena *a = arena_new();
        s = apply_next(db, a, f, &applied);
        arena_free(a);
    } while (s == ST_OK && applied > before);
    if (s == ST_OK) *ret_applied = applied;
    return s;
}
