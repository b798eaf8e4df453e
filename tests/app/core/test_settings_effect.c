/* Every setting at two values with two outcomes: a setting that nobody reads is not there. Values go through
 * the table of settings, as the association sets them. */
#include "people.h"
#include "raw_sql.h"

#include "app/access/accounts.h"
#include "app/access/gate.h"
#include "app/access/lost.h"
#include "app/access/sessions.h"
#include "app/access/staff_accounts.h"
#include "app/companies/companies.h"
#include "app/core/looks.h"
#include "app/core/open.h"
#include "app/core/settings.h"
#include "app/core/settings_desk.h"
#include "app/core/texts.h"
#include "app/members/activation.h"
#include "app/members/exceptions.h"
#include "app/members/photos.h"
#include "app/ops/nightly.h"
#include "app/reports/exports.h"
#include "gen/queries.h"
#include "media/pictures.h"

#include <dirent.h>
#include <string.h>
#include <unistd.h>

struct row {
    const char *name, *a, *outcome_a, *b, *outcome_b;
    struct str (*look)(struct fixture *x, const struct row *row);
};

static void set(struct fixture *x, const char *name, const char *value)
{
    struct ctx *c = as_command_line(x);
    struct setting_now now;
    struct setting_history_rows past;
    struct setting_change change = {.name = str_from(name), .value = str_from(value), .reason = STR("试")};
    assert_ok(c, app_setting(c, change.name, &now, &past));
    change.version = now.version;
    assert_ok(c, app_setting_set(c, &change));
    app_end(c);
    c = as_command_line(x); /* the next request */
    assert_ok(c, app_read(c));
    app_end(c);
}

static bool holds(const struct text *t, const char *part)
{
    size_t at;
    for (size_t i = 0; i < t->sections.n; i++)
        for (size_t k = 0; k < t->sections.p[i].paragraphs.n; k++)
            if (str_find(t->sections.p[i].paragraphs.p[k], str_from(part), &at)) return true;
    return false;
}

/* Which of the two outcomes stands in a text. */
static struct str written(const struct text *t, const struct row *row)
{
    bool a = holds(t, row->outcome_a), b = holds(t, row->outcome_b);
    return a && b ? STR("both")
           : a    ? str_from(row->outcome_a)
           : b    ? str_from(row->outcome_b)
                  : STR("neither");
}

static struct str in_guide(struct fixture *x, const struct row *row)
{
    struct text t = app_text_guide(as_command_line(x), STR("http://localhost"));
    return written(&t, row);
}

static struct str in_company_help(struct fixture *x, const struct row *row)
{
    struct text t = app_text_help(as_command_line(x), SIDE_COMPANY, STR("http://localhost"));
    return written(&t, row);
}

/* The foot of every page shows it: web/core/frame.c. */
static struct str record_no(struct fixture *x, const struct row *row)
{
    (void)row;
    return settings_of(x)->record_no;
}

/* Everybody is somebody else. */
static int next_person(void)
{
    static int last = 100;
    return ++last;
}

static struct str of_status(enum status s)
{
    return s == ST_OK ? STR("accepted") : s == ST_BAD_INPUT ? STR("refused") : str_from(status_name(s));
}

/* 36 years old. */
static struct str step_1(struct fixture *x, const struct row *row)
{
    (void)row;
    struct application form = application_of(x, x->company, 1);
    struct ctx *c = as_command_line(x);
    struct str token;
    form.account.id_number = id_number_of(x->arena, DAY(1990, 5, 1), 100 + next_person());
    enum status s =
        app_register_start(c, &form.account, arena_fmt(x->arena, "10.9.0.%d", next_person()), &token);
    app_end(c);
    return of_status(s);
}

