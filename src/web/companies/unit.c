#include "web/companies/unit.h"

#include "gen/views.h"

#include <stddef.h>

#define MENU "/company/unit"

struct typed {
    struct str contact, phone, address, title, tax_no;
};
#define FIELD(field, text) .name = #field, .label = (text), .offset = offsetof(struct typed, field)
static const struct form_field FIELDS[] = {
    {FIELD(contact, "联系人"), .type = "text", .max = 50, .hint = "个人会员看到的联系人。"},
    {FIELD(phone, "电话"), .type = "tel", .max = 30},
    {FIELD(address, "地址"), .type = "text", .max = 100, .wide = true,
     .hint = "注册时会带给个人会员作通讯地址。"},
    {FIELD(title, "开票抬头"), .type = "text", .max = UNIT_TITLE_MAX, .hint = "会费票据的抬头。"},
    {FIELD(tax_no, "税号"), .type = "text", .max = 24, .hint = "一般就是统一社会信用代码。"},
};

static struct str standing(struct web *w, const struct company_full *row)
{
    struct arena *a = w->q->arena;
    struct str day = day_str(a, row->unit_valid_to), level = str_or_empty(row->unit_level);
    if (!day_is(row->unit_valid_to)) return STR("暂未登记");
    if (unit_lapsed(row, w->c.today)) return arena_fmt(a, "已于 %.*s 到期", STR_ARG(day));
    return arena_fmt(a, "%.*s%s有效期至 %.*s", STR_ARG(level), level.n ? "，" : "", STR_ARG(day));
}

/* `typed`: NULL for what is stored. */
static enum status show(struct web *w, const struct typed *typed, int64_t version, int status)
{
    struct company_full row;
    TRY(app_unit(&w->c, &row));
    struct typed stored = {row.contact, row.phone, row.address, str_or_empty(row.title),
                           str_or_empty(row.tax_no)};
    struct unit_view v = {
        .frame = web_frame(w, STR("单位信息"), MENU),
        .row = row,
        .fields = form_view(w, FORM(FIELDS), typed ? typed : &stored),
        .once = web_once(w),
        .standing = standing(w, &row),
        .version = typed ? version : row.version,
        .saved = web_query(w, "saved").n > 0,
        .lapsed = unit_lapsed(&row, w->c.today),
        .wrong = (int)w->c.problems.n,
    };
    view_unit(web_html(w), &v);
    return web_page(w, status);
}

enum status page_company_unit(struct web *w)
{
    return show(w, NULL, 0, 200);
}

enum status post_company_unit(struct web *w)
{
    struct typed t;
    form_read(w, FORM(FIELDS), &t);
    struct own_unit_input in = {.contact = t.contact,
                                .phone = t.phone,
                                .address = t.address,
                                .title = t.title,
                                .tax_no = t.tax_no,
                                .once = web_field(w, "once")};
    str_int(web_field(w, "version"), &in.version);
    enum status s = app_unit_update(&w->c, &in);
    if (s == ST_BAD_INPUT && w->c.problems.n) {
        app_end(&w->c);
        return show(w, &t, in.version, 422);
    }
    if (s) return s;
    return web_redirect(w, url_query(w->q->arena, URL(MENU), {"saved", STR("1")}));
}
