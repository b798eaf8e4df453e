#include "app/companies/companies.h"

#include "app/access/accounts.h"
#include "app/companies/unit_fields.h"
#include "app/core/cursor.h"
#include "app/core/hold.h"
#include "app/core/ledger.h"
#include "app/core/like.h"
#include "app/core/once.h"
#include "app/core/series.h"
#include "app/core/vault.h"
#include "base/text.h"
#include "base/utf8.h"
#include "domain/credit_code.h"
#include "domain/fold.h"
#include "domain/name_grams.h"
#include "domain/person.h"
#include "gen/queries.h"

#define ORDER       "companies" /* of the cursors */
#define QUERY_BYTES 300         /* of a search: longer than any name */

#define DIRECT_STAYS "协会直管是系统自带的单位，不能停用"
#define MERGED_STAYS "这个单位已并入另一个单位，不能再启用"

struct checked {
    struct str name, folded, credit_code, contact, phone, address;
};

/* `old`: what is stored already was decided on once. */
static void check_credit_code(struct ctx *c, const struct company_input *in, struct str old,
                              struct checked *ret)
{
    char code[CREDIT_CODE_LENGTH + 1];
    struct str typed = str_trim(in->credit_code);
    if (!typed.n) return;
    enum credit_error wrong = credit_code_parse(typed, in->credit_code_anyway || str_eq(typed, old), code);
    if (wrong) problem_add(&c->problems, "credit_code", "%s", credit_error_text(wrong));
    if (wrong) return;
    ret->credit_code = arena_str(c->arena, str_from(code));
    bool waived = credit_code_check(code) != code[CREDIT_CODE_LENGTH - 1] && !str_eq(ret->credit_code, old);
    if (waived && !str_trim(in->reason).n)
        problem_add(&c->problems, "reason", "请写明为什么按原样登记这个代码");
}

static enum status check_taken(struct ctx *c, struct company_id id, const struct checked *in)
{
    struct company_taken_unscoped_rows rows;
    TRY(q_company_taken_unscoped(c->db, c->arena, id, in->folded, in->credit_code, &rows));
    for (size_t i = 0; i < rows.n; i++) {
        if (str_eq(rows.p[i].folded, in->folded))
            problem_add(&c->problems, "name", "已有同名单位（空格、括号和看不见的字符不计）");
        if (in->credit_code.n && str_eq(rows.p[i].credit_code, in->credit_code))
            problem_add(&c->problems, "credit_code", "已有单位使用这个统一社会信用代码");
    }
    return ST_OK;
}

bool company_name_good(struct str name)
{
    size_t length = utf8_count(name);
    return text_is_line(name) && length >= COMPANY_NAME_MIN && length <= COMPANY_NAME_MAX;
}

/* `old`: the company as it is; zero for a new one. */
static enum status check(struct ctx *c, const struct company_full *old, const struct company_input *in,
                         struct checked *ret)
{
    struct problems *ps = &c->problems;
    struct checked k = {.name = text_clean(c->arena, in->name)};
    if (!company_name_good(k.name))
        problem_add(ps, "name", "请填写单位全称，%d–%d 个字", COMPANY_NAME_MIN, COMPANY_NAME_MAX);
    k.folded = name_fold(c->arena, k.name);
    check_credit_code(c, in, old->credit_code, &k);
    person_text(ps, "contact", in->contact, &k.contact);
    person_phone(ps, in->phone, &k.phone);
    person_text(ps, "address", in->address, &k.address);
    if (old->direct && !in->enabled) problem_add(ps, "enabled", "%s", DIRECT_STAYS);
    if (ps->n == 0) TRY(check_taken(c, old->id, &k));
    TRY(problems_status(c));
    *ret = k;
    return ST_OK;
}

enum status company_index_name(struct ctx *c, struct company_id id, struct str name)
{
    struct grams grams = name_grams(c->arena, name);
    for (size_t i = 0; i < grams.n; i++)
        TRY(q_company_gram_insert(c->db, grams.p[i], id, NULL));
    return ST_OK;
}

