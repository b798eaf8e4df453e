#include "crypto/keys.h"

#include "crypto/mac.h"

#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <limits.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define ID_DIGITS  16
#define FIRST_LINE "huiyuan-keys 1\nid "
#define LAST_LINE  "\nmaster "
#define FILE_SIZE  (sizeof FIRST_LINE - 1 + ID_DIGITS + sizeof LAST_LINE - 1 + 2 * KEY_SIZE + 1)

struct keys {
    char id[ID_DIGITS + 1];
    uint8_t master[KEY_SIZE];
    uint8_t use[KEY_USES][KEY_SIZE];
    struct mac begun[KEY_USES]; /* half the work of a short MAC is taking in its key */
};

static const char *const NAMES[KEY_USES] = {"seal", "index", "audit", "token", "batch", "pepper"};

static void derive(struct keys *k)
{
    for (int i = 0; i < KEY_USES; i++)
        mac_once(k->master, KEY_SIZE, str_bytes(str_from(NAMES[i])), k->use[i]);
    for (int i = 0; i < KEY_USES; i++)
        mac_begin(&k->begun[i], k->use[i]);
}

/* Its own generator, seeded by the system: a system call for each token is too many. It knows forked
 * children. */
static bool library_ready(void)
{
    static bool chosen; /* the library takes it before its start only */
    if (!chosen) chosen = randombytes_set_implementation(&randombytes_internal_implementation) == 0;
    return sodium_init() >= 0;
}

static enum status new_keys(struct fault *f, struct keys **ret)
{
    struct keys *k = library_ready() ? sodium_malloc(sizeof *k) : NULL;
    if (!k) return fail(f, ST_UNAVAILABLE, "no memory for the keys");
    memset(k, 0, sizeof *k);
    *ret = k;
    return ST_OK;
}

static void write_text(const struct keys *k, char text[FILE_SIZE + 1])
{
    char master[2 * KEY_SIZE + 1];
    sodium_bin2hex(master, sizeof master, k->master, KEY_SIZE);
    snprintf(text, FILE_SIZE + 1, FIRST_LINE "%s" LAST_LINE "%s\n", k->id, master);
    sodium_memzero(master, sizeof master);
}

static bool unhex(struct str digits, uint8_t *ret, size_t n)
{
    size_t got;
    return ret && digits.n == 2 * n && sodium_hex2bin(ret, n, digits.p, digits.n, NULL, &got, NULL) == 0 &&
           got == n;
}

static bool read_text(struct str text, struct keys *k)
{
    uint8_t id[ID_DIGITS / 2];
    size_t id_at = sizeof FIRST_LINE - 1, last_at = id_at + ID_DIGITS,
           master_at = last_at + sizeof LAST_LINE - 1;
    struct str digits = str_sub(text, id_at, ID_DIGITS);
    if (text.n != FILE_SIZE || !str_starts(text, STR(FIRST_LINE)) || text.p[FILE_SIZE - 1] != '\n' ||
        !str_eq(str_sub(text, last_at, sizeof LAST_LINE - 1), STR(LAST_LINE)) ||
        !unhex(digits, id, sizeof id) || !unhex(str_sub(text, master_at, 2 * KEY_SIZE), k->master, KEY_SIZE))
        return false;
    memcpy(k->id, digits.p, ID_DIGITS);
    return true;
}

static bool write_whole(int fd, const char *p, size_t n)
{
    while (n) {
        ssize_t wrote = write(fd, p, n);
        if (wrote < 0 && errno == EINTR) continue;
        if (wrote < 0) return false;
        p += wrote;
        n -= (size_t)wrote;
    }
    return fsync(fd) == 0;
}

/* Makes the file's name last, too: without this a power cut can lose a key that data is sealed with already.
 */
