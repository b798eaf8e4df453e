#include "app/core/files.h"

#include "app/core/upgrade.h"
#include "app/core/vault.h"
#include "base/limits.h"
#include "gen/queries.h"

#include <string.h>

#define CHUNKS_AT_ONCE 2 /* in memory, beside the file itself */

static struct seal_place chunk_place(struct bytes uid, int64_t position)
{
    return PLACE_AT("file_chunk", "content_sealed", uid, position);
}

/* As chunks were sealed before design.md 31: any of a file's for any other. */
static struct seal_place first_place(struct bytes uid, int64_t position)
{
    (void)position;
    return PLACE("file_chunk", "content_sealed", uid);
}

typedef enum status put_chunk_fn(struct db_conn *db, struct file_id file, int64_t position,
                                 struct bytes content_sealed, int64_t *ret_rows);

static enum status put_chunks(struct ctx *c, struct file_id id, struct bytes uid, struct bytes content,
                              put_chunk_fn *put)
{
    int64_t position = 0;
    enum status s = ST_OK;
    struct arena *scratch = arena_child(c->arena);
    for (size_t at = 0; at < content.n && s == ST_OK; at += LIMIT_FILE_CHUNK, position++) {
        size_t n = content.n - at < LIMIT_FILE_CHUNK ? content.n - at : LIMIT_FILE_CHUNK;
        struct bytes sealed =
            seal(c->app->keys, scratch, chunk_place(uid, position), (struct bytes){content.p + at, n});
        s = put(c->db, id, position, sealed, NULL);
        arena_reset(scratch);
    }
    return s;
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
    if (bytes_eq(made.uid, uid)) TRY(put_chunks(c, made.id, uid, content, q_file_chunk_insert));
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

typedef struct seal_place place_fn(struct bytes uid, int64_t position);

/* A file while it is read: what lies in `all` so far. */
struct reading {
    const struct file_full *file;
    place_fn *place;
    int64_t chunks;
    uint8_t *all;
    size_t n;
};

/* The next of its chunks, as far as they go. */
static enum status read_some(struct ctx *c, struct arena *scratch, struct reading *r, bool *ret_more)
{
    struct file_chunks_rows chunks;
    size_t size = (size_t)r->file->size;
    TRY(q_file_chunks(c->db, scratch, r->file->id, r->chunks, CHUNKS_AT_ONCE, &chunks));
    for (size_t i = 0; i < chunks.n; i++) {
        struct str part;
        TRY(unseal_text(c->app->keys, scratch, r->place(r->file->uid, r->chunks++),
                        chunks.p[i].content_sealed, &c->fault, &part));
        if (part.n > size - r->n) return fail_detail(&c->fault, ST_BROKEN, "chunks of a file are too long");
        if (part.n) memcpy(r->all + r->n, part.p, part.n);
        r->n += part.n;
    }
    *ret_more = chunks.n == CHUNKS_AT_ONCE;
    return ST_OK;
}

static enum status read_chunks(struct ctx *c, struct reading *r)
{
    struct arena *scratch = arena_child(c->arena);
    for (bool more = true; more; arena_reset(scratch))
        TRY(read_some(c, scratch, r, &more));
    return ST_OK;
}

/* All of it, of the length and with the digest that it was stored with. */
static enum status read_whole(struct ctx *c, const struct file_full *file, place_fn *place, struct bytes *ret)
{
    if (file->size < 0 || file->size > (int64_t)LIMIT_FILE_BYTES)
        return fail_detail(&c->fault, ST_BROKEN, "size of a file");
    struct reading r = {file, place, 0, arena_alloc(c->arena, (size_t)file->size + 1), 0};
    TRY(read_chunks(c, &r));
    if (r.n != (size_t)file->size) return fail_detail(&c->fault, ST_BROKEN, "chunks of a file are missing");
    if (!bytes_eq(sha256_of(c->arena, (struct bytes){r.all, r.n}), file->sha256))
        return fail_detail(&c->fault, ST_BROKEN, "a file is not what was stored");
    *ret = (struct bytes){r.all, r.n};
    return ST_OK;
}

enum status file_read(struct ctx *c, struct file_id id, struct bytes *ret)
{
    struct file_full file;
    enum status s = q_file_by_id(c->db, c->arena, id, &file);
    if (s == ST_NOT_FOUND) return not_found(c);
    if (s) return s;
    return read_whole(c, &file, chunk_place, ret);
}

#define FILES_AT_ONCE 4 /* each may be as large as LIMIT_FILE_BYTES */

/* One that does not check stays as it is: doctor names it, and the others are not held up by it. */
static enum status reseal(struct ctx *c, int64_t *at, bool *ret_more)
{
    struct file_fulls files;
    TRY(q_files_behind(c->db, c->arena, (struct file_id){*at}, FILES_AT_ONCE, &files));
    for (size_t i = 0; i < files.n; i++) {
        const struct file_full *file = &files.p[i];
        struct bytes content;
        *at = file->id.v;
        enum status s = read_whole(c, file, first_place, &content);
        if (s == ST_OK) s = put_chunks(c, file->id, file->uid, content, q_file_chunk_reseal);
        if (s != ST_OK && s != ST_BROKEN) return s;
    }
    *ret_more = files.n == FILES_AT_ONCE;
    return ST_OK;
}

enum status files_upgrade(struct ctx *c, bool *ret_more)
{
    return upgrade_step(c, "file_chunk.content_sealed", reseal, ret_more);
}

static enum status look_at_some(struct ctx *c, int64_t *behind, struct sealed_wrong *wrong, bool *ret_more)
{
    struct file_fulls files;
    struct bytes content;
    TRY(q_files_behind(c->db, c->arena, (struct file_id){*behind}, FILES_AT_ONCE, &files));
    for (size_t i = 0; i < files.n; i++) {
        *behind = files.p[i].id.v;
        TRY(sealed_look(c, wrong, "file", *behind, read_whole(c, &files.p[i], chunk_place, &content)));
    }
    *ret_more = files.n == FILES_AT_ONCE;
    return ST_OK;
}

enum status look_at_files(struct ctx *c, struct str *ret_wrong)
{
    return check_sealed(c, look_at_some, ret_wrong);
}
