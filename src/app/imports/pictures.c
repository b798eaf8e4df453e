#include "app/imports/pictures.h"

#include "app/core/files.h"
#include "app/core/vault.h"
#include "app/imports/photo_zip.h"
#include "app/members/photos.h"
#include "gen/queries.h"

#define PICTURES   20   /* of a transaction */
#define RENEWED    50   /* photos, whatever they are, until the lease is renewed */
#define TOLD_MOST  10   /* of those that are not good, by name */
#define TOLD_BYTES 1500 /* of all that is told */
#define PHOTO_TYPE "image/jpeg"

/* One that can be given to somebody. */
struct picture {
    struct str name, id_number, flaw;
    struct bytes jpeg;
};

struct looking {
    struct ctx *c;
    const struct import_job *job;
    struct str node;
    bool write, lost;
    struct arena *batch; /* of a transaction */
    struct picture pictures[PICTURES];
    size_t n;
    int64_t seen, good; /* seen: of the archive, in its order */
    int64_t bad;
    struct str told; /* in c->arena */
};

static void tell(struct looking *l, struct str name, struct str why)
{
    if (++l->bad > TOLD_MOST || l->told.n > TOLD_BYTES) return;
    l->told = arena_fmt(l->c->arena, "%.*s%s%.*s：%.*s", STR_ARG(l->told), l->told.n ? "；" : "",
                        STR_ARG(name), STR_ARG(why));
}

/* Whose it is; why not, if nobody's. */
static enum status owner_of(struct ctx *c, const struct looking *l, const struct picture *p,
                            struct member_id *ret, struct str *ret_why)
{
    struct import_row_of_key_row row;
    *ret = (struct member_id){0};
    *ret_why = STR("");
    enum status s = q_import_row_of_key(c->db, c->arena, l->job->row.id,
                                        vault_index(c, INDEX_ID_NUMBER, p->id_number), &row);
    if (s == ST_NOT_FOUND) *ret_why = STR("表中没有这个身份证号，或这一行有错");
    if (s) return s == ST_NOT_FOUND ? ST_OK : s;
    *ret = row.member_id;
    if (!str_eq(row.verdict, STR("new"))) *ret_why = STR("已经在册，原来的照片不更换");
    return ST_OK;
}

static enum status give(struct ctx *c, struct looking *l, const struct picture *p)
{
    struct member_id member;
    struct file_id file;
    struct str why;
    TRY(owner_of(c, l, p, &member, &why));
    l->good += why.n == 0;
    if (why.n) tell(l, p->name, why);
    if (why.n || !l->write) return ST_OK;
    TRY(file_store(c, p->jpeg, PHOTO_TYPE, STR("photo.jpg"), &file));
    return q_import_member_set_photo(c->db, member, l->job->row.id, file, p->flaw, NULL);
}

static enum status give_all(struct ctx *c, struct looking *l)
{
    struct import_job job;
    bool ours;
    TRY(app_begin(c));
    TRY(import_job_keep(c, l->job->row.id, l->node, &job, &ours));
    l->lost = !ours || job.step != l->job->step;
    for (size_t i = 0; i < l->n && !l->lost; i++)
        TRY(give(c, l, &l->pictures[i]));
    if (l->lost) {
        app_rollback(c);
        return ST_OK;
    }
    if (l->write) job.row.behind = l->seen;
    TRY(import_job_progress(c, &job.row));
    return app_commit(c);
}

static enum status flush(struct looking *l)
{
    struct ctx c;
    ctx_init(&c, l->c->app, l->batch);
    c.actor = l->c->actor;
    enum status s = give_all(&c, l);
    if (s) l->c->fault = c.fault;
    app_end(&c);
    arena_reset(l->batch);
    l->n = 0;
    return s;
}

static void keep(struct looking *l, const struct import_photo *p, const struct photo_kept *kept)
{
    struct arena *a = l->batch;
    l->pictures[l->n++] = (struct picture){arena_str(a, p->name), arena_str(a, p->id_number),
                                           arena_str(a, kept->flaw), arena_bytes(a, kept->jpeg)};
}

static enum status on_photo(void *looking, struct arena *a, const struct import_photo *p)
{
    struct looking *l = looking;
    struct ctx c;
    if (l->lost) return ST_CONFLICT; /* ends the reading */
    l->seen++;
    if (l->write && l->seen <= l->job->row.behind) return ST_OK;
    if (p->refused.n) {
        tell(l, p->name, p->refused);
        return ST_OK;
    }
    ctx_init(&c, l->c->app, a);
    struct photo_kept kept =
        photo_take(&c, &(struct photo_input){.bytes = p->content, .size = p->content.n, .anyway = true});
    if (kept.jpeg.n)
        keep(l, p, &kept);
    else
        tell(l, p->name, c.problems.n ? c.problems.p[0].text : STR("不能使用"));
    app_end(&c);
    return l->n < PICTURES && l->seen % RENEWED != 0 ? ST_OK : flush(l);
}

static enum status look_through(struct looking *l)
{
    struct ctx *c = l->c;
    struct bytes archive;
    struct fault f = {0};
    TRY(app_read(c));
    TRY(file_read(c, l->job->row.photos_id, &archive));
    app_read_end(c);
    enum status s = import_photos(c->arena, &f, archive, c->today, on_photo, l);
    if (s == ST_OK) s = flush(l);
    if (l->lost) return ST_OK;
    if (s && !c->fault.status) c->fault = f;
    return s;
}

enum status import_pictures_look(struct ctx *c, const struct import_job *job, struct str node,
                                 struct str *ret_told, bool *ret_lost)
{
    struct looking l = {.c = c, .job = job, .node = node, .batch = arena_child(c->arena), .told = STR("")};
    *ret_told = STR("");
    *ret_lost = false;
    if (!job->row.photos_id.v) return ST_OK;
    TRY(look_through(&l));
    *ret_lost = l.lost;
    *ret_told = arena_fmt(c->arena, "照片 %ld 张可以导入", (long)l.good);
    if (l.bad)
        *ret_told = arena_fmt(c->arena, "%.*s，%ld 张不会导入：%.*s%s", STR_ARG(*ret_told), (long)l.bad,
                              STR_ARG(l.told), l.bad > TOLD_MOST ? "……" : "");
    return ST_OK;
}

enum status import_pictures_write(struct ctx *c, const struct import_job *job, struct str node,
                                  bool *ret_over)
{
    struct looking l = {
        .c = c, .job = job, .node = node, .write = true, .batch = arena_child(c->arena), .told = STR("")};
    *ret_over = false;
    TRY(look_through(&l));
    *ret_over = !l.lost;
    return ST_OK;
}
