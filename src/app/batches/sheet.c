#include "app/batches/sheet.h"

#include "app/core/hold.h"
#include "app/core/ledger.h"
#include "app/core/pack.h"
#include "app/core/vault.h"
#include "base/limits.h"
#include "crypto/mac.h"
#include "domain/codes.h"
#include "gen/queries.h"

#include <string.h>

#define ITEMS 500 /* read at a time */

/* The parts of a list: for the company those that are open, for the association those that somebody waits in;
 * and the rest. */
static enum status part_read(struct ctx *c, struct batch_place from, size_t limit, struct batch_lines *ret)
{
    struct batch_id below = from.below.v ? from.below : (struct batch_id){INT64_MAX};
    if (c->actor.side == SIDE_COMPANY)
        return (from.rest ? q_batches_closed_of : q_batches_open_of)(c->db, c->arena, c->actor.company, below,
                                                                     (int64_t)limit, ret);
    return (from.rest ? q_batches_settled : q_batches_waiting)(c->db, c->arena, below, (int64_t)limit, ret);
}

static struct batch_lines joined(struct ctx *c, const struct batch_lines *a, const struct batch_lines *b)
{
    struct batch_lines all = {.p = ARENA_ARRAY(c->arena, a->n + b->n, struct batch_line), .n = a->n + b->n};
    for (size_t i = 0; i < all.n; i++)
        all.p[i] = i < a->n ? a->p[i] : b->p[i - a->n];
    return all;
}

enum status app_batches_list(struct ctx *c, struct batch_place from, size_t limit, struct batch_lines *ret,
                             struct batch_place *ret_next)
{
    struct batch_lines first = {0}, rest = {0};
    TRY(app_read(c));
    if (!c->actor.account.v || c->actor.side != SIDE_COMPANY) TRY(need_role(c, ROLES_READ_LISTS));
    if (!from.rest) TRY(part_read(c, from, limit + 1, &first)); /* one more tells whether the list goes on */
    struct batch_place below = from.rest ? from : (struct batch_place){.rest = true};
    if (first.n <= limit) TRY(part_read(c, below, limit + 1 - first.n, &rest));
    struct batch_lines lines = joined(c, &first, &rest);
    *ret_next = (struct batch_place){0};
    if (lines.n > limit) {
        lines.n = limit;
        *ret_next = (struct batch_place){lines.p[limit - 1].id, limit > first.n};
    }
    *ret = lines;
    return ST_OK;
}

/* Whose batch it is, looked at in one place. */
static enum status theirs(struct ctx *c, enum status found, const struct batch_full *batch)
{
    const struct actor *a = &c->actor;
    if (found == ST_NOT_FOUND) return not_found(c);
    if (found) return found;
    if (!a->account.v) return ST_LOGIN;
    bool may = a->side == SIDE_COMPANY ? a->company.v == batch->company_id.v
                                       : a->side == SIDE_STAFF && (a->roles & ROLES_READ_LISTS);
    return may ? ST_OK : not_found(c);
}

static enum status batch_load(struct ctx *c, struct batch_id id, struct batch_full *ret)
{
    struct batch_full batch = {0};
    enum status s = theirs(c, q_batch_by_id(c->db, c->arena, id, &batch), &batch);
    if (s == ST_NOT_FOUND) c->sought.batch = id;
    if (s) return s;
    *ret = batch;
    return ST_OK;
}

enum status app_batch_by_token(struct ctx *c, struct str token, struct batch_id *ret)
{
    struct batch_full batch;
    TRY(app_read(c));
    TRY(theirs(c, q_batch_by_token(c->db, c->arena, token, &batch), &batch));
    *ret = batch.id;
    return ST_OK;
}

/* What the print shows of a person, as texts in the order in which the snapshot keeps them. */
#define PRINTED 9
static const char *const PRINTED_LABELS[PRINTED] = {"姓名", "性别", "身份证号", "学历",           "专业",
                                                    "职称", "岗位", "手机",     "会员编号/有效期"};

static void printed(const struct batch_row *r, struct str ret[PRINTED])
{
    const struct str texts[PRINTED] = {r->name,  r->sex,  r->id_number, r->education,     r->major,
                                       r->title, r->post, r->mobile,    r->number_and_end};
    for (size_t i = 0; i < PRINTED; i++)
        ret[i] = texts[i];
}

