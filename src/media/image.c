#include "media/image.h"

#include <math.h>
#include <string.h>

struct image image_new(struct arena *a, int width, int height)
{
    return (struct image){width, height, arena_array(a, (size_t)width * (size_t)height, 3)};
}

static uint8_t *writable(struct image *i, int x, int y)
{
    return i->rgb + ((size_t)y * (size_t)i->width + (size_t)x) * 3;
}

struct image image_upright(struct arena *a, struct image from, int orientation)
{
    /* Per orientation: which steps bring the stored picture upright. Transposing comes first. */
    static const struct {
        bool transpose, flip_x, flip_y;
    } steps[] = {
        [2] = {false, true, false}, [3] = {false, true, true}, [4] = {false, false, true},
        [5] = {true, false, false}, [6] = {true, true, false}, [7] = {true, true, true},
        [8] = {true, false, true},
    };
    if (orientation < 2 || orientation > 8) return from;
    bool transpose = steps[orientation].transpose;
    struct image to =
        transpose ? image_new(a, from.height, from.width) : image_new(a, from.width, from.height);
    for (int y = 0; y < to.height; y++) {
        for (int x = 0; x < to.width; x++) {
            int across = steps[orientation].flip_x ? to.width - 1 - x : x;
            int down = steps[orientation].flip_y ? to.height - 1 - y : y;
            memcpy(writable(&to, x, y),
                   transpose ? image_at(&from, down, across) : image_at(&from, across, down), 3);
        }
    }
    return to;
}

struct image_part image_crop(int width, int height, double ratio)
{
    if (width > height * ratio) {
        double kept = height * ratio;
        return (struct image_part){(width - kept) / 2, 0, kept, height};
    }
    return (struct image_part){0, 0, width, fmin(height, width / ratio)};
}

/* How much of the pixel [at, at + 1) lies in [from, to). */
static double overlap(int at, double from, double to)
{
    return fmin(at + 1, to) - fmax(at, from);
}

/* The mean of an area that is not empty. */
static void mean_of(const struct image *i, struct image_part area, uint8_t ret[3])
{
    double right = fmin(area.x + area.width, i->width), bottom = fmin(area.y + area.height, i->height);
    double sum[3] = {0}, weights = 0;
    for (int y = (int)area.y; y < bottom; y++) {
        double tall = overlap(y, area.y, bottom);
        for (int x = (int)area.x; x < right; x++) {
            double weight = tall * overlap(x, area.x, right);
            const uint8_t *from = image_at(i, x, y);
            for (int c = 0; c < 3; c++)
                sum[c] += weight * from[c];
            weights += weight;
        }
    }
    for (int c = 0; c < 3; c++)
        ret[c] = (uint8_t)lround(sum[c] / weights);
}

struct image image_resize(struct arena *a, struct image from, struct image_part part, int width, int height)
{
    struct image to = image_new(a, width, height);
    double wide = part.width / width, tall = part.height / height;
    for (int y = 0; y < height; y++) {
        for (int x = 0; x < width; x++)
            mean_of(&from, (struct image_part){part.x + x * wide, part.y + y * tall, wide, tall},
                    writable(&to, x, y));
    }
    return to;
}

double image_sharpness(struct image i)
{
    double sum = 0, squares = 0;
    for (int y = 1; y < i.height - 1; y++) {
        for (int x = 1; x < i.width - 1; x++) {
            int around = image_luma(image_at(&i, x - 1, y)) + image_luma(image_at(&i, x + 1, y)) +
                         image_luma(image_at(&i, x, y - 1)) + image_luma(image_at(&i, x, y + 1));
            double edge = around - 4 * image_luma(image_at(&i, x, y));
            sum += edge;
            squares += edge * edge;
        }
    }
    double n = (double)(i.width - 2) * (i.height - 2);
    return squares / n - (sum / n) * (sum / n);
}

int image_luma(const uint8_t *rgb)
{
    return (299 * rgb[0] + 587 * rgb[1] + 114 * rgb[2] + 500) / 1000;
}

int image_spread(const uint8_t *rgb)
{
    int most = rgb[0], least = rgb[0];
    for (int c = 1; c < 3; c++) {
        most = rgb[c] > most ? rgb[c] : most;
        least = rgb[c] < least ? rgb[c] : least;
    }
    return most - least;
}
