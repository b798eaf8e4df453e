/* 协会直管, the built-in unit of those whose employer is none: its clerk is the association. */
#ifndef APP_COMPANIES_DIRECT_H
#define APP_COMPANIES_DIRECT_H

#include "app/core/app.h"

/* Made once, with the database. */
enum status company_direct_make(struct ctx *c) MUST_USE;
/* It never changes: looked up once in what one request does. */
enum status company_direct(struct ctx *c, struct company_id *ret) MUST_USE;

#endif
