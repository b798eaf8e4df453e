#include "app/core/temporary.h"

#include "gen/queries.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#define PREFIX "huiyuan-"

static enum status disk_refused(struct fault *f, const char *call)
{
    int error = errno;
    fail(f, ST_UNAVAILABLE, "服务器磁盘写不进去，请稍后再试，或联系系统管理员");
    return fail_detail(f, ST_UNAVAILABLE, "%s: %s", call, strerror(error));
}

/* A folder tmp beside an SQLite database; PostgreSQL's own disk is out of reach. */
static enum status base_folder(struct ctx *c, struct str *ret)
{
    struct database_file_row database;
    TRY(q_database_file(c->db, c->arena, &database));
    size_t n = database.path.n;
    while (n > 0 && database.path.p[n - 1] != '/')
        n--;
    if (n == 0) {
        const char *folder = getenv("TMPDIR");
        *ret = str_from(folder && *folder ? folder : P_tmpdir);
        return ST_OK;
    }
    struct str folder = arena_fmt(c->arena, "%.*stmp", (int)n, database.path.p);
    if (mkdir(folder.p, 0700) != 0 && errno != EEXIST) return disk_refused(&c->fault, "mkdir");
    *ret = folder;
    return ST_OK;
}

void temporary_remove(struct temporary *t)
{
    if (!t->there) return;
    unlink(t->path.p);
    rmdir(t->folder.p);
    t->there = false;
}

static void remove_at_end(void *what)
{
    temporary_remove(what);
}

enum status temporary_make(struct ctx *c, const char *name, struct temporary **ret)
{
    struct str base = STR_NONE;
    TRY(base_folder(c, &base));
    char *folder = arena_cstr(c->arena, arena_fmt(c->arena, "%.*s/" PREFIX "XXXXXX", STR_ARG(base)));
    if (!mkdtemp(folder)) return disk_refused(&c->fault, "mkdtemp");
    struct temporary *t = ARENA_NEW(c->arena, struct temporary);
    *t = (struct temporary){str_from(folder), arena_fmt(c->arena, "%s/%s", folder, name), true};
    arena_defer(c->arena, remove_at_end, t);
    *ret = t;
    return ST_OK;
}

enum status file_create(struct fault *f, const char *path, int *ret_fd)
{
    int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (fd < 0 && errno == EEXIST) return fail(f, ST_CONFLICT, "%s is there already: name a new file", path);
    if (fd < 0) return fail(f, ST_UNAVAILABLE, "%s can't be written: %s", path, strerror(errno));
    *ret_fd = fd;
    return ST_OK;
}

struct mapping {
    void *p;
    size_t n;
};

static void unmap(void *what)
{
    struct mapping *m = what;
    munmap(m->p, m->n);
}

enum status file_map(struct arena *a, struct fault *f, const char *path, struct bytes *ret)
{
    struct stat info;
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0) return disk_refused(f, "open");
    if (fstat(fd, &info) != 0 || info.st_size == 0) {
        close(fd);
        return fail_detail(f, ST_BROKEN, "a file that was just made is empty");
    }
    struct mapping *m = ARENA_NEW(a, struct mapping);
    *m = (struct mapping){mmap(NULL, (size_t)info.st_size, PROT_READ, MAP_PRIVATE, fd, 0),
                          (size_t)info.st_size};
    close(fd);
    if (m->p == MAP_FAILED) return disk_refused(f, "mmap");
    arena_defer(a, unmap, m);
    *ret = (struct bytes){m->p, m->n};
    return ST_OK;
}

/* One of ours, and nothing in it was touched for so long. */
static bool left_behind(int base, const char *name, int64_t before_s)
{
    struct stat folder;
    return strncmp(name, PREFIX, strlen(PREFIX)) == 0 &&
           fstatat(base, name, &folder, AT_SYMLINK_NOFOLLOW) == 0 && S_ISDIR(folder.st_mode) &&
           folder.st_uid == getuid() && folder.st_mtime < before_s;
}

static void remove_folder(int base, const char *name)
{
    int fd = openat(base, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    DIR *folder = fd < 0 ? NULL : fdopendir(fd);
    if (!folder) return;
    for (struct dirent *file; (file = readdir(folder));)
        if (file->d_name[0] != '.') unlinkat(fd, file->d_name, 0);
    closedir(folder);
    unlinkat(base, name, AT_REMOVEDIR);
}

enum status temporary_sweep(struct ctx *c, int64_t age_ms)
{
    struct str path = STR_NONE;
    int64_t before_s = (clock_now_ms() - age_ms) / 1000;
    TRY(base_folder(c, &path));
    DIR *base = opendir(arena_cstr(c->arena, path));
    if (!base) return disk_refused(&c->fault, "opendir");
    for (struct dirent *entry; (entry = readdir(base));)
        if (left_behind(dirfd(base), entry->d_name, before_s)) remove_folder(dirfd(base), entry->d_name);
    closedir(base);
    return ST_OK;
}
