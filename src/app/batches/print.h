/* What is stamped: a print of a batch, sealed when it is made and the same ever after (design.md 28). The
 * company prints; a batch that is closed and has a print gets no further one. Whoever may read all of it may
 * have the last one again, which changes nothing. */
#ifndef APP_BATCHES_PRINT_H
#define APP_BATCHES_PRINT_H

#include "app/batches/sheet.h"

/* What stands around the table. */
struct print_head {
    struct str title, company, credit_code, contact, phone, day;
    struct str people, fee, fee_capitals, note;
};
struct print {
    struct batch_id batch;
    struct str batch_number, token;
    int64_t number; /* of the print in its batch; 0: 预览, what a print of now would be */
    struct str check_code;
    struct print_head head;
    struct batch_rows_shown rows;
};
struct prints {
    LIST(struct print);
};

/* What a print of now would be; number 0. */
struct print print_of_sheet(struct ctx *c, const struct batch_sheet *s);
/* What stood around the table of a print. Of the first version's, without `head_sealed`, nothing is known. */
enum status print_head_open(struct ctx *c, const struct print_full *print, struct print_head *ret) MUST_USE;
/* 应缴会费 of a batch, with how it comes about. */
struct str print_fee(struct ctx *c, const struct batch_sheet *s);

/* Which batches: one, or (batch 0) every one of the company's of a kind that someone still waits in, oldest
 * first. */
struct print_wanted {
    struct batch_id batch;
    enum batch_kind kind;
};
/* ST_NOT_FOUND for one that is not the reader's; staff need membership, as ID numbers stand in full. */
enum status app_prints_now(struct ctx *c, struct print_wanted which, struct prints *ret) MUST_USE;
/* The last print of each, or before its first what it would be. */
enum status app_prints_last(struct ctx *c, struct print_wanted which, struct prints *ret) MUST_USE;
/* That they were read, with how many people. */
enum status prints_note(struct ctx *c, const struct prints *prints) MUST_USE;
/* Seals a new print of each; only the company. Sent twice with the same `once` it prints once. */
enum status app_prints_make(struct ctx *c, struct print_wanted which, struct str once) MUST_USE;

#endif
