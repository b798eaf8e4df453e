/* A page of a list. */
#ifndef APP_CORE_PAGE_H
#define APP_CORE_PAGE_H

#include "base/str.h"

struct page_want {
    int size;
    struct str after, before; /* cursors; what does not check shows the first page */
};

#endif
