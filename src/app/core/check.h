/* Something that doctor looks at: a row of its feature (feature.c). What the machine, the file and the trail
 * need is in ops/doctor.c. */
#ifndef APP_CORE_CHECK_H
#define APP_CORE_CHECK_H

#include "app/core/ctx.h"

struct check {
    const char *what;
    /* In a snapshot. *ret_wrong, none at first: what is wrong and what to do, in English, in the arena. */
    enum status (*look)(struct ctx *c, struct str *ret_wrong);
};

#define CHECK_SHOWN   10 /* rows of what is wrong that are fetched: "10 or more" */
#define CHECK_RESTORE "someone wrote past the program; restore a backup, or ask for help with this line"

/* What to say of n rows that ought not to be; none where n is 0. */
struct str check_rows(struct arena *a, size_t n);

/* Sealed values that do not open where they stand. */
struct sealed_wrong {
    int64_t n;
    char first[400];
};
/* Some rows, by id; *behind moves. */
typedef enum status sealed_some_fn(struct ctx *c, int64_t *behind, struct sealed_wrong *wrong,
                                   bool *ret_more);
/* All of them, with memory of its own for each piece: a look. */
enum status check_sealed(struct ctx *c, sealed_some_fn *some, struct str *ret_wrong) MUST_USE;
/* What opening a value of that row came to: ST_BROKEN is counted, anything else passed on. */
enum status sealed_look(struct ctx *c, struct sealed_wrong *wrong, const char *what, int64_t id,
                        enum status s) MUST_USE;

#endif