static struct str tries(struct fixture *x, const struct row *row)
{
    int n = 0;
    struct str token, address = arena_fmt(x->arena, "10.%s.0.1", row->a);
    enum status s = ST_OK;
    if (settings_of(x)->register_tries != row->a[0] - '0') address = arena_fmt(x->arena, "10.%s.0.1", row->b);
    while (s == ST_OK && n < 9) {
        struct application form = application_of(x, x->company, next_person());
        struct ctx *c = as_command_line(x);
        s = app_register_start(c, &form.account, address, &token);
        app_end(c);
        n += s == ST_OK;
    }
    assert_int_equal(s, ST_TOO_MANY);
    return arena_fmt(x->arena, "%d", n);
}

static struct str step_2(struct fixture *x, const struct person_input *in, const struct application *form)
{
    struct str token = application_draft(x, form);
    struct ctx *c = as_command_line(x);
    enum status s = app_register_details(c, token, in, &form->photo);
    app_end(c);
    return of_status(s);
}

/* Fifteen months ago. */
static struct str practice(struct fixture *x, const struct row *row)
{
    (void)row;
    struct application form = application_of(x, x->company, next_person());
    struct person_input in = form.details;
    in.started_on = STR("2025-08");
    return step_2(x, &in, &form);
}

static struct str without_qq(struct fixture *x, const struct row *row)
{
    (void)row;
    struct application form = application_of(x, x->company, next_person());
    struct person_input in = form.details;
    in.qq = STR("");
    return step_2(x, &in, &form);
}

static struct str number_prefix(struct fixture *x, const struct row *row)
{
    (void)row;
    return str_sub(person_of(x, person_in(x, STATE_MEMBER, next_person())).number, 0, 4);
}

static struct str period_end(struct fixture *x, const struct row *row)
{
    (void)row;
    return day_str(x->arena, person_of(x, person_in(x, STATE_MEMBER, next_person())).period_end);
}

/* Sixty days before the end. */
static struct str renewal(struct fixture *x, const struct row *row)
{
    (void)row;
    struct day today = x->app->fixed_today;
    struct member_id id = person_in(x, STATE_MEMBER, next_person());
    set_today(x, day_add(person_of(x, id).period_end, -60));
    struct outcome o = decide_with(as_clerk(x), &(struct decision){.event = EVENT_RECOMMEND_RENEWAL}, id);
    set_today(x, today);
    return o.done ? STR("accepted") : arena_str(x->arena, o.skipped.p[0].code);
}

/* Approved again some months after the end. */
static struct str end_of_the_lapsed(struct fixture *x, const struct row *row)
{
    (void)row;
    struct day today = x->app->fixed_today;
    struct member_id id = person_in(x, STATE_MEMBER, next_person());
    set_today(x, DAY(2032, 5, 1));
    decide(as_clerk(x), EVENT_RECOMMEND_RENEWAL, &id, 1);
    decide(as_membership(x), EVENT_APPROVE, &id, 1);
    set_today(x, today);
    return day_str(x->arena, person_of(x, id).period_end);
}

static struct str first_password(struct fixture *x, const struct row *row)
{
    struct ctx *c = as_membership(x);
    struct one_time made;
    assert_ok(c, app_company_reset_password(c, x->company, &made));
    return str_eq(made.password, str_from(row->b)) ? STR("fixed") : STR("random");
}

static struct str exported(struct fixture *x, const struct row *row)
{
    (void)row;
    size_t at;
    struct str number = dossier_of(x, person_register(x, next_person())).id_number;
    struct ctx *c = as_clerk(x);
    struct export_file file;
    assert_ok(c, app_members_export_bytes(c, &(struct member_filter){0}, EXPORT_CSV, &file));
    return str_find((struct str){(const char *)file.bytes.p, file.bytes.n}, number, &at) ? STR("in full")
                                                                                         : STR("masked");
}

static struct str two_at_once(struct fixture *x, const struct row *row)
{
    (void)row;
    struct member_id ids[] = {person_register(x, next_person()), person_register(x, next_person())};
    struct selection s = {.ids = ids, .n = COUNT(ids), .expect = -1};
    struct str token;
    struct ctx *c = as_clerk(x);
    enum status status =
        app_members_decide(c, &(struct decision){.event = EVENT_RECOMMEND}, &s, STR_NONE, &token);
    app_end(c);
    return of_status(status);
}

