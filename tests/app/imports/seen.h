/* Rows of a sheet, kept. */
#ifndef TESTS_APP_IMPORTS_SEEN_H
#define TESTS_APP_IMPORTS_SEEN_H

#include "app/imports/read.h"

#define ROWS_MOST 64

struct seen {
    struct arena *arena;
    enum import_kind kind;
    struct import_row row[ROWS_MOST];
    size_t n;
    struct import_summary sum;
};

/* Fails the test unless the file is read. */
struct seen *read_rows(struct arena *a, enum import_kind kind, struct bytes file);
struct bytes file_bytes(struct arena *a, const char *path);
struct str seen_value(const struct seen *s, size_t row, const char *field);
/* Codes of what was found in a row about a field, with blanks between. */
struct str seen_found(const struct seen *s, size_t row, const char *field);

#endif
