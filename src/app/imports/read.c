#include "app/imports/read.h"

#include "app/imports/heading.h"
#include "app/imports/repeated.h"
#include "app/imports/value.h"
#include "base/unicode.h"
#include "base/utf8.h"
#include "domain/fold.h"

#include <string.h>

#define OTHERS_MOST 600 /* bytes of a list of sheets */

struct import_reading {
    struct arena *arena, *piece; /* piece: of a row */
    struct fault *fault;
    enum import_kind kind;
    struct day today;
    import_row_fn each;
    void *arg;
    struct heading heading;
    struct import_sheet sheet;
    struct import_summary sum;
    struct repeated *repeated;
    int above;        /* rows before the heading */
    bool found, more; /* the heading; whether its second line may follow */
    struct str *cells;
};

static void note_heading(struct import_reading *r)
{
    r->sheet.headings = r->heading.text;
    r->sheet.columns = r->heading.columns;
}

/* By itself, or below a line that names the other half: 证件 over 身份证号. */
static bool take_heading(struct import_reading *r, const struct table_row *row)
{
    struct heading alone, joined = r->heading;
    bool whole = heading_take(r->arena, r->kind, row, &alone);
    bool below =
        !whole && r->above > 0 && heading_take_more(r->arena, &joined, row) && heading_is_whole(&joined);
    r->heading = below ? joined : alone;
    r->sheet.heading_row = row->number;
    r->more = whole;
    return whole || below;
}

/* A title of one word may be a heading's, too: 会员单位. */
static bool take_better(struct import_reading *r, const struct table_row *row)
{
    struct heading next;
    if (!heading_take(r->arena, r->kind, row, &next) || heading_known(&next) <= heading_known(&r->heading))
        return false;
    r->heading = next;
    r->sheet.heading_row = row->number;
    return true;
}

/* Whether the row belongs to the heading, or stands above it. */
static enum status look_for_heading(struct import_reading *r, const struct table_row *row, bool *ret_taken)
{
    *ret_taken = true;
    if (!r->found) {
        r->found = take_heading(r, row);
        note_heading(r);
        return r->found || ++r->above < LIMIT_IMPORT_TITLES ? ST_OK : ST_NOT_FOUND;
    }
    bool more = r->more && (take_better(r, row) || heading_take_more(r->arena, &r->heading, row));
    r->more = false;
    note_heading(r);
    *ret_taken = more || heading_again(r->piece, &r->heading, row);
    return ST_OK;
}

static const struct table_cell *cell_of(const struct import_reading *r, const struct table_row *row,
                                        int field)
{
    int column = field < 0 ? -1 : r->heading.column[field];
    if (column < 0 || (size_t)column >= row->n || row->cells[column].kind == CELL_NONE) return NULL;
    return &row->cells[column];
}

static struct str first_text(struct import_reading *r, const struct table_row *row)
{
    size_t i = 0;
    while (i < row->n && row->cells[i].kind == CELL_NONE)
        i++;
    return i < row->n ? value_plain(r->piece, &row->cells[i]) : STR("");
}

static bool begins_with_one(struct arena *a, struct str text, const struct str *words, size_t n)
{
    struct str folded = search_fold(a, utf8_clip(text, IMPORT_HEADING_BYTES));
    for (size_t i = 0; i < n; i++)
        if (str_starts(folded, words[i])) return true;
    return false;
}

/* 合计：35人: a word of totals, and behind it nothing but figures and what is counted. */
static bool is_total(struct arena *a, struct str text)
{
    static const struct str WORDS[] = {STR_INIT("合计"),     STR_INIT("总计"),    STR_INIT("小计"),
                                       STR_INIT("共计"),     STR_INIT("总人数"),  STR_INIT("人数合计"),
                                       STR_INIT("本页合计"), STR_INIT("本页小计")};
    static const char COUNTED[] = "人家个名位行条项户份张页次年元整万数会员企业单位共有为";
    struct str folded = search_fold(a, utf8_clip(text, IMPORT_HEADING_BYTES)), rest = STR_NONE;
    for (size_t i = 0; i < sizeof WORDS / sizeof *WORDS && !rest.p; i++)
        if (str_starts(folded, WORDS[i])) rest = str_sub(folded, WORDS[i].n, folded.n);
    if (!rest.p) return false;
    struct runes r = runes_of(a, rest), counted = runes_of(a, str_from(COUNTED));
    for (size_t i = 0; i < r.n; i++) {
        bool known = !(unicode_classes(r.p[i]) & UNICODE_HAN);
        for (size_t k = 0; k < counted.n && !known; k++)
            known = r.p[i] == counted.p[k];
        if (!known) return false;
    }
    return true;
}