static bool is_background(const uint8_t *rgb)
{
    return rgb[0] == 252 && rgb[2] == 252;
}

static void paint_warm(int x, int y, int width, int height, uint8_t *rgb)
{
    paint_portrait(x, y, width, height, rgb);
    if (is_background(rgb)) memcpy(rgb, (const uint8_t[]){252, 240, 222}, 3);
}

static void paint_half_blue(int x, int y, int width, int height, uint8_t *rgb)
{
    paint_portrait(x, y, width, height, rgb);
    if (is_background(rgb) && x < width / 2) memcpy(rgb, (const uint8_t[]){60, 90, 160}, 3);
}

static void paint_shadow(int x, int y, int width, int height, uint8_t *rgb)
{
    paint_portrait(x, y, width, height, rgb);
    if (is_background(rgb) && x < width / 2) memset(rgb, 220, 3);
}

static struct str photo(struct fixture *x, void (*paint)(int, int, int, int, uint8_t *))
{
    static const struct {
        const char *part, *outcome;
    } WORDS[] = {{"背景", "background"}, {"清晰", "blurred"}, {"全是白色", "blank"}, {"没有颜色", "grey"}};
    struct picture p = {.width = 295, .height = 413, .paint = paint};
    struct ctx *c = as_command_line(x);
    struct bytes jpeg = picture_jpeg(x->arena, &p);
    size_t at;
    (void)photo_take(c, &(struct photo_input){.bytes = jpeg, .size = jpeg.n});
    struct str text = problem_of(&c->problems, STR("photo"));
    for (size_t i = 0; i < COUNT(WORDS) && text.n; i++)
        if (str_find(text, str_from(WORDS[i].part), &at)) return str_from(WORDS[i].outcome);
    return text.n ? text : STR("good");
}

static struct str on_white(struct fixture *x, const struct row *row)
{
    (void)row;
    return photo(x, paint_portrait);
}

static struct str on_warm_white(struct fixture *x, const struct row *row)
{
    (void)row;
    return photo(x, paint_warm);
}

static struct str before_half_a_wall(struct fixture *x, const struct row *row)
{
    (void)row;
    return photo(x, paint_half_blue);
}

static struct str in_a_shadow(struct fixture *x, const struct row *row)
{
    (void)row;
    return photo(x, paint_shadow);
}

/* Of a try to log in: "let in" is any word about the password. */
static struct str login_at(struct fixture *x, int64_t after_ms, struct login_input in)
{
    struct ctx *c = as_command_line(x);
    struct str token;
    c->now_ms += after_ms;
    c->today = day_at(c->now_ms);
    enum status s = app_login(c, &in, &token);
    app_end(c);
    return s == ST_TOO_MANY ? STR("locked") : s == ST_OK || s == ST_BAD_INPUT ? STR("let in") : STR("failed");
}

static struct str a_network(struct fixture *x)
{
    int n = next_person();
    return arena_fmt(x->arena, "10.%d.%d.1", 100 + n / 200, n % 200);
}

static struct str a_stranger(struct fixture *x)
{
    return arena_fmt(x->arena, "nobody-%d", next_person());
}

/* Where failures come from: none is another one each time. */
struct guesses {
    struct str account, network;
};

static struct str guess(struct fixture *x, const struct guesses *g, int64_t after_ms)
{
    return login_at(x, after_ms,
                    (struct login_input){SIDE_STAFF, g->account.n ? g->account : a_stranger(x), STR("wrong"),
                                         g->network.n ? g->network : a_network(x)});
}

static struct str failures_until_locked(struct fixture *x, const struct guesses *g)
{
    int n = 0;
    while (n < 40 && str_eq(guess(x, g, 0), STR("let in")))
        n++;
    return arena_fmt(x->arena, "%d", n);
}

