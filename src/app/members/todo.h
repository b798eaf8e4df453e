/* What of people waits: rows of 待办 (feature.c). The words are those of the states where a state waits. */
#ifndef APP_MEMBERS_TODO_H
#define APP_MEMBERS_TODO_H

#include "app/core/todo_kind.h"

enum status todo_of_state(struct ctx *c, const struct todo_kind *kind, struct todo_found *ret) MUST_USE;
/* direct_STATE: of 协会直管, where the association acts in the company's place. */
enum status todo_of_direct(struct ctx *c, const struct todo_kind *kind, struct todo_found *ret) MUST_USE;
/* 正式会员 of the company whose renewal may be recommended. */
enum status todo_expiring(struct ctx *c, const struct todo_kind *kind, struct todo_found *ret) MUST_USE;
/* submitted, and the company has not answered for so many days. */
#define TODO_PATIENCE_DAYS 30
enum status todo_unanswered(struct ctx *c, const struct todo_kind *kind, struct todo_found *ret) MUST_USE;

#endif
