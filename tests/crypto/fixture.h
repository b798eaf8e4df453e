/* Keys that every test knows: master 00 01 … 1f, from a key file in a folder of their own; others are random.
 */
#ifndef TESTS_CRYPTO_FIXTURE_H
#define TESTS_CRYPTO_FIXTURE_H

#include "crypto/keys.h"

#define KNOWN_KEY_FILE                                                                                       \
    "huiyuan-keys 1\nid 0011223344556677\nmaster "                                                           \
    "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f\n"

struct fixture {
    struct keys *keys, *others;
    struct arena *arena;
};

void fixture_make(struct fixture *t);
void fixture_free(struct fixture *t);
void write_file(const char *path, struct str text);
void assert_hex(const uint8_t *p, size_t n, const char *hex);
struct bytes from_hex(struct arena *a, const char *hex);

#endif
