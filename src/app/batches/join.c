#include "app/batches/join.h"

#include "app/batches/snapshot.h"
#include "app/core/hold.h"
#include "app/core/series.h"
#include "app/core/vault.h"
#include "crypto/token.h"
#include "gen/queries.h"

static enum status batch_new(struct ctx *c, const struct company_full *company, enum batch_kind kind,
                             struct batch_full *ret)
{
    int64_t sequence;
    struct batch_insert_row made;
    int64_t company_number = 0;
    str_int(company->code, &company_number);
    TRY(series_batch(c, company->id, kind, c->today.year, &sequence));
    struct str number = batch_number(c->arena, kind, c->today.year, company_number, (int)sequence);
    struct str code = str_from(batch_kind_code(kind));
    enum status s =
        q_batch_insert(c->db, c->arena,
                       &(struct batch_insert_in){uid_new(c->arena), str_sub(token_make(c->arena), 0, 16),
                                                 company->id, code, number, c->now_ms},
                       &made);
    if (s != ST_OK && s != ST_NOT_FOUND) return s; /* not found: another transaction has just opened it */
    s = q_batch_open_of_unscoped(c->db, c->arena, company->id, code, ret);
    return s == ST_NOT_FOUND ? someone_was_faster(c, "batch_open_of: its company is not held") : s;
}

static enum status batch_open(struct ctx *c, struct company_id company, enum batch_kind kind,
                              struct batch_full *ret)
{
    struct company_full owner;
    enum status s = q_batch_open_of_unscoped(c->db, c->arena, company, str_from(batch_kind_code(kind)), ret);
    if (s != ST_NOT_FOUND) return s;
    TRY(q_company_by_id_unscoped(c->db, c->arena, company, &owner));
    return batch_new(c, &owner, kind, ret);
}

enum status batch_join(struct ctx *c, struct company_id company, enum batch_kind kind, struct member_id who)
{
    struct batch_full batch;
    int64_t touched;
    TRY(batch_open(c, company, kind, &batch));
    TRY(q_batch_touch_open(c->db, batch.id, &touched));
    if (!touched) return someone_was_faster(c, "batch_touch_open: its company is not held");
    return q_batch_item_insert(c->db, batch.id, who, c->now_ms, NULL);
}

/* The batch that a person waits in. */
static enum status item_of(struct ctx *c, struct member_id who, struct batch_item_full *ret)
{
    enum status s = q_batch_item_of_unscoped(c->db, c->arena, who, ret);
    return s == ST_NOT_FOUND ? fail_detail(&c->fault, ST_BROKEN, "a recommended member is in no batch") : s;
}

enum status batch_leave(struct ctx *c, struct member_id who)
{
    struct batch_item_full item;
    TRY(item_of(c, who, &item));
    TRY(q_batch_touch(c->db, item.batch_id, NULL));
    return q_batch_item_delete(c->db, item.batch_id, who, NULL);
}

/* What the association decides on: the paper, and where the person came to it later or nothing was printed,
 * the person as of now. */
static enum status decided_on(struct ctx *c, const struct batch_item_full *item, struct bytes *ret_sealed)
{
    struct batch_full batch;
    struct batch_print_item_last_unscoped_row printed;
    struct member_full m;
    struct snapshot s;
    TRY(q_batch_by_id_unscoped(c->db, c->arena, item->batch_id, &batch));
    enum status found =
        q_batch_print_item_last_unscoped(c->db, c->arena, item->batch_id, item->member_id, &printed);
    if (found != ST_OK && found != ST_NOT_FOUND) return found;
    if (found == ST_OK && printed.printed_at >= item->joined_at) {
        TRY(snapshot_open(c, snapshot_of_print(printed.uid, printed.position), printed.snapshot_sealed, &s));
    } else {
        TRY(q_member_by_id_unscoped(c->db, c->arena, item->member_id, &m));
        TRY(snapshot_of(c, &m, &s));
    }
    *ret_sealed = snapshot_seal(c, snapshot_of_item(batch.uid, item->position), &s);
    return ST_OK;
}

enum status batch_decide(struct ctx *c, struct member_id who, struct str decision)
{
    struct batch_item_full item;
    struct bytes sealed;
    TRY(item_of(c, who, &item));
    TRY(q_batch_close(c->db, item.batch_id, STR("decided"), c->now_ms, NULL));
    TRY(decided_on(c, &item, &sealed));
    return q_batch_item_decide(c->db, item.batch_id, who, decision, sealed, c->now_ms, NULL);
}

enum status batch_undecide(struct ctx *c, struct member_id who)
{
    struct batch_item_full item;
    TRY(item_of(c, who, &item));
    return q_batch_item_decide(c->db, item.batch_id, who, STR_NONE, (struct bytes){0}, 0, NULL);
}

enum status batch_joined_on(struct ctx *c, struct member_id who, struct day *ret)
{
    struct batch_item_full item;
    TRY(item_of(c, who, &item));
    *ret = day_at(item.joined_at);
    return ST_OK;
}

enum status batch_was_returned(struct ctx *c, struct member_id who, bool *ret)
{
    struct batch_item_full item;
    enum status s = q_batch_item_of_unscoped(c->db, c->arena, who, &item);
    if (s != ST_OK && s != ST_NOT_FOUND) return s;
    *ret = s == ST_OK && str_eq(item.decision, STR("returned"));
    return ST_OK;
}

enum status batch_company_of(struct ctx *c, struct member_id who, struct company_id *ret)
{
    struct batch_item_full item;
    struct batch_full batch = {0};
    enum status s = q_batch_item_of_unscoped(c->db, c->arena, who, &item);
    if (s == ST_OK) s = q_batch_by_id_unscoped(c->db, c->arena, item.batch_id, &batch);
    if (s != ST_OK && s != ST_NOT_FOUND) return s;
    *ret = batch.company_id;
    return ST_OK;
}
