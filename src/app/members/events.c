#include "app/core/events.h"

static const struct event EVENTS[] = {
    {"member.register", "提交入会申请", KIND_APPROVAL},
    {"member.withdraw", "撤回修改", KIND_APPROVAL},
    {"member.resubmit", "重新提交", KIND_APPROVAL},
    {"member.recommend", "企业推荐（新会员）", KIND_APPROVAL},
    {"member.recommend_renewal", "企业推荐（续期）", KIND_APPROVAL},
    {"member.unrecommend", "撤回推荐", KIND_APPROVAL},
    {"member.return_to_person", "退回本人修改", KIND_APPROVAL},
    {"member.return_to_company", "退回单位", KIND_APPROVAL},
    {"member.approve", "批准", KIND_APPROVAL},
    {"member.unapprove", "撤销批准", KIND_APPROVAL},
    {"member.close", "注销", KIND_APPROVAL},
    {"member.reopen", "恢复", KIND_APPROVAL},
    {"member.correct", "单位更正资料", KIND_DATA},
    {"member.edit", "协会修改资料", KIND_DATA},
    {"member.reveal", "查看完整身份证号", KIND_DATA},
    {"member.print_application", "打印入会申请表", KIND_DATA},
    {"member.print", "打印人员名单", KIND_DATA},
    {"member.preview", "预览人员名单", KIND_DATA},
};
const struct event_table members_events = {EVENTS, sizeof EVENTS / sizeof *EVENTS};
