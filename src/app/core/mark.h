/* The high-water mark: the head of the trail in a file beside the keys, where the database's owner does not
 * write. It follows each commit within a second and is waited for by nobody; it only moves forward, whichever
 * process moves it; and it stays where it is while the trail does not hold it, so that nothing written after
 * a loss hides that loss. */
#ifndef APP_CORE_MARK_H
#define APP_CORE_MARK_H

#include "app/core/head.h"

struct mark;

/* In the process's arena. The file is that of the keys with ".head" after it. */
struct mark *mark_new(struct arena *a, struct str keys_path);
/* It stays where it is until mark_put. */
void mark_hold(struct mark *m);
/* Writes what is noted; NULL is fine. */
void mark_close(struct mark *m);
/* Any thread, never waits for the disk. NULL is fine. */
void mark_note(struct mark *m, const struct head *h);

/* Puts it there, forward or back, and lets it move again. ST_UNAVAILABLE: it can't be written. */
enum status mark_put(struct mark *m, const struct head *h, struct fault *f) MUST_USE;

/* What the file says now. */
struct mark_seen {
    enum status how; /* ST_NOT_FOUND: no file; ST_BROKEN, ST_UNAVAILABLE: no head can be read, see wrong */
    struct head head;
    struct str wrong;
};
void mark_look(const struct mark *m, struct arena *a, struct mark_seen *ret);
/* Compares that with the trail through c->db, which began after the look: none when the trail holds it, or
 * there is no file; else what is wrong and what to do, in English for the command line. */
enum status mark_judge(struct ctx *c, const struct mark *m, const struct mark_seen *seen,
                       struct str *ret) MUST_USE;

#endif
