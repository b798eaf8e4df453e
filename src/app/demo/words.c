#include "app/demo/words.h"

#include "domain/credit_code.h"
#include "domain/id_number.h"

#define COUNT(array)    (sizeof(array) / sizeof(array)[0])
#define CHARACTER_BYTES 3 /* of each in the strings below */

/* No two draws stand in one expression: C leaves their order open, and the same seed must give the same
 * people with every compiler. */

/* The frequent ones first. */
static const char *const SURNAMES[] = {
    "王", "李", "张", "刘", "陈", "杨", "赵", "马", "黄", "周", "吴", "徐", "孙", "胡", "朱", "高",   "林",
    "何", "郭", "罗", "梁", "宋", "郑", "谢", "韩", "唐", "冯", "于", "董", "萧", "程", "曹", "袁",   "邓",
    "许", "傅", "沈", "曾", "彭", "吕", "苏", "卢", "蒋", "蔡", "贾", "丁", "魏", "薛", "叶", "阎",   "余",
    "潘", "杜", "戴", "夏", "钟", "汪", "田", "任", "姜", "范", "方", "石", "姚", "谭", "廖", "邹",   "熊",
    "金", "陆", "郝", "孔", "白", "崔", "康", "毛", "邱", "秦", "江", "史", "顾", "侯", "邵", "孟",   "龙",
    "万", "段", "雷", "钱", "汤", "尹", "黎", "易", "常", "武", "乔", "贺", "赖", "龚", "文", "欧阳", "上官",
};
static const struct str MEN =
    STR_INIT("伟强磊军勇杰涛明超亮刚平辉鹏华飞鑫波斌宇浩凯健俊帆志国建文学海东林峰永成德生龙云晓世");
static const struct str WOMEN =
    STR_INIT("芳娜敏静丽艳娟霞秀玲燕红英梅兰慧婷雪琳洁莉倩颖佳欣雅萍蓉晶丹月春桂淑玉晓文美爱凤");
static const char *const RARE[] = {"𬱖", "䶮"};
static const char *const FIRST_OF_MEN[] = {"买买提", "阿卜杜拉", "伊斯玛", "叶尔兰",
                                           "巴合提", "尤素夫",   "丹增",   "赛力克"};
static const char *const FIRST_OF_WOMEN[] = {"古丽娜尔",   "阿依古丽", "玛依拉",  "法图麦",
                                             "古丽巴哈尔", "卓玛",     "阿依达娜"};
static const char *const FATHERS[] = {"吐尔逊", "艾合买提", "热合曼", "哈斯木",
                                      "努尔兰", "达吾提",   "别克",   "才让"};

static const char *const UNIVERSITIES[] = {
    "兰州大学",         "兰州理工大学", "兰州交通大学", "西北民族大学", "甘肃农业大学",
    "西安建筑科技大学", "长安大学",     "西南交通大学", "河海大学",     "重庆大学",
    "兰州城市学院",     "陇东学院",     "兰州工业学院", "河西学院",
};
static const char *const COLLEGES[] = {
    "甘肃建筑职业技术学院",     "兰州石化职业技术大学", "甘肃交通职业技术学院",
    "兰州资源环境职业技术大学", "甘肃工业职业技术学院", "酒泉职业技术大学",
};
static const char *const SECONDARY[] = {"甘肃省建筑工程学校", "甘肃省水利学校", "甘肃省交通学校",
                                        "兰州铁路机械学校"};
static const char *const MAJORS[] = {
    "土木工程",     "工程管理",           "建筑工程技术",
    "工程造价",     "给排水科学与工程",   "道路桥梁与渡河工程",
    "水利水电工程", "电气工程及其自动化", "建筑环境与能源应用工程",
    "工程监理",     "测绘工程",           "工业与民用建筑",
};
static const char *const SPECIALTIES[] = {"建筑工程", "市政工程", "公路工程", "水利工程",
                                          "工程管理", "电气工程", "暖通",     "给排水"};

struct weight {
    int value, weight;
};
static const struct weight EDUCATIONS[] = {{21, 45}, {31, 34}, {41, 13}, {14, 5}, {61, 2}, {11, 1}};
static const struct weight TITLES[] = {{3, 40}, {2, 25}, {4, 14}, {0, 14}, {1, 5}, {5, 2}};
enum post { POST_EXPERT, POST_WATCH, POST_DEPUTY, POST_CHIEF, POST_PAPERS, POST_OTHER };
static const char *const POSTS[] = {"专监", "监理员", "总监代表", "总监", "资料员", "其他"};
static const struct weight POST_WEIGHTS[] = {{POST_EXPERT, 38}, {POST_WATCH, 30}, {POST_DEPUTY, 10},
                                             {POST_CHIEF, 12},  {POST_PAPERS, 8}, {POST_OTHER, 2}};

