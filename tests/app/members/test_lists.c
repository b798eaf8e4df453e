/* Lists of people: every path gives each row of a filter exactly once, forward and back, in order; compared
 * with a plain sieve over the same people. */
#include "people.h"

#include "app/companies/companies.h"
#include "app/core/cursor.h"

#include <stdlib.h>
#include <string.h>

#define PEOPLE 64

struct row {
    struct member_id id;
    struct company_id company;
    enum member_state state;
    struct day end, approved; /* approved: none of who never was */
    int64_t since;
    struct str name, id_number, mobile, document;
};

struct world {
    struct fixture *x;
    struct row rows[PEOPLE];
};

static const char *const NAMES[] = {"张伟",   "李娜娜", "阿依古丽·买买提", "𠮷田太郎", "欧阳建国",
                                    "王示范", "建国"};

/* Four of a kind follow each other: submitted, recommended, member (ends shared by some), expired; of the
 * last some are up for renewal, and some closed. */
static void person_make(struct world *w, int i)
{
    struct fixture *x = w->x;
    struct day today = x->app->fixed_today;
    struct row *r = &w->rows[i];
    bool other = i % 8 == 7;
    struct application form = application_of(x, other ? x->other : x->company, i);
    form.details.name = str_from(NAMES[i % (int)COUNT(NAMES)]);
    form.details.started_on = STR("2000-01");
    if (i % 4 == 2) set_today(x, day_add(today, -(i / 12)));
    if (i % 4 == 3) set_today(x, day_add_years(day_add(today, -(i / 12)), -7));
    r->id = application_send(x, &form);
    if (i % 4 >= 1) decide(other ? as_other_clerk(x) : as_clerk(x), EVENT_RECOMMEND, &r->id, 1);
    if (i % 4 >= 2) {
        r->document = i % 8 == 2 ? STR("甘监协〔2026〕1 号") : i % 8 == 3 ? STR("甘监协") : STR("");
        r->approved = x->app->fixed_today;
        decide_with(as_membership(x), &(struct decision){.event = EVENT_APPROVE, .document_no = r->document},
                    r->id);
    }
    set_today(x, today);
    if (i % 16 == 3 || i % 32 == 7)
        decide(other ? as_other_clerk(x) : as_clerk(x), EVENT_RECOMMEND_RENEWAL, &r->id, 1);
    if (i % 16 == 11 || i % 32 == 15) decide(as_membership(x), EVENT_CLOSE, &r->id, 1);
    r->company = other ? x->other : x->company;
    r->state = state_of(x, r->id);
    r->end = person_of(x, r->id).period_end;
    r->since = person_of(x, r->id).state_at;
    r->name = form.details.name;
    r->id_number = form.account.id_number;
    r->mobile = form.details.mobile;
}

/* One register serves all: lists change nothing. */
static int set_up(void **state)
{
    static struct world w;
    int failed = register_setup(state);
    if (failed) return failed;
    w.x = *state;
    for (int i = 0; i < PEOPLE; i++)
        person_make(&w, i);
    *state = &w;
    return 0;
}

static int tear_down(void **state)
{
    struct world *w = *state;
    void *x = w->x;
    return register_teardown(&x);
}

enum who { CLERK, OTHER_CLERK, MEMBERSHIP, VIEWER };

static struct ctx *as_who(struct fixture *x, enum who who)
{
    switch (who) {
    case CLERK:
        return as_clerk(x);
    case OTHER_CLERK:
        return as_other_clerk(x);
    case MEMBERSHIP:
        return as_membership(x);
    case VIEWER:
        return as_viewer(x);
    }
    return NULL;
}

static struct company_id scope_of(const struct world *w, enum who who, const struct member_filter *f)
{
    if (who == CLERK) return w->x->company;
    return who == OTHER_CLERK ? w->x->other : f->company;
}

static bool holds(struct str text, struct str part)
{
    return str_find(text, part, NULL);
}

static bool ends_within(const struct row *r, const struct member_filter *f)
{
    if (day_is(f->expires_from) && (!day_is(r->end) || day_cmp(r->end, f->expires_from) < 0)) return false;
    return !day_is(f->expires_to) || (day_is(r->end) && day_cmp(r->end, f->expires_to) <= 0);
}

