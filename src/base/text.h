/* What people type and paste, in one normal form: everything that comes in passes through here before any
 * check, what is stored and what is searched for alike. */
#ifndef BASE_TEXT_H
#define BASE_TEXT_H

#include "base/arena.h"

/* The text itself where it is in the form already, else a copy in the arena, at most three times as long:
 * - NFC; radicals and compatibility forms of ideographs as the ideograph; letters and digits in half width
 *   (punctuation keeps its width: it is the field that knows)
 * - characters that draw nothing are gone (default-ignorable, format and direction marks), but for those that
 *   break the line or make it run from right to left: with them the text reads otherwise, so a field refuses
 * - blanks of every kind are a space, none at the ends; line ends are LF
 * - a text in which nothing can be seen is empty
 * What is not UTF-8 is U+FFFD. Doing it twice changes nothing. */
struct str text_clean(struct arena *a, struct str s);

/* NFC and nothing else: for passwords (RFC 8265, OpaqueString, but for its blanks). */
struct str text_nfc(struct arena *a, struct str s);

/* Nothing in it that a line of text can't show: no control character, line end, right-to-left mark, U+FFFD or
 * half a character. */
bool text_is_line(struct str s);
/* The same with line ends, as a reason may have. */
bool text_is_lines(struct str s);

#endif