static struct str once_locked(struct fixture *x, const struct guesses *g, int64_t after_ms)
{
    (void)failures_until_locked(x, g);
    return guess(x, g, after_ms);
}

static struct str of_a_pair(struct fixture *x, const struct row *row)
{
    (void)row;
    return failures_until_locked(x, &(struct guesses){a_stranger(x), a_network(x)});
}

static struct str of_an_account(struct fixture *x, const struct row *row)
{
    (void)row;
    return failures_until_locked(x, &(struct guesses){.account = a_stranger(x)});
}

static struct str of_a_network(struct fixture *x, const struct row *row)
{
    (void)row;
    return failures_until_locked(x, &(struct guesses){.network = a_network(x)});
}

static struct str pair_after_ten(struct fixture *x, const struct row *row)
{
    (void)row;
    return once_locked(x, &(struct guesses){a_stranger(x), a_network(x)}, 10 * MINUTE_MS);
}

static struct str account_after_twenty(struct fixture *x, const struct row *row)
{
    (void)row;
    return once_locked(x, &(struct guesses){.account = a_stranger(x)}, 20 * MINUTE_MS);
}

static struct str network_after_ten(struct fixture *x, const struct row *row)
{
    (void)row;
    return once_locked(x, &(struct guesses){.network = a_network(x)}, 10 * MINUTE_MS);
}

/* Sixty days after a login from there, an account that others have locked. Each look is years from the last.
 */
static struct str from_a_known_network(struct fixture *x, const struct row *row)
{
    static int64_t then_ms;
    struct login_input right = {SIDE_STAFF, STR("huiyuan"), STR("Zhaoqi-8842"), a_network(x)};
    (void)row;
    then_ms += 400 * DAY_MS;
    assert_true(str_eq(login_at(x, then_ms, right), STR("let in")));
    while (
        str_eq(guess(x, &(struct guesses){.account = STR("huiyuan")}, then_ms + 60 * DAY_MS), STR("let in")))
        continue;
    return login_at(x, then_ms + 60 * DAY_MS, right);
}

static struct gate_question asked_from(struct fixture *x, struct str network)
{
    struct gate_question q;
    struct ctx *c = as_command_line(x);
    assert_ok(c, gate_ask(c, STR("cookie"), network, &q));
    app_end(c);
    return q;
}

static struct str after_three_failures(struct fixture *x, const struct row *row)
{
    struct guesses g = {.network = a_network(x)};
    (void)row;
    for (int i = 0; i < 3; i++)
        assert_true(str_eq(guess(x, &g, 0), STR("let in")));
    return asked_from(x, g.network).both ? STR("both") : STR("either");
}

/* "CHALLENGE.bits": crypto/work.h. */
static struct str work_asked(struct fixture *x, const struct row *row)
{
    struct str challenge, bits, work = asked_from(x, a_network(x)).work;
    (void)row;
    str_cut(work, '.', &challenge, &bits);
    return bits;
}

static struct str five_days_after_it_was_given(struct fixture *x, const struct row *row)
{
    struct ctx *c = as_membership(x);
    struct one_time made;
    struct str token;
    (void)row;
    assert_ok(c, app_company_reset_password(c, x->company, &made));
    c = as_command_line(x);
    c->now_ms += 5 * DAY_MS;
    c->today = day_add(c->today, 5);
    enum status s =
        app_login(c, &(struct login_input){SIDE_COMPANY, made.account, made.password, a_network(x)}, &token);
    app_end(c);
    return of_status(s);
}

/* A hundred days after. */
static bool must_change_at_the_age_of(struct fixture *x, enum side side, struct str account,
                                      const char *password)
{
    struct str token;
    struct ctx *c = as_command_line(x);
    struct login_input in = {side, account, str_from(password), a_network(x)};
    c->now_ms += 100 * DAY_MS;
    c->today = day_add(c->today, 100);
    assert_ok(c, app_login(c, &in, &token));
    assert_ok(c, app_read(c));
    c->actor = (struct actor){.side = side};
    assert_ok(c, app_session_find(c, token));
    app_end(c);
    assert_int_equal(c->actor.must_change, c->actor.password_old);
    return c->actor.must_change;
}

