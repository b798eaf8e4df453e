/* Names as they are compared and as they are searched for: by class of character (base/unicode.h), so that
 * what looks alike is alike however it was typed or pasted. Both live in the arena, or are the text itself
 * where it is in the form already; doing it twice changes nothing. What is not UTF-8 becomes U+FFFD, which no
 * name holds. */
#ifndef DOMAIN_FOLD_H
#define DOMAIN_FOLD_H

#include "base/arena.h"

/* For login, and the question whether two are the same: compatibility forms as what they stand for, capitals,
 * brackets of every kind (), dashes -, dots ·, apostrophes ', quotation marks "; blanks and what draws
 * nothing go. */
struct str name_fold(struct arena *a, struct str name);

/* For search by a part of it: the same, and punctuation and accents go, too: 买买提艾力, NGUYENVANAN. */
struct str search_fold(struct arena *a, struct str name);

#endif
