#include "app/members/outcomes.h"

#include "app/core/hold.h"
#include "app/core/pack.h"
#include "app/core/vault.h"
#include "app/members/effects.h"
#include "base/limits.h"
#include "gen/queries.h"
#include "media/csv.h"

/* Among the skipped ones, for who was done last. */
#define DONE  STR("done")
#define WARNS "!" /* before the code of one who was done, and yet */

void outcome_done(struct ctx *c, struct outcome *o, const struct member_full *was,
                  const struct member_full *m)
{
    o->done++;
    o->last_done = m->id;
    if (was)
        *ARENA_PUSH(c->arena, &o->rows) = (struct done_row){.id = m->id,
                                                            .version = m->version,
                                                            .was_state_at = was->state_at,
                                                            .was_state = was->state,
                                                            .was_reason = was->reason,
                                                            .was_company = was->company_id};
    for (size_t i = 0; i < o->companies.n; i++)
        if (o->companies.p[i].v == m->company_id.v) return;
    *ARENA_PUSH(c->arena, &o->companies) = m->company_id;
}

void outcome_skip(struct ctx *c, struct outcome *o, const struct skipped *skipped)
{
    *ARENA_PUSH(c->arena, &o->skipped) = *skipped;
}

void outcome_warn(struct ctx *c, struct outcome *o, const struct skipped *warned)
{
    *ARENA_PUSH(c->arena, &o->warned) = *warned;
}

static void skipped_put(struct ctx *c, struct buf *b, const struct skipped *s)
{
    pack_put(b, arena_fmt(c->arena, "%ld", (long)s->id.v));
    pack_put(b, s->name);
    pack_put(b, s->code);
    pack_put(b, s->text);
}

static struct seal_place place(struct str token)
{
    return PLACE("outcome", "skipped_sealed", uid_of_token(token));
}

static struct bytes skipped_seal(struct ctx *c, const struct outcome *o, struct str token)
{
    struct buf *b = buf_new(c->arena, 4096, LIMIT_PAGE_BYTES);
    for (size_t i = 0; i < o->skipped.n; i++)
        skipped_put(c, b, &o->skipped.p[i]);
    for (size_t i = 0; i < o->warned.n; i++) {
        struct skipped w = o->warned.p[i];
        w.code = arena_fmt(c->arena, WARNS "%.*s", STR_ARG(w.code));
        skipped_put(c, b, &w);
    }
    if (o->last_done.v) skipped_put(c, b, &(struct skipped){o->last_done, STR(""), DONE, STR("")});
    struct bytes sealed = vault_seal(c, place(token), buf_text(b));
    buf_free(b);
    return sealed;
}

static bool is_undoable(const struct outcome *o)
{
    static const enum member_event EVENTS[] = {EVENT_RECOMMEND, EVENT_RECOMMEND_RENEWAL,
                                               EVENT_RETURN_TO_PERSON, EVENT_RETURN_TO_COMPANY,
                                               EVENT_APPROVE};
    if (o->undoes.n || o->kind == OUTCOME_PERIOD) return false;
    if (o->kind == OUTCOME_MERGE) return true;
    for (size_t i = 0; i < sizeof EVENTS / sizeof *EVENTS; i++)
        if (EVENTS[i] == o->what) return true;
    return false;
}

bool outcome_may_be_undone(const struct outcome *o)
{
    return is_undoable(o);
}

static enum status rows_save(struct ctx *c, const struct outcome *o, struct str token)
{
    if (!is_undoable(o)) return ST_OK;
    for (size_t i = 0; i < o->rows.n; i++) {
        const struct done_row *r = &o->rows.p[i];
        struct outcome_row_insert_in in = {token,           r->id,         r->version,     r->was_state,
                                           r->was_state_at, r->was_reason, r->was_company, c->now_ms};
        TRY(q_outcome_row_insert(c->db, &in, NULL));
    }
    return ST_OK;
}

static const struct str KINDS[] = {
    [OUTCOME_PERIOD] = STR_INIT("member.period"), [OUTCOME_MERGE] = STR_INIT("company.merge")};

static struct str word_of(const struct outcome *o)
{
    return o->kind == OUTCOME_DECISION ? str_from(member_event_word(o->what)) : KINDS[o->kind];
}

static bool word_read(struct str word, struct outcome *o)
{
    for (enum outcome_kind kind = OUTCOME_PERIOD; kind <= OUTCOME_MERGE; kind++)
        if (str_eq(word, KINDS[kind])) o->kind = kind;
    return o->kind != OUTCOME_DECISION || member_event_by_word(word, &o->what);
}

