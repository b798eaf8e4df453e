#include "app/members/corrections.h"

#include "app/companies/direct.h"
#include "app/core/files.h"
#include "app/core/hold.h"
#include "app/core/once.h"
#include "app/core/vault.h"
#include "app/members/effects.h"
#include "app/members/employer.h"
#include "app/members/exceptions.h"
#include "app/members/identity.h"
#include "app/members/outcomes.h"
#include "app/members/proposal.h"
#include "base/text.h"
#include "base/utf8.h"
#include "domain/eligibility.h"
#include "domain/mask.h"
#include "gen/queries.h"

struct person_input person_input_of(struct ctx *c, const struct dossier *d)
{
    struct person_input in = person_texts(c, &d->row, d->mobile);
    in.direct_reason = d->direct_reason;
    in.company_new = d->proposed;
    return in;
}

/* What is to be saved over a person's row. */
struct correction {
    struct person person;
    struct photo_kept photo;
    bool bareheaded;
    /* Of the association's edit, else nothing: */
    const struct member_edit *edit;
    struct id_number id; /* another one; none: empty */
    struct employer_change employer;
};

static enum status save(struct ctx *c, const struct correction *k, struct member_full *m)
{
    const struct person *p = &k->person;
    int64_t rows;
    struct member_update_fields_in columns = {
        .id = m->id,
        .version = m->version,
        .photo_id = k->photo.file.v ? k->photo.file : m->photo_id,
        .photo_flaw = k->photo.file.v ? k->photo.flaw : m->photo_flaw,
        .bareheaded = k->bareheaded,
    };
    person_update_columns(c, p, m->uid, &columns);
    TRY(q_member_update_fields(c->db, &columns, &rows));
    if (rows != 1) return fail(&c->fault, ST_CONFLICT, "刚刚已被别人修改，请刷新页面后再改");
    TRY(photo_let_go(c, m->id));
    if (columns.photo_id.v != m->photo_id.v) TRY(file_release(c, m->photo_id));
    m->photo_id = columns.photo_id;
    m->version++;
    if (str_eq(m->name, p->text.name)) return ST_OK;
    m->name = p->text.name;
    struct account_full account;
    TRY(q_account_of_member_unscoped(c->db, c->arena, m->id, &account));
    TRY(q_account_set_name(c->db, account.id, m->name, NULL));
    return member_index_name(c, m->id, m->company_id, m->name);
}

static void changes_of(struct ctx *c, const struct dossier *d, const struct correction *k,
                       struct changes *ret)
{
    struct person_input before = person_input_of(c, d);
    person_changes(c, &before, &k->person.text, ret);
    struct str was = d->proposed.n ? proposal_label(c->arena, d->proposed) : d->company_name,
               is = k->person.company_name;
    if (k->person.text.company_new.n) is = proposal_label(c->arena, is);
    if (k->person.company.v != d->row.company_id.v || (!d->row.company_id.v && !str_eq(was, is)))
        *ARENA_PUSH(c->arena, ret) = (struct change){STR("工作单位"), was, is};
    struct str reason = str_or_empty(k->person.text.direct_reason);
    if (!str_eq(reason, before.direct_reason))
        *ARENA_PUSH(c->arena, ret) = (struct change){STR("没有单位的原因"), before.direct_reason, reason};
    if (k->photo.file.v)
        *ARENA_PUSH(c->arena, ret) = (struct change){STR("照片"), STR("原照片"), STR("新照片")};
    if (k->bareheaded != d->row.bareheaded)
        *ARENA_PUSH(c->arena, ret) =
            (struct change){STR("免冠核对"), d->row.bareheaded ? STR("已核对") : STR("未核对"),
                            k->bareheaded ? STR("已核对") : STR("未核对")};
}

static enum status correctable(struct ctx *c, struct member_id id, struct dossier *ret)
{
    struct dossier d;
    TRY(app_member_dossier(c, id, &d));
    if (!d.may_correct)
        return fail(&c->fault, ST_CONFLICT, "刚刚已被处理，现状态：%s",
                    member_state_label(d.state, c->actor.side));
    *ret = d;
    return ST_OK;
}

