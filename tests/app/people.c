#include "people.h"

#include "app/core/trail.h"
#include "domain/id_number.h"
#include "domain/name_grams.h"
#include "gen/queries.h"
#include "media/pictures.h"
#include "media/portrait.h"

#include <string.h>

struct str id_number_of(struct arena *a, struct day born, int sequence)
{
    struct str first17 = arena_fmt(a, "620112%04d%02d%02d%03d", born.year, born.month, born.day, sequence);
    return arena_fmt(a, "%s%c", first17.p, id_number_check(first17.p));
}

struct photo_input portrait(struct fixture *x)
{
    struct bytes jpeg = portrait_jpeg(x->arena, false, 7);
    return (struct photo_input){.bytes = jpeg, .size = jpeg.n};
}

struct application application_of(struct fixture *x, struct company_id company, int i)
{
    struct arena *a = x->arena;
    return (struct application){
        .account = {.id_number = id_number_of(a, day_add(DAY(1980, 1, 1), i), 901),
                    .password = STR(PASSWORD),
                    .password_again = STR(PASSWORD),
                    .consent = true,
                    .consent_sensitive = true},
        .details = {.name = STR("王小明"),
                    .education = STR("21"),
                    .school = STR("兰州理工大学"),
                    .major = STR("土木工程"),
                    .title_level = STR("3"),
                    .title_specialty = STR("建筑工程"),
                    .post = STR("专监"),
                    .started_on = STR("2010-07"),
                    .company = arena_fmt(a, "%ld", (long)company.v),
                    .address = STR("兰州市城关区庆阳路1号"),
                    .qq = STR("123456789"),
                    .mobile = arena_fmt(a, "139%08d", i),
                    .email = STR("someone@example.com"),
                    .direct_reason = STR("已退休")}, /* counts with 协会直管 only */
        .photo = portrait(x),
    };
}

static void paint_blue(int x, int y, int width, int height, uint8_t *rgb)
{
    paint_portrait(x, y, width, height, rgb);
    if (rgb[0] == 252) memcpy(rgb, (const uint8_t[]){60, 90, 160}, 3);
}

static struct photo_input drawn(struct fixture *x, void (*paint)(int, int, int, int, uint8_t *), int width,
                                bool anyway)
{
    struct picture p = {.width = width, .height = width * 7 / 5, .paint = paint};
    struct bytes jpeg = picture_jpeg(x->arena, &p);
    return (struct photo_input){.bytes = jpeg, .size = jpeg.n, .anyway = anyway};
}

struct photo_input photo_of_kind(struct fixture *x, enum photo_kind kind, bool anyway)
{
    switch (kind) {
    case NO_PHOTO:
        break;
    case GOOD_PHOTO:
        return drawn(x, paint_portrait, 295, anyway);
    case BLUE_PHOTO:
        return drawn(x, paint_blue, 295, anyway);
    case SMALL_PHOTO:
        return drawn(x, paint_portrait, 200, anyway);
    case TEXT_FILE:
        return (struct photo_input){.bytes = str_bytes(STR("hello")), .size = 5, .anyway = anyway};
    case TOO_LONG: /* only what the limit lets in arrives, and how much there was */
        return (struct photo_input){.bytes = str_bytes(STR("hello")), .size = 153601, .anyway = anyway};
    }
    return (struct photo_input){.anyway = anyway};
}

/* A new address each time: the limit of tries is a test of its own. */
static struct str next_address(struct fixture *x)
{
    static int asked;
    asked++;
    return arena_fmt(x->arena, "127.%d.%d.1", asked / 250, asked % 250);
}

struct str application_draft(struct fixture *x, const struct application *form)
{
    struct str token;
    struct ctx *c = as_command_line(x);
    assert_ok(c, app_register_start(c, &form->account, next_address(x), &token));
    c = as_command_line(x);
    assert_ok(c, app_register_details(c, token, &form->details, &form->photo));
    app_end(c);
    return token;
}

