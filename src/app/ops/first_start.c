#include "app/ops/first_start.h"

#include "app/core/ledger.h"
#include "app/core/settings.h"
#include "gen/queries.h"

#define REASON STR("首次启动")

const struct first_step first_steps[FIRST_STEPS] = {
    {"association",
     "协会",
     "写在每一页、每份打印件上的名称和电话。",
     {"association.name", "association.system", "association.phone"}},
    {"fee", "会费", "每人每年的会费，单位是分：200 元写 20000。", {"fee.yearly_fen"}},
    {"bank",
     "收款账户",
     "写在推荐汇总表和帮助里，单位按它汇款。",
     {"bank.payee", "bank.name", "bank.account"}},
    {"accounts", "工作人员", "至少有一个“会员管理”账号才能审批；系统管理员自己不能兼任。", {NULL}},
    {"photo",
     "照片",
     "证件照检查得多严。不清楚时用原来的值，以后可以再改。",
     {"photo.white_min", "photo.background_percent", "photo.sharpness"}},
    {"fields", "必填项目", "注册时哪些项目必须填写。", {"register.required"}},
};

int first_step_find(struct str code)
{
    for (int i = 0; i < FIRST_STEPS; i++)
        if (str_eq(code, str_from(first_steps[i].code))) return i;
    return -1;
}

static struct str mark_of(struct ctx *c, int step)
{
    return arena_fmt(c->arena, "first_start %s", first_steps[step].code);
}

static enum status look(struct ctx *c, struct first_start *ret)
{
    struct first_start now = {.next = FIRST_STEPS};
    struct meta_get_row row;
    for (int i = FIRST_STEPS - 1; i >= 0; i--) {
        enum status s = q_meta_get(c->db, c->arena, mark_of(c, i), &row);
        if (s != ST_OK && s != ST_NOT_FOUND) return s;
        now.done[i] = s == ST_OK;
        if (!now.done[i]) now.next = i;
    }
    *ret = now;
    return ST_OK;
}

enum status app_first_start(struct ctx *c, struct first_start *ret)
{
    TRY(need_role(c, ROLE_SYSTEM));
    TRY(app_read(c));
    return look(c, ret);
}

enum status app_first_step(struct ctx *c, int step, struct settings_list *ret)
{
    struct settings_list all = {0};
    TRY(need_role(c, ROLE_SYSTEM));
    for (int i = 0; i < FIRST_STEP_SETTINGS && first_steps[step].settings[i]; i++) {
        struct setting_history_rows past;
        TRY(app_setting(c, str_from(first_steps[step].settings[i]), ARENA_PUSH(c->arena, &all), &past));
    }
    *ret = all;
    return ST_OK;
}

static void check(struct ctx *c, const struct settings_list *now, const struct first_values *in)
{
    for (size_t i = 0; i < now->n; i++) {
        const struct setting *row = now->p[i].row;
        struct str rule = setting_rule(c->arena, row);
        if (in->p[i].p && setting_wrong(c->arena, row, in->p[i]).n)
            problem_add(&c->problems, row->name, "请按要求填写：%.*s", STR_ARG(rule));
    }
}

static enum status store(struct ctx *c, const struct settings_list *now, const struct first_values *in)
{
    for (size_t i = 0; i < now->n; i++) {
        const struct setting_now *s = &now->p[i];
        if (!in->p[i].p || str_eq(in->p[i], s->value)) continue;
        struct setting_change change = {str_from(s->row->name), in->p[i], REASON, s->version, STR_NONE};
        TRY(setting_store(c, &change));
    }
    return ST_OK;
}

static enum status mark_done(struct ctx *c, int step)
{
    int64_t rows;
    struct first_start now;
    TRY(q_meta_set(c->db, mark_of(c, step), STR("done"), &rows));
    if (rows)
        TRY(audit_add(c, &(struct audit_note){.event = "system.first_start",
                                              .note = str_from(first_steps[step].title)}));
    TRY(look(c, &now));
    return now.next == FIRST_STEPS ? q_meta_set(c->db, FIRST_START_DONE, STR("done"), NULL) : ST_OK;
}

enum status app_first_step_save(struct ctx *c, int step, const struct first_values *in)
{
    struct settings_list now;
    TRY(app_first_step(c, step, &now));
    check(c, &now, in);
    TRY(problems_status(c));
    TRY(app_begin(c));
    TRY(store(c, &now, in));
    TRY(mark_done(c, step));
    return app_commit(c);
}
