#include "domain/import_field.h"

#include "base/text.h"
#include "base/unicode.h"
#include "domain/fold.h"

#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof(array)[0])

/* What several kinds have. */
#define ID_NUMBER_SYNONYMS                                                                                                                            \
    "身份证号码 公民身份号码 公民身份证号 公民身份证号码 居民身份证号 居民身份证号码 身份证 身份证编号 " \
    "身份号码 证件号 证件号码 身份证件号 身份证件号码 有效证件号 有效证件号码 IDNUMBER"
#define COMPANY_SYNONYMS                                                                                                                           \
    "工作单位 所在单位 单位名称 现工作单位 工作单位名称 所属单位 所属企业 企业名称 企业 公司 公司名称 " \
    "聘用单位 受聘单位 就职单位 现就职单位 所在企业 所在公司 会员单位 所属会员单位 单位全称"
#define CREDIT_SYNONYMS "社会信用代码 信用代码 统一信用代码 单位信用代码 统一社会信用代码证号 企业信用代码"
#define MOBILE_SYNONYMS                                                                                      \
    "联系电话 手机号 手机号码 电话 联系方式 移动电话 联系手机 本人手机 本人手机号 电话号码 手机电话"
#define NUMBER_SYNONYMS "会员号 会员证号 会员证编号 个人会员编号 个人会员号 会员号码 会员证号码 会员编码"
#define JOINED_SYNONYMS "入会时间 入会年月 加入时间 加入日期 入会年份 首次入会日期 首次入会时间"
#define START_SYNONYMS                                                                                                                           \
    "有效期起 有效期自 起始日期 开始日期 有效期开始 会员期起 会员有效期起 有效期起始 有效期起始日期 " \
    "有效期开始日期 会员期开始日期 生效日期"
#define END_SYNONYMS                                                                                                                                 \
    "有效期至 有效期止 有效期截止 会员有效期至 会员有效期止 截止日期 终止日期 结束日期 到期时间 到期日 " \
    "会员到期日期 会员到期时间 有效期截止日期 有效期结束日期 会员期止 会员期截止 有效截止日期 有效期到"
#define RANGE_SYNONYMS    "会员有效期 有效期限 会员期限 会员期 有效日期 有效时间"
#define APPROVED_SYNONYMS "审批日期 批准时间 审批时间 通过日期 审核日期 批准日"
#define DOCUMENT_SYNONYMS "批准文号 发文字号 文件号 批文号 批复文号 公文号"
#define PAID_SYNONYMS                                                                                                                               \
    "缴费年限 已缴费年数 缴费年数 累计缴费年数 已缴费年限 累计缴费年限 已缴会费年数 已交年数 交费年数 " \
    "已交费年数"
#define REMARK_SYNONYMS "说明 备注说明 附注"
#define ORDER_FIELD                                                                                                                            \
    {                                                                                                                                          \
        "order", "序号", IMPORT_NOTHING, IMPORT_MAY, 0,                                                                                        \
            "序 顺序号 行号 年龄 照片 从事监理年限 从业年限 工作年限 监理年限 会员编号有效期 错误原因 " \
            "民族 政治面貌 籍贯 NO"                                                                                                    \
    }

static const struct import_field COMPANY[] = {
    {"name", "单位名称", IMPORT_UNIT, IMPORT_MUST, 60,
     "企业名称 公司名称 单位 企业 公司 名称 单位全称 企业全称 公司全称 会员单位 会员单位名称 工作单位"},
    {"credit_code", "统一社会信用代码", IMPORT_CREDIT, IMPORT_LATER, 18, CREDIT_SYNONYMS},
    {"contact", "联系人", IMPORT_TEXT, IMPORT_LATER, 50,
     "联系人姓名 单位联系人 经办人 负责人 会员联系人 联络人 联络员"},
    {"phone", "电话", IMPORT_PHONE, IMPORT_LATER, 30,
     "联系电话 联系人电话 办公电话 手机 联系方式 单位电话 固定电话 座机 手机号 手机号码 联系人手机 "
     "电话号码"},
    {"address", "地址", IMPORT_TEXT, IMPORT_LATER, 100,
     "单位地址 通讯地址 通信地址 联系地址 办公地址 公司地址 企业地址 注册地址 详细地址"},
    {"unit_level", "会员级别", IMPORT_TEXT, IMPORT_MAY, 20, "单位级别 会员类别 会员类型 单位会员级别"},
    {"unit_valid_to", "单位会员有效期至", IMPORT_DAY, IMPORT_MAY, 0, END_SYNONYMS " 有效期 到期日期"},
    {"title", "开票抬头", IMPORT_TEXT, IMPORT_MAY, 60, "发票抬头 票据抬头 抬头 开票名称"},
    {"tax_no", "税号", IMPORT_TAX, IMPORT_MAY, 20, "纳税人识别号 开票税号 纳税识别号"},
    {"enabled", "启用", IMPORT_YES, IMPORT_MAY, 0, "是否启用 状态 账号状态"},
    {"remark", "备注", IMPORT_TEXT, IMPORT_MAY, 200, REMARK_SYNONYMS},
    {"order", "序号", IMPORT_NOTHING, IMPORT_MAY, 0, "序 顺序号 行号 正式会员 会员人数 人数 错误原因 NO"},
};

