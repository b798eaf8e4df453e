#include "app/photos.h"

#include "app/files.h"
#include "app/settings.h"
#include "domain/required.h"
#include "media/photo.h"

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
    struct photo_rules rules = rules_of(c->app->settings);
    if (in->size > rules.max_bytes) {
        problem_add(&c->problems, "photo", "照片有 %ld KB，不能超过 150KB（153600字节），请压缩后再上传",
                    (long)(in->size / 1024));
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
    required_check(&c->problems, c->app->settings->required, REQUIRED_PHOTO, there);
}

enum status photo_store(struct ctx *c, struct bytes jpeg, struct file_id *ret)
{
    TRY(app_begin(c));
    TRY(file_store(c, jpeg, "image/jpeg", STR("photo.jpg"), ret));
    return app_commit(c);
}
