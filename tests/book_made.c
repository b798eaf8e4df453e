#include "book_made.h"

#include <stdlib.h>

#include <zip.h>

#define MAIN "xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\""
#define RELS "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
#define HEAD "<?xml version=\"1.0\" encoding=\"UTF-8\"?>"

static void must(bool done)
{
    if (!done) abort();
}

struct bytes zip_made(struct arena *a, const struct book_part *parts, size_t n)
{
    zip_source_t *made = zip_source_buffer_create(NULL, 0, 0, NULL);
    zip_t *z = zip_open_from_source(made, ZIP_CREATE | ZIP_TRUNCATE, NULL);
    must(z);
    zip_source_keep(made);
    for (size_t i = 0; i < n; i++) {
        zip_source_t *content = zip_source_buffer(z, parts[i].content.p, parts[i].content.n, 0);
        must(zip_file_add(z, parts[i].name, content, ZIP_FL_ENC_UTF_8) >= 0);
    }
    must(zip_close(z) == 0 && zip_source_open(made) == 0);
    zip_source_seek(made, 0, SEEK_END);
    size_t size = (size_t)zip_source_tell(made);
    zip_source_seek(made, 0, SEEK_SET);
    uint8_t *p = arena_alloc(a, size);
    must(zip_source_read(made, p, size) == (zip_int64_t)size);
    zip_source_close(made);
    zip_source_free(made);
    return (struct bytes){p, size};
}

static const char ROOT[] = HEAD
    "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship "
    "Id=\"rId1\" Type=\"" RELS "/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>";

static const char PARTS[] =
    HEAD "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">"
         "<Relationship Id=\"rId1\" Type=\"" RELS "/worksheet\" Target=\"worksheets/sheet1.xml\"/>"
         "<Relationship Id=\"rId2\" Type=\"" RELS "/styles\" Target=\"styles.xml\"/>"
         "<Relationship Id=\"rId3\" Type=\"" RELS "/sharedStrings\" Target=\"/xl/sharedStrings.xml\"/>"
         "<Relationship Id=\"rId4\" Type=\"" RELS
         "/externalLink\" Target=\"worksheets/sheet1.xml\" TargetMode=\"External\"/></Relationships>";

static const char STYLES[] =
    HEAD "<styleSheet " MAIN
         "><numFmts><numFmt numFmtId=\"176\" formatCode=\"yyyy&quot;年&quot;m&quot;月&quot;\"/>"
         "</numFmts><cellStyleXfs><xf numFmtId=\"14\"/></cellStyleXfs><cellXfs><xf numFmtId=\"0\"/>"
         "<xf numFmtId=\"14\"/><xf numFmtId=\"176\"/><xf numFmtId=\"2\"/><xf "
         "numFmtId=\"49\"/></cellXfs></styleSheet>";

struct bytes book_made(struct arena *a, const struct book_made *m)
{
    struct str workbook = arena_fmt(a,
                                    HEAD "<workbook " MAIN " xmlns:r=\"" RELS
                                         "\"><sheets><sheet name=\"%s\" sheetId=\"1\" r:id=\"rId1\"/>"
                                         "</sheets></workbook>",
                                    m->name ? m->name : "名单");
    struct str sheet = arena_fmt(a, HEAD "<worksheet " MAIN "><sheetData>%s</sheetData></worksheet>",
                                 m->rows ? m->rows : "");
    struct str shared = arena_fmt(a, HEAD "<sst " MAIN ">%s</sst>", m->shared ? m->shared : "");
    const struct book_part parts[] = {
        {"_rels/.rels", str_from(ROOT)},
        {"xl/workbook.xml", m->workbook ? str_from(m->workbook) : workbook},
        {"xl/_rels/workbook.xml.rels", str_from(PARTS)},
        {"xl/worksheets/sheet1.xml", m->sheet ? str_from(m->sheet) : sheet},
        {"xl/sharedStrings.xml", shared},
        {"xl/styles.xml", str_from(STYLES)},
    };
    return zip_made(a, parts, sizeof parts / sizeof *parts);
}
