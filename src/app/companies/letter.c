#include "app/companies/letter.h"

#include "app/core/draw.h"
#include "app/core/settings.h"
#include "media/document.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

enum status app_letter_pdf(struct ctx *c, const struct one_time *account, struct str url, struct bytes *ret)
{
    const struct settings *set = c->settings;
    const struct str paragraphs[] = {
        arena_fmt(
            c->arena,
            "贵单位在%.*s%.*s的企业账号和首次登录密码如下。请由本单位的系统管理人员在登录页选择“企业登录”，"
            "用它们登录。",
            STR_ARG(set->association), STR_ARG(set->system)),
        STR("密码只供首次登录使用，登录后请按提示设置新密码。协会工作人员不知道也不会询问您的密码。"),
        STR("请妥善保管本通知，设置新密码后即可销毁。"),
    };
    const struct pdf_letter letter = {
        .title = STR("企业账号分配通知"),
        .to = account->company.name,
        .paragraphs = paragraphs,
        .paragraph_count = COUNT(paragraphs),
        .account_label = STR("账号"),
        .account = account->account,
        .password_label = STR("首次登录密码"),
        .password = account->password,
        .address = arena_fmt(c->arena, "%.*s/login?as=company", STR_ARG(url)),
        .from = set->association,
        .date = c->today,
    };
    return draw_document(c, &(struct document){DOCUMENT_LETTERS, .letters = &letter, .letter_count = 1}, ret);
}
