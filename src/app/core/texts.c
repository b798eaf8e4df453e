#include "app/core/texts.h"

#include "app/core/settings.h"
#include "domain/money.h"

#include <string.h>

/* A line that begins with # is a heading. {name} is filled in: see fill_ins. */
static const char *const GUIDE[] = {
    "#一、申请条件",
    "1、遵守国家法律法规，拥护协会章程，维护协会及行业声誉，遵守行业公约和职业道德，爱岗敬业；",
    "2、凡具有本专业中专以上学历或初级以上工程、经济、"
    "管理等专业技术职称的人员（从事监理及工程咨询工作满{practice}以上的工程技术人员），"
    "年龄{age_max}岁以下（含{age_max}岁）；",
    "3、经会员单位推荐。",
    "#二、申请程序",
    "1、登录{association}{system}：{url}；",
    "2、新申请人员点击“个人会员注册”，填写个人信息并设置登录密码，核对后点击“提交”完成申请，"
    "等待审批（个人信息提交后本人无法更改，请仔细核对）；",
    "3、申请通过审批，缴费后可享受会员服务；",
    "4、个人会员登录后，首页显示当前审批状态、缴费情况、缴费年限等信息。",
    "#三、审批程序",
    "1、个人申请信息填写后，提交到本企业；",
    "2、企业对申请人信息进行核实，将符合条件的人员推荐至{association}；",
    "3、{association}对申请材料进行复核并批准。",
    "#四、会员享受的服务",
    "1、免费参加业务培训，获得“监理业务培训证”和“安全监理业务培训证”；",
    "2、优先参加{association}组织的专业研讨和经验交流活动；",
    "3、免费获得{association}刊物、教材以及有关资料；",
    "4、优先在{association}刊物上发表与促进行业发展相关的文章；",
    "5、开展个人会员之间交流和沟通，提供信息、技术服务和法律援助，优先参加国内外行业交流活动；",
    "6、个人会员需要的其他业务服务。",
    "#五、会员义务",
    "1、个人会员有关信息和工作单位变更时，应当在变更之日起30日内，将变更信息提交{association}；",
    "2、个人会员应按年度由本企业统一缴纳会费，标准为{fee}元每人每年，{years}年为一个缴费期。",
    "个人会员费可以通过电汇缴纳：",
    "收款单位：{payee}",
    "开户银行：{bank}",
    "账　　号：{account}",
    NULL,
};

static const char *const MEMBER_HELP[] = {
    "#一、个人会员注册（入会申请）",
    "1、用电脑或手机的浏览器（谷歌、360极速模式等）打开 {url}，在登录页点击“个人会员注册”。"
    "注册前请先阅读入会须知。",
    "2、填写账号：账号为本人18位身份证号，末位是X也要填；密码自拟，至少8位，要有字母和数字。",
    "3、填写信息：带“*”的为必填内容，请谨慎填写。工作单位输入名称中的几个字，再从列出的单位中选择；"
    "通讯地址填写当前就职单位地址；QQ号填写个人QQ号；联系电话填写个人手机号。",
    "4、上传证件照：1寸、色彩清晰、彩色、白底、免冠的jpg格式证件照，每张不得超过150KB。用手机照片时，"
    "页面会帮您裁剪和压缩。背景或清晰度没有通过、而您确认照片可用时，可以选“仍要提交，由单位核对”。",
    "5、核对提交：提交后不可修改，请逐项核对。没有提交的内容保留一天；浏览器关闭以后，"
    "重新填写账号和原来的密码，就可以接着填写。",
    "注：提交后请及时联系所在单位的系统管理人员，对您的信息进行审核和推荐。",
    "#二、登录与审批进度",
    "1、选择“个人登录”，填写账号（身份证号）、密码和验证码，点击登录。",
    "2、成为正式会员之前，登录后可以看到每一步的进度：提交、企业推荐、培训、协会审核、缴费、正式会员，"
    "以及现在等谁、已等几天、可以联系谁。",
    "3、单位还没有推荐时，如发现填错，点击“撤回修改”，改好后重新提交；被退回时，"
    "按退回原因修改后重新提交。除身份证号外都可以修改。",
    "4、单位推荐以后，本人不能再修改信息。如需修改，请联系所在单位或协会。",
    "#三、我的信息、我的学习、历史动态",
    "我的信息：显示会员状态、会员编号、单位、有效期、审批状态、缴费情况、缴费年限和注册信息。"
    "身份证号只显示一部分，点击“显示”可看全部。在这里可以打印入会申请表。",
    "我的学习：单位推荐后可参加新会员培训，推荐续期后可参加继续教育。",
    "历史动态：显示个人的申请、推荐、审批等记录，最新的在最前面。",
    "#四、修改密码、安全退出",
    "修改密码：个人修改登录密码。改过以后，其他电脑和手机上的登录会自动退出。",
    "安全退出：登出当前账号。在公用电脑上用完后请务必退出。",
    "密码记不清了：请与协会联系。",
    "协会联系电话：{phone}",
    NULL,
};

