#include "app/imports/errors.h"

#include "base/limits.h"
#include "base/utf8.h"
#include "domain/fold.h"
#include "media/sheet.h"

#define REASON       "错误原因"
#define REASON_WIDTH 60
#define WIDTH_MIN    8
#define WIDTH_MAX    32

struct import_errors {
    struct sheet *sheet;
    struct sheet_column columns[LIMIT_SHEET_COLUMNS + 1];
    size_t from[LIMIT_SHEET_COLUMNS]; /* the column of the rows that stands there */
    size_t n;                         /* of these, without the reason */
};

static int width_of(struct str heading)
{
    int width = 2 * (int)utf8_count(utf8_clip(heading, 3 * WIDTH_MAX)) + 4;
    return width < WIDTH_MIN ? WIDTH_MIN : width > WIDTH_MAX ? WIDTH_MAX : width;
}

/* Its own columns, but for the reasons of an earlier try. */
static void take_columns(struct arena *a, struct import_errors *e, const struct import_sheet *sheet)
{
    for (size_t i = 0; i < sheet->columns; i++) {
        if (str_eq(search_fold(a, sheet->headings[i]), STR(REASON))) continue;
        e->columns[e->n] =
            (struct sheet_column){sheet->headings[i], width_of(sheet->headings[i]), SHEET_TEXT};
        e->from[e->n++] = i;
    }
    e->columns[e->n] = (struct sheet_column){STR(REASON), REASON_WIDTH, SHEET_TEXT};
}

enum status import_errors_begin(struct arena *a, struct fault *f, const char *path,
                                const struct import_sheet *sheet, struct import_errors **ret)
{
    static const struct str INFO[] = {
        STR_INIT("请按最后一列改正后重新上传；“错误原因”一列不用删除，导入时不读取。")};
    struct import_errors *e = ARENA_NEW(a, struct import_errors);
    take_columns(a, e, sheet);
    TRY(sheet_begin(a, f, path,
                    &(struct sheet_head){.name = STR("错误"),
                                         .title = STR("导入时未通过的行"),
                                         .info = INFO,
                                         .info_count = 1,
                                         .columns = e->columns,
                                         .column_count = e->n + 1},
                    &e->sheet));
    *ret = e;
    return ST_OK;
}

enum status import_errors_row(struct import_errors *e, struct fault *f, const struct import_row *row,
                              struct str reason)
{
    struct str cells[LIMIT_SHEET_COLUMNS + 1];
    for (size_t i = 0; i < e->n; i++)
        cells[i] = row->cells[e->from[i]];
    cells[e->n] = reason;
    return sheet_row(e->sheet, f, cells);
}

enum status import_errors_end(struct import_errors *e, struct fault *f)
{
    return sheet_end(e->sheet, f, STR("行"));
}
