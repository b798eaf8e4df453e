#include "app/core/head.h"

#include "gen/queries.h"

#include <string.h>

bool head_set(struct head *h, int64_t number, struct bytes mac)
{
    if (mac.n != MAC_SIZE) return false;
    h->number = number;
    memcpy(h->mac, mac.p, MAC_SIZE);
    return true;
}

struct str head_text(struct arena *a, const struct head *h)
{
    struct str mac = arena_hex(a, (struct bytes){h->mac, MAC_SIZE});
    return arena_fmt(a, "%ld %.*s", (long)h->number, STR_ARG(mac));
}

static int digit(char c)
{
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

static bool mac_parse(struct str hex, uint8_t ret[MAC_SIZE])
{
    if (hex.n != 2 * (size_t)MAC_SIZE) return false;
    for (size_t i = 0; i < MAC_SIZE; i++) {
        int high = digit(hex.p[2 * i]), low = digit(hex.p[2 * i + 1]);
        if (high < 0 || low < 0) return false;
        ret[i] = (uint8_t)(high << 4 | low);
    }
    return true;
}

bool head_parse(struct str line, struct head *ret)
{
    struct head h;
    struct str number, mac;
    if (!str_cut(str_trim(line), ' ', &number, &mac)) return false;
    if (!str_int(number, &h.number) || h.number < 0 || !mac_parse(str_trim(mac), h.mac)) return false;
    *ret = h;
    return true;
}

enum status head_newest(struct ctx *c, struct head *ret)
{
    struct audit_head_row row;
    TRY(q_audit_head(c->db, c->arena, &row));
    return head_set(ret, row.number, row.mac) ? ST_OK
                                              : fail_detail(&c->fault, ST_BROKEN, "head of the trail");
}

enum status head_find(struct ctx *c, const struct head *h, enum head_found *ret)
{
    struct audit_mac_row row;
    struct head newest;
    enum status s = q_audit_mac(c->db, c->arena, h->number, &row);
    if (s == ST_OK) {
        *ret = bytes_eq(row.mac, (struct bytes){h->mac, MAC_SIZE}) ? HEAD_HELD : HEAD_OTHER;
        return ST_OK;
    }
    if (s != ST_NOT_FOUND) return s;
    TRY(head_newest(c, &newest));
    *ret = newest.number < h->number ? HEAD_BEYOND : HEAD_OTHER;
    return ST_OK;
}
