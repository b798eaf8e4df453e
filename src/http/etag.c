#include "http/http.h"

bool http_etag_matches(const struct http_request *q, struct str etag)
{
    struct str tag, rest = q->if_none_match;
    while (rest.n) {
        str_cut(rest, ',', &tag, &rest);
        tag = str_trim(tag);
        if (str_eq(tag, STR("*"))) return true;
        if (str_starts(tag, STR("W/"))) tag = str_sub(tag, 2, tag.n);
        if (tag.n && str_eq(tag, etag)) return true;
    }
    return false;
}
