/* 推荐汇总表: one open batch for each company and kind. Recommending joins it, 回退 leaves it; it closes with
 * the first decision of the association, or when the clerk closes it. */
#ifndef APP_BATCHES_SHEET_H
#define APP_BATCHES_SHEET_H

#include "app/core/app.h"
#include "domain/batch.h"
#include "gen/rows.h"

/* A person of a batch, as its page and print show: everything in full, for those who may. */
struct batch_row {
    struct member_id member;
    int64_t position;
    struct str decision; /* none: waits */
    struct str name, sex, id_number, education, major, title, post, mobile, number_and_end;
    enum member_state state;
    struct str changed; /* what differs from the last print, in words; none: nothing */
};
struct batch_rows_shown {
    struct batch_row *p;
    size_t n, cap;
};
struct batch_sheet {
    struct batch_full batch;
    struct company_full company;
    enum batch_kind kind;
    struct str code;  /* 核验码 of now */
    bool code_agrees; /* with the last print; true when there was none */
    struct batch_rows_shown rows;
    int64_t undecided;
};

/* Where a page of the list begins: below a batch, among those that come first or among the rest. Zero: at the
 * top; as what follows a page: nothing follows. */
struct batch_place {
    struct batch_id below;
    bool rest;
};
/* The company's own, the open ones first; or (staff) all, those first that somebody waits in. Newest first.
 */
enum status app_batches_list(struct ctx *c, struct batch_place from, size_t limit, struct batch_lines *ret,
                             struct batch_place *ret_next) MUST_USE;
enum status app_batch(struct ctx *c, struct batch_id id, struct batch_sheet *ret) MUST_USE;
enum status app_batch_by_token(struct ctx *c, struct str token, struct batch_id *ret) MUST_USE;
enum status app_batch_close(struct ctx *c,
                            struct batch_id id) MUST_USE; /* ST_OK too when it is closed already */
/* Every batch of a tab that someone still waits in, oldest first. */
struct batch_sheets {
    struct batch_sheet *p;
    size_t n, cap;
};
enum status app_batches_undecided(struct ctx *c, enum batch_kind kind, struct batch_sheets *ret) MUST_USE;
/* The same, or one batch, marked as printed: keeps what was printed and its 核验码. Logged with how many
 * people. */
enum status app_batches_print(struct ctx *c, enum batch_kind kind, struct batch_sheets *ret) MUST_USE;
enum status app_batch_print(struct ctx *c, struct batch_id id, struct batch_sheet *ret) MUST_USE;

#endif
