#include "app/core/features.h"

enum status features_start(struct app *app, struct fault *f)
{
    for (size_t i = 0; i < app_features_n; i++)
        if (app_features[i]->start && !app_features[i]->start(app))
            return fail(f, ST_UNAVAILABLE, "cannot start a thread: out of memory or processes");
    return ST_OK;
}

void features_stop(struct app *app)
{
    for (size_t i = 0; i < app_features_n; i++)
        if (app_features[i]->stop) app_features[i]->stop(app);
}
