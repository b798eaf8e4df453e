#include "app/core/looks.h"

#include "app/core/check.h"
#include "app/core/cursor.h"
#include "app/core/features.h"
#include "app/core/hold.h"
#include "app/core/ledger.h"
#include "app/core/once.h"
#include "app/core/pack.h"
#include "app/core/settings.h"
#include "app/core/vault.h"
#include "base/limits.h"
#include "base/text.h"
#include "base/utf8.h"
#include "gen/queries.h"

#define ORDER "looks" /* of the cursors */

bool look_waits(const struct ctx *c, const char *what)
{
    const struct setting *row = setting_find(STR("look.wait"));
    for (size_t i = 0; row && i < row->n_words; i++)
        if (str_eq(str_from(row->words[i].word), str_from(what))) return c->settings->look_wait & 1u << i;
    return false;
}

static const struct look_kind *kind_in(const struct feature *f, struct str word)
{
    for (size_t i = 0; i < f->n_looks; i++)
        if (str_eq(str_from(f->looks[i].word), word)) return &f->looks[i];
    return NULL;
}

static const struct look_kind *kind_find(struct str word)
{
    const struct look_kind *kind = NULL;
    for (size_t f = 0; f < app_features_n && !kind; f++)
        kind = kind_in(app_features[f], word);
    return kind;
}

static struct seal_place place(struct bytes uid)
{
    return PLACE("look", "detail_sealed", uid);
}

static struct bytes detail(struct ctx *c, struct bytes uid, const struct look_note *n)
{
    struct buf *b = buf_new(c->arena, 1024, 16 * LIMIT_FIELD_BYTES);
    pack_fields(b);
    pack_field(b, "subject", n->subject);
    pack_field(b, "reason", n->reason);
    pack_field(b, "before", n->before);
    pack_field(b, "after", n->after);
    pack_field(b, "argument", n->argument);
    struct bytes sealed = vault_seal(c, place(uid), buf_text(b));
    buf_free(b);
    return sealed;
}

enum status look_add(struct ctx *c, const struct look_note *n)
{
    struct look_insert_row row;
    struct bytes uid = uid_new(c->arena);
    const struct look_kind *kind = kind_find(str_from(n->what));
    if (!kind) return fail_detail(&c->fault, ST_BROKEN, "%s is nothing to look at", n->what);
    return q_look_insert(c->db, c->arena,
                         &(struct look_insert_in){.uid = uid,
                                                  .what = str_from(n->what),
                                                  .role = kind->role,
                                                  .account = c->actor.account,
                                                  .member = n->member,
                                                  .waits = n->waits,
                                                  .detail_sealed = detail(c, uid, n),
                                                  .now = c->now_ms},
                         &row);
}

enum status look_is_waiting(struct ctx *c, struct member_id member, const char *what, bool *ret)
{
    struct look_waiting_unscoped_rows rows;
    TRY(q_look_waiting_unscoped(c->db, c->arena, member, str_from(what), 1, &rows));
    *ret = rows.n > 0;
    return ST_OK;
}

static enum status look_open(struct ctx *c, const struct look_line *row, struct look *ret)
{
    struct str packed;
    TRY(vault_open(c, place(row->uid), row->detail_sealed, &packed));
    *ret = (struct look){
        .row = *row,
        .kind = kind_find(row->what),
        .subject = pack_field_of(packed, "subject"),
        .reason = pack_field_of(packed, "reason"),
        .before = pack_field_of(packed, "before"),
        .after = pack_field_of(packed, "after"),
        .argument = pack_field_of(packed, "argument"),
        .own = row->account_id.v && row->account_id.v == c->actor.account.v,
    };
    if (!ret->kind) return fail_detail(&c->fault, ST_BROKEN, "unknown kind of a look");
    return ST_OK;
}

enum status app_looks_list(struct ctx *c, const struct page_want *want, struct look_page *ret)
{
    struct look_page page = {0};
    struct look_lines rows;
    struct looks_open_count_row count;
    struct look_id from = {0};
    struct day unused;
    TRY(need_role(c, LOOK_ROLES));
    TRY(app_read(c));
    bool back = list_cursor_read(c, ORDER, want->before, &unused, &from.v);
    bool at_start = !back && !list_cursor_read(c, ORDER, want->after, &unused, &from.v);
    TRY(back ? q_looks_open_back(c->db, c->arena, c->actor.roles, from, want->size + 1, &rows)
             : q_looks_open(c->db, c->arena, c->actor.roles, from, want->size + 1, &rows));
    bool more = rows.n > (size_t)want->size;
    size_t n = more ? (size_t)want->size : rows.n;
    for (size_t i = 0; i < n; i++)
        TRY(look_open(c, &rows.p[back ? n - 1 - i : i], ARENA_PUSH(c->arena, &page.items)));
    if (n && (back ? more : !at_start))
        page.previous = list_cursor(c, ORDER, DAY_NONE, rows.p[back ? n - 1 : 0].id.v);
    if (n && (back || more)) page.next = list_cursor(c, ORDER, DAY_NONE, rows.p[back ? 0 : n - 1].id.v);
    TRY(q_looks_open_count(c->db, c->arena, c->actor.roles, &count));
    page.total = count.n;
    *ret = page;
    return ST_OK;
}

