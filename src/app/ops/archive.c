#include "app/ops/archive.h"

#include "base/limits.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define BLOCK     512
#define END_BYTES (2 * BLOCK)

/* POSIX.1-1988, ustar: what stands where in a member's head. */
enum {
    MODE_AT = 100,
    UID_AT = 108,
    GID_AT = 116,
    SIZE_AT = 124,
    MTIME_AT = 136,
    SUM_AT = 148,
    TYPE_AT = 156,
    MAGIC_AT = 257
};
#define LONG_DIGITS 12
#define OCTAL_MOST  INT64_C(077777777777)

static int64_t padded(int64_t n)
{
    return (n + BLOCK - 1) / BLOCK * BLOCK;
}

static void put_octal(uint8_t *to, int digits, int64_t value)
{
    char text[32];
    snprintf(text, sizeof text, "%0*lo", digits, (unsigned long)value);
    memcpy(to, text, (size_t)digits);
}

static void put_size(uint8_t *to, int64_t size)
{
    if (size <= OCTAL_MOST) {
        put_octal(to, LONG_DIGITS - 1, size);
        return;
    }
    to[0] = 0x80;
    for (int i = LONG_DIGITS - 1; i > 0; i--, size >>= 8)
        to[i] = (uint8_t)size;
}

static void head_make(uint8_t head[BLOCK], const char *name, int64_t size, int64_t mtime_s)
{
    unsigned sum = 0;
    memset(head, 0, BLOCK);
    memcpy(head, name, strlen(name));
    put_octal(head + MODE_AT, 7, 0600);
    put_octal(head + UID_AT, 7, 0);
    put_octal(head + GID_AT, 7, 0);
    put_size(head + SIZE_AT, size);
    put_octal(head + MTIME_AT, LONG_DIGITS - 1, mtime_s);
    head[TYPE_AT] = '0';
    memcpy(head + MAGIC_AT, "ustar\00000", 8);
    memset(head + SUM_AT, ' ', 8);
    for (size_t i = 0; i < BLOCK; i++)
        sum += head[i];
    put_octal(head + SUM_AT, 6, sum);
    head[SUM_AT + 6] = 0;
}

/* Writing */

static enum status cannot_write(const struct archive *ar, struct fault *f)
{
    return fail(f, ST_UNAVAILABLE, "%s can't be written: %s", ar->path, strerror(errno));
}

static enum status put_at(const struct archive *ar, int64_t at, const void *p, size_t n, struct fault *f)
{
    const uint8_t *from = p;
    while (n) {
        ssize_t wrote = pwrite(ar->fd, from, n, at);
        if (wrote < 0 && errno == EINTR) continue;
        if (wrote < 0) return cannot_write(ar, f);
        from += wrote;
        at += wrote;
        n -= (size_t)wrote;
    }
    return ST_OK;
}

enum status archive_begin(struct archive *ar, int fd, const char *path, size_t manifest_n, struct fault *f)
{
    *ar = (struct archive){.fd = fd, .path = path};
    ar->database_at = BLOCK + padded((int64_t)manifest_n) + BLOCK;
    digest_begin(&ar->digest);
    return ftruncate(fd, ar->database_at) == 0 ? ST_OK : cannot_write(ar, f);
}

enum status archive_add(struct archive *ar, struct bytes piece, struct fault *f)
{
    digest_add(&ar->digest, piece);
    TRY(put_at(ar, ar->database_at + ar->database_n, piece.p, piece.n, f));
    ar->database_n += (int64_t)piece.n;
    return ST_OK;
}

void archive_digest(const struct archive *ar, uint8_t ret[32])
{
    struct digest copy = ar->digest;
    digest_end(&copy, ret);
}

enum status archive_end(struct archive *ar, struct str manifest, int64_t at_ms, struct fault *f)
{
    static const uint8_t ZEROS[BLOCK + END_BYTES];
    uint8_t head[BLOCK];
    int64_t after = ar->database_at + ar->database_n;
    size_t padding = (size_t)(padded(ar->database_n) - ar->database_n);
    head_make(head, "manifest", (int64_t)manifest.n, at_ms / 1000);
    TRY(put_at(ar, 0, head, BLOCK, f));
    TRY(put_at(ar, BLOCK, manifest.p, manifest.n, f));
    head_make(head, "database", ar->database_n, at_ms / 1000);
    TRY(put_at(ar, ar->database_at - BLOCK, head, BLOCK, f));
    TRY(put_at(ar, after, ZEROS, padding + END_BYTES, f));
    return fsync(ar->fd) == 0 ? ST_OK : cannot_write(ar, f);
}

/* Reading */

static enum status damaged(const struct archive *ar, struct fault *f, const char *where)
{
    return fail(f, ST_BROKEN, "%s is no whole backup of huiyuan: %s; take another one", ar->path, where);
}

