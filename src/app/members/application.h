/* 入会申请表 on paper, as PDF. */
#ifndef APP_MEMBERS_APPLICATION_H
#define APP_MEMBERS_APPLICATION_H

#include "app/core/app.h"

/* For the person, the own company and the association (查看 sees the ID number masked); noted unless it is
 * the person who prints. The result lives in c->arena. ST_TOO_LARGE: more than one print can hold. */
enum status app_application_pdf(struct ctx *c, struct member_id id, struct bytes *ret) MUST_USE;

#endif
