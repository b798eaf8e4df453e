/* 注册: what each step refuses and keeps. */
#include "people.h"

#include "app/access/limits.h"
#include "app/companies/companies.h"
#include "app/core/pack.h"
#include "app/core/privacy.h"
#include "app/core/settings.h"
#include "app/core/vault.h"
#include "base/limits.h"
#include "crypto/password.h"
#include "gen/queries.h"

#include <pthread.h>
#include <string.h>

static enum status start(struct ctx *c, const struct application *form, const char *address,
                         struct str *ret_token)
{
    return app_register_start(c, &form->account, str_from(address), ret_token);
}

/* Step 1: one thing wrong at a time. */
static const struct step1 {
    const char *what, *field;
    const char *id_number, *password, *again;
    bool no_consent, no_sensitive;
} STEPS_1[] = {
    {.what = "fifteen digits", .field = "id_number", .id_number = "620112800101901"},
    {.what = "check digit", .field = "id_number", .id_number = "620112198001019010"},
    {.what = "empty", .field = "id_number", .id_number = ""},
    {.what = "seventeen years old", .field = "id_number", .id_number = "20081124"},
    {.what = "sixty-one years old", .field = "id_number", .id_number = "19651123"},
    {.what = "short", .field = "password", .password = "Ab34567"},
    {.what = "letters only", .field = "password", .password = "Chunfengsheng"},
    {.what = "common", .field = "password", .password = "password1"},
    {.what = "not the same", .field = "password_again", .again = "Chunfeng-2027"},
    {.what = "terms", .field = "consent", .no_consent = true},
    {.what = "sensitive information", .field = "consent_sensitive", .no_sensitive = true},
};

/* Eight digits are a birth date. */
static struct str number_of(struct fixture *x, const char *words)
{
    int64_t date;
    if (strlen(words) != 8 || !str_int(str_from(words), &date)) return str_from(words);
    struct day born = DAY((int16_t)(date / 10000), (int8_t)(date / 100 % 100), (int8_t)(date % 100));
    return id_number_of(x->arena, born, 901);
}

static void step_1_refuses(void **state)
{
    struct fixture *x = *state;
    for (size_t i = 0; i < COUNT(STEPS_1); i++) {
        const struct step1 *k = &STEPS_1[i];
        struct application form = application_of(x, x->company, 1);
        struct str token = STR("untouched");
        if (k->id_number) form.account.id_number = number_of(x, k->id_number);
        if (k->password) form.account.password = form.account.password_again = str_from(k->password);
        if (k->again) form.account.password_again = str_from(k->again);
        form.account.consent = !k->no_consent;
        form.account.consent_sensitive = !k->no_sensitive;
        struct ctx *c = as_command_line(x);
        enum status s = start(c, &form, "10.0.0.1", &token);
        if (s != ST_BAD_INPUT) print_error("%s\n", k->what);
        assert_int_equal(s, ST_BAD_INPUT);
        assert_problem(c, k->field);
        assert_int_equal(c->problems.n, 1);
        assert_text(token, "untouched");
        app_end(c);
    }
}

/* 18 ≤ age ≤ 60, the birthdays included. */
static void ages_are_inclusive(void **state)
{
    static const char *const BORN[] = {"20081123", "19651124", "19661123"};
    struct fixture *x = *state;
    for (size_t i = 0; i < COUNT(BORN); i++) {
        struct application form = application_of(x, x->company, 1);
        struct str token;
        struct ctx *c = as_command_line(x);
        form.account.id_number = number_of(x, BORN[i]);
        assert_ok(c, start(c, &form, "10.0.0.1", &token));
    }
}

static void a_registered_number_is_refused(void **state)
{
    struct fixture *x = *state;
    struct str token;
    person_register(x, 1);
    struct application form = application_of(x, x->company, 1);
    struct ctx *c = as_command_line(x);
    assert_int_equal(start(c, &form, "10.0.0.1", &token), ST_BAD_INPUT);
    assert_problem(c, "id_number");
    app_end(c);
}

