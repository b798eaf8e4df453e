#include "media/unzip.h"

#include "base/limits.h"
#include "base/utf8.h"
#include "media/charset.h"

#include <string.h>
#include <strings.h>

#include <zip.h>

#define DAMAGED "文件不完整或已损坏，请在电脑上打开检查后重新保存，再上传"

struct unzip {
    zip_t *archive;
    struct str *names;
    size_t n;
    uint64_t left; /* that may still be unpacked */
};

struct unzip_entry {
    struct unzip *archive;
    zip_file_t *file;
};

static void discard(void *what)
{
    zip_discard(what);
}

static void close_entry(void *what)
{
    zip_fclose(what);
}

static struct str name_of(struct arena *a, const char *raw)
{
    struct str s = str_from(raw);
    if (!utf8_valid(s)) s = charset_utf8(a, "GB18030", s);
    char *p = arena_cstr(a, s);
    for (size_t i = 0; i < s.n; i++)
        if (p[i] == '\\') p[i] = '/';
    s.p = p;
    while (s.n && s.p[0] == '/')
        s = str_sub(s, 1, s.n);
    return s;
}

static enum status read_names(struct arena *a, struct fault *f, struct unzip *z)
{
    z->names = ARENA_ARRAY(a, z->n, struct str);
    for (size_t i = 0; i < z->n; i++) {
        const char *raw = zip_get_name(z->archive, i, ZIP_FL_ENC_RAW);
        if (!raw || strlen(raw) > LIMIT_ZIP_NAME) return fail(f, ST_BAD_INPUT, DAMAGED);
        z->names[i] = name_of(a, raw);
    }
    return ST_OK;
}

static zip_t *open_archive(struct bytes file)
{
    zip_source_t *source = zip_source_buffer_create(file.p, file.n, 0, NULL);
    if (!source) memory_gone();
    zip_t *archive = zip_open_from_source(source, ZIP_RDONLY, NULL);
    if (!archive) zip_source_free(source);
    return archive;
}

enum status unzip_begin(struct arena *a, struct fault *f, struct bytes file, uint64_t most,
                        struct unzip **ret)
{
    struct unzip *z = ARENA_NEW(a, struct unzip);
    z->archive = open_archive(file);
    if (!z->archive) return fail(f, ST_BAD_INPUT, DAMAGED);
    arena_defer(a, discard, z->archive);
    zip_int64_t n = zip_get_num_entries(z->archive, 0);
    if (n < 0) return fail(f, ST_BAD_INPUT, DAMAGED);
    if (n > LIMIT_ZIP_ENTRIES)
        return fail(f, ST_BAD_INPUT, "压缩包里的文件太多，最多 %d 个，请分开上传", LIMIT_ZIP_ENTRIES);
    z->n = (size_t)n;
    z->left = most;
    TRY(read_names(a, f, z));
    *ret = z;
    return ST_OK;
}

size_t unzip_count(const struct unzip *z)
{
    return z->n;
}

struct str unzip_name(const struct unzip *z, size_t at)
{
    return z->names[at];
}

enum status unzip_find(const struct unzip *z, struct fault *f, struct str name, size_t *ret_at)
{
    size_t at = z->n;
    for (size_t i = 0; i < z->n; i++) {
        if (z->names[i].n != name.n || strncasecmp(z->names[i].p, name.p, name.n) != 0) continue;
        if (at < z->n) return fail(f, ST_BAD_INPUT, DAMAGED);
        at = i;
    }
    if (at == z->n) return ST_NOT_FOUND;
    *ret_at = at;
    return ST_OK;
}

enum status unzip_open(struct arena *a, struct unzip *z, struct fault *f, size_t at, struct unzip_entry **ret)
{
    zip_stat_t stat;
    if (zip_stat_index(z->archive, at, 0, &stat) != 0) return fail(f, ST_BAD_INPUT, DAMAGED);
    if (stat.encryption_method != ZIP_EM_NONE)
        return fail(f, ST_BAD_INPUT, "文件加了密码，请去掉密码后重新保存，再上传");
    if (stat.comp_method != ZIP_CM_STORE && stat.comp_method != ZIP_CM_DEFLATE)
        return fail(f, ST_BAD_INPUT, "文件的压缩方式不能读取，请用普通 ZIP 方式重新保存，再上传");
    struct unzip_entry *e = ARENA_NEW(a, struct unzip_entry);
    *e = (struct unzip_entry){z, zip_fopen_index(z->archive, at, 0)};
    if (!e->file) return fail(f, ST_BAD_INPUT, DAMAGED);
    arena_defer(a, close_entry, e->file);
    *ret = e;
    return ST_OK;
}

enum status unzip_read(struct unzip_entry *e, struct fault *f, char *to, size_t size, size_t *ret_n)
{
    zip_int64_t n = zip_fread(e->file, to, size);
    if (n < 0) return fail(f, ST_BAD_INPUT, DAMAGED);
    if ((uint64_t)n > e->archive->left) {
        e->archive->left = 0;
        return fail(f, ST_BAD_INPUT, "文件解压后太大，请只保留需要的内容，分成几个文件上传");
    }
    e->archive->left -= (uint64_t)n;
    *ret_n = (size_t)n;
    return ST_OK;
}