enum status outcome_save(struct ctx *c, const struct outcome *o, struct str token)
{
    enum status s =
        q_outcome_insert(c->db,
                         &(struct outcome_insert_in){token, c->actor.account, word_of(o), o->done,
                                                     skipped_seal(c, o, token), o->undoes, c->now_ms},
                         NULL);
    if (s == ST_CONFLICT) return someone_was_faster(c, "outcome_insert: undone meanwhile");
    if (s) return s;
    return rows_save(c, o, token);
}

static enum status undone_of(struct ctx *c, struct str token, struct str *ret)
{
    struct outcome_undone_row row;
    enum status s = q_outcome_undone(c->db, c->arena, token, &row);
    if (s == ST_OK) *ret = row.token;
    return s == ST_NOT_FOUND ? ST_OK : s;
}

static void keep(struct ctx *c, struct outcome *o, struct skipped *one)
{
    if (str_eq(one->code, DONE)) {
        o->last_done = one->id;
    } else if (str_starts(one->code, STR(WARNS))) {
        one->code = str_sub(one->code, 1, one->code.n);
        outcome_warn(c, o, one);
    } else {
        outcome_skip(c, o, one);
    }
}

enum status app_outcome(struct ctx *c, struct str token, struct outcome *ret)
{
    struct outcome_find_row row;
    struct str rest, id;
    TRY(app_read(c));
    enum status s = q_outcome_find(c->db, c->arena, token, c->actor.account, &row);
    if (s == ST_NOT_FOUND || (s == ST_OK && row.made_at < c->now_ms - DAY_MS)) return not_found(c);
    if (s) return s;
    TRY(vault_open(c, place(token), row.skipped_sealed, &rest));
    struct outcome o = {.done = row.done, .undoes = row.undoes};
    TRY(undone_of(c, token, &o.undone));
    struct skipped one;
    if (!word_read(row.what, &o)) return fail_detail(&c->fault, ST_BROKEN, "unknown event of an outcome");
    while (pack_next(&rest, &id) && pack_next(&rest, &one.name) && pack_next(&rest, &one.code) &&
           pack_next(&rest, &one.text)) {
        if (!str_int(id, &one.id.v)) continue;
        keep(c, &o, &one);
    }
    *ret = o;
    return ST_OK;
}

enum status app_outcome_following(struct ctx *c, const struct outcome *o, struct following *ret)
{
    static const enum member_stored WAIT[] = {STORED_RECOMMENDED_NEW, STORED_RECOMMENDED_RENEWAL};
    struct batch_next_waiting_unscoped_rows next;
    struct member_lines longest;
    struct following f = {.name = STR("")};
    TRY(app_read(c));
    TRY(q_batch_next_waiting_unscoped(c->db, c->arena, o->last_done, 1, &next));
    if (next.n) f = (struct following){next.p[0].id, next.p[0].name};
    for (size_t i = 0; i < sizeof WAIT / sizeof *WAIT && !f.id.v; i++) {
        TRY(q_members_waiting(c->db, c->arena, str_from(member_stored_code(WAIT[i])), 0,
                              (struct member_id){0}, 1, &longest));
        if (longest.n) f = (struct following){longest.p[0].id, longest.p[0].name};
    }
    *ret = f;
    return ST_OK;
}

enum status app_outcome_csv(struct ctx *c, struct str token, struct bytes *ret)
{
    struct outcome o = {0};
    TRY(app_outcome(c, token, &o));
    struct buf *b = buf_new(c->arena, 4096, LIMIT_PAGE_BYTES);
    csv_begin(b);
    csv_row(b, (const struct str[]){STR("姓名"), STR("原因")}, 2);
    for (size_t i = 0; i < o.skipped.n; i++)
        csv_row(b, (const struct str[]){o.skipped.p[i].name, o.skipped.p[i].text}, 2);
    bool full = b->full;
    struct bytes csv = arena_bytes(c->arena, str_bytes(buf_text(b)));
    buf_free(b);
    if (full) return fail_detail(&c->fault, ST_BROKEN, "details of an outcome over their limit");
    *ret = csv;
    return ST_OK;
}

#define OUTCOMES_AT_ONCE 20

static enum status look_at_some(struct ctx *c, int64_t *behind, struct sealed_wrong *wrong, bool *ret_more)
{
    struct outcomes_behind_rows rows;
    TRY(q_outcomes_behind(c->db, c->arena, *behind, OUTCOMES_AT_ONCE, &rows));
    for (size_t i = 0; i < rows.n; i++) {
        struct str text;
        *behind = rows.p[i].id;
        TRY(sealed_look(c, wrong, "outcome", *behind,
                        vault_open(c, place(rows.p[i].token), rows.p[i].skipped_sealed, &text)));
    }
    *ret_more = rows.n == OUTCOMES_AT_ONCE;
    return ST_OK;
}

enum status look_at_outcomes(struct ctx *c, struct str *ret_wrong)
{
    return check_sealed(c, look_at_some, ret_wrong);
}
