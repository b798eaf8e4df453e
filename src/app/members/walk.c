#include "app/members/walk.h"

#include "app/core/like.h"
#include "app/core/vault.h"
#include "app/members/order.h"
#include "app/members/sorted.h"
#include "base/text.h"
#include "domain/document_no.h"
#include "domain/fold.h"
#include "domain/id_number.h"
#include "domain/name_grams.h"
#include "domain/person.h"
#include "domain/typed_code.h"
#include "gen/queries.h"

#define TAIL      4 /* characters of an ID number */
#define CODE_SIZE 32
#define COMPANIES 20 /* whose names hold the words that the association looked for */

static bool all_digits(struct str s, size_t n)
{
    if (s.n != n) return false;
    for (size_t i = 0; i < n; i++)
        if (s.p[i] < '0' || s.p[i] > '9') return false;
    return true;
}

static bool is_tail(struct str q)
{
    return q.n == TAIL && all_digits(str_sub(q, 0, 3), 3) &&
           ((q.p[3] >= '0' && q.p[3] <= '9') || q.p[3] == 'X');
}

/* Eleven digits; as people write a mobile number, too. */
static bool is_mobile(struct str q, struct str code, char ret[MOBILE_SIZE])
{
    if (mobile_read(q, ret)) return true;
    if (!all_digits(code, MOBILE_SIZE - 1)) return false;
    memcpy(ret, code.p, MOBILE_SIZE);
    return true;
}

static enum status walk_one(struct ctx *c, struct walk *w, struct str id_number)
{
    struct member_by_id_index_unscoped_row row;
    enum status s =
        q_member_by_id_index_unscoped(c->db, c->arena, vault_index(c, INDEX_ID_NUMBER, id_number), &row);
    w->path = s == ST_NOT_FOUND ? PATH_NOBODY : PATH_ONE;
    w->one = row.id;
    return s == ST_NOT_FOUND ? ST_OK : s;
}

/* Part of a person's name; for the association, where no person has it, of a company's: whatever else is
 * asked for, so that every tab means the same. */
static enum status walk_name(struct ctx *c, struct walk *w, struct str q)
{
    struct grams grams = name_query_grams(c->arena, q, &w->folded);
    w->path = grams.n ? PATH_GRAM : PATH_NOBODY;
    if (!grams.n) return ST_OK;
    w->gram = grams.p[0];
    if (w->filter->company.v) return ST_OK;
    struct walk_rows some;
    struct member_filter named = {.q = w->filter->q};
    struct walk anyone = *w;
    anyone.filter = &named;
    anyone.sifted = true;
    TRY(walk_step(c, &anyone, WALK_TOP, false, 1, &some));
    if (some.n > 0) return ST_OK;
    TRY(q_companies_named(c->db, c->arena, w->gram, like_pattern(c->arena, w->folded),
                          (struct company_id){INT64_MAX}, COMPANIES, &w->companies));
    w->path = w->companies.n ? PATH_COMPANIES : PATH_NOBODY;
    return ST_OK;
}

/* What was typed into the search box decides the path: contract.md, Lists, q. */
static enum status walk_search(struct ctx *c, struct walk *w, struct str q)
{
    struct id_number id;
    char text[CODE_SIZE], mobile[MOBILE_SIZE];
    if (id_number_parse(q, c->today, &id) == ID_OK) return walk_one(c, w, str_from(id.text));
    struct str code = {text, typed_code(q, text, sizeof text)};
    if (is_tail(code)) {
        w->path = PATH_TAIL;
        w->index = vault_index(c, INDEX_ID_TAIL, code);
    } else if (is_mobile(q, code, mobile)) {
        w->path = PATH_MOBILE;
        w->index = vault_index(c, INDEX_MOBILE, str_from(mobile));
    } else {
        return walk_name(c, w, q);
    }
    return ST_OK;
}

static void walk_ending(struct walk *w)
{
    const struct member_filter *f = w->filter;
    w->from_end = day_is(w->range.end_from) ? w->range.end_from : FIRST_DAY;
    w->to_end = day_is(w->range.end_to) ? w->range.end_to : LAST_DAY;
    if (day_is(f->expires_from) && day_cmp(f->expires_from, w->from_end) > 0) w->from_end = f->expires_from;
    if (day_is(f->expires_to) && day_cmp(f->expires_to, w->to_end) < 0) w->to_end = f->expires_to;
    w->path = PATH_ENDING;
    w->sort = SORT_EXPIRY;
}