static const char *const COMPANY_HELP[] = {
    "#一、账号与登录",
    "1、企业会员的登录账号、密码由协会分配，见《企业账号分配通知》。",
    "2、打开 {url}，选择“企业登录”，填写账号（企业名称或统一社会信用代码）、密码和验证码，点击登录。",
    "3、首次登录要设置新密码：至少8位，大写字母、小写字母、数字、符号中至少有三类。"
    "密码记不清了，请联系协会重置。",
    "#二、会员列表",
    "登录后进入“会员列表”，查看本企业的人员，按状态分页签：",
    "个人提交：本人已注册，等待企业审核和推荐。",
    "企业推荐（新会员）：已推荐，可以参加新会员培训，等待协会批准。",
    "企业推荐（续期）：已推荐续期，可以参加继续教育培训，等待协会批准。",
    "正式会员：协会已批准，在会员有效期内。",
    "已过期：会员有效期已过，可以推荐续期。",
    "已退回：退回本人修改，等待本人重新提交。",
    "#三、推荐新会员",
    "【企业登录】→【会员列表】→【个人提交】→ 核对信息 →【批量推荐】→【企业推荐（新会员）】→"
    "【导出全部】→【打印汇总表（A4纸横向打印）】",
    "1、点击姓名可查看和核对一个人的全部信息和照片。推荐之前，企业可以更正除身份证号以外的内容，"
    "更正前后都有记录，本人可见。",
    "2、信息不对需要本人修改的，点击“退回本人修改”并写明原因；不是本单位的人员，"
    "勾选“非本单位人员”。",
    "3、推荐错了，在协会审核以前可以在“企业推荐（新会员）”中“回退（撤回推荐）”。",
    "4、批量办理后，会显示成功多少条、跳过多少条和每一条跳过的原因。",
    "#四、推荐续期",
    "【企业登录】→【会员列表】→【已过期】→【推荐续期】→【企业推荐（续期）】→【导出全部】→"
    "【打印汇总表（A4纸横向打印）】",
    "有效期还剩{window}天以内的正式会员，也可以提前推荐续期，新的有效期接着原来的有效期计算。"
    "协会审核以前可以回退。",
    "#五、推荐汇总表",
    "1、每次推荐的人员自动进入一张汇总表，上面有批次号、核验码和二维码。页面上看到的是预览；"
    "点击“打印汇总表”才算打印，系统保存这次打印的内容，之后可以再看。",
    "2、打印以后名单、姓名或身份证号有变化的，核验码随之改变，批次页会提示，请重新打印；"
    "打印过多次的，以最后一次为准。",
    "3、汇总表打印后请加盖公章。",
    "4、盖章后请扫描（保证清晰），发送到{association}邮箱：{mailbox}。",
    "5、点击“封存批次”或协会开始审核后，这张汇总表不再加入新的人员，以后的推荐进入下一张。",
    "#六、请注意",
    "人员经协会批准成为“正式会员”或“已过期”以后，企业再无法修改其任何信息，需要修改的请联系协会。",
    "导出和打印的内容有完整身份证号，每次导出和打印都有记录，请妥善保管。",
    "会费标准为{fee}元每人每年，{years}年为一个缴费期，由企业统一缴纳。",
    "协会联系电话：{phone}",
    NULL,
};

