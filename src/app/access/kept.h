/* What was typed into a form whose session had ended meanwhile: kept sealed for that account, an hour, until
 * its next login has it filled in again (design: resources have budgets). Nothing is ever submitted by
 * itself. */
#ifndef APP_ACCESS_KEPT_H
#define APP_ACCESS_KEPT_H

#include "app/core/check.h"

struct kept_field {
    struct str name, value;
};
struct kept_fields {
    LIST(struct kept_field);
};
struct kept_form {
    struct str action, page; /* the path that it was posted to; the one on which it is filled in again */
    bool files;              /* some came with it: they are not kept */
    struct kept_fields fields;
};

/* For the account whose session `token` was until it ended by time: see app_session_ended. One form for an
 * action, the newest LIMIT_KEPT_FORMS; over LIMIT_KEPT_FORM nothing is kept: ret_kept says so. */
enum status app_kept_put(struct ctx *c, struct account_id account, const struct kept_form *form,
                         bool *ret_kept) MUST_USE;
/* In the transaction of a login: what was kept for the account is this session's from now on. */
enum status kept_claim(struct ctx *c, struct account_id account, struct str token) MUST_USE;
enum status app_kept_waiting(struct ctx *c, struct str token, bool *ret) MUST_USE;
/* What this session has to fill in on this page. ST_NOT_FOUND: nothing. */
enum status app_kept_find(struct ctx *c, struct str token, struct str page, struct kept_form *ret) MUST_USE;
/* It was submitted. */
enum status app_kept_done(struct ctx *c, struct str token, struct str action) MUST_USE;

/* For feature.c. */
enum status kept_forms_upgrade(struct ctx *c, bool *ret_more) MUST_USE;
enum status look_at_kept_forms(struct ctx *c, struct str *ret_wrong) MUST_USE;

#endif
