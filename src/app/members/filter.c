#include "app/members/filter.h"

struct day approved_first(const struct member_filter *f)
{
    return day_is(f->approved_from) ? f->approved_from : DAY(1, 1, 1);
}

struct day approved_last(const struct member_filter *f)
{
    return day_is(f->approved_to) ? f->approved_to : DAY(9999, 12, 31);
}

bool asks_approval(const struct member_filter *f)
{
    return day_is(f->approved_from) || day_is(f->approved_to) || f->document_no.n;
}
