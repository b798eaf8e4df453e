/* Writes one of each document into a folder, for pdf_reads.py and sheet_opens.py, which read them with the
 * programs that people use. What those expect stands there; change both together. */
#include "media/pdf.h"
#include "media/photo.h"
#include "media/portrait.h"
#include "media/sheet.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define LONG_ROWS  500
#define SHORT_ROWS 12
#define MADE_ON    DAY(2026, 11, 23)
#define COUNT(a)   (sizeof(a) / sizeof *(a))

static void must(enum status status)
{
    if (status == ST_OK) return;
    fprintf(stderr, "make_samples: %s\n", status_name(status));
    exit(1);
}

static void save(const char *folder, const char *name, struct bytes bytes)
{
    char path[4096];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *file = fopen(path, "wb");
    if (!file || fwrite(bytes.p, 1, bytes.n, file) != bytes.n || fclose(file) != 0) {
        perror(path);
        exit(1);
    }
}

static const struct pdf_column columns[] = {
    {.title = STR_INIT("序号"), .whole = true, .centred = true},
    {.title = STR_INIT("姓名"), .weight = 10, .centred = true},
    {.title = STR_INIT("性别"), .weight = 5, .centred = true},
    {.title = STR_INIT("身份证号"), .whole = true},
    {.title = STR_INIT("学历"), .weight = 7, .centred = true},
    {.title = STR_INIT("专业"), .weight = 15},
    {.title = STR_INIT("职称"), .weight = 12, .centred = true},
    {.title = STR_INIT("岗位"), .weight = 9, .centred = true},
    {.title = STR_INIT("手机"), .whole = true},
    {.title = STR_INIT("会员编号/有效期"), .weight = 16},
    {.title = STR_INIT("备注"), .weight = 12},
};

/* Names that break systems: outside the BMP, rare, long with a middle dot. */
static const char *const names[] = {
    "王𬱖", "䶮小明", "买买提·吐尔逊·阿卜杜拉", "李建国", "欧阳靖", "马玉兰", "张伟", "完么才让"};
static const char *const majors[] = {"土木工程", "工程造价", "给排水科学与工程",
                                     "建筑环境与能源应用工程（暖通方向）"};

static struct str *make_rows(struct arena *a, size_t n)
{
    struct str *cells = ARENA_ARRAY(a, n * COUNT(columns), struct str);
    for (size_t i = 0; i < n; i++) {
        const struct str row[] = {
            arena_fmt(a, "%zu", i + 1),
            str_from(names[i % COUNT(names)]),
            i % 3 ? STR("男") : STR("女"),
            arena_fmt(a, "62010219850607%04zu", i),
            STR("本科"),
            str_from(majors[i % COUNT(majors)]),
            i % 2 ? STR("工程师") : STR("高级工程师"),
            i % 5 ? STR("监理员") : STR("总监代表"),
            arena_fmt(a, "139%08zu", i),
            i % 4 ? STR("GSJX-2026-000123 至2031-11-22") : STR_NONE,
            i == 7 ? STR("从外省转入，原会员编号已注销；待补充从业证明和劳动合同原件，另附说明一份")
                   : STR_NONE,
        };
        memcpy(&cells[i * COUNT(columns)], row, sizeof row);
    }
    return cells;
}

static struct pdf_batch make_batch(struct arena *a, size_t rows, struct str number)
{
    const struct pdf_pair lines[] = {
        {STR("企业名称（公章）"), STR("演示监理公司0001")},
        {STR("统一社会信用代码"), STR("916200000000000004")},
        {STR("填报日期"), STR("2026-11-23")},
        {STR("联系人"), STR("王𬱖")},
        {STR("电话"), STR("0931-8000000")},
        {STR("批次号"), number},
        {STR("核验码"), STR("9F3C-27A1-04BE-D865")},
    };
    struct pdf_pair *head = ARENA_ARRAY(a, COUNT(lines), struct pdf_pair);
    memcpy(head, lines, sizeof lines);
    struct pdf_pair *totals = ARENA_ARRAY(a, 2, struct pdf_pair);
    totals[0] = (struct pdf_pair){STR("合计人数"), arena_fmt(a, "%zu 人", rows)};
    totals[1] =
        (struct pdf_pair){STR("应缴会费"), arena_fmt(a, "￥%zu.00（大写：以财务核定为准）", rows * 1000)};
    return (struct pdf_batch){
        .title = STR("甘肃省建设监理协会个人会员（新会员推荐）汇总表"),
        .head = head,
        .head_count = COUNT(lines),
        .qr = arena_fmt(a, "http://127.0.0.1:8080/b/%.*s", STR_ARG(number)),
        .number = number,
        .check_code = STR("9F3C-27A1-04BE-D865"),
        .columns = columns,
        .column_count = COUNT(columns),
        .cells = make_rows(a, rows),
        .row_count = rows,
        .totals = totals,
        .total_count = 2,
        .filled_by = STR("王𬱖"),
        .note = STR("请打印后加盖公章，扫描件（保证清晰）发送至协会邮箱：gsjlxhlz@163."
                    "com，或在系统“推荐汇总表”中上传。"),
    };
}