static struct str of_age(bool must_change)
{
    return must_change ? STR("too old") : STR("good");
}

static struct str a_members(struct fixture *x, const struct row *row)
{
    struct application form = application_of(x, x->company, next_person());
    (void)row;
    application_send(x, &form);
    return of_age(must_change_at_the_age_of(x, SIDE_MEMBER, form.account.id_number, PASSWORD));
}

static struct str a_companys(struct fixture *x, const struct row *row)
{
    struct ctx *c = as_membership(x);
    struct one_time made;
    (void)row;
    assert_ok(c, app_company_reset_password(c, x->company, &made));
    raw_sql(x, "update account set must_change = 0, onetime = 0"); /* as if chosen */
    return of_age(
        must_change_at_the_age_of(x, SIDE_COMPANY, made.account, arena_cstr(x->arena, made.password)));
}

static struct str a_colleagues(struct fixture *x, const struct row *row)
{
    (void)row;
    raw_sql(x, "update account set must_change = 0");
    return of_age(must_change_at_the_age_of(x, SIDE_STAFF, STR("huiyuan"), "Zhaoqi-8842"));
}

/* The one before the present one, again. */
static struct str the_one_before(struct fixture *x, const struct row *row)
{
    static const char *password = "Zhaoqi-8842";
    const char *next = arena_fmt(x->arena, "Qiushui-%d", 7000 + next_person()).p;
    struct str token;
    struct ctx *c = as_viewer(x);
    (void)row;
    assert_ok(c, app_password_change(c, str_from(password), str_from(next), str_from(next), &token));
    enum status s = app_password_change(c, str_from(next), str_from(password), str_from(password), &token);
    if (s) password = next;
    app_end(c);
    return of_status(s);
}

static enum status ask_for_password(struct fixture *x, struct str number, struct str address,
                                    struct lost_code *ret)
{
    struct lost_input in = {SIDE_MEMBER,         number, STR("谁"), STR("Qiushui-7731"),
                            STR("Qiushui-7731"), address};
    struct ctx *c = as_command_line(x);
    enum status s = app_lost_ask(c, &in, ret);
    app_end(c);
    return s;
}

static struct str somebodys_number(struct fixture *x)
{
    return application_of(x, x->company, next_person()).account.id_number;
}

static struct str code_until(struct fixture *x, const struct row *row)
{
    struct lost_code code;
    (void)row;
    struct ctx *c = as_command_line(x);
    assert_ok(c, ask_for_password(x, somebodys_number(x), a_network(x), &code));
    return arena_fmt(x->arena, "%d", day_number(code.until) - day_number(c->today));
}

static struct str lost_tries(struct fixture *x, bool one_account)
{
    int n = 0;
    struct lost_code code;
    struct str number = somebodys_number(x), network = a_network(x);
    while (n < 99 && ask_for_password(x, one_account ? number : somebodys_number(x),
                                      one_account ? a_network(x) : network, &code) == ST_OK)
        n++;
    return arena_fmt(x->arena, "%d", n);
}

static struct str slip_until(struct fixture *x, const struct row *row)
{
    struct bytes pdf;
    struct activation_full a;
    (void)row;
    struct member_id id = person_register(x, next_person());
    struct selection s = {.ids = &id, .n = 1, .expect = -1};
    struct ctx *c = as_membership(x);
    assert_ok(c, app_activation_print(c, &s, STR_NONE, STR("http://localhost"), &pdf));
    assert_ok(c, app_read(c));
    assert_ok(c, q_activation_of_unscoped(c->db, c->arena, id, &a));
    app_end(c);
    return arena_fmt(x->arena, "%d", day_number(day_at(a.good_until)) - day_number(c->today));
}

