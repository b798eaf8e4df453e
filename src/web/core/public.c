#include "web/core/public.h"

#include "app/core/health.h"
#include "gen/assets.h"
#include "gen/views.h"

#define YEAR_S "31536000"

/* Their addresses hold a hash of the content: they may be kept for ever. */
enum status page_asset(struct web *w)
{
    const struct asset *asset = asset_find(w->q->path);
    if (!asset) return not_found(&w->c);
    bool zipped = asset->gzip.bytes.n && http_accepts_gzip(w->q);
    const struct asset_body *body = zipped ? &asset->gzip : &asset->plain;
    web_guard(w);
    http_header(w->q, w->r, "Content-Type", asset->type);
    http_header(w->q, w->r, "Cache-Control", STR("public, max-age=" YEAR_S ", immutable"));
    http_header(w->q, w->r, "Vary", STR("Accept-Encoding"));
    http_header(w->q, w->r, "ETag", body->etag);
    if (http_etag_matches(w->q, body->etag)) {
        w->r->status = 304;
        return ST_OK;
    }
    if (zipped) http_header(w->q, w->r, "Content-Encoding", STR("gzip"));
    w->r->constant = body->bytes;
    return ST_OK;
}

static enum status say_health(struct web *w, enum health health)
{
    static const char *const WORDS[] = {[HEALTH_OK] = "ok\n",
                                        [HEALTH_READ_ONLY] = "read-only\n",
                                        [HEALTH_NO_DATABASE] = "no-database\n",
                                        [HEALTH_DRAINING] = "draining\n"};
    w->r->status = health == HEALTH_OK ? 200 : 503;
    return web_bytes(w, "text/plain; charset=UTF-8", str_bytes(str_from(WORDS[health])));
}

enum status page_health(struct web *w)
{
    bool draining = atomic_load(&w->site->draining);
    return say_health(w, draining ? HEALTH_DRAINING : app_health(&w->c));
}

enum status page_health_read(struct web *w)
{
    return say_health(w, app_alive(&w->c) == ST_OK ? HEALTH_OK : HEALTH_NO_DATABASE);
}

enum status page_guide(struct web *w)
{
    struct text_view v = {.text = app_text_guide(&w->c, w->site->url)};
    v.frame = web_frame_open(w, v.text.title);
    view_guide(web_html(w), &v);
    return web_page(w, 200);
}

enum status page_privacy(struct web *w)
{
    struct privacy_view v = {.logged_in = w->c.actor.account.v != 0};
    TRY(app_privacy(&w->c, web_query(w, "version"), w->site->url, &v.rules));
    v.frame = web_frame_open(w, v.rules.text.title);
    view_privacy(web_html(w), &v);
    return web_page(w, 200);
}

/* ?as= shows one side's manual; without it all three stand on the page. */
enum status page_help(struct web *w)
{
    enum side as;
    bool one = side_parse(web_query(w, "as"), &as);
    struct help_view v = {.frame = web_frame_open(w, STR("操作手册"))};
    for (int i = 0; i < SIDE_COUNT; i++) {
        enum side side = (enum side)i;
        struct str code = str_from(side_code(side));
        struct url alone = url_query(w->q->arena, URL("/help"), {"as", code});
        *ARENA_PUSH(w->q->arena, &v.parts) = (struct help_part){
            .text = app_text_help(&w->c, side, w->site->url),
            .side = code,
            .address = one ? alone : (struct url){arena_fmt(w->q->arena, "#%.*s", STR_ARG(code))},
            .shown = !one || side == as,
        };
    }
    view_help(web_html(w), &v);
    return web_page(w, 200);
}
