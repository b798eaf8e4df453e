#include "app/core/features.h"
#include "app/core/settings.h"
#include "app/members/checks.h"
#include "app/members/documents.h"
#include "app/members/exceptions.h"
#include "app/members/identity.h"
#include "app/members/list.h"
#include "app/members/outcomes.h"
#include "app/members/proposed.h"
#include "app/members/register.h"
#include "app/members/todo.h"
#include "domain/required.h"
#include "gen/queries.h"

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
    {"member.undo", "撤销本次操作", KIND_APPROVAL},
    {"member.period", "更正批准日期", KIND_APPROVAL},
    {"member.merged", "随单位合并转入", KIND_DATA},
    {"company.merge", "合并单位", KIND_DATA},
    {"member.note", "协会备注（仅协会可见）", KIND_DATA},
    {"member.employer", "核实工作单位", KIND_DATA},
    {"member.correct", "单位更正资料", KIND_DATA},
    {"member.edit", "协会修改资料", KIND_DATA},
    {"member.id_number", "身份证号更正", KIND_DATA},
    {"member.exception", "登记入会例外", KIND_DATA},
    {"member.reveal", "查看完整身份证号", KIND_DATA},
    {"member.print_application", "打印入会申请表", KIND_DATA},
    {"member.print", "打印人员名单", KIND_DATA},
    {"member.preview", "预览人员名单", KIND_DATA},
};

static const struct setting_word LAPSED[] = {{"warn", "提醒，照样推荐"}, {"block", "不能推荐"}};

static const struct setting SETTINGS[] = {
    SETTING_OF_TEXT("member.number_prefix", number_prefix, "GSJL", 0, 10, "会员编号的字头", NULL),
    SETTING_OF_NUMBER("period.years", period_years, 5, 1, 50, "年", "会员有效期", NULL),
    SETTING_OF_NUMBER("renewal.window_days", renewal_window_days, 90, 0, 3650, "天", "到期前可续期", NULL),
    SETTING_OF_SWITCH("renewal.lapsed_continues", lapsed_continues, 0, "过期后续期接着原来的有效期",
                      "否则从批准之日算起"),
    SETTING_OF_CHOICE("recommend.lapsed_unit", lapsed_unit, LAPSED_WARNS, LAPSED, "会员单位到期后推荐",
                      "没有登记过有效期的不算到期"),
    SETTING_OF_NUMBER("fee.yearly_fen", fee_yearly_fen, 20000, 0, 100000000, "分", "每年会费", NULL),
    SETTING_OF_NUMBER("eligibility.age_min", age_min, 18, 0, 150, "周岁", "注册的最小年龄", NULL),
    SETTING_OF_NUMBER("eligibility.age_max", age_max, 60, 0, 150, "周岁", "注册的最大年龄", NULL),
    SETTING_OF_NUMBER("eligibility.practice_months", practice_months, 12, 0, 600, "个月", "从业至少", NULL),
    SETTING_OF_NUMBER("register.tries_an_hour", register_tries, 30, 1, 100000, "次", "一个地址每小时可注册",
                      "一个单位常常共用一个地址"),
    SETTING_OF_FIELDS("register.required", required, REQUIRED_USUALLY, "注册必填",
                      "姓名、学历、职称、从业时间和工作单位总是必填"),
    SETTING_OF_NUMBER("photo.white_min", photo_white_min, 215, 0, 255, NULL, "底色至少多亮",
                      "红、绿、蓝各 0–255"),
    SETTING_OF_NUMBER("photo.white_spread", photo_white_spread, 25, 0, 255, NULL, "底色三色最多差",
                      "再大就是有颜色的底"),
    SETTING_OF_NUMBER("photo.background_percent", photo_background_percent, 90, 0, 100, "%",
                      "上沿和两侧至少有多少是底色", NULL),
    SETTING_OF_NUMBER("photo.background_deviation", photo_background_deviation, 12, 0, 255, NULL,
                      "底色最多多不匀", "亮度的标准差"),
    SETTING_OF_NUMBER("photo.blank_percent", photo_blank_percent, 85, 0, 100, "%", "白的多于这么多就是空白",
                      NULL),
    SETTING_OF_NUMBER("photo.colour_spread", photo_colour_spread, 20, 0, 255, NULL, "三色差多少算有颜色",
                      NULL),
    SETTING_OF_NUMBER("photo.colour_percent", photo_colour_percent, 3, 0, 100, "%", "彩色至少占",
                      "再少就是黑白照片"),
    SETTING_OF_NUMBER("photo.sharpness", photo_sharpness, 60, 0, 10000000, NULL, "至少多清楚",
                      "拉普拉斯算子的方差"),
};

