#include "media/jpeg.h"

#include "media/exif.h"

#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>

#include <jpeglib.h>

#include <jerror.h>

/* A progressive file of 150 KB can name thousands of scans, each a walk over all pixels. Honest ones have
 * about ten. */
#define MAX_SCANS 100
#define MAX_DECODER_BYTES                                                                                    \
    (64L << 20)   /* a progressive picture is kept whole, in coefficients, while it is read */
#define EIGHTHS 8 /* the decoder scales by n / 8 */

/* All state of a reading is here and not in local variables, which a longjmp would leave undefined. */
struct reader {
    struct jpeg_decompress_struct jpeg;
    struct jpeg_error_mgr errors;
    struct jpeg_progress_mgr progress;
    jmp_buf broken;
    struct arena *arena;
    struct bytes file;
    const struct jpeg_limits *limits;
    int orientation;
    unsigned components; /* bits: a scan of this one began */
    bool unended;        /* the file ends without the end mark */
    struct image image;
    struct bytes profile;
};

static void give_up(j_common_ptr j)
{
    struct reader *r = j->client_data;
    longjmp(r->broken, 1);
}

/* Of the decoder's warnings these say that pixels are made up. The others are about bytes that nobody needs:
 * phones and scanners write them, and every decoder shows the picture (cases/README.md). */
static bool loses_pixels(int warning)
{
    static const int LOSSES[] = {JWRN_HIT_MARKER, JWRN_HUFF_BAD_CODE, JWRN_ARITH_BAD_CODE, JWRN_MUST_RESYNC};
    for (size_t i = 0; i < sizeof LOSSES / sizeof *LOSSES; i++)
        if (LOSSES[i] == warning) return true;
    return false;
}

static void take_warning(j_common_ptr j, int level)
{
    struct reader *r = j->client_data;
    if (level >= 0) return;
    if (loses_pixels(j->err->msg_code)) give_up(j);
    if (j->err->msg_code == JWRN_JPEG_EOF) r->unended = true;
}

static void note_scan(j_common_ptr any)
{
    struct reader *r = any->client_data;
    const struct jpeg_decompress_struct *j = &r->jpeg;
    if (j->input_scan_number > MAX_SCANS) give_up(any);
    for (int i = 0; i < j->comps_in_scan; i++)
        r->components |= 1u << j->cur_comp_info[i]->component_index;
}

/* Of a progressive file, to the last bit. */
static bool refined(const struct jpeg_decompress_struct *j)
{
    for (int c = 0; c < j->num_components; c++)
        for (int i = 0; i < DCTSIZE2; i++)
            if (j->coef_bits[c][i] != 0) return false;
    return true;
}

/* Where a file is cut between two scans no warning says that later ones are missing. An arithmetic coder
 * never notices that its data ended. */
static bool whole(const struct reader *r)
{
    const struct jpeg_decompress_struct *j = &r->jpeg;
    if (r->components != (1u << j->num_components) - 1) return false;
    return !r->unended || (!j->arith_code && (!j->progressive_mode || refined(j)));
}

static void open_reader(struct reader *r)
{
    j_decompress_ptr j = &r->jpeg;
    j->err = jpeg_std_error(&r->errors);
    r->errors.error_exit = give_up;
    r->errors.emit_message = take_warning;
    j->client_data = r;
    jpeg_create_decompress(j);
    j->mem->max_memory_to_use = MAX_DECODER_BYTES;
    r->progress.progress_monitor = note_scan;
    j->progress = &r->progress;
    jpeg_mem_src(j, r->file.p, r->file.n);
    jpeg_save_markers(j, JPEG_APP0 + 1, 0xffff);
    jpeg_save_markers(j, JPEG_APP0 + 2, 0xffff);
    jpeg_read_header(j, TRUE);
}

static enum jpeg_trouble judge_header(const struct reader *r)
{
    const struct jpeg_decompress_struct *j = &r->jpeg;
    if ((uint64_t)j->image_width * j->image_height > r->limits->max_pixels) return JPEG_TOO_MANY_PIXELS;
    switch (j->num_components) {
    case 1:
        return JPEG_GREY;
    case 3:
        return JPEG_FINE;
    case 4:
        return JPEG_CMYK;
    default:
        return JPEG_DAMAGED;
    }
}

static int find_orientation(const struct reader *r)
{
    for (jpeg_saved_marker_ptr m = r->jpeg.marker_list; m; m = m->next) {
        int orientation = exif_orientation((struct bytes){m->data, m->data_length});
        if (orientation != 1) return orientation;
    }
    return 1;
}

