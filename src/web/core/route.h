/* What a feature adds to the pages: its addresses (contract.md, HTTP) and its items of the menu, a table in
 * its own room (routes.c), gathered in web/features.c. Nothing is reachable that is not in a table; login,
 * role, origin, size and token are checked from it before a handler runs. */
#ifndef WEB_CORE_ROUTE_H
#define WEB_CORE_ROUTE_H

#include "web/core/web.h"

#include <limits.h>

#define COUNT(array) (sizeof(array) / sizeof *(array))

#define MAIN_CLERK 1u       /* of an item of a company's menu: the main clerk alone */
#define ANY_ROLE   UINT_MAX /* whoever works for the association */
#define READ_LISTS ROLES_READ_LISTS

/* WHO_COMPANY: any clerk; of those who only look, no post and nothing with full numbers. */
enum who {
    WHO_ALL = 1,
    WHO_MEMBER = 2,
    WHO_COMPANY = 4,
    WHO_STAFF = 8,
    WHO_MAIN_CLERK = 16,
    WHO_LOGGED_IN = WHO_MEMBER | WHO_COMPANY | WHO_STAFF,
};

struct route {
    enum http_method method;
    const char *path; /* {…} stands for one part of the path */
    unsigned who;     /* bits of enum who */
    unsigned roles;   /* for staff: any of these */
    enum status (*handle)(struct web *w);
    size_t body_bytes, file_bytes; /* POST: what it takes */
    /* POST of a large form that anyone may send who has begun: whether this one has. Else 303 to `begins`. */
    bool (*has_begun)(struct web *w);
    const char *begins;
    enum http_lane
        lane;           /* HTTP_LONG: a print, an export; HTTP_HASH: hashes a password; a POST is HTTP_WORK */
    bool of_nobody;     /* whoever asks: no session is looked for, no database needed for that */
    bool full_numbers;  /* hands out full ID numbers: not to a clerk who only looks */
    bool again;         /* the password must have been typed lately: account.again_minutes, GET /again */
    bool sets_totp;     /* open to a session that must set up a second factor first */
    bool keeps_working; /* open to a session that must change its password first … */
    bool before_consent; /* … and this one to who has not agreed to the rules in force, with those */
};

/* A POST needs a token, always: dispatch.c checks it. */
#define GET(address, may, any_role, handler, ...)                                                            \
    {                                                                                                        \
        .method = HTTP_GET, .path = address, .who = may, .roles = any_role, .handle = handler, __VA_ARGS__   \
    }
#define POST(address, may, any_role, handler, body, ...)                                                     \
    {                                                                                                        \
        .method = HTTP_POST, .path = address, .who = may, .roles = any_role, .handle = handler,              \
        .body_bytes = body, __VA_ARGS__                                                                      \
    }

/* An item of the menu appears with the feature that brings its page. */
struct menu_entry {
    int rank; /* from above to below, among all features */
    enum side side;
    unsigned roles; /* of staff: any of these; of a company MAIN_CLERK; 0: everyone */
    const char *path, *label, *icon;
};

struct web_feature {
    const struct route *routes;
    size_t n_routes;
    const struct menu_entry *menu;
    size_t n_menu;
};
extern const struct web_feature *const web_features[];
extern const size_t web_features_n;

/* All addresses of all features: i counts from 0; NULL behind the last. */
const struct route *web_route(size_t i);
/* The one that answers at this path, what stands for {…} in args; an address that is written out in a table
 * is never an {id} of another. NULL: none with this method; with others, whose bits (1 << enum http_method)
 * are in ret_others. */
const struct route *web_route_find(struct str path, enum http_method method, struct str args[2],
                                   unsigned *ret_others);
/* Side and role, by the table: what needs no body to know. ST_LOGIN, ST_FORBIDDEN. */
enum status web_may(const struct route *r, const struct actor *a) MUST_USE;

#endif