enum status company_insert(struct ctx *c, const struct company_new *n, struct company_id *ret,
                           struct str *ret_code)
{
    int64_t number;
    struct company_insert_row row;
    struct str folded = name_fold(c->arena, n->name);
    TRY(series_company(c, &number));
    struct str code = series_company_text(c, number);
    enum status s = q_company_insert(c->db, c->arena,
                                     &(struct company_insert_in){
                                         .uid = uid_new(c->arena),
                                         .code = code,
                                         .name = n->name,
                                         .folded = folded,
                                         .credit_code = n->credit_code,
                                         .contact = n->contact,
                                         .phone = n->phone,
                                         .address = n->address,
                                         .direct = n->direct,
                                         .enabled = !n->disabled,
                                         .unit_valid_to = n->unit_valid_to,
                                         .unit_level = str_or_empty(n->unit_level),
                                         .title = str_or_empty(n->title),
                                         .tax_no = str_or_empty(n->tax_no),
                                         .now = c->now_ms,
                                     },
                                     &row);
    if (s == ST_NOT_FOUND) return fail(&c->fault, ST_CONFLICT, "已有同名单位或相同的信用代码");
    if (s) return s;
    TRY(q_company_name_insert(c->db, row.id, n->name, folded, search_fold(c->arena, n->name), c->today,
                              NULL));
    TRY(company_index_name(c, row.id, n->name));
    *ret = row.id;
    if (ret_code) *ret_code = code;
    return ST_OK;
}

/* What this form made when it was sent before; id 0: nothing. Sent with another name it is another company's:
 * somebody went back to the form. */
static enum status made_before(struct ctx *c, const struct company_input *in, struct company_full *ret)
{
    bool sent_before;
    struct companies_by_folded_rows named;
    *ret = (struct company_full){0};
    TRY(once_taken(c, in->once, &sent_before));
    if (!sent_before) return ST_OK;
    TRY(q_companies_by_folded(c->db, c->arena, name_fold(c->arena, in->name), &named));
    return named.n && named.p[0].present ? q_company_by_id_unscoped(c->db, c->arena, named.p[0].id, ret)
                                         : ST_OK;
}

/* hash: none is an account that nobody can log in to before its password is reset. */
static enum status main_account(struct ctx *c, struct company_id id, struct str code,
                                const struct company_new *n, struct str hash)
{
    struct account_insert_row row;
    struct account_insert_in in = {.side = STR("company"),
                                   .login = code,
                                   .name = n->contact.n ? n->contact : n->name,
                                   .company = id,
                                   .main = true,
                                   .password = STR(""),
                                   .now = c->now_ms};
    if (hash.n) {
        in.password = account_password_seal(c, STR("company"), code, hash);
        in.must_change = true;
        in.onetime = 1;
    }
    return q_account_insert(c->db, c->arena, &in, &row);
}

enum status company_insert_asleep(struct ctx *c, const struct company_new *n, struct company_id *ret)
{
    struct company_id id;
    struct str code;
    TRY(company_insert(c, n, &id, &code));
    TRY(main_account(c, id, code, n, STR_NONE));
    *ret = id;
    return ST_OK;
}

enum status app_company_create(struct ctx *c, const struct company_input *in, struct one_time *ret)
{
    struct checked k;
    struct one_time made = {.account = STR_NONE};
    struct str hash, code, earlier;
    struct company_id id = {0};
    TRY(need_role(c, ROLE_MEMBERSHIP));
    TRY(app_read(c));
    TRY(made_before(c, in, &made.company));
    if (made.company.id.v) {
        *ret = made;
        return ST_OK;
    }
    TRY(check(c, &(struct company_full){0}, in, &k));
    app_read_end(c);
    made.account = k.name;
    made.password = password_one_time(c);
    TRY(account_hash(c, made.password, &hash));
    TRY(app_begin(c));
    TRY(once_take(c, in->once, STR("created"), &earlier));
    struct company_new n = {.name = k.name,
                            .credit_code = k.credit_code,
                            .contact = k.contact,
                            .phone = k.phone,
                            .address = k.address};
    TRY(company_insert(c, &n, &id, &code));
    TRY(main_account(c, id, code, &n, hash));
    TRY(q_company_by_id_unscoped(c->db, c->arena, id, &made.company));
    TRY(audit_add(c, &(struct audit_note){.event = "company.create", .company = id, .note = in->reason}));
    TRY(app_commit(c));
    *ret = made;
    return ST_OK;
}

