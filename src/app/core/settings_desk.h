/* What is set, and by whom; and setting it (contract-desks.md, /staff/settings). The command line may set
 * everything, people what their role is named for. */
#ifndef APP_CORE_SETTINGS_DESK_H
#define APP_CORE_SETTINGS_DESK_H

#include "app/core/app.h"
#include "app/core/setting.h"
#include "gen/rows.h"

struct setting_now {
    const struct setting *row;
    const struct setting_group *group;
    struct str value;
    int64_t version; /* 0: never set */
    int64_t set_at;
    struct str by; /* none: the command line, or nobody */
    bool may_set;  /* who asks */
};
struct settings_list {
    LIST(struct setting_now);
};
/* All of them, in the order of the rooms. */
enum status app_settings(struct ctx *c, struct settings_list *ret) MUST_USE;
/* One, with what it was: newest first, the last fifty. ST_NOT_FOUND: no setting is called so. */
enum status app_setting(struct ctx *c, struct str name, struct setting_now *ret,
                        struct setting_history_rows *ret_history) MUST_USE;

struct setting_change {
    struct str name, value, reason;
    int64_t version; /* the one that was seen; ST_CONFLICT when it is another by now */
    struct str once; /* core/once.h */
};
/* In force for the next request. ST_BAD_INPUT with problems of value and reason; ST_FORBIDDEN: another
 * role's. */
enum status app_setting_set(struct ctx *c, const struct setting_change *change) MUST_USE;
/* The same inside a transaction, of a value that setting_wrong finds nothing wrong with; who may is the
 * caller's to know. */
enum status setting_store(struct ctx *c, const struct setting_change *change) MUST_USE;
/* What its value has to be, as a person is told. */
struct str setting_rule(struct arena *a, const struct setting *row);

#endif
