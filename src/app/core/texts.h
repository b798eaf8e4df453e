/* The long texts that people read: 入会须知, 操作手册, the pledge. What the association sets (name, fee,
 * account, limits) is filled in from the settings; a paragraph about something that is not set is left out.
 * Sources: the association's own manual and its annex 2, 入会须知. Results live in c->arena. */
#ifndef APP_CORE_TEXTS_H
#define APP_CORE_TEXTS_H

#include "app/core/app.h"

struct text_paragraphs {
    LIST(struct str);
};
struct text_section {
    struct str heading;
    struct text_paragraphs paragraphs;
};
struct text_sections {
    LIST(struct text_section);
};
struct text {
    struct str title;
    struct text_sections sections;
};

/* Lines as texts.c has them, to NULL. */
struct text_sections text_sections_of(struct ctx *c, const char *const *lines, struct str url);
/* The same lines in one text. */
struct text_sections text_sections_filled(struct ctx *c, struct str text, struct str url);
/* As somebody typed it: a line is a paragraph, one that begins with # or ＃ a heading; nothing is filled in.
 * Paragraphs before the first heading stand under an empty one. */
struct text_sections text_sections_typed(struct arena *a, struct str text);

/* url: the public address, for who types it. */
struct text app_text_guide(struct ctx *c, struct str url);                /* 入会须知 */
struct text app_text_help(struct ctx *c, enum side side, struct str url); /* 操作手册 of that side */
/* What an applicant agrees to on the check page and signs on 入会申请表. */
struct text_section app_text_pledge(struct ctx *c);

#endif
