/* What the sample's templates show. */
#ifndef SAMPLE_VIEWS_H
#define SAMPLE_VIEWS_H

#include "html/html.h"

#include "gen/rows.h"

enum sample_state { SAMPLE_NEW, SAMPLE_MEMBER };

struct frame_view {
    struct str title;
    bool narrow;
};

struct page_view {
    struct frame_view frame;
    struct str note;
    struct url back;
    enum sample_state state;
    struct member_lines rows;
};

#endif
