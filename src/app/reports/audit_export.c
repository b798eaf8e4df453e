#include "app/reports/audit_export.h"

#include "app/core/temporary.h"
#include "app/core/trail.h"
#include "app/core/vault.h"
#include "app/reports/audit_list.h"
#include "app/reports/audit_walk.h"
#include "base/limits.h"
#include "media/csv.h"

#include <stdio.h>
#include <unistd.h>

static const struct str TITLES[] = {
    STR_INIT("编号"),   STR_INIT("时间"),     STR_INIT("账号"), STR_INIT("姓名"),
    STR_INIT("身份"),   STR_INIT("事件"),     STR_INIT("代码"), STR_INIT("结果"),
    STR_INIT("人员"),   STR_INIT("人员编号"), STR_INIT("企业"), STR_INIT("企业编号"),
    STR_INIT("批次号"), STR_INIT("地址"),     STR_INIT("说明"), STR_INIT("修改的栏目"),
};
#define N_COLUMNS (sizeof TITLES / sizeof *TITLES)
#define BROKEN    STR("（与写入时不符，打不开）")

struct audit_file {
    struct ctx *c;
    const struct audit_filter *f;
    FILE *csv;
    struct buf line;
    int64_t rows;
};

/* A full disk shows in the stream at the end. */
static enum status write_line(struct audit_file *e, struct fault *f, const struct str cells[N_COLUMNS])
{
    csv_row(&e->line, cells, N_COLUMNS);
    if (e->line.full) return fail_detail(f, ST_BROKEN, "a row is too long for csv");
    fwrite(e->line.p, 1, e->line.n, e->csv);
    e->line.n = 0;
    return ST_OK;
}

static struct str number_or_none(struct ctx *c, int64_t id)
{
    return id ? arena_fmt(c->arena, "%ld", (long)id) : STR("");
}

static enum status write_item(struct audit_file *e, struct ctx *piece, const struct audit_line *row)
{
    struct audit_item m;
    TRY(audit_item_of(piece, row, &m));
    const struct str cells[N_COLUMNS] = {
        number_or_none(piece, row->number),
        instant_str(piece->arena, row->at),
        m.login,
        m.who,
        m.side,
        m.title,
        row->event,
        m.outcome,
        m.member,
        number_or_none(piece, row->member_id.v),
        m.company,
        number_or_none(piece, row->company_id.v),
        m.batch,
        m.address_broken ? BROKEN : m.address,
        m.detail_broken ? BROKEN : m.note,
        m.changed,
    };
    e->rows++;
    return write_line(e, &piece->fault, cells);
}

static enum status write_piece(struct audit_file *e, struct ctx *piece, struct audit_spot *at, bool *ret_over)
{
    struct audit_found rows;
    TRY(app_read(piece));
    TRY(audit_step(piece, e->f, *at, false, &rows, ret_over));
    for (size_t i = 0; i < rows.n; i++) {
        bool fits;
        TRY(audit_fits(piece, e->f, &rows.p[i], &fits));
        if (fits) TRY(write_item(e, piece, &rows.p[i]));
        *at = (struct audit_spot){rows.p[i].at, rows.p[i].number};
    }
    return ST_OK;
}

/* Piece by piece, each with its own memory and snapshot: what is written meanwhile stands above where it
 * began. */
static enum status write_rows(struct audit_file *e)
{
    struct audit_spot at = audit_newest();
    struct ctx piece = *e->c;
    enum status s = ST_OK;
    bool over = false;
    piece.arena = arena_child(e->c->arena);
    while (s == ST_OK && !over) {
        s = write_piece(e, &piece, &at, &over);
        app_read_end(&piece);
        arena_reset(piece.arena);
    }
    if (s) e->c->fault = piece.fault;
    return s;
}

static enum status write_file(struct audit_file *e, const char *path)
{
    int fd;
    struct fault *fault = &e->c->fault;
    TRY(file_create(fault, path, &fd));
    e->csv = fdopen(fd, "wb");
    if (!e->csv) {
        close(fd);
        return fail_detail(fault, ST_UNAVAILABLE, "fdopen");
    }
    buf_init(&e->line, 1024, LIMIT_BODY_FORM);
    csv_begin(&e->line);
    enum status s = write_line(e, fault, TITLES);
    if (s == ST_OK) s = write_rows(e);
    bool written = fflush(e->csv) == 0 && !ferror(e->csv);
    written = fclose(e->csv) == 0 && written;
    buf_free(&e->line);
    if (s == ST_OK && !written) return fail(fault, ST_UNAVAILABLE, "服务器磁盘可能已满，请稍后再试");
    return s;
}

static enum status note_end(struct audit_file *e, enum status s, struct bytes file)
{
    struct ctx *c = e->c;
    if (s == ST_OK) {
        struct str hash = arena_hex(c->arena, sha256_of(c->arena, file));
        return audit_add_alone(c, &(struct audit_note){.event = "export.end",
                                                       .note = arena_fmt(c->arena, "%ld 条，SHA-256 %s",
                                                                         (long)e->rows, hash.p)});
    }
    struct fault first = c->fault;
    app_end(c);
    if (audit_add_alone(c, &(struct audit_note){.event = "export.end",
                                                .result = "cut",
                                                .note = arena_fmt(c->arena, "%ld 条后中断", (long)e->rows)}))
        app_end(c);
    c->fault = first;
    return s;
}

enum status app_audit_export(struct ctx *c, const struct audit_asked *asked, struct export_file *ret)
{
    struct audit_filter f;
    struct temporary *t;
    struct bytes file = {0};
    TRY(need_role(c, ROLE_AUDITOR));
    TRY(audit_filter_read(c, asked, &f));
    TRY(temporary_make(c, "audit", &t));
    struct audit_file e = {.c = c, .f = &f};
    TRY(audit_add_alone(
        c, &(struct audit_note){.event = "export.begin", .company = f.company, .note = f.words}));
    enum status s = write_file(&e, t->path.p);
    if (s == ST_OK) s = file_map(c->arena, &c->fault, t->path.p, &file);
    TRY(note_end(&e, s, file));
    temporary_remove(t);
    *ret = (struct export_file){
        file, arena_fmt(c->arena, "审计日志_%04d%02d%02d.csv", c->today.year, c->today.month, c->today.day)};
    return ST_OK;
}
