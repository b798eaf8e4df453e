/* A document that is to be printed, of whichever kind: what it says, how that crosses to the process that
 * draws it (media/press.h), and the drawing. */
#ifndef MEDIA_DOCUMENT_H
#define MEDIA_DOCUMENT_H

#include "media/pdf.h"
#include "media/wire.h"

enum document_kind { DOCUMENT_SUMMARY, DOCUMENT_APPLICATION, DOCUMENT_LETTERS, DOCUMENT_SLIPS };

struct document {
    enum document_kind kind;
    struct day made_on; /* of a summary */
    const struct pdf_batch *batches;
    size_t batch_count;
    const struct pdf_application *form;
    const struct pdf_letter *letters;
    size_t letter_count;
    const struct pdf_slips *slips;
};

void document_wire(struct wire *w, struct document *d);
/* As pdf_summary, pdf_application, pdf_letters, pdf_slips. */
MUST_USE enum status document_draw(struct arena *a, struct fault *f, const struct document *d,
                                   struct bytes *ret);

#endif
