#include "app/companies.h"

#include "app/accounts.h"
#include "app/audit.h"
#include "app/cursor.h"
#include "app/like.h"
#include "app/member_list.h"
#include "app/vault.h"
#include "base/utf8.h"
#include "domain/company_name.h"
#include "domain/credit_code.h"
#include "domain/name_grams.h"
#include "domain/person.h"
#include "gen/queries.h"

#define NAME_MIN 4 /* characters */
#define NAME_MAX 60

struct checked {
    struct str name, folded, credit_code, contact, phone, address;
};

static void check_credit_code(struct ctx *c, const struct company_input *in, struct checked *ret)
{
    char code[CREDIT_CODE_LENGTH + 1];
    if (!str_trim(in->credit_code).n) return;
    bool waived = in->credit_code_anyway && str_trim(in->reason).n;
    enum credit_error wrong = credit_code_parse(in->credit_code, waived, code);
    if (wrong == CREDIT_OK)
        ret->credit_code = arena_str(c->arena, str_from(code));
    else
        problem_add(&c->problems, "credit_code", "%s", credit_error_text(wrong));
}

static enum status check_taken(struct ctx *c, struct company_id id, const struct checked *in)
{
    struct company_taken_rows rows;
    TRY(q_company_taken(c->db, c->arena, id, in->folded, in->credit_code, &rows));
    for (size_t i = 0; i < rows.n; i++) {
        if (str_eq(rows.p[i].folded, in->folded)) problem_add(&c->problems, "name", "已有同名单位（括号和空格不计）");
        if (in->credit_code.n && str_eq(rows.p[i].credit_code, in->credit_code))
            problem_add(&c->problems, "credit_code", "已有单位使用这个统一社会信用代码");
    }
    return ST_OK;
}

static enum status check(struct ctx *c, struct company_id id, const struct company_input *in, struct checked *ret)
{
    struct problems *ps = &c->problems;
    struct checked k = {.name = str_trim(in->name)};
    size_t length = utf8_count(k.name);
    if (!utf8_valid(k.name) || str_has_nul(k.name) || length < NAME_MIN || length > NAME_MAX)
        problem_add(ps, "name", "请填写单位全称，%d–%d 个字", NAME_MIN, NAME_MAX);
    k.folded = company_name_fold(c->arena, k.name);
    check_credit_code(c, in, &k);
    person_text(ps, "contact", in->contact, &k.contact);
    person_text(ps, "phone", in->phone, &k.phone);
    person_text(ps, "address", in->address, &k.address);
    if (ps->n == 0) TRY(check_taken(c, id, &k));
    TRY(problems_status(c));
    *ret = k;
    return ST_OK;
}

static enum status index_name(struct ctx *c, struct company_id id, struct str name)
{
    struct grams grams = name_grams(c->arena, name);
    for (size_t i = 0; i < grams.n; i++)
        TRY(q_company_gram_insert(c->db, grams.p[i], id, NULL));
    return ST_OK;
}

enum status company_insert(struct ctx *c, const struct company_new *n, struct company_id *ret, struct str *ret_code)
{
    struct series_next_row series;
    struct company_insert_row row;
    struct str folded = company_name_fold(c->arena, n->name);
    TRY(q_series_next(c->db, c->arena, STR("company"), 1, &series));
    struct str code = arena_fmt(c->arena, "%04ld", (long)series.last - 1);
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
                                         .now = c->now_ms,
                                     },
                                     &row);
    if (s == ST_NOT_FOUND) return fail(&c->fault, ST_CONFLICT, "已有同名单位或相同的信用代码");
    if (s) return s;
    TRY(q_company_name_insert(c->db, row.id, n->name, folded, c->today, NULL));
    TRY(index_name(c, row.id, n->name));
    *ret = row.id;
    if (ret_code) *ret_code = code;
    return ST_OK;
}

enum status company_direct_make(struct ctx *c)
{
    struct company_full there;
    struct company_id id;
    enum status s = q_company_direct(c->db, c->arena, &there);
    if (s != ST_NOT_FOUND) return s;
    struct company_new direct = {.name = STR("协会直管"), .contact = STR(""), .phone = STR(""), .address = STR(""), .direct = true};
    return company_insert(c, &direct, &id, NULL);
}

