#include "app/core/privacy_desk.h"

#include "app/core/app.h"
#include "app/core/ledger.h"
#include "app/core/once.h"
#include "base/text.h"
#include "base/utf8.h"
#include "gen/queries.h"

#define SHOWN_ROWS 100
#define OF_A_DAY   100 /* versions that may be of the same day */

/* The other way round than text_sections_typed. */
static struct str typed_of(struct arena *a, const struct text_sections *s)
{
    struct str all = STR("");
    for (size_t i = 0; i < s->n; i++) {
        const struct text_section *part = &s->p[i];
        if (part->heading.n)
            all = arena_fmt(a, "%.*s%s#%.*s\n", STR_ARG(all), all.n ? "\n" : "", STR_ARG(part->heading));
        for (size_t k = 0; k < part->paragraphs.n; k++)
            all = arena_fmt(a, "%.*s%.*s\n", STR_ARG(all), STR_ARG(part->paragraphs.p[k]));
    }
    return all;
}

enum status app_privacy_versions(struct ctx *c, struct str url, struct privacy_versions *ret)
{
    struct privacy_versions v = {0};
    TRY(need_role(c, ROLE_SYSTEM));
    TRY(app_read(c));
    TRY(app_privacy(c, STR_NONE, url, &v.now));
    TRY(q_privacy_versions(c->db, c->arena, SHOWN_ROWS, &v.rows));
    v.typed = typed_of(c->arena, &v.now.text.sections);
    v.newest = v.rows.n ? v.rows.p[0].id : 0;
    *ret = v;
    return ST_OK;
}

static bool says_something(struct arena *a, struct str text)
{
    struct text_sections s = text_sections_typed(a, text);
    for (size_t i = 0; i < s.n; i++)
        if (s.p[i].paragraphs.n) return true;
    return false;
}

static void check_text(struct ctx *c, struct str text)
{
    if (!text_clean(c->arena, text).n)
        problem_add(&c->problems, "text", "请填写规则的正文");
    else if (utf8_count(text) > PRIVACY_TEXT_MOST)
        problem_add(&c->problems, "text", "正文最多 %d 个字，现在有 %ld 个", PRIVACY_TEXT_MOST,
                    (long)utf8_count(text));
    else if (!text_is_lines(text))
        problem_add(&c->problems, "text", "正文里有不能显示的字符，请改成普通文字");
    else if (!says_something(c->arena, text))
        problem_add(&c->problems, "text", "只有标题，请填写规则的正文");
}

static void check(struct ctx *c, const struct privacy_draft *draft, struct day *ret_from)
{
    check_text(c, draft->text);
    if (!day_parse(draft->in_force_from, ret_from))
        problem_add(&c->problems, "in_force_from", "请填写施行日期");
    else if (day_cmp(*ret_from, c->today) < 0)
        problem_add(&c->problems, "in_force_from", "施行日期不能早于今天");
    if (!text_clean(c->arena, draft->reason).n)
        problem_add(&c->problems, "reason", "请填写原因");
    else if (!text_is_line(draft->reason) || utf8_count(draft->reason) > PRIVACY_REASON_MOST)
        problem_add(&c->problems, "reason", "原因写成一行，最多 %d 个字", PRIVACY_REASON_MOST);
}

/* Called by its day, or the first such name that is free. */
static enum status insert(struct ctx *c, const struct privacy_draft *draft, struct day from,
                          struct str *ret_version)
{
    int64_t rows = 0;
    struct str day = day_str(c->arena, from);
    struct privacy_insert_in in = {
        .version = day,
        .in_force_from = from,
        .text = draft->text,
        .reason = draft->reason,
        .now = c->now_ms,
        .account = c->actor.account,
    };
    for (int n = 1; !rows; n++) {
        if (n > OF_A_DAY) return fail(&c->fault, ST_CONFLICT, "这一天施行的版本太多，请换一天");
        if (n > 1) in.version = arena_fmt(c->arena, "%.*s-%d", STR_ARG(day), n);
        TRY(q_privacy_insert(c->db, &in, &rows));
    }
    *ret_version = in.version;
    return ST_OK;
}

static enum status publish(struct ctx *c, const struct privacy_draft *draft, struct day from)
{
    struct str version;
    struct series_next_row turn;
    struct privacy_versions_rows newest;
    TRY(q_series_next(c->db, c->arena, STR("privacy"), 1, &turn)); /* one at a time */
    TRY(q_privacy_versions(c->db, c->arena, 1, &newest));
    if ((newest.n ? newest.p[0].id : 0) != draft->newest)
        return fail(&c->fault, ST_CONFLICT, "刚刚有人公布了新的版本，请核对后再公布");
    TRY(insert(c, draft, from, &version));
    return audit_add(c, &(struct audit_note){
                            .event = "privacy.publish",
                            .note = arena_fmt(c->arena, "版本 %.*s，自 %.*s 起施行；%.*s", STR_ARG(version),
                                              STR_ARG(day_str(c->arena, from)), STR_ARG(draft->reason))});
}

enum status app_privacy_publish(struct ctx *c, const struct privacy_draft *draft)
{
    struct day from;
    struct str earlier;
    TRY(need_role(c, ROLE_SYSTEM));
    check(c, draft, &from);
    TRY(problems_status(c));
    TRY(app_begin(c));
    TRY(once_take(c, draft->once, STR("privacy"), &earlier));
    if (earlier.n) {
        app_rollback(c);
        return ST_OK;
    }
    TRY(publish(c, draft, from));
    return app_commit(c);
}
