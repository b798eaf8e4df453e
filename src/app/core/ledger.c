#include "app/core/ledger.h"

#include "app/core/chain.h"
#include "app/core/mark.h"
#include "app/core/vault.h"
#include "base/limits.h"
#include "db/db.h"
#include "gen/queries.h"

#include <stdlib.h>

struct pending_row {
    struct audit_full row;
    struct str address;         /* of who asks */
    struct bytes detail_sealed; /* none: nothing to say */
};
struct pending_rows {
    LIST(struct pending_row);
};

struct delta {
    struct company_id scope;
    struct str state;
    char end[DAY_TEXT_SIZE];
    int64_t n;
};
struct deltas {
    LIST(struct delta);
};

/* What a transaction will write last. */
struct pending {
    struct arena *arena;
    struct app *app;
    struct head *head; /* after the last row; NULL: none was written */
    struct pending_rows rows;
    struct deltas deltas;
};

void pending_start(struct ctx *c)
{
    c->pending = ARENA_NEW(c->arena, struct pending);
    c->pending->arena = c->arena;
    c->pending->app = c->app;
    tx_extra_set(c->db, c->pending);
}

enum status audit_add(struct ctx *c, const struct audit_note *note)
{
    struct bytes detail = {0};
    const struct actor *by = note->by ? note->by : &c->actor;
    TRY(detail_seal(c, &note->about, &(struct audit_detail){note->note, note->changes}, &detail));
    *ARENA_PUSH(c->arena, &c->pending->rows) = (struct pending_row){
        .row =
            {
                .at = c->now_ms,
                .account_id = by->account,
                .side = by->account.v ? str_from(side_code(by->side)) : STR("system"),
                .event = str_from(note->event),
                .result = note->result ? str_from(note->result) : STR("ok"),
                .member_id = note->about.member,
                .company_id = note->company,
                .batch_id = note->batch,
                .shown = note->shown,
                .digest = sha256_of(c->arena, detail),
                .form = CHAIN_FORM_ADDRESS,
            },
        .address = str_sub(c->address, 0, LIMIT_ADDRESS_BYTES),
        .detail_sealed = detail,
    };
    return ST_OK;
}

static void delta_add(struct pending *p, struct company_id scope, struct str state, const char *end,
                      int64_t n)
{
    for (size_t i = 0; i < p->deltas.n; i++) {
        struct delta *d = &p->deltas.p[i];
        if (d->scope.v != scope.v || !str_eq(d->state, state) || !str_eq(str_from(d->end), str_from(end)))
            continue;
        d->n += n;
        return;
    }
    struct delta *d = ARENA_PUSH(p->arena, &p->deltas);
    d->scope = scope;
    d->state = arena_str(p->arena, state);
    d->n = n;
    for (size_t i = 0; i < DAY_TEXT_SIZE; i++)
        d->end[i] = end[i];
}

void counter_add(struct ctx *c, struct company_id company, struct str state, struct day period_end, int64_t n)
{
    char end[DAY_TEXT_SIZE] = "";
    day_text(period_end, end);
    delta_add(c->pending, (struct company_id){0}, state, end, n);
    if (company.v) delta_add(c->pending, company, state, end, n);
}

/* The same order everywhere, so that two transactions never wait for each other. */
static int by_key(const void *a, const void *b)
{
    const struct delta *x = a, *y = b;
    if (x->scope.v != y->scope.v) return x->scope.v < y->scope.v ? -1 : 1;
    int order = str_cmp(x->state, y->state);
    return order ? order : str_cmp(str_from(x->end), str_from(y->end));
}

static enum status deltas_write(struct db_conn *tx, struct deltas *deltas)
{
    if (deltas->n) qsort(deltas->p, deltas->n, sizeof *deltas->p, by_key);
    for (size_t i = 0; i < deltas->n; i++) {
        const struct delta *d = &deltas->p[i];
        if (d->n) TRY(q_counter_add(tx, d->scope, d->state, str_from(d->end), d->n, NULL));
    }
    return ST_OK;
}

static enum status row_write(struct db_conn *tx, const struct pending_row *p)
{
    const struct audit_full *r = &p->row;
    TRY(q_audit_insert(tx,
                       &(struct audit_insert_in){r->number, r->at, r->account_id, r->side, r->event,
                                                 r->result, r->member_id, r->company_id, r->batch_id,
                                                 r->shown, r->digest, r->form, r->address_sealed, r->mac},
                       NULL));
    return p->detail_sealed.n ? q_audit_detail_insert(tx, r->number, p->detail_sealed, NULL) : ST_OK;
}

enum status audit_write_last(struct db_conn *tx, void *extra)
{
    struct pending *p = extra;
    struct audit_head_row head;
    if (!p) return ST_OK;
    TRY(deltas_write(tx, &p->deltas));
    if (p->rows.n == 0) return ST_OK;
    TRY(q_audit_lock(tx, NULL));
    TRY(q_audit_head(tx, p->arena, &head));
    for (size_t i = 0; i < p->rows.n; i++) {
        struct audit_full *row = &p->rows.p[i].row;
        row->number = ++head.number;
        row->address_sealed = chain_address_seal(p->app, p->arena, row->number, p->rows.p[i].address);
        row->mac = chain_mac(p->app, p->arena, row, head.mac);
        head.mac = row->mac;
        TRY(row_write(tx, &p->rows.p[i]));
    }
    p->head = ARENA_NEW(p->arena, struct head);
    head_set(p->head, head.number, head.mac);
    return q_audit_head_move(tx, head.number, head.mac, NULL);
}

void pending_done(struct app *app, const struct pending *p)
{
    if (p && p->head) mark_note(app->mark, p->head);
}

enum status audit_start(struct ctx *c)
{
    return q_audit_head_start(c->db, chain_root(c->app, c->arena), NULL);
}
