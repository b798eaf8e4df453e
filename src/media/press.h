/* Drawing in processes of its own. What documents are drawn with (pango, GLib) aborts when memory is out and
 * keeps what it once took: here a child of this binary draws, within an address space and a time that are
 * bounded, and whatever becomes of it is a refusal of one request. A child knows no keys and no database; it
 * has no files but its two pipes and the log. It is kept warm for some documents, then another takes its
 * place; one that waits too long ends by itself. */
#ifndef MEDIA_PRESS_H
#define MEDIA_PRESS_H

#include "media/document.h"

struct press;
struct press_options {
    int children;        /* at a time; one more document waits. At most PRESS_CHILDREN */
    const char *program; /* NULL: this binary */
    size_t memory;       /* bytes of address space each (not under a sanitizer, which maps all of it) */
    int deadline_ms;     /* of a document, waiting for a child included */
    int documents;       /* of a child */
};
#define PRESS_CHILDREN 8

/* Starts no process yet: the first document does. */
struct press *press_start(const struct press_options *o);
void press_stop(struct press *p); /* when nothing is drawn any more; NULL is fine */

/* Draws in a child; without a press (NULL) here. As document_draw, and ST_UNAVAILABLE when no child could do
 * it or none was free in time: nothing is left of it. For any thread. */
MUST_USE enum status press_draw(struct press *p, struct arena *a, struct fault *f, const struct document *d,
                                struct bytes *ret);

/* For main: whether this process was started to draw, and then its whole work. */
bool press_is_child(int argc, char **argv);
int press_child(char **argv);

#endif