static const struct import_field MEMBER[] = {
    {"name", "姓名", IMPORT_NAME, IMPORT_MUST, 50, "会员姓名 人员姓名 名字 真实姓名 申请人 持证人 会员名称"},
    {"id_number", "身份证号", IMPORT_ID_NUMBER, IMPORT_MUST, 18, ID_NUMBER_SYNONYMS},
    {"sex", "性别", IMPORT_SEX, IMPORT_MAY, 0, ""},
    {"born", "出生日期", IMPORT_DAY_MONTH, IMPORT_MAY, 0, "出生年月 出生年月日 出生时间 生日"},
    {"company", "单位", IMPORT_UNIT, IMPORT_LATER, 60, COMPANY_SYNONYMS},
    {"company_code", "统一社会信用代码", IMPORT_CREDIT, IMPORT_MAY, 18, CREDIT_SYNONYMS},
    {"education", "学历", IMPORT_PERSON, IMPORT_LATER, 0,
     "文化程度 最高学历 学历层次 第一学历 学历学位 教育程度"},
    {"school", "毕业院校", IMPORT_PERSON, IMPORT_MAY, 50,
     "毕业学校 院校 学校 毕业院校名称 毕业学校名称 学校名称"},
    {"major", "所学专业", IMPORT_PERSON, IMPORT_MAY, 50, "专业 毕业专业 学历专业 所学专业名称"},
    {"title_level", "职称", IMPORT_PERSON, IMPORT_LATER, 0,
     "职称等级 职称级别 技术职称 专业技术职称 职称名称 专业技术职务 技术职务"},
    {"title_specialty", "职称专业", IMPORT_PERSON, IMPORT_MAY, 50, "职称系列 专业技术职称专业"},
    {"post", "岗位", IMPORT_PERSON, IMPORT_MAY, 0, "工作岗位 监理岗位 岗位名称 从事岗位"},
    {"started_on", "开始做监理", IMPORT_PERSON, IMPORT_LATER, 12,
     "从事监理 从事监理时间 从事监理工作时间 从事监理日期 从事监理起始时间 开始从事监理时间 "
     "开始从事监理年月 从业时间 从业日期 从业年月 从事监理年月 参加监理工作时间 监理从业时间 "
     "从事监理工作起始时间 开始监理时间 从事监理工作年月"},
    {"mobile", "手机", IMPORT_PERSON, IMPORT_LATER, 20, MOBILE_SYNONYMS},
    {"qq", "QQ", IMPORT_PERSON, IMPORT_MAY, 11, "QQ号 QQ号码"},
    {"email", "邮箱", IMPORT_PERSON, IMPORT_MAY, 254, "电子邮箱 电子邮件 EMAIL 邮件 邮箱地址 电子信箱"},
    {"address", "通讯地址", IMPORT_PERSON, IMPORT_LATER, 100,
     "地址 通信地址 联系地址 邮寄地址 单位地址 详细地址"},
    {"number", "会员编号", IMPORT_TEXT, IMPORT_MAY, 40, NUMBER_SYNONYMS},
    {"joined_on", "入会日期", IMPORT_DAY_MONTH, IMPORT_MAY, 0, JOINED_SYNONYMS},
    {"period_start", "会员期开始", IMPORT_DAY, IMPORT_MAY, 0, START_SYNONYMS},
    {"period_end", "到期日期", IMPORT_DAY, IMPORT_MAY, 0, END_SYNONYMS},
    {"period", "有效期", IMPORT_RANGE, IMPORT_MAY, 0, RANGE_SYNONYMS},
    {"approved_on", "批准日期", IMPORT_DAY, IMPORT_MAY, 0, APPROVED_SYNONYMS},
    {"document_no", "文号", IMPORT_TEXT, IMPORT_MAY, 60, DOCUMENT_SYNONYMS},
    {"paid_years", "已缴年数", IMPORT_COUNT, IMPORT_MAY, 0, PAID_SYNONYMS},
    {"state", "状态", IMPORT_STATE, IMPORT_MAY, 0, "会员状态 会员资格 当前状态 审核状态 审批状态"},
    {"remark", "备注", IMPORT_TEXT, IMPORT_MAY, 200, REMARK_SYNONYMS},
    ORDER_FIELD,
};

