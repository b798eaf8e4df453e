/* The 个人信息处理规则, version by version: who publishes one, which is in force on which day, who is asked,
 * and what agreeing leaves. */
#include "people.h"
#include "raw_sql.h"

#include "app/access/accounts.h"
#include "app/access/consent.h"
#include "app/access/sessions.h"
#include "app/core/privacy_desk.h"
#include "app/core/settings.h"

#include <string.h>

#define FIRST  "2026-11-01"
#define RULES  STR("#一、新规则\n我们这样处理您的信息。\n")
#define SYSTEM STR("http://127.0.0.1:8080")

static struct ctx *as_system(struct fixture *x)
{
    struct ctx *c = as_viewer(x);
    c->actor.roles = ROLE_SYSTEM;
    return c;
}

static int64_t newest(struct fixture *x)
{
    return raw_sql_number(x, "select max(id) from privacy_version");
}

static struct privacy_draft draft_from(struct fixture *x, struct day from)
{
    return (struct privacy_draft){.text = RULES,
                                  .in_force_from = day_str(x->arena, from),
                                  .reason = STR("补充说明"),
                                  .newest = newest(x)};
}

static enum status try_publish(struct fixture *x, const struct privacy_draft *d)
{
    struct ctx *c = as_system(x);
    enum status s = app_privacy_publish(c, d);
    app_end(c);
    return s;
}

static void publish(struct fixture *x, struct day from)
{
    struct privacy_draft d = draft_from(x, from);
    assert_int_equal(try_publish(x, &d), ST_OK);
}

static void assert_in_force(struct fixture *x, struct day today, const char *version)
{
    struct privacy_rules rules;
    struct str word;
    struct ctx *c = as_command_line(x);
    c->today = today;
    assert_ok(c, app_privacy(c, STR_NONE, SYSTEM, &rules));
    assert_text(rules.version, version);
    assert_true(rules.in_force);
    assert_ok(c, privacy_in_force(c, &word));
    assert_text(word, version);
    app_end(c);
}

static void a_version_is_in_force_from_its_day(void **state)
{
    struct fixture *x = *state;
    struct day today = x->app->fixed_today, tomorrow = day_add(today, 1);
    assert_in_force(x, DAY(1999, 1, 1), FIRST); /* nobody agrees to nothing */
    assert_in_force(x, today, FIRST);
    publish(x, tomorrow);
    struct str word = day_str(x->arena, tomorrow);
    assert_in_force(x, today, FIRST);
    assert_in_force(x, tomorrow, word.p);
    assert_in_force(x, day_add(today, 4000), word.p);
    publish(x, today); /* published later, but of an earlier day */
    assert_in_force(x, today, day_str(x->arena, today).p);
    assert_in_force(x, tomorrow, word.p);
    publish(x, tomorrow); /* of two of the same day the later one */
    publish(x, tomorrow);
    assert_in_force(x, tomorrow, arena_fmt(x->arena, "%.*s-3", STR_ARG(word)).p);
    assert_int_equal(trail_count(x, "privacy.publish", "ok"), 4);
}

/* Before the day of the program's own one: it stands behind all others. */
static void a_version_from_before_the_first(void **state)
{
    struct fixture *x = *state;
    set_today(x, DAY(2026, 6, 1));
    publish(x, DAY(2026, 6, 1));
    assert_in_force(x, DAY(2026, 5, 31), FIRST);
    assert_in_force(x, DAY(2026, 6, 1), "2026-06-01");
    assert_in_force(x, DAY(2026, 12, 1), "2026-06-01");
}

