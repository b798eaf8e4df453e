/* 个人信息处理规则 at the system administrator's desk: what is in force, the versions, and a new one. */
#ifndef WEB_OPS_PRIVACY_H
#define WEB_OPS_PRIVACY_H

#include "app/core/privacy_desk.h"
#include "web/core/form.h"
#include "web/core/frame.h"

struct privacy_version_view {
    struct str version, state, set_at, by, reason;
    struct day in_force_from;
    struct url page;
};
struct privacy_version_views {
    LIST(struct privacy_version_view);
};
struct staff_privacy_view {
    struct frame frame;
    struct privacy_rules now;
    struct privacy_version_views versions;
    struct str once, text, in_force_from, reason; /* as it stands, or as it was typed */
    struct str text_error, day_error, reason_error;
    bool text_focus, day_focus, reason_focus;
    struct str stale;               /* why nothing was published; else none */
    struct day today;               /* the earliest that it may begin on */
    int64_t newest;                 /* version, as id */
    int64_t text_most, reason_most; /* characters */
    bool saved;
    int wrong; /* fields */
};

enum status page_staff_privacy(struct web *w);
enum status post_staff_privacy(struct web *w);

#endif
