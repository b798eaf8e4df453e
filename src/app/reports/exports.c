#include "app/reports/exports.h"

#include "app/core/ledger.h"
#include "app/core/settings.h"
#include "app/core/temporary.h"
#include "app/core/vault.h"
#include "app/members/cells.h"
#include "app/members/plan.h"
#include "base/limits.h"
#include "domain/batch.h"
#include "domain/person_field.h"
#include "gen/queries.h"
#include "media/csv.h"
#include "media/sheet.h"

#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

struct column {
    struct sheet_column shown;
    size_t cell; /* in struct member_cells */
};
#define COLUMN(title, width, type, field)                                                                    \
    {                                                                                                        \
        {STR_INIT(title), width, type}, offsetof(struct member_cells, field)                                 \
    }

/* The columns of the print, which the sheet prints, too. */
static const struct column PRINTED[] = {
    COLUMN("序号", 6, SHEET_INT, ordinal),
    COLUMN("姓名", 12, SHEET_TEXT, fields.name),
    COLUMN("性别", 6, SHEET_TEXT, sex),
    COLUMN("身份证号", 21, SHEET_TEXT, id_number),
    COLUMN("学历", 8, SHEET_TEXT, fields.education),
    COLUMN("专业", 16, SHEET_TEXT, fields.major),
    COLUMN("职称", 22, SHEET_TEXT, fields.title_level),
    COLUMN("岗位", 10, SHEET_TEXT, fields.post),
    COLUMN("手机", 14, SHEET_TEXT, fields.mobile),
    COLUMN("会员编号/有效期", 18, SHEET_TEXT, number_and_end),
    COLUMN("备注", 20, SHEET_TEXT, remark),
};
#define N_PRINTED (sizeof PRINTED / sizeof *PRINTED)
/* Then the rest of the form, a column a field (domain/person_field.h), and between and behind them: */
static const struct column BORN = COLUMN("出生日期", 12, SHEET_TEXT, born);
static const struct column YEARS = COLUMN("从事监理年限", 13, SHEET_INT, years);
static const struct column LAST[] = {
    COLUMN("会员编号", 18, SHEET_TEXT, number),
    COLUMN("状态", 22, SHEET_TEXT, state),
    COLUMN("到期日期", 12, SHEET_TEXT, period_end),
    COLUMN("单位", 32, SHEET_TEXT, fields.company),
};
#define COLUMNS_MOST 40

/* What the file says about itself. */
struct heading {
    struct str unit, state, numbers; /* numbers: of the batches that these people wait in, or none */
    struct str words;                /* the filter, as the trail and the sheet tell it */
};

struct export
{
    struct ctx *c;
    const struct member_filter *filter;
    enum export_kind kind;
    const char *path;
    struct heading heading;
    struct sheet_column columns[COLUMNS_MOST];
    size_t cells[COLUMNS_MOST], column_count;
    bool created;        /* there is a file at path, ours */
    struct sheet *sheet; /* EXPORT_XLSX */
    FILE *csv;           /* EXPORT_CSV */
    struct buf line;
    int64_t rows;
    struct bytes file; /* in the end: the whole of it */
};

static enum status unit_of(struct ctx *c, struct company_id company, struct str *ret)
{
    struct company_full row;
    if (!company.v) {
        *ret = c->settings->association;
        return ST_OK;
    }
    enum status s = q_company_by_id_unscoped(c->db, c->arena, company, &row);
    if (s == ST_NOT_FOUND) return not_found(c);
    if (s) return s;
    *ret = row.name;
    return ST_OK;
}

#define BATCHES_NAMED 20

