/* A password at the association's counter: one-time, shown once, printed as a letter. The person sees that it
 * was given. */
#ifndef APP_MEMBERS_COUNTER_H
#define APP_MEMBERS_COUNTER_H

#include "app/core/app.h"

struct member_secret {
    struct member_id id;
    struct str name, account; /* the ID number, masked */
    struct str password;
};
/* The old one is good for nothing from then on, and sessions end. ST_CONFLICT: they have no account yet, or a
 * disabled one. */
enum status app_member_reset_password(struct ctx *c, struct member_id id, struct member_secret *ret) MUST_USE;
/* With the password that was just made: whoever has it may print it. */
enum status app_member_letter_pdf(struct ctx *c, struct member_id id, struct str password, struct str url,
                                  struct bytes *ret) MUST_USE;

#endif
