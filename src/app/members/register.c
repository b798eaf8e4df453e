#include "app/members/register.h"

#include "app/access/accounts.h"
#include "app/access/limits.h"
#include "app/core/files.h"
#include "app/core/pack.h"
#include "app/core/privacy.h"
#include "app/core/settings.h"
#include "app/core/upgrade.h"
#include "app/core/vault.h"
#include "app/members/effects.h"
#include "app/members/exceptions.h"
#include "app/members/photos.h"
#include "app/members/proposal.h"
#include "base/limits.h"
#include "crypto/password.h"
#include "crypto/token.h"
#include "domain/eligibility.h"
#include "domain/password.h"
#include "gen/queries.h"

#include <string.h>

#define DRAFT_MS        (DRAFT_HOURS * HOUR_MS)
#define SUBMITTED_TWICE STR("该身份证号已注册。如果是您本人，请直接登录；密码记不清了，请与协会联系")

static struct bytes draft_seal(struct ctx *c, struct bytes uid, const struct draft *d)
{
    struct buf *b = buf_new(c->arena, 1024, 16 * LIMIT_FIELD_BYTES);
    pack_fields(b);
    pack_field(b, "id_number", d->id_number);
    pack_field(b, "rules", d->rules);
    for (size_t i = 0; i < person_fields_n; i++) {
        const struct person_field *f = &person_fields[i];
        if (f->kind != PERSON_PHOTO)
            pack_field(b, f->name, str_sub(person_text_in(&d->fields, f), 0, LIMIT_DRAFT_FIELD_BYTES));
    }
    pack_field(b, "direct_reason", str_sub(d->fields.direct_reason, 0, LIMIT_DRAFT_FIELD_BYTES));
    pack_field(b, "company_new", str_sub(d->fields.company_new, 0, LIMIT_DRAFT_FIELD_BYTES));
    pack_field(b, "photo_anyway", d->photo_anyway ? STR("1") : STR(""));
    struct bytes sealed = vault_seal(c, PLACE("draft", "fields_sealed", uid), buf_text(b));
    buf_free(b);
    return sealed;
}

/* Drafts were first packed without names, in this order. */
static const char *const UNNAMED[] = {
    "id_number",  "name",    "education", "school", "major",  "title_level", "title_specialty", "post",
    "started_on", "company", "address",   "qq",     "mobile", "email",       "photo_anyway"};

static enum status draft_open(struct ctx *c, const struct draft_full *row, struct draft *ret)
{
    struct str packed, named;
    struct draft d = {.row = *row, .has_photo = row->photo_id.v != 0};
    TRY(vault_open(c, PLACE("draft", "fields_sealed", row->uid), row->fields_sealed, &packed));
    if (!pack_named(c->arena, packed, UNNAMED, sizeof UNNAMED / sizeof *UNNAMED, &named))
        return fail_detail(&c->fault, ST_BROKEN, "fields of a draft");
    d.id_number = pack_field_of(named, "id_number");
    d.rules = pack_field_of(named, "rules");
    if (!d.rules.n) d.rules = CONSENT_BEFORE_VERSIONS;
    for (size_t i = 0; i < person_fields_n; i++) {
        const struct person_field *f = &person_fields[i];
        if (f->kind != PERSON_PHOTO)
            *person_text_of(&d.fields, f) = str_or_empty(pack_field_of(named, f->name));
    }
    d.fields.direct_reason = str_or_empty(pack_field_of(named, "direct_reason"));
    d.fields.company_new = str_or_empty(pack_field_of(named, "company_new"));
    d.photo_anyway = pack_field_of(named, "photo_anyway").n > 0;
    *ret = d;
    return ST_OK;
}

static enum status check_age(struct ctx *c, const struct id_number *id)
{
    struct eligibility_rules rules;
    size_t before = c->problems.n;
    bool excepted;
    eligibility_rules_of(c, &rules);
    if (eligibility_age(&rules, id->born, c->today, &c->problems)) return ST_OK;
    TRY(app_read(c));
    TRY(exception_of(c, str_from(id->text), &excepted));
    if (excepted) c->problems.n = before;
    return ST_OK;
}

static enum status check_account(struct ctx *c, const struct register_input *in, struct id_number *ret)
{
    enum id_error wrong = id_number_parse(in->id_number, c->today, ret);
    if (wrong != ID_OK) problem_add(&c->problems, "id_number", "%s", id_error_text(wrong));
    if (wrong != ID_OK) return ST_OK;
    TRY(check_age(c, ret));
    app_read_end(c);
    return ST_OK;
}

