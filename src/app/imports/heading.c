#include "app/imports/heading.h"

#include "base/text.h"
#include "base/utf8.h"
#include "domain/fold.h"

#include <string.h>

#define UNREAD_MOST 600 /* bytes of a list of headings */

static const struct {
    const char *fields[2];
    const char *words;
} NEEDED[IMPORT_KIND_COUNT] = {
    [IMPORT_COMPANY] = {{"name", "name"}, "“单位名称”"},
    [IMPORT_MEMBER] = {{"name", "id_number"}, "“姓名”和“身份证号”"},
    [IMPORT_PERIOD] = {{"id_number", "id_number"}, "“身份证号”"},
};

const char *heading_needed(enum import_kind kind)
{
    return NEEDED[kind].words;
}

/* Of two columns for one field that counts which is headed with its own word, else the first. */
static bool goes_before(struct arena *a, const struct import_field *f, struct str cell)
{
    return str_eq(search_fold(a, cell), search_fold(a, str_from(f->word)));
}

static void take_column(struct arena *a, struct heading *h, size_t column, struct str cell)
{
    int field = import_heading(a, h->kind, cell);
    h->text[column] = arena_str(a, cell);
    if (field < 0) return;
    const struct import_field *f = &import_fields(h->kind).p[field];
    if (f->form != IMPORT_NOTHING && h->column[field] >= 0) {
        if (!goes_before(a, f, cell)) return;
        h->field[h->column[field]] = -1;
    }
    h->column[field] = (int)column;
    h->field[column] = field;
}

size_t heading_known(const struct heading *h)
{
    size_t n = 0;
    for (size_t i = 0; i < h->columns; i++)
        n += h->field[i] >= 0;
    return n;
}

bool heading_is_whole(const struct heading *h)
{
    for (size_t i = 0; i < 2; i++)
        if (h->column[import_field_at(h->kind, NEEDED[h->kind].fields[i])] < 0) return false;
    return true;
}

bool heading_take(struct arena *a, enum import_kind kind, const struct table_row *row, struct heading *ret)
{
    struct heading h = {.kind = kind};
    for (size_t i = 0; i < IMPORT_FIELDS_MAX; i++)
        h.column[i] = -1;
    for (size_t i = 0; i < LIMIT_SHEET_COLUMNS; i++) {
        h.field[i] = -1;
        h.text[i] = STR("");
    }
    for (size_t i = 0; i < row->n; i++)
        if (row->cells[i].kind == CELL_TEXT) take_column(a, &h, i, row->cells[i].text);
    h.columns = row->n;
    *ret = h;
    return heading_is_whole(ret);
}

static bool is_empty(const struct table_row *row, int column)
{
    return column < 0 || (size_t)column >= row->n || row->cells[column].kind == CELL_NONE;
}

/* Nothing but headings, and none below the columns that say who. */
static bool is_more(struct arena *a, const struct heading *h, const struct table_row *row)
{
    bool any = false;
    for (size_t i = 0; i < 2; i++)
        if (!is_empty(row, h->column[import_field_at(h->kind, NEEDED[h->kind].fields[i])])) return false;
    for (size_t i = 0; i < row->n; i++) {
        if (row->cells[i].kind == CELL_NONE) continue;
        if (row->cells[i].kind != CELL_TEXT || import_heading(a, h->kind, row->cells[i].text) < 0)
            return false;
        any = true;
    }
    return any;
}

bool heading_take_more(struct arena *a, struct heading *h, const struct table_row *row)
{
    if (!is_more(a, h, row)) return false;
    for (size_t i = 0; i < row->n; i++) {
        if (row->cells[i].kind == CELL_NONE) continue;
        if (h->field[i] >= 0) h->column[h->field[i]] = -1;
        h->field[i] = -1;
        take_column(a, h, i, row->cells[i].text);
    }
    if (row->n > h->columns) h->columns = row->n;
    return true;
}

bool heading_again(struct arena *a, const struct heading *h, const struct table_row *row)
{
    for (size_t i = 0; i < 2; i++) {
        int field = import_field_at(h->kind, NEEDED[h->kind].fields[i]);
        if (is_empty(row, h->column[field]) ||
            import_heading(a, h->kind, row->cells[h->column[field]].text) != field)
            return false;
    }
    return true;
}

struct str heading_unread(struct arena *a, const struct heading *h)
{
    struct str all = STR("");
    for (size_t i = 0; i < h->columns; i++) {
        struct str text = text_clean(a, h->text[i]);
        if (h->field[i] >= 0 || !text.n || all.n + text.n > UNREAD_MOST) continue;
        all = arena_fmt(a, "%.*s%s%.*s", STR_ARG(all), all.n ? "、" : "", STR_ARG(utf8_clip(text, 60)));
    }
    return all;
}