static bool lies_on_side(int orientation)
{
    return orientation >= 5;
}

/* The smallest n with which both sides, scaled by n / 8, are still as long as needed. */
static unsigned eighths_needed(const struct reader *r)
{
    bool side = lies_on_side(r->orientation);
    unsigned width = (unsigned)(side ? r->limits->needed_height : r->limits->needed_width);
    unsigned height = (unsigned)(side ? r->limits->needed_width : r->limits->needed_height);
    unsigned n = 1;
    while (n < EIGHTHS && ((uint64_t)r->jpeg.image_width * n < (uint64_t)width * EIGHTHS ||
                           (uint64_t)r->jpeg.image_height * n < (uint64_t)height * EIGHTHS))
        n++;
    return n;
}

static void read_profile(struct reader *r)
{
    JOCTET *profile;
    unsigned n;
    if (!jpeg_read_icc_profile(&r->jpeg, &profile, &n)) return;
    r->profile = arena_bytes(r->arena, (struct bytes){profile, n});
    free(profile);
}

static void read_pixels(struct reader *r)
{
    j_decompress_ptr j = &r->jpeg;
    j->out_color_space = JCS_RGB;
    j->scale_num = eighths_needed(r);
    j->scale_denom = EIGHTHS;
    jpeg_start_decompress(j);
    note_scan((j_common_ptr)j);
    r->image = image_new(r->arena, (int)j->output_width, (int)j->output_height);
    while (j->output_scanline < j->output_height) {
        JSAMPROW row = r->image.rgb + (size_t)j->output_scanline * j->output_width * 3;
        jpeg_read_scanlines(j, &row, 1);
    }
    if (!whole(r)) give_up((j_common_ptr)j);
    read_profile(r);
}

enum jpeg_trouble jpeg_read(struct arena *a, struct bytes file, const struct jpeg_limits *limits,
                            struct jpeg_picture *ret)
{
    struct reader *r = ARENA_NEW(a, struct reader);
    *r = (struct reader){.arena = a, .file = file, .limits = limits};
    volatile enum jpeg_trouble trouble = JPEG_DAMAGED;
    if (setjmp(r->broken) == 0) {
        open_reader(r);
        enum jpeg_trouble judged = judge_header(r);
        r->orientation = find_orientation(r);
        if (judged == JPEG_FINE) read_pixels(r);
        trouble = judged;
    }
    bool turn = trouble == JPEG_FINE && lies_on_side(r->orientation);
    int width = (int)r->jpeg.image_width, height = (int)r->jpeg.image_height;
    jpeg_destroy_decompress(&r->jpeg);
    if (trouble == JPEG_FINE || trouble == JPEG_TOO_MANY_PIXELS)
        *ret = (struct jpeg_picture){
            .width = turn ? height : width, .height = turn ? width : height, .profile = r->profile};
    if (trouble == JPEG_FINE) ret->image = image_upright(a, r->image, r->orientation);
    return trouble;
}

/* Encoding pixels that we made can't fail but for want of memory. */
static void die(j_common_ptr j)
{
    j->err->output_message(j);
    abort();
}

struct bytes jpeg_write(struct arena *a, struct image image, int quality)
{
    struct jpeg_compress_struct j = {0};
    struct jpeg_error_mgr errors;
    j.err = jpeg_std_error(&errors);
    errors.error_exit = die;
    jpeg_create_compress(&j);
    unsigned char *out = NULL;
    unsigned long size = 0;
    jpeg_mem_dest(&j, &out, &size);
    j.image_width = (JDIMENSION)image.width;
    j.image_height = (JDIMENSION)image.height;
    j.input_components = 3;
    j.in_color_space = JCS_RGB;
    jpeg_set_defaults(&j);
    jpeg_set_quality(&j, quality, TRUE);
    j.density_unit = 1; /* dots per inch */
    j.X_density = j.Y_density = 300;
    jpeg_start_compress(&j, TRUE);
    while (j.next_scanline < j.image_height) {
        JSAMPROW row = image.rgb + (size_t)j.next_scanline * j.image_width * 3;
        jpeg_write_scanlines(&j, &row, 1);
    }
    jpeg_finish_compress(&j);
    jpeg_destroy_compress(&j);
    struct bytes file = arena_bytes(a, (struct bytes){out, size});
    free(out);
    return file;
}
