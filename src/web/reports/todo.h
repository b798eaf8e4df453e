/* 待办: all that waits, by whose turn it is and age; each row opens its list. */
#ifndef WEB_REPORTS_TODO_H
#define WEB_REPORTS_TODO_H

#include "web/core/frame.h"

struct todo_view {
    struct str word, title, age;
    struct url list;
    int64_t count, days;
};
struct todos_view {
    LIST(struct todo_view);
};
struct todo_group_view {
    struct str title, id;
    struct todos_view rows;
};
struct todo_page_view {
    struct frame frame;
    LIST(struct todo_group_view); /* 等我办的, 等单位办的, … */
};

enum status page_todo(struct web *w);

#endif
