#include "app/members/application.h"

#include "app/core/draw.h"
#include "app/core/files.h"
#include "app/core/settings.h"
#include "app/core/texts.h"
#include "app/core/trail.h"
#include "app/members/page.h"
#include "app/members/person.h"
#include "domain/mask.h"
#include "media/document.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

struct field_list {
    LIST(struct pdf_field);
};

static void put_field(struct ctx *c, struct field_list *fields, const char *label, struct str value,
                      bool wide)
{
    *ARENA_PUSH(c->arena, fields) = (struct pdf_field){str_from(label), str_or_empty(value), wide};
}

/* 查看 never sees a full ID number, nor the birth date that stands in it. */
static bool sees_all(const struct actor *a)
{
    return a->side != SIDE_STAFF || (a->roles & ROLE_MEMBERSHIP);
}

/* The rest of what the form asks, in its order: domain/person_field.h. */
static void put_form(struct ctx *c, struct field_list *fields, const struct dossier *d)
{
    struct person_input in = person_as_read(c, &d->row, d->mobile, d->company_name);
    for (size_t i = 0; i < person_fields_n; i++) {
        const struct person_field *f = &person_fields[i];
        if (f->kind == PERSON_NAME || f->kind == PERSON_PHOTO) continue;
        bool wide = f->wide || f->kind == PERSON_EMPLOYER || f->kind == PERSON_EMAIL;
        put_field(c, fields, person_field_brief(f), person_text_in(&in, f), wide);
    }
}

/* Two to a line, the first four lines beside the photo. */
static struct field_list application_fields(struct ctx *c, const struct dossier *d)
{
    const struct member_full *m = &d->row;
    bool all = sees_all(&c->actor);
    struct str born = day_str(c->arena, d->born);
    struct field_list fields = {0};
    put_field(c, &fields, "姓名", m->name, false);
    put_field(c, &fields, "性别", str_from(code_label(sex_codes, (int)m->sex)), false);
    put_field(c, &fields, "身份证号", all ? d->id_number : mask_id_number(c->arena, d->id_number), true);
    put_field(c, &fields, "出生日期", all ? born : str_sub(born, 0, 4), false);
    put_form(c, &fields, d);
    if (!m->number.n) return fields;
    put_field(c, &fields, "会员编号", m->number, false);
    put_field(c, &fields, "会员有效期至", day_str(c->arena, m->period_end), false);
    return fields;
}

static const struct pdf_signature SIGNATURES[] = {
    {STR_INIT("申请人承诺"), STR_INIT("申请人（签字）")},
    {STR_INIT("单位意见"), STR_INIT("单位（盖章）")},
    {STR_INIT("协会意见"), STR_INIT("协会（盖章）")},
};

static enum status draw_application(struct ctx *c, const struct dossier *d, struct bytes photo,
                                    struct bytes *ret)
{
    struct field_list fields = application_fields(c, d);
    struct text_section pledge = app_text_pledge(c);
    const struct pdf_application form = {
        .title = arena_fmt(c->arena, "%.*s个人会员入会申请表", STR_ARG(c->settings->association)),
        .number = d->row.number,
        .date = c->today,
        .fields = fields.p,
        .field_count = fields.n,
        .photo = photo,
        .pledge_title = pledge.heading,
        .pledge = pledge.paragraphs.p,
        .pledge_count = pledge.paragraphs.n,
        .signatures = SIGNATURES,
        .signature_count = COUNT(SIGNATURES),
    };
    return draw_document(c, &(struct document){DOCUMENT_APPLICATION, .form = &form}, ret);
}

enum status app_application_pdf(struct ctx *c, struct member_id id, struct bytes *ret)
{
    struct dossier d;
    struct bytes photo = {0}, pdf;
    TRY(app_read(c));
    TRY(app_member_dossier(c, id, &d));
    if (d.row.photo_id.v) TRY(file_read(c, d.row.photo_id, &photo));
    TRY(draw_application(c, &d, photo, &pdf));
    if (c->actor.side != SIDE_MEMBER)
        TRY(audit_add_alone(c, &(struct audit_note){.event = "member.print_application",
                                                    .about = member_subject(&d.row),
                                                    .company = d.row.company_id}));
    *ret = pdf;
    return ST_OK;
}
