#include "web/public.h"

#include "app/companies.h"
#include "gen/assets.h"
#include "gen/rows.h"

#define YEAR_S "31536000"

static bool accepts_gzip(struct str accepted)
{
    return str_find(accepted, STR("gzip"), NULL) && !str_find(accepted, STR("gzip;q=0"), NULL);
}

/* Their addresses hold a hash of the content: they may be kept for ever. */
enum status page_asset(struct web *w)
{
    const struct asset *asset = asset_find(w->q->path);
    if (!asset) return not_found(&w->c);
    bool zipped = asset->gzip.bytes.n && accepts_gzip(w->q->accept_encoding);
    const struct asset_body *body = zipped ? &asset->gzip : &asset->plain;
    http_header(w->q, w->r, "Content-Type", asset->type);
    http_header(w->q, w->r, "Cache-Control", STR("public, max-age=" YEAR_S ", immutable"));
    http_header(w->q, w->r, "X-Content-Type-Options", STR("nosniff"));
    http_header(w->q, w->r, "Vary", STR("Accept-Encoding"));
    http_header(w->q, w->r, "ETag", body->etag);
    if (str_eq(w->q->if_none_match, body->etag)) {
        w->r->status = 304;
        return ST_OK;
    }
    if (zipped) http_header(w->q, w->r, "Content-Encoding", STR("gzip"));
    w->r->constant = body->bytes;
    return ST_OK;
}

enum status page_health(struct web *w)
{
    TRY(app_alive(&w->c));
    return web_bytes(w, "text/plain; charset=UTF-8", str_bytes(STR("ok\n")));
}

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
        buf_char(&b, '}');
    }
    buf_char(&b, ']');
    return web_json(w, &b);
}
