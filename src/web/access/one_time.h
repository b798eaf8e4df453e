/* A one-time password, shown once. */
#ifndef WEB_ACCESS_ONE_TIME_H
#define WEB_ACCESS_ONE_TIME_H

#include "web/core/frame.h"

struct one_time_view {
    struct frame frame;
    struct str name, account, password; /* whose, what it logs in with */
    int64_t days;                       /* that it is good for */
    struct str list_label;
    struct url list, page; /* where it belongs */
    struct url letter;     /* prints it; or none */
};

#endif