/* An office shares an address: thirty an hour, whatever came of them. */
static void tries_of_an_hour(void **state)
{
    struct fixture *x = *state;
    struct str token;
    struct application form = application_of(x, x->company, 1);
    struct ctx *first = as_command_line(x);
    for (int i = 0; i < 30; i++) {
        struct ctx *c = as_command_line(x);
        c->now_ms = first->now_ms + i;
        assert_ok(c, start(c, &form, "10.0.0.9", &token));
    }
    struct ctx *c = as_command_line(x);
    c->now_ms = first->now_ms + 30;
    assert_int_equal(start(c, &form, "10.0.0.9", &token), ST_TOO_MANY);
    assert_true(c->fault.retry_after_s > 3500 && c->fault.retry_after_s <= 3600);
    app_end(c);
    c = as_command_line(x);
    c->now_ms = first->now_ms + 30;
    assert_ok(c, start(c, &form, "10.0.0.10", &token));
    c = as_command_line(x);
    c->now_ms = first->now_ms + 3600001;
    assert_ok(c, start(c, &form, "10.0.0.9", &token));
}

/* Whoever has one address of IPv6 has as many as wanted. */
static void tries_of_an_hour_by_ipv6(void **state)
{
    static const struct {
        const char *address;
        enum status status;
    } TRIES[] = {{"2001:db8:7::1", ST_OK},
                 {"2001:db8:7:1::2", ST_OK},
                 {"2001:0db8:0007::3", ST_TOO_MANY},
                 {"2001:db8:8::1", ST_OK}};
    struct fixture *x = *state;
    struct str token;
    struct application form = application_of(x, x->company, 1);
    settings_of(x)->register_tries = 2;
    for (size_t i = 0; i < COUNT(TRIES); i++) {
        struct ctx *c = as_command_line(x);
        assert_int_equal(start(c, &form, TRIES[i].address, &token), TRIES[i].status);
        app_end(c);
    }
}

/* Step 2: one field wrong at a time. */
static const struct step2 {
    const char *what, *field;
    size_t offset; /* of the wrong field */
    const char *value;
} STEP_2[] = {
#define WRONG(what, field, value)                                                                            \
    {                                                                                                        \
        what, #field, offsetof(struct person_input, field), value                                            \
    }
    WRONG("one character", name, "王"),
    WRONG("digits", name, "王小明2"),
    WRONG("empty", name, ""),
    WRONG("unknown", education, "99"),
    WRONG("empty", education, ""),
    WRONG("unknown", title_level, "6"),
    WRONG("empty", title_level, ""),
    WRONG("not in the list", post, "总经理"),
    WRONG("not a month", started_on, "2010-13"),
    WRONG("the year of two digits", started_on, "10-07"),
    WRONG("to come", started_on, "2026-12"),
    WRONG("less than a year", started_on, "2025-12"),
    WRONG("before there was any", started_on, "1949-12"),
    WRONG("unknown", company, "999999"),
    WRONG("none", company, ""),
    WRONG("not an id", company, "1 or 1=1"),
    WRONG("empty", address, ""),
    WRONG("empty", mobile, ""),
    WRONG("ten digits", mobile, "1389310000"),
    WRONG("letters", qq, "abcdef"),
    WRONG("no address", email, "someone"),
#undef WRONG
};

static enum status details_status(struct ctx *c, struct str token, const struct application *form)
{
    enum status s = app_register_details(c, token, &form->details, &form->photo);
    app_end(c);
    return s;
}