static const char *const STAFF_HELP[] = {
    "#一、登录与角色",
    "1、打开 {url}，选择“协会登录”，填写用户名、密码和验证码。账号由系统管理员分配，一人一号。",
    "2、能看到什么、能做什么由角色决定：会员管理办理审核；查看只能看，不能导出，也看不到完整身份证号。"
    "系统管理员、安全管理员、审计员不兼任其他角色。",
    "#二、会员管理",
    "1、列表：按状态分页签，可按姓名、身份证号、身份证号后四位、手机号、企业名称搜索，"
    "也可按企业、到期日期、批准日期和文号筛选；点列的标题可改变排列顺序。",
    "2、批准：勾选人员后点击“批准”，可填写会议日期和文号；不填日期的按今天。"
    "新会员的有效期从批准之日起，{years}年；到期前续期的，接着原来的有效期计算；已经过期的，"
    "从批准之日起。会员编号在第一次批准时产生，以后不变。",
    "3、退回单位、退回本人：写明原因，对方登录后可以看到。",
    "4、撤销批准：还没有缴费、发证或其他后续办理时，可以撤销，要写明原因。",
    "5、注销、恢复：写明原因。注销的人员在“全部”中可以查到。",
    "6、显示完整身份证号、导出和打印都会留下记录。",
    "#三、推荐汇总表",
    "收到盖章的汇总表或扫描件后，扫描上面的二维码打开对应的批次，核对批次号和核验码：核验码一致，"
    "说明纸上的名单和系统中的一致；不一致时，批次页会列出打印以后的变化。"
    "打印过多次的，以最后一次为准；扫描以前打印的二维码，批次页会提示。",
    "#四、企业管理",
    "1、新增企业：填写企业名称、统一社会信用代码、联系人等，保存后得到企业账号和一次性密码，"
    "只显示一次，请当场打印《企业账号分配通知》交给企业。",
    "2、企业更名后直接修改名称，用原来的名称仍然可以登录和搜索。停用的企业不能登录，也不能再被选择。",
    "3、没有单位的人员归入“协会直管”。",
    "#五、留痕",
    "每一次登录和办理都记入审计日志，任何人都不能删除。",
    NULL,
};

static const char *const PLEDGE[] = {
    "#入会承诺",
    "本人自愿申请加入{association}，遵守国家法律法规，拥护协会章程，维护协会及行业声誉，"
    "遵守行业公约和职业道德，爱岗敬业。",
    "本人所填信息和所交照片真实、准确，如有不实，愿承担相应责任。",
    "有关信息和工作单位变更时，本人在变更之日起30日内将变更信息提交{association}。",
    "本人按年度由本企业统一缴纳会费（{fee}元每人每年，{years}年为一个缴费期）。",
    NULL,
};

struct fill_in {
    const char *name;
    struct str value;
};
#define FILL_INS 14

static struct str number(struct arena *a, int64_t n)
{
    return arena_fmt(a, "%ld", (long)n);
}

static struct str months_text(struct arena *a, int64_t months)
{
    return months % 12 ? arena_fmt(a, "%ld个月", (long)months) : arena_fmt(a, "%ld年", (long)months / 12);
}

static struct str yuan_text(struct arena *a, int64_t fen)
{
    return fen % 100 ? money_text(a, fen) : number(a, fen / 100);
}

static void fill_ins(struct ctx *c, struct str url, struct fill_in ret[FILL_INS])
{
    const struct settings *s = c->settings;
    struct arena *a = c->arena;
    const struct fill_in all[FILL_INS] = {
        {"association", s->association},
        {"system", s->system},
        {"url", url},
        {"phone", s->organiser_phone},
        {"mailbox", s->scan_mailbox},
        {"payee", s->bank_payee},
        {"bank", s->bank_name},
        {"account", s->bank_account},
        {"fee", yuan_text(a, s->fee_yearly_fen)},
        {"years", number(a, s->period_years)},
        {"age_min", number(a, s->age_min)},
        {"age_max", number(a, s->age_max)},
        {"practice", months_text(a, s->practice_months)},
        {"window", s->renewal_window_days ? number(a, s->renewal_window_days) : STR_NONE},
    };
    memcpy(ret, all, sizeof all);
}