/* Whose change it is says what is asked of it. */
enum correcting { BY_PERSON, BY_CLERK, BY_ASSOCIATION };

/* Eligibility counts where the person hands it in again. */
static enum status check_fields(struct ctx *c, const struct dossier *d, const struct person_input *in,
                                enum correcting by, struct person *ret)
{
    struct person_input before = person_input_of(c, d);
    bool excepted;
    if (by == BY_ASSOCIATION) return person_check_edit(c, in, &before, &d->row, ret);
    TRY(exception_of(c, d->id_number, &excepted));
    return person_check(c, in, by == BY_PERSON && !excepted ? &d->born : NULL, ret);
}

/* What only the association changes. */
static enum status check_edit(struct ctx *c, const struct dossier *d, struct correction *k)
{
    if (!k->edit) return ST_OK;
    TRY(identity_check(c, d->row.id, d->id_number, k->edit->id_number, &k->id));
    return employer_check(c, d, k->edit->in->company, k->edit->effective_on, &k->employer);
}

/* Whoever is put into 协会直管 without another word is there for the reason of the edit. */
static enum status settle_direct_reason(struct ctx *c, const struct dossier *d, struct correction *k)
{
    struct company_id direct, now = k->employer.to.v ? k->employer.to : d->row.company_id;
    struct str typed = text_clean(c->arena, k->edit->in->direct_reason),
               *reason = &k->person.text.direct_reason;
    TRY(company_direct(c, &direct));
    *reason = now.v != direct.v ? STR("") : typed.n ? typed : d->direct_reason;
    if (!text_is_line(*reason) || utf8_count(*reason) > DIRECT_REASON_MAX)
        problem_add(&c->problems, "direct_reason", "写成一行，最多 %d 个字", DIRECT_REASON_MAX);
    if (now.v == direct.v && !reason->n && k->employer.to.v) *reason = k->edit->reason;
    return problems_status(c);
}

/* Read, judged and its photo stored; then the transaction begins and the person is read again. */
static enum status prepare(struct ctx *c, struct member_id id, const struct person_input *in,
                           struct photo_input *photo, enum correcting by, struct correction *k)
{
    struct dossier d;
    TRY(correctable(c, id, &d));
    TRY(photo_take_again(c, id, photo, &k->photo));
    bool stays = photo->size == 0 && !k->photo.file.v;
    if (by == BY_PERSON && stays && !photo->anyway && d.row.photo_flaw.n)
        photo_flaw_problem(c, d.row.photo_flaw);
    photo_require(c, by == BY_ASSOCIATION || !stays || d.row.photo_id.v);
    if (by == BY_ASSOCIATION) k->bareheaded = stays && d.row.bareheaded;
    TRY(check_edit(c, &d, k));
    enum status fields = check_fields(c, &d, in, by, &k->person);
    if (fields != ST_OK && fields != ST_BAD_INPUT) return fields;
    if (k->edit) fields = settle_direct_reason(c, &d, k);
    if (fields != ST_OK && fields != ST_BAD_INPUT) return fields;
    app_read_end(c);
    TRY(photo_hold(c, id, photo, &k->photo));
    return fields;
}

/* The person as the transaction sees them: still as the form showed them? */
static enum status read_again(struct ctx *c, struct member_id id, int64_t version, struct dossier *ret)
{
    struct dossier d;
    TRY(hold_members(c, &id, 1));
    TRY(app_member_dossier(c, id, &d));
    if (!d.may_correct || d.row.version != version)
        return fail(&c->fault, ST_CONFLICT, "刚刚已被处理，现状态：%s",
                    member_state_label(d.state, c->actor.side));
    *ret = d;
    return ST_OK;
}

/* Saves what is different, and says so in the trail; nothing is: nothing happens. */
static enum status correct(struct ctx *c, const struct correction *k, const char *event, struct str reason,
                           struct dossier *d)
{
    struct changes changes = {0};
    struct company_id company = d->row.company_id;
    changes_of(c, d, k, &changes);
    if (changes.n) TRY(save(c, k, &d->row));
    if (k->id.text[0]) TRY(identity_correct(c, &d->row, d->id_number, &k->id, reason, &changes));
    if (k->employer.to.v) TRY(employer_change(c, &k->employer, d, &changes));
    if (changes.n == 0) return ST_OK;
    TRY(q_employment_explain(c->db, d->row.id, str_or_empty(k->person.text.direct_reason), NULL));
    return audit_add(c, &(struct audit_note){.event = event,
                                             .about = member_subject(&d->row),
                                             .company = company,
                                             .shown = true,
                                             .note = reason,
                                             .changes = changes});
}