static struct str activation_tries(struct fixture *x, const struct row *row)
{
    int n = 0;
    enum status s = ST_BAD_INPUT;
    struct str number = somebodys_number(x);
    (void)row;
    for (; n < 99 && s == ST_BAD_INPUT; n++) {
        struct ctx *c = as_command_line(x);
        struct activation_input in = {.code = STR("AAAA-AAAA-AAAA"),
                                      .id_number = number,
                                      .password = STR("Qiushui-7731"),
                                      .password_again = STR("Qiushui-7731"),
                                      .address = a_network(x),
                                      .consent = true,
                                      .consent_sensitive = true};
        s = app_activate(c, &in);
        app_end(c);
    }
    return arena_fmt(x->arena, "%d", n - 1);
}

static struct str lost_tries_of_account(struct fixture *x, const struct row *row)
{
    (void)row;
    return lost_tries(x, true);
}

static struct str lost_tries_of_network(struct fixture *x, const struct row *row)
{
    (void)row;
    return lost_tries(x, false);
}

static struct str second_factor(struct fixture *x, const struct row *row)
{
    struct str token;
    struct ctx *c = as_command_line(x);
    struct login_input in = {SIDE_STAFF, STR("huiyuan"), STR("Zhaoqi-8842"), a_network(x)};
    (void)row;
    assert_ok(c, app_login(c, &in, &token));
    c = as_command_line(x);
    assert_ok(c, app_read(c));
    assert_ok(c, app_session_find(c, token));
    app_end(c);
    return c->actor.must_totp ? STR("asked for") : STR("not asked for");
}

/* tests/web/test_own_sessions.py lets more minutes pass. */
static struct str again_minutes(struct fixture *x, const struct row *row)
{
    (void)row;
    return arena_fmt(x->arena, "%ld", (long)settings_of(x)->again_minutes);
}

/* Nobody logged in for a hundred days. */
static struct str unused_for_a_hundred_days(struct fixture *x, const struct row *row)
{
    struct staff_item item;
    struct ctx *c = as_viewer(x);
    (void)row;
    c->actor.roles = ROLE_SYSTEM;
    c->today = day_add(c->today, 100);
    assert_ok(c, app_staff_account(c, x->viewer, &item));
    app_end(c);
    return item.stale ? STR("stale") : STR("in use");
}

/* The second value is the usual one, so that each row leaves the others their ground. */
/* tests/web/test_forwarded.py tries it on a server. */
static struct str connections(struct fixture *x, const struct row *row)
{
    (void)row;
    return arena_fmt(x->arena, "%ld", (long)settings_address_connections(x->app));
}

/* Whether somebody with an exception may register before anybody looked at it. */
static struct str unlooked_exception(struct fixture *x, const struct row *row)
{
    struct application form = application_of(x, x->company, next_person());
    struct ctx *c = as_membership(x);
    struct str token;
    (void)row;
    form.account.id_number = id_number_of(x->arena, DAY(1950, 5, 1), 100 + next_person());
    struct exception_input in = {form.account.id_number, STR("理事会同意"), STR_NONE};
    assert_ok(c, app_exception_add(c, &in));
    app_end(c);
    c = as_command_line(x);
    enum status s =
        app_register_start(c, &form.account, arena_fmt(x->arena, "10.8.0.%d", next_person()), &token);
    app_end(c);
    return of_status(s);
}

static struct str next_backup(struct fixture *x, const struct row *row)
{
    (void)row;
    struct ctx *c = as_command_line(x);
    assert_ok(c, app_read(c));
    int64_t due = nightly_due(c);
    app_end(c);
    return due ? str_sub(instant_str(x->arena, due), 11, 5) : STR("off");
}