enum status app_company_create(struct ctx *c, const struct company_input *in, struct one_time *ret)
{
    struct checked k;
    struct one_time made = {.password = password_one_time(c)};
    struct str hash, code;
    struct company_id id;
    struct account_insert_row account;
    TRY(need_role(c, ROLE_MEMBERSHIP));
    TRY(app_read(c));
    TRY(check(c, (struct company_id){0}, in, &k));
    app_read_end(c);
    TRY(account_hash(c, made.password, &hash));
    TRY(app_begin(c));
    struct company_new n = {k.name, k.credit_code, k.contact, k.phone, k.address, false};
    TRY(company_insert(c, &n, &id, &code));
    TRY(q_account_insert(c->db, c->arena,
                         &(struct account_insert_in){.side = STR("company"),
                                                     .login = code,
                                                     .name = k.contact.n ? k.contact : k.name,
                                                     .company = id,
                                                     .main = true,
                                                     .password = hash,
                                                     .must_change = true,
                                                     .now = c->now_ms},
                         &account));
    TRY(q_company_by_id(c->db, c->arena, id, &made.company));
    TRY(audit_add(c, &(struct audit_note){.event = "company.create", .company = id, .note = in->reason}));
    TRY(app_commit(c));
    made.account = k.name;
    *ret = made;
    return ST_OK;
}

static enum status rename_company(struct ctx *c, const struct company_full *old, const struct checked *k)
{
    if (str_eq(old->name, k->name)) return ST_OK;
    TRY(q_company_name_end(c->db, old->id, c->today, NULL));
    TRY(q_company_name_insert(c->db, old->id, k->name, k->folded, c->today, NULL));
    return index_name(c, old->id, k->name);
}

static void note_change(struct ctx *c, struct changes *all, struct str field, struct str before, struct str after)
{
    if (!str_eq(before, after)) *ARENA_PUSH(c->arena, all) = (struct change){field, before, after};
}

enum status app_company_update(struct ctx *c, struct company_id id, const struct company_input *in, int64_t version)
{
    struct checked k;
    struct company_full old;
    struct changes changes = {0};
    int64_t rows;
    TRY(need_role(c, ROLE_MEMBERSHIP));
    TRY(app_begin(c));
    TRY(app_company(c, id, &old));
    TRY(check(c, id, in, &k));
    TRY(q_company_update(c->db,
                         &(struct company_update_in){id, version, k.name, k.folded, k.credit_code, k.contact, k.phone,
                                                     k.address, in->enabled},
                         &rows));
    if (rows != 1) return fail(&c->fault, ST_CONFLICT, "这个单位的资料刚刚被别人修改过，请刷新后再改");
    TRY(rename_company(c, &old, &k));
    note_change(c, &changes, STR("单位名称"), old.name, k.name);
    note_change(c, &changes, STR("统一社会信用代码"), old.credit_code, k.credit_code);
    note_change(c, &changes, STR("联系人"), old.contact, k.contact);
    note_change(c, &changes, STR("电话"), old.phone, k.phone);
    note_change(c, &changes, STR("地址"), old.address, k.address);
    note_change(c, &changes, STR("状态"), old.enabled ? STR("启用") : STR("停用"), in->enabled ? STR("启用") : STR("停用"));
    TRY(audit_add(c, &(struct audit_note){.event = "company.update", .company = id, .note = in->reason, .changes = changes}));
    return app_commit(c);
}

enum status app_company(struct ctx *c, struct company_id id, struct company_full *ret)
{
    bool own = c->actor.side == SIDE_COMPANY && c->actor.account.v && c->actor.company.v == id.v;
    if (!own) TRY(need_role(c, ROLE_MEMBERSHIP | ROLE_VIEWER));
    TRY(app_read(c));
    enum status s = q_company_by_id(c->db, c->arena, id, ret);
    return s == ST_NOT_FOUND ? not_found(c) : s;
}

enum status app_company_names(struct ctx *c, struct company_id id, struct company_names_of_rows *ret)
{
    return q_company_names_of(c->db, c->arena, id, ret);
}

