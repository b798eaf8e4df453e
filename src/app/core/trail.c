#include "app/core/trail.h"

#include "app/core/chain.h"
#include "app/core/vault.h"
#include "gen/queries.h"

enum status audit_add_alone(struct ctx *c, const struct audit_note *note)
{
    TRY(app_begin(c));
    TRY(audit_add(c, note));
    return app_commit(c);
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
            !bytes_eq(chain_mac(c->app, scratch, row, *mac), row->mac))
            *ret_bad = *number + 1;
        *number = row->number;
        *mac = row->mac;
    }
    *ret_over = rows.n < VERIFY_ROWS;
    return ST_OK;
}

enum status app_audit_verify(struct ctx *c, int64_t *ret_rows, int64_t *ret_bad)
{
    struct audit_head_row head;
    int64_t number = 0, bad = 0;
    bool over = false;
    struct bytes mac = chain_root(c->app, c->arena);
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
