#include "media/pdf.h"

#include "media/canvas.h"

#define PAGE_WIDTH  595.28
#define PAGE_HEIGHT 841.89
#define EDGE        MM(12)
#define ACROSS      2
#define DOWN        5
#define SLIP_WIDTH  ((PAGE_WIDTH - 2 * EDGE) / ACROSS)
#define SLIP_HEIGHT ((PAGE_HEIGHT - 2 * EDGE) / DOWN)
#define PADDING     11.0
#define QR_SIDE     MM(22)
#define LINE        19.0
#define LIST_LINE   20.0
#define MIN_SIZE    7.0

static const struct type TITLE = {FACE_SERIF_BOLD, 12.5, ALIGN_LEFT};
static const struct type TEXT = {FACE_SANS, 10, ALIGN_LEFT};
static const struct type SMALL = {FACE_SANS, 8.5, ALIGN_LEFT};
static const struct type CODE = {FACE_MONO_BOLD, 15, ALIGN_LEFT}; /* tells 0 from O and 1 from l */
static const struct type HEADING = {FACE_SERIF_BOLD, 16, ALIGN_LEFT};

static void draw_line(struct canvas *c, struct type type, struct box *at, double height, struct str text)
{
    canvas_label(c, type, (struct box){at->x, at->y, at->width, height}, text, MIN_SIZE, 1);
    at->y += height;
}

static void draw_slip(struct canvas *c, struct arena *a, const struct pdf_slips *s,
                      const struct pdf_slip *slip, struct box box, struct qr qr)
{
    struct box at = {box.x + PADDING, box.y + PADDING, box.width - 2 * PADDING, 0};
    canvas_dashed_frame(c, box); /* where it is cut */
    draw_line(c, TITLE, &at, LINE + 3, s->title);
    double below = at.y;
    at.width -= QR_SIDE + PADDING;
    draw_line(c, TEXT, &at, LINE, arena_fmt(a, "%.*s　%.*s", STR_ARG(slip->name), STR_ARG(slip->id_number)));
    draw_line(c, TEXT, &at, LINE, slip->company);
    draw_line(c, SMALL, &at, LINE, arena_fmt(a, "打开 %.*s 或扫码", STR_ARG(s->address)));
    canvas_qr(c, (struct box){box.x + box.width - PADDING - QR_SIDE, below + 4, QR_SIDE, QR_SIDE}, qr);
    at.width = box.width - 2 * PADDING;
    at.y = below + QR_SIDE + 8;
    draw_line(c, CODE, &at, LINE + 6, arena_fmt(a, "激活码 %.*s", STR_ARG(slip->code)));
    draw_line(c, SMALL, &at, LINE - 4,
              arena_fmt(a, "有效期至 %d年%d月%d日，只能用一次；请勿转给他人。", s->until.year, s->until.month,
                        s->until.day));
}

static void draw_slips(struct canvas *c, struct arena *a, const struct pdf_slips *s, struct qr qr)
{
    for (size_t i = 0; i < s->slip_count; i++) {
        size_t place = i % (ACROSS * DOWN);
        size_t row = place / ACROSS, column = place % ACROSS;
        struct box box = {EDGE + (double)column * SLIP_WIDTH, EDGE + (double)row * SLIP_HEIGHT, SLIP_WIDTH,
                          SLIP_HEIGHT};
        draw_slip(c, a, s, &s->slips[i], box, qr);
        if (place + 1 == ACROSS * DOWN || i + 1 == s->slip_count) canvas_next_page(c);
    }
}

/* Who got none, on pages of their own behind the slips. */
static void draw_skipped(struct canvas *c, struct arena *a, const struct pdf_slips *s)
{
    struct box at = {EDGE, EDGE, PAGE_WIDTH - 2 * EDGE, 0};
    draw_line(c, HEADING, &at, 2 * LIST_LINE, arena_fmt(a, "没有打印的人员（%zu 人）", s->skipped_count));
    if (!s->skipped_count) canvas_next_page(c);
    for (size_t i = 0; i < s->skipped_count; i++) {
        const struct pdf_slip *k = &s->skipped[i];
        draw_line(c, TEXT, &at, LIST_LINE,
                  arena_fmt(a, "%zu　%.*s　%.*s　%.*s　%.*s", i + 1, STR_ARG(k->name), STR_ARG(k->id_number),
                            STR_ARG(k->company), STR_ARG(k->why)));
        bool last = i + 1 == s->skipped_count, full = at.y + LIST_LINE > PAGE_HEIGHT - EDGE;
        if (!last && !full) continue;
        canvas_next_page(c);
        at.y = EDGE;
    }
}

enum status pdf_slips(struct arena *a, struct fault *f, const struct pdf_slips *slips, struct bytes *ret)
{
    struct qr qr;
    struct canvas *c = canvas_new(a, PAGE_WIDTH, PAGE_HEIGHT, slips->title, slips->date);
    TRY(qr_encode(a, f, slips->address, &qr));
    draw_slips(c, a, slips, qr);
    if (slips->skipped_count || !slips->slip_count) draw_skipped(c, a, slips);
    return canvas_finish(c, f, ret);
}
