#include "app/access/kept.h"

#include "app/access/limits.h"
#include "app/core/pack.h"
#include "app/core/upgrade.h"
#include "app/core/vault.h"
#include "base/limits.h"
#include "crypto/token.h"
#include "gen/queries.h"

static struct seal_place place(struct bytes uid, struct account_id account)
{
    return PLACE_AT("kept_form", "fields_sealed", uid, account.v);
}

static void free_buf(void *b)
{
    buf_free(b);
}

static struct str packed(struct ctx *c, const struct kept_form *form)
{
    struct buf *b = ARENA_NEW(c->arena, struct buf);
    buf_init(b, 1024, LIMIT_KEPT_FORM);
    arena_defer(c->arena, free_buf, b);
    pack_put(b, form->files ? STR("files") : STR(""));
    for (size_t i = 0; i < form->fields.n; i++) {
        pack_put(b, form->fields.p[i].name);
        pack_put(b, form->fields.p[i].value);
    }
    return b->full ? STR_NONE : (struct str){b->p, b->n};
}

static enum status unpack(struct ctx *c, struct str rest, struct kept_form *ret)
{
    struct str files, name, value;
    if (!pack_next(&rest, &files)) return fail_detail(&c->fault, ST_BROKEN, "a kept form");
    ret->files = files.n > 0;
    while (pack_next(&rest, &name) && pack_next(&rest, &value))
        *ARENA_PUSH(c->arena, &ret->fields) = (struct kept_field){name, value};
    return ST_OK;
}

enum status app_kept_put(struct ctx *c, struct account_id account, const struct kept_form *form,
                         bool *ret_kept)
{
    struct bytes uid = uid_new(c->arena);
    struct str text = packed(c, form);
    *ret_kept = false;
    if (!text.n) return ST_OK;
    struct bytes sealed = vault_seal(c, place(uid, account), text);
    TRY(app_begin(c));
    TRY(q_kept_form_put(
        c->db, &(struct kept_form_put_in){uid, account, form->action, form->page, sealed, c->now_ms}, NULL));
    TRY(q_kept_forms_prune(c->db, account, LIMIT_KEPT_FORMS, NULL));
    TRY(app_commit(c));
    *ret_kept = true;
    return ST_OK;
}

enum status kept_claim(struct ctx *c, struct account_id account, struct str token)
{
    return q_kept_forms_claim(c->db, account, token_hash(c->arena, token), c->now_ms - HOUR_MS, NULL);
}

enum status app_kept_find(struct ctx *c, struct str token, struct str page, struct kept_form *ret)
{
    struct kept_form_find_row row;
    struct str text;
    TRY(app_read(c));
    TRY(q_kept_form_find(c->db, c->arena, token_hash(c->arena, token), page, c->now_ms - HOUR_MS, &row));
    TRY(vault_open(c, place(row.uid, row.account_id), row.fields_sealed, &text));
    *ret = (struct kept_form){.action = row.action, .page = page};
    return unpack(c, text, ret);
}

enum status app_kept_done(struct ctx *c, struct str token, struct str action)
{
    TRY(app_begin(c));
    TRY(q_kept_form_delete(c->db, token_hash(c->arena, token), action, NULL));
    return app_commit(c);
}

enum status app_kept_waiting(struct ctx *c, struct str token, bool *ret)
{
    struct kept_forms_of_row row;
    TRY(app_read(c));
    TRY(q_kept_forms_of(c->db, c->arena, token_hash(c->arena, token), &row));
    *ret = row.n > 0;
    return ST_OK;
}

#define FORMS_AT_ONCE 8 /* each may be as large as LIMIT_KEPT_FORM */

/* Those of an earlier version were sealed for their row, whosever it is. */
static enum status reseal(struct ctx *c, int64_t *at, bool *ret_more)
{
    struct kept_forms_behind_rows rows;
    TRY(q_kept_forms_behind(c->db, c->arena, *at, FORMS_AT_ONCE, &rows));
    for (size_t i = 0; i < rows.n; i++) {
        const struct kept_forms_behind_row *r = &rows.p[i];
        struct str text;
        *at = r->id;
        if (vault_open(c, PLACE("kept_form", "fields_sealed", r->uid), r->fields_sealed, &text)) continue;
        TRY(q_kept_form_reseal(c->db, r->id, vault_seal(c, place(r->uid, r->account_id), text), NULL));
    }
    *ret_more = rows.n == FORMS_AT_ONCE;
    return ST_OK;
}

enum status kept_forms_upgrade(struct ctx *c, bool *ret_more)
{
    return upgrade_step(c, "kept_form.fields_sealed", reseal, ret_more);
}

static enum status look_at_some(struct ctx *c, int64_t *behind, struct sealed_wrong *wrong, bool *ret_more)
{
    struct kept_forms_behind_rows rows;
    TRY(q_kept_forms_behind(c->db, c->arena, *behind, FORMS_AT_ONCE, &rows));
    for (size_t i = 0; i < rows.n; i++) {
        const struct kept_forms_behind_row *r = &rows.p[i];
        struct str text;
        *behind = r->id;
        TRY(sealed_look(c, wrong, "kept_form", r->id,
                        vault_open(c, place(r->uid, r->account_id), r->fields_sealed, &text)));
    }
    *ret_more = rows.n == FORMS_AT_ONCE;
    return ST_OK;
}

enum status look_at_kept_forms(struct ctx *c, struct str *ret_wrong)
{
    return check_sealed(c, look_at_some, ret_wrong);
}
