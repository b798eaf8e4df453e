#include "app/members/identity.h"

#include "app/access/accounts.h"
#include "app/core/hold.h"
#include "app/core/ledger.h"
#include "app/core/vault.h"
#include "app/members/load.h"
#include "domain/mask.h"
#include "gen/queries.h"

#define WAITS "（待复核后生效）"

static enum status check_free(struct ctx *c, struct member_id id, struct str number)
{
    struct member_by_id_index_unscoped_row row;
    enum status s =
        q_member_by_id_index_unscoped(c->db, c->arena, vault_index(c, INDEX_ID_NUMBER, number), &row);
    if (s == ST_OK && row.id.v != id.v)
        problem_add(&c->problems, "id_number", "这个身份证号已登记为另一人，不能重复");
    return s == ST_NOT_FOUND ? ST_OK : s;
}

enum status identity_check(struct ctx *c, struct member_id id, struct str stored, struct str typed,
                           struct id_number *ret)
{
    struct id_number to = {0};
    bool waiting;
    *ret = to;
    if (!str_trim(typed).n) return ST_OK;
    enum id_error wrong = id_number_parse(typed, c->today, &to);
    if (wrong) {
        problem_add(&c->problems, "id_number", "%s", id_error_text(wrong));
        return ST_OK;
    }
    if (str_eq(str_from(to.text), stored)) return ST_OK;
    TRY(look_is_waiting(c, id, "id_number", &waiting));
    if (waiting) problem_add(&c->problems, "id_number", "已有一次身份证号修改在等复核，请先复核");
    TRY(check_free(c, id, str_from(to.text)));
    *ret = to;
    return ST_OK;
}

/* The password is good for one login alone: it is sealed anew. */
static enum status rename_account(struct ctx *c, const struct member_full *m, struct str number)
{
    struct account_full account;
    struct str hash, sealed = STR(""), login = login_of(c, number);
    enum status s = q_account_of_member_unscoped(c->db, c->arena, m->id, &account);
    if (s == ST_NOT_FOUND) return ST_OK;
    if (s) return s;
    TRY(hold_accounts(c, &account.id, 1));
    TRY(q_account_of_member_unscoped(c->db, c->arena, m->id, &account));
    if (account.password.n) {
        TRY(account_password_open(c, account.side, account.login, account.password, &hash));
        sealed = account_password_seal(c, account.side, login, hash);
    }
    TRY(q_account_set_login(c->db, account.id, login, sealed, NULL));
    return q_sessions_delete_of(c->db, account.id, NULL);
}

enum status identity_change(struct ctx *c, struct member_full *m, const struct id_number *to)
{
    struct str number = str_from(to->text);
    int64_t rows;
    struct member_set_id_number_in in = {
        .id = m->id,
        .version = m->version,
        .sex = to->sex,
        .birth_year = to->born.year,
        .id_sealed = vault_seal(c, PLACE("member", "id_sealed", m->uid), number),
        .id_index = vault_index(c, INDEX_ID_NUMBER, number),
        .tail_index = vault_index(c, INDEX_ID_TAIL, str_sub(number, 14, 4)),
    };
    enum status s = q_member_set_id_number(c->db, &in, &rows);
    if (s == ST_CONFLICT) return someone_was_faster(c, "member_set_id_number: registered meanwhile");
    if (s) return s;
    if (rows != 1) return someone_was_faster(c, "member_set_id_number: not held");
    m->id_sealed = in.id_sealed;
    m->sex = in.sex;
    m->birth_year = in.birth_year;
    m->version++;
    return rename_account(c, m, number);
}

static struct str sex_word(int64_t sex)
{
    return str_from(code_label(sex_codes, (int)sex));
}

static void changes_of(struct ctx *c, const struct member_full *m, struct str stored,
                       const struct id_number *to, struct changes *ret)
{
    *ARENA_PUSH(c->arena, ret) = (struct change){STR("身份证号"), mask_id_number(c->arena, stored),
                                                 mask_id_number(c->arena, str_from(to->text))};
    if (m->sex != (int64_t)to->sex)
        *ARENA_PUSH(c->arena, ret) = (struct change){STR("性别"), sex_word(m->sex), sex_word(to->sex)};
    if (m->birth_year != to->born.year)
        *ARENA_PUSH(c->arena, ret) =
            (struct change){STR("出生年份"), arena_fmt(c->arena, "%ld", (long)m->birth_year),
                            arena_fmt(c->arena, "%d", to->born.year)};
}

enum status identity_correct(struct ctx *c, struct member_full *m, struct str stored,
                             const struct id_number *to, struct str reason, struct changes *changes)
{
    bool waits = look_waits(c, "id_number");
    size_t first = changes->n;
    changes_of(c, m, stored, to, changes);
    struct look_note note = {.what = "id_number",
                             .member = m->id,
                             .reason = reason,
                             .before = changes->p[first].before,
                             .after = changes->p[first].after,
                             .waits = waits};
    if (!waits) {
        TRY(identity_change(c, m, to));
        return look_add(c, &note);
    }
    note.argument = str_from(to->text);
    for (size_t i = first; i < changes->n; i++)
        changes->p[i].after = arena_fmt(c->arena, "%.*s" WAITS, STR_ARG(changes->p[i].after));
    return look_add(c, &note);
}

enum status identity_carry_out(struct ctx *c, const struct look *l, bool refused)
{
    struct member_full m;
    struct id_number to;
    struct str stored;
    struct changes changes = {0};
    TRY(q_member_by_id_unscoped(c->db, c->arena, l->row.member_id, &m));
    struct audit_note note = {.event = "member.id_number",
                              .result = refused ? "refused" : NULL,
                              .about = member_subject(&m),
                              .company = m.company_id,
                              .shown = true,
                              .note = l->reason};
    if (refused) return audit_add(c, &note);
    TRY(vault_open(c, PLACE("member", "id_sealed", m.uid), m.id_sealed, &stored));
    if (id_number_parse(l->argument, c->today, &to) != ID_OK)
        return fail_detail(&c->fault, ST_BROKEN, "an ID number that waits for its look");
    TRY(check_free(c, m.id, l->argument));
    if (c->problems.n) return fail(&c->fault, ST_CONFLICT, "%.*s", STR_ARG(c->problems.p[0].text));
    changes_of(c, &m, stored, &to, &changes);
    TRY(identity_change(c, &m, &to));
    note.changes = changes;
    return audit_add(c, &note);
}
