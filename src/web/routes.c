#include "base/limits.h"
#include "web/login.h"
#include "web/public.h"

/* The one table of addresses: contract.md, HTTP. A POST needs a token, always: dispatch.c checks it. */

#define GET(address, may, any_role, handler, ...)                                                            \
    {.method = HTTP_GET, .path = address, .who = may, .roles = any_role, .handle = handler, __VA_ARGS__}
#define POST(address, may, any_role, handler, body, ...)                                                     \
    {.method = HTTP_POST, .path = address, .who = may, .roles = any_role, .handle = handler,                 \
     .body_bytes = body, __VA_ARGS__}

const struct route web_routes[] = {
    GET("/", WHO_ALL, 0, page_root, .keeps_working = true),
    GET("/healthz", WHO_ALL, 0, page_health, .keeps_working = true),
    GET("/assets/{file}", WHO_ALL, 0, page_asset, .keeps_working = true),

    GET("/login", WHO_ALL, 0, page_login, .keeps_working = true),
    POST("/login", WHO_ALL, 0, post_login, LIMIT_BODY_FORM, .keeps_working = true),
    GET("/captcha.png", WHO_ALL, 0, page_captcha, .slow = true, .keeps_working = true),
    POST("/logout", WHO_LOGGED_IN, 0, post_logout, LIMIT_BODY_FORM, .keeps_working = true),
    GET("/password", WHO_LOGGED_IN, 0, page_password, .keeps_working = true),
    POST("/password", WHO_LOGGED_IN, 0, post_password, LIMIT_BODY_FORM, .keeps_working = true),
    GET("/companies/search", WHO_ALL, 0, page_companies_search),
};
const size_t web_routes_n = sizeof web_routes / sizeof *web_routes;
