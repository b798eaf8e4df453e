#include "app/core/settings.h"

#include "app/core/features.h"
#include "base/text.h"
#include "base/utf8.h"
#include "domain/required.h"
#include "gen/queries.h"

const struct setting *setting_at(size_t i)
{
    for (size_t f = 0; f < app_features_n; i -= app_features[f++]->n_settings)
        if (i < app_features[f]->n_settings) return &app_features[f]->settings[i];
    return NULL;
}

const struct setting *setting_find(struct str name)
{
    const struct setting *row;
    for (size_t i = 0; (row = setting_at(i)); i++)
        if (str_eq(str_from(row->name), name)) return row;
    return NULL;
}

static const struct setting_group *group_in(const struct feature *f, struct str prefix)
{
    for (size_t i = 0; i < f->n_groups; i++)
        if (str_eq(str_from(f->groups[i].prefix), prefix)) return &f->groups[i];
    return NULL;
}

const struct setting_group *setting_group_of(const struct setting *row)
{
    struct str prefix, rest;
    const struct setting_group *group = NULL;
    str_cut(str_from(row->name), '.', &prefix, &rest);
    for (size_t f = 0; f < app_features_n && !group; f++)
        group = group_in(app_features[f], prefix);
    return group;
}

static void *value_of(struct settings *s, const struct setting *row)
{
    return (char *)s + row->at;
}

static void set_default(struct settings *s, const struct setting *row)
{
    switch (row->kind) {
    case SETTING_TEXT:
        *(struct str *)value_of(s, row) = str_from(row->text);
        return;
    case SETTING_NUMBER:
    case SETTING_SWITCH:
    case SETTING_CLOCK:
        *(int64_t *)value_of(s, row) = row->number;
        return;
    case SETTING_FIELDS:
    case SETTING_WORDS:
    case SETTING_CHOICE:
        *(unsigned *)value_of(s, row) = (unsigned)row->number;
        return;
    }
}

/* Of these, what is wrong with the value, for after the setting's name; none: it is set. */
static struct str set_text(const struct setting *row, struct arena *a, struct str value, struct str *ret)
{
    int64_t n = (int64_t)utf8_count(value);
    if (n < row->least || n > row->most || !text_is_line(value))
        return arena_fmt(a, "must be a line of %ld to %ld characters", (long)row->least, (long)row->most);
    *ret = arena_str(a, value);
    return STR_NONE;
}

static struct str set_number(const struct setting *row, struct arena *a, struct str value, int64_t *ret)
{
    int64_t number;
    if (!str_int(value, &number) || number < row->least || number > row->most)
        return arena_fmt(a, "must be a whole number from %ld to %ld", (long)row->least, (long)row->most);
    *ret = number;
    return STR_NONE;
}

/* Two digits below `end`; -1: they are not. */
static int two_digits(const char *p, int end)
{
    bool digits = p[0] >= '0' && p[0] <= '9' && p[1] >= '0' && p[1] <= '9';
    int number = digits ? (p[0] - '0') * 10 + p[1] - '0' : -1;
    return number < end ? number : -1;
}

/* HH:MM, or nothing. */
static struct str set_clock(struct str value, int64_t *ret)
{
    bool shaped = value.n == 5 && value.p[2] == ':';
    int hour = shaped ? two_digits(value.p, 24) : -1, minute = shaped ? two_digits(value.p + 3, 60) : -1;
    if (value.n && (hour < 0 || minute < 0)) return STR("must be a time from 00:00 to 23:59, or empty");
    *ret = value.n ? hour * 60 + minute : CLOCK_NONE;
    return STR_NONE;
}

static struct str set_fields(struct arena *a, struct str value, unsigned *ret)
{
    struct str unknown;
    if (required_parse(value, ret, &unknown)) return STR_NONE;
    return arena_fmt(a, "names \"%.*s\", which is no field that can be required or not", STR_ARG(unknown));
}

static struct str set_words(const struct setting *row, struct arena *a, struct str value, unsigned *ret)
{
    unsigned bits = 0;
    struct str one;
    for (bool more = value.n > 0; more;) {
        more = str_cut(value, ',', &one, &value);
        one = str_trim(one);
        size_t i = 0;
        while (i < row->n_words && !str_eq(one, str_from(row->words[i].word)))
            i++;
        if (i == row->n_words) return arena_fmt(a, "names \"%.*s\", which is no such word", STR_ARG(one));
        bits |= 1u << i;
    }
    if (row->kind == SETTING_CHOICE && (!bits || (bits & (bits - 1)))) return STR("must be one of the words");
    *ret = bits;
    return STR_NONE;
}

static struct str words_of(const struct setting *row, struct arena *a, unsigned bits)
{
    struct str text = STR("");
    for (size_t i = 0; i < row->n_words; i++)
        if (bits & 1u << i)
            text = arena_fmt(a, "%.*s%s%s", STR_ARG(text), text.n ? "," : "", row->words[i].word);
    return text;
}

static struct str clock_of(struct arena *a, int64_t minutes)
{
    return minutes == CLOCK_NONE ? STR("")
                                 : arena_fmt(a, "%02d:%02d", (int)(minutes / 60), (int)(minutes % 60));
}

static struct str set_one(struct settings *s, const struct setting *row, struct arena *a, struct str value)
{
    switch (row->kind) {
    case SETTING_TEXT:
        return set_text(row, a, value, value_of(s, row));
    case SETTING_NUMBER:
    case SETTING_SWITCH:
        return set_number(row, a, value, value_of(s, row));
    case SETTING_WORDS:
    case SETTING_CHOICE:
        return set_words(row, a, value, value_of(s, row));
    case SETTING_CLOCK:
        return set_clock(value, value_of(s, row));
    case SETTING_FIELDS:
        break;
    }
    return set_fields(a, value, value_of(s, row));
}

enum status settings_load(struct ctx *c, struct arena *a, struct settings *ret)
{
    struct settings s;
    struct settings_rows rows;
    const struct setting *row;
    for (size_t i = 0; (row = setting_at(i)); i++)
        set_default(&s, row);
    TRY(q_settings(c->db, c->arena, &rows));
    for (size_t i = 0; i < rows.n; i++) {
        row = setting_find(rows.p[i].name);
        struct str wrong = row ? set_one(&s, row, a, rows.p[i].value) : STR_NONE;
        if (wrong.n) return fail_detail(&c->fault, ST_BROKEN, "setting %s %.*s", row->name, STR_ARG(wrong));
    }
    *ret = s;
    return ST_OK;
}

struct str setting_wrong(struct arena *a, const struct setting *row, struct str value)
{
    struct settings scratch;
    return set_one(&scratch, row, a, value);
}

struct str setting_value(struct arena *a, const struct settings *s, const struct setting *row)
{
    const void *at = (const char *)s + row->at;
    switch (row->kind) {
    case SETTING_TEXT:
        return arena_str(a, *(const struct str *)at);
    case SETTING_NUMBER:
    case SETTING_SWITCH:
        return arena_fmt(a, "%ld", (long)*(const int64_t *)at);
    case SETTING_WORDS:
    case SETTING_CHOICE:
        return words_of(row, a, *(const unsigned *)at);
    case SETTING_CLOCK:
        return clock_of(a, *(const int64_t *)at);
    case SETTING_FIELDS:
        break;
    }
    return required_names(a, *(const unsigned *)at);
}
