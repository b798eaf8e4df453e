/* What an association brings with it in sheets: the kinds, their fields, and the headings under which each
 * may stand. The template's second sheet shows these tables. */
#ifndef DOMAIN_IMPORT_FIELD_H
#define DOMAIN_IMPORT_FIELD_H

#include "base/arena.h"

enum import_kind { IMPORT_COMPANY, IMPORT_MEMBER, IMPORT_PERIOD };
#define IMPORT_KIND_COUNT 3

const char *import_kind_code(enum import_kind kind);  /* stable: ?kind=company */
const char *import_kind_label(enum import_kind kind); /* 企业 */
bool import_kind_parse(struct str code, enum import_kind *ret);

/* How a cell is read, and what comes of it. "" is an empty cell, always. */
enum import_form {
    IMPORT_NAME,      /* of a person: person_name; blanks between the characters of a Chinese name go */
    IMPORT_ID_NUMBER, /* 18 characters */
    IMPORT_UNIT,      /* of a company: 4 to 60 characters */
    IMPORT_CREDIT,    /* credit code */
    IMPORT_TAX,       /* tax_no_parse */
    IMPORT_PERSON,    /* as person_field_check of the same name reads it; labels and their synonyms, too */
    IMPORT_PHONE,     /* person_phone */
    IMPORT_TEXT,      /* one line */
    IMPORT_SEX,       /* 1 or 2; read to be compared */
    IMPORT_DAY,       /* YYYY-MM-DD */
    IMPORT_DAY_MONTH, /* YYYY-MM-DD, or YYYY-MM where no more is said */
    IMPORT_RANGE,     /* fills period_start and period_end; one day alone is the end */
    IMPORT_COUNT,     /* 0 to 99 */
    IMPORT_STATE,     /* a code of member_state_code */
    IMPORT_YES,       /* 1 or 0 */
    IMPORT_NOTHING,   /* known, and not read: 序号 */
};

/* What an empty cell means. */
enum import_need { IMPORT_MAY, IMPORT_LATER /* 待补 */, IMPORT_MUST };

struct import_field {
    const char *name; /* as forms call it, where a form has it */
    const char *word; /* the heading of template and export */
    enum import_form form;
    enum import_need need;
    size_t max;           /* characters, of IMPORT_TEXT */
    const char *synonyms; /* headings with blanks between, folded: see import_heading */
};

struct import_fields {
    const struct import_field *p;
    size_t n;
};
#define IMPORT_FIELDS_MAX 32

struct import_fields import_fields(enum import_kind kind);
/* The field's place in the list; -1: the kind has none of that name. */
int import_field_at(enum import_kind kind, const char *name);

#define IMPORT_HEADING_BYTES 300 /* a longer cell is no heading */

/* Which field a cell of a heading names: width, blanks, line breaks, punctuation, brackets with what stands
 * in them, and capitals do not matter: * 姓 名（必填）. -1: none. */
int import_heading(struct arena *a, enum import_kind kind, struct str cell);

#endif