static const struct {
    const char *address, *dialling, *region;
} PLACES[] = {
    {"甘肃省兰州市城关区庆阳路", "0931", "620102"}, {"甘肃省兰州市七里河区西津东路", "0931", "620103"},
    {"甘肃省兰州市安宁区银安路", "0931", "620105"}, {"甘肃省天水市秦州区民主路", "0938", "620502"},
    {"甘肃省白银市白银区北京路", "0943", "620402"}, {"甘肃省酒泉市肃州区盘旋东路", "0937", "620902"},
    {"甘肃省张掖市甘州区县府街", "0936", "620702"}, {"甘肃省武威市凉州区西大街", "0935", "620602"},
    {"甘肃省平凉市崆峒区西大街", "0933", "620802"}, {"甘肃省庆阳市西峰区南大街", "0934", "621002"},
    {"甘肃省定西市安定区中华路", "0932", "621102"}, {"甘肃省陇南市武都区盘旋路", "0939", "621202"},
    {"甘肃省临夏州临夏市红园路", "0930", "622901"}, {"甘肃省甘南州合作市当周街", "0941", "623001"},
    {"甘肃省金昌市金川区新华路", "0935", "620302"}, {"甘肃省嘉峪关市新华南路", "0937", "620200"},
};

int64_t demo_draw(struct seed *s, int64_t low, int64_t high)
{
    return low + seed_next(s, (uint32_t)(high - low + 1));
}

static bool percent(struct seed *s, uint32_t n)
{
    return seed_next(s, 100) < n;
}

static const char *word(struct seed *s, const char *const *words, size_t n)
{
    return words[seed_next(s, (uint32_t)n)];
}
#define WORD(s, words) word((s), (words), COUNT(words))

static int weighted(struct seed *s, const struct weight *w, size_t n)
{
    int total = 0;
    for (size_t i = 0; i < n; i++)
        total += w[i].weight;
    int at = (int)seed_next(s, (uint32_t)total);
    size_t i = 0;
    while (at >= w[i].weight)
        at -= w[i++].weight;
    return w[i].value;
}
#define WEIGHTED(s, weights) weighted((s), (weights), COUNT(weights))

static struct str character(struct seed *s, struct str of)
{
    return str_sub(of, CHARACTER_BYTES * (size_t)seed_next(s, (uint32_t)(of.n / CHARACTER_BYTES)),
                   CHARACTER_BYTES);
}

/* The lesser of two draws: the frequent ones come first in the list. */
static const char *surname(struct seed *s)
{
    uint32_t a = seed_next(s, COUNT(SURNAMES)), b = seed_next(s, COUNT(SURNAMES));
    return SURNAMES[a < b ? a : b];
}

static struct str plain_name(struct arena *a, struct seed *s, bool woman)
{
    struct str given = woman ? WOMEN : MEN;
    const char *family = surname(s);
    struct str one = character(s, given), two = percent(s, 82) ? character(s, given) : STR("");
    return arena_fmt(a, "%s%.*s%.*s", family, STR_ARG(one), STR_ARG(two));
}

static struct str dotted_name(struct arena *a, struct seed *s, bool woman)
{
    const char *first = woman ? WORD(s, FIRST_OF_WOMEN) : WORD(s, FIRST_OF_MEN);
    return arena_fmt(a, "%s·%s", first, WORD(s, FATHERS));
}

static struct str rare_name(struct arena *a, struct seed *s)
{
    const char *family = surname(s);
    return arena_fmt(a, "%s%s", family, WORD(s, RARE));
}

static struct str name_make(struct arena *a, struct seed *s, bool woman, enum demo_name kind)
{
    uint32_t at = seed_next(s, 1000);
    if (kind == DEMO_NAME_ANY && at < 20) kind = DEMO_NAME_WITH_DOT;
    if (kind == DEMO_NAME_ANY && at < 25) kind = DEMO_NAME_RARE;
    switch (kind) {
    case DEMO_NAME_WITH_DOT:
        return dotted_name(a, s, woman);
    case DEMO_NAME_RARE:
        return rare_name(a, s);
    case DEMO_NAME_ANY:
        break;
    }
    return plain_name(a, s, woman);
}

#define BIRTH_DAYS  (80 * 366)
#define PER_DAY     50 /* sequences 900 to 999, odd for men, even for women */
#define AGE_MIN     20 /* at registration */
#define AGE_MAX     59
#define AREA_CHANGE 1986

struct demo_numbers {
    int32_t first; /* day number */
    uint8_t given[2][BIRTH_DAYS];
};

struct demo_numbers *demo_numbers_new(struct arena *a, struct day today)
{
    struct demo_numbers *n = ARENA_NEW(a, struct demo_numbers);
    n->first = day_number(today) - BIRTH_DAYS + 1;
    return n;
}

/* A birth date near the one drawn that has a number left: later ones, then round from the beginning of the
 * ages. */