static bool get_at(const struct archive *ar, int64_t at, void *to, size_t n)
{
    uint8_t *p = to;
    while (n) {
        ssize_t got = pread(ar->fd, p, n, at);
        if (got < 0 && errno == EINTR) continue;
        if (got <= 0) return false;
        p += got;
        at += got;
        n -= (size_t)got;
    }
    return true;
}

static int64_t octal_of(const uint8_t *p)
{
    int64_t value = 0;
    for (int i = 0; i < LONG_DIGITS - 1 && p[i] >= '0' && p[i] <= '7'; i++)
        value = value * 8 + (p[i] - '0');
    return value;
}

static int64_t size_of(const uint8_t *p)
{
    int64_t value = 0;
    if (p[0] != 0x80) return octal_of(p);
    for (int i = LONG_DIGITS - 8; i < LONG_DIGITS; i++)
        value = (int64_t)((uint64_t)value << 8 | p[i]);
    return value;
}

/* A head is the one that would be written for the same size and date, to the last byte. */
static bool head_read(const struct archive *ar, int64_t at, const char *name, int64_t *ret_size,
                      int64_t *ret_mtime_s)
{
    uint8_t head[BLOCK], own[BLOCK];
    if (!get_at(ar, at, head, BLOCK)) return false;
    int64_t size = size_of(head + SIZE_AT), mtime_s = octal_of(head + MTIME_AT);
    if (size < 0 || size > INT64_MAX / 4) return false;
    head_make(own, name, size, mtime_s);
    *ret_size = size;
    *ret_mtime_s = mtime_s;
    return memcmp(head, own, BLOCK) == 0;
}

static bool is_zero(const struct archive *ar, int64_t at, int64_t n)
{
    uint8_t padding[BLOCK + END_BYTES];
    if (n > (int64_t)sizeof padding || !get_at(ar, at, padding, (size_t)n)) return false;
    for (int64_t i = 0; i < n; i++)
        if (padding[i]) return false;
    return true;
}

static enum status read_heads(struct archive *ar, struct arena *a, struct fault *f)
{
    int64_t n, first_s, second_s;
    struct stat st;
    if (!head_read(ar, 0, "manifest", &n, &first_s) || n > LIMIT_MANIFEST_BYTES)
        return damaged(ar, f, "it does not begin as one");
    char *text = arena_alloc(a, (size_t)n + 1);
    if (!get_at(ar, BLOCK, text, (size_t)n) || !is_zero(ar, BLOCK + n, padded(n) - n))
        return damaged(ar, f, "its manifest is damaged");
    ar->manifest = (struct str){text, (size_t)n};
    ar->database_at = BLOCK + padded(n) + BLOCK;
    if (!head_read(ar, ar->database_at - BLOCK, "database", &ar->database_n, &second_s) ||
        second_s != first_s)
        return damaged(ar, f, "it is damaged before the database");
    int64_t after = ar->database_at + ar->database_n;
    if (fstat(ar->fd, &st) != 0 || st.st_size < ar->database_at + padded(ar->database_n) + END_BYTES)
        return damaged(ar, f, "it is cut off");
    int64_t rest = padded(ar->database_n) - ar->database_n + END_BYTES;
    if (st.st_size != after + rest || !is_zero(ar, after, rest))
        return damaged(ar, f, "it is damaged at its end");
    return ST_OK;
}

static void close_file(void *archive)
{
    close(((struct archive *)archive)->fd);
}

enum status archive_open(struct arena *a, const char *path, struct fault *f, struct archive **ret)
{
    struct stat st;
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (fd < 0)
        return fail(f, errno == ENOENT ? ST_NOT_FOUND : ST_UNAVAILABLE, "%s: %s", path, strerror(errno));
    struct archive *ar = ARENA_NEW(a, struct archive);
    *ar = (struct archive){.fd = fd, .path = path};
    arena_defer(a, close_file, ar);
    if (fstat(fd, &st) != 0 || !S_ISREG(st.st_mode)) return damaged(ar, f, "it is no file");
    TRY(read_heads(ar, a, f));
    archive_rewind(ar);
    *ret = ar;
    return ST_OK;
}

enum status archive_next(struct archive *ar, uint8_t *piece, size_t size, struct fault *f, struct bytes *ret)
{
    int64_t left = ar->database_n - ar->done;
    size_t n = left < (int64_t)size ? (size_t)left : size;
    if (n && !get_at(ar, ar->database_at + ar->done, piece, n))
        return damaged(ar, f, "it can't be read to its end");
    *ret = (struct bytes){piece, n};
    digest_add(&ar->digest, *ret);
    ar->done += (int64_t)n;
    return ST_OK;
}

void archive_rewind(struct archive *ar)
{
    ar->done = 0;
    digest_begin(&ar->digest);
}
