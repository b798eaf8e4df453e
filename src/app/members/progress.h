/* 审批进度 and 我的信息: all that the person who is logged in sees of the own membership. */
#ifndef APP_MEMBERS_PROGRESS_H
#define APP_MEMBERS_PROGRESS_H

#include "app/members/page.h"
#include "domain/progress.h"

struct own_page {
    struct dossier dossier;
    struct progress progress;
    struct events_shown events; /* what the person may see of the trail, newest first */
};
enum status app_progress_own(struct ctx *c, struct own_page *ret) MUST_USE;

#endif
