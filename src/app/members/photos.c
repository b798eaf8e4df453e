#include "app/members/photos.h"

#include "app/access/limits.h"
#include "app/core/files.h"
#include "app/core/settings.h"
#include "base/limits.h"
#include "crypto/token.h"
#include "domain/required.h"
#include "gen/queries.h"
#include "media/photo.h"

#define PURPOSE "kept photo"

/* What an association finds good enough; the rest is the form's own promise. */
static struct photo_rules rules_of(const struct settings *s)
{
    struct photo_rules rules = photo_rules_default;
    rules.white_min = (int)s->photo_white_min;
    rules.white_spread = (int)s->photo_white_spread;
    rules.background_percent = (int)s->photo_background_percent;
    rules.background_deviation = (int)s->photo_background_deviation;
    rules.blank_percent = (int)s->photo_blank_percent;
    rules.colour_spread = (int)s->photo_colour_spread;
    rules.colour_percent = (int)s->photo_colour_percent;
    rules.sharpness = (int)s->photo_sharpness;
    return rules;
}

struct photo_kept photo_take(struct ctx *c, const struct photo_input *in)
{
    struct photo_kept kept = {.flaw = STR("")};
    if (in->size == 0) return kept;
    struct photo_result result = {0};
    struct photo_rules rules = rules_of(c->settings);
    if (in->size > rules.max_bytes) {
        problem_add(&c->problems, "photo", "照片有 %ld KB，不能超过 150 KB（153600 字节），请压缩后再上传",
                    (long)((in->size + 1023) / 1024));
        return kept;
    }
    photo_check(c->arena, in->bytes, &rules, &result);
    if (result.code == PHOTO_OK || result.soft) kept.jpeg = result.jpeg;
    if (result.soft) kept.flaw = result.text;
    if (result.soft && !in->anyway) photo_flaw_problem(c, result.text);
    if (result.code != PHOTO_OK && !result.soft)
        problem_add(&c->problems, "photo", "%.*s", STR_ARG(result.text));
    return kept;
}

void photo_flaw_problem(struct ctx *c, struct str flaw)
{
    problem_add(&c->problems, "photo", "%.*s", STR_ARG(flaw));
    problem_add(&c->problems, "photo_anyway", "请更换照片；如确认无误，可勾选后提交");
}

void photo_require(struct ctx *c, bool there)
{
    required_check(&c->problems, c->settings->required, REQUIRED_PHOTO, there);
}

enum status photo_store(struct ctx *c, struct bytes jpeg, const char *kind, struct str subject, int64_t most,
                        struct file_id *ret)
{
    TRY(limit_take(c, &(struct limit){kind, subject, most, HOUR_MS}, NULL));
    return file_store(c, jpeg, "image/jpeg", STR("photo.jpg"), ret);
}

/* What every token of this account about this person begins with. */
static struct str token_head(struct ctx *c, struct member_id about)
{
    return arena_fmt(c->arena, "%ld %ld ", (long)c->actor.account.v, (long)about.v);
}

bool photo_kept_read(struct ctx *c, struct member_id about, struct str token, struct photo_kept *ret)
{
    struct str text, file, head = token_head(c, about);
    struct photo_kept kept = {0};
    if (!signed_read(c->app->keys, c->arena, PURPOSE, token, &text) || !str_starts(text, head)) return false;
    if (!str_cut(str_sub(text, head.n, text.n), ' ', &file, &kept.flaw)) return false;
    if (!str_int(file, &kept.file.v)) return false;
    *ret = kept;
    return true;
}

static enum status take_kept(struct ctx *c, struct member_id about, struct photo_input *in,
                             struct photo_kept *ret)
{
    struct photo_kept kept;
    struct file_full file;
    enum status s = ST_NOT_FOUND;
    if (photo_kept_read(c, about, in->kept, &kept)) s = q_file_by_id(c->db, c->arena, kept.file, &file);
    if (s == ST_NOT_FOUND) {
        problem_add(&c->problems, "photo", "刚才的照片没有保存下来，请重新选择");
        in->kept = STR_NONE;
        return ST_OK;
    }
    if (s) return s;
    if (kept.flaw.n && !in->anyway) photo_flaw_problem(c, kept.flaw);
    *ret = kept;
    return ST_OK;
}

enum status photo_take_again(struct ctx *c, struct member_id about, struct photo_input *in,
                             struct photo_kept *ret)
{
    *ret = photo_take(c, in);
    return in->size == 0 && in->kept.n ? take_kept(c, about, in, ret) : ST_OK;
}

static enum status kept_before(struct ctx *c, struct member_id about, struct file_id *ret)
{
    struct kept_photo_of_unscoped_row row = {{0}};
    enum status s = q_kept_photo_of_unscoped(c->db, c->arena, c->actor.account, about, &row);
    if (s != ST_OK && s != ST_NOT_FOUND) return s;
    *ret = row.file_id;
    return ST_OK;
}

static enum status room_for_another(struct ctx *c)
{
    struct kept_photos_count_row kept;
    TRY(q_kept_photos_count(c->db, c->arena, c->actor.account, &kept));
    if (kept.n < LIMIT_KEPT_PHOTOS) return ST_OK;
    c->fault.retry_after_s = HOUR_MS / 1000;
    return fail(&c->fault, ST_TOO_MANY, "暂存的照片已有 %d 张，请先完成前面几位的更正，再上传新的照片",
                LIMIT_KEPT_PHOTOS);
}

enum status photo_hold(struct ctx *c, struct member_id about, struct photo_input *in, struct photo_kept *kept)
{
    struct file_id before = {0};
    if (!kept->jpeg.n) return ST_OK;
    TRY(app_begin(c));
    TRY(kept_before(c, about, &before));
    if (!before.v) TRY(room_for_another(c));
    TRY(photo_store(c, kept->jpeg, "photo", arena_fmt(c->arena, "account %ld", (long)c->actor.account.v),
                    LIMIT_ACCOUNT_PHOTOS, &kept->file));
    TRY(q_kept_photo_put(c->db, c->actor.account, about, kept->file, c->now_ms, NULL));
    TRY(file_release(c, before));
    TRY(app_commit(c));
    struct str text = arena_fmt(c->arena, "%.*s%ld %.*s", STR_ARG(token_head(c, about)), (long)kept->file.v,
                                STR_ARG(kept->flaw));
    in->kept = signed_make(c->app->keys, c->arena, PURPOSE, text);
    return ST_OK;
}

enum status photo_let_go(struct ctx *c, struct member_id about)
{
    struct file_id kept = {0};
    TRY(kept_before(c, about, &kept));
    if (!kept.v) return ST_OK;
    TRY(q_kept_photo_delete(c->db, c->actor.account, about, NULL));
    return file_release(c, kept);
}
