#include "app/cursor.h"

#include "crypto/token.h"

struct str list_cursor(struct ctx *c, struct day day, int64_t id)
{
    return cursor_make(c->app->keys, c->arena,
                       arena_fmt(c->arena, "%.*s %ld", STR_ARG(day_str(c->arena, day)), (long)id));
}

bool list_cursor_read(struct ctx *c, struct str cursor, struct day *ret_day, int64_t *ret_id)
{
    struct str text, day, id;
    struct day d = DAY_NONE;
    int64_t v;
    if (!cursor.n || !cursor_read(c->app->keys, c->arena, cursor, &text) || !str_cut(text, ' ', &day, &id)) return false;
    if ((day.n && !day_parse(day, &d)) || !str_int(id, &v)) return false;
    *ret_day = d;
    *ret_id = v;
    return true;
}
