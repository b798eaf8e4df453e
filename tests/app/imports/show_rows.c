/* show_rows KIND FILE: what is read of a sheet, a line a row: number, values and findings, with tabs between;
 * for old_sheet.py. The day is 2026-11-23. */
#include "seen.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#undef fail

#include <stdio.h>

static enum status show(void *arg, struct arena *a, const struct import_row *row)
{
    enum import_kind kind = *(enum import_kind *)arg;
    struct import_fields fields = import_fields(kind);
    (void)a;
    printf("%u", row->row);
    for (size_t i = 0; i < fields.n; i++)
        if (row->value[i].n) printf("\t%s=%.*s", fields.p[i].name, STR_ARG(row->value[i]));
    for (size_t i = 0; i < row->findings.n; i++)
        if (row->findings.p[i].weight != IMPORT_MISSING)
            printf("\t!%s:%s", row->findings.p[i].field, row->findings.p[i].code);
    putchar('\n');
    return ST_OK;
}

int main(int argc, char **argv)
{
    struct arena *a = arena_new();
    struct fault f = {0};
    struct import_summary sum;
    enum import_kind kind;
    if (argc != 3 || !import_kind_parse(str_from(argv[1]), &kind)) return 2;
    enum status s = import_read(a, &f, kind, file_bytes(a, argv[2]), DAY(2026, 11, 23), show, &kind, &sum);
    if (s == ST_OK)
        printf("sheet %.*s, heading %u, others %.*s, unread %.*s\n", STR_ARG(sum.sheet.name),
               sum.sheet.heading_row, STR_ARG(sum.others), STR_ARG(sum.unread));
    else
        printf("%s\n", f.text);
    arena_free(a);
    return s == ST_OK ? 0 : 1;
}
