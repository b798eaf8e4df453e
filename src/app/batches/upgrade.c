#include "app/batches/upgrade.h"

#include "app/batches/snapshot.h"
#include "app/core/ledger.h"
#include "app/core/vault.h"
#include "gen/queries.h"

#define BATCHES_AT_ONCE 100
#define ITEMS           500 /* read at a time */

/* The first version's: positions within a batch, sealed without them. */
static struct seal_place first_place(struct bytes batch_uid)
{
    return PLACE("batch_item", "snapshot_sealed", batch_uid);
}

/* An item's snapshot goes onto the print; of a decided one it stays beside the item, too. */
static enum status item_upgrade(struct ctx *c, struct bytes batch_uid, const struct batch_item_full *item,
                                struct bytes print_uid, struct print_id print, int64_t *position)
{
    struct snapshot s;
    struct bytes kept = {0};
    if (!item->snapshot_sealed.n) return ST_OK;
    ++*position;
    TRY(snapshot_open(c, first_place(batch_uid), item->snapshot_sealed, &s));
    TRY(q_batch_print_item_insert(c->db, print, *position, item->member_id,
                                  snapshot_seal(c, snapshot_of_print(print_uid, *position), &s), NULL));
    if (item->decision.n) kept = snapshot_seal(c, snapshot_of_item(batch_uid, item->position), &s);
    return q_batch_item_resealed(c->db, item->batch_id, item->member_id, kept, NULL);
}

static enum status batch_upgrade(struct ctx *c, const struct batches_print_kept_row *batch)
{
    struct bytes uid = uid_new(c->arena);
    struct batch_print_insert_row made;
    int64_t above = 0, position = 0;
    TRY(q_batch_print_insert(c->db, c->arena,
                             &(struct batch_print_insert_in){.uid = uid,
                                                             .batch = batch->id,
                                                             .number = 1,
                                                             .check_code = batch->check_code,
                                                             .now = batch->printed_at},
                             &made));
    for (bool over = false; !over;) {
        struct batch_item_fulls items;
        TRY(q_batch_items_unscoped(c->db, c->arena, batch->id, above, ITEMS, &items));
        for (size_t i = 0; i < items.n; i++) {
            TRY(item_upgrade(c, batch->uid, &items.p[i], uid, made.id, &position));
            above = items.p[i].position;
        }
        over = items.n < ITEMS;
    }
    return ST_OK;
}

enum status prints_upgrade(struct ctx *c, bool *ret_more)
{
    struct batches_print_kept_rows batches;
    TRY(app_begin(c));
    TRY(q_batches_print_kept(c->db, c->arena, BATCHES_AT_ONCE, &batches));
    for (size_t i = 0; i < batches.n; i++)
        TRY(batch_upgrade(c, &batches.p[i]));
    TRY(app_commit(c));
    *ret_more = batches.n == BATCHES_AT_ONCE;
    return ST_OK;
}
