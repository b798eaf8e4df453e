#include "app/ops/keys_desk.h"

#include "app/core/settings.h"
#include "app/core/temporary.h"
#include "app/core/trail.h"
#include "base/limits.h"
#include "media/pdf.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define SUM_DIGITS 16

struct str app_keys_sum(struct ctx *c)
{
    return str_sub(keys_check_value(c->app->keys, c->arena), 0, SUM_DIGITS);
}

static enum status write_file(struct ctx *c, const char *path, struct bytes pdf, struct str text)
{
    int fd;
    TRY(file_create(&c->fault, path, &fd));
    bool whole = write(fd, pdf.p, pdf.n) == (ssize_t)pdf.n && write(fd, text.p, text.n) == (ssize_t)text.n &&
                 write(fd, "%%EOF\n", 6) == 6 && fsync(fd) == 0;
    int error = errno;
    whole = close(fd) == 0 && whole;
    if (whole) return ST_OK;
    unlink(path);
    return fail(&c->fault, ST_UNAVAILABLE, "%s can't be written: %s", path, strerror(error));
}

enum status app_keys_export(struct ctx *c, const char *path)
{
    struct bytes pdf;
    TRY(app_read(c));
    struct str text = keys_text(c->app->keys, c->arena);
    struct pdf_keys form = {.association = c->settings->association,
                            .id = keys_id(c->app->keys),
                            .master = str_trim(str_sub(text, text.n - 2 * KEY_SIZE - 1, text.n)),
                            .sum = app_keys_sum(c),
                            .text = text,
                            .date = c->today};
    TRY(pdf_keys(c->arena, &c->fault, &form, &pdf));
    TRY(write_file(c, path, pdf, text));
    return audit_add_alone(c, &(struct audit_note){.event = "system.keys_export"});
}

static enum status read_copy(struct ctx *c, const char *path, struct str *ret)
{
    struct bytes all;
    struct stat st;
    if (stat(path, &st) != 0) return fail(&c->fault, ST_NOT_FOUND, "%s: %s", path, strerror(errno));
    if (!S_ISREG(st.st_mode) || st.st_size <= 0 || st.st_size > (off_t)LIMIT_FILE_BYTES)
        return fail(&c->fault, ST_BROKEN, "%s is no copy of a key file", path);
    TRY(file_map(c->arena, &c->fault, path, &all));
    *ret = (struct str){(const char *)all.p, all.n};
    return ST_OK;
}

enum status app_keys_check(struct ctx *c, const char *path)
{
    struct str text;
    struct keys *copy;
    TRY(read_copy(c, path, &text));
    if (keys_find(text, &c->fault, &copy) != ST_OK)
        return fail(&c->fault, ST_BROKEN, "%s is no whole copy of a key file: make a new one", path);
    bool same = str_eq(keys_check_value(copy, c->arena), keys_check_value(c->app->keys, c->arena)) &&
                str_eq(keys_id(copy), keys_id(c->app->keys));
    keys_free(copy);
    if (!same) return fail(&c->fault, ST_CONFLICT, "%s is a copy of other keys than this database's", path);
    return audit_add_alone(c, &(struct audit_note){.event = "system.keys_checked"});
}
