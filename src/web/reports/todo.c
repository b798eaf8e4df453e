#include "web/reports/todo.h"

#include "app/core/todo.h"
#include "gen/views.h"

static struct todo_group_view *group_of(struct web *w, struct todo_page_view *v, const char *owner)
{
    struct str title = owner ? arena_fmt(w->q->arena, "等%s办的", owner) : STR("等我们办的");
    for (size_t i = 0; i < v->n; i++)
        if (str_eq(v->p[i].title, title)) return &v->p[i];
    struct todo_group_view *group = ARENA_PUSH(w->q->arena, v);
    *group = (struct todo_group_view){.title = title, .id = arena_fmt(w->q->arena, "todo-%zu", v->n)};
    return group;
}

static void add(struct web *w, struct todo_page_view *v, const struct todo *t)
{
    struct todo_group_view *group = group_of(w, v, t->kind->owner);
    struct str age = STR("—");
    if (day_is(t->found.since))
        age = t->days > 0 ? arena_fmt(w->q->arena, "%ld 天", (long)t->days) : STR("今天");
    *ARENA_PUSH(w->q->arena, &group->rows) = (struct todo_view){
        .word = str_from(t->kind->word),
        .title = str_from(t->kind->title),
        .age = age,
        .list = {t->found.list},
        .count = t->found.count,
        .days = t->days,
    };
}

enum status page_todo(struct web *w)
{
    struct todos all;
    const char *here = w->c.actor.side == SIDE_STAFF ? "/staff/todo" : "/company/todo";
    struct todo_page_view v = {.frame = web_frame(w, STR("待办"), here)};
    TRY(app_todo(&w->c, &all));
    for (size_t i = 0; i < all.n; i++)
        add(w, &v, &all.p[i]);
    view_todo(web_html(w), &v);
    return web_page(w, 200);
}
