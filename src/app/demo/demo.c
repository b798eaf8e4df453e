#include "app/demo/demo.h"

#include "app/access/accounts.h"
#include "app/companies/companies.h"
#include "app/core/files.h"
#include "app/core/ledger.h"
#include "app/core/privacy.h"
#include "app/core/series.h"
#include "app/core/settings.h"
#include "app/core/vault.h"
#include "app/demo/plan.h"
#include "app/demo/words.h"
#include "app/members/effects.h"
#include "crypto/token.h"
#include "domain/document_no.h"
#include "domain/id_number.h"
#include "gen/queries.h"
#include "media/portrait.h"

#define ROWS          1000 /* in a transaction */
#define PHOTOS        20   /* of men, and of women */
#define MEMBERS_MAX   1000000
#define COMPANIES_MAX 999999 /* digits in a credit code */

struct company_made {
    struct company_id id;
    struct account_id account;
    struct str address;
};

struct person_made {
    struct subject subject;
    struct account_id account;
};

/* What is written, and what of it later rows refer to. */
struct filling {
    struct app *app;
    struct arena *arena;
    const struct demo_options *options;
    struct day today, founded; /* of the first companies */
    struct seed seed;
    struct str password; /* hashed */
    struct str rules;    /* that everybody agreed to */
    struct account_id membership;
    struct file_id photos[2][PHOTOS]; /* [1]: of women */
    struct demo_numbers *numbers;
    size_t n_companies;
    struct company_made *companies;
    struct demo_plan plan;
    struct person_made *people; /* as in the plan */
    struct demo_events events;
    struct demo_places places;
    struct batch_id batch; /* of the latest place */
    int64_t position;
    int64_t done, total;
    struct demo_report report;
};

static const struct {
    const char *login;
    enum role role;
} STAFF[] = {
    {"admin", ROLE_SYSTEM},    {"huiyuan", ROLE_MEMBERSHIP}, {"caiwu", ROLE_FINANCE},
    {"peixun", ROLE_TRAINING}, {"neirong", ROLE_CONTENT},    {"anquan", ROLE_SECURITY},
    {"shenji", ROLE_AUDITOR},  {"chakan", ROLE_VIEWER},
};

static enum status account_add(struct ctx *c, struct filling *f, struct account_insert_in in,
                               struct account_id *ret)
{
    struct account_insert_row row;
    in.now = instant_of(f->today); /* everybody's password is new */
    in.password = account_password_seal(c, in.side, in.login, f->password);
    enum status s = q_account_insert(c->db, c->arena, &in, &row);
    if (s == ST_NOT_FOUND)
        return fail(&c->fault, ST_CONFLICT, "there is an account %.*s already: demo fills an empty database",
                    STR_ARG(in.login));
    if (s == ST_OK) *ret = row.id;
    return s;
}

static enum status write_staff(struct ctx *c, struct filling *f)
{
    for (size_t i = 0; i < sizeof STAFF / sizeof *STAFF; i++) {
        struct account_id id;
        struct account_insert_in in = {.side = STR("staff"),
                                       .login = str_from(STAFF[i].login),
                                       .name = str_from(STAFF[i].login),
                                       .roles = STAFF[i].role};
        TRY(account_add(c, f, in, &id));
        if (STAFF[i].role == ROLE_MEMBERSHIP) f->membership = id;
    }
    return ST_OK;
}

static enum status write_photos(struct ctx *c, struct filling *f)
{
    for (unsigned i = 0; i < 2 * PHOTOS; i++) {
        bool woman = i >= PHOTOS;
        struct bytes jpeg = portrait_jpeg(c->arena, woman, i);
        TRY(file_store(c, jpeg, "image/jpeg", STR("photo.jpg"), &f->photos[woman][i % PHOTOS]));
    }
    return ST_OK;
}

/* The mark comes first: a database that was filled only in part is a demo's, too. */
static enum status write_first(struct ctx *c, struct filling *f, size_t i)
{
    (void)i;
    struct str rules;
    TRY(q_meta_set(c->db, STR("demo"), STR("1"), NULL));
    TRY(privacy_in_force(c, &rules));
    f->rules = arena_str(f->arena, rules);
    TRY(write_staff(c, f));
    return write_photos(c, f);
}

