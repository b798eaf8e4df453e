/* A form is a table: it reads what was typed into a struct, and gives the page its labels, limits and
 * messages. */
#ifndef WEB_CORE_FORM_H
#define WEB_CORE_FORM_H

#include "domain/codes.h"
#include "web/core/web.h"

struct form_field {
    const char *name, *label, *hint;
    const char *type;         /* of the input: text, tel, email, password; month: two lists, see form_month */
    const char *autocomplete; /* HTML's word for it, or NULL */
    size_t offset;            /* of the struct str that takes it */
    int max;                  /* characters */
    bool required, wide;
    const struct codes *codes; /* a choice: value and label … */
    const struct words *words; /* … or words */
};
struct form {
    const struct form_field *p;
    size_t n;
};
#define FORM(fields) ((struct form){(fields), sizeof(fields) / sizeof *(fields)})

/* What a page shows of it. */
struct option_view {
    struct str value, label;
    bool selected;
};
struct options_view {
    LIST(struct option_view);
};
struct field_view {
    struct str name, label, hint, type, autocomplete, value, error;
    int max;
    bool required, wide, focus, is_choice, is_password, is_month;
    struct options_view options, months; /* is_month: options are the years */
};
struct fields_view {
    LIST(struct field_view);
};

void form_read(const struct web *w, struct form f, void *ret);
/* Year and month of two lists as YYYY-MM: they are called NAME_year and NAME_month. What came as NAME itself
 * goes first; of one list alone what there is. */
struct str form_month(const struct web *w, const char *name);
/* values: what stands in the fields, as form_read left it or as it is stored. The first wrong field of the
 * page takes the focus: give the forms of a page in their order. */
struct fields_view form_view(struct web *w, struct form f, const void *values);
/* The message of one field, for what is not in a table. */
struct str form_error(const struct web *w, const char *field);
/* Counts a wrong field of the page, in the page's order (w->wrong); true for the first, which takes the
 * focus. */
bool form_focus(struct web *w, struct str error);

#endif
