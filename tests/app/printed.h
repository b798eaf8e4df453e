/* What a PDF says, for tests of what is printed. */
#ifndef TESTS_APP_PRINTED_H
#define TESTS_APP_PRINTED_H

#include "register.h"

/* What a person who copies from the document gets; blanks go, so that only the words and their order count.
 */
struct str pdf_text(struct fixture *x, struct bytes pdf);
void assert_says(struct str text, const char *words);
void assert_silent(struct str text, const char *words);

#endif