static enum status rename_company(struct ctx *c, const struct company_full *old, const struct checked *k)
{
    if (str_eq(old->name, k->name)) return ST_OK;
    TRY(q_company_name_end(c->db, old->id, c->today, NULL));
    TRY(q_company_name_insert(c->db, old->id, k->name, k->folded, search_fold(c->arena, k->name), c->today,
                              NULL));
    return company_index_name(c, old->id, k->name);
}

static void note_change(struct ctx *c, struct changes *all, struct str field, struct str before,
                        struct str after)
{
    if (!str_eq(before, after)) *ARENA_PUSH(c->arena, all) = (struct change){field, before, after};
}

static struct str state_label(bool enabled)
{
    return enabled ? STR("启用") : STR("停用");
}

enum status app_company_update(struct ctx *c, struct company_id id, const struct company_input *in,
                               int64_t version)
{
    struct unit_checked u;
    struct checked k;
    struct company_full old;
    struct changes changes = {0};
    int64_t rows;
    TRY(need_role(c, ROLE_MEMBERSHIP));
    TRY(app_begin(c));
    TRY(hold_companies(c, &id, 1));
    TRY(app_company(c, id, &old));
    unit_check(c, &(struct unit_input){in->unit_valid_to, in->unit_level, in->title, in->tax_no}, &old,
               str_trim(in->credit_code), &u);
    TRY(check(c, &old, in, &k));
    if (old.merged_into.v && in->enabled) return fail(&c->fault, ST_CONFLICT, MERGED_STAYS);
    TRY(q_company_update(c->db,
                         &(struct company_update_in){id, version, k.name, k.folded, k.credit_code, k.contact,
                                                     k.phone, k.address, in->enabled, u.unit_valid_to,
                                                     u.unit_level, u.title, u.tax_no},
                         &rows));
    if (rows != 1) return fail(&c->fault, ST_CONFLICT, "这个单位的资料刚刚被别人修改过，请刷新后再改");
    if (!in->enabled) TRY(q_sessions_delete_of_company(c->db, id, NULL));
    TRY(rename_company(c, &old, &k));
    note_change(c, &changes, STR("单位名称"), old.name, k.name);
    note_change(c, &changes, STR("统一社会信用代码"), old.credit_code, k.credit_code);
    note_change(c, &changes, STR("联系人"), old.contact, k.contact);
    note_change(c, &changes, STR("电话"), old.phone, k.phone);
    note_change(c, &changes, STR("地址"), old.address, k.address);
    note_change(c, &changes, STR("会员单位有效期至"), day_str(c->arena, old.unit_valid_to),
                day_str(c->arena, u.unit_valid_to));
    note_change(c, &changes, STR("会员单位级别"), old.unit_level, u.unit_level);
    note_change(c, &changes, STR("开票抬头"), old.title, u.title);
    note_change(c, &changes, STR("税号"), old.tax_no, u.tax_no);
    note_change(c, &changes, STR("状态"), state_label(old.enabled), state_label(in->enabled));
    TRY(audit_add(c, &(struct audit_note){
                         .event = "company.update", .company = id, .note = in->reason, .changes = changes}));
    return app_commit(c);
}

enum status app_company_enable(struct ctx *c, struct company_id id, bool enabled)
{
    struct company_full old;
    struct changes changes = {0};
    TRY(need_role(c, ROLE_MEMBERSHIP));
    TRY(app_begin(c));
    TRY(app_company(c, id, &old));
    if (old.direct && !enabled) return fail(&c->fault, ST_CONFLICT, DIRECT_STAYS);
    if (old.merged_into.v && enabled) return fail(&c->fault, ST_CONFLICT, MERGED_STAYS);
    TRY(q_company_set_enabled(c->db, id, enabled, NULL));
    if (!enabled) TRY(q_sessions_delete_of_company(c->db, id, NULL));
    note_change(c, &changes, STR("状态"), state_label(old.enabled), state_label(enabled));
    TRY(audit_add(c, &(struct audit_note){.event = "company.update", .company = id, .changes = changes}));
    return app_commit(c);
}

enum status app_company(struct ctx *c, struct company_id id, struct company_full *ret)
{
    bool own = c->actor.side == SIDE_COMPANY && c->actor.account.v && c->actor.company.v == id.v;
    if (!own) TRY(need_role(c, ROLES_READ_LISTS));
    TRY(app_read(c));
    enum status s = q_company_by_id_unscoped(c->db, c->arena, id, ret);
    if (s == ST_NOT_FOUND) c->sought.company = id;
    return s == ST_NOT_FOUND ? not_found(c) : s;
}

