#include "web/members/photo.h"

#include "app/members/corrections.h"

enum status page_member_photo(struct web *w)
{
    struct member_id id;
    struct bytes jpeg;
    TRY(web_id(w, w->args[0], &id.v));
    struct str kept = web_query(w, "kept");
    TRY(kept.n ? app_member_photo_kept(&w->c, id, kept, &jpeg) : app_member_photo(&w->c, id, &jpeg));
    return web_bytes(w, "image/jpeg", jpeg);
}

/* 显示: digits and X, nothing that JSON would escape. */
enum status post_member_reveal(struct web *w)
{
    struct member_id id;
    struct str id_number;
    struct buf json;
    TRY(web_id(w, w->args[0], &id.v));
    TRY(app_member_reveal(&w->c, id, &id_number));
    buf_init(&json, 64, 256);
    buf_fmt(&json, "{\"id_number\":\"%.*s\"}", STR_ARG(id_number));
    return web_json(w, &json);
}
