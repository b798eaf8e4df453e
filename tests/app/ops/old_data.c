#include "old_data.h"

#include "people.h"

#include "app/ops/doctor.h"
#include "app/ops/setup.h"
#include "gen/queries.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Of synthetic data alone: old/make.py. */
#define TEST_KEY_ID   "7465737400000001"
#define TEST_KEY_BYTE "5a"
#define KEY_BYTES     32

#define MAX_SQL    (4u << 20)
#define DEMO_CLERK "演示监理公司0001"

/* A line of its own at the top. */
struct str old_known(struct old *o, const char *name)
{
    struct str rest = o->sql, line;
    struct str prefix = arena_fmt(o->x.arena, "-- %s ", name);
    while (str_cut(rest, '\n', &line, &rest) && str_starts(line, STR("--")))
        if (str_starts(line, prefix)) return str_sub(line, prefix.n, line.n);
    print_error("%s is not in the data\n", name);
    assert_true(false);
    return STR_NONE;
}

int64_t old_known_number(struct old *o, const char *name)
{
    int64_t n = 0;
    assert_true(str_int(old_known(o, name), &n));
    return n;
}

static struct str file_text(struct arena *a, const char *path)
{
    char *text = arena_alloc(a, MAX_SQL);
    FILE *f = fopen(path, "re");
    assert_non_null(f);
    size_t n = fread(text, 1, MAX_SQL, f);
    assert_true(n > 0 && n < MAX_SQL);
    assert_int_equal(fclose(f), 0);
    return (struct str){text, n};
}

/* Bytes stand as @'00ff'. */
static const char *in_dialect(struct arena *a, struct str sql)
{
    char *out = arena_alloc(a, 2 * sql.n + 1), *to = out;
    for (size_t i = 0; i < sql.n; i++) {
        bool bytes = sql.p[i] == '@' && i + 1 < sql.n && sql.p[i + 1] == '\'';
        if (!bytes) {
            *to++ = sql.p[i];
        } else if (db_fixture_is_postgres()) {
            memcpy(to, "'\\x", 3);
            to += 3;
            i++;
        } else {
            *to++ = 'x';
        }
    }
    return out;
}

/* PostgreSQL would give out the ids of the rows that came with theirs. */
static const char ON_IDS[] =
    "do $$ declare r record; begin for r in select table_name from information_schema.columns where "
    "table_schema = 'public' and column_name = 'id' and is_identity = 'YES' loop execute format('select "
    "setval(pg_get_serial_sequence(%L, ''id''), (select coalesce(max(id), 1) from %I))', r.table_name, "
    "r.table_name); end loop; end $$";

static void load(struct old *o)
{
    struct fault f = {0};
    int applied;
    struct db *db = db_fixture_open(
        o->x.db, &(struct db_options){.migrations = huiyuan_migrations, .n_migrations = o->migrations});
    assert_int_equal(db_migrate(db, &f, &applied), ST_OK);
    assert_int_equal(applied, o->migrations);
    db_close(db);
    const char *rows = in_dialect(o->x.arena, o->sql);
    raw_sql(&o->x, arena_fmt(o->x.arena, "begin;\n%s\ncommit;", rows).p);
    if (db_fixture_is_postgres()) raw_sql(&o->x, ON_IDS);
}

static void write_keys(struct old *o)
{
    FILE *f = fopen(o->x.keys_path.p, "we");
    assert_non_null(f);
    fprintf(f, "huiyuan-keys 1\nid %s\nmaster ", TEST_KEY_ID);
    for (int i = 0; i < KEY_BYTES; i++)
        fputs(TEST_KEY_BYTE, f);
    fputs("\n", f);
    assert_int_equal(fclose(f), 0);
    assert_int_equal(chmod(o->x.keys_path.p, S_IRUSR | S_IWUSR), 0);
}

int old_setup(void **state, const char *name, int migrations)
{
    static int made;
    struct arena *a = arena_new();
    struct old *o = ARENA_NEW(a, struct old);
    const char *folder = getenv("TMPDIR");
    o->x.arena = a;
    o->migrations = migrations;
    o->x.db = db_fixture_new();
    if (o->x.db->folder) folder = o->x.db->folder;
    o->x.keys_path = arena_fmt(a, "%s/keys-%d-%d", folder ? folder : "/tmp", (int)getpid(), ++made);
    o->sql = file_text(a, arena_fmt(a, "%s/tests/app/ops/old/%s.sql", getenv("HUIYUAN_SOURCE"), name).p);
    load(o);
    write_keys(o);
    *state = o;
    return 0;
}

static bool may(void *fixture, const char *what)
{
    const struct fixture *x = fixture;
    return !x->may || x->may(x->may_arg, what);
}

enum status old_migrate(struct old *o, struct fault *f, int *ret_applied)
{
    struct app_options options = filled_options(&o->x);
    struct app *app;
    options.any_schema = options.create = true;
    options.may = may;
    options.may_arg = &o->x;
    TRY(app_open(&options, f, &app));
    enum status s = app_migrate(app, &options, f, ret_applied);
    app_close(app);
    return s;
}

void old_open(struct old *o)
{
    struct fault f = {0};
    struct app_options options = filled_options(&o->x);
    enum status s = app_open(&options, &f, &o->x.app);
    if (s) print_error("%s %s\n", f.text, f.detail);
    assert_int_equal(s, ST_OK);
    o->x.company.v = raw_sql_number(&o->x, "select id from company where name = '" DEMO_CLERK "'");
    o->x.clerk.v = raw_sql_number(&o->x, "select id from account where main = 1 and company_id = "
                                         "(select id from company where name = '" DEMO_CLERK "')");
    o->x.membership.v = raw_sql_number(&o->x, "select id from account where login = 'huiyuan'");
}

int old_teardown(void **state)
{
    struct old *o = *state;
    struct fixture *x = &o->x; /* where register_teardown looks for it */
    void *fixture = x;
    return register_teardown(&fixture);
}

static void say_wrong(void *arg, const char *what, struct str text)
{
    (void)arg;
    if (text.n) print_error("%s: %.*s\n", what, STR_ARG(text));
}

void old_assert_well(struct old *o)
{
    struct app_options options = filled_options(&o->x);
    assert_int_equal(app_doctor(&options, say_wrong, NULL, NULL), 0);
    assert_sound(&o->x);
}