/* 填表人：…; behind the first column only with its colon. */
static bool is_remark(struct arena *a, struct str text, bool first)
{
    static const struct str WORDS[] = {STR_INIT("填表"),   STR_INIT("制表"),       STR_INIT("填报"),
                                       STR_INIT("审核人"), STR_INIT("复核人"),     STR_INIT("经办人"),
                                       STR_INIT("负责人"), STR_INIT("单位负责人"), STR_INIT("单位盖章"),
                                       STR_INIT("盖章"),   STR_INIT("注1"),        STR_INIT("备注"),
                                       STR_INIT("说明"),   STR_INIT("导出时间"),   STR_INIT("打印时间")};
    bool colon = strstr(arena_cstr(a, text), "：") || strchr(arena_cstr(a, text), ':');
    return (first || colon) && begins_with_one(a, text, WORDS, sizeof WORDS / sizeof *WORDS);
}

/* Whether its ID number is one, right or wrong: then it is somebody, whatever they are called. */
static bool has_number(struct import_reading *r, const struct table_row *row)
{
    const struct table_cell *cell = cell_of(r, row, import_field_at(r->kind, "id_number"));
    size_t digits = 0;
    for (size_t i = 0; cell && i < cell->text.n; i++)
        digits += cell->text.p[i] >= '0' && cell->text.p[i] <= '9';
    return digits > 8;
}

/* Lines below and between that are about nobody: 合计 12 人, 填表人：…, and the template's example. */
static bool is_about_nobody(struct import_reading *r, const struct table_row *row)
{
    static const struct str EXAMPLE[] = {STR_INIT("示例")};
    struct str text = first_text(r, row);
    bool first = true;
    if (begins_with_one(r->piece, text, EXAMPLE, 1)) return true;
    if (has_number(r, row)) return false;
    if (str_starts(text, STR("注：")) || str_starts(text, STR("注:"))) return true;
    for (size_t i = 0; i < row->n; i++) {
        if (row->cells[i].kind != CELL_TEXT) continue;
        struct str plain = value_plain(r->piece, &row->cells[i]);
        if (is_total(r->piece, plain) || is_remark(r->piece, plain, first)) return true;
        first = false;
    }
    return false;
}

static bool is_empty(const struct import_reading *r, const struct table_row *row)
{
    struct import_fields fields = import_fields(r->kind);
    for (size_t i = 0; i < fields.n; i++) {
        const struct table_cell *cell = cell_of(r, row, (int)i);
        if (cell && fields.p[i].form != IMPORT_NOTHING && value_plain(r->piece, cell).n) return false;
    }
    return true;
}

/* What makes two rows one: "" for nothing. */
static struct str key_of(struct import_reading *r, const struct import_row *row)
{
    struct arena *a = r->piece;
    struct str id = import_value(r->kind, row, "id_number"),
               start = import_value(r->kind, row, "period_start");
    switch (r->kind) {
    case IMPORT_COMPANY:
        return name_fold(a, import_value(r->kind, row, "name"));
    case IMPORT_MEMBER:
        return id;
    case IMPORT_PERIOD:
        return id.n ? arena_fmt(a, "%.*s %.*s", STR_ARG(id), STR_ARG(start)) : id;
    }
    return STR("");
}

static void look_for_repeated(struct import_reading *r, struct value_reading *values)
{
    static const char *const WHAT[IMPORT_KIND_COUNT] = {
        [IMPORT_COMPANY] = "单位名称", [IMPORT_MEMBER] = "身份证号", [IMPORT_PERIOD] = "身份证号和会员期"};
    const char *field = r->kind == IMPORT_COMPANY ? "name" : "id_number";
    struct str key = key_of(r, values->row);
    uint32_t before = key.n ? repeated_before(r->repeated, key, values->row->row) : 0;
    if (before)
        value_finding(values, field, "repeated", IMPORT_REFUSED, "与第 %u 行重复（%s相同），请只留一行",
                      (unsigned)before, WHAT[r->kind]);
}

