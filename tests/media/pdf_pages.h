/* What can be seen in the bytes of a PDF without a reader; the rest is in pdf_reads.py. */
#ifndef TESTS_MEDIA_PDF_PAGES_H
#define TESTS_MEDIA_PDF_PAGES_H

#include "base/str.h"

#include <stdio.h>
#include <string.h>

static inline int count_of(struct bytes pdf, const char *words)
{
    size_t n = strlen(words);
    int count = 0;
    for (const uint8_t *at = pdf.p; (at = memmem(at, (size_t)(pdf.p + pdf.n - at), words, n)); at += n)
        count++;
    return count;
}

/* Pages of this size, in the form that the file has it: "841.89 595.28". */
static inline int pages_of(struct bytes pdf, const char *size)
{
    char box[64];
    snprintf(box, sizeof box, "/MediaBox [ 0 0 %s ]", size);
    return count_of(pdf, box);
}

#endif
