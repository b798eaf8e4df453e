/* What a person fills in: as typed, as checked, as stored. Registration, resubmission, the clerk's correction
 * and the association's edit all pass through here. */
#ifndef APP_MEMBERS_PERSON_H
#define APP_MEMBERS_PERSON_H

#include "app/core/detail.h"
#include "domain/id_number.h"
#include "gen/rows.h"

/* As typed: contract.md, /register/details. company is an id. */
struct person_input {
    struct str name, education, school, major, title_level, title_specialty, post, started_on, company,
        address, qq, mobile, email;
};

/* Checked and normalised. */
struct person {
    struct str name, school, major, title_specialty, post, address, qq, mobile, email;
    int education, title_level;
    struct day started_on;
    struct company_id company;
    struct str company_name;
};

/* Every field; wrong ones, and those that the association requires and that are empty, are added to
 * c->problems and answered ST_BAD_INPUT. `judged`: whether eligibility counts, with the person's birth date
 * (registration and resubmission; never later). */
enum status person_check(struct ctx *c, const struct person_input *in, const struct day *born_if_judged,
                         struct person *ret) MUST_USE;
/* What differs, in words that a person reads; masked where lists mask. */
void person_changes(struct ctx *c, const struct member_full *before, struct str mobile_before,
                    const struct person *after, struct changes *ret);
/* For member.mobile_index: none for somebody without a number, whom no number finds. */
struct bytes person_mobile_index(struct ctx *c, struct str mobile);
struct eligibility_rules;
void eligibility_rules_of(struct ctx *c, struct eligibility_rules *ret);

#endif
