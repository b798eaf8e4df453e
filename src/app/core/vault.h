/* Sealed columns and blind indexes, in the words of this floor. The associated data of a sealed value is its
 * table, column and the row's uid, and its position where it has one, so that it opens nowhere else. */
#ifndef APP_CORE_VAULT_H
#define APP_CORE_VAULT_H

#include "app/core/ctx.h"
#include "crypto/index.h"
#include "crypto/seal.h"

#define PLACE(table, column, uid) ((struct seal_place){(table), (column), (uid), false, 0})
/* Of a row that is one of several with this uid. */
#define PLACE_AT(table, column, uid, position)                                                               \
    ((struct seal_place){(table), (column), (uid), true, (position)})

struct bytes uid_new(struct arena *a); /* random, SEAL_UID_SIZE bytes */
struct bytes vault_seal(struct ctx *c, struct seal_place at, struct str plain);
/* ST_BROKEN when it was not sealed for this place with this key. */
enum status vault_open(struct ctx *c, struct seal_place at, struct bytes sealed, struct str *ret) MUST_USE;
/* Values of a row that its own uid does not cover, such as those found by a token: its first bytes. */
struct bytes uid_of_token(struct str token);

/* A key of one person, itself sealed: what is sealed with it is gone for good when it is destroyed. */
struct bytes person_key_new(struct ctx *c, struct bytes uid); /* sealed, for member.data_key_sealed */
enum status person_key_check(struct ctx *c, struct bytes uid, struct bytes key_sealed) MUST_USE;
enum status person_seal(struct ctx *c, struct bytes uid, struct bytes key_sealed, const char *column,
                        struct str plain, struct bytes *ret) MUST_USE;
enum status person_open(struct ctx *c, struct bytes uid, struct bytes key_sealed, const char *column,
                        struct bytes sealed, struct str *ret) MUST_USE;

struct bytes vault_index(struct ctx *c, enum index_kind kind, struct str value);
/* A member's or clerk's login: the blind index as lower-case hexadecimal. */
struct str login_of(struct ctx *c, struct str account);
struct bytes sha256_of(struct arena *a, struct bytes content);

#endif