enum status app_company_card(struct ctx *c, struct company_id id, struct company_card *ret)
{
    struct company_card card;
    TRY(app_company(c, id, &card.row));
    TRY(q_company_names_of(c->db, c->arena, id, &card.names));
    TRY(member_counts_read(c, id, &card.counts));
    *ret = card;
    return ST_OK;
}

enum status app_company_reset_password(struct ctx *c, struct company_id id, struct one_time *ret)
{
    struct one_time made = {.password = password_one_time(c)};
    struct account_full account;
    struct str hash;
    TRY(need_role(c, ROLE_MEMBERSHIP));
    TRY(account_hash(c, made.password, &hash));
    TRY(app_begin(c));
    TRY(hold_companies(c, &id, 1));
    TRY(app_company(c, id, &made.company));
    enum status s = q_account_of_company_unscoped(c->db, c->arena, id, &account);
    if (s == ST_NOT_FOUND) return not_found(c);
    if (s) return s;
    TRY(account_reset(c, &account, hash, true));
    TRY(audit_add(c, &(struct audit_note){.event = "account.reset", .company = id}));
    TRY(app_commit(c));
    made.account = made.company.name;
    *ret = made;
    return ST_OK;
}

enum status app_company_named(struct ctx *c, struct str words, struct company_id *ret)
{
    struct company_full company;
    struct companies_by_folded_rows named;
    struct str folded = name_fold(c->arena, words);
    TRY(app_read(c));
    enum status s = q_company_by_code_unscoped(c->db, c->arena, words, &company);
    if (s == ST_NOT_FOUND) s = q_company_by_credit_code_unscoped(c->db, c->arena, folded, &company);
    if (s == ST_OK) *ret = company.id;
    if (s != ST_NOT_FOUND) return s;
    TRY(q_companies_by_folded(c->db, c->arena, folded, &named));
    if (named.n == 0) return fail(&c->fault, ST_NOT_FOUND, "no company %.*s", STR_ARG(words));
    *ret = named.p[0].id;
    return ST_OK;
}

/* What a list is asked for. */
struct search {
    struct str gram, pattern; /* part of a name */
    struct str credit_code;
    bool all;
};

#define GRAMS_COMPARED      16   /* of a query, for the rarest */
#define COMPANIES_LOOKED_AT 2000 /* of a public search */

/* The gram that fewest companies have: 公司 is in every name. */
static enum status rarest(struct ctx *c, const struct grams *grams, struct str *ret)
{
    int64_t least = COMPANIES_LOOKED_AT;
    *ret = grams->n ? grams->p[0] : STR("");
    for (size_t i = 0; i < grams->n && i < GRAMS_COMPARED && least > 0; i++) {
        struct company_gram_count_row having;
        TRY(q_company_gram_count(c->db, c->arena, grams->p[i], least, &having));
        if (having.n >= least) continue;
        least = having.n;
        *ret = grams->p[i];
    }
    return ST_OK;
}

static enum status search_of(struct ctx *c, struct str q, struct search *ret)
{
    char code[CREDIT_CODE_LENGTH + 1];
    struct search search = {0};
    q = utf8_clip(text_clean(c->arena, q), QUERY_BYTES);
    if (!q.n) {
        search.all = true;
    } else if (credit_code_parse(q, true, code) == CREDIT_OK) {
        search.credit_code = arena_str(c->arena, str_from(code));
    } else {
        struct grams grams = name_query_grams(c->arena, q, NULL);
        TRY(rarest(c, &grams, &search.gram));
        search.pattern = like_pattern(c->arena, search_fold(c->arena, q));
    }
    *ret = search;
    return ST_OK;
}

/* Up to `limit` rows behind `from`, nearest first. */
static enum status list_rows(struct ctx *c, const struct search *s, struct company_id from, bool back,
                             int64_t limit, struct company_lines *ret)
{
    if (s->credit_code.n) return q_companies_coded_unscoped(c->db, c->arena, s->credit_code, ret);
    if (s->all)
        return back ? q_companies_newest_back(c->db, c->arena, from, limit, ret)
                    : q_companies_newest(c->db, c->arena, from, limit, ret);
    return back ? q_companies_named_back(c->db, c->arena, s->gram, s->pattern, from, limit, ret)
                : q_companies_named(c->db, c->arena, s->gram, s->pattern, from, limit, ret);
}

