#include "db/place.h"

#include "base/limits.h"
#include "base/machine.h"

#include <stdatomic.h>
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
        atomic_init(&p->size[i], st.st_size);
    }
    p->files_cut = machine_files_cut();
    return true;
}

bool place_was_cut(const struct place *p)
{
    return atomic_load(&p->cut) || machine_files_cut() != p->files_cut;
}

/* The size of before is read before the file's: another thread may note a growth in between. */
static bool file_holds(struct place *p, enum place_file i)
{
    struct stat st;
    off_t before = atomic_load(&p->size[i]);
    if (stat(p->path[i], &st) != 0 || st.st_dev != p->device[i] || st.st_ino != p->inode[i]) return false;
    if (i == PLACE_WAL || st.st_size == before) return true;
    if (st.st_size < before)
        atomic_store(&p->cut, true);
    else
        atomic_store(&p->size[i], st.st_size);
    return st.st_size > before;
}

bool place_holds(struct place *p)
{
    for (int i = 0; i < PLACE_FILES; i++)
        if (!file_holds(p, (enum place_file)i)) return false;
    return !place_was_cut(p);
}

bool place_has_room(const struct place *p)
{
    struct statvfs disk;
    if (statvfs(p->path[PLACE_MAIN], &disk) != 0) return false;
    uint64_t free_bytes = (uint64_t)disk.f_bavail * disk.f_frsize;
    return !(disk.f_flag & ST_RDONLY) && free_bytes >= LIMIT_DISK_LEAST &&
           access(p->path[PLACE_MAIN], W_OK) == 0;
}
