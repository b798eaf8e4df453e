/* 文号 of approvals from before they were kept as they are looked for, too (domain/document_no.h). */
#ifndef APP_MEMBERS_DOCUMENTS_H
#define APP_MEMBERS_DOCUMENTS_H

#include "app/core/app.h"

enum status documents_upgrade(struct ctx *c, bool *ret_more) MUST_USE; /* for feature.c */

#endif
