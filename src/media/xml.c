#include "media/xml.h"

#include "base/limits.h"

#include <stdlib.h>
#include <string.h>

#include <expat.h>

#define PIECE   (64 << 10)
#define DAMAGED "表格内容已损坏，请用 Excel 或 WPS 打开检查，另存为 .xlsx 后再上传"

struct reading {
    XML_Parser parser;
    const struct xml_handler *handler;
    void *arg;
    struct fault *fault;
    enum status status; /* the first that was not ST_OK */
    size_t quiet, depth;
};

/* What the parser that works on this thread may still take: its allocator is told nothing but a size. */
static _Thread_local size_t room;

struct piece {
    size_t size;
    _Alignas(16) unsigned char memory[];
};

static void *take(size_t size)
{
    struct piece *p = size < room && sizeof *p <= room - size ? malloc(sizeof *p + size) : NULL;
    if (!p) return NULL;
    room -= sizeof *p + size;
    p->size = size;
    return p->memory;
}

static struct piece *piece_of(void *memory)
{
    return (struct piece *)(void *)((unsigned char *)memory - offsetof(struct piece, memory));
}

static void give_back(void *memory)
{
    if (!memory) return;
    struct piece *p = piece_of(memory);
    room += sizeof *p + p->size;
    free(p);
}

static void *take_anew(void *memory, size_t size)
{
    if (!memory) return take(size);
    struct piece *p = piece_of(memory);
    if (size > p->size && size - p->size > room) return NULL;
    size_t before = p->size;
    p = realloc(p, sizeof *p + size);
    if (!p) return NULL;
    room = room + before - size;
    p->size = size;
    return p->memory;
}

static void stop(struct reading *r, enum status s)
{
    if (r->status == ST_OK) r->status = s;
    XML_StopParser(r->parser, XML_FALSE);
}

static void went_on(struct reading *r, enum status s)
{
    r->quiet = 0;
    if (s != ST_OK) stop(r, s);
}

static const char *local_name(const char *name)
{
    const char *colon = strrchr(name, ':');
    return colon ? colon + 1 : name;
}

static void XMLCALL on_start(void *data, const char *name, const char **attributes)
{
    struct reading *r = data;
    if (r->status != ST_OK) return;
    if (++r->depth > LIMIT_SHEET_DEPTH) {
        stop(r, fail(r->fault, ST_BAD_INPUT, DAMAGED));
        return;
    }
    went_on(r, r->handler->start(r->arg, local_name(name), attributes));
}

static void XMLCALL on_end(void *data, const char *name)
{
    struct reading *r = data;
    if (r->status != ST_OK) return;
    r->depth--;
    went_on(r, r->handler->end(r->arg, local_name(name)));
}

static void XMLCALL on_text(void *data, const char *p, int n)
{
    struct reading *r = data;
    if (r->status != ST_OK) return;
    went_on(r, r->handler->text ? r->handler->text(r->arg, (struct str){p, (size_t)n}) : ST_OK);
}

static void XMLCALL on_document_type(void *data, const char *name, const char *system, const char *public,
                                     int internal)
{
    struct reading *r = data;
    (void)name, (void)system, (void)public, (void)internal;
    stop(r, fail(r->fault, ST_BAD_INPUT,
                 "表格里有不允许的内容（DTD），请用 Excel 或 WPS 另存为 .xlsx 后再上传"));
}

static void end(void *what)
{
    XML_ParserFree(what);
}

static void begin(struct arena *a, struct reading *r)
{
    static const XML_Memory_Handling_Suite MEMORY = {take, take_anew, give_back};
    room = LIMIT_SHEET_XML;
    r->parser = XML_ParserCreate_MM(NULL, &MEMORY, NULL);
    if (!r->parser) memory_gone();
    arena_defer(a, end, r->parser);
    XML_SetUserData(r->parser, r);
    XML_SetElementHandler(r->parser, on_start, on_end);
    XML_SetCharacterDataHandler(r->parser, on_text);
    XML_SetStartDoctypeDeclHandler(r->parser, on_document_type);
}

static enum status feed(struct reading *r, const char *p, size_t n)
{
    r->quiet += n;
    if (XML_Parse(r->parser, p, (int)n, n == 0) == XML_STATUS_ERROR)
        return r->status != ST_OK ? r->status : fail(r->fault, ST_BAD_INPUT, DAMAGED);
    if (r->quiet > LIMIT_SHEET_QUIET) return fail(r->fault, ST_BAD_INPUT, DAMAGED);
    return ST_OK;
}

enum status xml_read(struct arena *a, struct unzip *z, struct fault *f, size_t entry,
                     const struct xml_handler *handler, void *arg)
{
    struct arena *work = arena_child(a);
    struct reading r = {.handler = handler, .arg = arg, .fault = f};
    struct unzip_entry *e;
    char *piece = arena_alloc(work, PIECE);
    size_t n = 1;
    enum status s = unzip_open(work, z, f, entry, &e);
    if (s == ST_OK) begin(work, &r);
    while (s == ST_OK && n) {
        s = unzip_read(e, f, piece, PIECE, &n);
        if (s == ST_OK) s = feed(&r, piece, n);
    }
    arena_reset(work);
    return s;
}

struct str xml_attribute(const char **attributes, const char *name)
{
    for (size_t i = 0; attributes[i]; i += 2)
        if (strcmp(local_name(attributes[i]), name) == 0) return str_from(attributes[i + 1]);
    return STR_NONE;
}
