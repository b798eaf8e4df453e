#include "app/core/cursor.h"

#include "base/buf.h"
#include "crypto/token.h"

#define PURPOSE "cursor"

struct str list_cursor(struct ctx *c, const char *order, struct day day, int64_t id)
{
    char memory[128], text[DAY_TEXT_SIZE];
    struct buf b;
    buf_begin(&b, memory, sizeof memory, sizeof memory);
    day_text(day, text);
    buf_str(&b, str_from(order));
    buf_char(&b, ' ');
    buf_str(&b, str_from(text));
    buf_char(&b, ' ');
    buf_int(&b, id);
    return signed_make(c->app->keys, c->arena, PURPOSE, buf_text(&b));
}

bool list_cursor_read(struct ctx *c, const char *order, struct str cursor, struct day *ret_day,
                      int64_t *ret_id)
{
    struct str text, made_for, day, id;
    struct day d = DAY_NONE;
    int64_t v;
    if (!cursor.n || !signed_read(c->app->keys, c->arena, PURPOSE, cursor, &text)) return false;
    if (!str_cut(text, ' ', &made_for, &text) || !str_eq(made_for, str_from(order))) return false;
    if (!str_cut(text, ' ', &day, &id)) return false;
    if ((day.n && !day_parse(day, &d)) || !str_int(id, &v)) return false;
    *ret_day = d;
    *ret_id = v;
    return true;
}