static struct str backups_that_stay(struct fixture *x, const struct row *row)
{
    (void)row;
    int n = 0;
    static int day;
    x->app->backups = arena_fmt(x->arena, "%.*s-stay-%s", STR_ARG(x->keys_path), row->a);
    settings_of(x)->backup_at = 180;
    for (int i = 0; i < 2; i++) {
        struct nightly_turn turn;
        struct ctx *c = as_command_line(x);
        c->arena = arena_new(); /* what the backup worked in goes with it */
        c->today = day_add(c->today, ++day);
        c->now_ms = instant_of(c->today) + 4 * HOUR_MS;
        assert_ok(c, nightly_claim(c, &turn));
        assert_ok(c, nightly_make(c, &turn, NULL));
        app_end(c);
        arena_free(c->arena);
    }
    const char *folder = arena_cstr(x->arena, x->app->backups);
    DIR *files = opendir(folder);
    assert_non_null(files);
    for (struct dirent *file; (file = readdir(files));)
        if (file->d_name[0] != '.') n += unlinkat(dirfd(files), file->d_name, 0) == 0;
    closedir(files);
    assert_int_equal(rmdir(folder), 0);
    return n == 1 ? STR("1 stays") : n == 2 ? STR("2 stay") : STR("neither");
}

/* Of a company whose 会员单位 was over yesterday. */
static struct str recommended_by_the_lapsed(struct fixture *x, const struct row *row)
{
    (void)row;
    raw_sql(x, arena_fmt(x->arena, "update company set unit_valid_to = '2020-01-01' where id = %ld",
                         (long)x->company.v)
                   .p);
    struct member_id id = person_register(x, next_person());
    struct outcome o = decide_with(as_clerk(x), &(struct decision){.event = EVENT_RECOMMEND}, id);
    raw_sql(x, "update company set unit_valid_to = null");
    return o.done ? STR("accepted") : arena_str(x->arena, o.skipped.p[0].code);
}

