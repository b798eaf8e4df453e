#include "app/access/lost_desk.h"

#include "app/access/accounts.h"
#include "app/access/history.h"
#include "app/access/lost.h"
#include "app/core/cursor.h"
#include "app/core/files.h"
#include "app/core/hold.h"
#include "app/core/ledger.h"
#include "app/core/vault.h"
#include "base/limits.h"
#include "base/text.h"
#include "crypto/mac.h"
#include "crypto/password.h"
#include "domain/fold.h"
#include "domain/mask.h"
#include "domain/typed_code.h"
#include "gen/queries.h"

#include <string.h>

#define ORDER      "lost" /* of the cursors */
#define CODE_SIZE  8      /* more than six digits is no code */
#define TAIL_CHARS 4

static enum status need_desk(struct ctx *c)
{
    return c->actor.side == SIDE_STAFF ? need_role(c, ROLE_MEMBERSHIP) : need_side(c, SIDE_COMPANY);
}

/* An ID number is the person's own secret here: of a clerk the mobile number stands for it. */
static enum status number_of(struct ctx *c, const struct lost_password_line *row, struct str *ret)
{
    if (row->member_id.v)
        return vault_open(c, PLACE("member", "id_sealed", row->member_uid), row->id_sealed, ret);
    const struct account_full account = {
        .side = row->side, .login = row->login, .mobile_sealed = row->mobile_sealed};
    *ret = STR_NONE;
    return account_mobile_open(c, &account, ret);
}

static bool is_found(struct ctx *c, const struct lost_password_line *row, struct str number, struct str q)
{
    size_t at;
    char typed[64];
    struct str folded = search_fold(c->arena, q);
    if (!folded.n || str_find(search_fold(c->arena, row->name), folded, &at)) return true;
    if (row->company_name.n && str_find(search_fold(c->arena, row->company_name), folded, &at)) return true;
    size_t n = typed_code(q, typed, sizeof typed);
    if (!number.n || n >= sizeof typed) return false;
    struct str tail = number.n > TAIL_CHARS ? str_sub(number, number.n - TAIL_CHARS, TAIL_CHARS) : number;
    return str_eq(str_from(typed), number) || str_eq(str_from(typed), tail);
}

static enum status read_waiting(struct ctx *c, struct lost_password_lines *ret)
{
    if (c->actor.side == SIDE_STAFF)
        return q_lost_passwords_of_all(c->db, c->arena, c->now_ms, LIMIT_LOST_LISTED, ret);
    return q_lost_passwords_of_company(c->db, c->arena, c->actor.company, c->actor.main, c->now_ms,
                                       LIMIT_LOST_LISTED, ret);
}

/* Where the row behind a cursor begins; 0: nowhere, the first page. */
static size_t place_of(const struct lost_items *all, int64_t id)
{
    for (size_t i = 0; i < all->n; i++)
        if (all->p[i].row.id.v == id) return i;
    return 0;
}

static void cut_page(struct ctx *c, const struct lost_items *all, const struct page_want *want,
                     struct lost_page *page)
{
    struct day unused;
    int64_t id = 0;
    size_t size = (size_t)want->size, from = 0;
    if (list_cursor_read(c, ORDER, want->before, &unused, &id)) {
        size_t at = place_of(all, id);
        from = at > size ? at - size : 0;
    } else if (list_cursor_read(c, ORDER, want->after, &unused, &id)) {
        from = place_of(all, id) + 1;
    }
    size_t end = from + size < all->n ? from + size : all->n;
    for (size_t i = from; i < end; i++)
        *ARENA_PUSH(c->arena, &page->items) = all->p[i];
    if (from && end > from) page->previous = list_cursor(c, ORDER, DAY_NONE, all->p[from].row.id.v);
    if (end > from && end < all->n) page->next = list_cursor(c, ORDER, DAY_NONE, all->p[end - 1].row.id.v);
    page->total = (int64_t)all->n;
}

enum status app_lost_list(struct ctx *c, struct str q, const struct page_want *want, struct lost_page *ret)
{
    struct lost_password_lines rows;
    struct lost_items all = {0};
    struct lost_page page = {0};
    q = text_clean(c->arena, str_or_empty(q));
    TRY(need_desk(c));
    TRY(app_read(c));
    TRY(read_waiting(c, &rows));
    for (size_t i = 0; i < rows.n; i++) {
        struct str number;
        TRY(number_of(c, &rows.p[i], &number));
        if (!is_found(c, &rows.p[i], number, q)) continue;
        struct str who = rows.p[i].member_id.v ? mask_id_number(c->arena, number)
                         : number.n            ? mask_mobile(c->arena, number)
                                               : STR_NONE;
        *ARENA_PUSH(c->arena, &all) = (struct lost_item){rows.p[i], who};
    }
    cut_page(c, &all, want, &page);
    *ret = page;
    return ST_OK;
}

