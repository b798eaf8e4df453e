/* A batch as its page shows it, beside its last print. Who waits in it is read as of now, while the reader
 * may read that person; who is decided stands as decided (design.md 28), and so does a person who has gone
 * elsewhere. */
#ifndef APP_BATCHES_SHEET_H
#define APP_BATCHES_SHEET_H

#include "app/batches/snapshot.h"
#include "domain/batch.h"

struct batch_row {
    struct member_id member;
    int64_t position;    /* in the batch; of one who left: on the print */
    struct str decision; /* none: waits */
    struct snapshot shown;
    enum batch_change change; /* since the last print */
    struct str changed;       /* the same in words; none: nothing */
    bool readable;            /* the reader may open the person's own page */
    bool unknown; /* nothing of it was kept, and the reader may not read the person: no text at all */
    enum member_state state; /* of now; readable ones */
};
struct batch_rows_shown {
    LIST(struct batch_row);
};
enum batch_stage { STAGE_NONE, STAGE_OPEN, STAGE_CLOSED, STAGE_SCANNED, STAGE_DECIDED };
enum batch_match { MATCH_NONE, MATCH_YES, MATCH_FACTS, MATCH_PEOPLE };

struct batch_sheet {
    struct batch_full batch;
    struct company_full company;
    enum batch_kind kind;
    struct print_full last;             /* the last print; number 0: never printed */
    struct str code;                    /* 核验码 that a print of now would have */
    enum batch_match match;             /* with the last print */
    struct batch_rows_shown rows, left; /* left: on the last print, and no longer in the batch */
    int64_t undecided;
    struct str unprintable; /* characters of the rows that paper cannot show; "": none */
};

enum batch_stage batch_stage_of(bool closed, int64_t undecided);
const char *batch_stage_code(enum batch_stage stage); /* open, closed, scanned, decided */
/* STAGE_NONE for none; false for what is no code. */
bool batch_stage_parse(struct str code, enum batch_stage *ret);
const char *batch_match_code(enum batch_match match); /* none, yes, facts, people */
/* 核验码 over these people in this order. */
struct str batch_check_code(struct ctx *c, const struct batch_full *batch, struct str company_code,
                            const struct batch_row *rows, size_t n);
/* What stands for a company in the 核验码: its credit code, or the code that it has here. */
struct str batch_company_code(const struct company_full *company);

/* Inside a snapshot or transaction; the batch is the reader's. */
enum status batch_sheet_read(struct ctx *c, const struct batch_full *batch, struct batch_sheet *ret) MUST_USE;
/* The batch, when the reader may read it: the own company, and staff who read lists. Else ST_NOT_FOUND, and
 * ST_LOGIN for nobody. */
enum status batch_of_reader(struct ctx *c, struct batch_id id, struct batch_full *ret) MUST_USE;

enum status app_batch(struct ctx *c, struct batch_id id, struct batch_sheet *ret) MUST_USE;
/* What the QR code of a print leads to: the batch's token, and behind a point the number of the print (0: the
 * code of an earlier version, which has none). */
enum status app_batch_by_code(struct ctx *c, struct str code, struct batch_id *ret,
                              int64_t *ret_print) MUST_USE;
enum status app_batch_close(struct ctx *c,
                            struct batch_id id) MUST_USE; /* ST_OK too when it is closed already */

#endif
