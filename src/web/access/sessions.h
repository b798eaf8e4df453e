/* 登录情况: where one is logged in, and the end of that. */
#ifndef WEB_ACCESS_SESSIONS_H
#define WEB_ACCESS_SESSIONS_H

#include "app/access/own_sessions.h"
#include "web/core/frame.h"

struct own_session_view {
    struct own_session session;
    struct str since, seen; /* with the minute */
    struct url end;
};
struct own_sessions_view {
    LIST(struct own_session_view);
};
struct sessions_view {
    struct frame frame;
    struct own_sessions_view rows;
    bool others, ended, staff;
    bool known; /* how it was before: */
    struct str before;
    int64_t failures;
};

enum status page_sessions(struct web *w);
enum status post_session_end(struct web *w);
enum status post_sessions_end_others(struct web *w);

#endif
