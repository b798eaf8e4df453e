#include "app/members/notes.h"

#include "app/core/ledger.h"
#include "app/core/once.h"
#include "app/members/load.h"
#include "base/text.h"
#include "base/utf8.h"

static enum status check(struct ctx *c, struct str text)
{
    if (!text_clean(c->arena, text).n)
        problem_add(&c->problems, "text", "请填写备注");
    else if (!text_is_lines(text) || utf8_count(text) > MEMBER_NOTE_MAX)
        problem_add(&c->problems, "text", "备注最多 %d 个字，不能有显示不出的字符", MEMBER_NOTE_MAX);
    return problems_status(c);
}

enum status app_member_note(struct ctx *c, struct member_id id, struct str text, struct str once)
{
    struct member_full m;
    struct str earlier;
    TRY(need_role(c, ROLE_MEMBERSHIP));
    TRY(app_begin(c));
    TRY(once_take(c, once, STR("noted"), &earlier));
    if (earlier.n) {
        app_rollback(c);
        return ST_OK;
    }
    TRY(member_load(c, id, &m));
    TRY(check(c, text));
    TRY(audit_add(c,
                  &(struct audit_note){.event = "member.note", .about = member_subject(&m), .note = text}));
    return app_commit(c);
}