static void each_stays_as_it_was(void **state)
{
    struct fixture *x = *state;
    struct privacy_rules rules;
    struct privacy_draft d = draft_from(x, x->app->fixed_today);
    d.text = STR("开头一段{association}\n＃ 一、{phone}\n\n  第一段 \n## 二、空的\n#三、\n第二段");
    assert_int_equal(try_publish(x, &d), ST_OK);
    struct ctx *c = as_command_line(x);
    assert_ok(c, app_privacy(c, STR_NONE, SYSTEM, &rules));
    struct text_sections *s = &rules.text.sections;
    assert_int_equal(s->n, 4);
    assert_text(s->p[0].heading, "");
    assert_text(s->p[0].paragraphs.p[0], "开头一段{association}");
    assert_text(s->p[1].heading, "一、{phone}");
    assert_text(s->p[1].paragraphs.p[0], "第一段");
    assert_text(s->p[2].heading, "二、空的");
    assert_int_equal(s->p[2].paragraphs.n, 0);
    assert_text(s->p[3].paragraphs.p[0], "第二段");
    assert_ok(c, app_privacy(c, STR(FIRST), SYSTEM, &rules));
    assert_false(rules.in_force);
    assert_int_equal(rules.text.sections.n, 8);
    assert_true(str_starts(rules.text.sections.p[0].paragraphs.p[0], c->settings->association));
    assert_int_equal(app_privacy(c, STR("1999-01-01"), SYSTEM, &rules), ST_NOT_FOUND);
    app_end(c);
}

/* What the desk offers to begin with is the text in force: published as it stands it reads the same. */
static void the_desk_offers_what_is_in_force(void **state)
{
    struct fixture *x = *state;
    struct privacy_versions v;
    struct privacy_rules rules;
    struct ctx *c = as_system(x);
    assert_ok(c, app_privacy_versions(c, SYSTEM, &v));
    app_end(c);
    struct privacy_draft d = draft_from(x, x->app->fixed_today);
    d.text = v.typed;
    d.newest = v.newest;
    assert_int_equal(try_publish(x, &d), ST_OK);
    c = as_command_line(x);
    assert_ok(c, app_privacy(c, STR_NONE, SYSTEM, &rules));
    assert_int_equal(rules.text.sections.n, v.now.text.sections.n);
    for (size_t i = 0; i < rules.text.sections.n; i++) {
        const struct text_section *was = &v.now.text.sections.p[i], *is = &rules.text.sections.p[i];
        assert_true(str_eq(was->heading, is->heading));
        assert_int_equal(was->paragraphs.n, is->paragraphs.n);
        for (size_t k = 0; k < is->paragraphs.n; k++)
            assert_true(str_eq(was->paragraphs.p[k], is->paragraphs.p[k]));
    }
    app_end(c);
}

static struct str characters(struct fixture *x, size_t n)
{
    char *p = arena_alloc(x->arena, 3 * n);
    for (size_t i = 0; i < n; i++)
        memcpy(p + 3 * i, "字", 3);
    return (struct str){p, 3 * n};
}

static void a_wrong_draft_is_refused(void **state)
{
    struct fixture *x = *state;
    struct day today = x->app->fixed_today;
    const struct {
        const char *field;
        struct str text, from, reason;
    } CASES[] = {
        {"text", STR(""), day_str(x->arena, today), STR("试")},
        {"text", STR(" \n　\n"), day_str(x->arena, today), STR("试")},
        {"text", STR("#一、只有标题\n#二、"), day_str(x->arena, today), STR("试")},
        {"text", STR("一段\x01"), day_str(x->arena, today), STR("试")},
        {"text", characters(x, PRIVACY_TEXT_MOST + 1), day_str(x->arena, today), STR("试")},
        {"in_force_from", RULES, STR(""), STR("试")},
        {"in_force_from", RULES, STR("2026-02-30"), STR("试")},
        {"in_force_from", RULES, day_str(x->arena, day_add(today, -1)), STR("试")},
        {"reason", RULES, day_str(x->arena, today), STR("")},
        {"reason", RULES, day_str(x->arena, today), STR("  ")},
        {"reason", RULES, day_str(x->arena, today), STR("两\n行")},
        {"reason", RULES, day_str(x->arena, today), characters(x, PRIVACY_REASON_MOST + 1)},
    };
    for (size_t i = 0; i < COUNT(CASES); i++) {
        struct privacy_draft d = {CASES[i].text, CASES[i].from, CASES[i].reason, newest(x), STR_NONE};
        struct ctx *c = as_system(x);
        assert_int_equal(app_privacy_publish(c, &d), ST_BAD_INPUT);
        assert_int_equal(c->problems.n, 1);
        assert_problem(c, CASES[i].field);
        app_end(c);
    }
    struct privacy_draft longest = {characters(x, PRIVACY_TEXT_MOST), day_str(x->arena, today),
                                    characters(x, PRIVACY_REASON_MOST), newest(x), STR_NONE};
    assert_int_equal(try_publish(x, &longest), ST_OK);
}