/* For person_check: NULL where the association has registered an exception. */
static enum status born_if_judged(struct ctx *c, const struct id_number *id, const struct day **ret)
{
    bool excepted;
    TRY(exception_of(c, str_from(id->text), &excepted));
    *ret = excepted ? NULL : &id->born;
    return ST_OK;
}

static enum status check_start(struct ctx *c, const struct register_input *in, struct id_number *ret)
{
    struct problems *ps = &c->problems;
    TRY(check_account(c, in, ret));
    password_check_new(ps, SIDE_MEMBER, str_from(ret->text), in->password, in->password_again);
    if (!in->consent) problem_add(ps, "consent", "请阅读并同意《入会须知》和个人信息处理规则");
    if (!in->consent_sensitive)
        problem_add(ps, "consent_sensitive", "身份证号和证件照属于敏感个人信息，需要您单独同意");
    return problems_status(c);
}

/* Whether the number is registered is told to nobody who did not pass the captcha and spend one of the
 * address's tries: else one could ask for number after number. */
static enum status check_unknown(struct ctx *c, struct str id_number, struct str address)
{
    struct member_by_id_index_unscoped_row row;
    TRY(app_begin(c));
    struct limit tries = {"register", limit_address(c, address), c->settings->register_tries, HOUR_MS};
    TRY(limit_take(c, &tries, NULL));
    enum status s =
        q_member_by_id_index_unscoped(c->db, c->arena, vault_index(c, INDEX_ID_NUMBER, id_number), &row);
    if (s != ST_OK && s != ST_NOT_FOUND) return s;
    if (s == ST_OK) problem_add(&c->problems, "id_number", "%s", SUBMITTED_TWICE.p);
    TRY(app_commit(c));
    return problems_status(c);
}

/* One hash, whether there are drafts of this number or not: their salt is the number's, so that it is
 * compared with all of them as it is. */
static enum status hash_of(struct ctx *c, struct str id_number, struct str password, struct str *ret)
{
    struct str seed = arena_fmt(c->arena, "draft %.*s", STR_ARG(id_number));
    return password_hash_same(c->app->keys, c->arena, password, str_bytes(seed), &c->fault, ret);
}

/* It becomes the account's: nobody else's may lie there. */
static struct seal_place password_place(struct bytes uid)
{
    return PLACE("draft", "password", uid);
}

/* Step 1, when all of it is right. */
struct start {
    struct draft draft; /* as a new one is */
    struct bytes token_hash, id_index;
    struct str password; /* its hash */
};

static enum status draft_begin(struct ctx *c, const struct start *k, struct str address)
{
    struct bytes uid = uid_new(c->arena);
    TRY(limit_take(c, &(struct limit){"draft", k->draft.id_number, LIMIT_DRAFTS_OF_NUMBER, DRAFT_MS}, NULL));
    TRY(limit_take(c, &(struct limit){"drafts", limit_address(c, address), LIMIT_DRAFTS_OF_ADDRESS, DRAFT_MS},
                   NULL));
    return q_draft_insert(
        c->db,
        &(struct draft_insert_in){uid, k->token_hash, k->id_index, draft_seal(c, uid, &k->draft),
                                  password_seal(c->app->keys, c->arena, password_place(uid), k->password),
                                  c->now_ms},
        NULL);
}

/* The one of this number and password goes on under a new token. */
static enum status draft_resume(struct ctx *c, const struct start *k, bool *ret_found)
{
    struct draft_fulls drafts;
    struct draft d = {0};
    TRY(q_drafts_of_number(c->db, c->arena, k->id_index, c->now_ms - DRAFT_MS, &drafts));
    *ret_found = false;
    for (size_t i = 0; i < drafts.n && !*ret_found; i++) {
        const struct draft_full *row = &drafts.p[i];
        struct fault f = {0};
        struct str hash;
        if (password_unseal(c->app->keys, c->arena, password_place(row->uid), row->password, &f, &hash))
            continue;
        if (!str_eq(hash, k->password)) continue;
        TRY(draft_open(c, row, &d));
        d.rules = k->draft.rules;
        TRY(q_draft_take_over(c->db, d.row.id, k->token_hash, draft_seal(c, d.row.uid, &d), NULL));
        *ret_found = true;
    }
    return ST_OK;
}

