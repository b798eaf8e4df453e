/* The features of this program: the one shared place that a new one edits on this floor. */
#include "app/core/feature.h"

extern const struct feature core_feature, access_feature, members_feature, batches_feature;

const struct feature *const app_features[] = {&core_feature, &access_feature, &members_feature,
                                              &batches_feature};
const size_t app_features_n = sizeof app_features / sizeof *app_features;
