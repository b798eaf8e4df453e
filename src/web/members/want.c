#include "web/members/want.h"

#include "base/limits.h"

#include "base/utf8.h"
#include "domain/typed_code.h"
#include "domain/typed_day.h"

#include <stddef.h>
#include <string.h>

#define DAY_CHARACTERS 10 /* 2026-11-23 */

struct conditions {
    struct str expires_from, expires_to, approved_from, approved_to, document_no;
};
#define CONDITION(field, text) .name = #field, .label = (text), .offset = offsetof(struct conditions, field)
static const struct form_field CONDITIONS[] = {
    {CONDITION(expires_from, "到期日期从"), .type = "date", .max = DAY_CHARACTERS},
    {CONDITION(expires_to, "到"), .type = "date", .max = DAY_CHARACTERS},
    {CONDITION(approved_from, "批准日期从"), .type = "date", .max = DAY_CHARACTERS},
    {CONDITION(approved_to, "到"), .type = "date", .max = DAY_CHARACTERS},
    {CONDITION(document_no, "文号"), .type = "text", .max = DOCUMENT_NO_MAX},
};

struct fields_view want_conditions(struct web *w)
{
    struct conditions typed;
    const struct form form = FORM(CONDITIONS);
    for (size_t i = 0; i < form.n; i++)
        *(struct str *)(void *)((char *)&typed + form.p[i].offset) =
            str_or_empty(web_query(w, form.p[i].name));
    return form_view(w, form, &typed);
}

static struct str value(const struct http_pairs *from, const char *name)
{
    return str_or_empty(http_get(from, name));
}

static struct day day_read(struct web *w, const struct http_pairs *from, const char *name)
{
    struct str s = str_trim(value(from, name));
    struct day d = DAY_NONE;
    if (s.n && !typed_day(s, &d)) problem_add(&w->c.problems, name, "没有这样的日期，" TYPED_DAY_HOW);
    return d;
}

static struct str document_read(struct web *w, const struct http_pairs *from, const char *name)
{
    struct str s = str_trim(value(from, name));
    if (utf8_valid(s) && !str_has_nul(s) && utf8_count(s) <= DOCUMENT_NO_MAX) return s;
    problem_add(&w->c.problems, name, "文号最多 %d 个字", DOCUMENT_NO_MAX);
    return STR("");
}

static struct str q_read(struct web *w, const struct http_pairs *from)
{
    struct str q = STR("");
    if (list_q_read(w, from, &q) == ST_OK) return q;
    problem_add(&w->c.problems, "q", "%s", w->c.fault.text);
    return STR("");
}

/* Which field of the form may name the 文号. */
static struct member_filter filter_read(struct web *w, const struct http_pairs *from, const char *document_no)
{
    struct member_filter f = {.q = q_read(w, from)};
    struct str status = value(from, "status"), company = value(from, "company");
    if (status.n && !member_state_parse(status, &f.state))
        problem_add(&w->c.problems, "status", "没有这样的会员状态");
    bool asks_company = company.n && w->c.actor.side == SIDE_STAFF;
    if (asks_company && (!str_int(company, &f.company.v) || f.company.v <= 0)) {
        f.company.v = 0;
        problem_add(&w->c.problems, "company", "没有这样的单位");
    }
    f.expires_from = day_read(w, from, "expires_from");
    f.expires_to = day_read(w, from, "expires_to");
    f.approved_from = day_read(w, from, "approved_from");
    f.approved_to = day_read(w, from, "approved_to");
    f.document_no = document_read(w, from, document_no);
    return f;
}

static enum member_sort sort_read(struct web *w, const struct http_pairs *from)
{
    enum member_sort sort = SORT_USUAL;
    if (!member_sort_parse(value(from, "sort"), &sort))
        problem_add(&w->c.problems, "sort", "没有这样的排列顺序");
    return sort;
}

static bool want_read(struct web *w, const struct http_pairs *from, struct list_want *ret)
{
    size_t before = w->c.problems.n;
    struct list_want want = {.page = list_page_read(from)};
    want.page.sort = (int)sort_read(w, from);
    want.filter = filter_read(w, from, "document_no");
    want.wrong = w->c.problems.n > before;
    *ret = want;
    return !want.wrong;
}

static enum status refuse(struct web *w, size_t before)
{
    return fail(&w->c.fault, ST_BAD_INPUT, "%.*s", STR_ARG(w->c.problems.p[before].text));
}

enum status list_want_read(struct web *w, const struct http_pairs *from, struct list_want *ret)
{
    size_t before = w->c.problems.n;
    return want_read(w, from, ret) ? ST_OK : refuse(w, before);
}

void list_want_ask(struct web *w, struct list_want *ret)
{
    (void)want_read(w, &w->q->query, ret);
}

/* 0, nobody's, for what is no row's number. */
static struct member_id id_of(struct str typed)
{
    struct member_id id = {0};
    return str_int(typed, &id.v) && id.v <= LIMIT_ID ? id : (struct member_id){0};
}

enum status list_selection_read(struct web *w, bool has_document_no, struct selection *ret)
{
    const struct http_pairs *fields = &w->q->fields;
    size_t before = w->c.problems.n;
    bool named = http_get(fields, "filter_document_no").n || has_document_no;
    struct selection s = {.all = web_flag(w, "all"), .expect = -1};
    struct member_id *ids = ARENA_ARRAY(w->q->arena, fields->n, struct member_id);
    struct str expect = value(fields, "expect");
    s.filter = filter_read(w, fields, named ? "filter_document_no" : "document_no");
    if (w->c.problems.n > before) return refuse(w, before);
    if (expect.n && (!typed_int(expect, &s.expect) || s.expect < 0))
        return fail(&w->c.fault, ST_BAD_INPUT, "人数应为数字");
    for (size_t i = 0; i < fields->n; i++)
        if (str_eq(fields->p[i].name, STR("id"))) ids[s.n++] = id_of(fields->p[i].value);
    s.ids = ids;
    *ret = s;
    return ST_OK;
}

void want_add_text(struct web *w, struct hiddens_view *texts, const char *name, struct str text)
{
    if (text.n) *ARENA_PUSH(w->q->arena, texts) = (struct hidden_view){str_from(name), text};
}

struct hiddens_view want_texts(struct web *w, const struct member_filter *f)
{
    struct hiddens_view texts = {0};
    struct arena *a = w->q->arena;
    want_add_text(w, &texts, "status", str_from(member_state_code(f->state)));
    want_add_text(w, &texts, "q", f->q);
    if (f->company.v) want_add_text(w, &texts, "company", arena_fmt(a, "%ld", (long)f->company.v));
    want_add_text(w, &texts, "expires_from", day_str(a, f->expires_from));
    want_add_text(w, &texts, "expires_to", day_str(a, f->expires_to));
    want_add_text(w, &texts, "approved_from", day_str(a, f->approved_from));
    want_add_text(w, &texts, "approved_to", day_str(a, f->approved_to));
    want_add_text(w, &texts, "document_no", f->document_no);
    return texts;
}

struct url list_url(struct web *w, struct url address, const struct member_filter *f)
{
    struct hiddens_view texts = want_texts(w, f);
    for (size_t i = 0; i < texts.n; i++)
        address = url_query(w->q->arena, address, {texts.p[i].name.p, texts.p[i].value});
    return address;
}

struct url want_url(struct web *w, struct url address, const struct member_filter *f,
                    const struct page_want *page)
{
    struct str sort = str_from(member_sort_code((enum member_sort)page->sort));
    return list_with_size(w, url_query(w->q->arena, list_url(w, address, f), {"sort", sort}), page->size);
}
