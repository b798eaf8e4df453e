#include "web/core/form.h"

#include "domain/typed_day.h"

#define MONTH_TEXT 7    /* of YYYY-MM */
#define FIRST_YEAR 1950 /* in which anybody who fills in a form may have begun something */

struct str form_month(const struct web *w, const char *name)
{
    struct arena *a = w->q->arena;
    struct str whole = web_field(w, name), was = web_field(w, arena_fmt(a, "%s_was", name).p);
    struct str year = web_field(w, arena_fmt(a, "%s_year", name).p);
    struct str month = web_field(w, arena_fmt(a, "%s_month", name).p);
    if ((!year.p && !month.p) || !str_eq(whole, was)) return whole;
    if (!year.n && !month.n) return STR("");
    return arena_fmt(a, "%.*s-%s%.*s", STR_ARG(year), month.n == 1 ? "0" : "", STR_ARG(month));
}

static const struct str *value_of(const struct form_field *f, const void *values)
{
    return (const struct str *)(const void *)((const char *)values + f->offset);
}

void form_read(const struct web *w, struct form f, void *ret)
{
    for (size_t i = 0; i < f.n; i++) {
        *(struct str *)(void *)((char *)ret + f.p[i].offset) = str_or_empty(web_field(w, f.p[i].name));
    }
}

static void add_option(struct web *w, struct field_view *v, struct str value, struct str label)
{
    *ARENA_PUSH(w->q->arena, &v->options) = (struct option_view){value, label, str_eq(value, v->value)};
}

static void add_options(struct web *w, const struct form_field *f, struct field_view *v)
{
    v->is_choice = f->codes || f->words;
    if (!v->is_choice) return;
    add_option(w, v, STR(""), f->required ? STR("请选择") : STR("不填"));
    for (size_t i = 0; f->codes && i < f->codes->n; i++)
        add_option(w, v, arena_fmt(w->q->arena, "%d", f->codes->p[i].value), str_from(f->codes->p[i].label));
    for (size_t i = 0; f->words && i < f->words->n; i++)
        add_option(w, v, str_from(f->words->p[i]), str_from(f->words->p[i]));
}

static void add_numbers(struct web *w, struct options_view *to, int from, int end, int step, const char *unit,
                        struct str chosen)
{
    int64_t value = 0;
    str_int(chosen, &value);
    *ARENA_PUSH(w->q->arena, to) = (struct option_view){STR(""), str_from(unit), value == 0};
    for (int i = from; i != end; i += step)
        *ARENA_PUSH(w->q->arena, to) = (struct option_view){
            arena_fmt(w->q->arena, "%02d", i), arena_fmt(w->q->arena, "%d %s", i, unit), value == i};
}

static void add_months(struct web *w, const struct form_field *f, struct field_view *v)
{
    struct str year, month = STR("");
    v->is_month = str_eq(str_from(f->type), STR("month"));
    if (!v->is_month) return;
    if (!str_cut(v->value, '-', &year, &month)) year = v->value;
    add_numbers(w, &v->options, w->c.today.year, FIRST_YEAR - 1, -1, "年", year);
    add_numbers(w, &v->months, 1, 13, 1, "月", month);
}

struct str form_error(const struct web *w, const char *field)
{
    return problem_of(&w->c.problems, str_from(field));
}

bool form_focus(struct web *w, struct str error)
{
    return error.n && w->wrong++ == 0;
}

/* A browser shows in such a field nothing but the one spelling that it writes itself. */
static struct str shown_value(struct web *w, const struct form_field *f, struct str typed)
{
    struct day d;
    struct str type = str_from(f->type);
    if (str_eq(type, STR("date")) && typed_day(typed, &d)) return day_str(w->q->arena, d);
    if (str_eq(type, STR("month")) && typed_month(typed, &d))
        return str_sub(day_str(w->q->arena, d), 0, MONTH_TEXT);
    return typed;
}

struct fields_view form_view(struct web *w, struct form f, const void *values)
{
    struct fields_view fields = {0};
    for (size_t i = 0; i < f.n; i++) {
        const struct form_field *from = &f.p[i];
        struct field_view *v = ARENA_PUSH(w->q->arena, &fields);
        *v = (struct field_view){
            .name = str_from(from->name),
            .label = str_from(from->label),
            .hint = str_from(from->hint),
            .type = str_from(from->type),
            .autocomplete = from->autocomplete ? str_from(from->autocomplete) : STR("off"),
            .value = shown_value(w, from, *value_of(from, values)),
            .error = form_error(w, from->name),
            .max = from->max,
            .required = from->required,
            .wide = from->wide,
            .is_password = str_eq(str_from(from->type), STR("password")),
        };
        v->focus = form_focus(w, v->error);
        if (v->is_password) v->value = STR("");
        add_options(w, from, v);
        add_months(w, from, v);
    }
    return fields;
}