static struct look_line line_of(const struct look_full *l)
{
    return (struct look_line){.id = l->id,
                              .uid = l->uid,
                              .what = l->what,
                              .role = l->role,
                              .account_id = l->account_id,
                              .member_id = l->member_id,
                              .waits = l->waits,
                              .detail_sealed = l->detail_sealed,
                              .made_at = l->made_at,
                              .looked_at = l->looked_at};
}

static enum status find(struct ctx *c, struct look_id id, struct look *ret)
{
    struct look_full row;
    enum status s = q_look_by_id(c->db, c->arena, id, &row);
    if (s == ST_NOT_FOUND || (s == ST_OK && !((unsigned)row.role & c->actor.roles))) return not_found(c);
    if (s) return s;
    struct look_line line = line_of(&row);
    return look_open(c, &line, ret);
}

static enum status check(struct ctx *c, const struct look *l, const struct look_done *in)
{
    struct problems *ps = &c->problems;
    if (l->own) return fail(&c->fault, ST_CONFLICT, "这是您自己办理的，要由另一个账号复核");
    if (l->row.looked_at) return fail(&c->fault, ST_CONFLICT, "刚刚已有人复核过");
    if (!in->ok && !(in->refused && l->row.waits)) problem_add(ps, "ok", "请确认已经核对");
    if (in->refused && l->row.waits && !text_clean(c->arena, in->note).n)
        problem_add(ps, "note", "请写明为什么不同意");
    if (!text_is_lines(in->note) || utf8_count(in->note) > LOOK_NOTE_MAX)
        problem_add(ps, "note", "备注最多 %d 个字，不能有显示不出的字符", LOOK_NOTE_MAX);
    return problems_status(c);
}

/* What it was needed for is done: nothing in full stays. */
static struct bytes without_argument(struct ctx *c, const struct look *l)
{
    return detail(c, l->row.uid,
                  &(struct look_note){
                      .subject = l->subject, .reason = l->reason, .before = l->before, .after = l->after});
}

static enum status close_it(struct ctx *c, const struct look *l, const struct look_done *in)
{
    int64_t rows;
    bool refused = l->row.waits && in->refused;
    TRY(q_look_close(c->db, l->row.id, refused, without_argument(c, l), c->actor.account, c->now_ms, &rows));
    if (rows != 1) return fail(&c->fault, ST_CONFLICT, "刚刚已有人复核过");
    TRY(audit_add(c, &(struct audit_note){.event = "look.done",
                                          .result = refused ? "refused" : NULL,
                                          .about = {.member = l->row.member_id},
                                          .note = in->note}));
    const struct look_kind *kind = l->kind;
    return l->row.waits && kind && kind->carry_out ? kind->carry_out(c, l, refused) : ST_OK;
}

enum status app_look_done(struct ctx *c, struct look_id id, const struct look_done *in)
{
    struct look l = {0};
    struct str earlier;
    TRY(need_role(c, LOOK_ROLES));
    TRY(app_begin(c));
    TRY(once_take(c, in->once, STR("looked"), &earlier));
    if (earlier.n) {
        app_rollback(c);
        return ST_OK;
    }
    TRY(find(c, id, &l));
    if (l.row.member_id.v) TRY(hold_members(c, &l.row.member_id, 1));
    TRY(check(c, &l, in));
    TRY(close_it(c, &l, in));
    return app_commit(c);
}

#define LOOKS_AT_ONCE 200

static enum status look_at_some(struct ctx *c, int64_t *behind, struct sealed_wrong *wrong, bool *ret_more)
{
    struct looks_behind_rows rows;
    TRY(q_looks_behind(c->db, c->arena, *behind, LOOKS_AT_ONCE, &rows));
    for (size_t i = 0; i < rows.n; i++) {
        struct str text;
        *behind = rows.p[i].id;
        TRY(sealed_look(c, wrong, "look", *behind,
                        vault_open(c, place(rows.p[i].uid), rows.p[i].detail_sealed, &text)));
    }
    *ret_more = rows.n == LOOKS_AT_ONCE;
    return ST_OK;
}

enum status look_at_looks(struct ctx *c, struct str *ret_wrong)
{
    return check_sealed(c, look_at_some, ret_wrong);
}

enum status look_todo(struct ctx *c, const struct todo_kind *kind, struct todo_found *ret)
{
    (void)kind;
    struct looks_open_count_row count;
    struct look_lines oldest;
    TRY(q_looks_open_count(c->db, c->arena, c->actor.roles, &count));
    TRY(q_looks_open(c->db, c->arena, c->actor.roles, (struct look_id){0}, 1, &oldest));
    *ret = (struct todo_found){.count = count.n,
                               .since = oldest.n ? day_at(oldest.p[0].made_at) : DAY_NONE,
                               .list = STR("/staff/looks")};
    return ST_OK;
}