static bool asks_end(const struct member_filter *f)
{
    return day_is(f->expires_from) || day_is(f->expires_to);
}

enum status walk_of(struct ctx *c, const struct member_filter *f, struct walk *ret)
{
    struct walk w = {.filter = f, .range = member_range_of(f->state, c->today), .sort = SORT_NEWEST};
    struct str q = text_clean(c->arena, f->q);
    w.document = document_no_fold(c->arena, f->document_no);
    w.sifted = q.n || asks_approval(f);
    if (q.n) {
        TRY(walk_search(c, &w, q));
    } else if (asks_end(f) || w.range.stored == STORED_APPROVED) {
        walk_ending(&w);
    } else {
        w.path = f->state == STATE_NONE ? PATH_NEWEST : PATH_STATE;
    }
    *ret = w;
    return ST_OK;
}

static void keep_nearest(const struct walk *w, struct member_lines *all, bool back, int64_t limit)
{
    lines_sort(w, all, back);
    if (all->n > (size_t)limit) all->n = (size_t)limit;
}

/* The nearest rows of several companies, merged. */
static enum status of_companies(struct ctx *c, const struct walk *w, struct spot from, int64_t limit,
                                bool back, struct member_lines *ret)
{
    struct member_lines all = {.p =
                                   ARENA_ARRAY(c->arena, w->companies.n * (size_t)limit, struct member_line)};
    for (size_t i = 0; i < w->companies.n; i++) {
        struct member_lines some;
        struct company_id company = w->companies.p[i].id;
        TRY(back ? q_members_newest_in_back(c->db, c->arena, company, from.id, limit, &some)
                 : q_members_newest_in(c->db, c->arena, company, from.id, limit, &some));
        lines_append(&all, &some);
    }
    keep_nearest(w, &all, back, limit);
    *ret = all;
    return ST_OK;
}

/* The nearest rows of one stored state that have an end, by it. */
static enum status ended(struct ctx *c, const struct walk *w, enum member_stored stored, struct spot from,
                         int64_t limit, bool back, struct member_lines *ret)
{
    struct company_id company = w->filter->company;
    struct str state = str_from(member_stored_code(stored));
    if (back && company.v)
        return q_members_ending_in_back(
            c->db, c->arena,
            &(struct members_ending_in_back_in){company, state, w->from_end, from.end, from.id, limit}, ret);
    if (back)
        return q_members_ending_back(c->db, c->arena, state, w->from_end, from.end, from.id, limit, ret);
    if (!company.v) return q_members_ending(c->db, c->arena, state, from.end, from.id, w->to_end, limit, ret);
    return q_members_ending_in(
        c->db, c->arena, &(struct members_ending_in_in){company, state, from.end, from.id, w->to_end, limit},
        ret);
}

static enum status endless(struct ctx *c, const struct walk *w, enum member_stored stored,
                           struct member_id from, int64_t limit, bool back, struct member_lines *ret)
{
    struct company_id company = w->filter->company;
    struct str state = str_from(member_stored_code(stored));
    if (company.v)
        return back ? q_members_endless_in_back(c->db, c->arena, company, state, from, limit, ret)
                    : q_members_endless_in(c->db, c->arena, company, state, from, limit, ret);
    return back ? q_members_endless_back(c->db, c->arena, state, from, limit, ret)
                : q_members_endless(c->db, c->arena, state, from, limit, ret);
}

/* Of the expired some have no end: imported, and nobody knows when they were members. They stand behind. */
static enum status expired(struct ctx *c, const struct walk *w, struct spot from, int64_t limit, bool back,
                           struct member_lines *ret)
{
    struct member_lines all = {.p = ARENA_ARRAY(c->arena, (size_t)limit, struct member_line)}, some;
    bool among_endless = day_cmp(from.end, NO_END) >= 0;
    if (back && among_endless) {
        TRY(endless(c, w, w->range.stored, from.id, limit, true, &some));
        lines_append(&all, &some);
        from = (struct spot){.end = w->to_end, .id = {INT64_MAX}};
    }
    if ((back || !among_endless) && (int64_t)all.n < limit) {
        TRY(ended(c, w, w->range.stored, from, limit - (int64_t)all.n, back, &some));
        lines_append(&all, &some);
    }
    if (!back && (int64_t)all.n < limit) {
        struct member_id above = among_endless ? from.id : (struct member_id){0};
        TRY(endless(c, w, w->range.stored, above, limit - (int64_t)all.n, false, &some));
        lines_append(&all, &some);
    }
    *ret = all;
    return ST_OK;
}

