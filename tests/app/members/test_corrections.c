/* 重新提交 by the person, and the clerk's corrections before the recommendation. */
#include "people.h"

#include "app/access/accounts.h"
#include "app/core/housekeeping.h"
#include "app/members/corrections.h"
#include "base/limits.h"
#include "gen/queries.h"

static enum status correct(struct ctx *c, struct member_id id, const struct person_input *in, int64_t version)
{
    enum status s = app_member_correct(c, id, in, &(struct photo_input){0}, false, version, STR_NONE);
    app_end(c);
    return s;
}

static enum status resubmit(struct ctx *c, const struct person_input *in, const char *once)
{
    enum status s = app_member_resubmit(c, in, &(struct photo_input){0}, str_from(once));
    app_end(c);
    return s;
}

static struct events_shown events_of(struct fixture *x, struct member_id id)
{
    struct ctx *c = as_person(x, id);
    struct dossier d;
    struct events_shown events;
    assert_ok(c, app_member_dossier(c, id, &d));
    assert_ok(c, app_member_events(c, &d, 0, 20, &events));
    app_end(c);
    return events;
}

static const struct change *change_of(const struct events_shown *events, size_t i, const char *field)
{
    for (size_t k = 0; k < events->p[i].changes.n; k++)
        if (str_eq(events->p[i].changes.p[k].field, str_from(field))) return &events->p[i].changes.p[k];
    print_error("no change of %s\n", field);
    assert_true(false);
    return NULL;
}

static void before_and_after_are_shown(void **state)
{
    struct fixture *x = *state;
    struct member_id id = person_register(x, 1);
    struct person_input in = application_of(x, x->company, 1).details;
    in.name = STR("王晓明");
    in.education = STR("14");
    in.started_on = STR("2011-08");
    in.mobile = STR("13812345678");
    assert_int_equal(correct(as_clerk(x), id, &in, 1), ST_OK);
    struct events_shown events = events_of(x, id);
    assert_text(events.p[0].event, "member.correct");
    assert_int_equal(events.p[0].changes.n, 4);
    assert_text(change_of(&events, 0, "姓名")->before, "王小明");
    assert_text(change_of(&events, 0, "姓名")->after, "王晓明");
    assert_text(change_of(&events, 0, "学历")->after, "硕士");
    assert_text(change_of(&events, 0, "开始做监理")->after, "2011-08");
    assert_text(change_of(&events, 0, "手机")->after, "138****5678"); /* masked where lists mask */
    struct dossier d = dossier_of(x, id);
    assert_text(d.mobile, "13812345678");
    assert_int_equal(d.state, STATE_SUBMITTED);
    assert_int_equal(d.row.version, 2);
    struct ctx *c = as_clerk(x);
    struct member_page page;
    assert_ok(c, app_read(c));
    assert_ok(c, app_members_list(c, &(struct member_filter){.q = STR("晓")}, &(struct page_want){.size = 10},
                                  &page));
    app_end(c);
    assert_int_equal(page.items.n, 1); /* found by the new name */
    assert_sound(x);
}

static void nothing_changed_is_no_event(void **state)
{
    struct fixture *x = *state;
    struct member_id id = person_register(x, 1);
    struct dossier d;
    struct ctx *c = as_clerk(x);
    assert_ok(c, app_member_dossier(c, id, &d));
    struct person_input in = person_input_of(c, &d);
    app_end(c);
    assert_int_equal(correct(as_clerk(x), id, &in, 1), ST_OK);
    assert_int_equal(person_of(x, id).version, 1);
    assert_int_equal(trail_count(x, "member.correct", "ok"), 0);
}

static void only_while_submitted(void **state)
{
    static const enum member_state STATES[] = {STATE_RECOMMENDED_NEW,     STATE_MEMBER,   STATE_EXPIRED,
                                               STATE_RECOMMENDED_RENEWAL, STATE_RETURNED, STATE_CLOSED};
    struct fixture *x = *state;
    for (size_t i = 0; i < COUNT(STATES); i++) {
        struct member_id id = person_in(x, STATES[i], (int)i);
        struct person_input in = application_of(x, x->company, (int)i).details;
        struct member_full before = person_of(x, id);
        in.school = STR("西北民族大学");
        assert_int_equal(correct(as_clerk(x), id, &in, before.version), ST_CONFLICT);
        assert_text(person_of(x, id).school, "兰州理工大学");
    }
}

