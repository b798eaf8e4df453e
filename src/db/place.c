#include "db/place.h"

#include "base/limits.h"

#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

bool place_note(struct place *p, struct arena *a, const char *given, sqlite3 *handle)
{
    const char *file = sqlite3_db_filename(handle, "main");
    p->path[PLACE_GIVEN] = given;
    p->path[PLACE_MAIN] = arena_fmt(a, "%s", file).p;
    p->path[PLACE_WAL] = arena_fmt(a, "%s-wal", file).p;
    p->path[PLACE_SHM] = arena_fmt(a, "%s-shm", file).p;
    for (int i = 0; i < PLACE_FILES; i++) {
        struct stat st;
        if (stat(p->path[i], &st) != 0) return false;
        p->device[i] = st.st_dev;
        p->inode[i] = st.st_ino;
    }
    return true;
}

bool place_holds(const struct place *p)
{
    for (int i = 0; i < PLACE_FILES; i++) {
        struct stat st;
        if (stat(p->path[i], &st) != 0 || st.st_dev != p->device[i] || st.st_ino != p->inode[i]) return false;
    }
    return true;
}

bool place_has_room(const struct place *p)
{
    struct statvfs disk;
    if (statvfs(p->path[PLACE_MAIN], &disk) != 0) return false;
    uint64_t free_bytes = (uint64_t)disk.f_bavail * disk.f_frsize;
    return !(disk.f_flag & ST_RDONLY) && free_bytes >= LIMIT_DISK_LEAST &&
           access(p->path[PLACE_MAIN], W_OK) == 0;
}
