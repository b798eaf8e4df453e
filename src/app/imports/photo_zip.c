#include "app/imports/photo_zip.h"

#include "app/imports/repeated.h"
#include "base/buf.h"
#include "base/limits.h"
#include "base/text.h"
#include "base/utf8.h"
#include "domain/id_number.h"
#include "media/unzip.h"

#include <ctype.h>
#include <strings.h>

#define PIECE      (64u << 10)
#define NAME_SHOWN 150 /* bytes */

struct photos {
    struct arena *piece; /* of one photo */
    struct unzip *archive;
    struct repeated *repeated;
    struct day today;
    uint32_t n;
};

static struct str last_part(struct str path)
{
    struct str head, rest = path;
    while (str_find(rest, STR("/"), NULL))
        str_cut(rest, '/', &head, &rest);
    return rest;
}

static bool ends_in(struct str name, const char *suffix)
{
    size_t n = strlen(suffix);
    return name.n > n && strncasecmp(name.p + name.n - n, suffix, n) == 0;
}

/* Folders, and what Windows and Macs leave in every folder. */
static bool is_passed_over(struct str path)
{
    struct str name = last_part(path);
    return name.n == 0 || name.p[0] == '.' || str_starts(path, STR("__MACOSX/")) ||
           ends_in(name, "humbs.db") || ends_in(name, "esktop.ini");
}

/* Without its suffix; none when it is no JPEG's. */
static struct str stem_of(struct str name)
{
    if (ends_in(name, ".jpg")) return str_sub(name, 0, name.n - 4);
    return ends_in(name, ".jpeg") ? str_sub(name, 0, name.n - 5) : STR_NONE;
}

static bool is_place(char c, bool last)
{
    return isdigit((unsigned char)c) || (last && (c == 'X' || c == 'x'));
}

/* 张三620112198808081011: the one number that stands in it by itself. */
static struct str number_in(struct str stem)
{
    struct str found = STR_NONE;
    for (size_t i = 0; i + ID_NUMBER_LENGTH <= stem.n; i++) {
        size_t n = 0, behind = i + ID_NUMBER_LENGTH;
        while (n < ID_NUMBER_LENGTH && is_place(stem.p[i + n], n + 1 == ID_NUMBER_LENGTH))
            n++;
        bool alone = (i == 0 || !isdigit((unsigned char)stem.p[i - 1])) &&
                     (behind == stem.n || !isdigit((unsigned char)stem.p[behind]));
        if (n < ID_NUMBER_LENGTH || !alone) continue;
        if (found.n) return stem;
        found = str_sub(stem, i, ID_NUMBER_LENGTH);
    }
    return found.n ? found : stem;
}

static void name_photo(struct photos *p, struct str path, struct import_photo *ret)
{
    struct id_number id;
    struct str name = last_part(path), stem = stem_of(name);
    if (!stem.n) {
        ret->refused = STR("不是 .jpg 照片，请另存为 JPG，并以身份证号为文件名");
        return;
    }
    enum id_error wrong = id_number_parse(number_in(stem), p->today, &id);
    if (wrong) {
        ret->refused = arena_fmt(p->piece, "文件名应是本人的身份证号：%s", id_error_text(wrong));
        return;
    }
    ret->id_number = arena_str(p->piece, str_from(id.text));
    if (repeated_before(p->repeated, ret->id_number, p->n))
        ret->refused = STR("这个身份证号在压缩包里已有一张照片，请只留一张");
}

static void read_photo(struct photos *p, size_t at, struct import_photo *ret)
{
    struct fault f = {0};
    struct unzip_entry *e;
    struct buf *content = buf_new(p->piece, PIECE, LIMIT_BODY_PHOTO);
    size_t n = 1;
    enum status s = unzip_open(p->piece, p->archive, &f, at, &e);
    while (s == ST_OK && n && !content->full) {
        char *room = buf_room(content, PIECE);
        if (!room) break;
        s = unzip_read(e, &f, room, PIECE, &n);
        if (s == ST_OK) content->n += n;
    }
    if (s != ST_OK)
        ret->refused = arena_str(p->piece, str_from(f.text));
    else if (content->full)
        ret->refused = STR("照片太大，请缩小后再放入压缩包");
    ret->content = ret->refused.n ? (struct bytes){0} : str_bytes(buf_text(content));
}

static enum status hand_over(struct photos *p, size_t at, import_photo_fn each, void *arg)
{
    struct str path = unzip_name(p->archive, at);
    struct import_photo photo = {.id_number = STR(""), .refused = STR("")};
    photo.name = utf8_clip(text_clean(p->piece, last_part(path)), NAME_SHOWN);
    p->n++;
    name_photo(p, path, &photo);
    if (!photo.refused.n) read_photo(p, at, &photo);
    if (photo.refused.n) photo.id_number = STR("");
    return each(arg, p->piece, &photo);
}

enum status import_photos(struct arena *a, struct fault *f, struct bytes file, struct day today,
                          import_photo_fn each, void *arg)
{
    struct photos p = {.today = today};
    if (file.n < 4 || memcmp(file.p, "PK\3\4", 4) != 0)
        return fail(f, ST_BAD_INPUT, "照片要放在一个 ZIP 压缩包里上传，每张以身份证号为文件名");
    TRY(unzip_begin(a, f, file, LIMIT_PHOTOS_UNPACKED, &p.archive));
    p.repeated = repeated_new(a);
    p.piece = arena_child(a);
    for (size_t i = 0; i < unzip_count(p.archive); i++) {
        if (is_passed_over(unzip_name(p.archive, i))) continue;
        TRY(hand_over(&p, i, each, arg));
        arena_reset(p.piece);
    }
    return p.n ? ST_OK : fail(f, ST_BAD_INPUT, "压缩包里没有照片");
}