static enum status batch_numbers(struct ctx *c, const struct member_filter *f, struct str *ret)
{
    struct batch_fulls batches;
    struct str numbers = STR_NONE;
    bool renewal = f->state == STATE_RECOMMENDED_RENEWAL;
    if (f->company.v && (renewal || f->state == STATE_RECOMMENDED_NEW)) {
        struct str kind = str_from(batch_kind_code(renewal ? BATCH_RENEWAL : BATCH_NEW));
        TRY(q_batches_undecided(c->db, c->arena, f->company, kind, BATCHES_NAMED, &batches));
        for (size_t i = 0; i < batches.n; i++)
            numbers = arena_fmt(c->arena, "%.*s%s%.*s", STR_ARG(numbers), i ? "、" : "",
                                STR_ARG(batches.p[i].number));
    }
    *ret = numbers;
    return ST_OK;
}

static struct str filter_words(struct ctx *c, const struct member_filter *f, const struct heading *h)
{
    struct str words = arena_fmt(c->arena, "%.*s，%.*s", STR_ARG(h->unit), STR_ARG(h->state));
    if (str_trim(f->q).n)
        words = arena_fmt(c->arena, "%.*s，搜索“%.*s”", STR_ARG(words), STR_ARG(str_trim(f->q)));
    if (day_is(f->expires_from))
        words = arena_fmt(c->arena, "%.*s，%s 起到期", STR_ARG(words), day_str(c->arena, f->expires_from).p);
    if (day_is(f->expires_to))
        words = arena_fmt(c->arena, "%.*s，%s 止到期", STR_ARG(words), day_str(c->arena, f->expires_to).p);
    return words;
}

static enum status heading_read(struct ctx *c, const struct member_filter *f, struct heading *ret)
{
    struct heading h = {.state = STR("全部")};
    if (f->state != STATE_NONE) h.state = str_from(member_state_label(f->state, SIDE_STAFF));
    TRY(unit_of(c, f->company, &h.unit));
    TRY(batch_numbers(c, f, &h.numbers));
    h.words = filter_words(c, f, &h);
    *ret = h;
    return ST_OK;
}

/* 单位_状态_20261123.xlsx, without what a file system or a header would stumble over. */
static struct str filename_of(const struct export *e)
{
    struct day d = e->c->today;
    struct str name =
        arena_fmt(e->c->arena, "%.*s_%.*s_%04d%02d%02d.%s", STR_ARG(e->heading.unit),
                  STR_ARG(e->heading.state), d.year, d.month, d.day, e->kind == EXPORT_XLSX ? "xlsx" : "csv");
    char *p = arena_cstr(e->c->arena, name);
    for (size_t i = 0; i < name.n; i++)
        if ((unsigned char)p[i] < ' ' || strchr("\\/:*?\"<>|;", p[i])) p[i] = '_';
    return (struct str){p, name.n};
}

static bool is_printed(size_t cell)
{
    for (size_t i = 0; i < N_PRINTED; i++)
        if (PRINTED[i].cell == cell) return true;
    return false;
}

static void add_column(struct export *e, const struct column *column)
{
    e->columns[e->column_count] = column->shown;
    e->cells[e->column_count++] = column->cell;
}

static void add_form(struct export *e)
{
    for (size_t i = 0; i < person_fields_n; i++) {
        const struct person_field *f = &person_fields[i];
        struct column column = {{str_from(person_field_brief(f)), f->column, SHEET_TEXT},
                                offsetof(struct member_cells, fields) + f->at};
        if (f->kind == PERSON_PHOTO || f->kind == PERSON_EMPLOYER || is_printed(column.cell)) continue;
        add_column(e, &column);
        if (f->kind == PERSON_MONTH) add_column(e, &YEARS);
    }
}

/* A list of one company's people does not repeat its name on every line. */
static void choose_columns(struct export *e)
{
    for (size_t i = 0; i < N_PRINTED; i++)
        add_column(e, &PRINTED[i]);
    add_column(e, &BORN);
    add_form(e);
    for (size_t i = 0; i < sizeof LAST / sizeof *LAST; i++)
        if (LAST[i].cell != offsetof(struct member_cells, fields.company) || !e->filter->company.v)
            add_column(e, &LAST[i]);
}

