/* 首次启动: the first administrator is led through what an association has to say of itself before anybody
 * registers. Each step is saved through the settings' use case, may be left for later, and is open until it
 * was saved once. */
#ifndef APP_OPS_FIRST_START_H
#define APP_OPS_FIRST_START_H

#include "app/core/first_start.h"
#include "app/core/settings_desk.h"

#define FIRST_STEPS         6
#define FIRST_STEP_SETTINGS 4

struct first_step {
    const char *code, *title, *lead;
    const char *settings[FIRST_STEP_SETTINGS]; /* names; the step of the accounts has none */
};
extern const struct first_step first_steps[FIRST_STEPS];
/* The place of a code; -1: there is none. */
int first_step_find(struct str code);

struct first_start {
    bool done[FIRST_STEPS];
    int next; /* the first that is open; FIRST_STEPS: none is */
};
/* ST_FORBIDDEN: not a system administrator. */
enum status app_first_start(struct ctx *c, struct first_start *ret) MUST_USE;
/* The settings of a step as they are. */
enum status app_first_step(struct ctx *c, int step, struct settings_list *ret) MUST_USE;

/* What was typed for a setting of the step; p: FIRST_STEP_SETTINGS of them, none for what was not sent, which
 * stays as it is. */
struct first_values {
    struct str p[FIRST_STEP_SETTINGS];
};
/* All of a step in one transaction; problems are named by the setting. */
enum status app_first_step_save(struct ctx *c, int step, const struct first_values *in) MUST_USE;

#endif
