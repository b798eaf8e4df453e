#include "app/corrections.h"

#include "app/member_effects.h"
#include "app/once.h"
#include "app/vault.h"
#include "domain/eligibility.h"
#include "domain/mask.h"
#include "gen/queries.h"

struct person_input person_input_of(struct ctx *c, const struct dossier *d)
{
    const struct member_full *m = &d->row;
    return (struct person_input){
        .name = m->name,
        .education = arena_fmt(c->arena, "%ld", (long)m->education),
        .school = m->school,
        .major = m->major,
        .title_level = arena_fmt(c->arena, "%ld", (long)m->title_level),
        .title_specialty = m->title_specialty,
        .post = m->post,
        .started_on = str_sub(day_str(c->arena, m->started_on), 0, 7),
        .company = m->company_id.v ? arena_fmt(c->arena, "%ld", (long)m->company_id.v) : STR(""),
        .address = m->address,
        .qq = m->qq,
        .mobile = d->mobile,
        .email = m->email,
    };
}

/* What is to be saved over a person's row. */
struct correction {
    struct person person;
    struct photo_kept photo;
    struct file_id photo_id;
    bool bareheaded;
};

/* The photo goes in first, in a transaction of its own. */
static enum status photo_keep(struct ctx *c, const struct member_full *m, struct correction *k)
{
    k->photo_id = m->photo_id;
    return k->photo.jpeg.n ? photo_store(c, k->photo.jpeg, &k->photo_id) : ST_OK;
}

static enum status save(struct ctx *c, const struct correction *k, struct member_full *m)
{
    const struct person *p = &k->person;
    int64_t rows;
    TRY(q_member_update_fields(
        c->db,
        &(struct member_update_fields_in){
            .id = m->id,
            .version = m->version,
            .name = p->name,
            .mobile_sealed = vault_seal(c, PLACE("member", "mobile_sealed", m->uid), p->mobile),
            .mobile_index = person_mobile_index(c, p->mobile),
            .education = p->education,
            .school = p->school,
            .major = p->major,
            .title_level = p->title_level,
            .title_specialty = p->title_specialty,
            .post = p->post,
            .started_on = p->started_on,
            .address = p->address,
            .qq = p->qq,
            .email = p->email,
            .photo_id = k->photo_id,
            .photo_flaw = k->photo.jpeg.n ? k->photo.flaw : m->photo_flaw,
            .bareheaded = k->bareheaded,
        },
        &rows));
    if (rows != 1) return fail(&c->fault, ST_CONFLICT, "刚刚已被别人修改，请刷新页面后再改");
    m->version++;
    if (str_eq(m->name, p->name)) return ST_OK;
    m->name = p->name;
    struct account_full account;
    TRY(q_account_of_member(c->db, c->arena, m->id, &account));
    TRY(q_account_set_name(c->db, account.id, p->name, NULL));
    return member_index_name(c, m->id, m->company_id, p->name);
}

static void changes_of(struct ctx *c, const struct dossier *d, const struct correction *k,
                       struct changes *ret)
{
    person_changes(c, &d->row, d->mobile, &k->person, ret);
    if (k->person.company.v != d->row.company_id.v)
        *ARENA_PUSH(c->arena, ret) =
            (struct change){STR("工作单位"), d->company_name, k->person.company_name};
    if (k->photo.jpeg.n)
        *ARENA_PUSH(c->arena, ret) = (struct change){STR("照片"), STR("原照片"), STR("新照片")};
    if (k->bareheaded != d->row.bareheaded)
        *ARENA_PUSH(c->arena, ret) =
            (struct change){STR("免冠核对"), d->row.bareheaded ? STR("已核对") : STR("未核对"),
                            k->bareheaded ? STR("已核对") : STR("未核对")};
}

/* Read, judged and its photo stored; then the transaction begins and the person is read again. */
static enum status prepare(struct ctx *c, struct member_id id, const struct person_input *in,
                           const struct photo_input *photo, bool judged, struct correction *k)
{
    struct dossier d;
    TRY(app_member_dossier(c, id, &d));
    if (!d.may_correct)
        return fail(&c->fault, ST_CONFLICT, "刚刚已被处理，现状态：%s",
                    member_state_label(d.state, c->actor.side));
    k->photo = photo_take(c, photo);
    if (judged && photo->size == 0 && !photo->anyway && d.row.photo_flaw.n)
        photo_flaw_problem(c, d.row.photo_flaw);
    photo_require(c, d.row.photo_id.v || k->photo.jpeg.n);
    TRY(person_check(c, in, judged ? &d.born : NULL, &k->person));
    app_read_end(c);
    return photo_keep(c, &d.row, k);
}

