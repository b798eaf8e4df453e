/* What becomes of a row of the sheet: compared with the register as it is, and with the rows before it. */
#ifndef APP_IMPORTS_JUDGE_H
#define APP_IMPORTS_JUDGE_H

#include "app/imports/staged.h"

/* verdict, and what of it import_row keeps. */
struct judged {
    const char *verdict;                  /* new, known (left as it is), bad */
    struct bytes key_index, second_index; /* what may stand in the sheet once; none: says nothing */
    struct company_id company;            /* the row's employer, or the company itself, in the register */
    struct import_company_id proposed;    /* an employer that nobody knows */
    struct member_id member;              /* known */
};

/* Inside a transaction. Findings that only the register knows are added to the row. */
enum status import_judge(struct ctx *c, const struct job_full *job, enum import_kind kind,
                         struct import_row *row, struct judged *ret) MUST_USE;

#endif
