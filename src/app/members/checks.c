#include "app/members/checks.h"

#include "app/core/printable.h"
#include "app/core/vault.h"
#include "app/members/person.h"
#include "gen/queries.h"

#define NAMES 1000 /* people whose place in the search index is looked at */

enum status look_at_period_ends(struct ctx *c, struct str *ret_wrong)
{
    struct period_end_wrong_rows rows;
    TRY(q_period_end_wrong(c->db, c->arena, CHECK_SHOWN, &rows));
    *ret_wrong = check_rows(c->arena, rows.n);
    return ST_OK;
}

enum status look_at_employers(struct ctx *c, struct str *ret_wrong)
{
    struct employment_wrong_rows rows;
    TRY(q_employment_wrong(c->db, c->arena, CHECK_SHOWN, &rows));
    *ret_wrong = check_rows(c->arena, rows.n);
    return ST_OK;
}

enum status look_at_search_index(struct ctx *c, struct str *ret_wrong)
{
    struct grams_missing_rows rows;
    TRY(q_grams_missing(c->db, c->arena, NAMES, &rows));
    *ret_wrong = check_rows(c->arena, rows.n);
    return ST_OK;
}

#define PEOPLE 1000 /* read at a time */

/* Of so many people the characters that no font has, with memory of their own. */
static enum status people_unprintable(struct ctx *c, struct member_id *above, struct str *missing,
                                      bool *ret_over)
{
    struct texts_printed_rows rows = {0};
    struct arena *a = arena_new();
    struct ctx piece = *c;
    piece.arena = a;
    enum status s = q_texts_printed(c->db, a, *above, PEOPLE, &rows);
    for (size_t i = 0; i < rows.n; i++) {
        const struct str texts[] = {rows.p[i].name, rows.p[i].major, rows.p[i].post};
        struct str here = unprintable(&piece, texts, sizeof texts / sizeof *texts);
        if (here.n) *missing = unprintable(c, (const struct str[]){*missing, here}, 2);
        *above = rows.p[i].id;
    }
    *ret_over = rows.n < PEOPLE;
    arena_free(a);
    return s;
}

enum status look_at_characters(struct ctx *c, struct str *ret_wrong)
{
    struct member_id above = {0};
    struct str missing = STR("");
    for (bool over = false; !over;)
        TRY(people_unprintable(c, &above, &missing, &over));
    if (missing.n)
        *ret_wrong =
            arena_fmt(c->arena, "no font has %.*s: they print as boxes; install a font that has them",
                      STR_ARG(missing));
    return ST_OK;
}

/* A value that opens is still the wrong one where its index says another. */
static enum status open_indexed(struct ctx *c, struct seal_place at, struct bytes sealed, bool is_mobile,
                                struct bytes index)
{
    struct str text;
    TRY(vault_open(c, at, sealed, &text));
    struct bytes made = is_mobile ? person_mobile_index(c, text) : vault_index(c, INDEX_ID_NUMBER, text);
    if (bytes_eq(made, index)) return ST_OK;
    return fail_detail(&c->fault, ST_BROKEN, "%s is not what it is found by", at.column);
}

static enum status people_sealed(struct ctx *c, int64_t *behind, struct sealed_wrong *wrong, bool *ret_more)
{
    struct members_sealed_behind_rows rows;
    TRY(q_members_sealed_behind(c->db, c->arena, (struct member_id){*behind}, PEOPLE, &rows));
    for (size_t i = 0; i < rows.n; i++) {
        const struct members_sealed_behind_row *m = &rows.p[i];
        *behind = m->id.v;
        enum status s =
            open_indexed(c, PLACE("member", "id_sealed", m->uid), m->id_sealed, false, m->id_index);
        TRY(sealed_look(c, wrong, "member", m->id.v, s));
        s = open_indexed(c, PLACE("member", "mobile_sealed", m->uid), m->mobile_sealed, true,
                         m->mobile_index);
        TRY(sealed_look(c, wrong, "member", m->id.v, s));
        if (m->data_key_sealed.n == KEY_SIZE + SEAL_EXTRA) /* else it was destroyed */
            TRY(sealed_look(c, wrong, "member", m->id.v, person_key_check(c, m->uid, m->data_key_sealed)));
    }
    *ret_more = rows.n == PEOPLE;
    return ST_OK;
}

enum status look_at_people(struct ctx *c, struct str *ret_wrong)
{
    return check_sealed(c, people_sealed, ret_wrong);
}