static void a_stale_draft_and_one_sent_twice(void **state)
{
    struct fixture *x = *state;
    struct privacy_draft d = draft_from(x, x->app->fixed_today);
    d.once = STR("0123456789abcdef");
    assert_int_equal(try_publish(x, &d), ST_OK);
    assert_int_equal(try_publish(x, &d), ST_OK);
    assert_int_equal(raw_sql_number(x, "select count(*) from privacy_version"), 2);
    d.once = STR_NONE;
    assert_int_equal(try_publish(x, &d), ST_CONFLICT);
}

static void only_a_system_administrator_publishes(void **state)
{
    struct fixture *x = *state;
    struct privacy_draft d = draft_from(x, x->app->fixed_today);
    struct privacy_versions v;
    struct ctx *others[] = {as_membership(x), as_viewer(x), as_clerk(x), as_command_line(x)};
    for (size_t i = 0; i < COUNT(others); i++) {
        assert_int_equal(app_privacy_publish(others[i], &d), ST_FORBIDDEN);
        assert_int_equal(app_privacy_versions(others[i], SYSTEM, &v), ST_FORBIDDEN);
        app_end(others[i]);
    }
}

static bool is_due(struct ctx *c)
{
    bool due;
    assert_ok(c, app_read(c));
    assert_ok(c, consent_is_due(c, c->actor.account, &due));
    app_end(c);
    return due;
}

static void agree(struct ctx *c)
{
    assert_ok(c, app_consent(c, &(struct consent_given){.terms = true, .sensitive = true}));
    app_end(c);
}

static void each_version_is_agreed_to_once(void **state)
{
    struct fixture *x = *state;
    assert_true(is_due(as_clerk(x)));
    agree(as_clerk(x));
    assert_false(is_due(as_clerk(x)));
    assert_true(is_due(as_other_clerk(x))); /* everybody for himself */
    agree(as_clerk(x));
    assert_int_equal(raw_sql_number(x, "select count(*) from consent"), 2);
    assert_int_equal(trail_count(x, "account.consent", "ok"), 1);
    assert_text(trail_note(x, "account.consent"), "版本 " FIRST);
    publish(x, x->app->fixed_today);
    assert_true(is_due(as_clerk(x)));
    agree(as_clerk(x));
    assert_false(is_due(as_clerk(x)));
    assert_int_equal(raw_sql_number(x, "select count(*) from consent"), 4);
}

/* One of the two is not enough. */
static void both_are_needed(void **state)
{
    struct fixture *x = *state;
    static const struct {
        bool terms, sensitive;
        size_t n;
        const char *field;
    } CASES[] = {
        {false, true, 1, "consent"}, {true, false, 1, "consent_sensitive"}, {false, false, 2, "consent"}};
    for (size_t i = 0; i < COUNT(CASES); i++) {
        struct ctx *c = as_clerk(x);
        struct consent_given given = {.terms = CASES[i].terms, .sensitive = CASES[i].sensitive};
        assert_int_equal(app_consent(c, &given), ST_BAD_INPUT);
        assert_int_equal(c->problems.n, CASES[i].n);
        assert_problem(c, CASES[i].field);
        app_end(c);
    }
    agree(as_clerk(x));
    raw_sql(x, "delete from consent where kind = 'sensitive'");
    assert_true(is_due(as_clerk(x)));
}

static void what_was_read_is_what_is_agreed_to(void **state)
{
    struct fixture *x = *state;
    struct consent_given given = {.terms = true, .sensitive = true, .version = STR(FIRST)};
    publish(x, x->app->fixed_today);
    struct ctx *c = as_clerk(x);
    assert_int_equal(app_consent(c, &given), ST_CONFLICT);
    app_end(c);
    c = as_clerk(x);
    given.version = day_str(x->arena, x->app->fixed_today);
    assert_ok(c, app_consent(c, &given));
    app_end(c);
}

