#include "app/core/open.h"
#include "filled.h"
#include "raw_sql.h"

#include "app/core/mark.h"
#include "app/ops/doctor.h"
#include "gen/queries.h"

#include <sys/stat.h>
#include <unistd.h>

/* What doctor said. */
struct lines {
    struct line {
        struct str what, text;
    } p[64];
    size_t n;
    struct arena *arena;
};

static void keep_line(void *arg, const char *what, struct str text)
{
    struct lines *lines = arg;
    assert_true(lines->n < COUNT(lines->p));
    lines->p[lines->n++] =
        (struct line){arena_str(lines->arena, str_from(what)), arena_str(lines->arena, text)};
}

static int ask(struct fixture *x, const struct app_options *o, struct lines *ret)
{
    *ret = (struct lines){.arena = x->arena};
    return app_doctor(o, keep_line, NULL, ret);
}

/* One thing is wrong and told in words with this part; everything else is looked at and well. */
static void assert_only(struct fixture *x, const struct app_options *o, const char *what, const char *part)
{
    struct lines lines;
    int told = 0;
    size_t at;
    assert_int_equal(ask(x, o, &lines), 1);
    for (size_t i = 0; i < lines.n; i++) {
        const struct line *l = &lines.p[i];
        if (!l->text.n || str_starts(l->text, STR("warning: "))) continue;
        told++;
        print_message("%.*s: %.*s\n", STR_ARG(l->what), STR_ARG(l->text));
        assert_true(str_eq(l->what, str_from(what)));
        assert_true(str_find(l->text, str_from(part), &at));
    }
    assert_int_equal(told, 1);
}

static void a_fresh_demo_is_well(void **state)
{
    struct fixture *x = *state;
    struct lines lines;
    struct app_options o = filled_options(x);
    assert_int_equal(ask(x, &o, &lines), 0);
    assert_int_equal(lines.n, x->db->folder ? 35 : 33);
}

static struct member_line newest(struct ctx *c)
{
    struct member_lines lines;
    assert_ok(c, q_members_newest(c->db, c->arena, (struct member_id){INT64_MAX}, 1, &lines));
    return lines.p[0];
}

static enum status break_counter(struct ctx *c)
{
    return q_counter_add(c->db, newest(c).company_id, STR("approved"), STR("2031-01-01"), 1, NULL);
}

static enum status break_counter_of_all(struct ctx *c)
{
    return q_counter_add(c->db, (struct company_id){0}, STR("submitted"), STR(""), -1, NULL);
}

static enum status break_period(struct ctx *c)
{
    struct period_insert_row row;
    struct period_insert_in in = {.member = newest(c).id,
                                  .kind = STR("new"),
                                  .start_day = DAY(2026, 1, 1),
                                  .end_day = DAY(2030, 12, 31),
                                  .approved_on = DAY(2026, 1, 1),
                                  .document_no = STR(""),
                                  .document_folded = STR(""),
                                  .now = c->now_ms};
    return q_period_insert(c->db, c->arena, &in, &row);
}

static enum status break_employment(struct ctx *c)
{
    return q_employment_end(c->db, newest(c).id, c->today, NULL);
}

static enum status break_index(struct ctx *c)
{
    return q_member_grams_delete(c->db, newest(c).id, NULL);
}

static enum status break_trail(struct ctx *c)
{
    struct audit_head_row head;
    enum status s = q_audit_head(c->db, c->arena, &head);
    return s ? s : q_audit_head_move(c->db, head.number + 1, head.mac, NULL);
}

/* The chain that is left is whole. */
static enum status cut_trail(struct ctx *c)
{
    struct head h = {999999, {0}};
    struct fault f;
    return mark_put(c->app->mark, &h, &f);
}

/* As access/adrift.h does when there is room again; what is older no longer matters. */
static enum status lose_rows(struct ctx *c)
{
    static const struct {
        int days;
        const char *lost;
    } TIMES[] = {{31, "5"}, {29, "4"}, {0, "3"}};
    int64_t now_ms = c->now_ms;
    enum status s = ST_OK;
    for (size_t i = 0; i < COUNT(TIMES) && s == ST_OK; i++) {
        c->now_ms = now_ms - TIMES[i].days * DAY_MS;
        s = audit_add(c, &(struct audit_note){.event = "system.trail_lost", .note = str_from(TIMES[i].lost)});
    }
    c->now_ms = now_ms;
    return s;
}

static const struct {
    enum status (*damage)(struct ctx *c);
    const char *what, *part;
} DAMAGES[] = {
    {break_counter, "counters", "1 differ"},
    {break_counter_of_all, "counters", "1 differ"},
    {break_period, "ends of periods", "1 "},
    {break_employment, "employers", "1 "},
    {break_index, "search index", "1 "},
    {break_trail, "audit trail", "does not check"},
    {cut_trail, "high-water mark", "the trail ends at row"},
    {lose_rows, "logins without a row", "7 in the last 30 days"},
};