static enum status sheet_open(struct export *e)
{
    struct arena *a = e->c->arena;
    const struct heading *h = &e->heading;
    struct str info[4];
    size_t n = 0;
    info[n++] = arena_fmt(a, "填报单位：%.*s", STR_ARG(h->unit));
    if (h->numbers.n) info[n++] = arena_fmt(a, "批次号：%.*s", STR_ARG(h->numbers));
    info[n++] = arena_fmt(a, "范围：%.*s", STR_ARG(h->words));
    info[n++] = arena_fmt(a, "导出时间：%.*s", STR_ARG(instant_str(a, e->c->now_ms)));
    struct sheet_head head = {
        .name = STR("会员名单"),
        .title =
            arena_fmt(a, "%.*s个人会员名单（%.*s）", STR_ARG(e->c->settings->association), STR_ARG(h->state)),
        .info = info,
        .info_count = n,
        .columns = e->columns,
        .column_count = e->column_count,
        .printed = N_PRINTED,
    };
    return sheet_begin(a, &e->c->fault, e->path, &head, &e->sheet);
}

/* A full disk shows in the stream at the end. */
static enum status csv_line(struct export *e, struct fault *f, const struct str *cells)
{
    csv_row(&e->line, cells, e->column_count);
    if (e->line.full) return fail_detail(f, ST_BROKEN, "a row is too long for csv");
    fwrite(e->line.p, 1, e->line.n, e->csv);
    e->line.n = 0;
    return ST_OK;
}

static enum status csv_open(struct export *e, int fd)
{
    struct str titles[COLUMNS_MOST];
    e->csv = fdopen(fd, "wb");
    if (!e->csv) {
        close(fd);
        return fail_detail(&e->c->fault, ST_UNAVAILABLE, "fdopen");
    }
    buf_init(&e->line, 1024, LIMIT_BODY_FORM);
    for (size_t i = 0; i < e->column_count; i++)
        titles[i] = e->columns[i].title;
    csv_begin(&e->line);
    return csv_line(e, &e->c->fault, titles);
}

static enum status open_file(struct export *e)
{
    int fd;
    TRY(file_create(&e->c->fault, e->path, &fd));
    e->created = true;
    if (e->kind == EXPORT_CSV) return csv_open(e, fd);
    close(fd); /* the library opens it again by its name */
    return sheet_open(e);
}

static enum status write_row(struct export *e, struct ctx *piece, const struct member_line *line)
{
    struct member_cells m;
    struct str cells[COLUMNS_MOST];
    TRY(member_cells_of(piece, line, &m));
    m.ordinal = arena_fmt(piece->arena, "%ld", (long)e->rows + 1);
    for (size_t i = 0; i < e->column_count; i++)
        cells[i] = *(const struct str *)(const void *)((const char *)&m + e->cells[i]);
    TRY(e->kind == EXPORT_XLSX ? sheet_row(e->sheet, &piece->fault, cells)
                               : csv_line(e, &piece->fault, cells));
    e->rows++;
    return ST_OK;
}

static enum status write_piece(struct export *e, struct ctx *piece, const struct walk *w, struct spot *at,
                               bool *ret_over)
{
    struct walk_rows rows;
    TRY(app_read(piece));
    TRY(walk_step(piece, w, *at, false, WALK_CHUNK, &rows));
    for (size_t i = 0; i < rows.n; i++)
        TRY(write_row(e, piece, rows.p[i]));
    *at = rows.last;
    *ret_over = rows.over;
    return ST_OK;
}

/* Piece by piece, each with its own memory and snapshot: a reader that stays keeps the database from tidying
 * up. */
