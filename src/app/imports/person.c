#include "app/imports/person.h"

#include "app/core/ledger.h"
#include "app/core/settings.h"
#include "app/core/vault.h"
#include "app/members/effects.h"
#include "app/members/person.h"
#include "domain/codes.h"
#include "domain/document_no.h"
#include "domain/id_number.h"
#include "domain/member.h"
#include "domain/period.h"

static struct str value(const struct import_row *row, const char *field)
{
    return import_value(IMPORT_MEMBER, row, field);
}

/* A day, or the first of a month; none where nothing stands. */
static struct day day_of(struct str text)
{
    struct day day = DAY_NONE;
    if (!day_parse(text, &day)) day_parse_month(text, &day);
    return day;
}

/* The day on which a membership of so many years begins that ends on `end`. */
static struct day first_before(struct day end, int years)
{
    struct day first = day_add(end, 1);
    first.year = (int16_t)(first.year - years);
    return day_valid(first.year, first.month, first.day) ? first : day_add(DAY(first.year, 2, 28), 1);
}

bool imported_period_of(struct ctx *c, enum import_kind kind, const struct import_row *row,
                        struct import_period_insert_in *ret)
{
    int years = (int)c->settings->period_years;
    struct day start = day_of(import_value(kind, row, "period_start"));
    struct day end = day_of(import_value(kind, row, "period_end"));
    struct day approved = day_of(import_value(kind, row, "approved_on"));
    struct str document = import_value(kind, row, "document_no");
    if (!day_is(start) && !day_is(end)) return false;
    if (!day_is(start)) start = first_before(end, years);
    if (!day_is(end)) end = period_last(start, years);
    *ret = (struct import_period_insert_in){
        .kind = STR("new"),
        .start_day = start,
        .end_day = end,
        .approved_on = day_is(approved) ? approved : start,
        .document_no = document,
        .document_folded = document_no_fold(c->arena, document),
        .now = c->now_ms,
    };
    return true;
}

/* As the sheet says, and as far as it can be: who was a member once has been approved; who waits in a batch
 * of the old system waits for the own company's recommendation here. */
static enum member_stored stored_of(const struct import_row *row, bool has_period)
{
    enum member_state state = STATE_NONE;
    bool was_member = has_period || value(row, "number").n || value(row, "joined_on").n;
    member_state_parse(value(row, "state"), &state);
    if (state == STATE_CLOSED) return STORED_CLOSED;
    return was_member || state == STATE_MEMBER || state == STATE_EXPIRED ? STORED_APPROVED : STORED_SUBMITTED;
}

static void codes_of(const struct import_row *row, struct import_member_insert_in *ret)
{
    int education = 0, title_level = 0;
    code_parse(education_codes, value(row, "education"), &education);
    code_parse(title_level_codes, value(row, "title_level"), &title_level);
    ret->education = education;
    ret->title_level = title_level;
    ret->started_on = day_of(value(row, "started_on"));
    if (!day_is(ret->started_on)) ret->started_on = STARTED_UNKNOWN;
}

static void texts_of(struct ctx *c, const struct import_row *row, struct import_member_insert_in *ret)
{
    struct str mobile = value(row, "mobile"), number = value(row, "number");
    int64_t paid_years = 0;
    str_int(value(row, "paid_years"), &paid_years);
    ret->number = number.n ? number : STR_NONE;
    ret->name = value(row, "name");
    ret->mobile_sealed = vault_seal(c, PLACE("member", "mobile_sealed", ret->uid), mobile);
    ret->mobile_index = person_mobile_index(c, mobile);
    ret->school = value(row, "school");
    ret->major = value(row, "major");
    ret->title_specialty = value(row, "title_specialty");
    ret->post = value(row, "post");
    ret->address = value(row, "address");
    ret->qq = value(row, "qq");
    ret->email = value(row, "email");
    ret->photo_flaw = STR("");
    ret->paid_years_before = paid_years;
}