enum status app_register_start(struct ctx *c, const struct register_input *in, struct str address,
                               struct str *ret_token)
{
    struct id_number id = {0};
    bool found;
    TRY(check_start(c, in, &id));
    TRY(check_unknown(c, str_from(id.text), address));
    struct str token = token_make(c->arena), number = str_from(id.text);
    struct start k = {
        .draft = {.id_number = number},
        .token_hash = token_hash(c->arena, token),
        .id_index = vault_index(c, INDEX_ID_NUMBER, number),
    };
    TRY(hash_of(c, number, in->password, &k.password));
    TRY(app_begin(c));
    TRY(privacy_in_force(c, &k.draft.rules));
    TRY(draft_resume(c, &k, &found));
    if (!found) TRY(draft_begin(c, &k, address));
    TRY(app_commit(c));
    *ret_token = token;
    return ST_OK;
}

/* None where nothing, or nobody, was chosen. */
static enum status company_of(struct ctx *c, struct str typed, struct company_full *ret)
{
    int64_t id;
    if (!str_int(typed, &id)) return ST_OK;
    enum status s = q_company_by_id_unscoped(c->db, c->arena, (struct company_id){id}, ret);
    return s == ST_NOT_FOUND ? ST_OK : s;
}

enum status app_register_draft(struct ctx *c, struct str token, struct draft *ret)
{
    struct draft_full row;
    struct draft d = {0};
    if (!token.n) return ST_LOGIN;
    TRY(app_read(c));
    enum status s = q_draft_by_token(c->db, c->arena, token_hash(c->arena, token),
                                     c->now_ms - DRAFT_HOURS * HOUR_MS, &row);
    if (s == ST_NOT_FOUND) return ST_LOGIN;
    if (s) return s;
    TRY(draft_open(c, &row, &d));
    *ret = d;
    return ST_OK;
}

/* What is wrong with the photo that the draft has after this, unless that was said already. */
static void check_photo(struct ctx *c, bool there, struct str flaw, bool anyway)
{
    if (problem_of(&c->problems, STR("photo")).n) return;
    photo_require(c, there);
    if (there && flaw.n && !anyway) photo_flaw_problem(c, flaw);
}

/* Stores the photo that came, and lets the one before go. */
static enum status draft_photo(struct ctx *c, const struct draft *d, struct bytes jpeg, struct file_id *ret)
{
    struct str subject = arena_hex(c->arena, d->row.uid);
    return photo_store(c, jpeg, "draft_photo", subject, LIMIT_DRAFT_PHOTOS, ret);
}

/* What was typed stays, whatever becomes of the photo. */
static enum status draft_keep(struct ctx *c, struct str token, const struct person_input *in,
                              const struct photo_kept *kept, bool anyway)
{
    struct draft d;
    int64_t held;
    enum status photo = ST_OK;
    TRY(app_begin(c));
    TRY(app_register_draft(c, token, &d));
    TRY(q_draft_hold(c->db, d.row.id, &held));
    if (!held) return fail(&c->fault, ST_CONFLICT, "这份申请已经提交");
    TRY(app_register_draft(c, token, &d)); /* as it is while held */
    struct file_id before = d.row.photo_id, file = before;
    d.fields = *in;
    d.photo_anyway = anyway;
    if (kept->jpeg.n) photo = draft_photo(c, &d, kept->jpeg, &file);
    if (photo != ST_OK && photo != ST_TOO_MANY) return photo;
    struct str flaw = file.v != before.v ? kept->flaw : d.row.photo_flaw;
    TRY(q_draft_update(c->db, d.row.id, draft_seal(c, d.row.uid, &d), file, flaw, NULL));
    if (file.v != before.v) TRY(file_release(c, before));
    TRY(app_commit(c));
    return photo;
}

enum status app_register_details(struct ctx *c, struct str token, const struct person_input *in,
                                 const struct photo_input *photo)
{
    struct draft d;
    struct person person;
    struct id_number id;
    TRY(app_register_draft(c, token, &d));
    if (id_number_parse(d.id_number, c->today, &id) != ID_OK) return ST_LOGIN;
    struct photo_kept kept = photo_take(c, photo);
    const struct day *born;
    TRY(born_if_judged(c, &id, &born));
    enum status fields = person_check(c, in, born, &person);
    if (fields != ST_OK && fields != ST_BAD_INPUT) return fields;
    check_photo(c, kept.jpeg.n || d.has_photo, kept.jpeg.n ? kept.flaw : d.row.photo_flaw, photo->anyway);
    app_read_end(c);
    TRY(draft_keep(c, token, in, &kept, photo->anyway));
    return problems_status(c);
}

