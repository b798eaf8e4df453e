#include "media/row_build.h"

void row_build_init(struct arena *a, struct row_build *b)
{
    buf_tie(a, &b->text);
    buf_init(&b->text, 4096, LIMIT_SHEET_ROW);
}

void row_build_start(struct row_build *b, uint32_t number, bool hidden)
{
    b->row = (struct table_row){.number = number, .hidden = hidden, .cells = b->cells};
    b->text.n = 0;
    b->text.full = false;
}

enum status row_build_cell(struct row_build *b, struct fault *f, uint32_t column, struct table_cell **ret)
{
    if (column > LIMIT_SHEET_COLUMNS)
        return fail(f, ST_BAD_INPUT, "表格太宽：第 %u 行有 %u 列，最多 %d 列，请删除多余的列后再上传",
                    (unsigned)b->row.number, (unsigned)column, LIMIT_SHEET_COLUMNS);
    while (b->row.n < column) {
        b->from[b->row.n] = b->text.n;
        b->cells[b->row.n++] = (struct table_cell){.decimals = -1};
    }
    *ret = &b->cells[column - 1];
    return ST_OK;
}

enum status row_build_end(struct row_build *b, struct fault *f, table_row_fn each, void *arg)
{
    struct table_row *row = &b->row;
    if (b->text.full)
        return fail(f, ST_BAD_INPUT, "第 %u 行的内容太长，请检查后再上传", (unsigned)row->number);
    while (row->n && b->cells[row->n - 1].kind == CELL_NONE)
        row->n--;
    for (size_t i = 0; i < row->n; i++) {
        size_t end = i + 1 < row->n ? b->from[i + 1] : b->text.n;
        b->cells[i].text = (struct str){b->text.p + b->from[i], end - b->from[i]};
    }
    return row->n ? each(arg, row) : ST_OK;
}
