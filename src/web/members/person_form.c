#include "web/members/person_form.h"

#include "app/companies/companies.h"
#include "app/companies/direct.h"
#include "app/companies/near.h"
#include "app/core/settings.h"
#include "domain/id_number.h"
#include "domain/mask.h"
#include "gen/rows.h"

#include <stddef.h>

#define ADDRESS_OFFERED "取自所选单位登记的地址，请核对，可以修改。"

static const char *input_type(enum person_kind kind)
{
    switch (kind) {
    case PERSON_MOBILE:
        return "tel";
    case PERSON_EMAIL:
        return "email";
    case PERSON_MONTH:
        return "month";
    case PERSON_NAME:
    case PERSON_TEXT:
    case PERSON_CODE:
    case PERSON_WORD:
    case PERSON_EMPLOYER:
    case PERSON_QQ:
    case PERSON_PHOTO:
        break;
    }
    return "text";
}

static const char *autocomplete(enum person_kind kind)
{
    return kind == PERSON_NAME     ? "name"
           : kind == PERSON_MOBILE ? "tel"
           : kind == PERSON_EMAIL  ? "email"
                                   : NULL;
}

/* What a form asks of this field, here: some is required by setting. */
static struct form_field asked(const struct web *w, const struct person_field *f)
{
    return (struct form_field){
        .name = f->name,
        .label = f->asked ? f->asked : f->word,
        .hint = f->hint,
        .type = input_type(f->kind),
        .autocomplete = autocomplete(f->kind),
        .offset = f->at,
        .max = (int)f->max,
        .required = f->always || (w->c.settings->required & f->required),
        .wide = f->wide,
        .codes = f->codes,
        .words = f->words,
    };
}

/* Of a group, without the employer: the picker asks for that. */
static struct form group_form(const struct web *w, enum person_group group)
{
    struct form_field *fields = ARENA_ARRAY(w->q->arena, person_fields_n, struct form_field);
    size_t n = 0;
    for (size_t i = 0; i < person_fields_n; i++)
        if (person_fields[i].group == group && person_fields[i].kind != PERSON_EMPLOYER)
            fields[n++] = asked(w, &person_fields[i]);
    return (struct form){fields, n};
}

static void read_fields(const struct web *w, struct person_input *ret)
{
    for (size_t i = 0; i < person_fields_n; i++) {
        const struct person_field *f = &person_fields[i];
        if (f->kind == PERSON_PHOTO) continue;
        struct str typed = f->kind == PERSON_MONTH ? form_month(w, f->name) : web_field(w, f->name);
        *person_text_of(ret, f) = str_or_empty(typed);
    }
    ret->direct_reason = str_or_empty(web_field(w, "direct_reason"));
    if (web_flag(w, "company_unlisted")) ret->company = STR(""); /* a radio button cannot be unticked */
    ret->company_new = str_or_empty(web_field(w, "company_new"));
}

