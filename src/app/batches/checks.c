#include "app/batches/checks.h"

#include "app/batches/print.h"
#include "app/core/vault.h"
#include "gen/queries.h"

#define AT_ONCE 10  /* prints or batches */
#define ITEMS   500 /* of a batch, read at a time */

static enum status look_at_print(struct ctx *c, const struct print_full *print, struct sealed_wrong *wrong)
{
    struct print_items items;
    struct print_head head;
    struct snapshot s;
    if (print->head_sealed.n)
        TRY(sealed_look(c, wrong, "batch_print", print->id.v, print_head_open(c, print, &head)));
    TRY(q_batch_print_items(c->db, c->arena, print->id, &items));
    for (size_t i = 0; i < items.n; i++)
        TRY(sealed_look(c, wrong, "batch_print", print->id.v,
                        snapshot_open(c, snapshot_of_print(print->uid, items.p[i].position),
                                      items.p[i].snapshot_sealed, &s)));
    return ST_OK;
}

static enum status look_at_some_prints(struct ctx *c, int64_t *behind, struct sealed_wrong *wrong,
                                       bool *ret_more)
{
    struct print_fulls prints;
    TRY(q_prints_behind(c->db, c->arena, (struct print_id){*behind}, AT_ONCE, &prints));
    for (size_t i = 0; i < prints.n; i++) {
        *behind = prints.p[i].id.v;
        TRY(look_at_print(c, &prints.p[i], wrong));
    }
    *ret_more = prints.n == AT_ONCE;
    return ST_OK;
}

enum status look_at_prints(struct ctx *c, struct str *ret_wrong)
{
    return check_sealed(c, look_at_some_prints, ret_wrong);
}

static enum status look_at_batch(struct ctx *c, const struct batches_behind_row *batch,
                                 struct sealed_wrong *wrong)
{
    int64_t above = 0;
    for (bool over = false; !over;) {
        struct batch_item_fulls items;
        TRY(q_batch_items_unscoped(c->db, c->arena, batch->id, above, ITEMS, &items));
        for (size_t i = 0; i < items.n; i++) {
            const struct batch_item_full *item = &items.p[i];
            struct snapshot s;
            above = item->position;
            if (!item->snapshot_sealed.n) continue;
            TRY(sealed_look(
                c, wrong, "batch", batch->id.v,
                snapshot_open(c, snapshot_of_item(batch->uid, item->position), item->snapshot_sealed, &s)));
        }
        over = items.n < ITEMS;
    }
    return ST_OK;
}

static enum status look_at_some_batches(struct ctx *c, int64_t *behind, struct sealed_wrong *wrong,
                                        bool *ret_more)
{
    struct batches_behind_rows batches;
    TRY(q_batches_behind(c->db, c->arena, (struct batch_id){*behind}, AT_ONCE, &batches));
    for (size_t i = 0; i < batches.n; i++) {
        *behind = batches.p[i].id.v;
        TRY(look_at_batch(c, &batches.p[i], wrong));
    }
    *ret_more = batches.n == AT_ONCE;
    return ST_OK;
}

enum status look_at_decided(struct ctx *c, struct str *ret_wrong)
{
    return check_sealed(c, look_at_some_batches, ret_wrong);
}
