#include "web/core/public.h"
#include "web/core/route.h"

static const struct route ROUTES[] = {
    GET("/healthz", WHO_ALL, 0, page_health, .keeps_working = true, .of_nobody = true),
    GET("/healthz/read", WHO_ALL, 0, page_health_read, .keeps_working = true, .of_nobody = true),
    GET("/assets/{file}", WHO_ALL, 0, page_asset, .keeps_working = true),
    GET("/privacy", WHO_ALL, 0, page_privacy, .keeps_working = true),
    GET("/guide", WHO_ALL, 0, page_guide),
    GET("/help", WHO_ALL, 0, page_help),
};

const struct web_feature core_web = {ROUTES, COUNT(ROUTES), NULL, 0};