static bool approved_as(const struct row *r, const struct member_filter *f)
{
    bool asked = day_is(f->approved_from) || day_is(f->approved_to) || f->document_no.n;
    if (!asked) return true;
    if (!day_is(r->approved)) return false;
    if (day_is(f->approved_from) && day_cmp(r->approved, f->approved_from) < 0) return false;
    if (day_is(f->approved_to) && day_cmp(r->approved, f->approved_to) > 0) return false;
    static const struct str WRITTEN[] = {STR_INIT("甘监协〔2026〕1 号"), STR_INIT("甘监协〔2026〕1号"),
                                         STR_INIT("甘监协（2026）1号")};
    for (size_t i = 0; i < COUNT(WRITTEN); i++)
        if (str_eq(f->document_no, WRITTEN[i])) return str_eq(r->document, WRITTEN[0]);
    return !f->document_no.n || str_eq(r->document, f->document_no);
}

static bool named(const struct row *r, struct str q)
{
    bool tail = q.n == 4 && str_eq(str_sub(r->id_number, 14, 4), q);
    return !q.n || tail || str_eq(r->id_number, q) || str_eq(r->mobile, q) || holds(r->name, q);
}

/* Rows of the filter, unsorted; `by_company` is how the search goes on where no person has that name. */
static size_t sieve(const struct world *w, enum who who, const struct member_filter *f, bool by_company,
                    struct row *ret)
{
    struct company_id scope = scope_of(w, who, f);
    size_t n = 0;
    for (int i = 0; i < PEOPLE; i++) {
        const struct row *r = &w->rows[i];
        struct str company =
            r->company.v == w->x->company.v ? STR("甘肃示范工程监理有限公司") : STR("兰州另一家监理有限公司");
        bool kept = (!scope.v || r->company.v == scope.v) &&
                    (f->state == STATE_NONE || r->state == f->state) && ends_within(r, f) &&
                    approved_as(r, f) && (by_company ? holds(company, f->q) : named(r, f->q));
        if (kept) ret[n++] = *r;
    }
    return n;
}

static int newest_first(const void *a, const void *b)
{
    int64_t x = ((const struct row *)a)->id.v, y = ((const struct row *)b)->id.v;
    return (x < y) - (x > y);
}

static int soonest_end_first(const void *a, const void *b)
{
    int order = day_cmp(((const struct row *)a)->end, ((const struct row *)b)->end);
    return order ? order : newest_first(b, a);
}

/* Who has no end stands behind who has. */
static int soonest_end_of_any_first(const void *a, const void *b)
{
    bool x = day_is(((const struct row *)a)->end), y = day_is(((const struct row *)b)->end);
    return x != y ? y - x : soonest_end_first(a, b);
}

static int by_name(const void *a, const void *b)
{
    int order = str_cmp(((const struct row *)a)->name, ((const struct row *)b)->name);
    return order ? order : newest_first(b, a);
}

static int longest_wait_first(const void *a, const void *b)
{
    int64_t x = ((const struct row *)a)->since, y = ((const struct row *)b)->since;
    return x != y ? (x > y) - (x < y) : newest_first(b, a);
}

/* A company's people are asked for where nobody at all has that name. */
static bool goes_by_company(const struct world *w, enum who who, const struct member_filter *f)
{
    struct row rows[PEOPLE];
    if (!f->q.n || scope_of(w, who, f).v) return false;
    return sieve(w, who, &(struct member_filter){.q = f->q}, false, rows) == 0;
}

static size_t expected(const struct world *w, enum who who, const struct member_filter *f,
                       enum member_sort sort, struct row *ret)
{
    static int (*const SORTS[SORT_COUNT])(const void *,
                                          const void *) = {[SORT_NEWEST] = newest_first,
                                                           [SORT_EXPIRY] = soonest_end_of_any_first,
                                                           [SORT_NAME] = by_name,
                                                           [SORT_WAITING] = longest_wait_first};
    bool by_end = day_is(f->expires_from) || day_is(f->expires_to) || f->state == STATE_MEMBER ||
                  f->state == STATE_EXPIRED;
    size_t n = sieve(w, who, f, goes_by_company(w, who, f), ret);
    if (sort == SORT_USUAL) sort = by_end && !f->q.n ? SORT_EXPIRY : SORT_NEWEST;
    qsort(ret, n, sizeof *ret, SORTS[sort]);
    return n;
}

