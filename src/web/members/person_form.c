#include "web/members/person_form.h"

#include "app/companies/companies.h"
#include "app/core/settings.h"
#include "domain/id_number.h"
#include "domain/mask.h"
#include "domain/person.h"
#include "domain/required.h"
#include "gen/rows.h"

#include <stddef.h>
#include <string.h>

#define ADDRESS_HINT    "当前就职单位地址。"
#define ADDRESS_OFFERED "取自所选单位登记的地址，请核对，可以修改。"

#define FIELD(field) .name = #field, .offset = offsetof(struct person_input, field)

/* `max` of text is domain/person.h's; what is not required here may be so by setting (domain/required.h). */
static const struct form_field NAME_FIELD[] = {
    {FIELD(name), .label = "姓名", .type = "text", .autocomplete = "name", .required = true,
     .hint = "与身份证一致；少数民族姓名可用间隔号 ·"},
};
static const struct form_field EDUCATION_FIELDS[] = {
    {FIELD(education), .label = "学历", .codes = &education_codes, .required = true},
    {FIELD(school), .label = "毕业院校", .type = "text"},
    {FIELD(major), .label = "所学专业", .type = "text"},
};
static const struct form_field WORK_FIELDS[] = {
    {FIELD(title_level), .label = "职称等级", .codes = &title_level_codes, .required = true},
    {FIELD(title_specialty), .label = "职称专业", .type = "text"},
    {FIELD(post), .label = "岗位", .words = &post_words},
    {FIELD(started_on), .label = "从哪年哪月开始做监理", .type = "month", .max = 7, .required = true,
     .hint = "例如 2013-07；从事监理及工程咨询工作须满 1 年。"},
};
static const struct form_field CONTACT_FIELDS[] = {
    {FIELD(address), .label = "通讯地址", .type = "text", .wide = true, .hint = ADDRESS_HINT},
    {FIELD(mobile), .label = "联系电话", .type = "tel", .autocomplete = "tel", .hint = "个人手机号，11 位。"},
    {FIELD(qq), .label = "QQ 号", .type = "text"},
    {FIELD(email), .label = "电子邮箱", .type = "email", .autocomplete = "email"},
};

void person_form_read(const struct web *w, struct person_input *ret, struct photo_input *ret_photo)
{
    struct person_input in;
    form_read(w, FORM(NAME_FIELD), &in);
    form_read(w, FORM(EDUCATION_FIELDS), &in);
    form_read(w, FORM(WORK_FIELDS), &in);
    form_read(w, FORM(CONTACT_FIELDS), &in);
    in.company = web_field(w, "company");
    struct photo_input photo = {.anyway = web_flag(w, "photo_anyway"), .kept = web_field(w, "photo_kept")};
    for (size_t i = 0; i < w->q->files.n; i++) {
        const struct http_file *file = &w->q->files.p[i];
        if (!str_eq(file->field, STR("photo"))) continue;
        photo.bytes = file->bytes;
        photo.size = file->size;
    }
    *ret = in;
    *ret_photo = photo;
}

bool person_form_find(const struct web *w)
{
    return web_flag(w, "find");
}

struct str person_form_id_shown(struct web *w, struct str id_number)
{
    struct id_number id;
    struct str masked = mask_id_number(w->q->arena, id_number);
    if (id_number_parse(id_number, w->c.today, &id) != ID_OK) return masked;
    return arena_fmt(w->q->arena, "%.*s　%s　%.*s", STR_ARG(masked), code_label(sex_codes, (int)id.sex),
                     STR_ARG(day_str(w->q->arena, id.born)));
}

/* The table of a group, with what stands elsewhere: limits, and what this association requires. */
static struct fields_view group(struct web *w, struct form f, const struct person_input *in)
{
    struct form_field *fields = ARENA_ARRAY(w->q->arena, f.n, struct form_field);
    memcpy(fields, f.p, f.n * sizeof *fields);
    for (size_t i = 0; i < f.n; i++) {
        const struct person_limit *limit = person_limit(fields[i].name);
        if (limit) fields[i].max = (int)limit->max;
        if (w->c.app->settings->required & required_bit(fields[i].name)) fields[i].required = true;
    }
    return form_view(w, (struct form){fields, f.n}, in);
}

