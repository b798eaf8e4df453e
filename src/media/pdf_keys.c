#include "media/pdf.h"

#include "media/canvas.h"

#define PAGE_WIDTH  595.28
#define PAGE_HEIGHT 841.89
#define SIDE        MM(26)
#define EDGE        MM(30)
#define WIDTH       (PAGE_WIDTH - 2 * SIDE)
#define LINE        26.0
#define GAP         16.0
#define LABEL_WIDTH 90.0
#define QR_SIDE     MM(45)
#define MIN_SIZE    8.0
#define ROW_DIGITS  16 /* in groups of four */

static const struct type TITLE = {FACE_SERIF_BOLD, 22, ALIGN_CENTRE};
static const struct type BODY = {FACE_SERIF, 12, ALIGN_LEFT};
static const struct type LABEL = {FACE_SANS, 11, ALIGN_LEFT};
static const struct type DIGITS = {FACE_MONO_BOLD, 16, ALIGN_LEFT};
static const struct type SIGNED = {FACE_SERIF, 12, ALIGN_RIGHT};

static const struct str WORDS[] = {
    STR_INIT(
        "没有密钥，备份里的身份证号、手机号和照片谁也打不开；有了密钥和备份，谁都打得开。请把本页锁在柜子里，"
        "不要和备份放在一起。"),
    STR_INIT("恢复时扫描二维码，把得到的三行文字原样存成密钥文件（权限 600），再运行 huiyuan keys check "
             "核对校验值。"),
};

static double draw_line(struct canvas *c, double y, struct str label, struct str value)
{
    canvas_label(c, LABEL, (struct box){SIDE, y, LABEL_WIDTH, LINE}, label, MIN_SIZE, 1);
    canvas_label(c, DIGITS, (struct box){SIDE + LABEL_WIDTH, y, WIDTH - LABEL_WIDTH, LINE}, value, MIN_SIZE,
                 1);
    return y + LINE;
}

static struct str grouped(struct arena *a, struct str digits)
{
    return arena_fmt(a, "%.*s %.*s %.*s %.*s", STR_ARG(str_sub(digits, 0, 4)), STR_ARG(str_sub(digits, 4, 4)),
                     STR_ARG(str_sub(digits, 8, 4)), STR_ARG(str_sub(digits, 12, 4)));
}

enum status pdf_keys(struct arena *a, struct fault *f, const struct pdf_keys *k, struct bytes *ret)
{
    struct qr qr;
    TRY(qr_encode(a, f, k->text, &qr));
    struct canvas *c = canvas_new(a, PAGE_WIDTH, PAGE_HEIGHT, STR("密钥备份"), k->date);
    canvas_label(c, TITLE, (struct box){SIDE, EDGE, WIDTH, 40}, STR("密钥备份"), MIN_SIZE, 1);
    double y = EDGE + 60;
    for (size_t i = 0; i < sizeof WORDS / sizeof *WORDS; i++)
        y += 4 + canvas_paragraph(c, BODY, (struct box){SIDE, y, WIDTH, 0}, 2 * BODY.size_pt, WORDS[i], true);
    y = draw_line(c, y + GAP, STR("密钥编号"), grouped(a, k->id));
    for (size_t at = 0; at < k->master.n; at += ROW_DIGITS)
        y = draw_line(c, y, at ? STR("") : STR("密钥"), grouped(a, str_sub(k->master, at, ROW_DIGITS)));
    y = draw_line(c, y, STR("校验值"), grouped(a, k->sum));
    canvas_qr(c, (struct box){SIDE + LABEL_WIDTH, y + GAP, QR_SIDE, QR_SIDE}, qr);
    y += 2 * GAP + QR_SIDE;
    canvas_label(c, SIGNED, (struct box){SIDE, y, WIDTH, 22}, k->association, MIN_SIZE, 1);
    struct str date = arena_fmt(a, "%d年%d月%d日", k->date.year, k->date.month, k->date.day);
    canvas_label(c, SIGNED, (struct box){SIDE, y + 24, WIDTH, 22}, date, MIN_SIZE, 1);
    canvas_next_page(c);
    return canvas_finish(c, f, ret);
}