static void an_old_form_is_refused(void **state)
{
    struct fixture *x = *state;
    struct member_id id = person_register(x, 1);
    struct person_input in = application_of(x, x->company, 1).details;
    in.school = STR("西北民族大学");
    assert_int_equal(correct(as_clerk(x), id, &in, 1), ST_OK);
    in.school = STR("兰州交通大学");
    assert_int_equal(correct(as_clerk(x), id, &in, 1), ST_CONFLICT);
    assert_text(person_of(x, id).school, "西北民族大学");
    assert_int_equal(correct(as_clerk(x), id, &in, 2), ST_OK);
}

static void who_may_not(void **state)
{
    struct fixture *x = *state;
    struct member_id id = person_register(x, 1);
    struct person_input in = application_of(x, x->company, 1).details;
    in.school = STR("西北民族大学");
    assert_int_equal(correct(as_other_clerk(x), id, &in, 1), ST_NOT_FOUND);
    assert_int_equal(correct(as_person(x, id), id, &in, 1), ST_FORBIDDEN);
    assert_int_equal(correct(as_membership(x), id, &in, 1), ST_CONFLICT);
    assert_int_equal(resubmit(as_clerk(x), &in, NULL), ST_FORBIDDEN);
    assert_text(person_of(x, id).school, "兰州理工大学");
}

/* Whatever the form says: a company moves nobody. */
static void the_employer_stays(void **state)
{
    struct fixture *x = *state;
    struct member_id id = person_register(x, 1);
    struct person_input in = application_of(x, x->company, 1).details;
    in.school = STR("西北民族大学");
    in.company = arena_fmt(x->arena, "%ld", (long)x->other.v);
    assert_int_equal(correct(as_clerk(x), id, &in, 1), ST_OK);
    assert_int_equal(person_of(x, id).company_id.v, x->company.v);
    assert_text(person_of(x, id).school, "西北民族大学");
    assert_int_equal(correct(as_clerk(x), id, &in, 2), ST_OK);
    assert_int_equal(trail_count(x, "member.correct", "ok"), 1); /* nor does the trail say so */
    assert_sound(x);
}

static void wrong_fields_change_nothing(void **state)
{
    struct fixture *x = *state;
    struct member_id id = person_register(x, 1);
    struct person_input in = application_of(x, x->company, 1).details;
    struct ctx *c = as_clerk(x);
    in.school = STR("西北民族大学");
    in.mobile = STR("12");
    assert_int_equal(correct(c, id, &in, 1), ST_BAD_INPUT);
    assert_problem(c, "mobile");
    assert_text(person_of(x, id).school, "兰州理工大学");
}

/* Eligibility is judged while registering: the clerk's correction is not, 重新提交 is. */
static void eligibility_counts_for_the_person_only(void **state)
{
    struct fixture *x = *state;
    struct member_id a = person_register(x, 1), b = person_in(x, STATE_RETURNED, 2);
    struct person_input in = application_of(x, x->company, 1).details;
    in.education = STR("61");
    in.title_level = STR("0");
    assert_int_equal(correct(as_clerk(x), a, &in, 1), ST_OK);
    in = application_of(x, x->company, 2).details;
    in.education = STR("61");
    in.title_level = STR("0");
    struct ctx *c = as_person(x, b);
    assert_int_equal(resubmit(c, &in, NULL), ST_BAD_INPUT);
    assert_problem(c, "education");
    assert_int_equal(state_of(x, b), STATE_RETURNED);
}

static void too_old_by_now(void **state)
{
    struct fixture *x = *state;
    struct application form = application_of(x, x->company, 1);
    form.account.id_number = id_number_of(x->arena, DAY(1966, 1, 5), 901);
    struct member_id id = application_send(x, &form);
    decide(as_clerk(x), EVENT_RETURN_TO_PERSON, &id, 1);
    set_today(x, DAY(2027, 1, 5));
    struct ctx *c = as_person(x, id);
    assert_int_equal(resubmit(c, &form.details, NULL), ST_BAD_INPUT);
    set_today(x, DAY(2027, 1, 4));
    c = as_person(x, id);
    assert_int_equal(resubmit(c, &form.details, NULL), ST_OK);
}

