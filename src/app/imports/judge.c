#include "app/imports/judge.h"

#include "app/companies/near.h"
#include "app/core/vault.h"
#include "app/imports/judge_period.h"
#include "domain/fold.h"
#include "domain/id_number.h"
#include "gen/queries.h"

#include <string.h>

static void refuse(struct ctx *c, struct import_row *row, const char *field, const char *code,
                   struct str text)
{
    staged_find(c->arena, row, field, code, IMPORT_REFUSED, text);
}

#define BUSY STR("另一个导入正在登记，请等它结束后重新上传")

/* Names and numbers that are no secret. */
static struct bytes plain_index(struct ctx *c, struct str text)
{
    return text.n ? sha256_of(c->arena, str_bytes(text)) : (struct bytes){0};
}

/* By a name that it has, or had. None: nobody has it; two former ones: nobody knows which. */
static enum status company_named(struct ctx *c, struct str name, struct company_id *ret)
{
    struct companies_by_folded_rows named;
    TRY(q_companies_by_folded(c->db, c->arena, name_fold(c->arena, name), &named));
    bool one = named.n == 1 || (named.n > 1 && named.p[0].present);
    *ret = one ? named.p[0].id : (struct company_id){0};
    return ST_OK;
}

static enum status company_coded(struct ctx *c, struct str code, struct company_id *ret)
{
    struct company_full company;
    *ret = (struct company_id){0};
    if (!code.n) return ST_OK;
    enum status s = q_company_by_credit_code_unscoped(c->db, c->arena, code, &company);
    if (s == ST_OK) *ret = company.id;
    return s == ST_NOT_FOUND ? ST_OK : s;
}

/* The name decides; a code that is another company's is a mistake in one of them. */
static enum status judge_company(struct ctx *c, struct import_row *row, struct judged *j)
{
    struct str name = import_value(IMPORT_COMPANY, row, "name");
    struct str code = import_value(IMPORT_COMPANY, row, "credit_code");
    struct company_id named, coded;
    struct company_like_unscoped_rows like;
    struct str folded = name_fold(c->arena, name);
    j->key_index = plain_index(c, folded);
    j->second_index = plain_index(c, code);
    TRY(q_company_like_unscoped(c->db, c->arena, folded, code.n ? code : STR_NONE, &like));
    for (size_t i = 0; i < like.n; i++)
        if (!like.p[i].seen) refuse(c, row, "name", "busy", BUSY);
    TRY(company_named(c, name, &named));
    TRY(company_coded(c, code, &coded));
    j->company = named.v ? named : coded;
    if (!j->company.v) return ST_OK;
    j->verdict = "known";
    struct company_full there;
    TRY(q_company_by_id_unscoped(c->db, c->arena, j->company, &there));
    bool other = named.v && code.n && there.credit_code.n && !str_eq(there.credit_code, code);
    if (other || (coded.v && coded.v != j->company.v))
        refuse(c, row, "credit_code", "taken", STR("与在册的统一社会信用代码不同，请核对"));
    if (!named.v)
        staged_find(c->arena, row, "name", "renamed", IMPORT_OPEN,
                    arena_fmt(c->arena, "在册名称是%.*s", STR_ARG(there.name)));
    return ST_OK;
}

static enum status tell_near(struct ctx *c, struct import_row *row, struct company_id near)
{
    struct company_name_now_unscoped_row there;
    TRY(q_company_name_now_unscoped(c->db, c->arena, near, &there));
    staged_find(c->arena, row, "company", "near", IMPORT_OPEN,
                arena_fmt(c->arena, "与在册单位%.*s的名称相近", STR_ARG(there.name)));
    return ST_OK;
}

/* Whom the person works for, as the sheet says it; 协会直管 where it says nothing. */
static enum status find_employer(struct ctx *c, const struct job_full *job, struct import_row *row,
                                 struct judged *j)
{
    struct str name = import_value(IMPORT_MEMBER, row, "company");
    struct import_company_note_row proposed;
    struct company_full direct;
    TRY(company_coded(c, import_value(IMPORT_MEMBER, row, "company_code"), &j->company));
    if (!j->company.v && name.n) TRY(company_named(c, name, &j->company));
    if (j->company.v) return ST_OK;
    if (!name.n) {
        TRY(q_company_direct(c->db, c->arena, &direct));
        j->company = direct.id;
        return ST_OK;
    }
    TRY(q_import_company_note(c->db, c->arena, job->id, name, name_fold(c->arena, name), &proposed));
    j->proposed = proposed.id;
    if (proposed.n == 1) {
        TRY(company_near(c, name, &proposed.near_id));
        TRY(q_import_company_set_near(c->db, proposed.id, proposed.near_id, NULL));
    }
    return proposed.near_id.v ? tell_near(c, row, proposed.near_id) : ST_OK;
}

/* In the register already, and left as it is there. */
static void judge_known(struct ctx *c, struct import_row *row,
                        const struct import_member_like_unscoped_row *there, struct judged *j)
{
    struct str name = import_value(IMPORT_MEMBER, row, "name");
    struct str number = import_value(IMPORT_MEMBER, row, "number");
    j->verdict = "known";
    j->member = there->id;
    if (!there->seen) refuse(c, row, "id_number", "busy", BUSY);
    if (name.n && !str_eq(name_fold(c->arena, name), name_fold(c->arena, there->name)))
        refuse(c, row, "name", "other_name",
               arena_fmt(c->arena, "这个身份证号在册的姓名是%.*s，请核对", STR_ARG(there->name)));
    if (number.n && there->number.n && !str_eq(number, there->number))
        staged_find(c->arena, row, "number", "other_number", IMPORT_OPEN,
                    arena_fmt(c->arena, "在册的会员编号是%.*s，没有改动", STR_ARG(there->number)));
}

