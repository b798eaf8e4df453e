#include "app/core/files.h"

#include "app/core/vault.h"
#include "base/limits.h"
#include "gen/queries.h"

#include <string.h>

static enum status store_chunks(struct ctx *c, struct file_id id, struct bytes uid, struct bytes content)
{
    int64_t position = 0;
    for (size_t at = 0; at < content.n; at += LIMIT_FILE_CHUNK, position++) {
        size_t n = content.n - at < LIMIT_FILE_CHUNK ? content.n - at : LIMIT_FILE_CHUNK;
        struct bytes sealed = seal(c->app->keys, c->arena, PLACE("file_chunk", "content_sealed", uid),
                                   (struct bytes){content.p + at, n});
        TRY(q_file_chunk_insert(c->db, id, position, sealed, NULL));
    }
    return ST_OK;
}

enum status file_store(struct ctx *c, struct bytes content, const char *type, struct str name,
                       struct file_id *ret)
{
    if (content.n > LIMIT_FILE_BYTES) return fail(&c->fault, ST_TOO_LARGE, "文件太大");
    struct bytes hash = sha256_of(c->arena, content), uid = uid_new(c->arena);
    struct file_insert_row made;
    TRY(q_file_insert(
        c->db, c->arena,
        &(struct file_insert_in){uid, hash, (int64_t)content.n, str_from(type), name, c->now_ms}, &made));
    if (bytes_eq(made.uid, uid)) TRY(store_chunks(c, made.id, uid, content));
    *ret = made.id;
    return ST_OK;
}

enum status file_release(struct ctx *c, struct file_id id)
{
    int64_t held;
    struct files_unlinked_rows found;
    if (!id.v) return ST_OK;
    TRY(q_file_hold_old(c->db, id, INT64_MAX, &held)); /* whoever links it is done, or waits */
    if (held == 0) return ST_OK;
    TRY(q_files_unlinked(c->db, c->arena, INT64_MAX, id, id, 1, &found));
    if (found.n == 0) return ST_OK;
    TRY(q_file_chunks_delete(c->db, id, NULL));
    return q_file_delete(c->db, id, NULL);
}

enum status file_read(struct ctx *c, struct file_id id, struct bytes *ret)
{
    struct file_by_id_row file;
    struct file_chunks_rows chunks;
    enum status s = q_file_by_id(c->db, c->arena, id, &file);
    if (s == ST_NOT_FOUND) return not_found(c);
    if (s) return s;
    if (file.size < 0 || file.size > (int64_t)LIMIT_FILE_BYTES)
        return fail_detail(&c->fault, ST_BROKEN, "size of a file");
    TRY(q_file_chunks(c->db, c->arena, id, &chunks));
    uint8_t *all = arena_alloc(c->arena, (size_t)file.size + 1);
    size_t n = 0;
    for (size_t i = 0; i < chunks.n; i++) {
        struct str part;
        TRY(vault_open(c, PLACE("file_chunk", "content_sealed", file.uid), chunks.p[i].content_sealed,
                       &part));
        if (part.n > (size_t)file.size - n)
            return fail_detail(&c->fault, ST_BROKEN, "chunks of a file are too long");
        if (part.n) memcpy(all + n, part.p, part.n);
        n += part.n;
    }
    if (n != (size_t)file.size) return fail_detail(&c->fault, ST_BROKEN, "chunks of a file are missing");
    *ret = (struct bytes){all, n};
    return ST_OK;
}
