#include "app/core/trail.h"

#include "app/core/chain.h"
#include "app/core/mark.h"
#include "app/core/vault.h"
#include "gen/queries.h"

enum status audit_add_alone(struct ctx *c, const struct audit_note *note)
{
    TRY(app_begin(c));
    TRY(audit_add(c, note));
    return app_commit(c);
}

#define VERIFY_ROWS 500

/* How far the walk is. */
struct walk {
    struct head at;
    bool over;
    int64_t bad;
};

static enum status check_row(struct ctx *c, struct arena *scratch, const struct audit_full *row,
                             struct walk *w)
{
    struct audit_detail_of_row detail = {0};
    enum status s = q_audit_detail_of(c->db, scratch, row->number, &detail);
    if (s != ST_OK && s != ST_NOT_FOUND) return s;
    bool detail_good = bytes_eq(sha256_of(scratch, detail.detail_sealed), row->digest);
    struct bytes before = {w->at.mac, MAC_SIZE};
    if (row->number != w->at.number + 1 || !detail_good ||
        !bytes_eq(chain_mac(c->app, scratch, row, before), row->mac) ||
        !head_set(&w->at, row->number, row->mac))
        w->bad = w->at.number + 1;
    return ST_OK;
}

static enum status check_rows(struct ctx *c, struct arena *scratch, struct walk *w)
{
    struct audit_fulls rows;
    TRY(q_audit_after(c->db, scratch, w->at.number, VERIFY_ROWS, &rows));
    for (size_t i = 0; i < rows.n && !w->bad; i++)
        TRY(check_row(c, scratch, &rows.p[i], w));
    w->over = rows.n < VERIFY_ROWS;
    return ST_OK;
}

static enum status walk_on(struct ctx *c, struct arena *scratch, const struct head *newest, struct walk *w,
                           audit_progress_fn *progress, void *arg)
{
    while (!w->over && !w->bad) {
        arena_reset(scratch);
        TRY(check_rows(c, scratch, w));
        if (progress) progress(arg, w->at.number, newest->number);
    }
    if (!w->bad && (newest->number != w->at.number || !mac_same(newest->mac, w->at.mac)))
        w->bad = w->at.number + 1;
    return ST_OK;
}

enum status app_audit_walk(struct ctx *c, audit_progress_fn *progress, void *arg, int64_t *ret_rows,
                           int64_t *ret_bad)
{
    struct head newest;
    struct walk w = {0};
    TRY(app_read(c));
    TRY(head_newest(c, &newest));
    head_set(&w.at, 0, chain_root(c->app, c->arena));
    struct arena *scratch = arena_new();
    enum status s = walk_on(c, scratch, &newest, &w, progress, arg);
    arena_free(scratch);
    if (s) return s;
    *ret_rows = w.at.number;
    *ret_bad = w.bad;
    return ST_OK;
}

enum status app_audit_mark(struct ctx *c, struct str *ret_wrong)
{
    struct mark_seen seen;
    app_read_end(c);
    mark_look(c->app->mark, c->arena, &seen);
    TRY(app_read(c));
    return mark_judge(c, c->app->mark, &seen, ret_wrong);
}

enum status app_audit_head(struct ctx *c, struct head *ret)
{
    TRY(app_read(c));
    return head_newest(c, ret);
}

enum status app_audit_find(struct ctx *c, const struct head *h, enum head_found *ret)
{
    TRY(app_read(c));
    return head_find(c, h, ret);
}

enum status app_audit_accept(struct ctx *c, struct str reason)
{
    struct mark_seen seen;
    struct head newest;
    mark_look(c->app->mark, c->arena, &seen);
    struct str before = seen.how == ST_OK ? head_text(c->arena, &seen.head) : STR("none");
    TRY(audit_add_alone(c, &(struct audit_note){
                               .event = "system.accept_head",
                               .note = arena_fmt(c->arena, "%.*s (%.*s)", STR_ARG(reason), STR_ARG(before)),
                           }));
    TRY(app_audit_head(c, &newest));
    app_read_end(c);
    return mark_put(c->app->mark, &newest, &c->fault);
}
