/* How names are found by any part of them: the index holds, for each name of a person or a company, every
 * character and every two neighbouring characters. A query looks up its own and what comes out is compared
 * with the whole. */
#ifndef DOMAIN_NAME_GRAMS_H
#define DOMAIN_NAME_GRAMS_H

#include "base/arena.h"

#define NAME_GRAMS_MAX 256 /* of one name or query: twice the longest name; more are left out */

struct grams {
    LIST(struct str); /* each once, in order of appearance */
};

/* What the index holds of a name: characters and pairs of its folded form (search_fold). */
struct grams name_grams(struct arena *a, struct str name);

/* What to look up, all of which a hit must have: the character of a query of one, else its pairs. None for a
 * query of blanks and punctuation. ret_folded (or NULL) gets the form to compare with folded names. */
struct grams name_query_grams(struct arena *a, struct str query, struct str *ret_folded);

#endif
