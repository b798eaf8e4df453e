/* Files that somebody damaged, or made to do damage: whatever is done to them they are read or refused in
 * words. ROUNDS=n does it so many times (make stress); the n-th round is the same each time. */
#include "app/imports/photo_zip.h"
#include "app/imports/read.h"

#include "../../book_made.h"
#include "../../domain/check.h"

#include "base/random.h"
#include "base/utf8.h"
#include "domain/id_number.h"

#include <stdlib.h>

#define USUAL_ROUNDS 300

static const char CSV[] = "会员名册,,,\r\n序号,姓名,身份证号,学历,从事监理时间,有效期\r\n"
                          "1,张 三,620112198808081011,本科,2019.3,2019.3.15-2024.3.14\r\n"
                          "2,\"李\n四\",6.20112E+17,\"大\"\"专\",43539,2024/3/14\r\n合计 2 人,,,,,\r\n";

static const char ROWS[] =
    "<row r=\"1\" hidden=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c></row><row r=\"3\"><c r=\"A3\" "
    "t=\"inlineStr\"><is>"
    "<t>姓名</t></is></c><c r=\"B3\" t=\"s\"><v>1</v></c><c r=\"C3\" t=\"str\"><v>出生日期</v></c><c "
    "t=\"inlineStr\"><is><t>从事监理时间</t></is></c></row><row r=\"4\"><c t=\"s\"><v>2</v></c><c>"
    "<v>6.20112198808081E+17</v></c><c s=\"1\"><v>32363</v></c><c><f>A1</f><v>2019.3</v></c><c "
    "t=\"b\"><v>1</v>"
    "</c><c t=\"e\"><v>#N/A</v></c></row><row><c t=\"s\"><v>2</v></c><c t=\"inlineStr\"><is><t>_x0036_"
    "20112198808081011</t></is></c><c s=\"2\"><v>32363.5</v></c><c "
    "t=\"d\"><v>2019-03-15T00:00:00</v></c></row>";

static const char SHARED[] =
    "<si><t>名册</t></si><si><r><t>身份证</t></r><r><t>号</t></r></si><si><t>张 三</t>"
    "<rPh sb=\"0\" eb=\"1\"><t>zhang</t></rPh></si>";

static const char *const PIECES[] = {"<row>",
                                     "</row>",
                                     "<c>",
                                     "</c>",
                                     "<v>",
                                     "&amp;",
                                     "&#0;",
                                     "&lol;",
                                     "<!--",
                                     "-->",
                                     "<![CDATA[",
                                     "]]>",
                                     "<!DOCTYPE a>",
                                     "\"",
                                     "'",
                                     ",",
                                     "\n",
                                     "\r\n",
                                     "\t",
                                     ";",
                                     "\xff",
                                     "\xe5",
                                     "\xf0\x9f\x98\x80",
                                     "\xe2\x80\xae",
                                     "r=\"99999999999\"",
                                     "XFD1048576",
                                     "-1",
                                     "1E308",
                                     "NaN",
                                     "0000000000000000000000000000000000000000000000000",
                                     "2019.1",
                                     "至",
                                     "（",
                                     "身份证号",
                                     "姓名",
                                     "PK\1\2",
                                     "PK\3\4",
                                     "PK\5\6",
                                     "\xff\xff\xff\xff",
                                     "合计",
                                     "sep=;"};

static struct bytes mutated(struct arena *a, struct seed *s, struct bytes from)
{
    size_t room = from.n + 256;
    uint8_t *p = arena_alloc(a, room);
    size_t n = from.n;
    memcpy(p, from.p, n);
    for (uint32_t times = 1 + seed_next(s, 4); times && n; times--) {
        size_t at = seed_next(s, (uint32_t)n);
        const char *piece = PIECES[seed_next(s, (uint32_t)COUNT(PIECES))];
        size_t piece_n = strlen(piece), cut = 1 + seed_next(s, 16);
        switch (seed_next(s, 5)) {
        case 0:
            p[at] ^= (uint8_t)(1u << seed_next(s, 8));
            break;
        case 1:
            p[at] = (uint8_t)seed_next(s, 256);
            break;
        case 2:
            if (n + piece_n > room) break;
            memmove(p + at + piece_n, p + at, n - at);
            memcpy(p + at, piece, piece_n);
            n += piece_n;
            break;
        case 3:
            if (cut > n - at) cut = n - at;
            memmove(p + at, p + at + cut, n - at - cut);
            n -= cut;
            break;
        default:
            if (seed_next(s, 4) == 0) n = at;
        }
    }
    return (struct bytes){p, n};
}

