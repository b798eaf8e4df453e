#include "app/core/audit.h"

#include "app/core/pack.h"
#include "app/core/vault.h"
#include "base/limits.h"
#include "crypto/mac.h"
#include "db/db.h"
#include "gen/queries.h"

#include <stdlib.h>
#include <string.h>

/* Details about no person belong to no row: they are sealed before their number is known. */
#define NO_UID ((struct bytes){(const uint8_t[SEAL_UID_SIZE]){0}, SEAL_UID_SIZE})

struct pending_row {
    struct audit_full row;
    struct bytes detail_sealed; /* none: nothing to say */
};
struct pending_rows {
    struct pending_row *p;
    size_t n, cap;
};

struct delta {
    struct company_id scope;
    struct str state;
    char end[DAY_TEXT_SIZE];
    int64_t n;
};
struct deltas {
    struct delta *p;
    size_t n, cap;
};

/* What a transaction will write last. */
struct pending {
    struct arena *arena;
    struct app *app;
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

static struct str detail_text(const struct audit_note *note, struct buf *b)
{
    buf_init(b, 512, LIMIT_PAGE_BYTES);
    pack_put(b, note->note);
    for (size_t i = 0; i < note->changes.n; i++) {
        pack_put(b, note->changes.p[i].field);
        pack_put(b, note->changes.p[i].before);
        pack_put(b, note->changes.p[i].after);
    }
    return buf_text(b);
}

static enum status detail_seal(struct ctx *c, const struct audit_note *note, struct bytes *ret)
{
    struct buf b;
    enum status s = ST_OK;
    if (!note->note.n && !note->changes.n) return ST_OK;
    struct str text = detail_text(note, &b);
    if (note->about.data_key_sealed.n)
        s = person_seal(c, note->about.uid, note->about.data_key_sealed, "detail_sealed", text, ret);
    else
        *ret = vault_seal(c, PLACE("audit_detail", "detail_sealed", NO_UID), text);
    explicit_bzero(b.p, b.n);
    buf_free(&b);
    return s;
}

enum status audit_add(struct ctx *c, const struct audit_note *note)
{
    struct bytes detail = {0};
    TRY(detail_seal(c, note, &detail));
    *ARENA_PUSH(c->arena, &c->pending->rows) = (struct pending_row){
        .row =
            {
                .at = c->now_ms,
                .account_id = c->actor.account,
                .side = c->actor.account.v ? str_from(side_code(c->actor.side)) : STR("system"),
                .event = str_from(note->event),
                .result = note->result ? str_from(note->result) : STR("ok"),
                .member_id = note->about.member,
                .company_id = note->company,
                .batch_id = note->batch,
                .shown = note->shown,
                .digest = sha256_of(c->arena, detail),
            },
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

enum status audit_add_alone(struct ctx *c, const struct audit_note *note)
{
    TRY(app_begin(c));
    TRY(audit_add(c, note));
    return app_commit(c);
}

void counter_add(struct ctx *c, struct company_id company, struct str state, struct day period_end, int64_t n)
{
    char end[DAY_TEXT_SIZE] = "";
    day_text(period_end, end);
    delta_add(c->pending, (struct company_id){0}, state, end, n);
    if (company.v) delta_add(c->pending, company, state, end, n);
}

enum status audit_open(struct ctx *c, const struct subject *about, struct bytes detail_sealed,
                       struct audit_detail *ret)
{
    struct audit_detail detail = {0};
    struct str text = STR_NONE;
    if (detail_sealed.n && about->data_key_sealed.n)
        TRY(person_open(c, about->uid, about->data_key_sealed, "detail_sealed", detail_sealed, &text));
    else if (detail_sealed.n && !about->member.v)
        TRY(vault_open(c, PLACE("audit_detail", "detail_sealed", NO_UID), detail_sealed, &text));
    pack_next(&text, &detail.note);
    struct change change;
    while (pack_next(&text, &change.field) && pack_next(&text, &change.before) &&
           pack_next(&text, &change.after))
        *ARENA_PUSH(c->arena, &detail.changes) = change;
    *ret = detail;
    return ST_OK;
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

static struct bytes row_mac(struct app *app, struct arena *a, const struct audit_full *row,
                            struct bytes before)
{
    struct mac m;
    keys_mac(app->keys, KEY_AUDIT, &m);
    const int64_t numbers[] = {row->number,       row->at,         row->account_id.v, row->member_id.v,
                               row->company_id.v, row->batch_id.v, row->shown};
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
        mac_int(&m, numbers[i]);
    mac_str(&m, row->side);
    mac_str(&m, row->event);
    mac_str(&m, row->result);
    mac_bytes(&m, row->digest);
    mac_bytes(&m, before);
    uint8_t *mac = arena_alloc(a, MAC_SIZE);
    mac_end(&m, mac);
    return (struct bytes){mac, MAC_SIZE};
}

static enum status row_write(struct db_conn *tx, const struct pending_row *p)
{
    const struct audit_full *r = &p->row;
    TRY(q_audit_insert(tx,
                       &(struct audit_insert_in){r->number, r->at, r->account_id, r->side, r->event,
                                                 r->result, r->member_id, r->company_id, r->batch_id,
                                                 r->shown, r->digest, r->mac},
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
        row->mac = row_mac(p->app, p->arena, row, head.mac);
        head.mac = row->mac;
        TRY(row_write(tx, &p->rows.p[i]));
    }
    return q_audit_head_move(tx, head.number, head.mac, NULL);
}

enum status audit_start(struct ctx *c)
{
    struct audit_full none = {0};
    return q_audit_head_start(c->db, row_mac(c->app, c->arena, &none, (struct bytes){0}), NULL);
}

#define VERIFY_ROWS 500

static enum status verify_rows(struct ctx *c, struct arena *scratch, int64_t *number, struct bytes *mac,
                               bool *ret_over, int64_t *ret_bad)
{
    struct audit_fulls rows;
    TRY(q_audit_after(c->db, scratch, *number, VERIFY_ROWS, &rows));
    for (size_t i = 0; i < rows.n && !*ret_bad; i++) {
        const struct audit_full *row = &rows.p[i];
        struct audit_detail_of_row detail = {0};
        enum status s = q_audit_detail_of(c->db, scratch, row->number, &detail);
        if (s != ST_OK && s != ST_NOT_FOUND) return s;
        bool detail_good = bytes_eq(sha256_of(scratch, detail.detail_sealed), row->digest);
        if (row->number != *number + 1 || !detail_good ||
            !bytes_eq(row_mac(c->app, scratch, row, *mac), row->mac))
            *ret_bad = *number + 1;
        *number = row->number;
        *mac = row->mac;
    }
    *ret_over = rows.n < VERIFY_ROWS;
    return ST_OK;
}

enum status app_audit_verify(struct ctx *c, int64_t *ret_rows, int64_t *ret_bad)
{
    struct audit_full none = {0};
    struct audit_head_row head;
    int64_t number = 0, bad = 0;
    bool over = false;
    struct bytes mac = row_mac(c->app, c->arena, &none, (struct bytes){0});
    struct arena *scratch = arena_new();
    enum status s = app_read(c);
    while (s == ST_OK && !over && !bad) {
        arena_reset(scratch);
        s = verify_rows(c, scratch, &number, &mac, &over, &bad);
        mac = arena_bytes(c->arena, mac); /* outlives the scratch */
    }
    if (s == ST_OK) s = q_audit_head(c->db, c->arena, &head);
    if (s == ST_OK && !bad && (head.number != number || !bytes_eq(head.mac, mac))) bad = number + 1;
    arena_free(scratch);
    if (s) return s;
    *ret_rows = number;
    *ret_bad = bad;
    return ST_OK;
}