/* Everything but the ID number, the employer too; the new one has the person, the old one not any more. */
static void to_another_employer(void **state)
{
    struct fixture *x = *state;
    struct member_id id = person_in(x, STATE_RETURNED, 1);
    struct person_input in = application_of(x, x->other, 1).details;
    in.name = STR("李晓明");
    set_today(x, DAY(2026, 12, 1));
    assert_int_equal(resubmit(as_person(x, id), &in, NULL), ST_OK);
    struct dossier d = dossier_of(x, id);
    assert_int_equal(d.state, STATE_SUBMITTED);
    assert_int_equal(d.row.company_id.v, x->other.v);
    assert_int_equal(d.employments.n, 2);
    assert_int_equal(day_cmp(d.employments.p[0].to_day, DAY(2026, 12, 1)), 0);
    assert_false(day_is(d.employments.p[1].to_day));
    struct events_shown events = events_of(x, id);
    assert_text(change_of(&events, 0, "工作单位")->before, "甘肃示范工程监理有限公司");
    assert_text(change_of(&events, 0, "工作单位")->after, "兰州另一家监理有限公司");
    assert_text(change_of(&events, 0, "姓名")->after, "李晓明");
    struct ctx *c = as_clerk(x);
    assert_int_equal(app_member_dossier(c, id, &d), ST_NOT_FOUND);
    app_end(c);
    decide(as_other_clerk(x), EVENT_RECOMMEND, &id, 1);
    struct account_full account;
    c = as_command_line(x);
    assert_ok(c, app_read(c));
    assert_ok(c, q_account_of_member_unscoped(c->db, c->arena, id, &account));
    app_end(c);
    assert_text(account.name, "李晓明");
    assert_sound(x);
}

static void resubmitted_once(void **state)
{
    struct fixture *x = *state;
    struct member_id id = person_in(x, STATE_RETURNED, 1);
    struct person_input in = application_of(x, x->company, 1).details;
    assert_int_equal(resubmit(as_person(x, id), &in, "0123456789abcdef"), ST_OK);
    assert_int_equal(resubmit(as_person(x, id), &in, "0123456789abcdef"), ST_OK);
    assert_int_equal(trail_count(x, "member.resubmit", "ok"), 1);
    assert_int_equal(resubmit(as_person(x, id), &in, NULL), ST_CONFLICT);
}

/* The clerk's correction or the person's 重新提交, with a photo and whatever wrong. */
struct sender {
    const char *who;
    enum member_state state;
    struct ctx *(*as)(struct fixture *x, struct member_id id);
};
static struct ctx *as_its_clerk(struct fixture *x, struct member_id id)
{
    (void)id;
    return as_clerk(x);
}
static const struct sender SENDERS[] = {{"clerk", STATE_SUBMITTED, as_its_clerk},
                                        {"person", STATE_RETURNED, as_person}};

static enum status send(struct ctx *c, struct member_id id, const struct person_input *in,
                        struct photo_input *photo)
{
    struct dossier d;
    assert_ok(c, app_member_dossier(c, id, &d));
    app_read_end(c);
    enum status s = c->actor.side == SIDE_COMPANY
                        ? app_member_correct(c, id, in, photo, false, d.row.version, STR_NONE)
                        : app_member_resubmit(c, in, photo, STR_NONE);
    app_end(c);
    return s;
}

/* Two posts: the second brings back what the first one's form took with it. */
static const struct kept_case {
    const char *what;
    enum photo_kind first;
    bool first_anyway, other_fault;
    enum photo_kind second;
    bool second_anyway;
    enum status second_status;
    bool changed, flawed; /* what the person has in the end */
} KEPT[] = {
    {"anyway needs no file", BLUE_PHOTO, false, false, NO_PHOTO, true, ST_OK, true, true},
    {"not accepted yet", BLUE_PHOTO, false, false, NO_PHOTO, false, ST_BAD_INPUT, false, false},
    {"another one", BLUE_PHOTO, false, false, GOOD_PHOTO, false, ST_OK, true, false},
    {"another fault, flaw accepted", BLUE_PHOTO, true, true, NO_PHOTO, true, ST_OK, true, true},
    {"another fault, good photo", GOOD_PHOTO, false, true, NO_PHOTO, false, ST_OK, true, false},
    {"a wrong one keeps nothing", TEXT_FILE, false, false, NO_PHOTO, false, ST_OK, false, false},
    {"nor has it 仍要提交", SMALL_PHOTO, true, false, NO_PHOTO, true, ST_OK, false, false},
    {"a wrong one after a kept one", BLUE_PHOTO, false, false, TEXT_FILE, true, ST_BAD_INPUT, false, false},
};

