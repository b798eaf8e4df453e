#include "web/core/frame.h"

#include "app/access/sessions.h"
#include "app/core/settings.h"
#include "gen/assets.h"

/* A menu item appears with the feature that brings its page. */
static const struct {
    enum side side;
    unsigned roles; /* of staff: any of these; 0: everyone */
    const char *path, *label, *icon;
} MENU[] = {
    {SIDE_MEMBER, 0, "/me", "我的信息", "user"},
    {SIDE_MEMBER, 0, "/me/learning", "我的学习", "book"},
    {SIDE_MEMBER, 0, "/me/history", "历史动态", "clock"},
    {SIDE_COMPANY, 0, "/company/members", "会员列表", "users"},
    {SIDE_COMPANY, 0, "/company/batches", "推荐汇总表", "stamp"},
    {SIDE_STAFF, 0, "/staff", "首页", "home"},
    {SIDE_STAFF, ROLE_MEMBERSHIP | ROLE_VIEWER, "/staff/members", "会员管理", "users"},
    {SIDE_STAFF, ROLE_MEMBERSHIP | ROLE_VIEWER, "/staff/companies", "企业管理", "building"},
    {SIDE_STAFF, ROLE_MEMBERSHIP | ROLE_VIEWER, "/staff/batches", "推荐汇总表", "stamp"},
};

static void add_item(struct web *w, struct menu *menu, const char *path, const char *label, const char *icon,
                     const char *current)
{
    *ARENA_PUSH(w->q->arena, menu) = (struct menu_item){
        .label = str_from(label),
        .url = {str_from(path)},
        .icon = url_icon(w->q->arena, ASSET_ICONS_SVG, icon),
        .current = current && str_eq(str_from(path), str_from(current)),
    };
}

static struct menu menu_of(struct web *w, const char *current)
{
    struct menu menu = {0};
    const struct actor *a = &w->c.actor;
    bool progress_only = a->side == SIDE_MEMBER && web_progress_only(w);
    for (size_t i = 0; i < sizeof MENU / sizeof *MENU && !progress_only && !a->must_change; i++)
        if (MENU[i].side == a->side && (!MENU[i].roles || (a->roles & MENU[i].roles)))
            add_item(w, &menu, MENU[i].path, MENU[i].label, MENU[i].icon, current);
    if (progress_only && !a->must_change) add_item(w, &menu, "/me/progress", "审批进度", "clock", current);
    add_item(w, &menu, "/password", "修改密码", "lock", current);
    return menu;
}

struct frame web_frame_open(struct web *w, struct str title)
{
    const struct settings *s = w->c.app->settings;
    return (struct frame){
        .title = title,
        .association = s->association,
        .system = s->system,
        .organiser_phone = s->organiser_phone,
        .record_no = s->record_no,
        .csrf = web_csrf(w),
    };
}

struct frame web_frame(struct web *w, struct str title, const char *menu)
{
    struct frame f = web_frame_open(w, title);
    f.user = w->c.actor.name;
    f.company = w->c.actor.company_name;
    f.menu = menu_of(w, menu);
    f.idle_seconds = session_idle_ms(w->c.actor.side) / 1000;
    return f;
}