/* What is decided on: the request, and the account as it stands. */
struct decided {
    struct lost_password_line line;
    struct lost_password_full row;
    struct account_full account;
};

static enum status read_line(struct ctx *c, struct lost_id id, struct lost_password_line *ret)
{
    enum status s =
        c->actor.side == SIDE_STAFF
            ? q_lost_password_for_staff(c->db, c->arena, id, ret)
            : q_lost_password_for_company(c->db, c->arena, c->actor.company, c->actor.main, id, ret);
    return s == ST_NOT_FOUND ? not_found(c) : s;
}

/* Held in the order of all: the person, whose company says which desk it is; the company, which must not be
 * disabled meanwhile; the account. Read again then. */
static enum status hold(struct ctx *c, struct lost_id id, struct decided *d)
{
    TRY(read_line(c, id, &d->line));
    if (d->line.member_id.v) TRY(hold_members(c, &d->line.member_id, 1));
    if (!d->line.member_id.v) TRY(hold_companies(c, &d->line.company_id, 1));
    TRY(hold_accounts(c, &d->line.account_id, 1));
    TRY(read_line(c, id, &d->line));
    TRY(q_lost_password_of(c->db, c->arena, id, d->line.account_id, &d->row));
    return q_account_by_id(c->db, c->arena, d->line.account_id, &d->account);
}

static enum status end(struct ctx *c, const struct decided *d, const char *state, struct file_id paper)
{
    return q_lost_password_end(c->db, d->row.id, str_from(state), c->now_ms, c->actor.account, paper, NULL);
}

static enum status note(struct ctx *c, const struct decided *d, const char *event, const char *result,
                        struct str what, bool shown)
{
    return audit_add(c, &(struct audit_note){.event = event,
                                             .result = result,
                                             .about = {.member = d->line.member_id},
                                             .company = d->line.company_id,
                                             .note = what,
                                             .shown = shown});
}

/* What is said beside the field; the try that it cost is committed. */
static enum status refuse(struct ctx *c, struct lost_verdict *v, int64_t left, const char *why)
{
    TRY(app_commit(c));
    v->left = left;
    v->over = !left;
    problem_add(&c->problems, "code", "%s", why);
    return ST_BAD_INPUT;
}

static enum status refuse_wrong(struct ctx *c, const struct decided *d, struct lost_verdict *v)
{
    int64_t left = LIMIT_LOST_TRIES - d->row.tries - 1;
    TRY(q_lost_password_count_try(c->db, d->row.id, NULL));
    if (left == 0) TRY(end(c, d, "wrong", (struct file_id){0}));
    TRY(note(c, d, "account.lost_wrong", "refused", STR_NONE, left == 0));
    return refuse(c, v, left,
                  left ? "核对码不正确，请与本人再核对一遍"
                       : "核对码错了 5 次，这个申请已取消，请本人重新申请");
}

static enum status refuse_unfit(struct ctx *c, const struct decided *d, struct lost_verdict *v)
{
    TRY(end(c, d, "unfit", (struct file_id){0}));
    TRY(note(c, d, "account.lost_grant", "refused", STR_NONE, true));
    return refuse(
        c, v, 0,
        d->row.unfit == UNFIT_USED
            ? "核对码正确，但本人选的密码最近用过，不能再用。这个申请已取消，请本人重新申请并换一个密码"
            : "核对码正确，但本人选的密码包含账号，不能使用。这个申请已取消，请本人重新申请并换一个密码");
}

static bool code_is(struct ctx *c, const struct decided *d, struct str typed)
{
    char code[CODE_SIZE];
    size_t n = typed_code(typed, code, sizeof code);
    struct str read = n < sizeof code ? arena_str(c->arena, (struct str){code, n}) : STR("");
    struct bytes index = lost_code_index(c, d->row.uid, read);
    return d->row.code_index.n == MAC_SIZE && mac_same(index.p, d->row.code_index.p);
}

static enum status grant(struct ctx *c, const struct decided *d, const struct lost_answer *in)
{
    int64_t changed;
    struct str hash;
    struct file_id paper = {0};
    const struct account_full *a = &d->account;
    TRY(password_unseal(c->app->keys, c->arena, lost_place(d->row.uid), d->row.password, &c->fault, &hash));
    TRY(q_account_change_password(c->db, a->id, a->password,
                                  account_password_seal(c, a->side, a->login, hash), c->now_ms, &changed));
    if (!changed) return fail(&c->fault, ST_CONFLICT, "这个账号已停用，没有启用新密码");
    TRY(password_remember(c, a, account_password(c, a)));
    TRY(q_sessions_delete_of(c->db, a->id, NULL));
    TRY(login_forgive(c, a, d->row.network));
    if (in->paper) TRY(file_store(c, in->file, lost_paper_type(in->file), STR("申请表"), &paper));
    TRY(end(c, d, "granted", paper));
    TRY(q_lost_passwords_end_of(c->db, a->id, c->now_ms, NULL));
    TRY(note(c, d, "account.lost_grant", NULL, in->paper ? STR("凭盖章的申请表") : STR_NONE, true));
    return app_commit(c);
}