enum status app_member_correct(struct ctx *c, struct member_id id, const struct person_input *in,
                               const struct photo_input *photo, bool bareheaded, int64_t version,
                               struct str once)
{
    struct correction k = {.bareheaded = bareheaded};
    struct dossier d;
    struct changes changes = {0};
    struct person_input own = *in;
    struct str earlier;
    bool sent_before;
    TRY(need_side(c, SIDE_COMPANY));
    TRY(app_read(c));
    TRY(once_taken(c, once, &sent_before));
    if (sent_before) return ST_OK;
    own.company =
        arena_fmt(c->arena, "%ld", (long)c->actor.company.v); /* the employer stays, whatever was sent */
    TRY(prepare(c, id, &own, photo, false, &k));
    TRY(app_begin(c));
    TRY(once_take(c, once, STR("corrected"), &earlier));
    if (earlier.n) {
        app_rollback(c);
        return ST_OK;
    }
    TRY(app_member_dossier(c, id, &d));
    if (!d.may_correct || d.row.version != version)
        return fail(&c->fault, ST_CONFLICT, "刚刚已被处理，现状态：%s",
                    member_state_label(d.state, c->actor.side));
    changes_of(c, &d, &k, &changes);
    if (changes.n == 0) {
        app_rollback(c);
        return ST_OK;
    }
    TRY(save(c, &k, &d.row));
    TRY(audit_add(c, &(struct audit_note){.event = "member.correct",
                                          .about = member_subject(&d.row),
                                          .company = d.row.company_id,
                                          .shown = true,
                                          .changes = changes}));
    return app_commit(c);
}

static enum status judge_age(struct ctx *c, const struct dossier *d)
{
    struct eligibility_rules rules;
    eligibility_rules_of(c, &rules);
    eligibility_age(&rules, d->born, c->today, &c->problems);
    return problems_status(c);
}

/* The form was refused for something else: the photo that came with it stays, so that nobody has to choose it
 * again. */
static enum status photo_keep_early(struct ctx *c, struct photo_kept photo)
{
    struct member_full m;
    struct file_id file;
    int64_t rows;
    struct changes changes = {0};
    app_read_end(c);
    TRY(photo_store(c, photo.jpeg, &file));
    TRY(app_begin(c));
    TRY(member_load(c, c->actor.member, &m));
    TRY(q_member_update_photo(c->db, m.id, m.version, file, photo.flaw, &rows));
    if (rows != 1) return fail(&c->fault, ST_CONFLICT, "刚刚已被别人修改，请刷新页面后再改");
    *ARENA_PUSH(c->arena, &changes) = (struct change){STR("照片"), STR("原照片"), STR("新照片")};
    TRY(audit_add(c, &(struct audit_note){.event = "member.photo",
                                          .about = member_subject(&m),
                                          .company = m.company_id,
                                          .shown = true,
                                          .changes = changes}));
    return app_commit(c);
}

enum status app_member_resubmit(struct ctx *c, const struct person_input *in, const struct photo_input *photo,
                                struct str once)
{
    struct correction k = {0};
    struct dossier d;
    struct refusal refusal;
    struct str earlier;
    bool sent_before;
    TRY(need_side(c, SIDE_MEMBER));
    TRY(app_read(c));
    TRY(once_taken(c, once, &sent_before));
    if (sent_before) return ST_OK;
    enum status s = prepare(c, c->actor.member, in, photo, true, &k);
    if (s == ST_BAD_INPUT && k.photo.jpeg.n) TRY(photo_keep_early(c, k.photo));
    if (s) return s;
    TRY(app_begin(c));
    TRY(once_take(c, once, STR("resubmitted"), &earlier));
    if (earlier.n) {
        app_rollback(c);
        return ST_OK;
    }
    TRY(app_member_dossier(c, c->actor.member, &d));
    TRY(judge_age(c, &d));
    struct member_full *m = &d.row;
    struct decision decision = {.event = EVENT_RESUBMIT, .company = k.person.company};
    struct changes changes = {0};
    changes_of(c, &d, &k, &changes);
    TRY(save(c, &k, m));
    decision.changes = &changes;
    TRY(member_decide_one(c, &decision, m, &refusal));
    if (refusal.why != MEMBER_MAY) return fail(&c->fault, ST_CONFLICT, "%.*s", STR_ARG(refusal.text));
    return app_commit(c);
}