static enum status write_company(struct ctx *c, struct filling *f, size_t i)
{
    struct company_made *made = &f->companies[i];
    struct company_new company = demo_company_make(c->arena, &f->seed, (int64_t)i + 1);
    struct str code;
    c->today = f->founded;
    c->now_ms = instant_of(f->founded);
    TRY(company_insert(c, &company, &made->id, &code));
    made->address = arena_str(f->arena, company.address);
    struct account_insert_in in = {
        .side = STR("company"), .login = code, .name = company.contact, .company = made->id, .main = true};
    TRY(account_add(c, f, in, &made->account));
    TRY(consent_give(c, made->account, f->rules, c->now_ms));
    if (i == 0) f->report.company = arena_str(f->arena, company.name);
    c->actor = (struct actor){.side = SIDE_STAFF, .account = f->membership};
    return audit_add(c, &(struct audit_note){.event = "company.create", .company = made->id});
}

/* The latest approval, or none. */
static const struct demo_term *approved_term(const struct demo_career *career)
{
    for (size_t k = career->n_terms; k > 0; k--)
        if (career->terms[k - 1].approved_at) return &career->terms[k - 1];
    return NULL;
}

static int64_t state_since(const struct demo_career *career)
{
    if (career->left_at) return career->left_at;
    if (career->n_terms == 0) return career->registered_at;
    const struct demo_term *last = &career->terms[career->n_terms - 1];
    return last->approved_at ? last->approved_at : last->recommended_at;
}

static struct str number_of(struct ctx *c, const struct demo_career *career)
{
    if (!career->number) return STR_NONE;
    return series_member_text(c, career->number_year, career->number);
}

static enum status write_member(struct ctx *c, struct filling *f, const struct demo_career *career,
                                const struct demo_person *p, struct subject *ret)
{
    const struct demo_term *approved = approved_term(career);
    const struct company_made *company = &f->companies[career->company];
    enum member_stored stored = member_range_of(career->state, f->today).stored;
    struct str id = p->id_number;
    struct bytes uid = uid_new(c->arena), key = person_key_new(c, uid);
    struct demo_member_insert_row row;
    TRY(q_demo_member_insert(
        c->db, c->arena,
        &(struct demo_member_insert_in){
            .uid = uid,
            .number = number_of(c, career),
            .name = p->name,
            .sex = p->sex,
            .birth_year = p->born.year,
            .id_sealed = vault_seal(c, PLACE("member", "id_sealed", uid), id),
            .id_index = vault_index(c, INDEX_ID_NUMBER, id),
            .tail_index = vault_index(c, INDEX_ID_TAIL, str_sub(id, ID_NUMBER_LENGTH - 4, 4)),
            .mobile_sealed = vault_seal(c, PLACE("member", "mobile_sealed", uid), p->mobile),
            .mobile_index = vault_index(c, INDEX_MOBILE, p->mobile),
            .education = p->education,
            .school = p->school,
            .major = p->major,
            .title_level = p->title_level,
            .title_specialty = p->title_specialty,
            .post = p->post,
            .started_on = p->started_on,
            .company_id = company->id,
            .address = company->address,
            .qq = p->qq,
            .email = p->email,
            .photo_id = f->photos[p->sex == SEX_FEMALE][career->drawn % PHOTOS],
            .bareheaded = career->n_terms > 0,
            .state = str_from(member_stored_code(stored)),
            .state_at = state_since(career),
            .state_before =
                stored == STORED_CLOSED ? str_from(member_stored_code(STORED_APPROVED)) : STR_NONE,
            .reason = career->reason ? str_from(career->reason) : STR(""),
            .period_end = approved ? approved->period.last : DAY_NONE,
            .data_key_sealed = key,
            .created_at = career->registered_at,
        },
        &row));
    *ret = (struct subject){row.id, uid, key};
    return ST_OK;
}

static enum status write_period(struct ctx *c, struct member_id member, const struct demo_career *career,
                                const struct demo_term *t)
{
    struct period_insert_row row;
    struct day on = day_at(t->approved_at);
    struct str document_no = arena_fmt(c->arena, "演示协会〔%d〕%d号", on.year, on.month);
    TRY(q_period_insert(c->db, c->arena,
                        &(struct period_insert_in){
                            .member = member,
                            .kind = str_from(batch_kind_code(t->kind)),
                            .start_day = t->period.first,
                            .end_day = t->period.last,
                            .approved_on = on,
                            .document_no = document_no,
                            .document_folded = document_no_fold(c->arena, document_no),
                            .now = t->approved_at,
                        },
                        &row));
    bool ended = career->state == STATE_CLOSED && t == approved_term(career);
    if (!ended) return ST_OK;
    return q_period_end_early(c->db, row.id, day_at(career->left_at), str_from(career->reason), NULL);
}

