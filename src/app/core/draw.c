#include "app/core/draw.h"

#include "base/limits.h"
#include "media/press.h"

void app_press_start(struct app *app, int children)
{
    app->press = press_start(&(struct press_options){.children = children,
                                                     .memory = LIMIT_PRESS_MEMORY,
                                                     .deadline_ms = LIMIT_PRESS_MS,
                                                     .documents = LIMIT_PRESS_DOCUMENTS});
}

void app_press_stop(struct app *app)
{
    press_stop(app->press);
    app->press = NULL;
}

enum status draw_document(struct ctx *c, const struct document *d, struct bytes *ret)
{
    return press_draw(c->app->press, c->arena, &c->fault, d, ret);
}