static enum status ending(struct ctx *c, const struct walk *w, struct spot from, int64_t limit, bool back,
                          struct member_lines *ret)
{
    bool some_endless = w->filter->state == STATE_EXPIRED && !asks_end(w->filter);
    return some_endless ? expired(c, w, from, limit, back, ret)
                        : ended(c, w, w->range.stored, from, limit, back, ret);
}

/* 全部: of every stored state whose rows may have an end, merged; the index begins with the state. */
static enum status ending_of_all(struct ctx *c, const struct walk *w, struct spot from, int64_t limit,
                                 bool back, struct member_lines *ret)
{
    static const enum member_stored WITH_END[] = {STORED_APPROVED, STORED_RECOMMENDED_RENEWAL, STORED_CLOSED};
    enum { STATES = sizeof WITH_END / sizeof *WITH_END };
    struct member_lines all = {.p = ARENA_ARRAY(c->arena, STATES * (size_t)limit, struct member_line)};
    for (size_t i = 0; i < STATES; i++) {
        struct member_lines some;
        TRY(ended(c, w, WITH_END[i], from, limit, back, &some));
        lines_append(&all, &some);
    }
    keep_nearest(w, &all, back, limit);
    *ret = all;
    return ST_OK;
}

static enum status only_one(struct ctx *c, const struct walk *w, bool ahead, struct member_lines *ret)
{
    struct member_lines lines = {.p = ARENA_NEW(c->arena, struct member_line)};
    if (ahead) {
        TRY(q_member_line_by_id_unscoped(c->db, c->arena, w->one, lines.p));
        lines.n = 1;
    }
    *ret = lines;
    return ST_OK;
}

/* Up to limit rows behind `from`, in the walk's order. */
static enum status walk_forward(struct ctx *c, const struct walk *w, struct spot from, int64_t limit,
                                struct member_lines *ret)
{
    struct company_id company = w->filter->company;
    struct str state = str_from(member_stored_code(w->range.stored));
    switch (w->path) {
    case PATH_NEWEST:
        return company.v ? q_members_newest_in(c->db, c->arena, company, from.id, limit, ret)
                         : q_members_newest(c->db, c->arena, from.id, limit, ret);
    case PATH_STATE:
        return company.v ? q_members_state_in(c->db, c->arena, company, state, from.id, limit, ret)
                         : q_members_state(c->db, c->arena, state, from.id, limit, ret);
    case PATH_ENDING:
        if (w->filter->state == STATE_NONE) return ending_of_all(c, w, from, limit, false, ret);
        return ending(c, w, from, limit, false, ret);
    case PATH_EXPIRY:
    case PATH_NAME:
    case PATH_WAITING:
        return sorted_step(c, w, from, false, limit, ret);
    case PATH_GATHERED:
        return gathered_step(c, w, from, false, limit, ret);
    case PATH_GRAM:
        return company.v ? q_members_gram_in(c->db, c->arena, company, w->gram, from.id, limit, ret)
                         : q_members_gram(c->db, c->arena, w->gram, from.id, limit, ret);
    case PATH_TAIL:
        return q_members_tail(c->db, c->arena, w->index, from.id, limit, ret);
    case PATH_MOBILE:
        return q_members_mobile(c->db, c->arena, w->index, from.id, limit, ret);
    case PATH_COMPANIES:
        return of_companies(c, w, from, limit, false, ret);
    case PATH_ONE:
        return only_one(c, w, from.id.v > w->one.v, ret);
    case PATH_NOBODY:
        break;
    }
    *ret = (struct member_lines){0};
    return ST_OK;
}