static void make_summary(struct arena *a, const char *folder)
{
    struct pdf_batch batches[] = {make_batch(a, LONG_ROWS, STR("N-2026-000012")),
                                  make_batch(a, SHORT_ROWS, STR("N-2026-000013"))};
    struct bytes pdf;
    must(pdf_summary(a, NULL, MADE_ON, batches, COUNT(batches), &pdf));
    save(folder, "summary.pdf", pdf);
}

/* As long as each text may be, in fifty characters: names with rare characters, in one word, of Latin words;
 * every cell that can grow grows. */
static void make_long_summary(struct arena *a, const char *folder)
{
    static const struct str long_names[] = {
        STR_INIT("阿布都热合曼·买买提吐尔逊·阿卜杜热依木·"
                 "木合塔尔·𬱖䶮买买提·吐尔逊江·"
                 "阿不力克木·努尔买买提艾力"),
        STR_INIT("Wolfeschlegelsteinhausenbergerdorffwelchevoralterx"),
        STR_INIT("Maria Theresia Wilhelmine Josephine von Habsburg A"),
    };
    static const struct str long_major = STR_INIT("建筑环境与能源应用工程（暖通空调与城市燃气供应"
                                                  "及建筑智能化技术方向）与给排水科学与工程"
                                                  "双学位专业结业");
    struct pdf_batch batch = make_batch(a, 40, STR("N-2026-000014"));
    struct str *cells = make_rows(a, batch.row_count);
    for (size_t i = 0; i < batch.row_count; i++) {
        struct str *row = cells + i * COUNT(columns);
        row[1] = long_names[i % COUNT(long_names)];
        if (i % 2) continue;
        row[5] = long_major;
        row[6] = STR("正高级工程师（正高级，教授级高级工程师）");
        row[7] = STR("总监理工程师代表兼安全监理");
        row[9] = STR("GSJX-2026-000123456789 2031-11-22 会员编号与有效期");
        row[10] = long_major;
    }
    batch.cells = cells;
    struct bytes pdf;
    must(pdf_summary(a, NULL, MADE_ON, &batch, 1, &pdf));
    save(folder, "summary_long.pdf", pdf);
}

static void make_application(struct arena *a, const char *folder)
{
    static const struct pdf_field fields[] = {
        {STR_INIT("姓名"), STR_INIT("王𬱖"), false},
        {STR_INIT("性别"), STR_INIT("女"), false},
        {STR_INIT("出生日期"), STR_INIT("1985-06-07"), false},
        {STR_INIT("联系电话"), STR_INIT("13900000001"), false},
        {STR_INIT("身份证号"), STR_INIT("620102198506070001"), true},
        {STR_INIT("工作单位"), STR_INIT("演示监理公司0001"), true},
        {STR_INIT("学历"), STR_INIT("大学本科"), false},
        {STR_INIT("毕业院校"), STR_INIT("兰州交通大学"), false},
        {STR_INIT("所学专业"), STR_INIT("建筑环境与能源应用工程"), false},
        {STR_INIT("职称"), STR_INIT("高级工程师（副高级）"), false},
        {STR_INIT("职称专业"), STR_INIT("建筑工程管理"), false},
        {STR_INIT("岗位"), STR_INIT("总监代表"), false},
        {STR_INIT("从事监理起始"), STR_INIT("2010-07"), false},
        {STR_INIT("QQ"), STR_INIT("12345678"), false},
        {STR_INIT("电子邮箱"), STR_INIT("wang@example.cn"), true},
        {STR_INIT("通讯地址"), STR_INIT("甘肃省兰州市城关区某某路1号演示大厦1201室"), true},
    };
    static const struct str pledge[] = {
        STR_INIT("本人自愿加入甘肃省建设监理协会，遵守国家法律法规，拥护协会章程，维护协会及行业声誉，遵守行"
                 "业公约和职业"
                 "道德，爱岗敬业，按时缴纳会费，履行会员义务。"),
        STR_INIT("本人承诺以上所填内容真实、准确，如有不实，愿承担相应责任。"),
    };
    static const struct pdf_signature signatures[] = {
        {STR_INIT("申请人"), STR_INIT("申请人（签字）")},
        {STR_INIT("单位意见"), STR_INIT("单位（盖章）")},
        {STR_INIT("协会意见"), STR_INIT("协会（盖章）")},
    };
    struct pdf_application form = {
        .title = STR("甘肃省建设监理协会个人会员入会申请表"),
        .number = STR("2026-000123"),
        .date = MADE_ON,
        .fields = fields,
        .field_count = COUNT(fields),
        .photo = portrait_jpeg(a, true, 3),
        .pledge_title = STR("申请人承诺"),
        .pledge = pledge,
        .pledge_count = COUNT(pledge),
        .signatures = signatures,
        .signature_count = COUNT(signatures),
    };
    struct bytes pdf;
    must(pdf_application(a, NULL, &form, &pdf));
    save(folder, "application.pdf", pdf);
}