static bool number_take(struct seed *s, struct demo_numbers *n, bool woman, struct day registered,
                        int32_t *ret_born, int *ret_which)
{
    int32_t oldest = day_number(day_add_years(registered, -AGE_MAX));
    int32_t days = day_number(day_add_years(registered, -AGE_MIN)) - oldest;
    /* The mean of two draws: few very young, few very old. */
    int64_t one = demo_draw(s, 0, days - 1), two = demo_draw(s, 0, days - 1);
    int32_t at = (int32_t)((one + two) / 2);
    for (int32_t i = 0; i < days; i++) {
        int32_t born = oldest + (at + i) % days;
        uint8_t *given = &n->given[woman][born - n->first];
        if (*given == PER_DAY) continue;
        *ret_born = born;
        *ret_which = (*given)++;
        return true;
    }
    return false;
}

static bool number_make(struct arena *a, struct seed *s, struct demo_numbers *n, struct day registered,
                        struct demo_person *p)
{
    bool woman = p->sex == SEX_FEMALE;
    int32_t born;
    int which;
    if (!number_take(s, n, woman, registered, &born, &which)) return false;
    p->born = day_from_number(born);
    int sequence = 900 + 2 * ((7 * which + born % PER_DAY + PER_DAY) % PER_DAY) + !woman;
    struct str first = arena_fmt(a, "%d%04d%02d%02d%03d", p->born.year < AREA_CHANGE ? 620000 : 620112,
                                 p->born.year, p->born.month, p->born.day, sequence);
    p->id_number = arena_fmt(a, "%.*s%c", STR_ARG(first), id_number_check(first.p));
    return true;
}

static const char *school(struct seed *s, int education)
{
    switch (education) {
    case 31:
        return WORD(s, COLLEGES);
    case 41:
    case 61:
        return WORD(s, SECONDARY);
    default:
        return WORD(s, UNIVERSITIES);
    }
}

/* Supervision began some time between the ages of 20 and 30, and a year before registration at the latest. */
static struct day start_make(struct seed *s, struct day born, struct day registered)
{
    struct day start = day_add_months(day_add_years(born, AGE_MIN), (int)demo_draw(s, 0, 120));
    struct day latest = day_add_months(registered, -13);
    if (day_cmp(start, latest) > 0) start = latest;
    start.day = 1;
    return start;
}

static void career_make(struct seed *s, struct day registered, struct demo_person *p)
{
    p->education = WEIGHTED(s, EDUCATIONS);
    p->school = str_from(school(s, p->education));
    p->major = p->education == 61 ? STR("") : str_from(WORD(s, MAJORS));
    p->started_on = start_make(s, p->born, registered);
    int highest = 1 + day_years_between(p->started_on, registered) / 4;
    p->title_level = WEIGHTED(s, TITLES);
    if (p->title_level > highest) p->title_level = highest;
    if (p->education == 61 && p->title_level == 0) p->title_level = 1; /* else not eligible */
    p->title_specialty = p->title_level ? str_from(WORD(s, SPECIALTIES)) : STR("");
    enum post post = (enum post)WEIGHTED(s, POST_WEIGHTS);
    if (p->title_level < 3 && post != POST_PAPERS && post != POST_OTHER) post = POST_WATCH;
    p->post = str_from(POSTS[post]);
}

static void reach_make(struct arena *a, struct seed *s, struct demo_person *p)
{
    p->mobile = arena_fmt(a, "13%09ld", (long)demo_draw(s, 0, 999999999));
    p->qq = percent(s, 60) ? arena_fmt(a, "%ld", (long)demo_draw(s, 10000000, 2999999999)) : STR("");
    p->email = p->qq.n && percent(s, 50) ? arena_fmt(a, "%.*s@example.com", STR_ARG(p->qq)) : STR("");
}

bool demo_person_make(struct arena *a, struct seed *s, struct demo_numbers *numbers, struct day registered,
                      enum demo_name name, struct demo_person *ret)
{
    struct demo_person p = {.sex = percent(s, 24) ? SEX_FEMALE : SEX_MALE};
    p.name = name_make(a, s, p.sex == SEX_FEMALE, name);
    if (!number_make(a, s, numbers, registered, &p)) return false;
    career_make(s, registered, &p);
    reach_make(a, s, &p);
    *ret = p;
    return true;
}

static struct str credit_code_make(struct arena *a, const char *region, int64_t number)
{
    struct str first = arena_fmt(a, "91%sMA9%06ld", region, (long)number);
    return arena_fmt(a, "%.*s%c", STR_ARG(first), credit_code_check(first.p));
}

struct company_new demo_company_make(struct arena *a, struct seed *s, int64_t number)
{
    size_t place = seed_next(s, COUNT(PLACES));
    struct str contact = plain_name(a, s, percent(s, 60));
    int64_t phone = demo_draw(s, 2000000, 8999999), house = demo_draw(s, 1, 399);
    return (struct company_new){
        .name = arena_fmt(a, "演示监理公司%04ld", (long)number),
        .credit_code = credit_code_make(a, PLACES[place].region, number),
        .contact = contact,
        .phone = arena_fmt(a, "%s-%ld", PLACES[place].dialling, (long)phone),
        .address = arena_fmt(a, "%s%ld号", PLACES[place].address, (long)house),
    };
}