void person_form_read(const struct web *w, struct person_input *ret, struct photo_input *ret_photo)
{
    read_fields(w, ret);
    struct photo_input photo = {.anyway = web_flag(w, "photo_anyway"), .kept = web_field(w, "photo_kept")};
    for (size_t i = 0; i < w->q->files.n; i++) {
        const struct http_file *file = &w->q->files.p[i];
        if (!str_eq(file->field, STR("photo"))) continue;
        photo.bytes = file->bytes;
        photo.size = file->size;
    }
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

static struct fields_view group(struct web *w, enum person_group which, const struct person_input *in)
{
    return form_view(w, group_form(w, which), in);
}

static void add_choice(struct web *w, struct company_picker *p, const struct companies_matching_row *row,
                       bool chosen)
{
    *ARENA_PUSH(w->q->arena, &p->choices) = (struct employer_view){
        arena_fmt(w->q->arena, "%ld", (long)row->id.v), row->name, row->address, chosen};
}

static const struct form_field DIRECT_REASON[] = {
    {.name = "direct_reason",
     .label = "没有工作单位的原因",
     .hint = "选“协会直管”的才要填写，如退休、待业。由协会代单位审核。",
     .type = "text",
     .offset = offsetof(struct person_input, direct_reason),
     .max = DIRECT_REASON_MAX,
     .wide = true},
};

static enum status ask_why_direct(struct web *w, struct company_picker *p, const struct person_input *in)
{
    struct company_id direct;
    TRY(company_direct(&w->c, &direct));
    p->direct = arena_fmt(w->q->arena, "%ld", (long)direct.v);
    p->reason = form_view(w, FORM(DIRECT_REASON), in);
    return ST_OK;
}

static const struct form_field UNLISTED[] = {
    {.name = "company_new",
     .label = "单位全称",
     .hint = "与营业执照一致。由协会核实、建立单位后，再由单位审核您的申请。",
     .type = "text",
     .autocomplete = "organization",
     .offset = offsetof(struct person_input, company_new),
     .max = COMPANY_NAME_MAX,
     .wide = true},
};

/* And who is called so, or almost: it is offered. */
static enum status offer_unlisted(struct web *w, struct company_picker *p, const struct person_input *in)
{
    struct company_called called;
    struct companies_matching_row row;
    p->unlisted = form_view(w, FORM(UNLISTED), in);
    p->unlisted_open = in->company_new.n > 0;
    if (!in->company_new.n) return ST_OK;
    TRY(company_called(&w->c, in->company_new, &called));
    const struct company_full *like = called.same.id.v ? &called.same : &called.near;
    if (!like->id.v || like->direct) return ST_OK;
    TRY(app_company_choice(&w->c, arena_fmt(w->q->arena, "%ld", (long)like->id.v), &row));
    if (row.id.v)
        *ARENA_PUSH(w->q->arena, &p->offered) = (struct employer_view){
            arena_fmt(w->q->arena, "%ld", (long)row.id.v), row.name, row.address, false};
    return ST_OK;
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
static enum status picker(struct web *w, const struct person_input *in, const struct person_form_about *about,
                          struct company_picker *ret)
{
    bool fixed = about->company_fixed;
    struct company_picker p = {
        .q = str_or_empty(web_field(w, "company_q")),
        .error = form_error(w, "company"),
        .address_hint = str_from(person_field("address")->hint),
        .address_offered = STR(ADDRESS_OFFERED),
        .fixed = fixed,
    };
    struct companies_matching_row one;
    TRY(app_company_choice(&w->c, in->company, &one));
    if (one.id.v) add_choice(w, &p, &one, true);
    if (!fixed) p.address = one.address;
    p.focus = form_focus(w, p.error) || person_form_find(w); /* where the choice is to be made */
    if (p.q.n && !fixed && (person_form_find(w) || !one.id.v)) TRY(add_found(w, &p, one.id));
    if (!fixed) TRY(ask_why_direct(w, &p, in));
    if (about->offers_unlisted) TRY(offer_unlisted(w, &p, in));
    *ret = p;
    return ST_OK;
}

/* The mailing address is mostly the employer's. */
static struct fields_view contact(struct web *w, const struct company_picker *p,
                                  const struct person_input *in)
{
    struct person_input shown = *in;
    bool fills = p->address.n && in->address.n == 0;
    if (fills) shown.address = p->address;
    struct fields_view fields = group(w, PERSON_CONTACT, &shown);
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
        .required = w->c.settings->required & REQUIRED_PHOTO,
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
    form.name = group(w, PERSON_SELF, in);
    form.id_focus = form_focus(w, form.id_error);
    form.education = group(w, PERSON_EDUCATION, in);
    TRY(picker(w, in, about, &form.company));
    form.work = group(w, PERSON_WORK, in);
    form.contact = contact(w, &form.company, in);
    form.photo = photo_field(w, about);
    form.wrong = w->wrong;
    *ret = form;
    return ST_OK;
}