static void add_choice(struct web *w, struct company_picker *p, const struct companies_matching_row *row,
                       bool chosen)
{
    *ARENA_PUSH(w->q->arena, &p->choices) = (struct employer_view){
        arena_fmt(w->q->arena, "%ld", (long)row->id.v), row->name, row->address, chosen};
}

static enum status add_found(struct web *w, struct company_picker *p, struct company_id chosen)
{
    struct companies_matching_rows found;
    TRY(app_companies_search(&w->c, p->q, &found));
    p->searched = true;
    for (size_t i = 0; i < found.n && p->choices.n < EMPLOYERS_MAX; i++)
        if (found.p[i].id.v != chosen.v) add_choice(w, p, &found.p[i], false);
    return ST_OK;
}

/* The chosen employer stands first and checked: from there the script takes it. */
static enum status picker(struct web *w, struct str chosen, bool fixed, struct company_picker *ret)
{
    struct company_picker p = {
        .q = str_trim(web_field(w, "company_q")),
        .error = form_error(w, "company"),
        .address_hint = STR(ADDRESS_HINT),
        .address_offered = STR(ADDRESS_OFFERED),
        .fixed = fixed,
    };
    struct companies_matching_row one;
    TRY(app_company_choice(&w->c, chosen, &one));
    if (one.id.v) add_choice(w, &p, &one, true);
    if (!fixed) p.address = one.address;
    p.focus = form_focus(w, p.error) || person_form_find(w); /* where the choice is to be made */
    if (p.q.n && !fixed && (person_form_find(w) || !one.id.v)) TRY(add_found(w, &p, one.id));
    *ret = p;
    return ST_OK;
}

/* The mailing address is mostly the employer's. */
static struct fields_view contact(struct web *w, const struct company_picker *p,
                                  const struct person_input *in)
{
    struct person_input shown = *in;
    bool fills = p->address.n && str_trim(in->address).n == 0;
    if (fills) shown.address = p->address;
    struct fields_view fields = group(w, FORM(CONTACT_FIELDS), &shown);
    for (size_t i = 0; i < fields.n; i++) {
        struct field_view *v = &fields.p[i];
        if (!str_eq(v->name, STR("address")) || !p->address.n || !str_eq(v->value, p->address)) continue;
        v->hint = p->address_offered;
        if (fills && v->error.n) v->error = STR("没有填写，已填入所选单位的地址，请核对");
    }
    return fields;
}

static struct photo_field photo_field(struct web *w, const struct person_form_about *about)
{
    struct photo_field p = {
        .kept = about->photo,
        .token = about->photo_kept,
        .required = w->c.app->settings->required & REQUIRED_PHOTO,
        .error = form_error(w, "photo"),
        .anyway_error = form_error(w, "photo_anyway"),
        .anyway = about->photo_anyway || web_flag(w, "photo_anyway"),
    };
    p.focus = form_focus(w, p.error);
    p.offers_anyway = about->photo_flaw.n || p.anyway_error.n || p.anyway;
    return p;
}

enum status person_form_view(struct web *w, const struct person_input *in,
                             const struct person_form_about *about, struct person_form *ret)
{
    struct person_form form = {
        .id_shown = about->id_shown,
        .id_error = form_error(w, "id_number"),
        .offers_bareheaded = about->offers_bareheaded,
        .bareheaded = about->bareheaded,
    };
    /* In the order of the page: the first wrong field takes the focus. */
    form.name = group(w, FORM(NAME_FIELD), in);
    form.id_focus = form_focus(w, form.id_error);
    form.education = group(w, FORM(EDUCATION_FIELDS), in);
    TRY(picker(w, in->company, about->company_fixed, &form.company));
    form.work = group(w, FORM(WORK_FIELDS), in);
    form.contact = contact(w, &form.company, in);
    form.photo = photo_field(w, about);
    form.wrong = w->wrong;
    *ret = form;
    return ST_OK;
}
