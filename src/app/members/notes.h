/* Notes about a person for the association alone: neither the person nor a company ever reads them. They lie
 * in the trail, sealed with the person's key, and stand in 记录. */
#ifndef APP_MEMBERS_NOTES_H
#define APP_MEMBERS_NOTES_H

#include "app/core/app.h"

#define MEMBER_NOTE_MAX 500 /* characters */

/* ST_BAD_INPUT: text. With the same `once` again: ST_OK and nothing more happens. */
enum status app_member_note(struct ctx *c, struct member_id id, struct str text, struct str once) MUST_USE;

#endif
