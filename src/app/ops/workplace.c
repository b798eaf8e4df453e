#include "app/ops/workplace.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#define PREFIX ".huiyuan-backup-"
#define LOCK   "lock"
#define TRIES  8 /* another's sweep may be faster than the lock */

struct workplace {
    const char *path;
    int lock; /* a file in it: the folder itself is locked by who keeps a high-water mark there */
};

const char *folder_of_path(struct arena *a, const char *path)
{
    const char *slash = strrchr(path, '/');
    if (!slash) return ".";
    return slash == path ? "/" : arena_fmt(a, "%.*s", (int)(slash - path), path).p;
}

/* Nothing of ours lies deeper. The lock goes last: one that is killed here leaves what can be swept. */
static void clear(int at)
{
    int copy = openat(at, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    DIR *folder = copy < 0 ? NULL : fdopendir(copy);
    if (!folder) return;
    for (struct dirent *file; (file = readdir(folder));)
        if (strcmp(file->d_name, ".") != 0 && strcmp(file->d_name, "..") != 0 &&
            strcmp(file->d_name, LOCK) != 0)
            unlinkat(at, file->d_name, 0);
    closedir(folder);
    unlinkat(at, LOCK, 0);
}

/* One without a lock is being made this moment, or as good as gone: it goes if it is empty. */
static void sweep_one(int beside, const char *name)
{
    int at = openat(beside, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    if (at < 0) return;
    int lock = openat(at, LOCK, O_RDONLY | O_NOFOLLOW | O_CLOEXEC);
    bool left = lock >= 0 ? flock(lock, LOCK_EX | LOCK_NB) == 0 : errno == ENOENT;
    if (left && lock >= 0) clear(at);
    if (left) unlinkat(beside, name, AT_REMOVEDIR);
    if (lock >= 0) close(lock);
    close(at);
}

static void sweep(const char *beside)
{
    DIR *folder = opendir(beside);
    if (!folder) return;
    for (struct dirent *entry; (entry = readdir(folder));)
        if (strncmp(entry->d_name, PREFIX, sizeof PREFIX - 1) == 0) sweep_one(dirfd(folder), entry->d_name);
    closedir(folder);
}

static void end(void *what)
{
    const struct workplace *w = what;
    int at = open(w->path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    if (at >= 0) {
        clear(at);
        close(at);
    }
    rmdir(w->path);
    close(w->lock);
}

/* Still the file of that name, now that it is locked. */
static bool holds(int lock, const char *path)
{
    struct stat own, there;
    return flock(lock, LOCK_EX | LOCK_NB) == 0 && fstat(lock, &own) == 0 && stat(path, &there) == 0 &&
           own.st_ino == there.st_ino && own.st_dev == there.st_dev;
}

static bool make(struct arena *a, const char *beside, struct workplace *ret)
{
    char *path = arena_cstr(a, arena_fmt(a, "%s/" PREFIX "XXXXXX", beside));
    if (!mkdtemp(path)) return false;
    const char *file = arena_fmt(a, "%s/" LOCK, path).p;
    int lock = open(file, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (lock >= 0 && holds(lock, file)) {
        *ret = (struct workplace){path, lock};
        return true;
    }
    int error = errno;
    if (lock >= 0) close(lock);
    rmdir(path);
    errno = error;
    return false;
}

enum status workplace_make(struct arena *a, const char *beside, struct fault *f, const char **ret)
{
    struct workplace *w = ARENA_NEW(a, struct workplace);
    bool made = false;
    sweep(beside);
    for (int i = 0; !made && i < TRIES; i++)
        made = make(a, beside, w);
    if (!made) return fail(f, ST_UNAVAILABLE, "nothing can be written in %s: %s", beside, strerror(errno));
    arena_defer(a, end, w);
    *ret = w->path;
    return ST_OK;
}
