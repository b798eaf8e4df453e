#include "media/pdf.h"

#include "media/canvas.h"

#define PAGE_WIDTH  595.28
#define PAGE_HEIGHT 841.89
#define SIDE        MM(26)
#define EDGE        MM(30)
#define WIDTH       (PAGE_WIDTH - 2 * SIDE)
#define RIGHT       (PAGE_WIDTH - SIDE)

#define TITLE_HEIGHT  60.0
#define PARAGRAPH_GAP 4.0
#define BOX_GAP       16.0
#define BOX_LINE      38.0
#define BOX_PADDING   14.0
#define LABEL_WIDTH   90.0
#define QR_SIDE       MM(28)
#define MIN_SIZE      8.0

static const struct type TITLE = {FACE_SERIF_BOLD, 22, ALIGN_CENTRE};
static const struct type BODY = {FACE_SERIF, 12, ALIGN_LEFT};
static const struct type LABEL = {FACE_SANS, 11, ALIGN_LEFT};
static const struct type ACCOUNT = {FACE_SANS_BOLD, 13, ALIGN_LEFT};
static const struct type PASSWORD = {FACE_MONO_BOLD, 20, ALIGN_LEFT}; /* tells 0 from O and 1 from l */
static const struct type ADDRESS = {FACE_SANS, 10.5, ALIGN_LEFT};
static const struct type SIGNED = {FACE_SERIF, 12, ALIGN_RIGHT};

static double draw_body(struct canvas *c, struct arena *a, const struct pdf_letter *l, double y)
{
    y += canvas_paragraph(c, BODY, (struct box){SIDE, y, WIDTH, 0}, 0, arena_fmt(a, "%.*s：", STR_ARG(l->to)),
                          true);
    for (size_t i = 0; i < l->paragraph_count; i++) {
        struct box box = {SIDE, y + PARAGRAPH_GAP, WIDTH, 0};
        y += PARAGRAPH_GAP + canvas_paragraph(c, BODY, box, 2 * BODY.size_pt, l->paragraphs[i], true);
    }
    return y;
}

/* In two lines if it must be: the account is typed from here, and a company's name may have sixty characters.
 */
static void draw_box_line(struct canvas *c, double y, struct str label, struct type type, struct str value)
{
    canvas_label(c, LABEL, (struct box){SIDE + BOX_PADDING, y, LABEL_WIDTH, BOX_LINE}, label, MIN_SIZE, 1);
    canvas_label(
        c, type,
        (struct box){SIDE + BOX_PADDING + LABEL_WIDTH, y, WIDTH - LABEL_WIDTH - 2 * BOX_PADDING, BOX_LINE},
        value, MIN_SIZE, 2);
}

static double draw_account(struct canvas *c, const struct pdf_letter *l, double y)
{
    struct box box = {SIDE, y, WIDTH, 2 * BOX_LINE + BOX_PADDING};
    canvas_fill(c, box, 0.965);
    canvas_frame(c, box, 1);
    draw_box_line(c, y + BOX_PADDING / 2, l->account_label, ACCOUNT, l->account);
    draw_box_line(c, y + BOX_PADDING / 2 + BOX_LINE, l->password_label, PASSWORD, l->password);
    return y + box.height;
}

static enum status draw_address(struct canvas *c, struct arena *a, struct fault *f,
                                const struct pdf_letter *l, double y, double *ret_bottom)
{
    struct qr qr;
    TRY(qr_encode(a, f, l->address, &qr));
    canvas_qr(c, (struct box){SIDE, y, QR_SIDE, QR_SIDE}, qr);
    double x = SIDE + QR_SIDE + 18, width = RIGHT - x;
    canvas_label(c, LABEL, (struct box){x, y + 12, width, 18}, STR("登录网址（也可扫描左侧二维码）："),
                 MIN_SIZE, 1);
    canvas_label(c, ADDRESS, (struct box){x, y + 32, width, 32}, l->address, MIN_SIZE, 2);
    *ret_bottom = y + QR_SIDE;
    return ST_OK;
}

static void draw_signed(struct canvas *c, struct arena *a, const struct pdf_letter *l, double y)
{
    canvas_label(c, SIGNED, (struct box){SIDE, y, WIDTH, 22}, l->from, MIN_SIZE, 1);
    struct str date = arena_fmt(a, "%d年%d月%d日", l->date.year, l->date.month, l->date.day);
    canvas_label(c, SIGNED, (struct box){SIDE, y + 24, WIDTH, 22}, date, MIN_SIZE, 1);
}

static enum status draw_letter(struct canvas *c, struct arena *a, struct fault *f, const struct pdf_letter *l)
{
    canvas_label(c, TITLE, (struct box){SIDE, EDGE, WIDTH, TITLE_HEIGHT - 20}, l->title, MIN_SIZE, 1);
    double y = draw_body(c, a, l, EDGE + TITLE_HEIGHT);
    y = draw_account(c, l, y + BOX_GAP);
    TRY(draw_address(c, a, f, l, y + BOX_GAP, &y));
    draw_signed(c, a, l, y + 3 * BOX_GAP);
    canvas_next_page(c);
    return ST_OK;
}

enum status pdf_letters(struct arena *a, struct fault *f, const struct pdf_letter *letters,
                        size_t letter_count, struct bytes *ret)
{
    struct day day = letter_count > 0 ? letters[0].date : DAY_NONE;
    struct str title = letter_count > 0 ? letters[0].title : STR_NONE;
    struct canvas *c = canvas_new(a, PAGE_WIDTH, PAGE_HEIGHT, title, day);
    for (size_t i = 0; i < letter_count; i++)
        TRY(draw_letter(c, a, f, &letters[i]));
    return canvas_finish(c, f, ret);
}