static enum status write_history(struct ctx *c, struct filling *f, const struct demo_career *career,
                                 struct member_id member)
{
    struct company_id company = f->companies[career->company].id;
    TRY(q_employment_start(c->db, member, company, day_at(career->registered_at), NULL));
    for (size_t k = 0; k < career->n_terms; k++)
        if (career->terms[k].approved_at) TRY(write_period(c, member, career, &career->terms[k]));
    return ST_OK;
}

/* Two of the first have the names that programs get wrong. */
static enum demo_name kind_of_name(const struct demo_career *career)
{
    if (career->drawn == 1) return DEMO_NAME_WITH_DOT;
    return career->drawn == 2 ? DEMO_NAME_RARE : DEMO_NAME_ANY;
}

static enum status write_person(struct ctx *c, struct filling *f, size_t i)
{
    const struct demo_career *career = &f->plan.careers[i];
    struct person_made *made = &f->people[i];
    struct demo_person p;
    if (!demo_person_make(c->arena, &f->seed, f->numbers, day_at(career->registered_at), kind_of_name(career),
                          &p))
        return fail(&c->fault, ST_TOO_LARGE, "there are no ID numbers left for so many members");
    struct subject subject;
    TRY(write_member(c, f, career, &p, &subject));
    TRY(member_index_name(c, subject.member, f->companies[career->company].id, p.name));
    TRY(write_history(c, f, career, subject.member));
    struct account_insert_in in = {
        .side = STR("member"), .login = login_of(c, p.id_number), .name = p.name, .member = subject.member};
    TRY(account_add(c, f, in, &made->account));
    TRY(consent_give(c, made->account, f->rules, career->registered_at));
    made->subject = (struct subject){subject.member, arena_bytes(f->arena, subject.uid),
                                     arena_bytes(f->arena, subject.data_key_sealed)};
    if (career->company == 0) f->report.login[career->state] = arena_str(f->arena, p.id_number);
    return ST_OK;
}

static bool same_batch(const struct demo_place *a, const struct demo_place *b)
{
    return a->company == b->company && a->kind == b->kind && day_cmp(a->decided, b->decided) == 0;
}

static enum status write_batch(struct ctx *c, struct filling *f, const struct demo_place *first)
{
    struct company_id company = f->companies[first->company].id;
    struct str kind = str_from(batch_kind_code(first->kind));
    int year = day_is(first->decided) ? first->decided.year : f->today.year;
    int64_t sequence;
    struct batch_insert_row made;
    TRY(series_batch(c, company, first->kind, year, &sequence));
    struct str number = batch_number(c->arena, first->kind, year, (int64_t)first->company + 1, (int)sequence);
    struct str token = str_sub(token_make(c->arena), 0, 16);
    TRY(q_batch_insert(
        c->db, c->arena,
        &(struct batch_insert_in){uid_new(c->arena), token, company, kind, number, first->recommended_at},
        &made));
    if (day_is(first->decided)) TRY(q_batch_close(c->db, made.id, STR("decided"), first->approved_at, NULL));
    f->batch = made.id;
    f->position = 0;
    return ST_OK;
}

static enum status write_place(struct ctx *c, struct filling *f, size_t i)
{
    const struct demo_place *place = &f->places.p[i];
    if (i == 0 || !same_batch(place, &f->places.p[i - 1])) TRY(write_batch(c, f, place));
    return q_demo_batch_item_insert(c->db,
                                    &(struct demo_batch_item_insert_in){
                                        .batch = f->batch,
                                        .member = f->people[place->career].subject.member,
                                        .position = ++f->position,
                                        .joined_at = place->recommended_at,
                                        .decision = place->approved_at ? STR("approved") : STR_NONE,
                                        .decided_at = place->approved_at,
                                    },
                                    NULL);
}

static struct actor actor_of(const struct filling *f, const struct demo_event *e)
{
    if (e->event == EVENT_REGISTER)
        return (struct actor){.side = SIDE_MEMBER, .account = f->people[e->career].account};
    if (e->event == EVENT_APPROVE || e->event == EVENT_CLOSE)
        return (struct actor){.side = SIDE_STAFF, .account = f->membership};
    return (struct actor){.side = SIDE_COMPANY,
                          .account = f->companies[f->plan.careers[e->career].company].account};
}

static enum status write_event(struct ctx *c, struct filling *f, size_t i)
{
    const struct demo_event *e = &f->events.p[i];
    const struct demo_career *career = &f->plan.careers[e->career];
    bool leaves = e->at == career->left_at;
    c->now_ms = e->at;
    c->actor = actor_of(f, e);
    return audit_add(c, &(struct audit_note){.event = member_event_word(e->event),
                                             .about = f->people[e->career].subject,
                                             .company = f->companies[career->company].id,
                                             .shown = true,
                                             .note = leaves ? str_from(career->reason) : STR("")});
}