static void step_2_refuses_and_keeps(void **state)
{
    struct fixture *x = *state;
    struct application form = application_of(x, x->company, 1);
    struct str token = application_draft(x, &form);
    for (size_t i = 0; i < COUNT(STEP_2); i++) {
        const struct step2 *k = &STEP_2[i];
        struct application wrong = form;
        struct draft d;
        struct str *field = (struct str *)(void *)((char *)&wrong.details + k->offset);
        struct ctx *c = as_command_line(x);
        wrong.photo = (struct photo_input){0}; /* the kept one will do */
        *field = str_from(k->value);
        enum status s = details_status(c, token, &wrong);
        if (s != ST_BAD_INPUT) print_error("%s %s\n", k->field, k->what);
        assert_int_equal(s, ST_BAD_INPUT);
        assert_problem(c, k->field);
        assert_int_equal(c->problems.n, 1);
        c = as_command_line(x);
        assert_ok(c, app_register_draft(c, token, &d));
        assert_text(*(struct str *)(void *)((char *)&d.fields + k->offset), k->value);
        assert_text(d.fields.school, "兰州理工大学");
        assert_true(d.has_photo);
        app_end(c);
        c = as_command_line(x);
        assert_int_equal(app_register_submit(c, token), ST_BAD_INPUT); /* all is checked again */
        app_end(c);
    }
}

/* education in {11, 14, 21, 31, 41} or a title. */
static void education_or_title(void **state)
{
    static const struct {
        const char *education, *title_level;
        bool good;
    } CASES[] = {
        {"41", "0", true}, {"44", "0", false}, {"44", "1", true}, {"90", "5", true}, {"61", "0", false}};
    struct fixture *x = *state;
    struct application form = application_of(x, x->company, 1);
    struct str token = application_draft(x, &form);
    for (size_t i = 0; i < COUNT(CASES); i++) {
        struct ctx *c = as_command_line(x);
        form.details.education = str_from(CASES[i].education);
        form.details.title_level = str_from(CASES[i].title_level);
        assert_int_equal(details_status(c, token, &form), CASES[i].good ? ST_OK : ST_BAD_INPUT);
        if (!CASES[i].good) assert_problem(c, "education");
    }
}

static void names_are_normalised(void **state)
{
    static const struct {
        const char *typed, *stored;
    } CASES[] = {
        {"  王小明 ", "王小明"},
        {"阿依古丽•买买提", "阿依古丽·买买提"},
        {"𠮷田", "𠮷田"}, /* outside the BMP */
    };
    struct fixture *x = *state;
    for (size_t i = 0; i < COUNT(CASES); i++) {
        struct application form = application_of(x, x->company, (int)i);
        form.details.name = str_from(CASES[i].typed);
        assert_text(person_of(x, application_send(x, &form)).name, CASES[i].stored);
    }
    assert_sound(x);
}

static void a_disabled_company_takes_nobody(void **state)
{
    struct fixture *x = *state;
    struct application form = application_of(x, x->company, 1);
    struct str token = application_draft(x, &form);
    struct ctx *c = as_membership(x);
    assert_ok(c, app_company_enable(c, x->company, false));
    app_end(c);
    c = as_command_line(x);
    assert_int_equal(details_status(c, token, &form), ST_BAD_INPUT);
    assert_problem(c, "company");
    c = as_command_line(x);
    assert_int_equal(app_register_submit(c, token), ST_BAD_INPUT);
    assert_problem(c, "company");
    app_end(c);
}

static void a_draft_lives_a_day(void **state)
{
    struct fixture *x = *state;
    struct application form = application_of(x, x->company, 1);
    struct str token = application_draft(x, &form);
    struct draft d;
    struct ctx *c = as_command_line(x);
    assert_ok(c, app_register_draft(c, token, &d));
    app_end(c);
    c = as_command_line(x);
    c->now_ms = d.row.created_at + 86399999;
    assert_ok(c, app_register_draft(c, token, &d));
    app_end(c);
    c = as_command_line(x);
    c->now_ms = d.row.created_at + 86400000;
    assert_int_equal(app_register_draft(c, token, &d), ST_LOGIN);
    app_end(c);
    c = as_command_line(x);
    c->now_ms = d.row.created_at + 86400000;
    assert_int_equal(app_register_submit(c, token), ST_LOGIN);
    app_end(c);
    c = as_command_line(x);
    assert_int_equal(app_register_draft(c, STR("another's"), &d), ST_LOGIN);
    app_end(c);
}

