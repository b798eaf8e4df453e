#include "web/companies/search.h"

#include "app/companies/companies.h"
#include "gen/rows.h"

static void json_text(struct buf *b, struct str s)
{
    static const char HEX[] = "0123456789abcdef";
    buf_char(b, '"');
    for (size_t i = 0; i < s.n; i++) {
        unsigned char ch = (unsigned char)s.p[i];
        if (ch == '"' || ch == '\\') buf_char(b, '\\');
        if (ch < 0x20)
            buf_add(b, (char[]){'\\', 'u', '0', '0', HEX[ch >> 4], HEX[ch & 15]}, 6);
        else
            buf_char(b, s.p[i]);
    }
    buf_char(b, '"');
}

enum status page_companies_search(struct web *w)
{
    struct companies_matching_rows found;
    struct buf b;
    TRY(app_companies_search(&w->c, web_query(w, "q"), &found));
    buf_init(&b, 1024, 64u << 10);
    buf_char(&b, '[');
    for (size_t i = 0; i < found.n; i++) {
        buf_fmt(&b, "%s{\"id\":%ld,\"name\":", i ? "," : "", (long)found.p[i].id.v);
        json_text(&b, found.p[i].name);
        buf_fmt(&b, ",\"address\":");
        json_text(&b, found.p[i].address);
        buf_char(&b, '}');
    }
    buf_char(&b, ']');
    return web_json(w, &b);
}
