/* The words of closed lists as they stand in other people's sheets. One that could mean two things is not
 * understood: it is better asked about than guessed. The template's second sheet shows these tables. */
#ifndef DOMAIN_IMPORT_WORD_H
#define DOMAIN_IMPORT_WORD_H

#include "base/arena.h"

struct import_word {
    const char *value; /* what is stored: digits of a code, or the word itself */
    const char *words; /* with blanks between, as name_fold writes them */
};
struct import_words {
    const struct import_word *p;
    size_t n;
    const char *hint; /* what a refusal says must be written */
};

/* Of a field of import_fields; NULL: it has no list. */
const struct import_words *import_words(const char *field);

/* False: not in the list. What stands in brackets, and what only says how someone studied (全日制, 毕业), is
 * left out where the whole is not known. */
bool import_word_read(struct arena *a, const struct import_words *list, struct str typed, struct str *ret);

#endif
