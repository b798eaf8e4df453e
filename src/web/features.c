/* The features that have pages: the one shared place that a new one edits on this floor. */
#include "web/core/route.h"

extern const struct web_feature core_web, access_web, companies_web, members_web, batches_web, reports_web,
    imports_web, ops_web;

const struct web_feature *const web_features[] = {
    &core_web, &access_web, &companies_web, &members_web, &batches_web, &reports_web, &imports_web, &ops_web,
};
const size_t web_features_n = COUNT(web_features);
