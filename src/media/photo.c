#include "media/photo.h"

#include "base/limits.h"
#include "media/colour.h"
#include "media/jpeg.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define RATIO_WIDTH  5
#define RATIO_HEIGHT 7
#define RATIO        ((double)RATIO_WIDTH / RATIO_HEIGHT)
#define QUALITY      88
#define STRIP_WIDTH  0.04 /* of the width */
#define STRIP_HEIGHT 0.55 /* of the height */

const struct photo_rules photo_rules_default = {
    .max_bytes = LIMIT_PHOTO_BYTES,
    .max_pixels = 2000 * 2800,
    .min_width_px = PHOTO_WIDTH_PX,
    .ratio_tolerance_permille = 30,
    .white_min = 215,
    .white_spread = 25,
    .background_percent = 90,
    .background_deviation = 12,
    .blank_percent = 85,
    .colour_spread = 20,
    .colour_percent = 3,
    .sharpness = 60,
};

/* A file that was given the ending .jpg does not become a JPEG; people are told what it is. */
static const char *kind_of(struct bytes file)
{
    static const struct {
        size_t at;
        struct str mark;
        const char *name;
    } kinds[] = {
        {0, STR_INIT("\x89PNG"), " PNG "},   {0, STR_INIT("GIF8"), " GIF "},
        {8, STR_INIT("WEBP"), " WebP "},     {0, STR_INIT("%PDF"), " PDF "},
        {0, STR_INIT("BM"), " BMP "},        {4, STR_INIT("ftypavif"), " AVIF "},
        {4, STR_INIT("ftypheic"), " HEIC "}, {4, STR_INIT("ftypheix"), " HEIC "},
        {4, STR_INIT("ftypmif1"), " HEIC "}, {4, STR_INIT("ftyphevc"), " HEIC "},
        {0, STR_INIT("II*\0"), " TIFF "},    {0, STR_INIT("MM\0*"), " TIFF "},
    };
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        if (file.n >= kinds[i].at + kinds[i].mark.n &&
            memcmp(file.p + kinds[i].at, kinds[i].mark.p, kinds[i].mark.n) == 0)
            return kinds[i].name;
    }
    return NULL;
}

static bool begins_as_jpeg(struct bytes file)
{
    return file.n >= 3 && memcmp(file.p, "\xff\xd8", 2) == 0;
}

static void refuse(struct photo_result *r, enum photo_code code, struct str text)
{
    *r = (struct photo_result){.code = code, .text = text};
}

static bool judge_bytes(struct arena *a, struct bytes file, const struct photo_rules *rules,
                        struct photo_result *ret)
{
    if (file.n == 0) {
        refuse(ret, PHOTO_EMPTY, STR("照片文件是空的，请重新选择照片。"));
    } else if (file.n > rules->max_bytes) {
        refuse(ret, PHOTO_TOO_LARGE,
               arena_fmt(a,
                         "照片文件为 %zu KB（%zu 字节），超过 %zu KB（%zu 字节）。请把照片缩小到约 413×579 "
                         "像素，另存为 JPG 后再上传。",
                         (file.n + 1023) / 1024, file.n, rules->max_bytes / 1024, rules->max_bytes));
    } else if (!begins_as_jpeg(file)) {
        const char *kind = kind_of(file);
        refuse(ret, PHOTO_NOT_JPEG,
               kind
                   ? arena_fmt(
                         a, "这是%s文件，改扩展名不会变成 JPG。请用画图等软件打开，另存为 JPG 格式后再上传。",
                         kind)
                   : STR("这不是 JPG 照片。请上传 JPG 格式的证件照。"));
    }
    return ret->code == PHOTO_OK;
}

static bool read_file(struct arena *a, struct bytes file, const struct photo_rules *rules,
                      struct jpeg_picture *picture, struct photo_result *ret)
{
    struct jpeg_limits limits = {rules->max_pixels, PHOTO_WIDTH_PX, PHOTO_HEIGHT_PX};
    switch (jpeg_read(a, file, &limits, picture)) {
    case JPEG_FINE:
        break;
    case JPEG_DAMAGED:
        refuse(ret, PHOTO_DAMAGED, STR("照片文件不完整或已损坏，打不开。请重新导出或重新下载照片后再上传。"));
        break;
    case JPEG_TOO_MANY_PIXELS:
        refuse(ret, PHOTO_TOO_MANY_PIXELS,
               arena_fmt(a, "照片有 %d×%d 像素，太大了。请缩小到约 413×579 像素后再上传。", picture->width,
                         picture->height));
        break;
    case JPEG_GREY:
        refuse(ret, PHOTO_GREY_FILE, STR("这是黑白（灰度）照片，需要彩色证件照。请换一张彩色照片。"));
        break;
    case JPEG_CMYK:
        refuse(ret, PHOTO_CMYK,
               STR("这张照片是印刷用的 CMYK 颜色，需要 RGB 颜色。请用画图等软件打开，另存为 JPG 后再上传。"));
        break;
    }
    return ret->code == PHOTO_OK;
}

/* In whole numbers: the tolerance itself is within it. */
static bool is_in_shape(int64_t width, int64_t height, int64_t permille)
{
    int64_t wide = width * RATIO_HEIGHT, expected = height * RATIO_WIDTH;
    return llabs(wide - expected) * 1000 <= expected * permille;
}

