#include "app/reports/companies_export.h"

#include "app/companies/companies.h"
#include "app/core/ledger.h"
#include "app/core/settings.h"
#include "app/core/temporary.h"
#include "app/core/trail.h"
#include "app/core/vault.h"
#include "gen/queries.h"
#include "media/sheet.h"

#include <stdio.h>

#define PIECE       100 /* companies read at a time */
#define CURSOR_MOST 200 /* bytes of a cursor: the piece's memory ends before the next begins */

static const struct sheet_column COLUMNS[] = {
    {STR_INIT("序号"), 6, SHEET_INT},
    {STR_INIT("单位名称"), 32, SHEET_TEXT},
    {STR_INIT("统一社会信用代码"), 21, SHEET_TEXT},
    {STR_INIT("联系人"), 12, SHEET_TEXT},
    {STR_INIT("电话"), 16, SHEET_TEXT},
    {STR_INIT("地址"), 36, SHEET_TEXT},
    {STR_INIT("正式会员"), 10, SHEET_INT},
    {STR_INIT("启用"), 8, SHEET_TEXT},
    {STR_INIT("会员级别"), 14, SHEET_TEXT},
    {STR_INIT("单位会员有效期至"), 17, SHEET_TEXT},
    {STR_INIT("开票抬头"), 32, SHEET_TEXT},
    {STR_INIT("税号"), 21, SHEET_TEXT},
};
#define N_COLUMNS (sizeof COLUMNS / sizeof *COLUMNS)
#define N_PRINTED 8

struct companies_export {
    struct ctx *c;
    struct str q;
    struct sheet *sheet;
    int64_t rows;
};

static enum status open_sheet(struct companies_export *e, const char *path)
{
    struct ctx *c = e->c;
    struct str info[] = {
        arena_fmt(c->arena, "范围：%s%.*s", e->q.n ? "搜索" : "全部", STR_ARG(e->q)),
        arena_fmt(c->arena, "导出时间：%.*s", STR_ARG(instant_str(c->arena, c->now_ms))),
    };
    struct sheet_head head = {
        .name = STR("企业名单"),
        .title = arena_fmt(c->arena, "%.*s企业名单", STR_ARG(c->settings->association)),
        .info = info,
        .info_count = 2,
        .columns = COLUMNS,
        .column_count = N_COLUMNS,
        .printed = N_PRINTED,
    };
    return sheet_begin(c->arena, &c->fault, path, &head, &e->sheet);
}

static enum status write_row(struct companies_export *e, struct ctx *piece, const struct company_item *item)
{
    struct company_full row;
    enum status s = q_company_by_id_unscoped(piece->db, piece->arena, item->row.id, &row);
    if (s) return s == ST_NOT_FOUND ? ST_OK : s;
    struct str cells[N_COLUMNS] = {
        arena_fmt(piece->arena, "%ld", (long)++e->rows),
        row.name,
        str_or_empty(row.credit_code),
        row.contact,
        row.phone,
        row.address,
        arena_fmt(piece->arena, "%ld", (long)item->members),
        row.enabled ? STR("启用") : STR("停用"),
        row.unit_level,
        day_str(piece->arena, row.unit_valid_to),
        row.title,
        row.tax_no,
    };
    return sheet_row(e->sheet, &piece->fault, cells);
}

/* Behind the cursor, which moves on; empty: there is nothing more. */
static enum status write_piece(struct companies_export *e, struct ctx *piece, char at[CURSOR_MOST])
{
    struct company_page page;
    struct page_want want = {.size = PIECE, .after = str_from(at)};
    TRY(app_companies_list(piece, e->q, &want, &page));
    for (size_t i = 0; i < page.items.n; i++)
        TRY(write_row(e, piece, &page.items.p[i]));
    if (page.next.n >= CURSOR_MOST) return fail_detail(&piece->fault, ST_BROKEN, "a long cursor");
    snprintf(at, CURSOR_MOST, "%.*s", STR_ARG(page.next));
    return ST_OK;
}

static enum status write_rows(struct companies_export *e)
{
    char at[CURSOR_MOST] = "";
    struct ctx piece = *e->c;
    enum status s;
    app_read_end(e->c);
    piece.arena = arena_child(e->c->arena);
    do {
        s = write_piece(e, &piece, at);
        app_read_end(&piece);
        arena_reset(piece.arena);
    } while (s == ST_OK && at[0]);
    if (s) e->c->fault = piece.fault;
    return s;
}

/* What could not be noted is not handed out; of a cut one the first fault is told. */
static enum status note_end(struct companies_export *e, enum status s, struct bytes file)
{
    struct ctx *c = e->c;
    struct fault first = c->fault;
    struct audit_note note = {.event = "export.end"};
    if (s == ST_OK) {
        struct str hash = arena_hex(c->arena, sha256_of(c->arena, file));
        note.note = arena_fmt(c->arena, "企业 %ld 家，SHA-256 %s", (long)e->rows, hash.p);
        return audit_add_alone(c, &note);
    }
    app_end(c);
    note.result = "cut";
    note.note = arena_fmt(c->arena, "企业 %ld 家后中断", (long)e->rows);
    if (audit_add_alone(c, &note)) app_end(c);
    c->fault = first;
    return s;
}

enum status app_companies_export_bytes(struct ctx *c, struct str q, struct export_file *ret)
{
    struct temporary *t;
    struct bytes file = {0};
    struct day d = c->today;
    struct companies_export e = {.c = c, .q = str_or_empty(str_trim(q))};
    TRY(need_role(c, ROLE_MEMBERSHIP)); /* others see the list, but export none */
    TRY(app_read(c));
    TRY(temporary_make(c, "export", &t));
    struct str words = arena_fmt(c->arena, "企业名单%s%.*s", e.q.n ? "，搜索" : "", STR_ARG(e.q));
    TRY(audit_add_alone(c, &(struct audit_note){.event = "export.begin", .note = words}));
    enum status s = open_sheet(&e, t->path.p);
    if (s == ST_OK) s = write_rows(&e);
    if (s == ST_OK) s = sheet_end(e.sheet, &c->fault, STR("家"));
    if (s == ST_OK) s = file_map(c->arena, &c->fault, t->path.p, &file);
    s = note_end(&e, s, file);
    temporary_remove(t);
    if (s) return s;
    *ret =
        (struct export_file){file, arena_fmt(c->arena, "企业名单_%04d%02d%02d.xlsx", d.year, d.month, d.day)};
    return ST_OK;
}
