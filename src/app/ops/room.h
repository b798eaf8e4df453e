/* How much room the disk has on which the database lies: for doctor and 待办. */
#ifndef APP_OPS_ROOM_H
#define APP_OPS_ROOM_H

#include "app/core/app.h"

struct disk_room {
    struct str path;     /* of the database file; none: PostgreSQL, whose disk is its own business */
    uint64_t free_bytes; /* beside it */
    bool low;
    int error; /* errno: it could not be asked */
};
/* In a snapshot. */
enum status disk_room(struct ctx *c, struct disk_room *ret) MUST_USE;

#endif