static bool judge_shape(struct arena *a, const struct jpeg_picture *p, const struct photo_rules *rules,
                        struct photo_result *ret)
{
    if (p->width < rules->min_width_px) {
        refuse(ret, PHOTO_TOO_NARROW,
               arena_fmt(a,
                         "照片只有 %d×%d 像素，宽度至少要 %d 像素，否则打印不清楚。请换一张更清晰的原图，"
                         "不要放大小图。",
                         p->width, p->height, rules->min_width_px));
    } else if (!is_in_shape(p->width, p->height, rules->ratio_tolerance_permille)) {
        refuse(ret, PHOTO_WRONG_SHAPE,
               arena_fmt(a,
                         "照片是 %d×%d 像素，宽高比不对。一寸照的宽高比是 5:7（例如 295×413 "
                         "像素），请裁剪后再上传，不要拉伸。",
                         p->width, p->height));
    }
    return ret->code == PHOTO_OK;
}

static bool is_white(const uint8_t *rgb, const struct photo_rules *rules)
{
    int spread = image_spread(rgb);
    for (int c = 0; c < 3; c++) {
        if (rgb[c] < rules->white_min) return false;
    }
    return spread <= rules->white_spread;
}

static double percent(long part, long whole)
{
    return 100.0 * (double)part / (double)whole;
}

static double white_percent(struct image i, const struct photo_rules *rules)
{
    long white = 0, all = (long)i.width * i.height;
    for (long at = 0; at < all; at++)
        white += is_white(i.rgb + at * 3, rules);
    return percent(white, all);
}

/* In the middle 60 % of width and height: where the face is. */
static double colour_percent(struct image i, const struct photo_rules *rules)
{
    long coloured = 0, all = 0;
    for (int y = i.height / 5; y < i.height * 4 / 5; y++) {
        for (int x = i.width / 5; x < i.width * 4 / 5; x++) {
            coloured += image_spread(image_at(&i, x, y)) > rules->colour_spread;
            all++;
        }
    }
    return percent(coloured, all);
}

static bool in_strip(const struct image *i, int x, int y)
{
    int strip = (int)(i->width * STRIP_WIDTH);
    return y < strip || (y < i->height * STRIP_HEIGHT && (x < strip || x >= i->width - strip));
}

/* Evenness is taken of the white pixels alone: hair that reaches into the strip is not a shadow. */
static bool background_is_white(struct image i, const struct photo_rules *rules)
{
    long all = 0, white = 0;
    double sum = 0, squares = 0;
    for (int y = 0; y < i.height; y++) {
        for (int x = 0; x < i.width; x++) {
            if (!in_strip(&i, x, y)) continue;
            all++;
            const uint8_t *rgb = image_at(&i, x, y);
            if (!is_white(rgb, rules)) continue;
            double luma = image_luma(rgb);
            white++;
            sum += luma;
            squares += luma * luma;
        }
    }
    if (percent(white, all) < rules->background_percent) return false;
    double mean = sum / (double)white;
    return sqrt(fmax(0, squares / (double)white - mean * mean)) <= rules->background_deviation;
}

static bool judge_pixels(struct image i, const struct photo_rules *rules, struct photo_result *ret)
{
    if (white_percent(i, rules) > rules->blank_percent)
        refuse(ret, PHOTO_BLANK, STR("照片几乎全是白色，看不到人像（可能曝光过度）。请换一张照片。"));
    else if (colour_percent(i, rules) < rules->colour_percent)
        refuse(ret, PHOTO_NO_COLOUR, STR("照片没有颜色，像是黑白照片或复印件。请上传彩色证件照。"));
    return ret->code == PHOTO_OK;
}

/* What a person may overrule: the picture is kept with the sentence. */
static void judge_softly(struct arena *a, struct image i, const struct photo_rules *rules,
                         struct photo_result *ret)
{
    bool white = background_is_white(i, rules), sharp = image_sharpness(i) >= rules->sharpness;
    if (white && sharp) return;
    ret->code = white ? PHOTO_BLURRED : PHOTO_BACKGROUND;
    ret->soft = true;
    ret->text = arena_fmt(a, "%s%s",
                          white ? "" : "照片背景不是纯白色或有阴影。请在白墙前重新拍摄，或换一张白底证件照。",
                          sharp ? "" : "照片不够清晰，可能没有对准焦或是放大的小图。请换一张清晰的原图。");
}

void photo_check(struct arena *a, struct bytes file, const struct photo_rules *rules,
                 struct photo_result *ret)
{
    *ret = (struct photo_result){.code = PHOTO_OK};
    struct jpeg_picture picture;
    if (!judge_bytes(a, file, rules, ret) || !read_file(a, file, rules, &picture, ret) ||
        !judge_shape(a, &picture, rules, ret))
        return;
    struct image_part part = image_crop(picture.image.width, picture.image.height, RATIO);
    struct image image = image_resize(a, picture.image, part, PHOTO_WIDTH_PX, PHOTO_HEIGHT_PX);
    colour_to_srgb(image, picture.profile);
    if (!judge_pixels(image, rules, ret)) return;
    judge_softly(a, image, rules, ret);
    ret->jpeg = jpeg_write(a, image, QUALITY);
}