/* What the second post finds kept of the first. */
static const struct photo_case {
    enum photo_kind first;
    bool first_anyway;
    enum photo_kind second;
    bool second_anyway;
    enum status first_status, second_status;
    bool flawed; /* what the member has in the end */
} PHOTOS[] = {
    {GOOD_PHOTO, false, NO_PHOTO, false, ST_OK, ST_OK, false},
    {NO_PHOTO, false, GOOD_PHOTO, false, ST_BAD_INPUT, ST_OK, false},
    {NO_PHOTO, true, NO_PHOTO, true, ST_BAD_INPUT, ST_BAD_INPUT, false},
    {BLUE_PHOTO, false, NO_PHOTO, false, ST_BAD_INPUT, ST_BAD_INPUT, true},
    {BLUE_PHOTO, false, NO_PHOTO, true, ST_BAD_INPUT, ST_OK,
     true}, /* kept: saying so does not need it again */
    {BLUE_PHOTO, true, NO_PHOTO, true, ST_OK, ST_OK, true},
    {BLUE_PHOTO, false, GOOD_PHOTO, false, ST_BAD_INPUT, ST_OK, false},
    {SMALL_PHOTO, true, NO_PHOTO, true, ST_BAD_INPUT, ST_BAD_INPUT, false}, /* no 仍要提交 for these */
    {TEXT_FILE, true, NO_PHOTO, true, ST_BAD_INPUT, ST_BAD_INPUT, false},
    {TOO_LONG, true, NO_PHOTO, true, ST_BAD_INPUT, ST_BAD_INPUT, false},
    {GOOD_PHOTO, false, TEXT_FILE, false, ST_OK, ST_BAD_INPUT, false}, /* the kept one stays */
};

/* A version before packed the texts one after the other, without names. */
static struct bytes packed_by_position(struct ctx *c, struct bytes uid, struct str id_number,
                                       const struct person_input *in)
{
    const struct str TEXTS[] = {
        id_number,           in->name,  in->education,  in->school,  in->major,   in->title_level,
        in->title_specialty, in->post,  in->started_on, in->company, in->address, in->qq,
        in->mobile,          in->email, STR("1")};
    struct buf b;
    buf_init(&b, 1024, 1 << 16);
    for (size_t i = 0; i < COUNT(TEXTS); i++)
        pack_put(&b, TEXTS[i]);
    struct bytes sealed = vault_seal(c, PLACE("draft", "fields_sealed", uid), buf_text(&b));
    buf_free(&b);
    return sealed;
}

static void a_draft_of_the_version_before_goes_on(void **state)
{
    struct fixture *x = *state;
    struct application form = application_of(x, x->company, 1);
    struct ctx *c = as_command_line(x);
    struct bytes uid = uid_new(c->arena);
    struct str token = token_make(c->arena), number = form.account.id_number;
    struct draft d;
    struct str password = password_seal(x->app->keys, c->arena, PLACE("draft", "password", uid), STR("none"));
    assert_ok(c, app_begin(c));
    assert_ok(c, q_draft_insert(c->db,
                                &(struct draft_insert_in){
                                    uid, token_hash(c->arena, token), vault_index(c, INDEX_ID_NUMBER, number),
                                    packed_by_position(c, uid, number, &form.details), password, c->now_ms},
                                NULL));
    assert_ok(c, app_commit(c));
    assert_ok(c, app_register_draft(c, token, &d));
    assert_true(str_eq(d.id_number, number));
    for (size_t i = 0; i < person_fields_n; i++) {
        const struct person_field *f = &person_fields[i];
        if (f->kind == PERSON_PHOTO) continue;
        struct str got = person_text_in(&d.fields, f), typed = person_text_in(&form.details, f);
        if (!str_eq(got, typed)) print_error("%s: %.*s, not %.*s\n", f->name, STR_ARG(got), STR_ARG(typed));
        assert_true(str_eq(got, typed));
    }
    assert_true(d.photo_anyway);
    app_end(c);
    c = as_command_line(x);
    assert_ok(c, app_register_details(c, token, &form.details, &form.photo));
    c = as_command_line(x);
    assert_ok(c, app_register_submit(c, token));
    assert_true(str_eq(person_newest(x).name, form.details.name));
}

