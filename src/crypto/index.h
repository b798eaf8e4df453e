/* Blind indexes: keyed fingerprints by which sealed values are found. The kind goes in, so that equal texts
 * of two kinds do not show that they are equal. Normalise first: what differs in one byte is not found. */
#ifndef CRYPTO_INDEX_H
#define CRYPTO_INDEX_H

#include "crypto/keys.h"

enum index_kind { INDEX_ID_NUMBER, INDEX_ID_TAIL, INDEX_MOBILE, INDEX_ACCOUNT };

/* 32 bytes in the arena; none for none. */
struct bytes blind_index(const struct keys *k, struct arena *a, enum index_kind kind, struct str text);

#endif
