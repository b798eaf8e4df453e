#include "app/core/cursor.h"

#include "base/buf.h"
#include "crypto/token.h"

#define PURPOSE  "cursor"
#define TEXT_MAX 512

struct str list_cursor_key(struct ctx *c, const char *order, struct str key, int64_t id)
{
    char memory[TEXT_MAX];
    struct buf b;
    buf_begin(&b, memory, sizeof memory, sizeof memory);
    buf_str(&b, str_from(order));
    buf_char(&b, ' ');
    buf_int(&b, id);
    buf_char(&b, ' ');
    buf_str(&b, key);
    return signed_make(c->app->keys, c->arena, PURPOSE, buf_text(&b));
}

bool list_cursor_key_read(struct ctx *c, const char *order, struct str cursor, struct str *ret_key,
                          int64_t *ret_id)
{
    struct str text, made_for, id, key;
    int64_t v;
    if (!cursor.n || !signed_read(c->app->keys, c->arena, PURPOSE, cursor, &text)) return false;
    if (!str_cut(text, ' ', &made_for, &text) || !str_eq(made_for, str_from(order))) return false;
    if (!str_cut(text, ' ', &id, &key) || !str_int(id, &v)) return false;
    *ret_key = key;
    *ret_id = v;
    return true;
}

struct str list_cursor(struct ctx *c, const char *order, struct day day, int64_t id)
{
    char text[DAY_TEXT_SIZE];
    day_text(day, text);
    return list_cursor_key(c, order, str_from(text), id);
}

bool list_cursor_read(struct ctx *c, const char *order, struct str cursor, struct day *ret_day,
                      int64_t *ret_id)
{
    struct str key;
    struct day day = DAY_NONE;
    int64_t id;
    if (!list_cursor_key_read(c, order, cursor, &key, &id)) return false;
    if (key.n && !day_parse(key, &day)) return false;
    *ret_day = day;
    *ret_id = id;
    return true;
}