static struct str number_and_end(struct ctx *c, const struct member_full *m)
{
    if (!m->number.n) return STR("");
    return arena_fmt(c->arena, "%.*s %.*s", STR_ARG(m->number), STR_ARG(day_str(c->arena, m->period_end)));
}

static enum status row_read(struct ctx *c, const struct batch_item_full *item, struct batch_row *ret)
{
    struct member_full m;
    enum member_stored stored;
    struct batch_row r = {.member = item->member_id, .position = item->position, .decision = item->decision};
    TRY(q_member_by_id(c->db, c->arena, item->member_id, &m));
    if (!member_stored_parse(m.state, &stored))
        return fail_detail(&c->fault, ST_BROKEN, "unknown state of a member");
    TRY(vault_open(c, PLACE("member", "id_sealed", m.uid), m.id_sealed, &r.id_number));
    TRY(vault_open(c, PLACE("member", "mobile_sealed", m.uid), m.mobile_sealed, &r.mobile));
    r.state = member_state_of(stored, m.period_end, c->today);
    r.name = m.name;
    r.sex = str_from(code_label(sex_codes, (int)m.sex));
    r.education = str_from(code_label(education_codes, (int)m.education));
    r.major = m.major;
    r.title = str_from(code_label(title_level_codes, (int)m.title_level));
    r.post = m.post;
    r.number_and_end = number_and_end(c, &m);
    *ret = r;
    return ST_OK;
}

static struct seal_place snapshot_place(const struct batch_sheet *s)
{
    return PLACE("batch_item", "snapshot_sealed", s->batch.uid);
}

/* What differs from the last print, in words. */
static enum status row_compare(struct ctx *c, const struct batch_sheet *s, struct bytes snapshot,
                               struct batch_row *r)
{
    struct str rest, was, now[PRINTED], words = STR("");
    if (!s->batch.printed_at) return ST_OK;
    if (!snapshot.n) {
        r->changed = STR("打印后加入");
        return ST_OK;
    }
    TRY(vault_open(c, snapshot_place(s), snapshot, &rest));
    printed(r, now);
    for (size_t i = 0; i < PRINTED && pack_next(&rest, &was); i++)
        if (!str_eq(was, now[i]))
            words = arena_fmt(c->arena, "%.*s%s%s", STR_ARG(words), words.n ? "、" : "", PRINTED_LABELS[i]);
    if (words.n) r->changed = arena_fmt(c->arena, "打印后修改：%.*s", STR_ARG(words));
    return ST_OK;
}

static enum status rows_read(struct ctx *c, struct batch_sheet *s)
{
    int64_t above = 0;
    for (bool over = false; !over;) {
        struct batch_item_fulls items;
        TRY(q_batch_items(c->db, c->arena, s->batch.id, above, ITEMS, &items));
        for (size_t i = 0; i < items.n; i++) {
            struct batch_row *r = ARENA_PUSH(c->arena, &s->rows);
            TRY(row_read(c, &items.p[i], r));
            TRY(row_compare(c, s, items.p[i].snapshot_sealed, r));
            s->undecided += !items.p[i].decision.n;
            above = items.p[i].position;
        }
        over = items.n < ITEMS;
    }
    return ST_OK;
}

static struct str check_code(struct ctx *c, const struct batch_sheet *s)
{
    struct batch_heading heading = {s->batch.number, s->kind,
                                    s->company.credit_code.n ? s->company.credit_code : s->company.code};
    struct batch_person *people = ARENA_ARRAY(c->arena, s->rows.n, struct batch_person);
    char text[BATCH_CODE_SIZE];
    uint8_t mac[MAC_SIZE];
    for (size_t i = 0; i < s->rows.n; i++)
        people[i] = (struct batch_person){s->rows.p[i].name, s->rows.p[i].id_number};
    struct bytes message = batch_message(c->arena, &heading, people, s->rows.n);
    mac_once(keys_use(c->app->keys, KEY_BATCH), KEY_SIZE, message, mac);
    batch_code_text(mac, text);
    return arena_str(c->arena, str_from(text));
}