/* With a stamped form the code that is written on it may be left out while there is only one request that it
 * can mean. */
static enum status paper_is_enough(struct ctx *c, const struct decided *d, bool *ret)
{
    struct lost_password_fulls waiting;
    TRY(q_lost_passwords_pending(c->db, c->arena, d->account.id, c->now_ms, LIMIT_LOST_PENDING, &waiting));
    *ret = waiting.n == 1;
    return ST_OK;
}

static enum status decide(struct ctx *c, const struct lost_answer *in, const struct decided *d,
                          struct lost_verdict *v)
{
    bool enough = false;
    struct company_full company = {.enabled = true};
    if (d->account.company_id.v)
        TRY(q_company_by_id_unscoped(c->db, c->arena, d->account.company_id, &company));
    if (!company.enabled) return fail(&c->fault, ST_CONFLICT, "这个单位已停用，没有启用新密码");
    if (in->paper && !in->code.n) TRY(paper_is_enough(c, d, &enough));
    if (!in->code.n && !enough) return refuse(c, v, LIMIT_LOST_TRIES - d->row.tries, "请填写核对码");
    if (in->code.n && !code_is(c, d, in->code)) return refuse_wrong(c, d, v);
    if (d->row.unfit) return refuse_unfit(c, d, v);
    return grant(c, d, in);
}

const char *lost_paper_type(struct bytes file)
{
    static const struct {
        const char *type, *begins;
    } KINDS[] = {{"application/pdf", "%PDF-"}, {"image/jpeg", "\xff\xd8\xff"}, {"image/png", "\x89PNG\r\n"}};
    for (size_t i = 0; i < sizeof KINDS / sizeof *KINDS; i++) {
        size_t n = strlen(KINDS[i].begins);
        if (file.n > n && memcmp(file.p, KINDS[i].begins, n) == 0) return KINDS[i].type;
    }
    return NULL;
}

static enum status check_paper(struct ctx *c, const struct lost_answer *in, const struct decided *d)
{
    if (!in->paper) return ST_OK;
    if (c->actor.side != SIDE_STAFF || !d->line.main)
        problem_add(&c->problems, "paper", "盖章的申请表只用于单位的主管理员");
    else if (!in->file.n)
        problem_add(&c->problems, "file", "请选择盖章后的申请表（PDF、JPEG 或 PNG）");
    else if (in->file.n > LIMIT_PAPER_BYTES || !lost_paper_type(in->file))
        problem_add(&c->problems, "file", "请上传不超过 8 MB 的 PDF、JPEG 或 PNG 文件");
    return problems_status(c);
}

enum status app_lost_answer(struct ctx *c, const struct lost_answer *in, struct lost_verdict *ret)
{
    struct decided d;
    TRY(need_desk(c));
    TRY(need_more_than_view(c));
    TRY(app_begin(c));
    TRY(hold(c, in->request, &d));
    struct lost_verdict v = {.name = d.line.name, .left = LIMIT_LOST_TRIES - d.row.tries};
    bool pending = str_eq(d.row.state, STR("pending"));
    enum status s = check_paper(c, in, &d);
    if (s == ST_OK && c->now_ms > d.row.good_until && !str_eq(d.row.state, STR("granted")))
        s = refuse(c, &v, 0, "核对码已过期，请本人重新申请");
    else if (s == ST_OK && !pending)
        s = fail(&c->fault, ST_CONFLICT, "这个申请刚刚已被处理，请刷新后再看");
    else if (s == ST_OK)
        s = decide(c, in, &d, &v);
    if (s == ST_OK || s == ST_BAD_INPUT) *ret = v;
    return s;
}

enum status todo_lost(struct ctx *c, const struct todo_kind *kind, struct todo_found *ret)
{
    (void)kind;
    struct lost_passwords_waiting_of_company_row own = {0};
    struct lost_passwords_waiting_of_all_row all = {0};
    bool staff = c->actor.side == SIDE_STAFF;
    if (staff)
        TRY(q_lost_passwords_waiting_of_all(c->db, c->arena, c->now_ms, &all));
    else
        TRY(q_lost_passwords_waiting_of_company(c->db, c->arena, c->actor.company, c->actor.main, c->now_ms,
                                                &own));
    int64_t oldest = staff ? all.oldest : own.oldest;
    *ret = (struct todo_found){.count = staff ? all.n : own.n,
                               .since = oldest ? day_at(oldest) : DAY_NONE,
                               .list = staff ? STR("/staff/resets") : STR("/company/resets")};
    return ST_OK;
}
