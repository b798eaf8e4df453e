/* What is printed is drawn in processes of its own while the server runs (media/press.h, decision 12), and
 * within this one in a command. */
#ifndef APP_CORE_DRAW_H
#define APP_CORE_DRAW_H

#include "app/core/app.h"

struct document;

/* From here on so many documents are drawn at a time; app_press_stop when no request is left. */
void app_press_start(struct app *app, int children);
void app_press_stop(struct app *app);

/* Into c->arena. ST_UNAVAILABLE when it could not be drawn this time: nothing is to be recorded then. */
enum status draw_document(struct ctx *c, const struct document *d, struct bytes *ret) MUST_USE;

#endif
