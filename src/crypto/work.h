/* A proof of work, for browsers that can run a script: numbers that are dear to find and cheap to check.
 *
 * A challenge is a token that says when it ends, how hard it is and which browser it is for; nothing is
 * stored for it. The answer is "CHALLENGE.n0-n1-…-n7": for each piece i the decimal number n (32 bits) that
 * makes
 *
 *     SHA-256( SHA-256(CHALLENGE) · i (4 bytes, big-endian) · n (4 bytes, big-endian) )
 *
 * begin with `bits` zero bits. Eight pieces instead of one, three bits harder: the same work, but its length
 * varies far less from try to try. assets/js/work.js finds them; docs/decisions argues the costs. */
#ifndef CRYPTO_WORK_H
#define CRYPTO_WORK_H

#include "crypto/keys.h"

#define WORK_PIECES   8
#define WORK_BITS_MAX 24 /* of a piece: 2^27 hashes in all */

/* `bound_to` is the cookie of the browser. What the page shows: "CHALLENGE.bits". */
struct str work_make(const struct keys *k, struct arena *a, struct str bound_to, int bits,
                     int64_t expires_ms);
/* What an answer that checks is: how hard it was, until when, and what must be spent once (in the arena). */
struct work {
    int bits;
    int64_t expires_ms;
    struct bytes nonce;
};
/* False: forged, over, of another browser, or not worked out. */
bool work_check(const struct keys *k, struct arena *a, struct str bound_to, struct str answer, int64_t now_ms,
                struct work *ret);

#endif