static void every_damage_is_found(void **state)
{
    for (size_t i = 0; i < COUNT(DAMAGES); i++) {
        if (i > 0) assert_int_equal(filled_setup(state), 0);
        struct fixture *x = *state;
        struct ctx *c = as_command_line(x);
        struct app_options o = filled_options(x);
        assert_ok(c, app_begin(c));
        assert_ok(c, DAMAGES[i].damage(c));
        assert_ok(c, app_commit(c));
        assert_only(x, &o, DAMAGES[i].what, DAMAGES[i].part);
        if (i + 1 < COUNT(DAMAGES)) register_teardown(state);
    }
}

/* What can't be read is told once, where it is, and everything else is looked at. */
static void what_cannot_be_read_hides_nothing(void **state)
{
    static const struct {
        const char *table, *what;
    } GONE[] = {{"member_gram", "search index"}, {"outcome", "results"}};
    struct fixture *x = *state;
    struct app_options o = filled_options(x);
    for (size_t i = 0; i < COUNT(GONE); i++) {
        raw_sql(x, arena_fmt(x->arena, "alter table %s rename to gone", GONE[i].table).p);
        assert_only(x, &o, GONE[i].what, "it can't be read: ");
        raw_sql(x, arena_fmt(x->arena, "alter table gone rename to %s", GONE[i].table).p);
    }
}

/* Told before somebody prints it. U+F0000 is nobody's character. */
static void what_no_font_has(void **state)
{
    static const char *const COLUMNS[] = {"name", "major", "post"};
    struct fixture *x = *state;
    struct app_options o = filled_options(x);
    for (size_t i = 0; i < COUNT(COLUMNS); i++) {
        raw_sql(x, arena_fmt(x->arena, "update member set %s = %s || '\xf3\xb0\x80\x80' where id = 7",
                             COLUMNS[i], COLUMNS[i])
                       .p);
        assert_only(x, &o, "characters", "no font has \xf3\xb0\x80\x80:");
        raw_sql(x, arena_fmt(x->arena, "update member set %s = replace(%s, '\xf3\xb0\x80\x80', '')",
                             COLUMNS[i], COLUMNS[i])
                       .p);
    }
}

static void a_clock_that_is_behind(void **state)
{
    struct app_options o = filled_options(*state);
    o.today = STR("2026-11-22");
    assert_only(*state, &o, "clock", "behind");
}

static void a_clock_of_another_time(void **state)
{
    struct app_options o = filled_options(*state);
    o.today = STR("2126-11-22");
    assert_only(*state, &o, "clock", "2126");
}

static void other_keys(void **state)
{
    struct fixture *x = *state;
    struct app_options o = filled_options(x);
    struct keys *keys;
    struct fault f = {0};
    o.keys_path = arena_fmt(x->arena, "%.*s-other", STR_ARG(o.keys_path));
    assert_only(x, &o, "keys and settings", "-other");
    assert_int_equal(keys_make(o.keys_path.p, &f, &keys), ST_OK);
    keys_free(keys);
    assert_only(x, &o, "keys and settings", "does not belong");
    unlink(o.keys_path.p);
}

static void no_database(void **state)
{
    struct fixture *x = *state;
    struct app_options o = filled_options(x);
    o.db_url = STR("sqlite:nowhere/at/all.db");
    assert_only(x, &o, "database", "nowhere/at/all.db");
}

static void a_file_that_others_may_read(void **state)
{
    struct fixture *x = *state;
    struct app_options o = filled_options(x);
    if (!x->db->folder) return; /* SQLite only */
    assert_int_equal(chmod(arena_fmt(x->arena, "%s/test.db", x->db->folder).p, 0640), 0);
    assert_only(x, &o, "database file", "chmod 600");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_fresh_demo_is_well, filled_setup, register_teardown),
        cmocka_unit_test_setup_teardown(every_damage_is_found, filled_setup, register_teardown),
        cmocka_unit_test_setup_teardown(what_cannot_be_read_hides_nothing, filled_setup, register_teardown),
        cmocka_unit_test_setup_teardown(what_no_font_has, filled_setup, register_teardown),
        cmocka_unit_test_setup_teardown(a_clock_that_is_behind, filled_setup, register_teardown),
        cmocka_unit_test_setup_teardown(a_clock_of_another_time, filled_setup, register_teardown),
        cmocka_unit_test_setup_teardown(other_keys, filled_setup, register_teardown),
        cmocka_unit_test_setup_teardown(no_database, empty_setup, register_teardown),
        cmocka_unit_test_setup_teardown(a_file_that_others_may_read, filled_setup, register_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