static enum status list_total(struct ctx *c, const struct search *s, const struct company_lines *page,
                              int64_t *ret)
{
    struct companies_count_row all;
    struct companies_named_count_row named;
    if (s->credit_code.n) {
        *ret = (int64_t)page->n;
    } else if (s->all) {
        TRY(q_companies_count(c->db, c->arena, &all));
        *ret = all.n;
    } else {
        TRY(q_companies_named_count(c->db, c->arena, s->gram, s->pattern, &named));
        *ret = named.n;
    }
    return ST_OK;
}

static enum status item_of(struct ctx *c, const struct company_line *row, struct company_item *ret)
{
    struct member_counts counts;
    TRY(member_counts_read(c, row->id, &counts));
    ret->row = *row;
    ret->members = counts.of[STATE_MEMBER];
    ret->waiting = counts.of[STATE_RECOMMENDED_NEW] + counts.of[STATE_RECOMMENDED_RENEWAL];
    return ST_OK;
}

enum status app_companies_list(struct ctx *c, struct str q, const struct page_want *want,
                               struct company_page *ret)
{
    struct company_page page = {0};
    struct company_lines rows;
    struct company_id from = {INT64_MAX};
    struct day unused;
    TRY(need_role(c, ROLES_READ_LISTS));
    TRY(app_read(c));
    struct search search;
    TRY(search_of(c, q, &search));
    bool back = list_cursor_read(c, ORDER, want->before, &unused, &from.v);
    bool at_start = !back && !list_cursor_read(c, ORDER, want->after, &unused, &from.v);
    TRY(list_rows(c, &search, from, back, want->size + 1, &rows));
    bool more = rows.n > (size_t)want->size;
    size_t n = more ? (size_t)want->size : rows.n;
    for (size_t i = 0; i < n; i++)
        TRY(item_of(c, &rows.p[back ? n - 1 - i : i], ARENA_PUSH(c->arena, &page.items)));
    if (n && (back ? more : !at_start))
        page.previous = list_cursor(c, ORDER, DAY_NONE, rows.p[back ? n - 1 : 0].id.v);
    if (n && (back || more)) page.next = list_cursor(c, ORDER, DAY_NONE, rows.p[back ? 0 : n - 1].id.v);
    TRY(list_total(c, &search, &rows, &page.total));
    *ret = page;
    return ST_OK;
}

static enum status search_coded(struct ctx *c, struct str credit_code, struct companies_matching_rows *ret)
{
    struct company_full company;
    enum status s = q_company_by_credit_code_unscoped(c->db, c->arena, credit_code, &company);
    if (s == ST_NOT_FOUND || (s == ST_OK && !company_may_be_chosen(&company))) return ST_OK;
    if (s) return s;
    ret->p = ARENA_NEW(c->arena, struct companies_matching_row);
    ret->p[0] = (struct companies_matching_row){company.id, company.name, company.address};
    ret->n = 1;
    return ST_OK;
}

enum status app_companies_search(struct ctx *c, struct str q, struct companies_matching_rows *ret)
{
    *ret = (struct companies_matching_rows){0};
    if (!utf8_valid(q) || str_has_nul(q)) return ST_OK; /* nobody's name */
    struct search search;
    TRY(app_read(c));
    TRY(search_of(c, q, &search));
    if (search.all) return ST_OK;
    if (search.credit_code.n) return search_coded(c, search.credit_code, ret);
    return q_companies_matching(c->db, c->arena, search.gram, COMPANIES_LOOKED_AT, search.pattern, 20, ret);
}

bool company_may_be_chosen(const struct company_full *company)
{
    return company->enabled;
}

enum status app_company_choice(struct ctx *c, struct str id, struct companies_matching_row *ret)
{
    int64_t number;
    struct company_full company;
    *ret = (struct companies_matching_row){0};
    if (!str_int(str_trim(id), &number)) return ST_OK;
    TRY(app_read(c));
    enum status s = q_company_by_id_unscoped(c->db, c->arena, (struct company_id){number}, &company);
    if (s == ST_OK && company_may_be_chosen(&company))
        *ret = (struct companies_matching_row){company.id, company.name, company.address};
    return s == ST_NOT_FOUND ? ST_OK : s;
}