static void assert_counts(const struct world *w, enum who who, const struct member_filter *f,
                          const struct member_page *page)
{
    struct row rows[PEOPLE];
    bool by_company = goes_by_company(w, who, f);
    for (enum member_state s = STATE_NONE; s < STATE_COUNT; s++) {
        struct member_filter tab = *f;
        tab.state = s;
        assert_int_equal(page->counts.of[s], sieve(w, who, &tab, by_company, rows));
    }
    assert_false(page->counts_open);
}

static struct member_page page_of(struct world *w, enum who who, const struct member_filter *f,
                                  const struct page_want *want)
{
    struct ctx *c = as_who(w->x, who);
    struct member_page page;
    assert_ok(c, app_read(c));
    assert_ok(c, app_members_list(c, f, want, &page));
    app_end(c);
    return page;
}

/* Rows [from, from + n) of the list, and the ways on that belong there. */
static void assert_page(const struct member_page *page, const struct row *rows, size_t from, size_t size,
                        size_t total)
{
    size_t n = total - from < size ? total - from : size;
    assert_int_equal(page->items.n, n);
    for (size_t i = 0; i < n; i++) {
        assert_int_equal(page->items.p[i].row->id.v, rows[from + i].id.v);
        assert_int_equal(page->items.p[i].state, rows[from + i].state);
    }
    assert_int_equal(page->previous.n > 0, from > 0);
    assert_int_equal(page->next.n > 0, from + n < total);
    assert_int_equal(page->total, total);
    assert_false(page->total_open);
}

static void walk_in(struct world *w, enum who who, const struct member_filter *f, enum member_sort sort,
                    size_t size)
{
    struct row rows[PEOPLE];
    size_t total = expected(w, who, f, sort, rows), from = 0;
    struct page_want want = {.size = (int)size, .sort = (int)sort};
    struct member_page page = page_of(w, who, f, &want);
    assert_page(&page, rows, 0, size, total);
    assert_counts(w, who, f, &page);
    while (page.next.n) {
        want.after = page.next;
        page = page_of(w, who, f, &want);
        from += size;
        assert_page(&page, rows, from, size, total);
    }
    want.after = STR_NONE;
    while (page.previous.n) {
        want.before = page.previous;
        page = page_of(w, who, f, &want);
        from -= size;
        assert_page(&page, rows, from, size, total);
    }
    assert_int_equal(from, 0);
}

static void walk(struct world *w, enum who who, const struct member_filter *f, size_t size)
{
    walk_in(w, who, f, SORT_USUAL, size);
}

/* Every path of the walk: newest, by state, by end, by gram, tail, mobile, one, companies; for a company and
 * for all. */
