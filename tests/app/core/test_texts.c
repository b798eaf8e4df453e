#include "register.h"

#include "app/core/settings.h"
#include "app/core/texts.h"

#define URL STR("https://huiyuan.example.com")

/* No database: texts need the settings only. */
static void set_up(struct ctx *c, struct app *app, struct settings *s)
{
    *s = (struct settings){
        .association = STR("某省监理协会"),
        .system = STR("会员管理系统"),
        .organiser_phone = STR("0931-1234567"),
        .scan_mailbox = STR("a@example.com"),
        .bank_payee = STR("某省监理协会"),
        .bank_name = STR("某银行"),
        .bank_account = STR("0123456789"),
        .fee_yearly_fen = 15050,
        .period_years = 3,
        .age_max = 65,
        .practice_months = 18,
        .renewal_window_days = 60,
    };
    *app = (struct app){0};
    ctx_init(c, app, arena_new());
    c->settings = s;
}

/* All of it in one piece. */
static struct str whole(struct ctx *c, struct text t)
{
    struct str all = t.title;
    for (size_t i = 0; i < t.sections.n; i++) {
        const struct text_section *s = &t.sections.p[i];
        assert_true(s->heading.n > 0 && s->paragraphs.n > 0);
        all = arena_fmt(c->arena, "%.*s\n%.*s", STR_ARG(all), STR_ARG(s->heading));
        for (size_t k = 0; k < s->paragraphs.n; k++)
            all = arena_fmt(c->arena, "%.*s\n%.*s", STR_ARG(all), STR_ARG(s->paragraphs.p[k]));
    }
    return all;
}

static bool holds(struct str text, const char *part)
{
    size_t at;
    return str_find(text, str_from(part), &at);
}

static void settings_are_filled_in(void **state)
{
    (void)state;
    static const struct {
        int side; /* -1: 入会须知 */
        const char *words;
    } CASES[] = {
        {-1, "从事监理及工程咨询工作满18个月以上"},
        {-1, "年龄65岁以下（含65岁）"},
        {-1, "标准为150.50元每人每年，3年为一个缴费期"},
        {-1, "账　　号：0123456789"},
        {SIDE_MEMBER, "打开 https://huiyuan.example.com，"},
        {SIDE_MEMBER, "协会联系电话：0931-1234567"},
        {SIDE_COMPANY, "有效期还剩60天以内"},
        {SIDE_COMPANY, "发送到某省监理协会邮箱：a@example.com。"},
        {SIDE_STAFF, "新会员的有效期从批准之日起，3年"},
    };
    for (size_t i = 0; i < COUNT(CASES); i++) {
        struct settings s;
        struct app app;
        struct ctx c;
        set_up(&c, &app, &s);
        struct text t =
            CASES[i].side < 0 ? app_text_guide(&c, URL) : app_text_help(&c, (enum side)CASES[i].side, URL);
        struct str all = whole(&c, t);
        if (!holds(all, CASES[i].words)) print_error("no %s\n", CASES[i].words);
        assert_true(holds(all, CASES[i].words));
        assert_false(holds(all, "{"));
        assert_false(holds(all, "忘记密码")); /* no page of that name yet */
        assert_int_equal(holds(all, "本单位"), CASES[i].side == SIDE_COMPANY);
        assert_false(holds(all, "甘肃")); /* the first association is a setting like any other */
        arena_free(c.arena);
    }
}

static void what_is_not_set_is_left_out(void **state)
{
    (void)state;
    struct settings s;
    struct app app;
    struct ctx c;
    set_up(&c, &app, &s);
    s.organiser_phone = s.scan_mailbox = s.bank_account = STR("");
    s.renewal_window_days = 0;
    assert_false(holds(whole(&c, app_text_help(&c, SIDE_MEMBER, URL)), "联系电话："));
    assert_false(holds(whole(&c, app_text_help(&c, SIDE_COMPANY, URL)), "邮箱"));
    assert_false(holds(whole(&c, app_text_help(&c, SIDE_COMPANY, URL)), "提前推荐续期"));
    assert_false(holds(whole(&c, app_text_guide(&c, URL)), "号："));
    assert_true(holds(whole(&c, app_text_guide(&c, URL)), "开户银行：某银行"));
    arena_free(c.arena);
}

static void the_pledge_names_association_and_fee(void **state)
{
    (void)state;
    struct settings s;
    struct app app;
    struct ctx c;
    set_up(&c, &app, &s);
    struct text_section pledge = app_text_pledge(&c);
    assert_true(str_eq(pledge.heading, STR("入会承诺")));
    assert_int_equal(pledge.paragraphs.n, 4);
    assert_true(str_starts(pledge.paragraphs.p[0], STR("本人自愿申请加入某省监理协会，")));
    assert_true(holds(pledge.paragraphs.p[3], "150.50元每人每年，3年为一个缴费期"));
    arena_free(c.arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(settings_are_filled_in),
        cmocka_unit_test(what_is_not_set_is_left_out),
        cmocka_unit_test(the_pledge_names_association_and_fee),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