/* The same towards the beginning: nearest first. */
static enum status walk_backward(struct ctx *c, const struct walk *w, struct spot from, int64_t limit,
                                 struct member_lines *ret)
{
    struct company_id company = w->filter->company;
    struct str state = str_from(member_stored_code(w->range.stored));
    switch (w->path) {
    case PATH_NEWEST:
        return company.v ? q_members_newest_in_back(c->db, c->arena, company, from.id, limit, ret)
                         : q_members_newest_back(c->db, c->arena, from.id, limit, ret);
    case PATH_STATE:
        return company.v ? q_members_state_in_back(c->db, c->arena, company, state, from.id, limit, ret)
                         : q_members_state_back(c->db, c->arena, state, from.id, limit, ret);
    case PATH_ENDING:
        if (w->filter->state == STATE_NONE) return ending_of_all(c, w, from, limit, true, ret);
        return ending(c, w, from, limit, true, ret);
    case PATH_EXPIRY:
    case PATH_NAME:
    case PATH_WAITING:
        return sorted_step(c, w, from, true, limit, ret);
    case PATH_GATHERED:
        return gathered_step(c, w, from, true, limit, ret);
    case PATH_GRAM:
        return company.v ? q_members_gram_in_back(c->db, c->arena, company, w->gram, from.id, limit, ret)
                         : q_members_gram_back(c->db, c->arena, w->gram, from.id, limit, ret);
    case PATH_TAIL:
        return q_members_tail_back(c->db, c->arena, w->index, from.id, limit, ret);
    case PATH_MOBILE:
        return q_members_mobile_back(c->db, c->arena, w->index, from.id, limit, ret);
    case PATH_COMPANIES:
        return of_companies(c, w, from, limit, true, ret);
    case PATH_ONE:
        return only_one(c, w, from.id.v < w->one.v, ret);
    case PATH_NOBODY:
        break;
    }
    *ret = (struct member_lines){0};
    return ST_OK;
}

static bool keeps_line(struct ctx *c, const struct walk *w, const struct member_line *row)
{
    const struct member_filter *f = w->filter;
    enum member_stored stored;
    if (f->company.v && row->company_id.v != f->company.v) return false;
    if (!member_stored_parse(row->state, &stored)) return false;
    if (f->state != STATE_NONE && member_state_of(stored, row->period_end, c->today) != f->state)
        return false;
    if (asks_end(f) && !day_is(row->period_end)) return false;
    if (day_is(f->expires_from) && day_cmp(row->period_end, f->expires_from) < 0) return false;
    if (day_is(f->expires_to) && day_cmp(row->period_end, f->expires_to) > 0) return false;
    return w->path != PATH_GRAM || str_find(search_fold(c->arena, row->name), w->folded, NULL);
}

static enum status keeps(struct ctx *c, const struct walk *w, const struct member_line *row, bool *ret)
{
    const struct member_filter *f = w->filter;
    struct approvals_like_unscoped_rows some;
    *ret = keeps_line(c, w, row);
    if (!*ret || !asks_approval(f)) return ST_OK;
    TRY(q_approvals_like_unscoped(c->db, c->arena, row->id, approved_first(f), approved_last(f), w->document,
                                  1, &some));
    *ret = some.n > 0;
    return ST_OK;
}

enum status walk_step(struct ctx *c, const struct walk *w, struct spot from, bool back, int64_t most,
                      struct walk_rows *ret)
{
    struct walk_rows rows = {.last = from};
    int64_t looked_at = 0, limit = w->sifted ? WALK_CHUNK : most;
    while ((int64_t)rows.n < most && looked_at < WALK_SCAN_ROWS) {
        struct member_lines lines;
        TRY(back ? walk_backward(c, w, rows.last, limit, &lines)
                 : walk_forward(c, w, rows.last, limit, &lines));
        for (size_t i = 0; i < lines.n && (int64_t)rows.n < most; i++) {
            bool kept = true;
            if (w->sifted) TRY(keeps(c, w, &lines.p[i], &kept));
            rows.last = spot_of(w, &lines.p[i]);
            if (kept) *ARENA_PUSH(c->arena, &rows) = &lines.p[i];
        }
        looked_at += (int64_t)lines.n;
        if ((int64_t)lines.n < limit) {
            rows.over = true;
            break;
        }
    }
    *ret = rows;
    return ST_OK;
}
