/* The key file: one master key outside the database, and what is derived from it. Without the file nothing
 * sealed can be read again: it is backed up by itself, never with the data.
 *
 *   huiyuan-keys 1
 *   id 0123456789abcdef
 *   master 64 hexadecimal digits
 */
#ifndef CRYPTO_KEYS_H
#define CRYPTO_KEYS_H

#include "base/status.h"
#include "crypto/mac.h"

#define KEY_SIZE 32

/* Subkeys, HMAC-SHA-256(master, name): one purpose never opens or forges what another made. */
enum key_use { KEY_SEAL, KEY_INDEX, KEY_AUDIT, KEY_TOKEN, KEY_BATCH, KEY_PEPPER, KEY_USES };

struct keys; /* in locked memory, left out of core dumps, wiped by keys_free */

/* Makes a new file, mode 0600, on disk when it returns. ST_CONFLICT: there is a file; ST_UNAVAILABLE: it
 * can't be written. Faults are English, for a command line. */
enum status keys_make(const char *path, struct fault *f, struct keys **ret) MUST_USE;
/* ST_NOT_FOUND: no file; ST_FORBIDDEN: others may read it, or it is another user's; ST_BROKEN: not a key
 * file. */
enum status keys_read(const char *path, struct fault *f, struct keys **ret) MUST_USE;
void keys_free(struct keys *k); /* NULL is fine */

/* The file's text, for a copy; secret: the arena wipes it. */
struct str keys_text(const struct keys *k, struct arena *a);
/* Such a text anywhere in a longer one. ST_BROKEN: there is none that is whole. */
enum status keys_find(struct str text, struct fault *f, struct keys **ret) MUST_USE;

struct str keys_id(const struct keys *k); /* 16 digits; lives as long as k */
const uint8_t *keys_use(const struct keys *k, enum key_use use);
/* Begins a MAC with a subkey. */
void keys_mac(const struct keys *k, enum key_use use, struct mac *ret);
/* 64 digits that say whether a database belongs to these keys, and nothing else about them. */
struct str keys_check_value(const struct keys *k, struct arena *a);

#endif
