#include "app/core/feature.h"
#include "app/batches/print.h"

const struct feature batches_feature = {.name = "batches", .upgrade = prints_upgrade};
