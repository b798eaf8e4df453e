/* 系统状态: how the machine and the database stand. */
#ifndef WEB_OPS_SYSTEM_H
#define WEB_OPS_SYSTEM_H

#include "web/core/frame.h"

struct job_view {
    int64_t id, done, total;
    struct str kind, state, at;
};
struct job_views {
    LIST(struct job_view);
};

struct system_view {
    struct frame frame;
    struct str version, uptime, engine, size;
    struct str backup_at, verified_at, keys_checked_at; /* empty until it happened */
    struct str nightly_at, nightly_wrong;               /* empty: off; well */
    struct str folder;
    struct job_views jobs;
    int64_t head_number;
    struct str head_mac;
};

enum status page_staff_system(struct web *w);

#endif
