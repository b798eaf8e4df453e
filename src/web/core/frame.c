#include "web/core/frame.h"

#include "app/access/lost.h"
#include "app/access/sessions.h"
#include "app/core/settings.h"
#include "gen/assets.h"
#include "web/core/hello.h"
#include "web/core/route.h"

#define MENU_MAX 16

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

/* Keeps them in the order of their ranks. */
static size_t insert(const struct menu_entry **list, size_t n, const struct menu_entry *entry)
{
    if (n == MENU_MAX) return n;
    size_t at = n;
    for (; at > 0 && list[at - 1]->rank > entry->rank; at--)
        list[at] = list[at - 1];
    list[at] = entry;
    return n + 1;
}

static size_t entries_of(const struct actor *a, const struct menu_entry *ret[MENU_MAX])
{
    size_t n = 0;
    unsigned roles = a->main ? MAIN_CLERK : a->roles;
    for (size_t f = 0; f < web_features_n; f++)
        for (size_t i = 0; i < web_features[f]->n_menu; i++) {
            const struct menu_entry *entry = &web_features[f]->menu[i];
            if (entry->side == a->side && (!entry->roles || (roles & entry->roles)))
                n = insert(ret, n, entry);
        }
    return n;
}

static struct menu menu_of(struct web *w, const char *current)
{
    struct menu menu = {0};
    const struct actor *a = &w->c.actor;
    const struct menu_entry *entries[MENU_MAX];
    bool progress_only = a->side == SIDE_MEMBER && web_progress_only(w);
    bool first = a->must_change || a->must_totp || a->must_consent;
    size_t n = progress_only || first ? 0 : entries_of(a, entries);
    for (size_t i = 0; i < n; i++)
        add_item(w, &menu, entries[i]->path, entries[i]->label, entries[i]->icon, current);
    if (progress_only && !first) add_item(w, &menu, "/me/progress", "审批进度", "clock", current);
    add_item(w, &menu, "/password", "修改密码", "lock", current);
    return menu;
}

/* What answers a form has the form's own address, where there is a page at it. */
static struct url here(const struct web *w)
{
    if (w->q->method != HTTP_POST) return (struct url){STR_NONE};
    return web_is_page(w->q->path) ? (struct url){w->q->path} : URL("/");
}

struct frame web_frame_open(struct web *w, struct str title)
{
    const struct settings *s = w->c.settings;
    return (struct frame){
        .title = title,
        .association = s->association,
        .system = s->system,
        .organiser_phone = s->organiser_phone,
        .record_no = s->record_no,
        .csrf = web_csrf(w),
        .here = here(w),
    };
}

static void say_hello(struct web *w, struct frame *f)
{
    if (!w->hello.due) return;
    f->hello = true;
    f->failures = w->hello.failures;
    if (w->hello.before_at)
        f->last_login =
            str_sub(instant_str(w->q->arena, w->hello.before_at), 0, sizeof "2026-11-23 16:05" - 1);
    hello_said(w);
}

static struct lost_notes lost_notes(struct web *w)
{
    struct lost_notes notes = {0};
    bool member = w->c.actor.side == SIDE_MEMBER;
    for (size_t i = 0; w->lost && i < w->lost->n; i++) {
        const struct lost_own *own = &w->lost->p[i];
        *ARENA_PUSH(w->q->arena, &notes) =
            (struct lost_note){own->asked, own->until,
                               member ? url_path(w->q->arena, "/me/resets/%ld/cancel", (long)own->id.v)
                                      : url_path(w->q->arena, "/company/resets/%ld/cancel", (long)own->id.v)};
    }
    return notes;
}

struct frame web_frame(struct web *w, struct str title, const char *menu)
{
    struct frame f = web_frame_open(w, title);
    f.user = w->c.actor.name;
    f.company = w->c.actor.company_name;
    f.menu = menu_of(w, menu);
    f.idle_seconds = session_idle_ms(w->c.actor.side) / 1000;
    f.lost = lost_notes(w);
    say_hello(w, &f);
    return f;
}