struct member_id application_send(struct fixture *x, const struct application *form)
{
    struct str token = application_draft(x, form);
    struct ctx *c = as_command_line(x);
    assert_ok(c, app_register_submit(c, token));
    app_end(c);
    return person_newest(x).id;
}

struct member_id person_register(struct fixture *x, int i)
{
    struct application form = application_of(x, x->company, i);
    return application_send(x, &form);
}

static void approved(struct fixture *x, struct member_id id)
{
    decide(as_clerk(x), EVENT_RECOMMEND, &id, 1);
    decide(as_membership(x), EVENT_APPROVE, &id, 1);
}

/* Approved ten years ago: the period is long over. */
static struct member_id lapsed(struct fixture *x, int i)
{
    struct day today = x->app->fixed_today;
    set_today(x, day_add_years(today, -10));
    struct application form = application_of(x, x->company, i);
    form.details.started_on = STR("2000-01");
    struct member_id id = application_send(x, &form);
    approved(x, id);
    set_today(x, today);
    return id;
}

struct member_id person_in(struct fixture *x, enum member_state state, int i)
{
    bool was_approved = state == STATE_EXPIRED || state == STATE_RECOMMENDED_RENEWAL;
    struct member_id id = was_approved ? lapsed(x, i) : person_register(x, i);
    switch (state) {
    case STATE_NONE:
    case STATE_SUBMITTED:
    case STATE_EXPIRED:
        break;
    case STATE_RECOMMENDED_NEW:
        decide(as_clerk(x), EVENT_RECOMMEND, &id, 1);
        break;
    case STATE_RECOMMENDED_RENEWAL:
        decide(as_clerk(x), EVENT_RECOMMEND_RENEWAL, &id, 1);
        break;
    case STATE_MEMBER:
        approved(x, id);
        break;
    case STATE_RETURNED:
        decide(as_clerk(x), EVENT_RETURN_TO_PERSON, &id, 1);
        break;
    case STATE_CLOSED:
        decide(as_membership(x), EVENT_CLOSE, &id, 1);
        break;
    }
    return id;
}

struct member_full person_of(struct fixture *x, struct member_id id)
{
    struct ctx *c = as_command_line(x);
    struct member_full m;
    assert_ok(c, app_read(c));
    assert_ok(c, q_member_by_id_unscoped(c->db, c->arena, id, &m));
    app_end(c);
    return m;
}

struct member_full person_newest(struct fixture *x)
{
    struct ctx *c = as_command_line(x);
    struct member_lines lines;
    assert_ok(c, app_read(c));
    assert_ok(c, q_members_newest(c->db, c->arena, (struct member_id){INT64_MAX}, 1, &lines));
    assert_int_equal(lines.n, 1);
    app_end(c);
    return person_of(x, lines.p[0].id);
}

enum member_state state_of(struct fixture *x, struct member_id id)
{
    struct member_full m = person_of(x, id);
    enum member_stored stored = STORED_NONE;
    assert_true(member_stored_parse(m.state, &stored));
    return member_state_of(stored, m.period_end, x->app->fixed_today);
}

struct dossier dossier_of(struct fixture *x, struct member_id id)
{
    struct ctx *c = as_membership(x);
    struct dossier d;
    assert_ok(c, app_member_dossier(c, id, &d));
    app_end(c);
    return d;
}

struct batch_item_full item_of(struct fixture *x, struct member_id id)
{
    struct ctx *c = as_command_line(x);
    struct batch_item_full item;
    assert_ok(c, app_read(c));
    assert_ok(c, q_batch_item_of_unscoped(c->db, c->arena, id, &item));
    app_end(c);
    return item;
}

struct batch_full batch_of(struct fixture *x, struct member_id id)
{
    struct batch_item_full item = item_of(x, id);
    struct ctx *c = as_command_line(x);
    struct batch_full batch;
    assert_ok(c, app_read(c));
    assert_ok(c, q_batch_by_id_unscoped(c->db, c->arena, item.batch_id, &batch));
    app_end(c);
    return batch;
}

