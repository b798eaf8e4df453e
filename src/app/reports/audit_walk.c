#include "app/reports/audit_walk.h"

#include "app/core/chain.h"
#include "gen/queries.h"

#include <stdlib.h>

#define CHUNK 200

/* A step under way. Where several roads (indexes) are walked at once, their rows are merged by number. */
struct step {
    struct ctx *c;
    const struct audit_filter *f;
    struct audit_spot from;
    bool back;
    struct audit_found rows;
    bool more;       /* a road goes on behind what was read of it … */
    int64_t read_to; /* … to here: rows of other roads beyond this wait for the next step */
};

static bool by_days(const struct audit_filter *f)
{
    return !f->by_account && !f->member.v && !f->company.v && (day_is(f->from) || day_is(f->to));
}

const char *audit_order(const struct audit_filter *f)
{
    return by_days(f) ? "audit-days" : "audit";
}

struct audit_spot audit_newest(void)
{
    return (struct audit_spot){INT64_MAX, INT64_MAX};
}

static int64_t begin_of(const struct audit_filter *f)
{
    return day_is(f->from) ? instant_of(f->from) : INT64_MIN;
}

/* The first instant behind it. */
static int64_t end_of(const struct audit_filter *f)
{
    return day_is(f->to) ? instant_of(f->to) + DAY_MS : INT64_MAX;
}

static void take(struct step *t, const struct audit_lines *road)
{
    for (size_t i = 0; i < road->n; i++)
        *ARENA_PUSH(t->c->arena, &t->rows) = road->p[i];
    if (road->n < CHUNK) return;
    int64_t last = road->p[road->n - 1].number;
    bool nearer = t->back ? last < t->read_to : last > t->read_to;
    if (!t->more || nearer) t->read_to = last;
    t->more = true;
}

static enum status take_days(struct step *t)
{
    struct ctx *c = t->c;
    int64_t begin = begin_of(t->f), end = end_of(t->f), at = t->from.at, number = t->from.number;
    struct audit_lines road;
    if (t->back)
        TRY(q_audit_days_up(c->db, c->arena, at < begin ? begin : at, at < begin ? 0 : number, end, CHUNK,
                            &road));
    else
        TRY(q_audit_days_down(c->db, c->arena, begin, at < end ? at : end - 1, at < end ? number : INT64_MAX,
                              CHUNK, &road));
    take(t, &road);
    return ST_OK;
}

static enum status take_accounts(struct step *t, const struct audit_accounts *accounts)
{
    struct ctx *c = t->c;
    for (size_t i = 0; i < accounts->n; i++) {
        struct audit_lines road;
        TRY(t->back ? q_audit_account_up(c->db, c->arena, accounts->p[i], t->from.number, CHUNK, &road)
                    : q_audit_account_down(c->db, c->arena, accounts->p[i], t->from.number, CHUNK, &road));
        take(t, &road);
    }
    return ST_OK;
}

static enum status take_member(struct step *t)
{
    struct ctx *c = t->c;
    struct audit_lines road;
    TRY(t->back ? q_audit_member_up_unscoped(c->db, c->arena, t->f->member, t->from.number, CHUNK, &road)
                : q_audit_member_down_unscoped(c->db, c->arena, t->f->member, t->from.number, CHUNK, &road));
    take(t, &road);
    return take_accounts(t, &t->f->of_member);
}

static enum status take_company(struct step *t)
{
    struct ctx *c = t->c;
    struct audit_lines road;
    TRY(t->back
            ? q_audit_company_up_unscoped(c->db, c->arena, t->f->company, t->from.number, CHUNK, &road)
            : q_audit_company_down_unscoped(c->db, c->arena, t->f->company, t->from.number, CHUNK, &road));
    take(t, &road);
    return take_accounts(t, &t->f->of_company);
}

static enum status take_event(struct step *t)
{
    struct ctx *c = t->c;
    struct audit_lines road;
    TRY(t->back ? q_audit_event_up(c->db, c->arena, t->f->event, t->from.number, CHUNK, &road)
                : q_audit_event_down(c->db, c->arena, t->f->event, t->from.number, CHUNK, &road));
    take(t, &road);
    return ST_OK;
}

static enum status take_all(struct step *t)
{
    struct ctx *c = t->c;
    struct audit_lines road;
    TRY(t->back ? q_audit_all_up(c->db, c->arena, t->from.number, CHUNK, &road)
                : q_audit_all_down(c->db, c->arena, t->from.number, CHUNK, &road));
    take(t, &road);
    return ST_OK;
}

/* The roads with the fewest rows first. */
static enum status take_roads(struct step *t)
{
    if (t->f->member.v) return take_member(t);
    if (t->f->by_account) return take_accounts(t, &t->f->accounts);
    if (t->f->company.v) return take_company(t);
    if (by_days(t->f)) return take_days(t);
    return t->f->event.n ? take_event(t) : take_all(t);
}

static int by_number(const void *a, const void *b)
{
    int64_t x = ((const struct audit_line *)a)->number, y = ((const struct audit_line *)b)->number;
    return (x > y) - (x < y);
}

static int by_number_down(const void *a, const void *b)
{
    return by_number(b, a);
}

static bool beyond(const struct step *t, int64_t number)
{
    return t->more && (t->back ? number > t->read_to : number < t->read_to);
}

/* In order, each once, and no further than every road was read. */
static void merge(struct step *t)
{
    struct audit_found *rows = &t->rows;
    size_t n = 0;
    if (rows->n) qsort(rows->p, rows->n, sizeof *rows->p, t->back ? by_number : by_number_down);
    for (size_t i = 0; i < rows->n && !beyond(t, rows->p[i].number); i++)
        if (!n || rows->p[n - 1].number != rows->p[i].number) rows->p[n++] = rows->p[i];
    rows->n = n;
}

enum status audit_step(struct ctx *c, const struct audit_filter *f, struct audit_spot from, bool back,
                       struct audit_found *ret, bool *ret_over)
{
    struct step t = {.c = c, .f = f, .from = from, .back = back};
    TRY(take_roads(&t));
    if (!by_days(f)) merge(&t);
    *ret = t.rows;
    *ret_over = !t.more;
    return ST_OK;
}

static bool is_of(const struct audit_line *row, const struct audit_accounts *accounts)
{
    for (size_t i = 0; i < accounts->n; i++)
        if (row->account_id.v == accounts->p[i].v) return true;
    return false;
}

static bool fits_words(const struct audit_filter *f, const struct audit_line *row)
{
    bool ok = str_eq(row->result, STR("ok"));
    if (row->at < begin_of(f) || row->at >= end_of(f)) return false;
    if (f->event.n && !str_eq(row->event, f->event)) return false;
    if (f->outcome != AUDIT_ANY && (f->outcome == AUDIT_OK) != ok) return false;
    if (f->by_account && !is_of(row, &f->accounts)) return false;
    if (f->member.v && row->member_id.v != f->member.v && !is_of(row, &f->of_member)) return false;
    return !f->company.v || row->company_id.v == f->company.v || is_of(row, &f->of_company);
}

enum status audit_fits(struct ctx *c, const struct audit_filter *f, const struct audit_line *row, bool *ret)
{
    struct str address = STR_NONE;
    *ret = fits_words(f, row);
    if (!*ret || !f->address.n) return ST_OK;
    enum status s = chain_address_open(c, row->number, row->address_sealed, &address);
    if (s == ST_BROKEN) {
        c->fault = (struct fault){0};
        return ST_OK;
    }
    *ret = str_starts(address, f->address);
    return s;
}
