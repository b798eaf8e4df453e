/* A page of a list. */
#ifndef APP_CORE_PAGE_H
#define APP_CORE_PAGE_H

#include "base/str.h"

struct page_want {
    int size;
    int sort;                 /* one of the list's own orders; 0: its usual one */
    struct str after, before; /* cursors; what does not check shows the first page */
};

#endif
