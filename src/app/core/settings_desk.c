#include "app/core/settings_desk.h"

#include "app/core/ledger.h"
#include "app/core/once.h"
#include "app/core/settings.h"
#include "base/text.h"
#include "base/utf8.h"
#include "gen/queries.h"

#define SHOWN_ROWS  50
#define REASON_MOST 200
#define HIDDEN      "（不显示）"

static bool is_command_line(const struct ctx *c)
{
    return !c->actor.account.v && !c->address.n;
}

static enum status need_reader(struct ctx *c)
{
    return is_command_line(c) ? ST_OK : need_role(c, ROLE_SYSTEM | ROLE_SECURITY);
}

static struct setting_now now_of(struct ctx *c, const struct setting *row)
{
    const struct setting_group *group = setting_group_of(row);
    bool may_set = is_command_line(c) || c->actor.roles & group->role;
    struct str value = row->secret && !may_set ? STR(HIDDEN) : setting_value(c->arena, c->settings, row);
    return (struct setting_now){.row = row, .group = group, .value = value, .may_set = may_set};
}

enum status app_settings(struct ctx *c, struct settings_list *ret)
{
    struct settings_list all = {0};
    struct settings_set_rows set;
    const struct setting *row;
    TRY(need_reader(c));
    TRY(app_read(c));
    TRY(q_settings_set(c->db, c->arena, &set));
    for (size_t i = 0; (row = setting_at(i)); i++) {
        struct setting_now *now = ARENA_PUSH(c->arena, &all);
        *now = now_of(c, row);
        for (size_t k = 0; k < set.n; k++) {
            if (!str_eq(set.p[k].name, str_from(row->name))) continue;
            now->version = set.p[k].id;
            now->set_at = set.p[k].set_at;
            now->by = set.p[k].by;
        }
    }
    *ret = all;
    return ST_OK;
}

enum status app_setting(struct ctx *c, struct str name, struct setting_now *ret,
                        struct setting_history_rows *ret_history)
{
    const struct setting *row = setting_find(name);
    TRY(need_reader(c));
    if (!row) return fail(&c->fault, ST_NOT_FOUND, "没有这项设置");
    TRY(app_read(c));
    TRY(q_setting_history(c->db, c->arena, name, SHOWN_ROWS, ret_history));
    struct setting_now now = now_of(c, row);
    for (size_t i = 0; row->secret && !now.may_set && i < ret_history->n; i++)
        ret_history->p[i].value = STR(HIDDEN);
    if (ret_history->n) {
        now.version = ret_history->p[0].id;
        now.set_at = ret_history->p[0].set_at;
        now.by = ret_history->p[0].by;
    }
    *ret = now;
    return ST_OK;
}

struct str setting_rule(struct arena *a, const struct setting *row)
{
    switch (row->kind) {
    case SETTING_TEXT:
        return row->least ? arena_fmt(a, "%ld–%ld 个字，一行", (long)row->least, (long)row->most)
                          : arena_fmt(a, "最多 %ld 个字，一行；可以空着", (long)row->most);
    case SETTING_NUMBER:
        return arena_fmt(a, "%ld–%ld%s%s，整数", (long)row->least, (long)row->most, row->unit ? " " : "",
                         row->unit ? row->unit : "");
    case SETTING_SWITCH:
        return STR("是或否");
    case SETTING_WORDS:
        return STR("勾选几项，或都不选");
    case SETTING_CLOCK:
        return STR("几点几分，00:00–23:59，如 03:00；空着：不做");
    case SETTING_CHOICE:
        return STR("选一项");
    case SETTING_FIELDS:
        break;
    }
    return STR("勾选的必填");
}

static void check(struct ctx *c, const struct setting *row, const struct setting_change *change)
{
    if (setting_wrong(c->arena, row, change->value).n) {
        struct str rule = setting_rule(c->arena, row);
        problem_add(&c->problems, "value", "请按要求填写：%.*s", STR_ARG(rule));
    }
    if (!text_clean(c->arena, change->reason).n)
        problem_add(&c->problems, "reason", "请填写原因");
    else if (!text_is_line(change->reason) || utf8_count(change->reason) > REASON_MOST)
        problem_add(&c->problems, "reason", "原因写成一行，最多 %d 个字", REASON_MOST);
}

enum status setting_store(struct ctx *c, const struct setting_change *change)
{
    const struct setting *row = setting_find(change->name);
    int64_t changes;
    struct series_next_row turn;
    struct setting_history_rows before;
    TRY(q_series_next(c->db, c->arena, STR("setting"), 1, &turn)); /* one at a time */
    TRY(q_setting_history(c->db, c->arena, change->name, 1, &before));
    if ((before.n ? before.p[0].id : 0) != change->version)
        return fail(&c->fault, ST_CONFLICT, "这项设置刚刚被别人修改过，请刷新后再改");
    TRY(q_setting_insert(c->db, change->name, change->value, c->now_ms, c->actor.account, change->reason,
                         &changes));
    struct str old = before.n ? before.p[0].value : setting_value(c->arena, c->settings, row);
    struct str now = change->value;
    if (row->secret) old = now = STR(HIDDEN);
    return audit_add(
        c, &(struct audit_note){.event = "setting.set",
                                .note = arena_fmt(c->arena, "%s：%.*s → %.*s；%.*s", row->name, STR_ARG(old),
                                                  STR_ARG(now), STR_ARG(change->reason))});
}

enum status app_setting_set(struct ctx *c, const struct setting_change *change)
{
    const struct setting *row = setting_find(change->name);
    struct str earlier;
    TRY(need_reader(c));
    if (!row) return fail(&c->fault, ST_NOT_FOUND, "没有这项设置");
    if (!is_command_line(c) && !(c->actor.roles & setting_group_of(row)->role))
        return fail(&c->fault, ST_FORBIDDEN, "您的角色不能修改这项设置");
    check(c, row, change);
    TRY(problems_status(c));
    TRY(app_begin(c));
    TRY(once_take(c, change->once, change->name, &earlier));
    if (earlier.n) {
        app_rollback(c);
        return ST_OK;
    }
    TRY(setting_store(c, change));
    return app_commit(c);
}
