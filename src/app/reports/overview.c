#include "app/reports/overview.h"

#include "gen/queries.h"

/* Whole days since the oldest row of a stored state got there; 0 when there is none. */
static enum status waiting_days(struct ctx *c, enum member_stored stored, int64_t *ret)
{
    struct waiting_since_row oldest;
    TRY(q_waiting_since(c->db, c->arena, str_from(member_stored_code(stored)), &oldest));
    *ret = oldest.at ? day_number(c->today) - day_number(day_at(oldest.at)) : 0;
    return ST_OK;
}

static enum status submitted_long(struct ctx *c, int64_t *ret)
{
    struct waiting_longer_row row;
    int64_t before = instant_of(day_add(c->today, -OVERVIEW_PATIENCE_DAYS));
    TRY(q_waiting_longer(c->db, c->arena, str_from(member_stored_code(STORED_SUBMITTED)), before, &row));
    *ret = row.n;
    return ST_OK;
}

static void expiring_begin(struct ctx *c, struct overview *o)
{
    struct day month = DAY(c->today.year, c->today.month, 1);
    o->soon = (struct expiring){.from = c->today, .to = day_add(c->today, OVERVIEW_EXPIRING_DAYS)};
    for (int i = 0; i < OVERVIEW_MONTHS; i++) {
        struct day first = day_add_months(month, i);
        o->months[i] = (struct expiring){i ? first : c->today, day_add(day_add_months(month, i + 1), -1), 0};
    }
}

static void expiring_add(struct expiring *e, struct day end, int64_t people)
{
    if (day_cmp(end, e->from) >= 0 && day_cmp(end, e->to) <= 0) e->people += people;
}

static enum status expiring_read(struct ctx *c, struct overview *o)
{
    struct counts_rows rows;
    struct str approved = str_from(member_stored_code(STORED_APPROVED));
    struct day end;
    expiring_begin(c, o);
    TRY(q_counts(c->db, c->arena, (struct company_id){0}, &rows));
    for (size_t i = 0; i < rows.n; i++) {
        if (!str_eq(rows.p[i].state, approved) || !day_parse(rows.p[i].period_end, &end)) continue;
        expiring_add(&o->soon, end, rows.p[i].n);
        for (int m = 0; m < OVERVIEW_MONTHS; m++)
            expiring_add(&o->months[m], end, rows.p[i].n);
    }
    return ST_OK;
}

enum status app_overview(struct ctx *c, struct overview *ret)
{
    struct overview o = {0};
    struct companies_count_row companies;
    TRY(need_role(c, ROLES_READ_LISTS));
    TRY(app_read(c));
    TRY(member_counts_read(c, (struct company_id){0}, &o.counts));
    TRY(q_companies_count(c->db, c->arena, &companies));
    o.companies = companies.n;
    TRY(waiting_days(c, STORED_RECOMMENDED_NEW, &o.new_days));
    TRY(waiting_days(c, STORED_RECOMMENDED_RENEWAL, &o.renewal_days));
    TRY(submitted_long(c, &o.submitted_long));
    TRY(expiring_read(c, &o));
    *ret = o;
    return ST_OK;
}