/* The employer stays, whatever was sent. */
static struct person_input of_own_company(struct ctx *c, const struct person_input *in)
{
    struct person_input own = *in;
    own.company = arena_fmt(c->arena, "%ld", (long)c->actor.company.v);
    return own;
}

/* The same of 协会直管, where the association corrects as a clerk does. */
static enum status of_direct(struct ctx *c, struct member_id id, const struct person_input *in,
                             struct person_input *ret)
{
    struct dossier d;
    struct person_input own = *in;
    TRY(need_role(c, ROLE_MEMBERSHIP));
    TRY(app_member_dossier(c, id, &d));
    if (!d.direct) return fail(&c->fault, ST_CONFLICT, "这个人由所在单位更正；协会要改的，用“修改资料”");
    if (!member_may_correct(d.stored, SIDE_COMPANY))
        return fail(&c->fault, ST_CONFLICT, "刚刚已被处理，现状态：%s",
                    member_state_label(d.state, c->actor.side));
    own.company = arena_fmt(c->arena, "%ld", (long)d.row.company_id.v);
    if (!own.direct_reason.n) own.direct_reason = d.direct_reason;
    *ret = own;
    return ST_OK;
}

enum status app_member_correct(struct ctx *c, struct member_id id, const struct person_input *in,
                               struct photo_input *photo, bool bareheaded, int64_t version, struct str once)
{
    struct correction k = {.bareheaded = bareheaded};
    struct dossier d;
    struct person_input own;
    struct str earlier;
    bool sent_before, staff = c->actor.side == SIDE_STAFF;
    if (!staff) TRY(need_clerk(c));
    TRY(app_read(c));
    TRY(once_taken(c, once, &sent_before));
    if (sent_before) return ST_OK;
    own = of_own_company(c, in);
    if (staff) TRY(of_direct(c, id, in, &own));
    TRY(prepare(c, id, &own, photo, BY_CLERK, &k));
    TRY(app_begin(c));
    TRY(once_take(c, once, STR("corrected"), &earlier));
    if (earlier.n) {
        app_rollback(c);
        return ST_OK;
    }
    TRY(read_again(c, id, version, &d));
    TRY(correct(c, &k, "member.correct", STR(""), &d));
    return app_commit(c);
}

static void check_reason(struct ctx *c, struct str reason)
{
    if (!text_clean(c->arena, reason).n)
        problem_add(&c->problems, "reason", "请填写修改原因，本人会看到");
    else if (!text_is_lines(reason) || utf8_count(reason) > DECISION_REASON_MAX)
        problem_add(&c->problems, "reason", "原因最多 %d 个字，不能有显示不出的字符", DECISION_REASON_MAX);
}

enum status app_member_edit(struct ctx *c, const struct member_edit *edit, struct photo_input *photo,
                            struct str once)
{
    struct correction k = {.edit = edit};
    struct dossier d;
    struct str earlier;
    bool sent_before;
    TRY(need_role(c, ROLE_MEMBERSHIP));
    TRY(app_read(c));
    TRY(once_taken(c, once, &sent_before));
    if (sent_before) return ST_OK;
    check_reason(c, edit->reason);
    TRY(prepare(c, edit->id, edit->in, photo, BY_ASSOCIATION, &k));
    TRY(app_begin(c));
    TRY(once_take(c, once, STR("edited"), &earlier));
    if (earlier.n) {
        app_rollback(c);
        return ST_OK;
    }
    TRY(read_again(c, edit->id, edit->version, &d));
    TRY(employer_hold(c, &k.employer, &d));
    TRY(correct(c, &k, "member.edit", edit->reason, &d));
    return app_commit(c);
}

