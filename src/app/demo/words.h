/* People and companies for demo data: plausible, repeatable by seed, and nobody's. ID numbers have the
 * sequences 900 to 999, and an area where nobody was registered at that birth (design: demo). */
#ifndef APP_DEMO_WORDS_H
#define APP_DEMO_WORDS_H

#include "app/companies/companies.h"
#include "base/random.h"
#include "domain/codes.h"

/* Which ID numbers were given out already. `today` is where the birth dates end. */
struct demo_numbers;
struct demo_numbers *demo_numbers_new(struct arena *a, struct day today);

enum demo_name { DEMO_NAME_ANY, DEMO_NAME_WITH_DOT, DEMO_NAME_RARE };

struct demo_person {
    struct str id_number, name, school, major, title_specialty, post, mobile, qq, email;
    enum sex sex;
    struct day born, started_on;
    int education, title_level;
};

/* Someone who was eligible on the day of registration. False when there is no ID number left: some 900 000
 * people. */
bool demo_person_make(struct arena *a, struct seed *s, struct demo_numbers *numbers, struct day registered,
                      enum demo_name name, struct demo_person *ret) MUST_USE;
/* 演示监理公司0001 for number 1. */
struct company_new demo_company_make(struct arena *a, struct seed *s, int64_t number);

int64_t demo_draw(struct seed *s, int64_t low, int64_t high); /* both inclusive */

#endif