static void staff_are_not_asked(void **state)
{
    struct fixture *x = *state;
    struct ctx *others[] = {as_membership(x), as_command_line(x)};
    for (size_t i = 0; i < COUNT(others); i++)
        assert_int_equal(app_consent(others[i], &(struct consent_given){.terms = true, .sensitive = true}),
                         ST_FORBIDDEN);
}

/* Who registers agrees while registering; who is asked, and from when on, a session knows. */
static void a_session_knows_from_its_day_on(void **state)
{
    struct fixture *x = *state;
    struct application form = application_of(x, x->company, 1);
    struct member_id id = application_send(x, &form);
    struct day today = x->app->fixed_today;
    struct str token;
    struct login_input in = {SIDE_MEMBER, form.account.id_number, STR(PASSWORD), STR("192.0.2.1")};
    publish(x, day_add(today, 1));
    struct ctx *c = as_command_line(x);
    c->now_ms += DAY_MS - MINUTE_MS - (c->now_ms - instant_of(c->today)); /* a minute before midnight */
    int64_t late = c->now_ms;
    assert_ok(c, app_login(c, &in, &token));
    app_end(c);
    for (int day = 0; day <= 2; day++) { /* nothing is written: the day alone changes it, once and for all */
        c = as_command_line(x);
        c->now_ms = late + (day ? 2 * MINUTE_MS : 0);
        c->today = day_at(c->now_ms);
        assert_ok(c, app_read(c));
        assert_ok(c, app_session_find(c, token));
        assert_int_equal(c->actor.member.v, id.v);
        assert_int_equal(c->actor.must_consent, day > 0);
        app_end(c);
    }
    set_today(x, day_add(today, 1));
    agree(as_person(x, id));
    set_today(x, today);
    c = as_command_line(x);
    c->now_ms = late + 2 * MINUTE_MS;
    c->today = day_at(c->now_ms);
    assert_ok(c, app_read(c));
    assert_ok(c, app_session_find(c, token));
    assert_false(c->actor.must_consent);
    app_end(c);
}

/* Sealed with the person's own key, and shown to the person. */
static void a_person_sees_what_they_agreed_to(void **state)
{
    struct fixture *x = *state;
    struct events_shown events;
    struct member_id id = person_register(x, 1);
    publish(x, x->app->fixed_today);
    agree(as_person(x, id));
    struct dossier d = dossier_of(x, id);
    assert_int_equal(d.consents.n, 4);
    struct ctx *c = as_person(x, id);
    assert_ok(c, app_read(c));
    assert_ok(c, app_member_events(c, &d, INT64_MAX, 10, &events));
    assert_text(events.p[0].title, "同意个人信息处理规则");
    app_end(c);
}

static void doctor_says_which_name_no_version(void **state)
{
    struct fixture *x = *state;
    struct str wrong = STR_NONE;
    agree(as_clerk(x));
    struct ctx *c = as_command_line(x);
    assert_ok(c, app_read(c));
    assert_ok(c, look_at_consents(c, &wrong));
    assert_int_equal(wrong.n, 0);
    app_end(c);
    raw_sql(x, "update consent set text_version = '2026-11' where kind = 'terms'"); /* before versions */
    raw_sql(x, "update consent set text_version = '1999-01-01' where kind = 'sensitive'");
    c = as_command_line(x);
    assert_ok(c, app_read(c));
    assert_ok(c, look_at_consents(c, &wrong));
    assert_true(str_starts(wrong, STR("1 differ")));
    app_end(c);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, register_setup, register_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_version_is_in_force_from_its_day),
        TEST(a_version_from_before_the_first),
        TEST(each_stays_as_it_was),
        TEST(the_desk_offers_what_is_in_force),
        TEST(a_wrong_draft_is_refused),
        TEST(a_stale_draft_and_one_sent_twice),
        TEST(only_a_system_administrator_publishes),
        TEST(each_version_is_agreed_to_once),
        TEST(both_are_needed),
        TEST(what_was_read_is_what_is_agreed_to),
        TEST(staff_are_not_asked),
        TEST(a_session_knows_from_its_day_on),
        TEST(a_person_sees_what_they_agreed_to),
        TEST(doctor_says_which_name_no_version),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