/* What the form holds is what is stored. */
static bool nothing_typed(struct ctx *c, const struct correct_and *want, const struct photo_input *photo,
                          const struct dossier *d)
{
    struct changes changes = {0};
    if (!want->in) return true;
    if (photo->size || photo->kept.n || want->bareheaded != d->row.bareheaded) return false;
    struct person_input before = person_input_of(c, d), now = of_own_company(c, want->in);
    person_changes(c, &before, &now, &changes);
    return changes.n == 0;
}

/* The one person's decision inside the correction's transaction, and its outcome. */
static enum status decide_too(struct ctx *c, const struct decision *then, struct dossier *d, struct str token)
{
    struct refusal refusal;
    struct outcome o = {.what = then->event};
    TRY(hold_companies(c, &d->row.company_id, 1));
    struct member_full was = d->row;
    TRY(member_decide_one(c, then, &d->row, &refusal));
    if (refusal.why != MEMBER_MAY) return fail(&c->fault, ST_CONFLICT, "%.*s", STR_ARG(refusal.text));
    outcome_done(c, &o, &was, &d->row);
    return outcome_save(c, &o, token);
}

enum status app_member_correct_and(struct ctx *c, const struct correct_and *want, struct photo_input *photo,
                                   struct str once, struct str *ret_token)
{
    struct correction k = {.bareheaded = want->bareheaded};
    struct dossier d;
    struct str token = once_token(c), earlier;
    bool sent_before;
    TRY(need_clerk(c));
    TRY(app_member_dossier(c, want->id, &d));
    TRY(once_taken(c, once, &sent_before));
    bool as_it_was = nothing_typed(c, want, photo, &d);
    TRY(member_decision_check(c, want->then));
    if (!as_it_was && !sent_before) {
        struct person_input own = of_own_company(c, want->in);
        TRY(prepare(c, want->id, &own, photo, BY_CLERK, &k));
    }
    app_read_end(c);
    TRY(app_begin(c));
    TRY(once_take(c, once, token, &earlier));
    if (earlier.n) {
        app_rollback(c);
        *ret_token = earlier;
        return ST_OK;
    }
    TRY(read_again(c, want->id, want->version, &d));
    if (!as_it_was) TRY(correct(c, &k, "member.correct", STR(""), &d));
    TRY(decide_too(c, want->then, &d, token));
    TRY(app_commit(c));
    *ret_token = token;
    return ST_OK;
}

static enum status judge_age(struct ctx *c, const struct dossier *d)
{
    struct eligibility_rules rules;
    bool excepted;
    TRY(exception_of(c, d->id_number, &excepted));
    eligibility_rules_of(c, &rules);
    if (!excepted) eligibility_age(&rules, d->born, c->today, &c->problems);
    return problems_status(c);
}

enum status app_member_resubmit(struct ctx *c, const struct person_input *in, struct photo_input *photo,
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
    TRY(prepare(c, c->actor.member, in, photo, BY_PERSON, &k));
    TRY(app_begin(c));
    TRY(once_take(c, once, STR("resubmitted"), &earlier));
    if (earlier.n) {
        app_rollback(c);
        return ST_OK;
    }
    TRY(hold_members(c, &c->actor.member, 1));
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
    TRY(q_employment_explain(c->db, m->id, str_or_empty(k.person.text.direct_reason), NULL));
    TRY(proposal_put(c, m->id, k.person.text.company_new));
    return app_commit(c);
}

enum status app_member_photo_hold(struct ctx *c, struct member_id id, struct photo_input *photo)
{
    struct dossier d;
    struct photo_kept kept;
    if (photo->size == 0) return ST_OK;
    TRY(correctable(c, id, &d));
    TRY(photo_take_again(c, id, photo, &kept));
    app_read_end(c);
    return photo_hold(c, id, photo, &kept);
}

enum status app_member_photo_kept(struct ctx *c, struct member_id id, struct str token, struct bytes *ret)
{
    struct member_full m;
    struct photo_kept kept;
    TRY(app_read(c));
    TRY(member_load(c, id, &m));
    if (!photo_kept_read(c, id, token, &kept)) return not_found(c);
    return file_read(c, kept.file, ret);
}
