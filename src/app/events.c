/* Every room's events, in the order in which rooms lie above each other. */
#include "app/core/events.h"

extern const struct event_table core_events, access_events, companies_events, members_events, batches_events,
    reports_events;

const struct event_table *const app_events[] = {&core_events,    &access_events,  &companies_events,
                                                &members_events, &batches_events, &reports_events};
const size_t app_events_n = sizeof app_events / sizeof *app_events;
