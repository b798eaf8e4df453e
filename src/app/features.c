/* The features of this program, in the order in which rooms lie above each other: the one shared place that a
 * new one edits on this floor. */
#include "app/core/features.h"

extern const struct feature core_feature, access_feature, companies_feature, members_feature, batches_feature,
    reports_feature, imports_feature, ops_feature;

const struct feature *const app_features[] = {&core_feature,    &access_feature,  &companies_feature,
                                              &members_feature, &batches_feature, &reports_feature,
                                              &imports_feature, &ops_feature};
const size_t app_features_n = sizeof app_features / sizeof *app_features;
