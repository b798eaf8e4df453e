#include "app/imports/step.h"

static const struct {
    struct str code;
    const char *label;
} STEPS[IMPORT_STEP_COUNT] =
    {
        [STEP_NONE] = {STR_INIT(""), ""},
        [STEP_CHECK] = {STR_INIT("check"), "正在核对"},
        [STEP_WRITE] = {STR_INIT("write"), "正在导入"},
        [STEP_PICTURES] = {STR_INIT("pictures"), "正在导入照片"},
        [STEP_LOOK] = {STR_INIT("look"), "正在检查能否撤销"},
        [STEP_REMOVE] = {STR_INIT("remove"), "正在撤销"},
        [STEP_CLEAR] = {STR_INIT("clear"), "正在收尾"},
},
  STATES[IMPORT_STATE_COUNT] = {
      [IMPORT_WAITING] = {STR_INIT("waiting"), "等待处理"},
      [IMPORT_RUNNING] = {STR_INIT("running"), "处理中"},
      [IMPORT_CHECKED] = {STR_INIT("checked"), "已核对，尚未导入"},
      [IMPORT_COMMITTED] = {STR_INIT("committed"), "已导入"},
      [IMPORT_UNDONE] = {STR_INIT("undone"), "已撤销"},
      [IMPORT_FAILED] = {STR_INIT("failed"), "未成功"},
};

struct str import_step_code(enum import_step step)
{
    return STEPS[step].code;
}

bool import_step_parse(struct str code, enum import_step *ret)
{
    for (int i = 0; i < IMPORT_STEP_COUNT; i++) {
        if (!str_eq(STEPS[i].code, code)) continue;
        *ret = (enum import_step)i;
        return true;
    }
    return false;
}

const char *import_step_label(enum import_step step)
{
    return STEPS[step].label;
}

struct str import_state_code(enum import_state state)
{
    return STATES[state].code;
}

bool import_state_parse(struct str code, enum import_state *ret)
{
    for (int i = 0; i < IMPORT_STATE_COUNT; i++) {
        if (!str_eq(STATES[i].code, code)) continue;
        *ret = (enum import_state)i;
        return true;
    }
    return false;
}

const char *import_state_label(enum import_state state)
{
    return STATES[state].label;
}
