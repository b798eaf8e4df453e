/* What a person fills in: as typed, as checked, as stored. Registration, resubmission, the clerk's correction
 * and the association's edit all pass through here. */
#ifndef APP_MEMBERS_PERSON_H
#define APP_MEMBERS_PERSON_H

#include "app/core/detail.h"
#include "domain/id_number.h"
#include "domain/person_field.h"
#include "gen/rows.h"

struct member_insert_in;
struct member_update_fields_in;

/* Imported people of whom nobody knows since when they work: a day that reads as nothing. */
#define STARTED_UNKNOWN DAY(1, 1, 1)

/* Checked: every field normalised, and what the register's columns hold of some. */
struct person {
    struct person_input text;
    int education, title_level;
    struct day started_on;
    struct company_id company; /* 0: not in the list, called text.company_new */
    struct str company_name;
};

#define DIRECT_REASON_MAX 200 /* characters */

/* Every field; wrong ones, and those that the association requires and that are empty, are added to
 * c->problems and answered ST_BAD_INPUT. `judged`: whether eligibility counts, with the person's birth date
 * (registration and resubmission; never later). */
enum status person_check(struct ctx *c, const struct person_input *in, const struct day *born_if_judged,
                         struct person *ret) MUST_USE;
/* The association's edit of a person: the employer stays, whoever it is, and what was never filled in may
 * stay so. */
enum status person_check_edit(struct ctx *c, const struct person_input *in, const struct person_input *before,
                              const struct member_full *m, struct person *ret) MUST_USE;
/* The row's fields as a form shows them first; mobile is the opened number. */
struct person_input person_texts(struct ctx *c, const struct member_full *m, struct str mobile);
/* The same as people read them: labels for codes, the employer's name. */
struct person_input person_as_read(struct ctx *c, const struct member_full *m, struct str mobile,
                                   struct str company_name);
/* What differs, in words that a person reads; masked where lists mask. The employer is not looked at. */
void person_changes(struct ctx *c, const struct person_input *before, const struct person_input *after,
                    struct changes *ret);
/* The columns that people fill in, for a new row and for one that is corrected. */
void person_insert_columns(struct ctx *c, const struct person *p, struct bytes uid,
                           struct member_insert_in *ret);
void person_update_columns(struct ctx *c, const struct person *p, struct bytes uid,
                           struct member_update_fields_in *ret);
/* For member.mobile_index: none for somebody without a number, whom no number finds. */
struct bytes person_mobile_index(struct ctx *c, struct str mobile);
struct eligibility_rules;
void eligibility_rules_of(struct ctx *c, struct eligibility_rules *ret);

#endif