static enum status write_last(struct ctx *c, struct filling *f, size_t i)
{
    (void)i;
    for (size_t y = 0; y < f->plan.n_years; y++) {
        int64_t last;
        if (f->plan.numbers[y]) TRY(series_member(c, f->plan.first_year + (int)y, f->plan.numbers[y], &last));
    }
    TRY(q_counters_fill(c->db, NULL));
    return audit_add(c, &(struct audit_note){.event = "system.demo"});
}

typedef enum status write_fn(struct ctx *c, struct filling *f, size_t i);

static enum status write_some(struct ctx *c, struct filling *f, write_fn *write, size_t from, size_t to)
{
    TRY(app_begin(c));
    for (size_t i = from; i < to; i++)
        TRY(write(c, f, i));
    return app_commit(c);
}

/* All n, a thousand in a transaction with an arena of its own. */
static enum status write_all(struct ctx *parent, struct filling *f, write_fn *write, size_t n)
{
    struct arena *a = arena_new();
    enum status s = ST_OK;
    for (size_t from = 0, to; s == ST_OK && from < n; from = to) {
        to = n - from < ROWS ? n : from + ROWS;
        struct ctx c;
        ctx_init(&c, f->app, a);
        c.today = parent->today;
        c.now_ms = parent->now_ms;
        s = write_some(&c, f, write, from, to);
        if (s) parent->fault = c.fault;
        arena_reset(a);
        f->done += (int64_t)(to - from);
        if (s == ST_OK && f->options->progress)
            f->options->progress(f->options->progress_arg, f->done, f->total);
    }
    arena_free(a);
    return s;
}

static enum status check(struct ctx *c, const struct demo_options *o)
{
    struct anyone_here_row here;
    if (o->members < 0 || o->members > MEMBERS_MAX)
        return fail(&c->fault, ST_BAD_INPUT, "demo makes 0 to %d members", MEMBERS_MAX);
    if (o->companies < 0 || o->companies > COMPANIES_MAX)
        return fail(&c->fault, ST_BAD_INPUT, "demo makes 1 to %d companies", COMPANIES_MAX);
    TRY(app_read(c));
    TRY(q_anyone_here(c->db, c->arena, &here));
    app_read_end(c);
    if (here.members || here.companies)
        return fail(&c->fault, ST_CONFLICT,
                    "the database has members or companies already: demo fills an empty one");
    return ST_OK;
}

/* Everything that is known before the first row is written. */
static enum status prepare(struct ctx *c, const struct demo_options *o, struct filling *f)
{
    const struct settings *settings = c->settings;
    size_t members = (size_t)o->members, companies = (size_t)o->companies;
    if (companies == 0) companies = members / 50 > 2 ? members / 50 : 2;
    *f = (struct filling){
        .app = c->app, .arena = c->arena, .options = o, .today = c->today, .seed = {o->seed}};
    struct demo_world w = {
        c->today, members, companies, {(int)settings->period_years, settings->lapsed_continues != 0}};
    TRY(account_hash(c, o->password, &f->password));
    demo_plan_make(f->arena, &f->seed, &w, &f->plan);
    f->events = demo_plan_events(f->arena, &f->plan);
    f->places = demo_plan_places(f->arena, &f->plan);
    f->founded = day_add(members ? day_at(f->plan.careers[0].registered_at) : c->today, -30);
    f->numbers = demo_numbers_new(f->arena, c->today);
    f->n_companies = companies;
    f->companies = ARENA_ARRAY(f->arena, companies, struct company_made);
    f->people = ARENA_ARRAY(f->arena, members, struct person_made);
    f->total = (int64_t)(companies + members + f->places.n + f->events.n + 2);
    f->report.members = o->members;
    f->report.companies = (int64_t)companies;
    return ST_OK;
}

enum status app_demo(struct ctx *c, const struct demo_options *o, struct demo_report *ret)
{
    TRY(check(c, o));
    struct filling *f = ARENA_NEW(c->arena, struct filling);
    TRY(prepare(c, o, f));
    TRY(write_all(c, f, write_first, 1));
    TRY(write_all(c, f, write_company, f->n_companies));
    TRY(write_all(c, f, write_person, f->plan.n));
    TRY(write_all(c, f, write_place, f->places.n));
    TRY(write_all(c, f, write_event, f->events.n));
    TRY(write_all(c, f, write_last, 1));
    *ret = f->report;
    return ST_OK;
}
