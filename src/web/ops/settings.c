#include "web/ops/settings.h"

#include "app/core/settings_desk.h"
#include "domain/person_field.h"
#include "domain/required.h"
#include "gen/views.h"

#define MENU "/staff/settings"

/* What was typed, when it is asked for again. */
struct typed {
    struct str value, reason;
};

static struct options_view switch_options(struct web *w, struct str value)
{
    struct options_view all = {0};
    *ARENA_PUSH(w->q->arena, &all) = (struct option_view){STR("1"), STR("是"), str_eq(value, STR("1"))};
    *ARENA_PUSH(w->q->arena, &all) = (struct option_view){STR("0"), STR("否"), !str_eq(value, STR("1"))};
    return all;
}

static struct options_view field_options(struct web *w, struct str value)
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

static struct options_view word_options(struct web *w, const struct setting *row, struct str value)
{
    struct options_view all = {0};
    for (size_t i = 0; i < row->n_words; i++) {
        struct str one, rest = value;
        bool chosen = false;
        for (bool more = rest.n > 0; more; chosen |= str_eq(str_trim(one), str_from(row->words[i].word)))
            more = str_cut(rest, ',', &one, &rest);
        *ARENA_PUSH(w->q->arena, &all) =
            (struct option_view){str_from(row->words[i].word), str_from(row->words[i].label), chosen};
    }
    return all;
}

/* 是, 90 天, 通讯地址、手机: as people read it. */
static struct str shown(struct web *w, const struct setting_now *now)
{
    struct arena *a = w->q->arena;
    struct str text = STR("");
    if (now->row->kind == SETTING_SWITCH) return str_eq(now->value, STR("1")) ? STR("是") : STR("否");
    if (now->row->kind == SETTING_NUMBER && now->row->unit)
        return arena_fmt(a, "%.*s %s", STR_ARG(now->value), now->row->unit);
    bool words = now->row->kind == SETTING_WORDS || now->row->kind == SETTING_CHOICE;
    if (!words && now->row->kind != SETTING_FIELDS) return now->value;
    struct options_view fields = words ? word_options(w, now->row, now->value) : field_options(w, now->value);
    for (size_t i = 0; i < fields.n; i++)
        if (fields.p[i].selected)
            text = arena_fmt(a, "%.*s%s%.*s", STR_ARG(text), text.n ? "、" : "", STR_ARG(fields.p[i].label));
    return text;
}

static struct setting_form_view form_of(struct web *w, const struct setting_now *now, struct typed typed)
{
    const struct setting *row = now->row;
    struct setting_form_view f = {
        .csrf = web_csrf(w),
        .once = web_once(w),
        .name = str_from(row->name),
        .title = str_from(row->title),
        .what = row->what ? str_from(row->what) : STR_NONE,
        .unit = row->unit ? str_from(row->unit) : STR_NONE,
        .rule = setting_rule(w->q->arena, row),
        .value = typed.value,
        .is_switch = row->kind == SETTING_SWITCH || row->kind == SETTING_CHOICE,
        .is_fields = row->kind == SETTING_FIELDS || row->kind == SETTING_WORDS,
        .is_number = row->kind == SETTING_NUMBER,
        .reason = typed.reason,
        .version = now->version,
        .most = row->kind == SETTING_TEXT ? row->most : 20,
    };
    if (row->kind == SETTING_SWITCH) f.options = switch_options(w, typed.value);
    if (row->kind == SETTING_CHOICE) f.options = word_options(w, row, typed.value);
    if (row->kind == SETTING_FIELDS) f.options = field_options(w, typed.value);
    if (row->kind == SETTING_WORDS) f.options = word_options(w, row, typed.value);
    return f;
}

static struct setting_view view_of(struct web *w, const struct setting_now *now, struct typed typed)
{
    return (struct setting_view){
        .form = form_of(w, now, typed),
        .stored = now->value,
        .shown = shown(w, now),
        .set_at = now->version ? instant_str(w->q->arena, now->set_at) : STR(""),
        .by = now->version && !now->by.n ? STR("命令行") : now->by,
        .page = url_query(w->q->arena, URL(MENU), {"name", str_from(now->row->name)}),
        .may_set = now->may_set,
    };
}

static enum status show_all(struct web *w)
{
    struct settings_list all;
    struct settings_view v = {.frame = web_frame(w, STR("系统设置"), MENU)};
    struct setting_group_view *group = NULL;
    const struct setting_group *last = NULL;
    TRY(app_settings(&w->c, &all));
    for (size_t i = 0; i < all.n; i++) {
        const struct setting_now *now = &all.p[i];
        if (!group || now->group != last) {
            group = ARENA_PUSH(w->q->arena, &v.groups);
            group->title = str_from(now->group->title);
            group->who = now->group->role == ROLE_SYSTEM ? STR("系统管理员") : STR("安全管理员");
            last = now->group;
        }
        *ARENA_PUSH(w->q->arena, &group->settings) = view_of(w, now, (struct typed){now->value, STR("")});
    }
    view_settings(web_html(w), &v);
    return web_page(w, 200);
}

/* `typed`: NULL for what is in force. */
static enum status show_one(struct web *w, struct str name, const struct typed *typed, int status)
{
    struct setting_now now;
    struct setting_history_rows past;
    TRY(app_setting(&w->c, name, &now, &past));
    struct setting_page_view v = {
        .frame = web_frame(w, str_from(now.row->title), MENU),
        .setting = view_of(w, &now, typed ? *typed : (struct typed){now.value, STR("")}),
        .saved = web_query(w, "saved").n > 0,
        .wrong = (int)w->c.problems.n,
    };
    v.setting.form.error = form_error(w, "value");
    v.setting.form.reason_error = form_error(w, "reason");
    for (size_t i = 0; i < past.n; i++)
        *ARENA_PUSH(w->q->arena, &v.past) = (struct setting_past_view){
            .at = instant_str(w->q->arena, past.p[i].set_at),
            .by = past.p[i].by.n ? past.p[i].by : STR("命令行"),
            .value = past.p[i].value,
            .reason = past.p[i].reason,
        };
    view_setting(web_html(w), &v);
    return web_page(w, status);
}

enum status page_staff_settings(struct web *w)
{
    struct str name = web_query(w, "name");
    return name.n ? show_one(w, name, NULL, 200) : show_all(w);
}

/* Of boxes that are ticked each sends its word. */
static struct str value_of(struct web *w)
{
    struct str all = STR("");
    bool first = true;
    for (size_t i = 0; i < w->q->fields.n; i++) {
        const struct http_pair *f = &w->q->fields.p[i];
        if (!str_eq(f->name, STR("value"))) continue;
        all = first ? f->value : arena_fmt(w->q->arena, "%.*s,%.*s", STR_ARG(all), STR_ARG(f->value));
        first = false;
    }
    return all;
}

enum status post_staff_settings(struct web *w)
{
    struct typed typed = {value_of(w), str_or_empty(web_field(w, "reason"))};
    struct setting_change change = {.name = web_field(w, "name"),
                                    .value = typed.value,
                                    .reason = typed.reason,
                                    .version = -1, /* none is a stale one */
                                    .once = web_field(w, "once")};
    str_int(web_field(w, "version"), &change.version);
    enum status s = app_setting_set(&w->c, &change);
    if (s == ST_BAD_INPUT) return show_one(w, change.name, &typed, 422);
    if (s) return s;
    return web_redirect(w, url_query(w->q->arena, url_query(w->q->arena, URL(MENU), {"name", change.name}),
                                     {"saved", STR("1")}));
}
