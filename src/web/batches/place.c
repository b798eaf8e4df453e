#include "web/batches/place.h"

#define REST STR("r")

struct batch_place batch_place_read(struct web *w)
{
    struct str after = web_query(w, "after");
    struct batch_place place = {.rest = str_starts(after, REST)};
    bool good = str_int(place.rest ? str_sub(after, REST.n, after.n) : after, &place.below.v);
    return good && place.below.v > 0 ? place : (struct batch_place){0};
}

struct url batch_place_url(struct web *w, struct url list, struct batch_place place)
{
    if (!place.below.v) return (struct url){STR_NONE};
    struct str after = arena_fmt(w->q->arena, "%s%ld", place.rest ? REST.p : "", (long)place.below.v);
    return url_query(w->q->arena, list, {"after", after});
}
