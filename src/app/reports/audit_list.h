/* 审计日志: the trail as the auditor reads it, newest first. Nobody changes or deletes a row of it. Of what
 * was changed the names of the fields are told, not the values: an auditor has no right to full numbers. */
#ifndef APP_REPORTS_AUDIT_LIST_H
#define APP_REPORTS_AUDIT_LIST_H

#include "app/core/event.h"
#include "app/core/page.h"
#include "app/reports/audit_filter.h"
#include "gen/rows.h"

struct audit_item {
    struct audit_line row;
    struct str title;                       /* of the event; its word where a newer version wrote it */
    struct str outcome;                     /* the result in words */
    struct str side;                        /* of the actor */
    struct str login;                       /* staff only: a member's is a number */
    struct str who, member, company, batch; /* names; none where there is none */
    struct str address, note, changed;      /* changed: the names of fields */
    bool address_broken, detail_broken;     /* not as it was written: audit verify says more */
};
struct audit_items {
    LIST(struct audit_item);
};

struct audit_page {
    struct audit_items items;
    struct str next, previous; /* cursors, or none */
    bool sifting;      /* looked at as many rows as one page may: there may be more where next goes on */
    bool back;         /* … towards newer ones, where previous goes on */
    int64_t looked_to; /* the instant of the last one looked at */
    int64_t total;     /* of all rows, when nothing is asked for */
};

/* For the auditor. ST_BAD_INPUT with problems of the fields. */
enum status app_audit_list(struct ctx *c, const struct audit_asked *asked, const struct page_want *want,
                           struct audit_page *ret) MUST_USE;
/* What a row says, for this room. */
enum status audit_item_of(struct ctx *c, const struct audit_line *row, struct audit_item *ret) MUST_USE;

#endif
