/* What is done with a job, piece by piece, and which step comes behind which. */
#ifndef APP_IMPORTS_STEP_H
#define APP_IMPORTS_STEP_H

#include "base/str.h"

/* check: the sheet is read, each row compared with the register and kept. write: into the register, unseen.
 * pictures: the photos that came with it, to those whom it brings. look: taken back, unseen again: whether
 * anything hangs on it. remove: out of the register. clear: its rows are forgotten. */
enum import_step { STEP_NONE, STEP_CHECK, STEP_WRITE, STEP_PICTURES, STEP_LOOK, STEP_REMOVE, STEP_CLEAR };
#define IMPORT_STEP_COUNT 7

enum import_state {
    IMPORT_WAITING,
    IMPORT_RUNNING,
    IMPORT_CHECKED,
    IMPORT_COMMITTED,
    IMPORT_UNDONE,
    IMPORT_FAILED
};
#define IMPORT_STATE_COUNT 6

struct str import_step_code(enum import_step step);
bool import_step_parse(struct str code, enum import_step *ret);
const char *import_step_label(enum import_step step);  /* 正在核对 */
struct str import_state_code(enum import_state state); /* contract-desks.md, data-state */
bool import_state_parse(struct str code, enum import_state *ret);
const char *import_state_label(enum import_state state);

#endif