static void make_letters(struct arena *a, const char *folder)
{
    static const struct str paragraphs[] = {
        STR_INIT("贵单位在甘肃省建设监理协会会员管理系统中的企业账号已经开通。下面的密码只能使用一次，首次登"
                 "录后请立即设置"
                 "新密码，并妥善保管本通知。"),
        STR_INIT("如非贵单位申请，或本通知送达时封口已被拆开，请与协会联系，电话 0931-8000000。"),
    };
    struct pdf_letter letter = {
        .title = STR("账号分配通知"),
        .to = STR("演示监理公司0001"),
        .paragraphs = paragraphs,
        .paragraph_count = COUNT(paragraphs),
        .account_label = STR("账号"),
        .account = STR("演示监理公司0001"),
        .password_label = STR("一次性密码"),
        .password = STR("K7mQ-w0Oi-1lI4"),
        .address = STR("http://127.0.0.1:8080/login?as=company"),
        .from = STR("甘肃省建设监理协会"),
        .date = MADE_ON,
    };
    struct pdf_letter letters[] = {letter, letter};
    letters[1].to = letters[1].account = STR("演示监理公司0002");
    struct bytes pdf;
    must(pdf_letters(a, NULL, letters, COUNT(letters), &pdf));
    save(folder, "letters.pdf", pdf);
}

static void make_sheet(struct arena *a, const char *folder)
{
    static const struct sheet_column sheet_columns[] = {
        {STR_INIT("序号"), 6, SHEET_INT},       {STR_INIT("姓名"), 12, SHEET_TEXT},
        {STR_INIT("身份证号"), 22, SHEET_TEXT}, {STR_INIT("应缴会费（元）"), 16, SHEET_MONEY},
        {STR_INIT("备注"), 24, SHEET_TEXT},
    };
    static const struct str info[] = {STR_INIT("填报单位：演示监理公司0001"),
                                      STR_INIT("批次号：N-2026-000012"),
                                      STR_INIT("导出时间：2026-11-23 16:05:09")};
    static const struct str rows[][5] = {
        {STR_INIT("1"), STR_INIT("王𬱖"), STR_INIT("620102198506070001"), STR_INIT("100000"),
         STR_INIT("=1+1")},
        {STR_INIT("2"), STR_INIT("䶮小明"), STR_INIT("62011219880808102X"), STR_INIT("20050"),
         STR_INIT("+8613900000001")},
        {STR_INIT("3"), STR_INIT("买买提·吐尔逊"), STR_INIT("000000000000000018"), STR_INIT("0"),
         STR_INIT("@SUM(A1)")},
        {STR_INIT("无"), STR_INIT("a\xff\x01z"), STR_INIT(""), STR_INIT("未定"), STR_INIT("<b>&\"")},
    };
    struct sheet_head head = {STR("会员"),
                              STR("甘肃省建设监理协会个人会员名单"),
                              info,
                              COUNT(info),
                              sheet_columns,
                              COUNT(sheet_columns),
                              0};
    char path[4096];
    snprintf(path, sizeof path, "%s/members.xlsx", folder);
    struct sheet *s;
    must(sheet_begin(a, NULL, path, &head, &s));
    for (size_t i = 0; i < COUNT(rows); i++)
        must(sheet_row(s, NULL, rows[i]));
    must(sheet_end(s, NULL, STR("人")));
}

int main(int argc, char **argv)
{
    if (argc != 2) {
        fputs("usage: make_samples FOLDER\n", stderr);
        return 2;
    }
    struct arena *a = arena_new();
    make_summary(a, argv[1]);
    make_long_summary(a, argv[1]);
    make_application(a, argv[1]);
    make_letters(a, argv[1]);
    make_sheet(a, argv[1]);
    arena_free(a);
    return 0;
}
