#include "app/ops/room.h"

#include "gen/queries.h"

#include <errno.h>
#include <sys/statvfs.h>

#define DISK_FREE_LEAST (UINT64_C(1) << 30)

enum status disk_room(struct ctx *c, struct disk_room *ret)
{
    struct disk_room room = {0};
    struct database_file_row file;
    struct statvfs disk;
    TRY(q_database_file(c->db, c->arena, &file));
    room.path = file.path;
    if (file.path.n && statvfs(arena_cstr(c->arena, file.path), &disk) != 0) {
        room.error = errno;
    } else if (file.path.n) {
        room.free_bytes = (uint64_t)disk.f_bavail * disk.f_frsize;
        room.low = room.free_bytes < DISK_FREE_LEAST;
    }
    *ret = room;
    return ST_OK;
}
