/* One thing that an association decides for itself: a row of its feature (feature.c), its value in struct
 * settings (settings.h). */
#ifndef APP_CORE_SETTING_H
#define APP_CORE_SETTING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define CLOCK_NONE INT64_C(-1) /* of a SETTING_CLOCK, which is minutes after midnight: never */

enum setting_kind {
    SETTING_TEXT,
    SETTING_NUMBER,
    SETTING_SWITCH,
    SETTING_FIELDS,
    SETTING_WORDS,
    SETTING_CLOCK,
    SETTING_CHOICE
};

/* One word of a closed list; its place in the list is its bit. */
struct setting_word {
    const char *word, *label;
};

/* Settings whose names begin alike, for the page; who of the association may set them. */
struct setting_group {
    const char *prefix, *title; /* what stands before the dot */
    unsigned role;              /* enum role: ROLE_SYSTEM, ROLE_SECURITY */
};

struct setting {
    const char *name; /* feature.word; never changed, for rows of the database have it */
    const char *title;
    const char *what; /* what it does, for who sets it; NULL where the title says it */
    const char *unit; /* of a number; NULL: a count */
    enum setting_kind kind;
    bool secret;                      /* only who may set it reads it, and the trail does not hold it */
    size_t at;                        /* in struct settings */
    const char *text;                 /* the default of a SETTING_TEXT */
    int64_t number;                   /* the default of any other; a SETTING_CLOCK: CLOCK_NONE */
    const struct setting_word *words; /* of SETTING_WORDS, and of SETTING_CHOICE: exactly one of them */
    size_t n_words;
    int64_t least, most; /* of the number, both taken; of the characters of a text */
};

/* Rows: the name, the member of struct settings, the default, the range, and what people read. */
#define SETTING_OF_TEXT(row_name, field, value, from, to, shown, about)                                      \
    {                                                                                                        \
        .name = (row_name), .at = offsetof(struct settings, field), .kind = SETTING_TEXT, .text = (value),   \
        .least = (from), .most = (to), .title = (shown), .what = (about)                                     \
    }
#define SETTING_OF_SECRET(row_name, field, from, to, shown, about)                                           \
    {                                                                                                        \
        .name = (row_name), .at = offsetof(struct settings, field), .kind = SETTING_TEXT, .text = "",        \
        .secret = true, .least = (from), .most = (to), .title = (shown), .what = (about)                     \
    }
#define SETTING_OF_NUMBER(row_name, field, value, from, to, of, shown, about)                                \
    {                                                                                                        \
        .name = (row_name), .at = offsetof(struct settings, field), .kind = SETTING_NUMBER,                  \
        .number = (value), .least = (from), .most = (to), .unit = (of), .title = (shown), .what = (about)    \
    }
#define SETTING_OF_CLOCK(row_name, field, shown, about)                                                      \
    {                                                                                                        \
        .name = (row_name), .at = offsetof(struct settings, field), .kind = SETTING_CLOCK,                   \
        .number = CLOCK_NONE, .title = (shown), .what = (about)                                              \
    }
#define SETTING_OF_SWITCH(row_name, field, value, shown, about)                                              \
    {                                                                                                        \
        .name = (row_name), .at = offsetof(struct settings, field), .kind = SETTING_SWITCH,                  \
        .number = (value), .most = 1, .title = (shown), .what = (about)                                      \
    }
#define SETTING_OF_WORDS(row_name, field, value, list, shown, about)                                         \
    {                                                                                                        \
        .name = (row_name), .at = offsetof(struct settings, field), .kind = SETTING_WORDS,                   \
        .number = (value), .words = (list), .n_words = sizeof(list) / sizeof *(list), .title = (shown),      \
        .what = (about)                                                                                      \
    }
#define SETTING_OF_CHOICE(row_name, field, value, list, shown, about)                                        \
    {                                                                                                        \
        .name = (row_name), .at = offsetof(struct settings, field), .kind = SETTING_CHOICE,                  \
        .number = (value), .words = (list), .n_words = sizeof(list) / sizeof *(list), .title = (shown),      \
        .what = (about)                                                                                      \
    }
#define SETTING_OF_FIELDS(row_name, field, value, shown, about)                                              \
    {                                                                                                        \
        .name = (row_name), .at = offsetof(struct settings, field), .kind = SETTING_FIELDS,                  \
        .number = (value), .title = (shown), .what = (about)                                                 \
    }

#endif
