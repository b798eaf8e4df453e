#include "app/companies/unit.h"

#include "app/core/hold.h"
#include "app/core/ledger.h"
#include "app/core/once.h"
#include "domain/fold.h"
#include "domain/person.h"
#include "gen/queries.h"

static enum status need_main_clerk(struct ctx *c)
{
    TRY(need_clerk(c));
    return c->actor.main ? ST_OK : fail(&c->fault, ST_FORBIDDEN, "单位信息由本单位的主管理员修改");
}

enum status app_unit(struct ctx *c, struct company_full *ret)
{
    TRY(need_main_clerk(c));
    return app_company(c, c->actor.company, ret);
}

static void note(struct ctx *c, struct changes *all, const char *field, struct str before, struct str after)
{
    if (!str_eq(str_or_empty(before), after))
        *ARENA_PUSH(c->arena, all) = (struct change){str_from(field), str_or_empty(before), after};
}

static enum status check(struct ctx *c, const struct own_unit_input *in, const struct company_full *old,
                         struct company_update_in *ret)
{
    struct unit_checked unit;
    struct company_update_in k = {.id = old->id,
                                  .version = in->version,
                                  .name = old->name,
                                  .folded = name_fold(c->arena, old->name),
                                  .credit_code = old->credit_code,
                                  .enabled = old->enabled};
    person_text(&c->problems, "contact", in->contact, &k.contact);
    person_phone(&c->problems, in->phone, &k.phone);
    person_text(&c->problems, "address", in->address, &k.address);
    unit_check(c, &(struct unit_input){.title = str_or_empty(in->title), .tax_no = str_or_empty(in->tax_no)},
               old, str_or_empty(old->credit_code), &unit);
    TRY(problems_status(c));
    k.unit_valid_to = unit.unit_valid_to;
    k.unit_level = unit.unit_level;
    k.title = unit.title;
    k.tax_no = unit.tax_no;
    *ret = k;
    return ST_OK;
}

enum status app_unit_update(struct ctx *c, const struct own_unit_input *in)
{
    struct company_full old;
    struct company_update_in k;
    struct changes changes = {0};
    struct str earlier;
    int64_t rows;
    TRY(need_main_clerk(c));
    TRY(app_begin(c));
    TRY(once_take(c, in->once, STR("updated"), &earlier));
    if (earlier.n) {
        app_rollback(c);
        return ST_OK;
    }
    TRY(hold_companies(c, &c->actor.company, 1));
    TRY(app_company(c, c->actor.company, &old));
    TRY(check(c, in, &old, &k));
    TRY(q_company_update(c->db, &k, &rows));
    if (rows != 1) return fail(&c->fault, ST_CONFLICT, "单位资料刚刚被别人修改过，请刷新后再改");
    note(c, &changes, "联系人", old.contact, k.contact);
    note(c, &changes, "电话", old.phone, k.phone);
    note(c, &changes, "地址", old.address, k.address);
    note(c, &changes, "开票抬头", old.title, k.title);
    note(c, &changes, "税号", old.tax_no, k.tax_no);
    TRY(audit_add(c, &(struct audit_note){.event = "company.update", .company = old.id, .changes = changes}));
    return app_commit(c);
}
