#include "app/members/exceptions.h"

#include "app/core/check.h"
#include "app/core/cursor.h"
#include "app/core/ledger.h"
#include "app/core/once.h"
#include "app/core/pack.h"
#include "app/core/vault.h"
#include "base/limits.h"
#include "base/text.h"
#include "base/utf8.h"
#include "domain/id_number.h"
#include "domain/mask.h"
#include "gen/queries.h"

#define ORDER "exceptions" /* of the cursors */
#define TAKEN "这个身份证号已登记过例外"

static struct seal_place place(struct bytes uid)
{
    return PLACE("eligibility_exception", "detail_sealed", uid);
}

static struct bytes detail(struct ctx *c, struct bytes uid, struct str id_number, struct str reason)
{
    struct buf *b = buf_new(c->arena, 1024, 16 * LIMIT_FIELD_BYTES);
    pack_fields(b);
    pack_field(b, "id_number", id_number);
    pack_field(b, "reason", reason);
    struct bytes sealed = vault_seal(c, place(uid), buf_text(b));
    buf_free(b);
    return sealed;
}

static enum status check_unknown(struct ctx *c, struct str number)
{
    struct member_by_id_index_unscoped_row row;
    enum status s =
        q_member_by_id_index_unscoped(c->db, c->arena, vault_index(c, INDEX_ID_NUMBER, number), &row);
    if (s == ST_OK) problem_add(&c->problems, "id_number", "这个身份证号已注册，不需要例外");
    return s == ST_NOT_FOUND ? ST_OK : s;
}

static enum status check(struct ctx *c, const struct exception_input *in, struct id_number *ret)
{
    struct problems *ps = &c->problems;
    enum id_error wrong = id_number_parse(in->id_number, c->today, ret);
    if (wrong) problem_add(ps, "id_number", "%s", id_error_text(wrong));
    if (!text_clean(c->arena, in->reason).n)
        problem_add(ps, "reason", "请填写原因");
    else if (!text_is_lines(in->reason) || utf8_count(in->reason) > EXCEPTION_REASON_MAX)
        problem_add(ps, "reason", "原因最多 %d 个字，不能有显示不出的字符", EXCEPTION_REASON_MAX);
    if (!wrong) TRY(check_unknown(c, str_from(ret->text)));
    return problems_status(c);
}

static enum status add(struct ctx *c, const struct exception_input *in, struct str number)
{
    struct exception_insert_row row;
    struct bytes uid = uid_new(c->arena);
    bool waits = look_waits(c, "exception");
    enum status s =
        q_exception_insert(c->db, c->arena,
                           &(struct exception_insert_in){.uid = uid,
                                                         .id_index = vault_index(c, INDEX_ID_NUMBER, number),
                                                         .detail_sealed = detail(c, uid, number, in->reason),
                                                         .account = c->actor.account,
                                                         .in_force = !waits,
                                                         .now = c->now_ms},
                           &row);
    if (s == ST_NOT_FOUND) problem_add(&c->problems, "id_number", "%s", TAKEN);
    if (s == ST_NOT_FOUND) return ST_BAD_INPUT;
    if (s) return s;
    struct str masked = mask_id_number(c->arena, number);
    TRY(look_add(c, &(struct look_note){.what = "exception",
                                        .subject = masked,
                                        .reason = in->reason,
                                        .after = STR("可以注册"),
                                        .waits = waits,
                                        .argument = waits ? number : STR("")}));
    return audit_add(c, &(struct audit_note){
                            .event = "member.exception",
                            .note = arena_fmt(c->arena, "%.*s：%.*s", STR_ARG(masked), STR_ARG(in->reason))});
}

enum status app_exception_add(struct ctx *c, const struct exception_input *in)
{
    struct id_number id;
    struct str earlier;
    TRY(need_role(c, ROLE_MEMBERSHIP));
    TRY(app_begin(c));
    TRY(once_take(c, in->once, STR("registered"), &earlier));
    if (earlier.n) {
        app_rollback(c);
        return ST_OK;
    }
    TRY(check(c, in, &id));
    TRY(add(c, in, str_from(id.text)));
    return app_commit(c);
}

static enum status shown(struct ctx *c, const struct exception_line *row, struct exception_shown *ret)
{
    struct str packed;
    TRY(vault_open(c, place(row->uid), row->detail_sealed, &packed));
    *ret = (struct exception_shown){*row, mask_id_number(c->arena, pack_field_of(packed, "id_number")),
                                    pack_field_of(packed, "reason")};
    return ST_OK;
}

enum status app_exceptions_list(struct ctx *c, const struct page_want *want, struct exception_page *ret)
{
    struct exception_page page = {0};
    struct exception_lines rows;
    struct exceptions_count_row count;
    struct exception_id from = {INT64_MAX};
    struct day unused;
    TRY(need_role(c, ROLE_MEMBERSHIP));
    TRY(app_read(c));
    bool back = list_cursor_read(c, ORDER, want->before, &unused, &from.v);
    bool at_start = !back && !list_cursor_read(c, ORDER, want->after, &unused, &from.v);
    TRY(back ? q_exceptions_newest_back(c->db, c->arena, from, want->size + 1, &rows)
             : q_exceptions_newest(c->db, c->arena, from, want->size + 1, &rows));
    bool more = rows.n > (size_t)want->size;
    size_t n = more ? (size_t)want->size : rows.n;
    for (size_t i = 0; i < n; i++)
        TRY(shown(c, &rows.p[back ? n - 1 - i : i], ARENA_PUSH(c->arena, &page.items)));
    if (n && (back ? more : !at_start))
        page.previous = list_cursor(c, ORDER, DAY_NONE, rows.p[back ? n - 1 : 0].id.v);
    if (n && (back || more)) page.next = list_cursor(c, ORDER, DAY_NONE, rows.p[back ? 0 : n - 1].id.v);
    TRY(q_exceptions_count(c->db, c->arena, &count));
    page.total = count.n;
    *ret = page;
    return ST_OK;
}

enum status exception_of(struct ctx *c, struct str id_number, bool *ret)
{
    struct exception_in_force_unscoped_row row;
    enum status s =
        q_exception_in_force_unscoped(c->db, c->arena, vault_index(c, INDEX_ID_NUMBER, id_number), &row);
    *ret = s == ST_OK;
    return s == ST_NOT_FOUND ? ST_OK : s;
}

enum status exception_carry_out(struct ctx *c, const struct look *l, bool refused)
{
    struct bytes index = vault_index(c, INDEX_ID_NUMBER, l->argument);
    return refused ? q_exception_delete(c->db, index, NULL) : q_exception_put_in_force(c->db, index, NULL);
}

#define ROWS_AT_ONCE 200

static enum status look_at_some(struct ctx *c, int64_t *behind, struct sealed_wrong *wrong, bool *ret_more)
{
    struct exceptions_behind_rows rows;
    TRY(q_exceptions_behind(c->db, c->arena, *behind, ROWS_AT_ONCE, &rows));
    for (size_t i = 0; i < rows.n; i++) {
        struct str text;
        *behind = rows.p[i].id;
        TRY(sealed_look(c, wrong, "eligibility_exception", *behind,
                        vault_open(c, place(rows.p[i].uid), rows.p[i].detail_sealed, &text)));
    }
    *ret_more = rows.n == ROWS_AT_ONCE;
    return ST_OK;
}

enum status look_at_exceptions(struct ctx *c, struct str *ret_wrong)
{
    return check_sealed(c, look_at_some, ret_wrong);
}
