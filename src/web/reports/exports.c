#include "web/reports/exports.h"

#include "app/reports/companies_export.h"
#include "web/members/list.h"

#define XLSX "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

enum status page_members_xlsx(struct web *w)
{
    struct list_want want;
    struct export_file file;
    TRY(list_want_read(w, &w->q->query, &want));
    TRY(app_members_export_bytes(&w->c, &want.filter, EXPORT_XLSX, &file));
    return web_download(w, XLSX, file.filename, file.bytes);
}

enum status page_companies_xlsx(struct web *w)
{
    struct str q;
    struct export_file file;
    TRY(list_q_read(w, &w->q->query, &q));
    TRY(app_companies_export_bytes(&w->c, q, &file));
    return web_download(w, XLSX, file.filename, file.bytes);
}