static void every_path_gives_each_row_once(void **state)
{
    static const struct {
        enum member_state state;
        const char *q;
        struct day from, to;
    } CASES[] = {
        {STATE_NONE, "", {0}, {0}},
        {STATE_SUBMITTED, "", {0}, {0}},
        {STATE_RECOMMENDED_NEW, "", {0}, {0}},
        {STATE_RETURNED, "", {0}, {0}},
        {STATE_MEMBER, "", {0}, {0}},
        {STATE_EXPIRED, "", {0}, {0}},
        {STATE_RECOMMENDED_RENEWAL, "", {0}, {0}},
        {STATE_CLOSED, "", {0}, {0}},
        {STATE_NONE, "", {2031, 11, 19}, {2031, 11, 21}},
        {STATE_NONE, "", {2024, 11, 20}, {0}},
        {STATE_NONE, "", {0}, {2024, 11, 20}},
        {STATE_NONE, "", {2024, 11, 18}, {2031, 11, 20}},
        {STATE_MEMBER, "", {2031, 11, 20}, {2031, 11, 20}},
        {STATE_EXPIRED, "", {2024, 11, 20}, {2024, 11, 21}},
        {STATE_RECOMMENDED_RENEWAL, "", {2024, 11, 20}, {0}},
        {STATE_CLOSED, "", {0}, {2024, 11, 21}},
        {STATE_SUBMITTED, "", {2000, 1, 1}, {0}},
        {STATE_NONE, "张", {0}, {0}},
        {STATE_NONE, "娜娜", {0}, {0}},
        {STATE_NONE, "买买提", {0}, {0}},
        {STATE_NONE, "古丽·买", {0}, {0}},
        {STATE_NONE, "𠮷", {0}, {0}},
        {STATE_NONE, "𠮷田太郎", {0}, {0}},
        {STATE_NONE, "建国", {0}, {0}}, /* of 欧阳建国, too */
        {STATE_NONE, "欧阳建", {0}, {0}},
        {STATE_NONE, "阳建阳", {0}, {0}}, /* a neighbour pair that exists, the whole does not */
        {STATE_MEMBER, "建国", {0}, {0}},
        {STATE_NONE, "建国", {2024, 1, 1}, {2024, 12, 31}},
        {STATE_NONE, "示范工程", {0}, {0}}, /* a company; 示范 is in a person's name */
        {STATE_SUBMITTED, "另一家", {0}, {0}},
        {STATE_NONE, "没有的", {0}, {0}},
        {STATE_NONE, "%", {0}, {0}},
        {STATE_NONE, "13900000009", {0}, {0}},
        {STATE_NONE, "13900009999", {0}, {0}},
    };
    struct world *w = *state;
    for (size_t i = 0; i < COUNT(CASES); i++) {
        struct member_filter f = {.state = CASES[i].state,
                                  .q = str_from(CASES[i].q),
                                  .expires_from = CASES[i].from,
                                  .expires_to = CASES[i].to};
        for (enum who who = CLERK; who <= VIEWER; who++)
            walk(w, who, &f, 10);
        f.company = w->x->other;
        walk(w, MEMBERSHIP, &f, 3);
        walk(w, CLERK, &f, 7); /* sees its own, whatever the filter says */
    }
}

/* By an index, read whole, or sifted: each sort of each kind of list, for a company and for all. */
static void every_order_gives_each_row_once(void **state)
{
    static const struct {
        enum member_state state;
        const char *q;
        struct day from, to;
    } CASES[] = {
        {STATE_NONE, "", {0}, {0}},
        {STATE_SUBMITTED, "", {0}, {0}},
        {STATE_MEMBER, "", {0}, {0}},
        {STATE_EXPIRED, "", {0}, {0}},
        {STATE_RECOMMENDED_RENEWAL, "", {0}, {0}},
        {STATE_CLOSED, "", {0}, {0}},
        {STATE_NONE, "建国", {0}, {0}},
        {STATE_NONE, "另一家", {0}, {0}},
        {STATE_NONE, "", {2024, 11, 18}, {2031, 11, 20}},
    };
    struct world *w = *state;
    for (size_t i = 0; i < COUNT(CASES); i++) {
        struct member_filter f = {.state = CASES[i].state,
                                  .q = str_from(CASES[i].q),
                                  .expires_from = CASES[i].from,
                                  .expires_to = CASES[i].to};
        for (enum member_sort sort = SORT_NEWEST; sort < SORT_COUNT; sort++) {
            walk_in(w, CLERK, &f, sort, 7);
            walk_in(w, MEMBERSHIP, &f, sort, 10);
        }
    }
}