static void photos_are_judged_and_kept(void **state)
{
    struct fixture *x = *state;
    for (size_t i = 0; i < COUNT(PHOTOS); i++) {
        const struct photo_case *k = &PHOTOS[i];
        struct application form = application_of(x, x->company, (int)i);
        struct str token;
        struct ctx *c = as_command_line(x);
        assert_ok(c, start(c, &form, "10.0.0.1", &token));
        c = as_command_line(x);
        form.photo = photo_of_kind(x, k->first, k->first_anyway);
        assert_int_equal(details_status(c, token, &form), k->first_status);
        c = as_command_line(x);
        form.photo = photo_of_kind(x, k->second, k->second_anyway);
        assert_int_equal(details_status(c, token, &form), k->second_status);
        if (k->second_status != ST_OK) {
            assert_problem(c, "photo");
            continue;
        }
        c = as_command_line(x);
        assert_ok(c, app_register_submit(c, token));
        struct bytes jpeg;
        assert_int_equal(app_register_photo(c, token, &jpeg), ST_NOT_FOUND); /* the draft has ended */
        app_end(c);
        c = as_clerk(x);
        assert_ok(c, app_member_photo(c, person_newest(x).id, &jpeg));
        app_end(c);
        assert_true(jpeg.n > 1000);
        assert_int_equal(person_newest(x).photo_flaw.n > 0, k->flawed);
    }
}

/* An association that takes a blue background, and one try an hour. */
static void thresholds_are_settings(void **state)
{
    struct fixture *x = *state;
    struct settings *own = settings_of(x);
    struct application form = application_of(x, x->company, 1);
    struct str token;
    own->photo_background_percent = 0;
    own->photo_white_min = 0;
    own->photo_white_spread = 255;
    own->photo_background_deviation = 255;
    own->photo_blank_percent = 100;
    own->register_tries = 1;
    struct ctx *c = as_command_line(x);
    assert_ok(c, start(c, &form, "10.0.0.1", &token));
    c = as_command_line(x);
    form.photo = photo_of_kind(x, BLUE_PHOTO, false);
    assert_int_equal(details_status(c, token, &form), ST_OK);
    c = as_command_line(x);
    assert_int_equal(start(c, &form, "10.0.0.1", &token), ST_TOO_MANY);
    app_end(c);
}

static void a_refused_photo_leaves_the_kept_one(void **state)
{
    struct fixture *x = *state;
    struct application form = application_of(x, x->company, 1);
    struct str token = application_draft(x, &form);
    struct draft before, after;
    struct ctx *c = as_command_line(x);
    assert_ok(c, app_register_draft(c, token, &before));
    app_end(c);
    c = as_command_line(x);
    form.photo = photo_of_kind(x, TEXT_FILE, false);
    assert_int_equal(details_status(c, token, &form), ST_BAD_INPUT);
    c = as_command_line(x);
    assert_ok(c, app_register_draft(c, token, &after));
    app_end(c);
    assert_int_equal(after.row.photo_id.v, before.row.photo_id.v);
}

static void submitting_twice_makes_one_member(void **state)
{
    struct fixture *x = *state;
    struct application form = application_of(x, x->company, 1);
    struct str token = application_draft(x, &form);
    for (int i = 0; i < 2; i++) {
        struct ctx *c = as_command_line(x);
        assert_ok(c, app_register_submit(c, token));
        app_end(c);
    }
    assert_int_equal(trail_count(x, "member.register", "ok"), 1);
    struct ctx *c = as_command_line(x);
    assert_int_equal(details_status(c, token, &form), ST_CONFLICT);
    assert_sound(x);
}

struct clicker {
    struct fixture *x;
    struct str token;
    pthread_t thread;
    enum status status;
};

static void *click(void *arg)
{
    struct clicker *k = arg;
    struct arena *a = arena_new();
    struct ctx c;
    ctx_init(&c, k->x->app, a);
    k->status = app_register_submit(&c, k->token);
    app_end(&c);
    arena_free(a);
    return NULL;
}