static void send_twice(struct fixture *x, const struct sender *by, const struct kept_case *k, int i)
{
    struct member_id id = person_in(x, by->state, i);
    struct member_full before = person_of(x, id);
    struct person_input good = application_of(x, x->company, i).details, wrong = good;
    struct photo_input first = photo_of_kind(x, k->first, k->first_anyway), second;
    wrong.mobile = STR("1");
    assert_int_equal(send(by->as(x, id), id, k->other_fault ? &wrong : &good, &first), ST_BAD_INPUT);
    struct member_full between = person_of(x, id);
    assert_int_equal(between.version, before.version); /* nothing of the person's changes yet */
    assert_int_equal(between.photo_id.v, before.photo_id.v);
    second = photo_of_kind(x, k->second, k->second_anyway);
    second.kept = first.kept;
    struct ctx *c = by->as(x, id);
    enum status s = send(c, id, &good, &second);
    struct member_full after = person_of(x, id);
    if (s != k->second_status) print_error("%s: %s\n", by->who, k->what);
    assert_int_equal(s, k->second_status);
    if (s) assert_problem(c, "photo");
    assert_int_equal(after.photo_id.v != before.photo_id.v, k->changed);
    assert_int_equal(after.photo_flaw.n > 0, k->flawed);
}

static void a_refused_photo_is_kept(void **state)
{
    int n = 0;
    for (size_t by = 0; by < COUNT(SENDERS); by++)
        for (size_t i = 0; i < COUNT(KEPT); i++)
            send_twice(*state, &SENDERS[by], &KEPT[i], n++);
}

static void a_kept_photo_is_for_one_account_and_one_person(void **state)
{
    struct fixture *x = *state;
    struct member_id a = person_register(x, 1), b = person_register(x, 2);
    struct person_input in = application_of(x, x->company, 1).details;
    struct photo_input photo = photo_of_kind(x, BLUE_PHOTO, false);
    assert_int_equal(send(as_clerk(x), a, &in, &photo), ST_BAD_INPUT);
    const struct str token = photo.kept;
    struct ctx *colleague = as_clerk(x);
    colleague->actor.account.v++;
    const struct {
        struct ctx *c;
        struct member_id about;
        struct str token;
        enum status status;
    } READERS[] = {
        {as_clerk(x), a, token, ST_OK},
        {as_clerk(x), b, token, ST_NOT_FOUND},
        {as_other_clerk(x), a, token, ST_NOT_FOUND},
        {colleague, a, token, ST_NOT_FOUND},
        {as_person(x, a), a, token, ST_NOT_FOUND},
        {as_membership(x), a, token, ST_NOT_FOUND},
        {as_clerk(x), a, STR("1"), ST_NOT_FOUND},
        {as_clerk(x), a, str_sub(token, 0, token.n - 1), ST_NOT_FOUND},
    };
    for (size_t i = 0; i < COUNT(READERS); i++) {
        struct bytes jpeg;
        assert_int_equal(app_member_photo_kept(READERS[i].c, READERS[i].about, READERS[i].token, &jpeg),
                         READERS[i].status);
        app_end(READERS[i].c);
    }
    photo = (struct photo_input){.anyway = true, .kept = token};
    struct ctx *c = as_clerk(x);
    assert_int_equal(send(c, b, &in, &photo), ST_BAD_INPUT);
    assert_problem(c, "photo");
    assert_int_equal(photo.kept.n, 0); /* the form does not take it on */
    assert_int_equal(person_of(x, b).version, 1);
}

/* A form that was left open for a day: its photo is gone, what was typed is not. */
static void a_swept_photo_is_asked_for_again(void **state)
{
    struct fixture *x = *state;
    struct member_id id = person_register(x, 1);
    struct person_input in = application_of(x, x->company, 1).details;
    struct photo_input photo = photo_of_kind(x, BLUE_PHOTO, false);
    assert_int_equal(send(as_clerk(x), id, &in, &photo), ST_BAD_INPUT);
    struct ctx *c = as_command_line(x);
    c->now_ms += 49 * 3600000LL;
    assert_ok(c, housekeeping_round(c, NULL, 0, true));
    photo = (struct photo_input){.anyway = true, .kept = photo.kept};
    c = as_clerk(x);
    assert_int_equal(send(c, id, &in, &photo), ST_BAD_INPUT);
    assert_problem(c, "photo");
    assert_int_equal(person_of(x, id).version, 1);
}

