#include "app/access/lost_desk.h"
#include "app/core/draw.h"
#include "app/core/settings.h"
#include "media/document.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

/* Two to a line, filled in by hand. */
static const struct pdf_field FIELDS[] = {
    {STR_INIT("单位名称"), STR_INIT(""), true},      {STR_INIT("统一社会信用代码"), STR_INIT(""), true},
    {STR_INIT("登记的联系人"), STR_INIT(""), false}, {STR_INIT("联系电话"), STR_INIT(""), false},
    {STR_INIT("核对码"), STR_INIT(""), false},       {STR_INIT("申请日期"), STR_INIT(""), false},
    {STR_INIT("新的联系人"), STR_INIT(""), false},   {STR_INIT("新的联系电话"), STR_INIT(""), false},
    {STR_INIT("申请原因"), STR_INIT(""), true},
};

static const struct pdf_signature SIGNATURES[] = {
    {STR_INIT("经办人"), STR_INIT("经办人（签字）")},
    {STR_INIT("单位意见"), STR_INIT("单位（盖章）")},
    {STR_INIT("协会核对"), STR_INIT("核对人（签字）")},
};

enum status app_lost_form_pdf(struct ctx *c, struct str url, struct bytes *ret)
{
    const struct str steps[] = {
        arena_fmt(c->arena,
                  "1、在 %.*s/forgot?as=company 填写单位名称、登记的联系人和自己选的新密码，得到六位核对码，"
                  "抄在上面。",
                  STR_ARG(url)),
        STR("2、填好本表，由单位盖章，扫描或拍照后发给协会，也可以交原件。"),
        STR("3、协会核对无误后，新密码即可使用。密码不要写在表上，协会不会询问。"),
        STR("4、换了联系人的，请一并填写，由协会更正登记。"),
    };
    const struct pdf_application form = {
        .title = arena_fmt(c->arena, "%.*s企业主管理员密码重置申请表", STR_ARG(c->settings->association)),
        .date = c->today,
        .plain = true,
        .fields = FIELDS,
        .field_count = COUNT(FIELDS),
        .pledge_title = STR("办理步骤"),
        .pledge = steps,
        .pledge_count = COUNT(steps),
        .signatures = SIGNATURES,
        .signature_count = COUNT(SIGNATURES),
    };
    return draw_document(c, &(struct document){DOCUMENT_APPLICATION, .form = &form}, ret);
}