struct ctx *as_person(struct fixture *x, struct member_id id)
{
    struct ctx *c = as_command_line(x);
    struct account_full account;
    assert_ok(c, app_read(c));
    assert_ok(c, q_account_of_member_unscoped(c->db, c->arena, id, &account));
    app_read_end(c);
    c->actor = (struct actor){.side = SIDE_MEMBER, .account = account.id, .member = id};
    return c;
}

struct outcome decide_many(struct ctx *c, const struct decision *d, const struct member_id *ids, size_t n)
{
    struct str token;
    struct outcome o;
    struct selection s = {.ids = ids, .n = n, .expect = -1};
    assert_ok(c, app_members_decide(c, d, &s, STR_NONE, &token));
    assert_ok(c, app_outcome(c, token, &o));
    app_end(c);
    assert_int_equal(o.done + (int64_t)o.skipped.n, n);
    return o;
}

struct outcome decide_with(struct ctx *c, const struct decision *d, struct member_id id)
{
    return decide_many(c, d, &id, 1);
}

void set_today(struct fixture *x, struct day today)
{
    x->app->fixed_today = today;
}

/* What is counted of the people themselves less what the counters say: nothing must be left. */
static void assert_counters(struct ctx *c)
{
    struct counts_true_rows people;
    struct counters_all_rows counters;
    int64_t all = 0, told = 0;
    assert_ok(c, q_counts_true(c->db, c->arena, &people));
    assert_ok(c, q_counters_all(c->db, c->arena, &counters));
    for (size_t i = 0; i < people.n; i++) {
        int64_t found = 0;
        all += people.p[i].n;
        if (!people.p[i].company_id.v) continue;
        for (size_t k = 0; k < counters.n; k++)
            if (counters.p[k].scope.v == people.p[i].company_id.v &&
                str_eq(counters.p[k].state, people.p[i].state) &&
                str_eq(counters.p[k].period_end, day_str(c->arena, people.p[i].period_end)))
                found += counters.p[k].n;
        assert_int_equal(found, people.p[i].n);
    }
    for (size_t k = 0; k < counters.n; k++) {
        assert_true(counters.p[k].n > 0);
        if (!counters.p[k].scope.v) told += counters.p[k].n;
    }
    assert_int_equal(told, all);
}

static void assert_copies(struct ctx *c)
{
    struct period_end_wrong_rows ends;
    struct employment_wrong_rows employers;
    struct grams_missing_rows names;
    assert_ok(c, q_period_end_wrong(c->db, c->arena, 10, &ends));
    assert_ok(c, q_employment_wrong(c->db, c->arena, 10, &employers));
    assert_ok(c, q_grams_missing(c->db, c->arena, 1000, &names));
    assert_int_equal(ends.n, 0);
    assert_int_equal(employers.n, 0);
    assert_int_equal(names.n, 0);
}

void assert_sound(struct fixture *x)
{
    struct ctx *c = as_command_line(x);
    int64_t rows, bad;
    assert_ok(c, app_audit_walk(c, NULL, NULL, &rows, &bad));
    assert_int_equal(bad, 0);
    assert_true(rows > 0);
    assert_counters(c);
    assert_copies(c);
    app_end(c);
}

void assert_problem(const struct ctx *c, const char *field)
{
    if (problem_of(&c->problems, str_from(field)).n) return;
    for (size_t i = 0; i < c->problems.n; i++)
        print_error("%.*s: %.*s\n", STR_ARG(c->problems.p[i].field), STR_ARG(c->problems.p[i].text));
    print_error("no problem of %s\n", field);
    assert_true(false);
}

void assert_text(struct str got, const char *expected)
{
    if (!str_eq(got, str_from(expected))) print_error("%.*s, expected %s\n", STR_ARG(got), expected);
    assert_true(str_eq(got, str_from(expected)));
}
