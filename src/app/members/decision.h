/* What is to happen to a person, and why it may not. */
#ifndef APP_MEMBERS_DECISION_H
#define APP_MEMBERS_DECISION_H

#include "app/core/app.h"
#include "app/core/ledger.h"

#define DECISION_REASON_MAX 500 /* characters */
#define DOCUMENT_NO_MAX     50  /* characters */

struct decision {
    enum member_event event;
    struct str reason;
    bool not_ours;                 /* EVENT_RETURN_TO_PERSON: 非本单位人员, clears the employer */
    struct day approved_on;        /* EVENT_APPROVE: none is today */
    struct str document_no;        /* 文号 */
    struct company_id company;     /* EVENT_RESUBMIT: the employer named now */
    const struct changes *changes; /* EVENT_RESUBMIT: what is different, for the trail; or NULL */
};

struct refusal {
    enum member_refusal why;
    struct str text;
};

#endif
