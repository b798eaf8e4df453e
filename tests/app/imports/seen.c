#include "seen.h"

#include "../../domain/check.h"

#include <stdio.h>

static struct import_row row_kept(struct arena *a, const struct import_row *row)
{
    struct import_row kept = *row;
    kept.findings = (struct import_findings){0};
    for (size_t i = 0; i < IMPORT_FIELDS_MAX; i++)
        kept.value[i] = arena_str(a, row->value[i]);
    for (size_t i = 0; i < row->findings.n; i++) {
        struct import_finding *f = ARENA_PUSH(a, &kept.findings);
        *f = row->findings.p[i];
        f->text = arena_str(a, f->text);
    }
    struct str *cells = ARENA_ARRAY(a, row->sheet->columns, struct str);
    for (size_t i = 0; i < row->sheet->columns; i++)
        cells[i] = arena_str(a, row->cells[i]);
    kept.cells = cells;
    return kept;
}

static enum status keep(void *arg, struct arena *a, const struct import_row *row)
{
    struct seen *s = arg;
    (void)a;
    assert_true(s->n < ROWS_MOST);
    s->row[s->n++] = row_kept(s->arena, row);
    return ST_OK;
}

struct seen *read_rows(struct arena *a, enum import_kind kind, struct bytes file)
{
    struct seen *s = ARENA_NEW(a, struct seen);
    struct fault f = {0};
    *s = (struct seen){.arena = a, .kind = kind};
    enum status status = import_read(a, &f, kind, file, TODAY, keep, s, &s->sum);
    if (status != ST_OK) fail_row("%s: %s", status_name(status), f.text);
    return s;
}

struct str seen_value(const struct seen *s, size_t row, const char *field)
{
    return import_value(s->kind, &s->row[row], field);
}

struct str seen_found(const struct seen *s, size_t row, const char *field)
{
    struct str all = STR("");
    for (size_t i = 0; i < s->row[row].findings.n; i++) {
        const struct import_finding *f = &s->row[row].findings.p[i];
        if (strcmp(f->field, field) == 0)
            all = arena_fmt(s->arena, "%.*s%s%s", STR_ARG(all), all.n ? " " : "", f->code);
    }
    return all;
}

struct bytes file_bytes(struct arena *a, const char *path)
{
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    fseek(file, 0, SEEK_END);
    size_t n = (size_t)ftell(file);
    uint8_t *p = arena_alloc(a, n + 1);
    rewind(file);
    assert_int_equal(fread(p, 1, n, file), n);
    fclose(file);
    return (struct bytes){p, n};
}
