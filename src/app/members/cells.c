#include "app/members/cells.h"

#include "app/core/settings.h"
#include "app/core/vault.h"
#include "app/members/person.h"
#include "domain/id_number.h"
#include "domain/mask.h"
#include "gen/queries.h"

struct str export_id_number(struct ctx *c, struct str id_number)
{
    return c->settings->export_masked ? mask_id_number(c->arena, id_number) : id_number;
}

static struct str number_and_end(struct ctx *c, const struct member_cells *m)
{
    if (!m->number.n) return STR("");
    return arena_fmt(c->arena, "%.*s %.*s", STR_ARG(m->number), STR_ARG(m->period_end));
}

/* Where the ID number is masked, its birth date is not told either. */
static struct str born(struct ctx *c, const struct member_full *m, struct str id_number)
{
    struct id_number id;
    if (c->settings->export_masked || id_number_parse(id_number, c->today, &id) != ID_OK)
        return arena_fmt(c->arena, "%ld", (long)m->birth_year);
    return day_str(c->arena, id.born);
}

static struct str years(struct ctx *c, struct day started_on)
{
    if (day_cmp(started_on, STARTED_UNKNOWN) == 0) return STR("");
    return arena_fmt(c->arena, "%d", day_years_between(started_on, c->today));
}

enum status member_cells_of(struct ctx *c, const struct member_line *line, struct member_cells *ret)
{
    struct member_full m;
    enum member_stored stored;
    struct str id_number, mobile;
    struct company_name_now_unscoped_row company = {STR("")};
    TRY(q_member_by_id_unscoped(c->db, c->arena, line->id, &m));
    if (m.company_id.v) TRY(q_company_name_now_unscoped(c->db, c->arena, m.company_id, &company));
    if (!member_stored_parse(m.state, &stored))
        return fail_detail(&c->fault, ST_BROKEN, "unknown state of a member");
    TRY(vault_open(c, PLACE("member", "id_sealed", m.uid), m.id_sealed, &id_number));
    TRY(vault_open(c, PLACE("member", "mobile_sealed", m.uid), m.mobile_sealed, &mobile));
    *ret = (struct member_cells){
        .ordinal = STR(""),
        .fields = person_as_read(c, &m, mobile, company.name),
        .sex = str_from(code_label(sex_codes, (int)m.sex)),
        .id_number = export_id_number(c, id_number),
        .born = born(c, &m, id_number),
        .years = years(c, m.started_on),
        .number = str_or_empty(m.number),
        .state = str_from(member_state_label(member_state_of(stored, m.period_end, c->today), SIDE_STAFF)),
        .period_end = day_str(c->arena, m.period_end),
        .remark = m.reason,
    };
    ret->number_and_end = number_and_end(c, ret);
    return ST_OK;
}
