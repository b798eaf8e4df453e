/* What a transition does besides the state: batches, periods, numbers, employment, counters, the trail. The
 * rules have agreed already (domain/member.h). */
#ifndef APP_MEMBERS_EFFECTS_H
#define APP_MEMBERS_EFFECTS_H

#include "app/members/decision.h"
#include "gen/rows.h"

/* Carries it out and brings *m up to date. An effect may still find a reason against it (an approval date
 * before the recommendation): then nothing was changed and *ret says why. ST_CONFLICT when someone else was
 * faster. */
enum status member_effect(struct ctx *c, const struct decision *d, const struct member_facts *facts,
                          enum member_stored to, struct member_full *m, struct refusal *ret) MUST_USE;
/* Takes an act back that left the row as it is, with everything that it brought; 会员编号 stays. Inside a
 * transaction, person and companies held. */
enum status member_restore(struct ctx *c, enum member_event act, const struct outcome_row_full *was,
                           struct member_full *m) MUST_USE;
const char *member_event_word(enum member_event event);             /* for the trail: member.recommend */
bool member_event_by_word(struct str word, enum member_event *ret); /* false for no such word */
/* To another employer, or none, from that day on: employment and search index go along; the row itself and
 * the counters are the caller's. */
enum status member_move(struct ctx *c, struct member_full *m, struct company_id company,
                        struct day on) MUST_USE;
/* The search index of a person's name, anew. */
enum status member_index_name(struct ctx *c, struct member_id id, struct company_id company,
                              struct str name) MUST_USE;

#endif
