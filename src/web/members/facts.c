#include "web/members/facts.h"

#include "app/members/corrections.h"
#include "app/members/proposal.h"
#include "domain/mask.h"

static struct fact_view *add(struct web *w, struct facts_view *v, const char *label, struct str value)
{
    struct fact_view *fact = ARENA_PUSH(w->q->arena, v);
    *fact = (struct fact_view){.label = str_from(label), .value = value};
    return fact;
}

static void add_number(struct web *w, struct facts_view *v, const char *label, struct str value)
{
    add(w, v, label, value)->number = true;
}

struct str person_read(struct web *w, const struct person_field *f, struct str text)
{
    struct day d;
    if (f->kind == PERSON_MONTH && day_parse_month(text, &d))
        return arena_fmt(w->q->arena, "%d 年 %d 月起", d.year, d.month);
    return person_shown(f, text);
}

static void add_field(struct web *w, struct facts_view *v, const struct dossier *d,
                      const struct person_input *texts, const struct person_field *f)
{
    bool own = w->c.actor.side == SIDE_MEMBER;
    struct str text = f->kind == PERSON_EMPLOYER ? d->company_name : person_text_in(texts, f);
    if (f->kind == PERSON_EMPLOYER && d->proposed.n) text = proposal_label(w->q->arena, d->proposed);
    struct fact_view *fact =
        add(w, v, f->word, f->mask && !own ? f->mask(w->q->arena, text) : person_read(w, f, text));
    fact->number = f->kind == PERSON_MOBILE || f->kind == PERSON_QQ;
    fact->wide = f->wide;
    fact->wide_on_phone = f->kind == PERSON_EMAIL;
}

/* Everything but the name and the photo, which stand elsewhere. */
static void add_fields(struct web *w, struct facts_view *v, const struct dossier *d)
{
    struct person_input texts = person_input_of(&w->c, d);
    for (size_t i = 0; i < person_fields_n; i++)
        if (person_fields[i].kind != PERSON_NAME && person_fields[i].kind != PERSON_PHOTO)
            add_field(w, v, d, &texts, &person_fields[i]);
    if (d->direct_reason.n) add(w, v, "没有单位的原因", d->direct_reason)->wide = true;
}

struct facts_view facts_of_work(struct web *w, const struct dossier *d)
{
    struct facts_view v = {0};
    add_fields(w, &v, d);
    return v;
}

struct facts_view facts_view(struct web *w, const struct dossier *d)
{
    struct arena *a = w->q->arena;
    struct facts_view v = {0};
    add(w, &v, "姓名", d->row.name);
    struct fact_view *id_number = add(w, &v, "身份证号", mask_id_number(a, d->id_number));
    id_number->number = true;
    id_number->reveal = url_path(a, "/reveal/%ld", (long)d->row.id.v);
    add(w, &v, "性别", str_from(code_label(sex_codes, (int)d->row.sex)));
    add_number(w, &v, "出生日期", day_str(a, d->born));
    add_fields(w, &v, d);
    return v;
}

struct url photo_url(struct web *w, const struct member_full *m)
{
    return m->photo_id.v ? url_path(w->q->arena, "/photo/%ld", (long)m->id.v) : (struct url){STR_NONE};
}

struct url photo_url_kept(struct web *w, const struct member_full *m, struct str kept)
{
    struct url own = url_path(w->q->arena, "/photo/%ld", (long)m->id.v);
    return kept.n ? url_query(w->q->arena, own, {"kept", kept}) : photo_url(w, m);
}