static void clicking_twice_at_once_makes_one_member(void **state)
{
    struct fixture *x = *state;
    for (int round = 0; round < 5; round++) {
        struct application form = application_of(x, x->company, round);
        struct clicker k[2] = {{.x = x, .token = application_draft(x, &form)}};
        k[1] = k[0];
        for (int i = 0; i < 2; i++)
            assert_int_equal(pthread_create(&k[i].thread, NULL, click, &k[i]), 0);
        for (int i = 0; i < 2; i++) {
            pthread_join(k[i].thread, NULL);
            assert_int_equal(k[i].status, ST_OK);
        }
        assert_int_equal(trail_count(x, "member.register", "ok"), round + 1);
    }
    assert_sound(x);
}

/* Of somebody else, or of who forgot the password: the number is the same. */
static struct str other_draft(struct fixture *x, const struct application *form)
{
    struct application other = *form;
    other.account.password = other.account.password_again = STR("Qiufeng-2026");
    return application_draft(x, &other);
}

static void of_two_that_submit_at_once_one_is_told(void **state)
{
    struct fixture *x = *state;
    for (int round = 0; round < 5; round++) {
        struct application form = application_of(x, x->company, round);
        struct clicker k[2] = {{.x = x, .token = application_draft(x, &form)},
                               {.x = x, .token = other_draft(x, &form)}};
        for (int i = 0; i < 2; i++)
            assert_int_equal(pthread_create(&k[i].thread, NULL, click, &k[i]), 0);
        for (int i = 0; i < 2; i++)
            pthread_join(k[i].thread, NULL);
        assert_int_equal(k[0].status + k[1].status, ST_OK + ST_BAD_INPUT);
        assert_int_equal(trail_count(x, "member.register", "ok"), round + 1);
    }
    assert_sound(x);
}

/* Two drafts of one number, each past step 1 before the other was submitted. */
static void the_first_of_two_drafts_wins(void **state)
{
    struct fixture *x = *state;
    struct application form = application_of(x, x->company, 1);
    struct str a = application_draft(x, &form), b = other_draft(x, &form);
    struct ctx *c = as_command_line(x);
    assert_ok(c, app_register_submit(c, a));
    app_end(c);
    c = as_command_line(x);
    assert_int_equal(app_register_submit(c, b), ST_BAD_INPUT);
    assert_problem(c, "id_number");
    app_end(c);
    assert_int_equal(trail_count(x, "member.register", "ok"), 1);
    assert_sound(x);
}

static struct draft draft_of(struct fixture *x, struct str token)
{
    struct draft d;
    struct ctx *c = as_command_line(x);
    assert_ok(c, app_register_draft(c, token, &d));
    app_end(c);
    return d;
}

static struct str start_again(struct fixture *x, const struct application *form, const char *password)
{
    struct application k = *form;
    struct str token;
    struct ctx *c = as_command_line(x);
    k.account.password = k.account.password_again = str_from(password);
    assert_ok(c, start(c, &k, "10.0.0.7", &token));
    return token;
}

/* With number and password one goes on where one was; with another password nothing of it is seen, and it
 * stays. */
static void a_draft_is_resumed_by_its_password(void **state)
{
    struct fixture *x = *state;
    struct application form = application_of(x, x->company, 1);
    struct str old = application_draft(x, &form), other = start_again(x, &form, "Qiufeng-2026");
    struct draft d = draft_of(x, other);
    assert_int_equal(d.fields.name.n, 0);
    assert_false(d.has_photo);
    struct str again = start_again(x, &form, PASSWORD);
    d = draft_of(x, again);
    assert_true(str_eq(d.fields.name, form.details.name));
    assert_true(d.has_photo);
    struct ctx *c = as_command_line(x);
    assert_int_equal(app_register_draft(c, old, &d), ST_LOGIN); /* the browser of before holds it no more */
    app_end(c);
    c = as_command_line(x);
    assert_ok(c, app_register_submit(c, again));
    app_end(c);
}

