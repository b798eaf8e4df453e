#include "fixture.h"

#include <fcntl.h>
#include <setjmp.h>
#include <sodium.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

void write_file(const char *path, struct str text)
{
    int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0600);
    assert_true(fd >= 0);
    assert_int_equal(write(fd, text.p, text.n), text.n);
    close(fd);
}

void fixture_make(struct fixture *t)
{
    char folder[] = "huiyuan-XXXXXX";
    struct fault f = {0};
    t->arena = arena_new();
    assert_non_null(mkdtemp(folder));
    struct str known = arena_fmt(t->arena, "%s/known", folder),
               other = arena_fmt(t->arena, "%s/other", folder);
    write_file(known.p, STR(KNOWN_KEY_FILE));
    assert_int_equal(keys_read(known.p, &f, &t->keys), ST_OK);
    assert_int_equal(keys_make(other.p, &f, &t->others), ST_OK);
    unlink(known.p);
    unlink(other.p);
    rmdir(folder);
}

void fixture_free(struct fixture *t)
{
    keys_free(t->keys);
    keys_free(t->others);
    arena_free(t->arena);
}

void assert_hex(const uint8_t *p, size_t n, const char *hex)
{
    char *shown = malloc(2 * n + 1);
    assert_non_null(shown);
    sodium_bin2hex(shown, 2 * n + 1, p, n);
    assert_string_equal(shown, hex);
    free(shown);
}

struct bytes from_hex(struct arena *a, const char *hex)
{
    size_t size = strlen(hex) / 2, n;
    uint8_t *p = arena_alloc(a, size);
    assert_int_equal(sodium_hex2bin(p, size, hex, strlen(hex), NULL, &n, NULL), 0);
    return (struct bytes){p, n};
}
