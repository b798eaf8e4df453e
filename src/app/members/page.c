#include "app/members/page.h"

#include "app/core/files.h"
#include "app/core/vault.h"
#include "app/members/proposal.h"
#include "domain/codes.h"
#include "domain/id_number.h"
#include "gen/queries.h"

static void entitle(struct event_shown *e)
{
    const struct event *known = event_find(e->event);
    e->title = known ? str_from(known->title) : e->event;
    e->kind = known ? known->kind : KIND_ANY;
}

/* An approval and its period are written at the same instant. */
static const struct period_full *opened_by(const struct dossier *d, const struct event_shown *e)
{
    if (!str_eq(e->event, STR("member.approve"))) return NULL;
    for (size_t i = 0; i < d->periods.n; i++)
        if (d->periods.p[i].created_at == e->at) return &d->periods.p[i];
    return NULL;
}

static enum status reason_of(struct ctx *c, struct dossier *d)
{
    struct employment_now_unscoped_row row = {.reason = STR("")};
    enum status s = q_employment_now_unscoped(c->db, c->arena, d->row.id, &row);
    d->direct_reason = row.reason;
    return s == ST_NOT_FOUND ? ST_OK : s;
}

static enum status company_of(struct ctx *c, struct dossier *d)
{
    struct company_to_call_unscoped_row company;
    if (!d->row.company_id.v) return proposal_of(c, d->row.id, &d->proposed);
    TRY(q_company_to_call_unscoped(c->db, c->arena, d->row.company_id, &company));
    d->company_name = company.name;
    d->company_contact = company.contact;
    d->company_phone = company.phone;
    d->direct = company.direct;
    return company.direct ? reason_of(c, d) : ST_OK;
}

enum status app_member_dossier(struct ctx *c, struct member_id id, struct dossier *ret)
{
    struct dossier d = {0};
    struct id_number number;
    TRY(app_read(c));
    TRY(member_load(c, id, &d.row));
    TRY(member_stored_of(c, &d.row, &d.stored));
    d.state = member_state_of(d.stored, d.row.period_end, c->today);
    TRY(vault_open(c, PLACE("member", "id_sealed", d.row.uid), d.row.id_sealed, &d.id_number));
    TRY(vault_open(c, PLACE("member", "mobile_sealed", d.row.uid), d.row.mobile_sealed, &d.mobile));
    if (id_number_parse(d.id_number, c->today, &number) == ID_OK) d.born = number.born;
    TRY(company_of(c, &d));
    TRY(q_periods_of_unscoped(c->db, c->arena, id, &d.periods));
    if (c->actor.side != SIDE_MEMBER) TRY(q_period_changes_unscoped(c->db, c->arena, id, &d.period_changes));
    if (c->actor.side == SIDE_STAFF) {
        TRY(q_employments_of_unscoped(c->db, c->arena, id, &d.employments));
        TRY(q_consents_of_unscoped(c->db, c->arena, id, &d.consents));
    }
    d.may_correct = !c->actor.view_only && member_may_correct(d.stored, c->actor.side);
    if (c->actor.side != SIDE_MEMBER && !c->actor.view_only) TRY(member_may_each(c, &d.row, d.may));
    *ret = d;
    return ST_OK;
}

static enum status push_event(struct ctx *c, const struct dossier *d, struct event_shown e, struct str side,
                              struct bytes digest, struct bytes detail_sealed, struct events_shown *ret)
{
    struct audit_detail detail;
    struct subject about = member_subject(&d->row);
    TRY(detail_open(c, &about, digest, detail_sealed, &detail));
    entitle(&e);
    e.opened = opened_by(d, &e);
    e.note = detail.note;
    e.changes = detail.changes;
    e.by_system = !side_parse(side, &e.by);
    e.side = e.by_system ? STR("系统") : str_from(side_label(e.by));
    *ARENA_PUSH(c->arena, ret) = e;
    return ST_OK;
}