#define RECEIPT "registered"

enum status app_register_receipt(struct ctx *c, struct str token, struct str *ret)
{
    struct draft d;
    TRY(app_register_draft(c, token, &d));
    if (!d.row.member_id.v) return ST_LOGIN;
    *ret = signed_make(c->app->keys, c->arena, RECEIPT, d.fields.company);
    return ST_OK;
}

enum status app_register_submitted(struct ctx *c, struct str receipt, struct submitted *ret)
{
    struct str company;
    struct company_full row = {0};
    if (!signed_read(c->app->keys, c->arena, RECEIPT, receipt, &company)) return ST_LOGIN;
    TRY(app_read(c));
    TRY(company_of(c, company, &row));
    *ret = (struct submitted){row.name, row.contact, row.phone};
    return ST_OK;
}

enum status app_register_photo(struct ctx *c, struct str token, struct bytes *ret)
{
    struct draft d;
    TRY(app_register_draft(c, token, &d));
    if (!d.has_photo) return not_found(c); /* nor any of a draft that was submitted */
    return file_read(c, d.row.photo_id, ret);
}

/* What the done page needs, and a second click. */
static enum status draft_close(struct ctx *c, const struct draft *d, struct member_id member)
{
    struct draft closed = {
        .id_number = d->id_number, .rules = d->rules, .fields = {.company = d->fields.company}};
    return q_draft_submitted(c->db, d->row.id, member, draft_seal(c, d->row.uid, &closed), NULL);
}

static enum status member_new(struct ctx *c, const struct draft *d, const struct id_number *id,
                              const struct person *p, struct subject *ret)
{
    struct bytes uid = uid_new(c->arena);
    struct str id_number = str_from(id->text);
    struct bytes key = person_key_new(c, uid);
    struct member_insert_row row;
    struct member_insert_in columns = {
        .uid = uid,
        .sex = id->sex,
        .birth_year = id->born.year,
        .id_sealed = vault_seal(c, PLACE("member", "id_sealed", uid), id_number),
        .id_index = vault_index(c, INDEX_ID_NUMBER, id_number),
        .tail_index = vault_index(c, INDEX_ID_TAIL, str_sub(id_number, 14, 4)),
        .photo_id = d->row.photo_id,
        .photo_flaw = d->row.photo_flaw,
        .state = STR("submitted"),
        .data_key_sealed = key,
        .now = c->now_ms,
    };
    person_insert_columns(c, p, uid, &columns);
    enum status s = q_member_insert(c->db, c->arena, &columns, &row);
    if (s == ST_NOT_FOUND) {
        problem_add(&c->problems, "id_number", "%s", SUBMITTED_TWICE.p);
        return ST_BAD_INPUT;
    }
    if (s) return s;
    *ret = (struct subject){row.id, uid, key};
    return ST_OK;
}

/* Nobody is logged in: it is the new account that did it. */
static enum status note_registration(struct ctx *c, struct account_id account, struct subject who,
                                     struct company_id company)
{
    struct actor visitor = c->actor;
    c->actor = (struct actor){.side = SIDE_MEMBER, .account = account};
    enum status s = audit_add(
        c, &(struct audit_note){
               .event = member_event_word(EVENT_REGISTER), .about = who, .company = company, .shown = true});
    c->actor = visitor;
    return s;
}

static enum status register_member(struct ctx *c, const struct draft *d, const struct id_number *id,
                                   const struct person *p)
{
    struct subject who;
    struct account_insert_row account;
    struct str hash, login = login_of(c, str_from(id->text));
    TRY(password_unseal(c->app->keys, c->arena, password_place(d->row.uid), d->row.password, &c->fault,
                        &hash));
    TRY(member_new(c, d, id, p, &who));
    if (p->company.v) TRY(q_employment_start(c->db, who.member, p->company, c->today, NULL));
    TRY(proposal_put(c, who.member, p->text.company_new));
    if (p->text.direct_reason.n) TRY(q_employment_explain(c->db, who.member, p->text.direct_reason, NULL));
    TRY(member_index_name(c, who.member, p->company, p->text.name));
    TRY(q_account_insert(c->db, c->arena,
                         &(struct account_insert_in){
                             .side = STR("member"),
                             .login = login,
                             .name = p->text.name,
                             .member = who.member,
                             .password = account_password_seal(c, STR("member"), login, hash),
                             .now = c->now_ms,
                         },
                         &account));
    TRY(consent_give(c, account.id, d->rules, d->row.created_at));
    TRY(draft_close(c, d, who.member));
    counter_add(c, p->company, STR("submitted"), DAY_NONE, 1);
    return note_registration(c, account.id, who, p->company);
}

