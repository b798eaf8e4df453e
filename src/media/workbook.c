#include "media/workbook.h"

#include "base/limits.h"

#include <string.h>

#define DAMAGED        "表格内容已损坏，请用 Excel 或 WPS 打开检查，另存为 .xlsx 后再上传"
#define NOT_ONE        "这不是 Excel 工作簿（.xlsx），请用 Excel 或 WPS 打开后另存为“Excel 工作簿（.xlsx）”再上传"
#define USUAL          "xl/workbook.xml"
#define PATH_MAX_BYTES 512

/* Of a file of relations: the target of the one that is looked for. */
struct relation {
    struct arena *arena;
    struct str id, type; /* either */
    struct str target;
};

static enum status nothing(void *arg, const char *name)
{
    (void)arg, (void)name;
    return ST_OK;
}

static enum status on_relation(void *arg, const char *name, const char **attributes)
{
    struct relation *r = arg;
    struct str type = xml_attribute(attributes, "Type");
    if (strcmp(name, "Relationship") != 0 || r->target.n) return ST_OK;
    if (str_eq(xml_attribute(attributes, "TargetMode"), STR("External"))) return ST_OK;
    bool found = r->id.n ? str_eq(xml_attribute(attributes, "Id"), r->id) : str_ends(type, r->type);
    if (found) r->target = arena_str(r->arena, xml_attribute(attributes, "Target"));
    return ST_OK;
}

/* Beside `part`, as the format wants it: folder/_rels/name.rels. */
static struct str relations_of(struct arena *a, struct str part)
{
    size_t slash = part.n;
    while (slash && part.p[slash - 1] != '/')
        slash--;
    return arena_fmt(a, "%.*s_rels/%.*s.rels", (int)slash, part.p, STR_ARG(str_sub(part, slash, part.n)));
}

/* A target seen from `part`: absolute, or beside it; ../ leads up. */
static struct str resolve(struct arena *a, struct str part, struct str target)
{
    char path[PATH_MAX_BYTES];
    size_t n = 0;
    struct str piece, rest = target;
    if (!str_starts(target, STR("/"))) {
        n = part.n;
        while (n && part.p[n - 1] != '/')
            n--;
        if (n >= sizeof path) return STR("");
        memcpy(path, part.p, n);
    }
    while (rest.n) {
        str_cut(rest, '/', &piece, &rest);
        if (piece.n == 0 || str_eq(piece, STR("."))) continue;
        if (str_eq(piece, STR(".."))) {
            while (n && path[--n] != '/')
                ;
            while (n && path[n - 1] != '/')
                n--;
            continue;
        }
        if (piece.n + 1 > sizeof path - n) return STR("");
        memcpy(path + n, piece.p, piece.n);
        n += piece.n;
        if (rest.n) path[n++] = '/';
    }
    return arena_str(a, (struct str){path, n});
}

/* "" when there is no such relation, or no file of them. */
static enum status find_relation(struct workbook *w, struct fault *f, struct str part, struct relation *r)
{
    static const struct xml_handler HANDLER = {on_relation, nothing, NULL};
    size_t entry;
    enum status s = unzip_find(w->archive, f, relations_of(w->arena, part), &entry);
    if (s == ST_NOT_FOUND) return ST_OK;
    if (s) return s;
    r->arena = w->arena;
    TRY(xml_read(w->arena, w->archive, f, entry, &HANDLER, r));
    r->target = resolve(w->arena, part, str_or_empty(r->target));
    return ST_OK;
}

enum status workbook_part(struct workbook *w, struct fault *f, struct str relation, size_t *ret_entry)
{
    struct relation r = {.id = relation};
    TRY(find_relation(w, f, w->part, &r));
    enum status s = r.target.n ? unzip_find(w->archive, f, r.target, ret_entry) : ST_NOT_FOUND;
    return s == ST_NOT_FOUND ? fail(f, ST_BAD_INPUT, DAMAGED) : s;
}

static bool is_true(struct str s)
{
    return str_eq(s, STR("1")) || str_eq(s, STR("true"));
}

static enum status on_workbook(void *arg, const char *name, const char **attributes)
{
    struct workbook *w = arg;
    if (strcmp(name, "workbookPr") == 0) w->since_1904 = is_true(xml_attribute(attributes, "date1904"));
    if (strcmp(name, "sheet") != 0 || w->n == LIMIT_SHEET_TABS) return ST_OK;
    struct workbook_sheet *s = ARENA_PUSH(w->arena, w);
    struct str state = xml_attribute(attributes, "state");
    s->name = arena_str(w->arena, str_or_empty(xml_attribute(attributes, "name")));
    s->relation = arena_str(w->arena, str_or_empty(xml_attribute(attributes, "id")));
    s->hidden = state.n && !str_eq(state, STR("visible"));
    return ST_OK;
}

static enum status find_workbook(struct workbook *w, struct fault *f, size_t *ret_entry)
{
    struct relation r = {.type = STR("/officeDocument")};
    TRY(find_relation(w, f, STR(""), &r));
    w->part = r.target.n ? r.target : STR(USUAL);
    enum status s = unzip_find(w->archive, f, w->part, ret_entry);
    if (s == ST_NOT_FOUND || !str_ends(w->part, STR(".xml"))) return fail(f, ST_BAD_INPUT, NOT_ONE);
    return s;
}