static enum status write_rows(struct export *e)
{
    struct walk w;
    bool over = false;
    TRY(app_read(e->c));
    TRY(walk_plan(e->c, e->filter, &w));
    app_read_end(e->c);
    struct spot at = walk_start(&w);
    struct ctx piece = *e->c;
    piece.arena = arena_child(e->c->arena);
    enum status s = ST_OK;
    while (s == ST_OK && !over) {
        s = write_piece(e, &piece, &w, &at, &over);
        app_read_end(&piece);
        arena_reset(piece.arena);
    }
    if (s) e->c->fault = piece.fault;
    return s;
}

static enum status close_file(struct export *e, enum status s)
{
    if (e->kind == EXPORT_XLSX) return s == ST_OK ? sheet_end(e->sheet, &e->c->fault, STR("人")) : s;
    if (!e->csv) return s;
    bool written = fflush(e->csv) == 0 && !ferror(e->csv);
    written = fclose(e->csv) == 0 && written;
    buf_free(&e->line);
    if (s == ST_OK && !written) return fail(&e->c->fault, ST_UNAVAILABLE, "服务器磁盘可能已满，请稍后再试");
    return s;
}

static enum status build(struct export *e)
{
    enum status s = open_file(e);
    if (s == ST_OK) s = write_rows(e);
    TRY(close_file(e, s));
    return file_map(e->c->arena, &e->c->fault, e->path, &e->file);
}

static enum status note(struct export *e, const char *event, const char *result, struct str text)
{
    struct ctx *c = e->c;
    TRY(app_begin(c));
    TRY(audit_add(c, &(struct audit_note){
                         .event = event, .result = result, .company = e->filter->company, .note = text}));
    return app_commit(c);
}

/* A complete export that could not be noted is not handed out; of a cut one the first fault is told. */
static enum status note_end(struct export *e, enum status s, struct bytes sha256)
{
    struct ctx *c = e->c;
    if (s == ST_OK) {
        struct str text =
            arena_fmt(c->arena, "%ld 人，SHA-256 %s", (long)e->rows, arena_hex(c->arena, sha256).p);
        return note(e, "export.end", NULL, text);
    }
    struct fault first = c->fault;
    app_end(c);
    if (note(e, "export.end", "cut", arena_fmt(c->arena, "%ld 人后中断", (long)e->rows)) != ST_OK) app_end(c);
    c->fault = first;
    return s;
}

static enum status run(struct export *e, struct export_result *ret)
{
    struct ctx *c = e->c;
    choose_columns(e);
    TRY(app_read(c));
    TRY(heading_read(c, e->filter, &e->heading));
    TRY(note(e, "export.begin", NULL, e->heading.words));
    enum status s = build(e);
    struct bytes sha256 = sha256_of(c->arena, e->file);
    s = note_end(e, s, sha256);
    if (s && e->created) unlink(e->path);
    if (s) return s;
    *ret = (struct export_result){e->rows, sha256, filename_of(e)};
    return ST_OK;
}

enum status app_members_export(struct ctx *c, const struct member_filter *f, const char *path,
                               enum export_kind kind, struct export_result *ret)
{
    struct export e = {.c = c, .filter = f, .kind = kind, .path = path};
    if (c->actor.account.v) return fail(&c->fault, ST_FORBIDDEN, "您没有权限进行这项操作");
    return run(&e, ret);
}

enum status app_members_export_bytes(struct ctx *c, const struct member_filter *asked, enum export_kind kind,
                                     struct export_file *ret)
{
    struct member_filter f;
    struct temporary *t;
    struct export_result made;
    if (c->actor.side == SIDE_STAFF)
        TRY(need_role(c, ROLE_MEMBERSHIP)); /* 查看 sees lists, but exports none */
    TRY(need_more_than_view(c));
    TRY(member_filter_allow(c, asked, &f));
    TRY(app_read(c));
    TRY(temporary_make(c, "export", &t));
    struct export e = {.c = c, .filter = &f, .kind = kind, .path = t->path.p};
    TRY(run(&e, &made));
    temporary_remove(t);
    *ret = (struct export_file){e.file, made.filename};
    return ST_OK;
}