static enum status check_draft(struct ctx *c, const struct draft *d, struct id_number *ret_id,
                               struct person *ret)
{
    const struct day *born;
    if (id_number_parse(d->id_number, c->today, ret_id) != ID_OK) return ST_LOGIN;
    TRY(check_age(c, ret_id));
    TRY(born_if_judged(c, ret_id, &born));
    check_photo(c, d->has_photo, d->row.photo_flaw, d->photo_anyway);
    return person_check(c, &d->fields, born, ret);
}

enum status app_register_check(struct ctx *c, const struct draft *d, struct person *ret)
{
    struct id_number id;
    TRY(app_read(c));
    return check_draft(c, d, &id, ret);
}

static enum status submit(struct ctx *c, struct str token)
{
    struct draft d;
    struct id_number id;
    struct person person;
    int64_t held;
    TRY(app_begin(c));
    TRY(app_register_draft(c, token, &d));
    TRY(q_draft_hold(c->db, d.row.id, &held));
    if (!held) return app_commit(c); /* submitted; perhaps just now, and not durable before this is */
    TRY(app_register_draft(c, token, &d));
    TRY(check_draft(c, &d, &id, &person));
    TRY(register_member(c, &d, &id, &person));
    return app_commit(c);
}

enum status app_register_submit(struct ctx *c, struct str token)
{
    struct draft d;
    enum status s = submit(c, token);
    app_rollback(c);
    if (s != ST_BAD_INPUT) return s;
    /* A double click on two connections: for the slower one the number is registered by now, by its own
     * draft. */
    TRY(app_register_draft(c, token, &d));
    if (!d.row.member_id.v) return ST_BAD_INPUT;
    c->problems.n = 0;
    return ST_OK;
}

#define DRAFTS_AT_ONCE 200

/* Passwords of drafts of an earlier version were not sealed. */
static enum status seal_passwords(struct ctx *c, int64_t *at, bool *ret_more)
{
    struct draft_fulls drafts;
    TRY(q_drafts_behind(c->db, c->arena, (struct draft_id){*at}, DRAFTS_AT_ONCE, &drafts));
    for (size_t i = 0; i < drafts.n; i++) {
        const struct draft_full *d = &drafts.p[i];
        *at = d->id.v;
        if (!password_is_bare(d->password)) continue;
        struct str sealed = password_seal(c->app->keys, c->arena, password_place(d->uid), d->password);
        TRY(q_draft_reseal(c->db, d->id, sealed, NULL));
    }
    *ret_more = drafts.n == DRAFTS_AT_ONCE;
    return ST_OK;
}

enum status drafts_upgrade(struct ctx *c, bool *ret_more)
{
    return upgrade_step(c, "draft.password", seal_passwords, ret_more);
}

static enum status look_at_some(struct ctx *c, int64_t *behind, struct sealed_wrong *wrong, bool *ret_more)
{
    struct draft_fulls drafts;
    TRY(q_drafts_behind(c->db, c->arena, (struct draft_id){*behind}, DRAFTS_AT_ONCE, &drafts));
    for (size_t i = 0; i < drafts.n; i++) {
        const struct draft_full *row = &drafts.p[i];
        struct draft d = {0};
        struct str hash;
        *behind = row->id.v;
        if (row->member_id.v) continue; /* submitted: neither is left */
        TRY(sealed_look(c, wrong, "draft", *behind, draft_open(c, row, &d)));
        TRY(sealed_look(c, wrong, "draft", *behind,
                        password_unseal(c->app->keys, c->arena, password_place(row->uid), row->password,
                                        &c->fault, &hash)));
    }
    *ret_more = drafts.n == DRAFTS_AT_ONCE;
    return ST_OK;
}

enum status look_at_drafts(struct ctx *c, struct str *ret_wrong)
{
    return check_sealed(c, look_at_some, ret_wrong);
}