/* 查找 keeps the photo and judges nothing else. */
static void finding_an_employer_keeps_the_photo(void **state)
{
    struct fixture *x = *state;
    struct member_id id = person_in(x, STATE_RETURNED, 1);
    struct person_input in = application_of(x, x->company, 1).details;
    struct photo_input photo = photo_of_kind(x, BLUE_PHOTO, false);
    struct ctx *c = as_person(x, id);
    assert_ok(c, app_member_photo_hold(c, id, &photo));
    assert_problem(c, "photo");
    app_end(c);
    photo = (struct photo_input){.anyway = true, .kept = photo.kept};
    assert_int_equal(send(as_person(x, id), id, &in, &photo), ST_OK);
    assert_true(person_of(x, id).photo_flaw.n > 0);
    photo = photo_of_kind(x, GOOD_PHOTO, false);
    c = as_person(x, id);
    assert_int_equal(app_member_photo_hold(c, id, &photo), ST_CONFLICT); /* submitted by now */
    app_end(c);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, register_setup, register_teardown)

static int64_t kept_photos(struct fixture *x)
{
    struct ctx *c = as_clerk(x);
    struct kept_photos_count_row row;
    assert_ok(c, app_read(c));
    assert_ok(c, q_kept_photos_count(c->db, c->arena, c->actor.account, &row));
    app_end(c);
    return row.n;
}

static bool holds(struct fixture *x, struct member_id id, struct str token)
{
    struct ctx *c = as_clerk(x);
    struct bytes jpeg;
    enum status s = app_member_photo_kept(c, id, token, &jpeg);
    app_end(c);
    return s == ST_OK;
}

/* Whatever comes while a form is refused takes the place of what came before; with the correction none is
 * left. */
static void one_photo_is_kept_for_a_person(void **state)
{
    struct fixture *x = *state;
    struct member_id id = person_register(x, 1);
    struct person_input in = application_of(x, x->company, 1).details, wrong = in;
    struct photo_input blue = photo_of_kind(x, BLUE_PHOTO, true), good = photo_of_kind(x, GOOD_PHOTO, false);
    wrong.name = STR("");
    struct ctx *c = as_clerk(x);
    assert_int_equal(app_member_correct(c, id, &wrong, &blue, false, 1, STR_NONE), ST_BAD_INPUT);
    app_end(c);
    c = as_clerk(x);
    assert_true(holds(x, id, blue.kept));
    assert_int_equal(app_member_correct(c, id, &wrong, &good, false, 1, STR_NONE), ST_BAD_INPUT);
    app_end(c);
    assert_int_equal(kept_photos(x), 1);
    assert_false(holds(x, id, blue.kept));
    assert_true(holds(x, id, good.kept));
    struct photo_input again = {.kept = good.kept};
    c = as_clerk(x);
    assert_int_equal(app_member_correct(c, id, &in, &again, false, 1, STR_NONE), ST_OK);
    app_end(c);
    assert_int_equal(kept_photos(x), 0);
    assert_true(holds(x, id, good.kept)); /* it is the person's now */
}

static void kept_photos_of_an_account_are_counted(void **state)
{
    struct fixture *x = *state;
    struct photo_input photo = photo_of_kind(x, BLUE_PHOTO, false);
    struct member_id first = {0};
    for (int i = 0; i <= LIMIT_KEPT_PHOTOS; i++) {
        struct str number = id_number_of(x->arena, DAY(1980, 1, 2), 100 + i);
        struct member_id id =
            person_add(x, x->company, &(struct sample){.name = "陈一", .id_number = number.p});
        struct ctx *c = as_clerk(x);
        photo.kept = STR_NONE;
        if (i == 0) first = id;
        assert_int_equal(app_member_photo_hold(c, id, &photo), i < LIMIT_KEPT_PHOTOS ? ST_OK : ST_TOO_MANY);
        app_end(c);
    }
    assert_int_equal(kept_photos(x), LIMIT_KEPT_PHOTOS);
    struct ctx *c = as_clerk(x);
    photo = photo_of_kind(x, GOOD_PHOTO, false);
    assert_ok(c, app_member_photo_hold(c, first, &photo)); /* in place of the one before */
    app_end(c);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(one_photo_is_kept_for_a_person),
        TEST(kept_photos_of_an_account_are_counted),
        TEST(before_and_after_are_shown),
        TEST(nothing_changed_is_no_event),
        TEST(only_while_submitted),
        TEST(an_old_form_is_refused),
        TEST(who_may_not),
        TEST(the_employer_stays),
        TEST(wrong_fields_change_nothing),
        TEST(eligibility_counts_for_the_person_only),
        TEST(too_old_by_now),
        TEST(to_another_employer),
        TEST(resubmitted_once),
        TEST(a_refused_photo_is_kept),
        TEST(a_kept_photo_is_for_one_account_and_one_person),
        TEST(a_swept_photo_is_asked_for_again),
        TEST(finding_an_employer_keeps_the_photo),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