static const struct row ROWS[] = {
    {"association.name", "测试甲协会", "测试甲协会", "测试乙协会", "测试乙协会", in_guide},
    {"association.system", "会员甲系统", "会员甲系统", "会员管理系统", "会员管理系统", in_guide},
    {"association.phone", "0931-1234567", "0931-1234567", "0931-7654321", "0931-7654321", in_company_help},
    {"association.record_no", "陇ICP备1号", "陇ICP备1号", "", "", record_no},
    {"association.scan_mailbox", "a@example.com", "a@example.com", "gsjlxhlz@163.com", "gsjlxhlz@163.com",
     in_company_help},
    {"bank.payee", "甲收款人", "甲收款人", "乙收款人", "乙收款人", in_guide},
    {"bank.name", "甲银行", "甲银行", "乙银行", "乙银行", in_guide},
    {"bank.account", "111222333", "111222333", "444555666", "444555666", in_guide},
    {"fee.yearly_fen", "12300", "123元", "20000", "200元", in_guide},
    {"member.number_prefix", "ABCD", "ABCD", "GSJL", "GSJL", number_prefix},
    {"account.initial_password", "", "random", "Huiyuan-8842", "fixed", first_password},
    {"account.onetime_days", "4", "refused", "7", "accepted", five_days_after_it_was_given},
    {"account.password_days.member", "99", "too old", "0", "good", a_members},
    {"account.password_days.company", "99", "too old", "100", "good", a_companys},
    {"account.password_days.staff", "99", "too old", "100", "good", a_colleagues},
    {"account.password_history", "1", "accepted", "2", "refused", the_one_before},
    {"account.activation_days", "1", "1", "90", "90", slip_until},
    {"account.activation_tries", "1", "1", "3", "3", activation_tries},
    {"account.lost_days", "1", "1", "90", "90", code_until},
    {"account.lost_account_tries", "1", "1", "3", "3", lost_tries_of_account},
    {"account.lost_network_tries", "1", "1", "3", "3", lost_tries_of_network},
    {"account.totp_roles", "membership,system", "asked for", "security", "not asked for", second_factor},
    {"account.again_minutes", "9", "9", "10", "10", again_minutes},
    {"account.stale_days", "90", "stale", "100", "in use", unused_for_a_hundred_days},
    {"captcha.work_bits", "12", "12", "16", "16", work_asked},
    {"captcha.both_failures", "3", "both", "10", "either", after_three_failures},
    {"login.pair_failures", "3", "3", "5", "5", of_a_pair},
    {"login.pair_minutes", "9", "let in", "15", "locked", pair_after_ten},
    {"login.account_failures", "6", "6", "20", "20", of_an_account},
    {"login.account_minutes", "19", "let in", "30", "locked", account_after_twenty},
    {"login.network_failures", "4", "4", "30", "30", of_a_network},
    {"login.network_minutes", "9", "let in", "15", "locked", network_after_ten},
    {"login.known_days", "59", "locked", "90", "let in", from_a_known_network},
    {"period.years", "3", "2029-11-22", "5", "2031-11-22", period_end},
    {"renewal.window_days", "59", "not_due", "90", "accepted", renewal},
    {"renewal.lapsed_continues", "1", "2036-11-22", "0", "2037-04-30", end_of_the_lapsed},
    {"eligibility.age_min", "37", "refused", "18", "accepted", step_1},
    {"eligibility.age_max", "35", "refused", "60", "accepted", step_1},
    {"eligibility.practice_months", "18", "refused", "12", "accepted", practice},
    {"register.tries_an_hour", "2", "2", "4", "4", tries},
    {"register.required", "qq", "refused", "address,mobile,photo", "accepted", without_qq},
    {"photo.white_min", "254", "background", "215", "good", on_white},
    {"photo.white_spread", "40", "good", "25", "background", on_warm_white},
    {"photo.background_percent", "30", "good", "90", "background", before_half_a_wall},
    {"photo.background_deviation", "30", "good", "12", "background", in_a_shadow},
    {"photo.blank_percent", "10", "blank", "85", "good", on_white},
    {"photo.colour_spread", "250", "grey", "20", "good", on_white},
    {"photo.colour_percent", "100", "grey", "3", "good", on_white},
    {"photo.sharpness", "1000000", "blurred", "60", "good", on_white},
    {"serve.address_connections", "16", "16", "4096", "4096", connections},
    {"backup.at", "03:00", "03:00", "", "off", next_backup},
    {"backup.keep", "1", "1 stays", "30", "2 stay", backups_that_stay},
    {"export.masked", "1", "masked", "0", "in full", exported},
    {"recommend.lapsed_unit", "block", "lapsed", "warn", "accepted", recommended_by_the_lapsed},
    {"look.wait", "", "accepted", "id_number,exception", "refused", unlooked_exception},
    {"batch.rows", "1", "refused", "10000", "accepted", two_at_once},
};

static void look(struct fixture *x, const struct row *row, const char *value, const char *outcome)
{
    set(x, row->name, value);
    struct str seen = row->look(x, row);
    if (!str_eq(seen, str_from(outcome)))
        print_error("%s = %s: %.*s, not %s\n", row->name, value, STR_ARG(seen), outcome);
    assert_true(str_eq(seen, str_from(outcome)));
}

static void two_values_two_outcomes(void **state)
{
    struct fixture *x = *state;
    for (size_t i = 0; i < COUNT(ROWS); i++) {
        assert_string_not_equal(ROWS[i].outcome_a, ROWS[i].outcome_b);
        look(x, &ROWS[i], ROWS[i].a, ROWS[i].outcome_a);
        look(x, &ROWS[i], ROWS[i].b, ROWS[i].outcome_b);
    }
}

static void every_setting_has_a_row(void **state)
{
    (void)state;
    int missing = 0;
    const struct setting *setting;
    for (size_t i = 0; (setting = setting_at(i)); i++) {
        bool found = false;
        for (size_t k = 0; k < COUNT(ROWS); k++)
            found |= strcmp(ROWS[k].name, setting->name) == 0;
        if (!found) print_error("%s has no row: two values, two outcomes\n", setting->name);
        missing += !found;
    }
    assert_int_equal(missing, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_setting_has_a_row),
        cmocka_unit_test_setup_teardown(two_values_two_outcomes, register_setup, register_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