static const struct setting_group GROUPS[] = {
    {"member", "会员", ROLE_SYSTEM},   {"period", "会员有效期", ROLE_SYSTEM},
    {"renewal", "续期", ROLE_SYSTEM},  {"recommend", "推荐", ROLE_SYSTEM},
    {"fee", "会费", ROLE_SYSTEM},      {"eligibility", "入会条件", ROLE_SYSTEM},
    {"register", "注册", ROLE_SYSTEM}, {"photo", "照片", ROLE_SYSTEM},
};

static const struct check CHECKS[] = {
    {"ends of periods", look_at_period_ends},
    {"employers", look_at_employers},
    {"search index", look_at_search_index},
    {"people", look_at_people},
    {"drafts", look_at_drafts},
    {"results", look_at_outcomes},
    {"exceptions", look_at_exceptions},
    {"characters", look_at_characters},
};

static const struct look_kind LOOKS[] = {
    {"id_number", "修改身份证号", ROLE_MEMBERSHIP, identity_carry_out},
    {"exception", "入会例外", ROLE_MEMBERSHIP, exception_carry_out},
    {"unapprove", "撤销批准", ROLE_MEMBERSHIP, NULL},
};

static enum status sweep(struct ctx *c)
{
    TRY(q_outcomes_delete_old(c->db, c->now_ms - DAY_MS, NULL));
    TRY(q_outcome_rows_delete_old(c->db, c->now_ms - DAY_MS, NULL));
    TRY(q_kept_photos_delete_old(c->db, c->now_ms - DAY_MS, NULL));
    return q_drafts_delete_old(c->db, c->now_ms - DRAFT_HOURS * HOUR_MS, NULL);
}

static enum status upgrade(struct ctx *c, bool *ret_more)
{
    TRY(drafts_upgrade(c, ret_more));
    return *ret_more ? ST_OK : documents_upgrade(c, ret_more);
}

static const struct todo_kind TODOS[] = {
    {"recommended_new", "待批准的新会员", SIDE_STAFF, ROLE_MEMBERSHIP, NULL, todo_of_state},
    {"recommended_renewal", "待批准的续期", SIDE_STAFF, ROLE_MEMBERSHIP, NULL, todo_of_state},
    {"proposed", "单位不在列表中，待核实", SIDE_STAFF, ROLE_MEMBERSHIP, NULL, todo_proposed},
    {"direct_submitted", "协会直管：待审核的申请", SIDE_STAFF, ROLE_MEMBERSHIP, NULL, todo_of_direct},
    {"direct_expired", "协会直管：已过期，可推荐续期", SIDE_STAFF, ROLE_MEMBERSHIP, NULL, todo_of_direct},
    {"unanswered", "单位 30 天以上没有审核的申请", SIDE_STAFF, ROLE_MEMBERSHIP, "单位", todo_unanswered},
    {"submitted", "待审核的个人提交", SIDE_COMPANY, 0, NULL, todo_of_state},
    {"expired", "已过期，可推荐续期", SIDE_COMPANY, 0, NULL, todo_of_state},
    {"expiring", "即将到期，可推荐续期", SIDE_COMPANY, 0, NULL, todo_expiring},
    {"returned", "退回本人修改的", SIDE_COMPANY, 0, "本人", todo_of_state},
    {"recommended_new", "已推荐的新会员，等协会审批", SIDE_COMPANY, 0, "协会", todo_of_state},
    {"recommended_renewal", "已推荐的续期，等协会审批", SIDE_COMPANY, 0, "协会", todo_of_state},
};

const struct feature members_feature = {.name = "members",
                                        FEATURE_EVENTS(EVENTS),
                                        FEATURE_SETTINGS(SETTINGS),
                                        FEATURE_GROUPS(GROUPS),
                                        FEATURE_CHECKS(CHECKS),
                                        FEATURE_LOOKS(LOOKS),
                                        FEATURE_TODOS(TODOS),
                                        .open = member_list_open,
                                        .sweep = sweep,
                                        .upgrade = upgrade};
