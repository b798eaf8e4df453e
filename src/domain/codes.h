/* Closed lists that forms, pages and spreadsheets share: what is stored, and the Chinese word for it. In the
 * order in which a <select> offers them. */
#ifndef DOMAIN_CODES_H
#define DOMAIN_CODES_H

#include "base/str.h"

/* Who acts. The code is what the address says (?as=company); the label is the Chinese word for the side. */
enum side { SIDE_MEMBER, SIDE_COMPANY, SIDE_STAFF };
#define SIDE_COUNT 3
const char *side_code(enum side side);
const char *side_label(enum side side);
bool side_parse(struct str code, enum side *ret);

enum sex { SEX_UNKNOWN = 0, SEX_MALE = 1, SEX_FEMALE = 2, SEX_UNSTATED = 9 }; /* GB/T 2261.1 */

#define TITLE_LEVEL_NONE 0 /* 无 */

struct code {
    int value;
    const char *label;
};
struct codes {
    const struct code *p;
    size_t n;
};

extern const struct codes sex_codes;       /* enum sex */
extern const struct codes education_codes; /* GB/T 4658-2006, the levels that applicants can choose */
extern const struct codes title_level_codes; /* 0 none … 5 senior; 人社部发〔2019〕16号 for the highest */

const char *code_label(struct codes list, int value);           /* "" for a value that is not in the list */
bool code_parse(struct codes list, struct str typed, int *ret); /* decimal digits, in the list */
bool code_by_label(struct codes list, struct str label, int *ret); /* for spreadsheets, which show labels */

/* Posts at work are stored as the word itself. */
struct words {
    const char *const *p;
    size_t n;
};
extern const struct words post_words;

#endif