static void state_of(struct imported_person *p, const struct import_row *row)
{
    enum member_stored stored = stored_of(row, p->has_period);
    bool closed = stored == STORED_CLOSED;
    p->columns.state = str_from(member_stored_code(stored));
    p->columns.reason = closed ? STR("导入时已注销") : STR("");
    if (closed)
        p->columns.state_before =
            str_from(member_stored_code(p->has_period ? STORED_APPROVED : STORED_SUBMITTED));
    p->columns.period_end = p->has_period ? p->period.end_day : DAY_NONE;
}

enum status imported_person_of(struct ctx *c, struct job_id job, const struct import_row *row,
                               struct imported_person *ret)
{
    struct id_number id;
    struct imported_person p = {.id_number = value(row, "id_number")};
    if (id_number_parse(p.id_number, c->today, &id) != ID_OK)
        return fail_detail(&c->fault, ST_BROKEN, "ID number of a row that was checked");
    struct bytes uid = uid_new(c->arena);
    p.columns = (struct import_member_insert_in){
        .job = job,
        .uid = uid,
        .sex = id.sex,
        .birth_year = id.born.year,
        .id_sealed = vault_seal(c, PLACE("member", "id_sealed", uid), p.id_number),
        .id_index = vault_index(c, INDEX_ID_NUMBER, p.id_number),
        .tail_index = vault_index(c, INDEX_ID_TAIL, str_sub(p.id_number, 14, 4)),
        .data_key_sealed = person_key_new(c, uid),
        .now = c->now_ms,
    };
    p.has_period = imported_period_of(c, IMPORT_MEMBER, row, &p.period);
    p.period.job = job;
    codes_of(row, &p.columns);
    texts_of(c, row, &p.columns);
    state_of(&p, row);
    *ret = p;
    return ST_OK;
}

/* Nobody can log in to it before the person has activated it. */
static enum status account_without_password(struct ctx *c, const struct imported_person *p,
                                            struct member_id member)
{
    struct account_insert_row row;
    return q_account_insert(c->db, c->arena,
                            &(struct account_insert_in){.side = STR("member"),
                                                        .login = login_of(c, p->id_number),
                                                        .name = p->columns.name,
                                                        .member = member,
                                                        .password = STR(""),
                                                        .now = c->now_ms},
                            &row);
}

/* For when the job is committed: of the company, and of all. */
static enum status count_in(struct ctx *c, const struct import_member_insert_in *m)
{
    char end[DAY_TEXT_SIZE] = "";
    day_text(m->period_end, end);
    TRY(q_import_count_add(c->db, m->job, (struct company_id){0}, m->state, str_from(end), 1, NULL));
    return q_import_count_add(c->db, m->job, m->company_id, m->state, str_from(end), 1, NULL);
}

static enum status period_write(struct ctx *c, const struct imported_person *p, struct member_id member,
                                struct period_id *ret)
{
    struct period_id none = {0};
    struct import_period_insert_row made;
    *ret = none;
    if (!p->has_period) return ST_OK;
    struct import_period_insert_in period = p->period;
    period.member = member;
    TRY(q_import_period_insert(c->db, c->arena, &period, &made));
    *ret = made.id;
    return ST_OK;
}

enum status imported_person_write(struct ctx *c, const struct job_full *job, const struct imported_person *p,
                                  struct subject *ret, struct period_id *ret_period)
{
    struct import_member_insert_row made;
    const struct import_member_insert_in *m = &p->columns;
    enum status s = q_import_member_insert(c->db, c->arena, m, &made);
    if (s == ST_NOT_FOUND)
        return fail(&c->fault, ST_CONFLICT, "核对之后有人登记了表中的身份证号，请重新上传核对");
    if (s) return s;
    TRY(q_employment_start(c->db, made.id, m->company_id, c->today, NULL));
    TRY(member_index_name(c, made.id, m->company_id, m->name));
    TRY(account_without_password(c, p, made.id));
    TRY(period_write(c, p, made.id, ret_period));
    TRY(count_in(c, m));
    *ret = (struct subject){made.id, m->uid, m->data_key_sealed};
    return audit_add(c, &(struct audit_note){.event = "member.import",
                                             .about = *ret,
                                             .company = m->company_id,
                                             .shown = true,
                                             .note = arena_fmt(c->arena, "导入第 %ld 号", (long)job->id.v)});
}
