/* The first page after a login says when the one before was, and how often the password was wrong since:
 * whose account somebody else tried should know. */
#ifndef WEB_CORE_HELLO_H
#define WEB_CORE_HELLO_H

#include "web/core/web.h"

/* A login succeeded: the next page says so. */
void hello_promise(struct web *w);
/* A GET: what was promised, if that is so, becomes w->hello. */
enum status hello_find(struct web *w) MUST_USE;
/* It was said: the next page does not. */
void hello_said(struct web *w);
/* What waits for a clerk of the own account's 忘记密码: the page shows it, with 不是我，取消. The first page
 * after a login does; others ask for it before they make their frame. */
enum status hello_lost(struct web *w) MUST_USE;

#endif
