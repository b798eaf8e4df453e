#include "app/core/detail.h"

#include "app/core/pack.h"
#include "app/core/vault.h"
#include "base/limits.h"

#include <string.h>

/* Details about no person belong to no row: they are sealed before their number is known. */
#define NO_UID ((struct bytes){(const uint8_t[SEAL_UID_SIZE]){0}, SEAL_UID_SIZE})

static struct str detail_text(const struct audit_detail *detail, struct buf *b)
{
    pack_put(b, detail->note);
    for (size_t i = 0; i < detail->changes.n; i++) {
        pack_put(b, detail->changes.p[i].field);
        pack_put(b, detail->changes.p[i].before);
        pack_put(b, detail->changes.p[i].after);
    }
    return buf_text(b);
}

enum status detail_seal(struct ctx *c, const struct subject *about, const struct audit_detail *detail,
                        struct bytes *ret)
{
    enum status s = ST_OK;
    if (!detail->note.n && !detail->changes.n) return ST_OK;
    struct buf *b = buf_new(c->arena, 512, LIMIT_PAGE_BYTES);
    struct str text = detail_text(detail, b);
    if (about->data_key_sealed.n)
        s = person_seal(c, about->uid, about->data_key_sealed, "detail_sealed", text, ret);
    else
        *ret = vault_seal(c, PLACE("audit_detail", "detail_sealed", NO_UID), text);
    buf_free(b);
    return s;
}

enum status detail_open(struct ctx *c, const struct subject *about, struct bytes digest,
                        struct bytes detail_sealed, struct audit_detail *ret)
{
    struct audit_detail detail = {0};
    struct str text = STR_NONE;
    if (!bytes_eq(sha256_of(c->arena, detail_sealed), digest))
        return fail_detail(&c->fault, ST_BROKEN, "detail of a row of the trail does not check");
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
