/* Paper: a PDF document under the pen. The documents (pdf_summary and its brothers) are drawn with this;
 * points (1/72 inch) from the upper left corner. One PangoLayout serves all texts of a document, which is
 * what makes it quick. */
#ifndef MEDIA_CANVAS_H
#define MEDIA_CANVAS_H

#include "base/day.h"
#include "base/status.h"
#include "media/qr.h"

#include <cairo.h>

#define MM(mm) ((mm)*72 / 25.4)

struct canvas;

enum face { FACE_SANS, FACE_SANS_BOLD, FACE_SERIF, FACE_SERIF_BOLD, FACE_MONO_BOLD, FACES };
enum align { ALIGN_LEFT, ALIGN_CENTRE, ALIGN_RIGHT };

struct type {
    enum face face;
    double size_pt;
    enum align align;
};
struct box {
    double x, y, width, height;
};
/* A text as it was fitted into a width: canvas_fit decides, canvas_show draws the same again. */
struct fitted {
    double size_pt, height;
    int max_lines;
    bool cut; /* it ends in … */
};

/* Lives in the arena and ends with it. The day stands in the file as that of its making, instead of the
 * clock's: the same input makes the same bytes. */
struct canvas *canvas_new(struct arena *a, double width_pt, double height_pt, struct str title,
                          struct day made_on);
void canvas_next_page(struct canvas *c); /* after each page, the last one too */
/* The document, in the arena. ST_TOO_LARGE beyond LIMIT_FILE_BYTES. */
MUST_USE enum status canvas_finish(struct canvas *c, struct fault *f, struct bytes *ret);

/* The largest size from the type's own down to min_size_pt at which the text stands in so many lines of this
 * width; at the smallest, what is too much is cut with …. Line breaks in the text count as blanks. */
struct fitted canvas_fit(struct canvas *c, struct type t, double width, struct str text, double min_size_pt,
                         int max_lines);
void canvas_show(struct canvas *c, struct type t, struct box box, struct str text, struct fitted fitted);
/* Fit and show in one, centred in the height of the box. */
void canvas_label(struct canvas *c, struct type t, struct box box, struct str text, double min_size_pt,
                  int max_lines);
/* A paragraph from the top of the box down, as many lines as it takes, first_line_pt indented, broken at line
 * breaks; box.height is ignored. Returns its height; `draw` false only measures. */
double canvas_paragraph(struct canvas *c, struct type t, struct box box, double first_line_pt,
                        struct str text, bool draw);
double canvas_width(struct canvas *c, struct type t, struct str text); /* on one line */

void canvas_line(struct canvas *c, double x1, double y1, double x2, double y2, double width);
void canvas_frame(struct canvas *c, struct box box, double line_width);
void canvas_dashed_frame(struct canvas *c, struct box box);
void canvas_fill(struct canvas *c, struct box box, double grey); /* 0 black … 1 white */
/* Without quiet zone: the box must stand clear on white paper. */
void canvas_qr(struct canvas *c, struct box box, struct qr qr);
/* Put into the file as it is, centred and as large as fits. Anything but a JPEG that libjpeg can read is not
 * drawn. */
void canvas_jpeg(struct canvas *c, struct box box, struct bytes jpeg);

#endif