enum status workbook_open(struct arena *a, struct fault *f, struct bytes file, struct workbook *ret)
{
    static const struct xml_handler HANDLER = {on_workbook, nothing, NULL};
    struct workbook w = {.arena = a};
    size_t entry;
    TRY(unzip_begin(a, f, file, LIMIT_SHEET_UNPACKED, &w.archive));
    TRY(find_workbook(&w, f, &entry));
    TRY(xml_read(a, w.archive, f, entry, &HANDLER, &w));
    if (!w.n) return fail(f, ST_BAD_INPUT, NOT_ONE);
    *ret = w;
    return ST_OK;
}

/* The texts of sharedStrings.xml: of rich text all runs, and not how it is pronounced. */
struct texts {
    struct workbook *book;
    struct fault *fault;
    bool item, text;
    int phonetic;
};

static enum status texts_start(void *arg, const char *name, const char **attributes)
{
    struct texts *t = arg;
    (void)attributes;
    if (strcmp(name, "si") == 0) t->item = true;
    if (strcmp(name, "rPh") == 0) t->phonetic++;
    t->text = t->item && !t->phonetic && strcmp(name, "t") == 0;
    return ST_OK;
}

static enum status texts_end(void *arg, const char *name)
{
    struct texts *t = arg;
    t->text = false;
    if (strcmp(name, "rPh") == 0 && t->phonetic) t->phonetic--;
    if (strcmp(name, "si") != 0) return ST_OK;
    uint32_t end = (uint32_t)t->book->texts.n;
    t->item = false;
    buf_add(&t->book->ends, &end, sizeof end);
    t->book->texts_n++;
    if (!t->book->texts.full && !t->book->ends.full) return ST_OK;
    return fail(t->fault, ST_BAD_INPUT, "表格里的文字太多，请分成几个文件上传");
}

static enum status texts_text(void *arg, struct str piece)
{
    struct texts *t = arg;
    if (t->text) buf_str(&t->book->texts, piece);
    return ST_OK;
}

/* Of styles.xml: what the formats that cells name make of numbers. */
struct styles {
    struct workbook *book;
    bool cells;
    struct {
        LIST(struct {
            int64_t id;
            struct number_format format;
        });
    } own;
};

static struct number_format format_by_id(const struct styles *s, struct str id)
{
    int64_t n;
    if (!str_int(id, &n)) return number_format_built_in(0);
    for (size_t i = 0; i < s->own.n; i++)
        if (s->own.p[i].id == n) return s->own.p[i].format;
    return number_format_built_in(n);
}

static enum status styles_start(void *arg, const char *name, const char **attributes)
{
    struct styles *s = arg;
    struct arena *a = s->book->arena;
    int64_t id;
    if (strcmp(name, "cellXfs") == 0) s->cells = true;
    if (strcmp(name, "numFmt") == 0 && s->own.n < LIMIT_SHEET_FORMATS &&
        str_int(xml_attribute(attributes, "numFmtId"), &id)) {
        __typeof__(s->own.p) own = ARENA_PUSH(a, &s->own);
        own->id = id;
        own->format = number_format_of(xml_attribute(attributes, "formatCode"));
    }
    if (s->cells && strcmp(name, "xf") == 0 && s->book->styles.n < LIMIT_SHEET_STYLES)
        *ARENA_PUSH(a, &s->book->styles) = format_by_id(s, xml_attribute(attributes, "numFmtId"));
    return ST_OK;
}

static enum status styles_end(void *arg, const char *name)
{
    struct styles *s = arg;
    if (strcmp(name, "cellXfs") == 0) s->cells = false;
    return ST_OK;
}

/* Of a part that a workbook may do without. */
static enum status read_part(struct workbook *w, struct fault *f, struct str type,
                             const struct xml_handler *handler, void *arg)
{
    struct relation r = {.type = type};
    size_t entry;
    TRY(find_relation(w, f, w->part, &r));
    if (!r.target.n) return ST_OK;
    enum status s = unzip_find(w->archive, f, r.target, &entry);
    if (s == ST_NOT_FOUND) return ST_OK;
    return s ? s : xml_read(w->arena, w->archive, f, entry, handler, arg);
}

enum status workbook_shared(struct workbook *w, struct fault *f)
{
    static const struct xml_handler TEXTS = {texts_start, texts_end, texts_text},
                                    STYLES = {styles_start, styles_end, NULL};
    struct texts texts = {.book = w, .fault = f};
    struct styles styles = {.book = w};
    buf_init(&w->texts, 4096, LIMIT_SHEET_STRINGS);
    buf_tie(w->arena, &w->texts);
    buf_init(&w->ends, 4096, LIMIT_SHEET_TEXTS * sizeof(uint32_t));
    buf_tie(w->arena, &w->ends);
    TRY(read_part(w, f, STR("/styles"), &STYLES, &styles));
    return read_part(w, f, STR("/sharedStrings"), &TEXTS, &texts);
}

static size_t end_of(const struct workbook *w, size_t at)
{
    uint32_t end;
    memcpy(&end, w->ends.p + at * sizeof end, sizeof end);
    return end;
}

bool workbook_text(const struct workbook *w, int64_t at, struct str *ret)
{
    if (at < 0 || (uint64_t)at >= w->texts_n) return false;
    size_t from = at ? end_of(w, (size_t)at - 1) : 0;
    *ret = (struct str){w->texts.p + from, end_of(w, (size_t)at) - from};
    return true;
}