/* Whoever knows a number may not begin drafts without end; its owner's goes on all the same. */
static void drafts_of_a_number_are_counted(void **state)
{
    struct fixture *x = *state;
    struct application form = application_of(x, x->company, 1), k = form;
    struct str token = application_draft(x, &form);
    for (int i = 1; i <= LIMIT_DRAFTS_OF_NUMBER; i++) {
        struct ctx *c = as_command_line(x);
        k.account.password = k.account.password_again = arena_fmt(x->arena, "Dongfeng-%d", 1000 + i);
        enum status s = app_register_start(c, &k.account, arena_fmt(x->arena, "10.0.1.%d", i), &token);
        assert_int_equal(s, i < LIMIT_DRAFTS_OF_NUMBER ? ST_OK : ST_TOO_MANY);
        app_end(c);
    }
    assert_true(draft_of(x, start_again(x, &form, PASSWORD)).has_photo);
}

/* With however many numbers: what is begun takes room for a day. */
static void drafts_of_an_address_are_counted(void **state)
{
    struct fixture *x = *state;
    struct application form = application_of(x, x->company, 1);
    struct str token;
    struct ctx *c = as_command_line(x);
    struct limit begun = {"drafts", limit_address(c, STR("10.0.2.1")), LIMIT_DRAFTS_OF_ADDRESS, DAY_MS};
    assert_ok(c, app_begin(c));
    for (int i = 0; i < LIMIT_DRAFTS_OF_ADDRESS; i++)
        assert_ok(c, limit_take(c, &begun, NULL));
    assert_ok(c, app_commit(c));
    c = as_command_line(x);
    assert_int_equal(start(c, &form, "10.0.2.1", &token), ST_TOO_MANY);
    app_end(c);
    c = as_command_line(x);
    assert_ok(c, start(c, &form, "10.0.2.2", &token));
}

static int64_t files(struct fixture *x)
{
    struct ctx *c = as_command_line(x);
    struct files_unlinked_rows none;
    int64_t n = 0;
    assert_ok(c, app_read(c));
    for (int64_t id = 1; id < 500; id++) {
        struct file_full row;
        n += q_file_by_id(c->db, c->arena, (struct file_id){id}, &row) == ST_OK;
    }
    assert_ok(c, q_files_unlinked(c->db, c->arena, INT64_MAX, (struct file_id){0},
                                  (struct file_id){INT64_MAX}, 10, &none));
    assert_int_equal(none.n, 0);
    app_end(c);
    return n;
}

/* A draft holds one photo, however many were sent, and none of a picture that somebody else has goes. */
static void the_replaced_photo_goes_at_once(void **state)
{
    struct fixture *x = *state;
    person_register(x, 2);
    struct application form = application_of(x, x->company, 1);
    struct str token = application_draft(x, &form);
    assert_int_equal(files(x), 1); /* one portrait, of both */
    for (int i = 0; i < 3; i++) {
        struct ctx *c = as_command_line(x);
        form.photo = photo_of_kind(x, i % 2 ? GOOD_PHOTO : BLUE_PHOTO, true);
        assert_ok(c, app_register_details(c, token, &form.details, &form.photo));
        app_end(c);
        assert_int_equal(files(x), 2);
    }
}

static void photos_of_a_draft_are_counted(void **state)
{
    struct fixture *x = *state;
    struct application form = application_of(x, x->company, 1);
    struct str token = application_draft(x, &form);
    struct ctx *c = as_command_line(x);
    struct str subject = arena_hex(x->arena, draft_of(x, token).row.uid);
    assert_ok(c, app_begin(c));
    for (int i = 1; i < LIMIT_DRAFT_PHOTOS; i++)
        assert_ok(c, limit_take(c, &(struct limit){"draft_photo", subject, 0, HOUR_MS}, NULL));
    assert_ok(c, app_commit(c));
    form.details.name = STR("陈另名");
    form.photo = photo_of_kind(x, BLUE_PHOTO, true);
    c = as_command_line(x);
    assert_int_equal(details_status(c, token, &form), ST_TOO_MANY);
    assert_true(c->fault.retry_after_s > 0);
    assert_text(draft_of(x, token).fields.name, "陈另名"); /* what was typed is kept all the same */
    form.photo = (struct photo_input){.anyway = true};
    c = as_command_line(x);
    assert_int_equal(details_status(c, token, &form), ST_OK);
}