static const char *mutated_text(struct arena *a, struct seed *s, const char *text)
{
    struct bytes b = mutated(a, s, str_bytes(str_from(text)));
    return arena_cstr(a, (struct str){(const char *)b.p, b.n});
}

/* What the other side of the hand-over relies on. */
static enum status look_at_row(void *arg, struct arena *a, const struct import_row *row)
{
    uint32_t *last = arg;
    struct id_number id;
    struct str number = import_value(IMPORT_MEMBER, row, "id_number");
    assert_true(row->row > *last && row->row > row->sheet->heading_row);
    *last = row->row;
    assert_true(number.n == 0 || id_number_parse(number, TODAY, &id) == ID_OK);
    for (size_t i = 0; i < import_fields(IMPORT_MEMBER).n; i++)
        assert_true(row->value[i].p && utf8_valid(row->value[i]));
    for (size_t i = 0; i < row->findings.n; i++) {
        const struct import_finding *f = &row->findings.p[i];
        assert_true(import_field_at(IMPORT_MEMBER, f->field) >= 0 && f->text.n && utf8_valid(f->text));
    }
    for (size_t i = 0; i < row->sheet->columns; i++)
        assert_true(arena_str(a, row->cells[i]).n == row->cells[i].n);
    return ST_OK;
}

static void read_it(struct arena *a, struct bytes file)
{
    struct fault f = {0};
    struct import_summary sum;
    uint32_t last = 0;
    enum status s = import_read(a, &f, IMPORT_MEMBER, file, TODAY, look_at_row, &last, &sum);
    assert_true(s == ST_OK || s == ST_BAD_INPUT);
    assert_true(s == ST_OK ? sum.rows > 0 : f.text[0] != '\0');
}

static enum status look_at_photo(void *arg, struct arena *a, const struct import_photo *p)
{
    (void)arg, (void)a;
    assert_true((p->id_number.n == 0) == (p->refused.n > 0) && utf8_valid(p->name));
    return ST_OK;
}

static void read_photos(struct arena *a, struct seed *s)
{
    const struct book_part parts[] = {{"a/620112198808081011.jpg", STR_INIT("one")},
                                      {"62011219880808102X.jpg", STR_INIT("two")}};
    struct fault f = {0};
    enum status status =
        import_photos(a, &f, mutated(a, s, zip_made(a, parts, COUNT(parts))), TODAY, look_at_photo, NULL);
    assert_true(status == ST_OK || status == ST_BAD_INPUT);
}

static void one_round(struct arena *a, uint64_t number)
{
    struct seed s = {number};
    struct book_made book = {.rows = ROWS, .shared = SHARED};
    switch (number % 5) {
    case 0:
        read_it(a, mutated(a, &s, str_bytes(str_from(CSV))));
        break;
    case 1:
        book.rows = mutated_text(a, &s, ROWS);
        read_it(a, book_made(a, &book));
        break;
    case 2:
        book.shared = mutated_text(a, &s, SHARED);
        read_it(a, book_made(a, &book));
        break;
    case 3:
        read_it(a, mutated(a, &s, book_made(a, &book)));
        break;
    default:
        read_photos(a, &s);
    }
}

static void damaged_files_do_no_damage(void **state)
{
    const char *asked = getenv("ROUNDS");
    int64_t rounds = USUAL_ROUNDS;
    if (asked && !str_int(str_from(asked), &rounds)) rounds = USUAL_ROUNDS;
    for (int64_t i = 0; i < rounds; i++) {
        struct arena *a = arena_new();
        one_round(a, (uint64_t)i);
        arena_free(a);
    }
    (void)state;
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(damaged_files_do_no_damage)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
