#include "app/batches/sheet.h"

#include "app/core/hold.h"
#include "app/core/ledger.h"
#include "app/core/printable.h"
#include "app/core/vault.h"
#include "crypto/mac.h"
#include "gen/queries.h"

#include <stdlib.h>

#define ITEMS 500 /* read at a time */

enum batch_stage batch_stage_of(bool closed, int64_t undecided)
{
    if (!closed) return STAGE_OPEN;
    return undecided ? STAGE_CLOSED : STAGE_DECIDED;
}

static const char *const STAGES[] = {[STAGE_NONE] = "",
                                     [STAGE_OPEN] = "open",
                                     [STAGE_CLOSED] = "closed",
                                     [STAGE_SCANNED] = "scanned",
                                     [STAGE_DECIDED] = "decided"};

const char *batch_stage_code(enum batch_stage stage)
{
    return STAGES[stage];
}

bool batch_stage_parse(struct str code, enum batch_stage *ret)
{
    for (size_t i = 0; i < sizeof STAGES / sizeof *STAGES; i++) {
        if (!str_eq(code, str_from(STAGES[i]))) continue;
        *ret = (enum batch_stage)i;
        return true;
    }
    return false;
}

const char *batch_match_code(enum batch_match match)
{
    static const char *const CODES[] = {
        [MATCH_NONE] = "none", [MATCH_YES] = "yes", [MATCH_FACTS] = "facts", [MATCH_PEOPLE] = "people"};
    return CODES[match];
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

enum status batch_of_reader(struct ctx *c, struct batch_id id, struct batch_full *ret)
{
    struct batch_full batch = {0};
    enum status s = theirs(c, q_batch_by_id_unscoped(c->db, c->arena, id, &batch), &batch);
    if (s == ST_NOT_FOUND) c->sought.batch = id;
    if (s) return s;
    *ret = batch;
    return ST_OK;
}

enum status app_batch_by_code(struct ctx *c, struct str code, struct batch_id *ret, int64_t *ret_print)
{
    struct batch_full batch;
    struct str token, number;
    int64_t print = 0;
    TRY(app_read(c));
    bool numbered = str_cut(code, '.', &token, &number);
    if (numbered && (!str_int(number, &print) || print < 1)) return not_found(c);
    TRY(theirs(c, q_batch_by_token_unscoped(c->db, c->arena, token, &batch), &batch));
    *ret = batch.id;
    *ret_print = print;
    return ST_OK;
}

/* People of a print, found by who they are. */
struct printed {
    struct print_item *p; /* by member */
    bool *seen;
    size_t n;
};

static int by_member(const void *a, const void *b)
{
    int64_t x = ((const struct print_item *)a)->member_id.v, y = ((const struct print_item *)b)->member_id.v;
    return (x > y) - (x < y);
}

static const struct print_item *printed_find(struct printed *printed, struct member_id who)
{
    const struct print_item wanted = {.member_id = who};
    struct print_item *found =
        printed->n ? bsearch(&wanted, printed->p, printed->n, sizeof *printed->p, by_member) : NULL;
    if (found) printed->seen[found - printed->p] = true;
    return found;
}

static enum status last_print_read(struct ctx *c, struct batch_sheet *s, struct printed *ret)
{
    struct print_items items = {0};
    enum status found = q_batch_print_last_unscoped(c->db, c->arena, s->batch.id, &s->last);
    if (found == ST_NOT_FOUND) s->last = (struct print_full){0};
    if (found == ST_NOT_FOUND) return ST_OK;
    if (found) return found;
    TRY(q_batch_print_items(c->db, c->arena, s->last.id, &items));
    if (items.n) qsort(items.p, items.n, sizeof *items.p, by_member);
    *ret = (struct printed){items.p, ARENA_ARRAY(c->arena, items.n, bool), items.n};
    return ST_OK;
}

/* Whether the reader, whose batch it is, may still read the person. */
static bool may_read(const struct ctx *c, const struct member_full *m)
{
    return c->actor.side == SIDE_STAFF || m->company_id.v == c->actor.company.v;
}

static enum status row_person(struct ctx *c, const struct member_full *m, struct batch_row *r)
{
    enum member_stored stored;
    if (!member_stored_parse(m->state, &stored))
        return fail_detail(&c->fault, ST_BROKEN, "unknown state of a member");
    r->state = member_state_of(stored, m->period_end, c->today);
    r->readable = true;
    return ST_OK;
}

/* The texts of a row: as decided; else as of now; else as printed. `readable` says whether the person's page
 * is open to the reader, whatever the texts are. */
static enum status row_texts(struct ctx *c, const struct batch_sheet *s, const struct batch_item_full *item,
                             const struct print_item *was, struct batch_row *r)
{
    struct member_full m;
    TRY(q_member_by_id_unscoped(c->db, c->arena, item->member_id, &m));
    if (may_read(c, &m)) TRY(row_person(c, &m, r));
    if (item->decision.n && item->snapshot_sealed.n)
        return snapshot_open(c, snapshot_of_item(s->batch.uid, item->position), item->snapshot_sealed,
                             &r->shown);
    if (r->readable) return snapshot_of(c, &m, &r->shown);
    if (was)
        return snapshot_open(c, snapshot_of_print(s->last.uid, was->position), was->snapshot_sealed,
                             &r->shown);
    r->unknown = true;
    return ST_OK;
}

static enum status row_compare(struct ctx *c, const struct batch_sheet *s, const struct batch_item_full *item,
                               const struct print_item *was, struct batch_row *r)
{
    struct snapshot then;
    struct str words;
    if (!s->last.number || r->unknown) return ST_OK;
    if (!was || item->joined_at > s->last.printed_at) {
        r->change = CHANGE_JOINED;
        r->changed = STR("打印后加入");
        return ST_OK;
    }
    TRY(snapshot_open(c, snapshot_of_print(s->last.uid, was->position), was->snapshot_sealed, &then));
    r->change = snapshot_compare(c, &then, &r->shown, &words);
    if (r->change) r->changed = arena_fmt(c->arena, "打印后修改：%.*s", STR_ARG(words));
    return ST_OK;
}

static enum status row_read(struct ctx *c, const struct batch_sheet *s, const struct batch_item_full *item,
                            struct printed *printed, struct batch_row *ret)
{
    const struct print_item *was = printed_find(printed, item->member_id);
    struct batch_row r = {.member = item->member_id, .position = item->position, .decision = item->decision};
    TRY(row_texts(c, s, item, was, &r));
    TRY(row_compare(c, s, item, was, &r));
    *ret = r;
    return ST_OK;
}

static enum status rows_read(struct ctx *c, struct batch_sheet *s, struct printed *printed)
{
    int64_t above = 0;
    for (bool over = false; !over;) {
        struct batch_item_fulls items;
        TRY(q_batch_items_unscoped(c->db, c->arena, s->batch.id, above, ITEMS, &items));
        for (size_t i = 0; i < items.n; i++) {
            TRY(row_read(c, s, &items.p[i], printed, ARENA_PUSH(c->arena, &s->rows)));
            s->undecided += !items.p[i].decision.n;
            above = items.p[i].position;
        }
        over = items.n < ITEMS;
    }
    return ST_OK;
}

static enum status left_read(struct ctx *c, struct batch_sheet *s, const struct printed *printed)
{
    for (size_t i = 0; i < printed->n; i++) {
        const struct print_item *was = &printed->p[i];
        if (printed->seen[i]) continue;
        struct batch_row *r = ARENA_PUSH(c->arena, &s->left);
        *r = (struct batch_row){.member = was->member_id,
                                .position = was->position,
                                .change = CHANGE_LEFT,
                                .changed = STR("打印后撤回推荐，已不在名单中")};
        TRY(snapshot_open(c, snapshot_of_print(s->last.uid, was->position), was->snapshot_sealed, &r->shown));
    }
    return ST_OK;
}

struct str batch_company_code(const struct company_full *company)
{
    return company->credit_code.n ? company->credit_code : company->code;
}

struct str batch_check_code(struct ctx *c, const struct batch_full *batch, struct str company_code,
                            const struct batch_row *rows, size_t n)
{
    struct batch_heading heading = {.number = batch->number, .company_code = company_code};
    struct batch_person *people = ARENA_ARRAY(c->arena, n, struct batch_person);
    char text[BATCH_CODE_SIZE];
    uint8_t mac[MAC_SIZE];
    batch_kind_parse(batch->kind, &heading.kind);
    for (size_t i = 0; i < n; i++)
        people[i] = (struct batch_person){rows[i].shown.name, rows[i].shown.id_number};
    struct bytes message = batch_message(c->arena, &heading, people, n);
    mac_once(keys_use(c->app->keys, KEY_BATCH), KEY_SIZE, message, mac);
    batch_code_text(mac, text);
    return arena_str(c->arena, str_from(text));
}

static bool has_change(const struct batch_sheet *s, enum batch_change change)
{
    for (size_t i = 0; i < s->rows.n; i++)
        if (s->rows.p[i].change == change) return true;
    return false;
}

/* The same people of another company, or in another order, are another list: only the code tells. */
static enum batch_match match_of(const struct batch_sheet *s)
{
    if (!s->last.number) return MATCH_NONE;
    if (s->left.n || has_change(s, CHANGE_KEY) || has_change(s, CHANGE_JOINED) ||
        !str_eq(s->code, s->last.check_code))
        return MATCH_PEOPLE;
    return has_change(s, CHANGE_FACTS) ? MATCH_FACTS : MATCH_YES;
}

static struct str sheet_unprintable(struct ctx *c, const struct batch_sheet *s)
{
    struct str missing = unprintable(c, (const struct str[]){s->company.name, s->company.contact}, 2);
    for (size_t i = 0; i < s->rows.n; i++) {
        const struct snapshot *r = &s->rows.p[i].shown;
        const struct str texts[] = {missing, r->name, r->major, r->post};
        missing = unprintable(c, texts, sizeof texts / sizeof *texts);
    }
    return missing;
}

enum status batch_sheet_read(struct ctx *c, const struct batch_full *batch, struct batch_sheet *ret)
{
    struct batch_sheet s = {.batch = *batch};
    struct printed printed = {0};
    if (!batch_kind_parse(batch->kind, &s.kind))
        return fail_detail(&c->fault, ST_BROKEN, "unknown kind of a batch");
    TRY(q_company_by_id_unscoped(c->db, c->arena, batch->company_id, &s.company));
    TRY(last_print_read(c, &s, &printed));
    TRY(rows_read(c, &s, &printed));
    TRY(left_read(c, &s, &printed));
    s.code = batch_check_code(c, batch, batch_company_code(&s.company), s.rows.p, s.rows.n);
    s.match = match_of(&s);
    s.unprintable = sheet_unprintable(c, &s);
    *ret = s;
    return ST_OK;
}

enum status app_batch(struct ctx *c, struct batch_id id, struct batch_sheet *ret)
{
    struct batch_full batch;
    TRY(app_read(c));
    TRY(batch_of_reader(c, id, &batch));
    return batch_sheet_read(c, &batch, ret);
}

enum status app_batch_close(struct ctx *c, struct batch_id id)
{
    struct batch_full batch;
    int64_t rows;
    TRY(need_clerk(c));
    TRY(app_begin(c));
    TRY(batch_of_reader(c, id, &batch));
    TRY(hold_companies(c, &batch.company_id, 1));
    TRY(q_batch_close(c->db, id, STR("company"), c->now_ms, &rows));
    if (rows == 0) { /* closed already: sent twice, or the association was faster */
        app_rollback(c);
        return ST_OK;
    }
    TRY(audit_add(c, &(struct audit_note){.event = "batch.close", .company = batch.company_id, .batch = id}));
    return app_commit(c);
}
