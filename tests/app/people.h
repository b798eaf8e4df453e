/* People as the program itself makes them: through the steps of registration, recommendation and approval.
 * And what must hold of them whatever was done. */
#ifndef TESTS_APP_PEOPLE_H
#define TESTS_APP_PEOPLE_H

#include "register.h"

#include "app/members/outcomes.h"
#include "app/members/page.h"
#include "app/members/register.h"

/* The three steps of somebody's registration, as typed. */
struct application {
    struct register_input account;
    struct person_input details;
    struct photo_input photo;
};

#define PASSWORD "Chunfeng-2026"

/* That of number i, without a fault: everybody has an ID number and a mobile of his own. */
struct application application_of(struct fixture *x, struct company_id company, int i);
/* A valid resident's number: born that day, the 15th to 17th digit as given (odd: a man). */
struct str id_number_of(struct arena *a, struct day born, int sequence);
/* The portrait that everybody sends. */
struct photo_input portrait(struct fixture *x);
/* Pictures as a phone might send them: blue behind, too few pixels, none at all, more than the limit. */
enum photo_kind { NO_PHOTO, GOOD_PHOTO, BLUE_PHOTO, SMALL_PHOTO, TEXT_FILE, TOO_LONG };
struct photo_input photo_of_kind(struct fixture *x, enum photo_kind kind, bool anyway);

/* Steps 1 and 2; the draft's token. */
struct str application_draft(struct fixture *x, const struct application *form);
/* All of it. The new member is the newest. */
struct member_id application_send(struct fixture *x, const struct application *form);
struct member_id person_register(struct fixture *x, int i);
/* Number i of the company in that state today, with whatever had to happen before. */
struct member_id person_in(struct fixture *x, enum member_state state, int i);

struct member_full person_of(struct fixture *x, struct member_id id);
struct member_full person_newest(struct fixture *x);
enum member_state state_of(struct fixture *x, struct member_id id);
struct dossier dossier_of(struct fixture *x, struct member_id id);
/* The person's newest batch item and its batch. */
struct batch_item_full item_of(struct fixture *x, struct member_id id);
struct batch_full batch_of(struct fixture *x, struct member_id id);

/* As the person, logged in. */
struct ctx *as_person(struct fixture *x, struct member_id id);
/* Does it to one person: the outcome. */
struct outcome decide_with(struct ctx *c, const struct decision *d, struct member_id id);
struct outcome decide_many(struct ctx *c, const struct decision *d, const struct member_id *ids, size_t n);
void set_today(struct fixture *x, struct day today);

/* Counters, copies (period_end, employer), the search index and the trail's chain agree with what they stand
 * for. */
void assert_sound(struct fixture *x);

void assert_problem(const struct ctx *c, const char *field);
void assert_text(struct str got, const char *expected);

#endif
