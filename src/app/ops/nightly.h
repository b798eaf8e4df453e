/* The backup that a server makes by itself each day at backup.at (UTC+8), and those that it keeps:
 * backup.keep. Of all processes on the database one makes it, under a lease that it renews; what was missed
 * while none ran is made when one does, and what failed is tried again within the hour. A file is removed
 * only where its manifest says that it is one of these, and on the machine that made it. */
#ifndef APP_OPS_NIGHTLY_H
#define APP_OPS_NIGHTLY_H

#include "app/core/app.h"
#include "gen/rows.h"

#include <stdatomic.h>

#define NIGHTLY_TOKEN 16

struct nightly_turn {
    int64_t id, due_at;
    uint8_t token[NIGHTLY_TOKEN]; /* of who has the lease */
};

/* The last time that backup.at came; 0: it is off. */
int64_t nightly_due(const struct ctx *c);
/* ST_NOT_FOUND: nothing is due, or another has it. */
enum status nightly_claim(struct ctx *c, struct nightly_turn *ret) MUST_USE;
enum status nightly_renew(struct ctx *c, const struct nightly_turn *turn) MUST_USE;
/* Makes it, takes down how that ended, and removes what is beyond backup.keep. `stop`, or NULL: true ends it
 * between two pieces, and the next process begins anew. A failure is in the log, on the system page and in
 * doctor; it is also what is returned. */
enum status nightly_make(struct ctx *c, const struct nightly_turn *turn, const atomic_bool *stop) MUST_USE;

/* For doctor and the system page, in English: what is wrong with the newest one, or "warning: …" that none
 * was made, as where no server ran; none where it is well or off. */
enum status nightly_wrong(struct ctx *c, struct str *ret) MUST_USE;

/* Beside a server: features.h. */
bool nightly_start(struct app *app);
void nightly_stop(struct app *app);

#endif
