#include "app/photos.h"

#include "app/files.h"
#include "media/photo.h"

struct photo_kept photo_take(struct ctx *c, const struct photo_input *in)
{
    struct photo_kept kept = {.flaw = STR("")};
    if (in->size == 0) return kept;
    struct photo_result result = {0};
    if (in->size > photo_rules_default.max_bytes) {
        problem_add(&c->problems, "photo", "照片有 %ld KB，不能超过 150KB（153600字节），请压缩后再上传",
                    (long)(in->size / 1024));
        return kept;
    }
    photo_check(c->arena, in->bytes, &photo_rules_default, &result);
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

enum status photo_store(struct ctx *c, struct bytes jpeg, struct file_id *ret)
{
    TRY(app_begin(c));
    TRY(file_store(c, jpeg, "image/jpeg", STR("photo.jpg"), ret));
    return app_commit(c);
}