static void count(struct import_summary *sum, const struct import_row *row)
{
    sum->rows++;
    sum->refused += row->refused;
    sum->open += row->open;
    sum->incomplete += row->incomplete;
    sum->hidden += row->hidden;
}

static enum status read_row(struct import_reading *r, const struct table_row *row)
{
    struct import_row out = {
        .sheet = &r->sheet, .row = row->number, .hidden = row->hidden, .cells = r->cells};
    struct value_reading values = {r->piece, r->kind, r->today, &out};
    struct import_fields fields = import_fields(r->kind);
    if (r->sum.rows == LIMIT_IMPORT_ROWS)
        return fail(r->fault, ST_BAD_INPUT, "一次最多导入 %d 行，请分成几个文件", LIMIT_IMPORT_ROWS);
    for (size_t i = 0; i < IMPORT_FIELDS_MAX; i++)
        out.value[i] = STR("");
    for (size_t i = 0; i < LIMIT_SHEET_COLUMNS; i++)
        r->cells[i] = i < row->n ? row->cells[i].text : STR("");
    for (size_t i = 0; i < fields.n; i++)
        value_read(&values, i, cell_of(r, row, (int)i));
    value_compare(&values);
    look_for_repeated(r, &values);
    count(&r->sum, &out);
    return r->each(r->arg, r->piece, &out);
}

static enum status on_row(void *arg, const struct table_row *row)
{
    struct import_reading *r = arg;
    bool taken;
    arena_reset(r->piece);
    TRY(look_for_heading(r, row, &taken));
    if (taken || is_about_nobody(r, row) || is_empty(r, row)) return ST_OK;
    return read_row(r, row);
}

/* Beside `taken`; hidden ones are not worth a word. */
static struct str other_sheets(struct arena *a, const struct table *t, size_t taken)
{
    struct str all = STR("");
    for (size_t i = 0; i < table_sheets(t); i++) {
        struct str name = table_sheet_name(t, i);
        if (i == taken || table_sheet_hidden(t, i) || all.n + name.n > OTHERS_MOST) continue;
        all = arena_fmt(a, "%.*s%s%.*s", STR_ARG(all), all.n ? "、" : "", STR_ARG(name));
    }
    return all;
}

/* The first that has a heading. */
static enum status read_sheets(struct import_reading *r, struct table *t)
{
    for (size_t i = 0; i < table_sheets(t) && !r->found; i++) {
        if (table_sheet_hidden(t, i)) continue;
        r->sheet.name = table_sheet_name(t, i);
        r->above = 0;
        enum status s = table_read(t, r->fault, i, on_row, r);
        if (s != ST_OK && (s != ST_NOT_FOUND || r->found)) return s;
        r->sum.others = other_sheets(r->arena, t, i);
    }
    if (!r->found)
        return fail(r->fault, ST_BAD_INPUT, "没有找到表头：表中要有一行写着%s，请对照模板检查",
                    heading_needed(r->kind));
    if (r->sum.rows == 0) return fail(r->fault, ST_BAD_INPUT, "表头下面没有数据，请检查是不是选错了文件");
    return ST_OK;
}

enum status import_read(struct arena *a, struct fault *f, enum import_kind kind, struct bytes file,
                        struct day today, import_row_fn each, void *arg, struct import_summary *ret)
{
    struct table *t;
    struct import_reading *r = ARENA_NEW(a, struct import_reading);
    *r = (struct import_reading){
        .arena = a, .fault = f, .kind = kind, .today = today, .each = each, .arg = arg};
    TRY(table_open(a, f, file, &t));
    r->piece = arena_child(a);
    r->repeated = repeated_new(a);
    r->cells = ARENA_ARRAY(a, LIMIT_SHEET_COLUMNS, struct str);
    TRY(read_sheets(r, t));
    r->sum.sheet = r->sheet;
    r->sum.unread = heading_unread(a, &r->heading);
    *ret = r->sum;
    return ST_OK;
}