static const struct import_field PERIOD[] = {
    {"name", "姓名", IMPORT_NAME, IMPORT_MAY, 50, "会员姓名 人员姓名 名字"},
    {"id_number", "身份证号", IMPORT_ID_NUMBER, IMPORT_MUST, 18, ID_NUMBER_SYNONYMS},
    {"company", "单位", IMPORT_UNIT, IMPORT_MAY, 60, COMPANY_SYNONYMS},
    {"number", "会员编号", IMPORT_TEXT, IMPORT_MAY, 40, NUMBER_SYNONYMS},
    {"period_start", "会员期开始", IMPORT_DAY, IMPORT_MUST, 0, START_SYNONYMS " 入会日期 入会时间"},
    {"period_end", "到期日期", IMPORT_DAY, IMPORT_MUST, 0, END_SYNONYMS},
    {"period", "有效期", IMPORT_RANGE, IMPORT_MAY, 0, RANGE_SYNONYMS},
    {"approved_on", "批准日期", IMPORT_DAY, IMPORT_MAY, 0, APPROVED_SYNONYMS},
    {"document_no", "文号", IMPORT_TEXT, IMPORT_MAY, 60, DOCUMENT_SYNONYMS},
    {"paid_years", "已缴年数", IMPORT_COUNT, IMPORT_MAY, 0, PAID_SYNONYMS},
    {"remark", "备注", IMPORT_TEXT, IMPORT_MAY, 200, REMARK_SYNONYMS},
    ORDER_FIELD,
};

static const struct {
    const char *code, *label;
    struct import_fields fields;
} KINDS[IMPORT_KIND_COUNT] = {
    [IMPORT_COMPANY] = {"company", "企业", {COMPANY, COUNT(COMPANY)}},
    [IMPORT_MEMBER] = {"member", "会员", {MEMBER, COUNT(MEMBER)}},
    [IMPORT_PERIOD] = {"period", "会员期", {PERIOD, COUNT(PERIOD)}},
};
_Static_assert(COUNT(MEMBER) <= IMPORT_FIELDS_MAX, "a kind has more fields than a row has room for");

const char *import_kind_code(enum import_kind kind)
{
    return KINDS[kind].code;
}

const char *import_kind_label(enum import_kind kind)
{
    return KINDS[kind].label;
}

bool import_kind_parse(struct str code, enum import_kind *ret)
{
    for (int i = 0; i < IMPORT_KIND_COUNT; i++) {
        if (!str_eq(code, str_from(KINDS[i].code))) continue;
        *ret = (enum import_kind)i;
        return true;
    }
    return false;
}

struct import_fields import_fields(enum import_kind kind)
{
    return KINDS[kind].fields;
}

int import_field_at(enum import_kind kind, const char *name)
{
    struct import_fields fields = import_fields(kind);
    for (size_t i = 0; i < fields.n; i++)
        if (strcmp(fields.p[i].name, name) == 0) return (int)i;
    return -1;
}

static bool is_synonym(const struct import_field *f, struct str heading)
{
    struct str word, rest = str_from(f->synonyms);
    if (str_eq(heading, str_from(f->word))) return true;
    while (rest.n) {
        str_cut(rest, ' ', &word, &rest);
        if (str_eq(word, heading)) return true;
    }
    return false;
}

static int field_of(enum import_kind kind, struct str folded)
{
    struct import_fields fields = import_fields(kind);
    for (size_t i = 0; folded.n && i < fields.n; i++)
        if (is_synonym(&fields.p[i], folded)) return (int)i;
    return -1;
}

/* Without what stands in brackets; one that is never closed leaves nothing behind it. */
static struct str without_brackets(struct arena *a, struct str s)
{
    struct runes r = runes_of(a, s);
    size_t n = 0;
    int depth = 0;
    for (size_t i = 0; i < r.n; i++) {
        unsigned classes = unicode_classes(r.p[i]);
        if (classes & UNICODE_OPEN) depth++;
        if (depth == 0) r.p[n++] = r.p[i];
        if (classes & UNICODE_CLOSE && depth > 0) depth--;
    }
    r.n = n;
    return runes_str(a, &r);
}

int import_heading(struct arena *a, enum import_kind kind, struct str cell)
{
    struct str s = text_clean(a, cell);
    if (s.n == 0 || s.n > IMPORT_HEADING_BYTES) return -1;
    int at = field_of(kind, search_fold(a, s));
    return at >= 0 ? at : field_of(kind, search_fold(a, without_brackets(a, s)));
}
