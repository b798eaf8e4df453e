#include "app/imports/employer.h"

#include "gen/queries.h"

enum status import_company_make(struct ctx *c, const struct job_full *job, const struct company_new *n,
                                struct company_id *ret)
{
    struct company_id id;
    TRY(company_insert_asleep(c, n, &id));
    TRY(q_company_set_import(c->db, id, job->id, NULL));
    TRY(audit_add(c, &(struct audit_note){.event = "company.import",
                                          .company = id,
                                          .note = arena_fmt(c->arena, "导入第 %ld 号", (long)job->id.v)}));
    *ret = id;
    return ST_OK;
}

enum status import_employer(struct ctx *c, const struct job_full *job, struct import_company_id proposed,
                            struct company_id *ret)
{
    struct import_company_full company;
    struct company_id id;
    TRY(q_import_company_by_id(c->db, c->arena, proposed, &company));
    if (company.company_id.v) {
        *ret = company.company_id;
        return ST_OK;
    }
    if (str_eq(company.decision, STR("near"))) {
        id = company.near_id;
    } else {
        struct company_new n = {
            .name = company.name, .contact = STR(""), .phone = STR(""), .address = STR("")};
        TRY(import_company_make(c, job, &n, &id));
    }
    TRY(q_import_company_made(c->db, proposed, id, NULL));
    *ret = id;
    return ST_OK;
}
