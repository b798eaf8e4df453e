#include "app/batches/print.h"

#include "app/core/hold.h"
#include "app/core/ledger.h"
#include "app/core/once.h"
#include "app/core/pack.h"
#include "app/core/settings.h"
#include "app/core/vault.h"
#include "base/limits.h"
#include "domain/money.h"
#include "gen/queries.h"

#include <stddef.h>

#define BATCHES_AT_ONCE 100

/* The names are in databases: they stay. */
static const struct head_field {
    const char *name;
    size_t at;
} HEAD[] = {
    {"title", offsetof(struct print_head, title)},
    {"company", offsetof(struct print_head, company)},
    {"credit_code", offsetof(struct print_head, credit_code)},
    {"contact", offsetof(struct print_head, contact)},
    {"phone", offsetof(struct print_head, phone)},
    {"day", offsetof(struct print_head, day)},
    {"people", offsetof(struct print_head, people)},
    {"fee", offsetof(struct print_head, fee)},
    {"fee_capitals", offsetof(struct print_head, fee_capitals)},
    {"note", offsetof(struct print_head, note)},
};
#define N_HEAD (sizeof HEAD / sizeof *HEAD)

static struct seal_place head_place(struct bytes print_uid)
{
    return PLACE("batch_print", "head_sealed", print_uid);
}

static struct str *head_text(struct print_head *head, size_t i)
{
    return (struct str *)(void *)((char *)head + HEAD[i].at);
}

static struct bytes head_seal(struct ctx *c, struct bytes print_uid, struct print_head head)
{
    struct buf *b = buf_new(c->arena, 1024, LIMIT_FIELD_BYTES);
    pack_fields(b);
    for (size_t i = 0; i < N_HEAD; i++)
        pack_field(b, HEAD[i].name, *head_text(&head, i));
    return vault_seal(c, head_place(print_uid), buf_text(b));
}

enum status print_head_open(struct ctx *c, const struct print_full *print, struct print_head *ret)
{
    struct str packed;
    struct print_head head = {0};
    TRY(vault_open(c, head_place(print->uid), print->head_sealed, &packed));
    for (size_t i = 0; i < N_HEAD; i++)
        *head_text(&head, i) = str_or_empty(pack_field_of(packed, HEAD[i].name));
    *ret = head;
    return ST_OK;
}

static struct str where_to_send(struct ctx *c)
{
    struct str mailbox = c->settings->scan_mailbox, association = c->settings->association;
    if (!mailbox.n) return arena_fmt(c->arena, "请打印后加盖公章，交%.*s。", STR_ARG(association));
    return arena_fmt(c->arena, "请打印后加盖公章并扫描（保证清晰），发送到%.*s邮箱：%.*s",
                     STR_ARG(association), STR_ARG(mailbox));
}

static struct str remark_of(struct str decision)
{
    if (str_eq(decision, STR("approved"))) return STR("已批准");
    return str_eq(decision, STR("returned")) ? STR("已退回") : STR("");
}

/* Who was returned owes nothing. */
static int payers(const struct batch_rows_shown *rows)
{
    int n = 0;
    for (size_t i = 0; i < rows->n; i++)
        n += !rows->p[i].unknown && !str_eq(rows->p[i].decision, STR("returned"));
    return n;
}

static struct str fee_words(struct ctx *c, int n)
{
    const struct settings *set = c->settings;
    int64_t fee_fen = money_fee(set->fee_yearly_fen, n, (int)set->period_years);
    return arena_fmt(c->arena, "%d 人 × %ld 年 × %s 元 = %s 元", n, (long)set->period_years,
                     money_text(c->arena, set->fee_yearly_fen).p, money_text(c->arena, fee_fen).p);
}

struct str print_fee(struct ctx *c, const struct batch_sheet *s)
{
    return fee_words(c, payers(&s->rows));
}

static struct print_head head_of(struct ctx *c, const struct batch_sheet *s,
                                 const struct batch_rows_shown *rows, struct day on)
{
    const struct settings *set = c->settings;
    int n = payers(rows);
    return (struct print_head){
        .title = arena_fmt(c->arena, "%.*s个人会员（%s）汇总表", STR_ARG(set->association),
                           batch_kind_label(s->kind)),
        .company = s->company.name,
        .credit_code = str_or_empty(s->company.credit_code),
        .contact = s->company.contact,
        .phone = s->company.phone,
        .day = day_str(c->arena, on),
        .people = arena_fmt(c->arena, "%zu 人", rows->n),
        .fee = fee_words(c, n),
        .fee_capitals = money_capitals(c->arena, money_fee(set->fee_yearly_fen, n, (int)set->period_years)),
        .note = where_to_send(c),
    };
}

struct print print_of_sheet(struct ctx *c, const struct batch_sheet *s)
{
    struct print p = {.batch = s->batch.id, .batch_number = s->batch.number, .token = s->batch.token};
    for (size_t i = 0; i < s->rows.n; i++) {
        if (s->rows.p[i].unknown) continue;
        struct batch_row *row = ARENA_PUSH(c->arena, &p.rows);
        *row = s->rows.p[i];
        row->shown.remark = remark_of(row->decision);
    }
    p.head = head_of(c, s, &p.rows, c->today);
    p.check_code = batch_check_code(c, &s->batch, batch_company_code(&s->company), p.rows.p, p.rows.n);
    return p;
}

