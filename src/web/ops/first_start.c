#include "web/ops/first_start.h"

#include "app/ops/first_start.h"
#include "domain/person_field.h"
#include "domain/required.h"
#include "gen/views.h"

#define MENU "/staff/setup"

static struct url step_url(struct web *w, int step)
{
    if (step >= FIRST_STEPS) return URL(MENU);
    return url_query(w->q->arena, URL(MENU), {"step", str_from(first_steps[step].code)});
}

static struct options_view boxes(struct web *w, struct str value)
{
    struct options_view all = {0};
    struct str unknown;
    unsigned set = 0;
    (void)required_parse(value, &set, &unknown);
    for (size_t i = 0; i < person_fields_n; i++) {
        const struct person_field *f = &person_fields[i];
        if (f->required)
            *ARENA_PUSH(w->q->arena, &all) =
                (struct option_view){str_from(f->name), str_from(f->word), set & f->required};
    }
    return all;
}

static struct first_field_view field_of(struct web *w, const struct setting_now *now, struct str typed)
{
    const struct setting *row = now->row;
    struct first_field_view f = {
        .name = str_from(row->name),
        .title = str_from(row->title),
        .what = row->what ? str_from(row->what) : STR_NONE,
        .unit = row->unit ? str_from(row->unit) : STR_NONE,
        .rule = setting_rule(w->q->arena, row),
        .value = typed.p ? typed : now->value,
        .error = form_error(w, row->name),
        .is_fields = row->kind == SETTING_FIELDS,
        .is_number = row->kind == SETTING_NUMBER,
        .most = row->kind == SETTING_TEXT ? row->most : 20,
    };
    if (f.is_fields) f.options = boxes(w, f.value);
    f.focus = form_focus(w, f.error);
    return f;
}

static void show_steps(struct web *w, const struct first_start *now, int current, struct first_start_view *v)
{
    for (int i = 0; i < FIRST_STEPS; i++) {
        *ARENA_PUSH(w->q->arena, &v->steps) = (struct first_step_view){str_from(first_steps[i].code),
                                                                       str_from(first_steps[i].title),
                                                                       step_url(w, i),
                                                                       now->done[i],
                                                                       i == current,
                                                                       i + 1};
        v->done += now->done[i];
    }
}

static enum status show(struct web *w, int step, const struct first_values *typed, int status)
{
    struct first_start now;
    struct settings_list settings = {0};
    TRY(app_first_start(&w->c, &now));
    if (step < 0) step = now.next;
    struct first_start_view v = {
        .frame = web_frame(w, STR("首次启动"), MENU),
        .finished = step == FIRST_STEPS,
        .wrong = (int)w->c.problems.n,
    };
    show_steps(w, &now, step, &v);
    if (!v.finished) {
        v.code = str_from(first_steps[step].code);
        v.title = str_from(first_steps[step].title);
        v.lead = str_from(first_steps[step].lead);
        v.accounts = !first_steps[step].settings[0];
        v.later = step_url(w, step + 1);
        TRY(app_first_step(&w->c, step, &settings));
    }
    for (size_t i = 0; i < settings.n; i++)
        *ARENA_PUSH(w->q->arena, &v.fields) = field_of(w, &settings.p[i], typed ? typed->p[i] : STR_NONE);
    view_first_start(web_html(w), &v);
    return web_page(w, status);
}

enum status page_staff_setup(struct web *w)
{
    struct str code = web_query(w, "step");
    return show(w, code.n ? first_step_find(code) : -1, NULL, 200);
}

/* Of boxes that are ticked each sends its word; of a field that was not sent nothing is said. */
static struct str value_of(struct web *w, const char *name, const char *boxes_name)
{
    struct str all = web_field(w, boxes_name).p ? STR("") : STR_NONE;
    bool first = true;
    for (size_t i = 0; i < w->q->fields.n; i++) {
        const struct http_pair *f = &w->q->fields.p[i];
        if (!str_eq(f->name, str_from(name))) continue;
        all = first ? str_or_empty(f->value)
                    : arena_fmt(w->q->arena, "%.*s,%.*s", STR_ARG(all), STR_ARG(f->value));
        first = false;
    }
    return all;
}

enum status post_staff_setup(struct web *w)
{
    struct first_values in = {0};
    int step = first_step_find(web_field(w, "step"));
    if (step < 0) return fail(&w->c.fault, ST_NOT_FOUND, "没有这一步");
    for (int i = 0; i < FIRST_STEP_SETTINGS && first_steps[step].settings[i]; i++) {
        const char *name = first_steps[step].settings[i];
        in.p[i] = value_of(w, name, arena_fmt(w->q->arena, "%s.boxes", name).p);
    }
    enum status s = app_first_step_save(&w->c, step, &in);
    if (s == ST_BAD_INPUT) return show(w, step, &in, 422);
    if (s) return s;
    return web_redirect(w, URL(MENU));
}