static enum status like_member(struct ctx *c, struct str id_number,
                               struct import_member_like_unscoped_row *ret)
{
    *ret = (struct import_member_like_unscoped_row){.seen = true};
    enum status s =
        q_import_member_like_unscoped(c->db, c->arena, vault_index(c, INDEX_ID_NUMBER, id_number), ret);
    return s == ST_NOT_FOUND ? ST_OK : s;
}

static enum status number_free(struct ctx *c, struct import_row *row, struct str number, struct member_id of)
{
    struct member_of_number_unscoped_row holder;
    if (!number.n) return ST_OK;
    enum status s = q_member_of_number_unscoped(c->db, c->arena, number, &holder);
    if (s == ST_NOT_FOUND || (s == ST_OK && holder.id.v == of.v)) return ST_OK;
    if (s == ST_OK) refuse(c, row, "number", "taken", STR("这个会员编号在册的是另一个人"));
    return s;
}

/* Nobody joined before they were born. */
static void judge_born(struct ctx *c, enum import_kind kind, struct import_row *row)
{
    static const char *const DAYS[] = {"period_start", "period_end", "joined_on", "approved_on"};
    struct id_number id;
    char born[DAY_TEXT_SIZE];
    if (id_number_parse(import_value(kind, row, "id_number"), c->today, &id) != ID_OK) return;
    day_text(id.born, born);
    for (size_t i = 0; i < sizeof DAYS / sizeof *DAYS; i++) {
        struct str day = import_value(kind, row, DAYS[i]);
        if (day.n && str_cmp(day, str_sub(str_from(born), 0, day.n)) < 0)
            refuse(c, row, DAYS[i], "value", STR("早于出生日期，请核对"));
    }
}

static void judge_days(struct ctx *c, enum import_kind kind, struct import_row *row)
{
    judge_born(c, kind, row);
    struct str start = import_value(kind, row, "period_start"), end = import_value(kind, row, "period_end");
    if (start.n && end.n && str_cmp(start, end) > 0)
        refuse(c, row, "period_end", "value", STR("有效期的开始晚于到期日期"));
}

static enum status judge_member(struct ctx *c, const struct job_full *job, struct import_row *row,
                                struct judged *j)
{
    struct import_member_like_unscoped_row there;
    struct str id_number = import_value(IMPORT_MEMBER, row, "id_number");
    struct str number = import_value(IMPORT_MEMBER, row, "number");
    if (id_number.n) j->key_index = vault_index(c, INDEX_ID_NUMBER, id_number);
    j->second_index = plain_index(c, number);
    judge_days(c, IMPORT_MEMBER, row);
    if (row->refused || !id_number.n) return ST_OK;
    TRY(like_member(c, id_number, &there));
    TRY(number_free(c, row, number, there.id));
    if (there.id.v) judge_known(c, row, &there, j);
    if (row->refused || there.id.v) return ST_OK;
    return find_employer(c, job, row, j);
}

/* Of somebody who is in the register: what they had of memberships before. */
static enum status judge_period(struct ctx *c, const struct job_full *job, struct import_row *row,
                                struct judged *j)
{
    struct import_member_like_unscoped_row there;
    struct str id_number = import_value(IMPORT_PERIOD, row, "id_number");
    struct str name = import_value(IMPORT_PERIOD, row, "name");
    if (id_number.n)
        j->key_index =
            plain_index(c, arena_fmt(c->arena, "%.*s %.*s",
                                     STR_ARG(arena_hex(c->arena, vault_index(c, INDEX_ID_NUMBER, id_number))),
                                     STR_ARG(import_value(IMPORT_PERIOD, row, "period_start"))));
    judge_days(c, IMPORT_PERIOD, row);
    if (row->refused || !id_number.n) return ST_OK;
    TRY(like_member(c, id_number, &there));
    j->member = there.id;
    if (!there.id.v || !there.seen)
        refuse(c, row, "id_number", "not_found", STR("没有在册，请先导入这个人"));
    else if (name.n && !str_eq(name_fold(c->arena, name), name_fold(c->arena, there.name)))
        refuse(c, row, "name", "other_name",
               arena_fmt(c->arena, "这个身份证号在册的姓名是%.*s，请核对", STR_ARG(there.name)));
    if (row->refused) return ST_OK;
    bool known;
    TRY(import_judge_period(c, job, row, there.id, &known));
    if (known) j->verdict = "known";
    return ST_OK;
}

enum status import_judge(struct ctx *c, const struct job_full *job, enum import_kind kind,
                         struct import_row *row, struct judged *ret)
{
    struct judged j = {.verdict = "new"};
    switch (kind) {
    case IMPORT_COMPANY:
        if (!row->refused) TRY(judge_company(c, row, &j));
        break;
    case IMPORT_MEMBER:
        TRY(judge_member(c, job, row, &j));
        break;
    case IMPORT_PERIOD:
        TRY(judge_period(c, job, row, &j));
        break;
    }
    if (row->refused) j.verdict = "bad";
    *ret = j;
    return ST_OK;
}