static void by_the_approval(void **state)
{
    static const struct {
        struct day from, to;
        const char *document;
        enum member_state state;
        const char *q;
    } CASES[] = {
        {{2026, 11, 20}, {0}, "", STATE_NONE, ""},
        {{0}, {2019, 11, 21}, "", STATE_NONE, ""},
        {{2026, 11, 20}, {2026, 11, 22}, "", STATE_MEMBER, ""},
        {{2026, 11, 22}, {2026, 11, 22}, "", STATE_NONE, ""},
        {{2027, 1, 1}, {0}, "", STATE_NONE, ""},
        {{0}, {0}, "甘监协〔2026〕1 号", STATE_NONE, ""},
        {{0}, {0}, "甘监协〔2026〕1号", STATE_NONE, ""},
        {{0}, {0}, "甘监协（2026）1号", STATE_NONE, ""}, /* however it is written */
        {{0}, {0}, "甘监协〔2026〕11号", STATE_NONE, ""},
        {{0}, {0}, "甘监协", STATE_NONE, ""}, /* exactly: not those that begin with it */
        {{0}, {0}, "1 号", STATE_NONE, ""},
        {{0}, {2026, 11, 21}, "甘监协〔2026〕1 号", STATE_NONE, ""},
        {{0}, {0}, "甘监协", STATE_CLOSED, ""},
        {{2000, 1, 1}, {0}, "", STATE_NONE, "建国"},
        {{2000, 1, 1}, {0}, "", STATE_SUBMITTED, ""},
    };
    struct world *w = *state;
    for (size_t i = 0; i < COUNT(CASES); i++) {
        struct member_filter f = {.state = CASES[i].state,
                                  .q = str_from(CASES[i].q),
                                  .approved_from = CASES[i].from,
                                  .approved_to = CASES[i].to,
                                  .document_no = str_from(CASES[i].document)};
        for (enum who who = CLERK; who <= MEMBERSHIP; who++)
            walk(w, who, &f, 10);
        walk_in(w, MEMBERSHIP, &f, SORT_NAME, 3);
        f.company = w->x->other;
        walk(w, MEMBERSHIP, &f, 3);
    }
}

static void sorts_have_codes(void **state)
{
    (void)state;
    enum member_sort sort;
    static const char *const CODES[] = {"", "newest", "expiry", "name", "waiting"};
    for (size_t i = 0; i < COUNT(CODES); i++) {
        assert_true(member_sort_parse(str_from(CODES[i]), &sort));
        assert_int_equal(sort, i);
        assert_string_equal(member_sort_code(sort), CODES[i]);
    }
    static const char *const OTHERS[] = {"id", "Name", "name desc", "name;", "period_end"};
    for (size_t i = 0; i < COUNT(OTHERS); i++)
        assert_false(member_sort_parse(str_from(OTHERS[i]), &sort));
}

static void an_exact_number_and_its_tail(void **state)
{
    struct world *w = *state;
    bool with_x = false;
    for (int i = 0; i < PEOPLE; i += 5) {
        struct member_filter f = {.q = w->rows[i].id_number};
        with_x |= str_ends(f.q, STR("X"));
        walk(w, CLERK, &f, 10);
        walk(w, MEMBERSHIP, &f, 10);
        f.q = str_sub(f.q, 14, 4);
        walk(w, CLERK, &f, 2);
        walk(w, MEMBERSHIP, &f, 2);
    }
    assert_true(with_x);
}

static void typed_as_people_type(void **state)
{
    struct world *w = *state;
    struct row *r = NULL;
    for (int i = 0; i < PEOPLE && !r; i++)
        if (str_ends(w->rows[i].id_number, STR("X")) && w->rows[i].company.v == w->x->company.v)
            r = &w->rows[i];
    assert_non_null(r);
    struct arena *a = w->x->arena;
    const struct str typed[] = {
        arena_fmt(a, " %.*s ", STR_ARG(r->id_number)),
        arena_fmt(a, "%.*sx", 17, r->id_number.p),
        arena_fmt(a, "%.*sX", 17, r->id_number.p),
        arena_fmt(a, "%.*sx", 3, r->id_number.p + 14),
    };
    for (size_t i = 0; i < COUNT(typed); i++) {
        struct member_filter f = {.q = typed[i]};
        struct member_page page = page_of(w, CLERK, &f, &(struct page_want){.size = 20});
        bool found = false;
        for (size_t k = 0; k < page.items.n; k++)
            found |= page.items.p[k].row->id.v == r->id.v;
        assert_true(found);
    }
}

static void lists_mask(void **state)
{
    struct world *w = *state;
    struct member_page page = page_of(w, CLERK, &(struct member_filter){0}, &(struct page_want){.size = 10});
    for (size_t i = 0; i < page.items.n; i++) {
        assert_int_equal(page.items.p[i].id_number.n, 18);
        assert_true(holds(page.items.p[i].id_number, STR("********")));
        assert_true(holds(page.items.p[i].mobile, STR("****")));
    }
}

