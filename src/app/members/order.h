/* The orders of a list of people: a row's place in it, which of two comes first, and the cursor that names a
 * place. Private to the lists of this floor. */
#ifndef APP_MEMBERS_ORDER_H
#define APP_MEMBERS_ORDER_H

#include "app/members/path.h"

/* Behind everyone who has an end: who has none yet. */
#define NO_END    ((struct day){9999, 12, 31})
#define FIRST_DAY ((struct day){1, 1, 1})
#define LAST_DAY  NO_END

/* Rows in the walk's order, or (back) in the opposite one. */
void lines_sort(const struct walk *w, struct member_lines *lines, bool back);
/* Below 0: the row comes before that place. */
int line_cmp(const struct walk *w, const struct member_line *row, const struct spot *at);

struct spot walk_start(const struct walk *w); /* before the first row */
struct spot spot_of(const struct walk *w, const struct member_line *row);
/* Cursors. False for none, and for one of another order. */
struct str walk_cursor(struct ctx *c, const struct walk *w, struct spot at);
bool walk_cursor_read(struct ctx *c, const struct walk *w, struct str cursor, struct spot *ret) MUST_USE;

/* Of what was read whole: up to `limit` rows behind `from`, nearest first. */
enum status gathered_step(struct ctx *c, const struct walk *w, struct spot from, bool back, int64_t limit,
                          struct member_lines *ret) MUST_USE;

#endif
