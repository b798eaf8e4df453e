#include "app/core/health.h"

#include "app/core/app.h"
#include "db/db.h"

enum health app_health(struct ctx *c)
{
    static const enum health OF[] = {
        [DB_WELL] = HEALTH_OK, [DB_READ_ONLY] = HEALTH_READ_ONLY, [DB_GONE] = HEALTH_NO_DATABASE};
    enum db_health health = db_health(c->app->db);
    return app_alive(c) == ST_OK ? OF[health] : HEALTH_NO_DATABASE;
}
