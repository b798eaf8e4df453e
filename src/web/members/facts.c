#include "web/members/facts.h"

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

static struct str started(struct web *w, struct day d)
{
    return arena_fmt(w->q->arena, "%d 年 %d 月起", d.year, d.month);
}

static void add_work(struct web *w, struct facts_view *v, const struct dossier *d)
{
    const struct member_full *m = &d->row;
    add(w, v, "学历", str_from(code_label(education_codes, (int)m->education)));
    add(w, v, "毕业院校", m->school);
    add(w, v, "所学专业", m->major);
    add(w, v, "职称", str_from(code_label(title_level_codes, (int)m->title_level)));
    add(w, v, "职称专业", m->title_specialty);
    add(w, v, "岗位", m->post);
    add(w, v, "从事监理", started(w, m->started_on));
    add(w, v, "工作单位", d->company_name);
}

static void add_contact(struct web *w, struct facts_view *v, const struct dossier *d)
{
    struct arena *a = w->q->arena;
    const struct member_full *m = &d->row;
    bool own = w->c.actor.side == SIDE_MEMBER;
    add_number(w, v, "联系电话", own ? d->mobile : mask_mobile(a, d->mobile));
    add_number(w, v, "QQ 号", own ? m->qq : mask_qq(a, m->qq));
    add(w, v, "电子邮箱", own ? m->email : mask_email(a, m->email))->wide_on_phone = true;
    add(w, v, "通讯地址", m->address)->wide = true;
}

struct facts_view facts_of_work(struct web *w, const struct dossier *d)
{
    struct facts_view v = {0};
    add_work(w, &v, d);
    add_contact(w, &v, d);
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
    add_work(w, &v, d);
    add_contact(w, &v, d);
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
