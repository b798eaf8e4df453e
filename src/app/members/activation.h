/* 激活条: whoever was imported without a password gets a code on paper, and chooses one with it
 * (contract-desks.md, /activate and /staff/members/activation.pdf). */
#ifndef APP_MEMBERS_ACTIVATION_H
#define APP_MEMBERS_ACTIVATION_H

#include "app/members/selection.h"

/* Slips of all these as PDF, with new codes: the ones before are good for nothing from then on. Who is closed
 * or disabled, or has a password of their own by now, is skipped, and stands on the last page. ST_NOT_FOUND:
 * there is nobody of these. ST_CONFLICT: this form was sent before (`once`); its codes are on that print
 * alone. */
enum status app_activation_print(struct ctx *c, const struct selection *s, struct str once, struct str url,
                                 struct bytes *ret) MUST_USE;

struct activation_input {
    struct str code, id_number, password, password_again, address;
    bool consent, consent_sensitive;
};
/* The password is the person's, who has agreed to the rules in force. ST_BAD_INPUT: a field; that number and
 * code do not belong together is one of field code. ST_TOO_MANY: of the network or the number, wrong ones
 * only. */
enum status app_activate(struct ctx *c, const struct activation_input *in) MUST_USE;

#endif
