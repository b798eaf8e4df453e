/* The type-ahead of employers. */
#ifndef WEB_COMPANIES_SEARCH_H
#define WEB_COMPANIES_SEARCH_H

#include "web/core/web.h"

enum status page_companies_search(struct web *w);

#endif
