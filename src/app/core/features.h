/* What a feature adds to what all share: a table in its own room (feature.c), gathered in app/features.c. */
#ifndef APP_CORE_FEATURES_H
#define APP_CORE_FEATURES_H

#include "app/core/check.h"
#include "app/core/ctx.h"
#include "app/core/event.h"
#include "app/core/look_kind.h"
#include "app/core/setting.h"
#include "app/core/todo_kind.h"

/* Rows that are over, in a transaction of the housekeeping's. */
typedef enum status sweep_fn(struct ctx *c);

/* Brings what an earlier version stored to this version's form, where SQL cannot: some rows at a time, in
 * transactions of its own, and again from where it was cut off. *ret_more: there may be more. */
typedef enum status upgrade_fn(struct ctx *c, bool *ret_more);

struct feature {
    const char *name;
    const struct event *events;
    size_t n_events;
    const struct setting *settings;
    size_t n_settings;
    const struct setting_group *groups; /* every setting is in one */
    size_t n_groups;
    void (*open)(struct app *app); /* what the process keeps for it; or NULL */
    sweep_fn *sweep;               /* or NULL */
    sweep_fn *round;     /* every few seconds beside a server, in transactions of its own; or NULL */
    sweep_fn *last;      /* once more when the server ends, likewise; or NULL */
    upgrade_fn *upgrade; /* or NULL: for migrate */
    const struct check *checks;
    size_t n_checks;
    const struct look_kind *looks;
    size_t n_looks;
    const struct todo_kind *todos;
    size_t n_todos;
    bool (*start)(struct app *app); /* threads beside a server, or NULL; false: they can't be had */
    void (*stop)(struct app *app);  /* after start, and also when that answered false */
};

/* The members of struct feature that hold a table of the room. */
#define FEATURE_EVENTS(table)   .events = (table), .n_events = sizeof(table) / sizeof *(table)
#define FEATURE_SETTINGS(table) .settings = (table), .n_settings = sizeof(table) / sizeof *(table)
#define FEATURE_GROUPS(table)   .groups = (table), .n_groups = sizeof(table) / sizeof *(table)
#define FEATURE_CHECKS(table)   .checks = (table), .n_checks = sizeof(table) / sizeof *(table)
#define FEATURE_LOOKS(table)    .looks = (table), .n_looks = sizeof(table) / sizeof *(table)
#define FEATURE_TODOS(table)    .todos = (table), .n_todos = sizeof(table) / sizeof *(table)

/* What stands beside a server, of all of them. ST_UNAVAILABLE: a thread can't be had; features_stop is due
 * all the same. */
enum status features_start(struct app *app, struct fault *f) MUST_USE;
void features_stop(struct app *app);

/* In the order in which rooms lie above each other. */
extern const struct feature *const app_features[];
extern const size_t app_features_n;

#endif
