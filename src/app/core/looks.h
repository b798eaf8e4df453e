/* 待复核: no act waits for a second person, but delicate ones stand in a list until another account with the
 * same role has looked; the setting look.wait makes a kind wait for it. One list for all areas. */
#ifndef APP_CORE_LOOKS_H
#define APP_CORE_LOOKS_H

#include "app/core/app.h"
#include "app/core/look_kind.h"
#include "app/core/page.h"
#include "app/core/todo_kind.h"
#include "gen/rows.h"

/* What is to be looked at. before and after are masked as lists mask. */
struct look_note {
    const char *what; /* word of a look_kind */
    struct member_id member;
    struct str subject, reason, before, after; /* subject: whom it is about, where there is no person */
    bool waits;
    struct str argument; /* of what waits: all that carrying it out needs; forgotten then */
};
/* Inside the transaction of the act. */
enum status look_add(struct ctx *c, const struct look_note *note) MUST_USE;
/* The association wants this kind looked at before it is done. */
bool look_waits(const struct ctx *c, const char *what);
/* Somebody asked for such a change of this person, and nobody has looked yet. */
enum status look_is_waiting(struct ctx *c, struct member_id member, const char *what, bool *ret) MUST_USE;

struct look {
    struct look_line row;
    const struct look_kind *kind;
    struct str subject, reason, before, after, argument;
    bool own; /* of who asks: not theirs to look at */
};
struct looks {
    LIST(struct look);
};
struct look_page {
    struct looks items;
    struct str next, previous;
    int64_t total;
};
/* Of the reader's roles, what nobody has looked at; oldest first. */
enum status app_looks_list(struct ctx *c, const struct page_want *want, struct look_page *ret) MUST_USE;

struct look_done {
    bool ok, refused; /* refused: what waits shall not be done; needs a note */
    struct str note, once;
};
/* ST_NOT_FOUND: another role's. ST_CONFLICT: one's own, or somebody has looked. ST_BAD_INPUT: ok, note. */
enum status app_look_done(struct ctx *c, struct look_id id, const struct look_done *in) MUST_USE;

/* Whose acts are delicate: any of their roles reads the list. */
#define LOOK_ROLES (ROLE_MEMBERSHIP | ROLE_FINANCE | ROLE_TRAINING)

#define LOOK_NOTE_MAX 500 /* characters */

/* For feature.c. */
enum status look_todo(struct ctx *c, const struct todo_kind *kind, struct todo_found *ret) MUST_USE;
enum status look_at_looks(struct ctx *c, struct str *ret_wrong) MUST_USE;

#endif
