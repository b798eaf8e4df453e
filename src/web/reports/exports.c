#include "web/reports/exports.h"

#include "app/reports/exports.h"
#include "web/members/list.h"

enum status page_members_xlsx(struct web *w)
{
    struct list_want want;
    struct export_file file;
    TRY(list_want_read(w, &w->q->query, &want));
    TRY(app_members_export_bytes(&w->c, &want.filter, EXPORT_XLSX, &file));
    return web_download(w, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", file.filename,
                        file.bytes);
}
