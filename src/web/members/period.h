/* 更正批准日期, the association's: a batch post, or for one person. */
#ifndef WEB_MEMBERS_PERIOD_H
#define WEB_MEMBERS_PERIOD_H

#include "web/core/web.h"

enum status post_staff_period(struct web *w);

#endif
