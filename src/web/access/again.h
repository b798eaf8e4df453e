/* The password typed again, before what must not be done at a desk that somebody left. */
#ifndef WEB_ACCESS_AGAIN_H
#define WEB_ACCESS_AGAIN_H

#include "web/core/form.h"
#include "web/core/frame.h"

struct again_view {
    struct frame frame;
    struct fields_view fields;
    struct str next;
    int64_t minutes;
};

enum status page_again(struct web *w);
enum status post_again(struct web *w);

#endif
