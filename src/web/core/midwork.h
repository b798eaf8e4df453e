/* Nothing typed is lost: a post whose session ended by time waits for the account's next login and stands in
 * its page again; a page that stood too long comes back as it was filled in. */
#ifndef WEB_CORE_MIDWORK_H
#define WEB_CORE_MIDWORK_H

#include "web/core/web.h"

/* A post from who is logged in no more: keeps what was typed, where the session ended by time, the token was
 * that session's and the route its side's; then w->back is the page to come back to. Faults are in the log.
 */
void midwork_keep(struct web *w);
/* A post for which the password must be typed again: what was typed waits for that. The page to come back to.
 */
struct url midwork_keep_own(struct web *w);
/* A GET of who is logged in: what this session was promised to find filled in becomes w->refill. */
enum status midwork_find(struct web *w) MUST_USE;
/* A post of this session was done: nothing of it is left to fill in. */
void midwork_done(struct web *w);
/* A post of ours whose token is no longer good: its page filled in, with a token that is, and 403, for
 * nothing was done. ST_FORBIDDEN: it has no page. */
enum status midwork_show_again(struct web *w) MUST_USE;

#endif