static bool sync_folder(const char *path)
{
    char copy[PATH_MAX];
    if (snprintf(copy, sizeof copy, "%s", path) >= (int)sizeof copy) return false;
    int fd = open(dirname(copy), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    bool fine = fd >= 0 && fsync(fd) == 0;
    if (fd >= 0) close(fd);
    return fine;
}

static enum status save(const struct keys *k, const char *path, struct fault *f)
{
    int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (fd < 0 && errno == EEXIST)
        return fail(f, ST_CONFLICT, "there is a file %s already: keys are never overwritten", path);
    if (fd < 0) return fail(f, ST_UNAVAILABLE, "cannot make the key file %s: %s", path, strerror(errno));
    char text[FILE_SIZE + 1];
    write_text(k, text);
    bool fine = write_whole(fd, text, FILE_SIZE);
    sodium_memzero(text, sizeof text);
    fine = (close(fd) == 0) && fine && sync_folder(path);
    if (fine) return ST_OK;
    int error = errno;
    unlink(path);
    return fail(f, ST_UNAVAILABLE, "cannot write the key file %s: %s", path, strerror(error));
}

enum status keys_make(const char *path, struct fault *f, struct keys **ret)
{
    struct keys *k;
    uint8_t id[ID_DIGITS / 2];
    enum status status = new_keys(f, &k);
    if (status != ST_OK) return status;
    randombytes_buf(id, sizeof id);
    sodium_bin2hex(k->id, sizeof k->id, id, sizeof id);
    randombytes_buf(k->master, KEY_SIZE);
    derive(k);
    status = save(k, path, f);
    if (status != ST_OK) {
        keys_free(k);
        return status;
    }
    *ret = k;
    return ST_OK;
}

static enum status check_owner(int fd, const char *path, struct fault *f)
{
    struct stat st;
    if (fstat(fd, &st) != 0 || !S_ISREG(st.st_mode))
        return fail(f, ST_BROKEN, "the key file %s is no file", path);
    if (st.st_uid != geteuid())
        return fail(f, ST_FORBIDDEN, "the key file %s belongs to another user: run as that user, or chown it",
                    path);
    if (st.st_mode & 077)
        return fail(f, ST_FORBIDDEN, "others may read the key file %s: chmod 600 it, and think about who did",
                    path);
    return ST_OK;
}

static enum status load(struct keys *k, int fd, const char *path, struct fault *f)
{
    char text[FILE_SIZE + 1]; /* one more, to see a file that is too long */
    size_t n = 0;
    ssize_t got = 1;
    while (n < sizeof text && (got = read(fd, text + n, sizeof text - n)) > 0)
        n += (size_t)got;
    bool fine = got >= 0 && read_text((struct str){text, n}, k);
    sodium_memzero(text, sizeof text);
    if (!fine)
        return fail(f, ST_BROKEN, "%s is not a key file of huiyuan, or it is damaged: take its backup", path);
    derive(k);
    return ST_OK;
}

enum status keys_read(const char *path, struct fault *f, struct keys **ret)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0 && errno == ENOENT) return fail(f, ST_NOT_FOUND, "there is no key file %s", path);
    if (fd < 0) return fail(f, ST_FORBIDDEN, "cannot read the key file %s: %s", path, strerror(errno));
    struct keys *k = NULL;
    enum status status = check_owner(fd, path, f);
    if (status == ST_OK) status = new_keys(f, &k);
    if (k) status = load(k, fd, path, f);
    close(fd);
    if (status != ST_OK) {
        keys_free(k);
        return status;
    }
    *ret = k;
    return ST_OK;
}

struct str keys_text(const struct keys *k, struct arena *a)
{
    char *text = arena_alloc(a, FILE_SIZE + 1);
    write_text(k, text);
    return (struct str){text, FILE_SIZE};
}

enum status keys_find(struct str text, struct fault *f, struct keys **ret)
{
    size_t at;
    struct keys *k = NULL;
    if (!str_find(text, STR(FIRST_LINE), &at)) return fail(f, ST_BROKEN, "there are no keys in it");
    TRY(new_keys(f, &k));
    if (!read_text(str_sub(text, at, FILE_SIZE), k)) {
        keys_free(k);
        return fail(f, ST_BROKEN, "the keys in it are damaged");
    }
    derive(k);
    *ret = k;
    return ST_OK;
}

void keys_free(struct keys *k)
{
    sodium_free(k); /* wipes */
}

struct str keys_id(const struct keys *k)
{
    return (struct str){k->id, ID_DIGITS};
}

const uint8_t *keys_use(const struct keys *k, enum key_use use)
{
    return k->use[use];
}

void keys_mac(const struct keys *k, enum key_use use, struct mac *ret)
{
    *ret = k->begun[use];
}

struct str keys_check_value(const struct keys *k, struct arena *a)
{
    uint8_t mac[MAC_SIZE];
    mac_once(k->master, KEY_SIZE, str_bytes(STR("check value")), mac);
    char *digits = arena_alloc(a, 2 * MAC_SIZE + 1);
    sodium_bin2hex(digits, 2 * MAC_SIZE + 1, mac, MAC_SIZE);
    return (struct str){digits, 2 * MAC_SIZE};
}
