/* What needs no login and belongs to nobody: assets, health, the type-ahead of employers, the two long texts. */
#ifndef WEB_PUBLIC_H
#define WEB_PUBLIC_H

#include "web/web.h"

enum status page_asset(struct web *w);
enum status page_health(struct web *w);
enum status page_companies_search(struct web *w);

#endif
