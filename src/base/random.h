/* Random bytes of the operating system; aborts when there are none. For the seeded kind that demo data uses,
 * see struct seed: fast, repeatable, never for secrets. */
#ifndef BASE_RANDOM_H
#define BASE_RANDOM_H

#include <stddef.h>
#include <stdint.h>

void random_bytes(void *ret, size_t n);
void random_hex(char *ret, size_t n); /* n hexadecimal digits, an even number, without a NUL */

struct seed {
    uint64_t state;
};
uint32_t seed_next(struct seed *s, uint32_t below); /* 0 … below - 1 */

#endif