static struct str value_of(const struct fill_in *ins, struct str name)
{
    for (size_t i = 0; i < FILL_INS; i++)
        if (str_eq(str_from(ins[i].name), name)) return ins[i].value;
    return STR_NONE;
}

/* False, and nothing, when what the line is about is not set. */
static bool fill(struct arena *a, const struct fill_in *ins, struct str line, struct str *ret)
{
    struct str rest = line, before, name, filled = STR("");
    while (str_cut(rest, '{', &before, &rest)) {
        str_cut(rest, '}', &name, &rest);
        struct str value = value_of(ins, name);
        if (!value.n) return false;
        filled = arena_fmt(a, "%.*s%.*s%.*s", STR_ARG(filled), STR_ARG(before), STR_ARG(value));
    }
    *ret = arena_fmt(a, "%.*s%.*s", STR_ARG(filled), STR_ARG(before));
    return true;
}

static void add_heading(struct arena *a, struct text_sections *all, struct str heading)
{
    ARENA_PUSH(a, all)->heading = heading;
}

static void add_paragraph(struct arena *a, struct text_sections *all, struct str line)
{
    if (!all->n) add_heading(a, all, STR(""));
    *ARENA_PUSH(a, &all->p[all->n - 1].paragraphs) = line;
}

static void add_filled(struct arena *a, struct text_sections *all, const struct fill_in *ins, struct str line)
{
    struct str filled;
    if (str_starts(line, STR("#")))
        add_heading(a, all, str_sub(line, 1, line.n));
    else if (fill(a, ins, line, &filled))
        add_paragraph(a, all, filled);
}

struct text_sections text_sections_of(struct ctx *c, const char *const *lines, struct str url)
{
    struct fill_in ins[FILL_INS];
    struct text_sections all = {0};
    fill_ins(c, url, ins);
    for (; *lines; lines++)
        add_filled(c->arena, &all, ins, str_from(*lines));
    return all;
}

struct text_sections text_sections_filled(struct ctx *c, struct str text, struct str url)
{
    struct fill_in ins[FILL_INS];
    struct text_sections all = {0};
    struct str line;
    bool more = true;
    fill_ins(c, url, ins);
    while (more) {
        more = str_cut(text, '\n', &line, &text);
        add_filled(c->arena, &all, ins, line);
    }
    return all;
}

static struct str heading_mark(struct str line)
{
    if (str_starts(line, STR("#"))) return STR("#");
    return str_starts(line, STR("＃")) ? STR("＃") : STR_NONE;
}

struct text_sections text_sections_typed(struct arena *a, struct str text)
{
    struct text_sections all = {0};
    struct str line;
    bool more = true;
    while (more) {
        more = str_cut(text, '\n', &line, &text);
        line = str_trim(line);
        bool heading = false;
        for (struct str mark; (mark = heading_mark(line)).n; heading = true)
            line = str_trim(str_sub(line, mark.n, line.n));
        if (!line.n) continue;
        if (heading)
            add_heading(a, &all, line);
        else
            add_paragraph(a, &all, line);
    }
    return all;
}

struct text app_text_guide(struct ctx *c, struct str url)
{
    return (struct text){STR("入会须知"), text_sections_of(c, GUIDE, url)};
}

struct text app_text_help(struct ctx *c, enum side side, struct str url)
{
    static const char *const *const HELP[SIDE_COUNT] = {
        [SIDE_MEMBER] = MEMBER_HELP, [SIDE_COMPANY] = COMPANY_HELP, [SIDE_STAFF] = STAFF_HELP};
    struct str title = arena_fmt(c->arena, "操作手册（%s）", side_label(side));
    return (struct text){title, text_sections_of(c, HELP[side], url)};
}

struct text_section app_text_pledge(struct ctx *c)
{
    return text_sections_of(c, PLEDGE, STR_NONE).p[0];
}
