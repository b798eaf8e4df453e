/* The desk at which 核对码 are told: of a company for its own people (and clerks, at the main one's desk), of
 * the association for everybody's people and for main clerks (contract-desks.md, /company/resets and
 * /staff/resets). */
#ifndef APP_ACCESS_LOST_DESK_H
#define APP_ACCESS_LOST_DESK_H

#include "app/core/app.h"
#include "app/core/page.h"
#include "app/core/todo_kind.h"
#include "gen/rows.h"

struct lost_item {
    struct lost_password_line row;
    struct str who; /* masked: the ID number, or a clerk's mobile number; none: a main clerk */
};
struct lost_items {
    LIST(struct lost_item);
};
struct lost_page {
    struct lost_items items;
    struct str next, previous;
    int64_t total;
};
/* What waits, the oldest first. q: part of a name or of a company's, a whole ID number or its tail. */
enum status app_lost_list(struct ctx *c, struct str q, const struct page_want *want,
                          struct lost_page *ret) MUST_USE;

struct lost_answer {
    struct lost_id request;
    struct str code; /* as typed */
    bool paper;      /* by the stamped form of a company whose main clerk is lost */
    struct bytes file;
};
/* What became of it. */
struct lost_verdict {
    struct str name;
    int64_t left; /* tries */
    bool over;    /* it is no longer there */
};
/* The code is right: the chosen password works, sessions end, its age counts from now. ST_BAD_INPUT with a
 * problem of field code (or file, paper) and ret says how many tries are left, or that the request is over:
 * five wrong ones cancel it, and a password that the account cannot have ends it too. ST_NOT_FOUND: another
 * desk's. ST_CONFLICT: it was decided already. */
enum status app_lost_answer(struct ctx *c, const struct lost_answer *in, struct lost_verdict *ret) MUST_USE;

/* lost_form.c: that form, to be filled in by hand and stamped; for everybody. */
enum status app_lost_form_pdf(struct ctx *c, struct str url, struct bytes *ret) MUST_USE;

/* By what it begins with: its media type, or NULL for what is neither PDF nor JPEG nor PNG. */
const char *lost_paper_type(struct bytes file);

/* For feature.c: so many wait at the reader's desk. */
enum status todo_lost(struct ctx *c, const struct todo_kind *kind, struct todo_found *ret) MUST_USE;

#endif
