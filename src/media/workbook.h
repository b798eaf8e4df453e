/* The parts of a workbook (ECMA-376): which sheets there are, the texts that their cells share, and what
 * their formats mean. media/table.h is what others see. */
#ifndef MEDIA_WORKBOOK_H
#define MEDIA_WORKBOOK_H

#include "base/buf.h"
#include "media/cell_value.h"
#include "media/xml.h"

struct workbook_sheet {
    struct str name, relation;
    bool hidden;
};

struct workbook {
    struct arena *arena;
    struct unzip *archive;
    LIST(struct workbook_sheet);
    struct str part; /* of the workbook itself */
    bool since_1904;
    struct buf texts, ends; /* shared: all in one, and where each ends (uint32_t) */
    size_t texts_n;
    struct {
        LIST(struct number_format);
    } styles;
};

/* ST_BAD_INPUT: an archive of something else, damaged, or beyond the limits. */
MUST_USE enum status workbook_open(struct arena *a, struct fault *f, struct bytes file, struct workbook *ret);
/* The part that a relation of the workbook leads to. ST_BAD_INPUT where there is none in the file. */
MUST_USE enum status workbook_part(struct workbook *w, struct fault *f, struct str relation,
                                   size_t *ret_entry);
/* Reads what cells refer to, once. */
MUST_USE enum status workbook_shared(struct workbook *w, struct fault *f);
/* False: there is no such text. */
bool workbook_text(const struct workbook *w, int64_t at, struct str *ret);

#endif