static struct str rules_in_force(struct fixture *x)
{
    struct str version;
    struct ctx *c = as_command_line(x);
    assert_ok(c, privacy_in_force(c, &version));
    app_end(c);
    return version;
}

/* Both, with the version of the rules that was in force. */
static void consents_name_their_version(void **state)
{
    struct fixture *x = *state;
    struct ctx *c = as_membership(x);
    struct dossier d;
    struct member_id id = person_register(x, 1);
    struct str rules = rules_in_force(x);
    assert_ok(c, app_member_dossier(c, id, &d));
    assert_int_equal(d.consents.n, 2);
    assert_text(d.consents.p[0].kind, "terms");
    assert_text(d.consents.p[1].kind, "sensitive");
    for (size_t i = 0; i < 2; i++)
        assert_true(str_eq(d.consents.p[i].text_version, rules));
    app_end(c);
}

/* Whoever goes on with a draft ticked the boxes again: of the rules as they are now. */
static void who_goes_on_agrees_anew(void **state)
{
    struct fixture *x = *state;
    struct application form = application_of(x, x->company, 1);
    struct str token = application_draft(x, &form);
    struct draft d = draft_of(x, token);
    struct ctx *c = as_command_line(x);
    struct bytes before = packed_by_position(c, d.row.uid, form.account.id_number, &form.details);
    assert_ok(c, app_begin(c));
    assert_ok(c, q_draft_take_over(c->db, d.row.id, token_hash(c->arena, token), before, NULL));
    assert_ok(c, app_commit(c));
    assert_text(draft_of(x, token).rules, "2026-11");
    d = draft_of(x, start_again(x, &form, PASSWORD));
    assert_true(str_eq(d.rules, rules_in_force(x)));
}

/* What the register knows of a person afterwards is what was typed, and the consents. */
static void what_is_stored(void **state)
{
    struct fixture *x = *state;
    struct dossier d = dossier_of(x, person_register(x, 1));
    assert_int_equal(d.state, STATE_SUBMITTED);
    assert_text(d.id_number, application_of(x, x->company, 1).account.id_number.p);
    assert_text(d.mobile, "13900000001");
    assert_int_equal(day_cmp(d.born, DAY(1980, 1, 2)), 0);
    assert_int_equal(d.row.sex, SEX_MALE);
    assert_int_equal(d.row.education, 21);
    assert_text(d.row.post, "专监");
    assert_text(d.row.photo_flaw, "");
    assert_text(d.company_name, "甘肃示范工程监理有限公司");
    assert_int_equal(d.employments.n, 1);
    assert_int_equal(day_cmp(d.employments.p[0].from_day, x->app->fixed_today), 0);
    assert_false(d.row.number.n);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, register_setup, register_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(step_1_refuses),
        TEST(ages_are_inclusive),
        TEST(a_registered_number_is_refused),
        TEST(tries_of_an_hour),
        TEST(tries_of_an_hour_by_ipv6),
        TEST(step_2_refuses_and_keeps),
        TEST(education_or_title),
        TEST(names_are_normalised),
        TEST(a_disabled_company_takes_nobody),
        TEST(a_draft_lives_a_day),
        TEST(a_draft_of_the_version_before_goes_on),
        TEST(photos_are_judged_and_kept),
        TEST(thresholds_are_settings),
        TEST(a_refused_photo_leaves_the_kept_one),
        TEST(submitting_twice_makes_one_member),
        TEST(clicking_twice_at_once_makes_one_member),
        TEST(the_first_of_two_drafts_wins),
        TEST(of_two_that_submit_at_once_one_is_told),
        TEST(a_draft_is_resumed_by_its_password),
        TEST(drafts_of_a_number_are_counted),
        TEST(drafts_of_an_address_are_counted),
        TEST(the_replaced_photo_goes_at_once),
        TEST(photos_of_a_draft_are_counted),
        TEST(consents_name_their_version),
        TEST(who_goes_on_agrees_anew),
        TEST(what_is_stored),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
