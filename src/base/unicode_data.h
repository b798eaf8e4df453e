/* Tables of characters that the build makes (tools/unicode.py): for base/unicode.c, which asks them. Sorted
 * by their first member. */
#ifndef BASE_UNICODE_DATA_H
#define BASE_UNICODE_DATA_H

#include <stddef.h>
#include <stdint.h>

#define UNICODE_BLOCK 128

struct unicode_one {
    uint32_t from, to;
};
struct unicode_run { /* of unicode_parts */
    uint32_t from;
    uint16_t at, n;
};
struct unicode_pair { /* a and b are written as one */
    uint32_t a, b, one;
};
struct unicode_base {
    uint32_t from;
    char letters[3];
};

extern const uint16_t unicode_class_block[], unicode_class[]; /* bits of enum unicode_class */
extern const uint16_t unicode_order_block[];
extern const uint8_t unicode_order[]; /* canonical combining class */
extern const uint32_t unicode_parts[];
extern const struct unicode_run unicode_canonical[]; /* whole decompositions */
extern const struct unicode_run unicode_compatible[];
extern const struct unicode_pair unicode_pairs[];
extern const struct unicode_one unicode_equivalent[];
extern const struct unicode_one unicode_upper[];
extern const struct unicode_base unicode_bases[];
extern const size_t unicode_canonical_n, unicode_compatible_n, unicode_pairs_n, unicode_equivalent_n,
    unicode_upper_n, unicode_bases_n;

#endif
