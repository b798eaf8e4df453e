#include "media/exif.h"

#include <string.h>

#define UPRIGHT         1
#define TAG_ORIENTATION 0x0112
#define ENTRY_SIZE      12

/* A TIFF file inside the segment: all offsets count from its start, the first two bytes tell the byte order.
 */
struct tiff {
    struct bytes bytes;
    bool big_endian;
};

/* `n` bytes at an offset as a number, 0 where there are none. */
static uint32_t number(const struct tiff *t, size_t at, size_t n)
{
    if (at > t->bytes.n || n > t->bytes.n - at) return 0;
    uint32_t value = 0;
    for (size_t i = 0; i < n; i++)
        value = value << 8 | t->bytes.p[at + (t->big_endian ? i : n - 1 - i)];
    return value;
}

int exif_orientation(struct bytes app1)
{
    static const char mark[] = "Exif\0"; /* two NUL with the literal's own */
    if (app1.n < sizeof mark + 8 || memcmp(app1.p, mark, sizeof mark) != 0) return UPRIGHT;
    struct tiff t = {{app1.p + sizeof mark, app1.n - sizeof mark}, app1.p[sizeof mark] == 'M'};
    size_t directory = number(&t, 4, 4);
    uint32_t entries = number(&t, directory, 2);
    for (uint32_t i = 0; i < entries; i++) {
        size_t entry = directory + 2 + (size_t)i * ENTRY_SIZE;
        if (number(&t, entry, 2) != TAG_ORIENTATION) continue;
        uint32_t value = number(&t, entry + 8, 2);
        return value >= 1 && value <= 8 ? (int)value : UPRIGHT;
    }
    return UPRIGHT;
}
