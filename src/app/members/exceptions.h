/* Exceptions from the rules of eligibility (product.md, Registration): registered by the association with a
 * written reason, by ID number and before there is a person. */
#ifndef APP_MEMBERS_EXCEPTIONS_H
#define APP_MEMBERS_EXCEPTIONS_H

#include "app/core/looks.h"

struct exception_input {
    struct str id_number, reason, once;
};
/* Stands in 待复核. ST_BAD_INPUT: id_number (none; registered already; has one), reason. */
enum status app_exception_add(struct ctx *c, const struct exception_input *in) MUST_USE;

struct exception_shown {
    struct exception_line row;
    struct str id_number, reason; /* the number masked */
};
struct exceptions_shown {
    LIST(struct exception_shown);
};
struct exception_page {
    struct exceptions_shown items;
    struct str next, previous;
    int64_t total;
};
/* Newest first. */
enum status app_exceptions_list(struct ctx *c, const struct page_want *want,
                                struct exception_page *ret) MUST_USE;
/* Whether the rules of eligibility do not count for this number. Reads. */
enum status exception_of(struct ctx *c, struct str id_number, bool *ret) MUST_USE;

#define EXCEPTION_REASON_MAX 500 /* characters */

/* For feature.c. */
enum status exception_carry_out(struct ctx *c, const struct look *l, bool refused) MUST_USE;
enum status look_at_exceptions(struct ctx *c, struct str *ret_wrong) MUST_USE;

#endif
