/* 导出全部: the filtered list as a spreadsheet, for a company and for the association. */
#ifndef WEB_REPORTS_EXPORTS_H
#define WEB_REPORTS_EXPORTS_H

#include "web/core/web.h"

enum status page_members_xlsx(struct web *w);
enum status page_companies_xlsx(struct web *w);

#endif
