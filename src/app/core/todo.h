/* 待办 of each side: all that waits, with the age of the oldest and whose turn it is. */
#ifndef APP_CORE_TODO_H
#define APP_CORE_TODO_H

#include "app/core/app.h"
#include "app/core/todo_kind.h"

struct todo {
    const struct todo_kind *kind;
    struct todo_found found;
    int64_t days; /* that the oldest has waited */
};
struct todos {
    LIST(struct todo);
};
/* What the reader is to do comes first, then what others are; of each the oldest first. Nothing that does not
 * wait. For companies and the association. */
enum status app_todo(struct ctx *c, struct todos *ret) MUST_USE;

#endif
