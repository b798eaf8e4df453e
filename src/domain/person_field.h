/* What is asked of a person, a row a field, in the order in which forms ask. Forms, drafts, checks, changes,
 * pages and prints walk this table; a new field is a row here, its two members, and its column in the
 * register (docs/architecture.md). */
#ifndef DOMAIN_PERSON_FIELD_H
#define DOMAIN_PERSON_FIELD_H

#include "base/arena.h"
#include "domain/codes.h"

/* Bits: an association's choice is a set of them. required.h reads it. */
enum required {
    REQUIRED_SCHOOL = 1 << 0,
    REQUIRED_MAJOR = 1 << 1,
    REQUIRED_TITLE_SPECIALTY = 1 << 2,
    REQUIRED_POST = 1 << 3,
    REQUIRED_ADDRESS = 1 << 4,
    REQUIRED_MOBILE = 1 << 5,
    REQUIRED_QQ = 1 << 6,
    REQUIRED_EMAIL = 1 << 7,
    REQUIRED_PHOTO = 1 << 8,
};
#define REQUIRED_USUALLY (REQUIRED_ADDRESS | REQUIRED_MOBILE | REQUIRED_PHOTO)

/* Each as text: as it was typed, or normalised as a form shows it again. company is an id, started_on
 * YYYY-MM, a code its digits. contract.md, /register/details. */
struct person_input {
    struct str name, education, school, major, title_level, title_specialty, post, started_on, company,
        address, qq, mobile, email;
    /* No fields of the table: why 协会直管 is the employer, asked only then; and what the employer is called
     * that is not in the list. */
    struct str direct_reason, company_new;
};

enum person_kind {
    PERSON_NAME,
    PERSON_TEXT,
    PERSON_CODE, /* of `codes` */
    PERSON_WORD, /* of `words` */
    PERSON_MONTH,
    PERSON_EMPLOYER,
    PERSON_MOBILE,
    PERSON_QQ,
    PERSON_EMAIL,
    PERSON_PHOTO, /* a file: no text */
};

/* Where forms put it. */
enum person_group { PERSON_SELF, PERSON_EDUCATION, PERSON_WORK, PERSON_CONTACT, PERSON_PICTURE };

struct person_field {
    const char *name;  /* in forms, messages, drafts and settings */
    const char *word;  /* what pages call it */
    const char *asked; /* what a form asks, if other than that */
    const char *brief; /* the heading of a column and the word of the trail, if other */
    const char *hint;
    const char *missing; /* the message when it is required and empty */
    enum person_kind kind;
    enum person_group group;
    bool always;            /* required whatever an association chooses: rules hang on it (required.h) */
    enum required required; /* else the bit of that choice; 0: never */
    size_t max;             /* characters as typed */
    size_t at;              /* in struct person_input */
    const struct codes *codes;
    const struct words *words;
    struct str (*mask)(struct arena *a, struct str text); /* to others than the person; NULL: shown */
    bool wide;                                            /* long: a line of its own */
    int column;                                           /* its width in a sheet, in characters */
};

extern const struct person_field person_fields[];
extern const size_t person_fields_n;

const struct person_field *person_field(const char *name); /* NULL: no such field */
const char *person_field_brief(const struct person_field *f);
/* The field's text; not of a photo, which has none. */
struct str *person_text_of(struct person_input *in, const struct person_field *f);
struct str person_text_in(const struct person_input *in, const struct person_field *f);
/* A normalised text as people read it: a code's label, else the text itself. "" for a code that is none. */
struct str person_shown(const struct person_field *f, struct str text);

#endif