enum status app_company_reset_password(struct ctx *c, struct company_id id, struct one_time *ret)
{
    struct one_time made = {.password = password_one_time(c)};
    struct account_full account;
    struct str hash;
    TRY(need_role(c, ROLE_MEMBERSHIP));
    TRY(account_hash(c, made.password, &hash));
    TRY(app_begin(c));
    TRY(app_company(c, id, &made.company));
    enum status s = q_account_of_company(c->db, c->arena, id, &account);
    if (s == ST_NOT_FOUND) return not_found(c);
    if (s) return s;
    TRY(account_reset(c, account.id, hash));
    TRY(audit_add(c, &(struct audit_note){.event = "account.reset", .company = id}));
    TRY(app_commit(c));
    made.account = made.company.name;
    *ret = made;
    return ST_OK;
}

static enum status list_step(struct ctx *c, struct str gram, struct company_id from, bool back, int64_t limit,
                             struct company_lines *ret)
{
    if (gram.n)
        return back ? q_companies_gram_back(c->db, c->arena, gram, from, limit, ret)
                    : q_companies_gram(c->db, c->arena, gram, from, limit, ret);
    return back ? q_companies_newest_back(c->db, c->arena, from, limit, ret)
                : q_companies_newest(c->db, c->arena, from, limit, ret);
}

/* Rows of a page, nearest first; those whose name does not hold the words are passed over. */
static enum status list_rows(struct ctx *c, struct str q, struct company_id from, bool back, size_t most,
                             struct company_line *ret, size_t *ret_n)
{
    struct str folded = STR_NONE;
    struct grams grams = name_query_grams(c->arena, q, &folded);
    struct str gram = grams.n ? grams.p[0] : STR_NONE;
    size_t n = 0;
    for (bool over = false; n < most && !over;) {
        struct company_lines lines;
        TRY(list_step(c, gram, from, back, (int64_t)most, &lines));
        over = lines.n < most;
        for (size_t i = 0; i < lines.n && n < most; i++) {
            from = lines.p[i].id;
            if (!gram.n || str_find(company_name_fold(c->arena, lines.p[i].name), folded, NULL)) ret[n++] = lines.p[i];
        }
    }
    *ret_n = n;
    return ST_OK;
}

static void reverse(struct company_line *p, size_t n)
{
    for (size_t i = 0; i + 1 < n - i; i++) {
        struct company_line swap = p[i];
        p[i] = p[n - 1 - i];
        p[n - 1 - i] = swap;
    }
}

enum status app_companies_list(struct ctx *c, struct str q, const struct page_want *want, struct company_page *ret)
{
    struct company_page page = {0};
    struct company_id from = {INT64_MAX};
    struct day unused;
    struct companies_count_row count;
    size_t size = (size_t)want->size, n;
    TRY(need_role(c, ROLE_MEMBERSHIP | ROLE_VIEWER));
    TRY(app_read(c));
    bool back = list_cursor_read(c, want->before, &unused, &from.v);
    bool at_start = !back && !list_cursor_read(c, want->after, &unused, &from.v);
    page.p = ARENA_ARRAY(c->arena, size + 1, struct company_line);
    TRY(list_rows(c, str_trim(q), from, back, size + 1, page.p, &n));
    bool more = n > size;
    page.n = more ? size : n;
    if (back) reverse(page.p, page.n);
    if (page.n && (back ? more : !at_start)) page.previous = list_cursor(c, DAY_NONE, page.p[0].id.v);
    if (page.n && (back || more)) page.next = list_cursor(c, DAY_NONE, page.p[page.n - 1].id.v);
    TRY(q_companies_count(c->db, c->arena, &count));
    page.total = count.n;
    *ret = page;
    return ST_OK;
}

enum status app_companies_search(struct ctx *c, struct str q, struct companies_matching_rows *ret)
{
    struct str folded;
    struct grams grams = name_query_grams(c->arena, str_sub(str_trim(q), 0, 300), &folded);
    *ret = (struct companies_matching_rows){0};
    if (!grams.n) return ST_OK;
    TRY(app_read(c));
    return q_companies_matching(c->db, c->arena, grams.p[0], like_pattern(c->arena, folded), 20, ret);
}