static void counts_of_the_tabs(void **state)
{
    struct world *w = *state;
    for (enum who who = CLERK; who <= OTHER_CLERK; who++) {
        struct member_page page =
            page_of(w, who, &(struct member_filter){0}, &(struct page_want){.size = 10});
        for (enum member_state s = STATE_NONE; s < STATE_COUNT; s++) {
            struct row rows[PEOPLE];
            assert_int_equal(page.counts.of[s],
                             sieve(w, who, &(struct member_filter){.state = s}, false, rows));
        }
    }
}

static void assert_first_page(struct world *w, const struct member_filter *f, struct str cursor)
{
    struct row rows[PEOPLE];
    size_t total = expected(w, CLERK, f, SORT_USUAL, rows);
    struct member_page page = page_of(w, CLERK, f, &(struct page_want){.size = 5, .after = cursor});
    assert_page(&page, rows, 0, 5, total);
    page = page_of(w, CLERK, f, &(struct page_want){.size = 5, .before = cursor});
    assert_page(&page, rows, 0, 5, total);
}

static void a_bad_cursor_shows_the_first_page(void **state)
{
    struct world *w = *state;
    struct member_filter newest = {0}, ending = {.state = STATE_MEMBER};
    struct page_want five = {.size = 5};
    struct str of_newest = page_of(w, CLERK, &newest, &five).next,
               of_ending = page_of(w, CLERK, &ending, &five).next;
    char *forged = arena_cstr(w->x->arena, of_newest);
    forged[of_newest.n / 2] = forged[of_newest.n / 2] == 'A' ? 'B' : 'A';
    const struct str bad[] = {STR("x"),         STR("2026-11-23 5"), STR("\xff\xfe"),
                              str_from(forged), of_ending,           str_sub(of_newest, 0, of_newest.n - 1)};
    for (size_t i = 0; i < COUNT(bad); i++)
        assert_first_page(w, &newest, bad[i]);
    assert_first_page(w, &ending, of_newest);
}

/* That of the list of companies leads nowhere in a list of people. */
static void a_cursor_belongs_to_its_list(void **state)
{
    struct world *w = *state;
    struct ctx *c = as_membership(w->x);
    struct company_page companies;
    assert_ok(c, app_companies_list(c, STR(""), &(struct page_want){.size = 1}, &companies));
    app_end(c);
    assert_true(companies.next.n > 0);
    assert_first_page(w, &(struct member_filter){0}, companies.next);
}

static void who_may_list(void **state)
{
    struct world *w = *state;
    static const unsigned ROLES[] = {ROLE_MEMBERSHIP, ROLE_FINANCE, ROLE_TRAINING, ROLE_CONTENT, ROLE_VIEWER};
    struct member_page page;
    for (size_t i = 0; i < COUNT(ROLES); i++) {
        struct ctx *c = as_membership(w->x);
        c->actor.roles = ROLES[i];
        assert_ok(c, app_read(c));
        assert_ok(c, app_members_list(c, &(struct member_filter){0}, &(struct page_want){.size = 10}, &page));
        app_end(c);
    }
}

static void who_may_not_list(void **state)
{
    struct world *w = *state;
    static const unsigned ROLES[] = {ROLE_SYSTEM, ROLE_SECURITY, ROLE_AUDITOR};
    struct member_page page;
    for (size_t i = 0; i <= COUNT(ROLES); i++) {
        struct ctx *c = i < COUNT(ROLES) ? as_membership(w->x) : as_person(w->x, w->rows[0].id);
        if (i < COUNT(ROLES)) c->actor.roles = ROLES[i];
        assert_ok(c, app_read(c));
        assert_int_equal(
            app_members_list(c, &(struct member_filter){0}, &(struct page_want){.size = 10}, &page),
            ST_FORBIDDEN);
        app_end(c);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_path_gives_each_row_once),
        cmocka_unit_test(every_order_gives_each_row_once),
        cmocka_unit_test(by_the_approval),
        cmocka_unit_test(sorts_have_codes),
        cmocka_unit_test(an_exact_number_and_its_tail),
        cmocka_unit_test(typed_as_people_type),
        cmocka_unit_test(lists_mask),
        cmocka_unit_test(counts_of_the_tabs),
        cmocka_unit_test(a_bad_cursor_shows_the_first_page),
        cmocka_unit_test(a_cursor_belongs_to_its_list),
        cmocka_unit_test(who_may_list),
        cmocka_unit_test(who_may_not_list),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
