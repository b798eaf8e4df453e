#include "web/members/staff_edit.h"

#include "app/members/corrections.h"
#include "gen/views.h"
#include "web/members/photo.h"

#include <stddef.h>

/* Beside the person's own fields. */
struct special {
    struct str id_number, effective_on;
};
static const struct form_field SPECIAL[] = {
    {.name = "id_number",
     .label = "改身份证号为",
     .type = "text",
     .offset = offsetof(struct special, id_number),
     .max = 30,
     .hint = "不改就空着。改后用新号码登录，密码不变；另一个账号会复核。"},
    {.name = "effective_on",
     .label = "工作单位从哪天起变更",
     .type = "date",
     .offset = offsetof(struct special, effective_on),
     .max = 20,
     .hint = "改了工作单位才填。"},
};

static struct url page_of(struct web *w, struct member_id id)
{
    return url_path(w->q->arena, "/staff/members/%ld", (long)id.v);
}

/* A name was typed, and none of the companies taken. */
#define UNCHOSEN STR("?")

/* What was typed, when it is asked for again. */
struct typed {
    const struct person_input *in;
    struct str photo_kept;
    struct special special;
    bool too_late;
};

static enum status show(struct web *w, struct member_id id, const struct typed *typed, int status)
{
    struct dossier d;
    TRY(app_member_dossier(&w->c, id, &d));
    struct person_input stored = person_input_of(&w->c, &d), in = typed ? *typed->in : stored;
    struct str kept = typed ? typed->photo_kept : STR_NONE;
    struct person_form_about about = {
        .id_shown = person_form_id_shown(w, d.id_number),
        .photo = photo_url_kept(w, &d.row, kept),
        .photo_kept = kept,
    };
    static const struct special EMPTY = {STR_INIT(""), STR_INIT("")};
    struct staff_edit_view v = {
        .frame =
            web_frame(w, arena_fmt(w->q->arena, "修改资料：%.*s", STR_ARG(d.row.name)), "/staff/members"),
        .name = d.row.name,
        .state = str_from(member_state_code(d.state)),
        .once = web_once(w),
        .reason = str_or_empty(web_field(w, "reason")),
        .reason_error = form_error(w, "reason"),
        .conflict = typed && typed->too_late ? str_from(w->c.fault.text) : STR_NONE,
        .page = page_of(w, id),
        .version = d.row.version,
        .reason_max = DECISION_REASON_MAX,
        .sent = typed != NULL,
    };
    if (!in.company.n) in.company = stored.company;
    v.frame.photo_script = true;
    TRY(person_form_view(w, &in, &about, &v.form));
    v.special = form_view(w, FORM(SPECIAL), typed ? &typed->special : &EMPTY);
    v.form.id_error = STR_NONE; /* it stands beside the new one */
    v.form.id_focus = false;
    v.form.wrong = (int)w->c.problems.n;
    view_staff_edit(web_html(w), &v);
    return web_page(w, status);
}

enum status page_staff_member_edit(struct web *w, struct member_id id)
{
    TRY(need_role(&w->c, ROLE_MEMBERSHIP));
    return show(w, id, NULL, 200);
}

/* The page of the person, or the form once more with what was typed. */
static enum status answer(struct web *w, struct member_id id, struct typed *typed,
                          const struct photo_input *photo, enum status s)
{
    typed->photo_kept = photo->kept;
    typed->too_late = s == ST_CONFLICT;
    if (s == ST_BAD_INPUT || s == ST_CONFLICT) {
        app_end(&w->c);
        return show(w, id, typed, s == ST_CONFLICT ? 409 : 422);
    }
    if (s) return s;
    return web_redirect(w, url_query(w->q->arena, page_of(w, id), {"saved", STR("1")}));
}

/* In the place of 协会直管, as a company's clerk corrects before the recommendation. */
enum status post_staff_correct(struct web *w)
{
    struct person_input in;
    struct photo_input photo;
    struct member_id id;
    int64_t version = 0;
    TRY(web_id(w, w->args[0], &id.v));
    struct typed typed = {.in = &in};
    person_form_read(w, &in, &photo);
    str_int(web_field(w, "version"), &version);
    enum status s =
        app_member_correct(&w->c, id, &in, &photo, web_flag(w, "bareheaded"), version, web_field(w, "once"));
    return answer(w, id, &typed, &photo, s);
}

enum status post_staff_member(struct web *w)
{
    struct person_input in;
    struct photo_input photo;
    struct member_edit edit = {.in = &in, .reason = str_or_empty(web_field(w, "reason"))};
    TRY(web_id(w, w->args[0], &edit.id.v));
    struct typed typed = {.in = &in};
    person_form_read(w, &in, &photo);
    form_read(w, FORM(SPECIAL), &typed.special);
    str_int(web_field(w, "version"), &edit.version);
    if (person_form_find(w)) return show(w, edit.id, &typed, 200);
    edit.id_number = typed.special.id_number;
    edit.effective_on = typed.special.effective_on;
    if (!in.company.n && web_field(w, "company_q").n) in.company = UNCHOSEN;
    enum status s = app_member_edit(&w->c, &edit, &photo, web_field(w, "once"));
    return answer(w, edit.id, &typed, &photo, s);
}