static enum status sheet_read(struct ctx *c, const struct batch_full *batch, struct batch_sheet *ret)
{
    struct batch_sheet s = {.batch = *batch};
    if (!batch_kind_parse(batch->kind, &s.kind))
        return fail_detail(&c->fault, ST_BROKEN, "unknown kind of a batch");
    TRY(q_company_by_id(c->db, c->arena, batch->company_id, &s.company));
    TRY(rows_read(c, &s));
    s.code = check_code(c, &s);
    s.code_agrees = !batch->printed_at || str_eq(s.code, batch->check_code);
    *ret = s;
    return ST_OK;
}

enum status app_batch(struct ctx *c, struct batch_id id, struct batch_sheet *ret)
{
    struct batch_full batch;
    TRY(app_read(c));
    TRY(batch_load(c, id, &batch));
    return sheet_read(c, &batch, ret);
}

enum status app_batch_close(struct ctx *c, struct batch_id id)
{
    struct batch_full batch;
    int64_t rows;
    TRY(need_side(c, SIDE_COMPANY));
    TRY(app_begin(c));
    TRY(batch_load(c, id, &batch));
    TRY(hold_companies(c, &batch.company_id, 1));
    TRY(q_batch_close(c->db, id, STR("company"), c->now_ms, &rows));
    if (rows == 0) { /* closed already: sent twice, or the association was faster */
        app_rollback(c);
        return ST_OK;
    }
    TRY(audit_add(c, &(struct audit_note){.event = "batch.close", .company = batch.company_id, .batch = id}));
    return app_commit(c);
}

/* Keeps what is being printed: the columns of each, the 核验码, when. */
static enum status sheet_mark_printed(struct ctx *c, struct batch_sheet *s)
{
    for (size_t i = 0; i < s->rows.n; i++) {
        struct str texts[PRINTED];
        struct buf b;
        printed(&s->rows.p[i], texts);
        buf_init(&b, 512, LIMIT_FIELD_BYTES);
        for (size_t k = 0; k < PRINTED; k++)
            pack_put(&b, texts[k]);
        struct bytes sealed = vault_seal(c, snapshot_place(s), buf_text(&b));
        explicit_bzero(b.p, b.n);
        buf_free(&b);
        TRY(q_batch_item_print(c->db, s->batch.id, s->rows.p[i].member, sealed, NULL));
        s->rows.p[i].changed = STR_NONE;
    }
    s->code_agrees = true;
    TRY(q_batch_set_printed(c->db, s->batch.id, s->code, c->now_ms, NULL));
    return audit_add(c, &(struct audit_note){.event = "batch.print",
                                             .company = s->batch.company_id,
                                             .batch = s->batch.id,
                                             .note = arena_fmt(c->arena, "%zu 人", s->rows.n)});
}

enum status app_batch_print(struct ctx *c, struct batch_id id, struct batch_sheet *ret)
{
    struct batch_full batch;
    struct batch_sheet sheet;
    if (c->actor.side == SIDE_STAFF) TRY(need_role(c, ROLE_MEMBERSHIP)); /* ID numbers in full */
    TRY(app_begin(c));
    TRY(batch_load(c, id, &batch));
    TRY(hold_companies(c, &batch.company_id, 1));
    TRY(app_batch(c, id, &sheet));
    TRY(sheet_mark_printed(c, &sheet));
    TRY(app_commit(c));
    *ret = sheet;
    return ST_OK;
}

enum status app_batches_undecided(struct ctx *c, enum batch_kind kind, struct batch_sheets *ret)
{
    struct batch_fulls batches;
    struct batch_sheets sheets = {0};
    TRY(need_side(c, SIDE_COMPANY));
    TRY(app_read(c));
    TRY(q_batches_undecided(c->db, c->arena, c->actor.company, str_from(batch_kind_code(kind)), 100,
                            &batches));
    for (size_t i = 0; i < batches.n; i++)
        TRY(sheet_read(c, &batches.p[i], ARENA_PUSH(c->arena, &sheets)));
    *ret = sheets;
    return ST_OK;
}

enum status app_batches_print(struct ctx *c, enum batch_kind kind, struct batch_sheets *ret)
{
    struct batch_sheets sheets;
    TRY(need_side(c, SIDE_COMPANY));
    TRY(app_begin(c));
    TRY(hold_companies(c, &c->actor.company, 1));
    TRY(app_batches_undecided(c, kind, &sheets));
    for (size_t i = 0; i < sheets.n; i++)
        TRY(sheet_mark_printed(c, &sheets.p[i]));
    TRY(app_commit(c));
    *ret = sheets;
    return ST_OK;
}