static enum status events_of_person(struct ctx *c, const struct dossier *d, int64_t below, int64_t limit,
                                    struct events_shown *ret)
{
    struct audit_shown_unscoped_rows rows;
    TRY(q_audit_shown_unscoped(c->db, c->arena, d->row.id, below, limit, &rows));
    for (size_t i = 0; i < rows.n; i++) {
        struct event_shown e = {.number = rows.p[i].number,
                                .at = rows.p[i].at,
                                .event = rows.p[i].event,
                                .result = rows.p[i].result};
        TRY(push_event(c, d, e, rows.p[i].side, rows.p[i].digest, rows.p[i].detail_sealed, ret));
    }
    ret->more = (int64_t)rows.n == limit;
    return ST_OK;
}

static enum status events_for_company(struct ctx *c, const struct dossier *d, int64_t below, int64_t limit,
                                      struct events_shown *ret)
{
    struct audit_shown_to_company_rows rows;
    TRY(q_audit_shown_to_company(c->db, c->arena, d->row.id, c->actor.company, below, limit, &rows));
    for (size_t i = 0; i < rows.n; i++) {
        struct event_shown e = {.number = rows.p[i].number,
                                .at = rows.p[i].at,
                                .event = rows.p[i].event,
                                .result = rows.p[i].result,
                                .who = rows.p[i].clerk_name};
        TRY(push_event(c, d, e, rows.p[i].side, rows.p[i].digest, rows.p[i].detail_sealed, ret));
    }
    ret->more = (int64_t)rows.n == limit;
    return ST_OK;
}

static enum status events_for_staff(struct ctx *c, const struct dossier *d, int64_t below, int64_t limit,
                                    struct events_shown *ret)
{
    struct audit_of_member_unscoped_rows rows;
    TRY(q_audit_of_member_unscoped(c->db, c->arena, d->row.id, below, limit, &rows));
    for (size_t i = 0; i < rows.n; i++) {
        struct event_shown e = {.number = rows.p[i].number,
                                .at = rows.p[i].at,
                                .event = rows.p[i].event,
                                .result = rows.p[i].result,
                                .who = rows.p[i].account_name};
        TRY(push_event(c, d, e, rows.p[i].side, rows.p[i].digest, rows.p[i].detail_sealed, ret));
    }
    ret->more = (int64_t)rows.n == limit;
    return ST_OK;
}

enum status app_member_events(struct ctx *c, const struct dossier *d, int64_t below, int64_t limit,
                              struct events_shown *ret)
{
    typedef enum status read_fn(struct ctx * c, const struct dossier *d, int64_t below, int64_t limit,
                                struct events_shown *ret);
    static read_fn *const READ[] = {[SIDE_MEMBER] = events_of_person,
                                    [SIDE_COMPANY] = events_for_company,
                                    [SIDE_STAFF] = events_for_staff};
    struct events_shown events = {0};
    TRY(app_read(c));
    TRY(READ[c->actor.side](c, d, below ? below : INT64_MAX, limit, &events));
    *ret = events;
    return ST_OK;
}

enum status app_member_reveal(struct ctx *c, struct member_id id, struct str *ret)
{
    struct member_full m;
    struct str number;
    if (c->actor.side == SIDE_STAFF) TRY(need_role(c, ROLE_MEMBERSHIP));
    TRY(need_more_than_view(c));
    TRY(app_begin(c));
    TRY(member_load(c, id, &m));
    TRY(vault_open(c, PLACE("member", "id_sealed", m.uid), m.id_sealed, &number));
    TRY(audit_add(c, &(struct audit_note){
                         .event = "member.reveal", .about = member_subject(&m), .company = m.company_id}));
    TRY(app_commit(c));
    *ret = number;
    return ST_OK;
}

enum status app_member_photo(struct ctx *c, struct member_id id, struct bytes *ret)
{
    struct member_full m;
    TRY(app_read(c));
    TRY(member_load(c, id, &m));
    if (!m.photo_id.v) return not_found(c);
    return file_read(c, m.photo_id, ret);
}