/* A print as it was sealed. One of the first version says nothing of what stood around its table. */
static enum status print_open(struct ctx *c, const struct batch_sheet *s, struct print *ret)
{
    struct print_items items;
    struct print p = {.batch = s->batch.id,
                      .batch_number = s->batch.number,
                      .token = s->batch.token,
                      .number = s->last.number,
                      .check_code = s->last.check_code};
    TRY(q_batch_print_items(c->db, c->arena, s->last.id, &items));
    for (size_t i = 0; i < items.n; i++) {
        struct batch_row *row = ARENA_PUSH(c->arena, &p.rows);
        *row = (struct batch_row){.member = items.p[i].member_id, .position = items.p[i].position};
        TRY(snapshot_open(c, snapshot_of_print(s->last.uid, row->position), items.p[i].snapshot_sealed,
                          &row->shown));
    }
    if (s->last.head_sealed.n)
        TRY(print_head_open(c, &s->last, &p.head));
    else
        p.head = head_of(c, s, &p.rows, day_at(s->last.printed_at));
    *ret = p;
    return ST_OK;
}

static enum status batches_of(struct ctx *c, struct print_wanted which, struct batch_fulls *ret)
{
    if (!which.batch.v) {
        TRY(need_clerk(c));
        return q_batches_undecided(c->db, c->arena, c->actor.company, str_from(batch_kind_code(which.kind)),
                                   BATCHES_AT_ONCE, ret);
    }
    if (c->actor.side == SIDE_STAFF) TRY(need_role(c, ROLE_MEMBERSHIP));
    struct batch_full *one = ARENA_NEW(c->arena, struct batch_full);
    TRY(batch_of_reader(c, which.batch, one));
    *ret = (struct batch_fulls){.p = one, .n = 1};
    return ST_OK;
}

enum status app_prints_now(struct ctx *c, struct print_wanted which, struct prints *ret)
{
    struct batch_fulls batches = {0};
    struct prints prints = {0};
    TRY(app_read(c));
    TRY(batches_of(c, which, &batches));
    for (size_t i = 0; i < batches.n; i++) {
        struct batch_sheet sheet;
        TRY(batch_sheet_read(c, &batches.p[i], &sheet));
        *ARENA_PUSH(c->arena, &prints) = print_of_sheet(c, &sheet);
    }
    *ret = prints;
    return ST_OK;
}

enum status app_prints_last(struct ctx *c, struct print_wanted which, struct prints *ret)
{
    struct batch_fulls batches = {0};
    struct prints prints = {0};
    TRY(app_read(c));
    TRY(batches_of(c, which, &batches));
    for (size_t i = 0; i < batches.n; i++) {
        struct batch_sheet sheet;
        struct print *p = ARENA_PUSH(c->arena, &prints);
        TRY(batch_sheet_read(c, &batches.p[i], &sheet));
        if (sheet.last.number)
            TRY(print_open(c, &sheet, p));
        else
            *p = print_of_sheet(c, &sheet);
    }
    *ret = prints;
    return ST_OK;
}

enum status prints_note(struct ctx *c, const struct prints *prints)
{
    TRY(app_begin(c));
    for (size_t i = 0; i < prints->n; i++) {
        const struct print *p = &prints->p[i];
        struct str what = p->number ? arena_fmt(c->arena, "第 %ld 次打印", (long)p->number) : STR("预览");
        TRY(audit_add(
            c, &(struct audit_note){.event = "batch.print_read",
                                    .company = c->actor.company,
                                    .batch = p->batch,
                                    .note = arena_fmt(c->arena, "%.*s，%zu 人", STR_ARG(what), p->rows.n)}));
    }
    return app_commit(c);
}

static enum status print_seal(struct ctx *c, const struct print *p)
{
    struct bytes uid = uid_new(c->arena);
    struct batch_print_insert_row made;
    TRY(q_batch_print_insert(c->db, c->arena,
                             &(struct batch_print_insert_in){uid, p->batch, p->number, p->check_code,
                                                             head_seal(c, uid, p->head), c->actor.account,
                                                             c->now_ms},
                             &made));
    for (size_t i = 0; i < p->rows.n; i++) {
        int64_t position = (int64_t)i + 1;
        struct bytes sealed = snapshot_seal(c, snapshot_of_print(uid, position), &p->rows.p[i].shown);
        TRY(q_batch_print_item_insert(c->db, made.id, position, p->rows.p[i].member, sealed, NULL));
    }
    TRY(q_batch_set_printed(c->db, p->batch, p->check_code, c->now_ms, NULL));
    return audit_add(c, &(struct audit_note){.event = "batch.print",
                                             .company = c->actor.company,
                                             .batch = p->batch,
                                             .note = arena_fmt(c->arena, "第 %ld 次打印，%zu 人",
                                                               (long)p->number, p->rows.n)});
}

static enum status print_one(struct ctx *c, const struct batch_full *batch)
{
    struct batch_sheet sheet;
    TRY(batch_sheet_read(c, batch, &sheet));
    if (batch->closed_at && sheet.last.number) return ST_OK;
    struct print p = print_of_sheet(c, &sheet);
    p.number = sheet.last.number + 1;
    return print_seal(c, &p);
}

/* The company is held first, so that two prints of a moment do not take one number. */
enum status app_prints_make(struct ctx *c, struct print_wanted which, struct str once)
{
    struct batch_fulls batches = {0};
    struct str earlier;
    TRY(need_clerk(c));
    TRY(app_begin(c));
    TRY(once_take(c, once, STR("printed"), &earlier));
    if (earlier.n) {
        app_rollback(c);
        return ST_OK;
    }
    TRY(hold_companies(c, &c->actor.company, 1));
    TRY(batches_of(c, which, &batches));
    for (size_t i = 0; i < batches.n; i++)
        TRY(print_one(c, &batches.p[i]));
    return app_commit(c);
}
