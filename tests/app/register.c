#include "register.h"
#include "app/core/open.h"

#include "app/access/accounts.h"
#include "app/batches/sheet.h"
#include "app/companies/companies.h"
#include "app/core/files.h"
#include "app/core/pack.h"
#include "app/core/vault.h"
#include "app/members/effects.h"
#include "app/members/outcomes.h"
#include "app/ops/setup.h"
#include "domain/id_number.h"
#include "gen/queries.h"
#include "media/portrait.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const struct day TODAY = {2026, 11, 23};

static struct ctx *new_ctx(struct fixture *x)
{
    struct ctx *c = ARENA_NEW(x->arena, struct ctx);
    ctx_init(c, x->app, x->arena);
    return c;
}

static struct ctx *ctx_of(struct fixture *x, struct actor actor)
{
    struct ctx *c = new_ctx(x);
    c->actor = actor;
    c->address = STR("192.0.2.7");
    return c;
}

struct ctx *as_command_line(struct fixture *x)
{
    return new_ctx(x);
}

struct settings *settings_of(struct fixture *x)
{
    return (struct settings *)new_ctx(x)->settings;
}

struct ctx *as_clerk(struct fixture *x)
{
    return ctx_of(
        x, (struct actor){.side = SIDE_COMPANY, .account = x->clerk, .company = x->company, .main = true});
}

struct ctx *as_other_clerk(struct fixture *x)
{
    return ctx_of(x, (struct actor){
                         .side = SIDE_COMPANY, .account = x->other_clerk, .company = x->other, .main = true});
}

struct ctx *as_membership(struct fixture *x)
{
    return ctx_of(x, (struct actor){.side = SIDE_STAFF, .account = x->membership, .roles = ROLE_MEMBERSHIP});
}

struct ctx *as_viewer(struct fixture *x)
{
    return ctx_of(x, (struct actor){.side = SIDE_STAFF, .account = x->viewer, .roles = ROLE_VIEWER});
}

struct ctx *as_member(struct fixture *x, struct member_id id)
{
    return ctx_of(x, (struct actor){.side = SIDE_MEMBER, .account = {1000000 + id.v}, .member = id});
}

static struct account_id staff_add(struct fixture *x, const char *name, const char *role)
{
    struct ctx *c = as_command_line(x);
    struct account_full row;
    assert_ok(c, app_staff_add(c, str_from(name), str_from(role), STR("Zhaoqi-8842")));
    assert_ok(c, app_read(c));
    assert_ok(c, q_account_by_login(c->db, c->arena, STR("staff"), str_from(name), &row));
    app_end(c);
    return row.id;
}

static struct company_id company_add(struct fixture *x, const char *name, struct account_id *ret_clerk)
{
    struct ctx *c = as_command_line(x);
    struct company_new row = {.name = str_from(name),
                              .contact = STR("马联系"),
                              .phone = STR("0931-8800001"),
                              .address = STR("兰州市城关区庆阳路1号")};
    struct company_id id;
    struct str code;
    struct account_insert_row clerk;
    assert_ok(c, app_begin(c));
    assert_ok(c, company_insert(c, &row, &id, &code));
    struct account_insert_in account = {.side = STR("company"),
                                        .login = code,
                                        .name = row.contact,
                                        .company = id,
                                        .main = true,
                                        .password =
                                            account_password_seal(c, STR("company"), code, STR("none")),
                                        .now = c->now_ms};
    assert_ok(c, q_account_insert(c->db, c->arena, &account, &clerk));
    assert_ok(c, app_commit(c));
    *ret_clerk = clerk.id;
    return id;
}

static bool may(void *fixture, const char *what)
{
    const struct fixture *x = fixture;
    return !x->may || x->may(x->may_arg, what);
}

int register_setup(void **state)
{
    struct arena *a = arena_new();
    struct fixture *x = ARENA_NEW(a, struct fixture);
    struct fault f = {0};
    int applied;
    x->arena = a;
    x->db = db_fixture_new();
    x->keys_path = x->db->folder ? arena_fmt(a, "%s/keys", x->db->folder)
                                 : arena_fmt(a, "%s/keys-%d", getenv("TMPDIR") ? getenv("TMPDIR") : "/tmp",
                                             (int)getpid());
    char today[DAY_TEXT_SIZE];
    day_text(TODAY, today);
    struct app_options o = {.db_url = x->db->url,
                            .keys_path = x->keys_path,
                            .today = arena_str(a, str_from(today)),
                            .create = true,
                            .any_schema = true,
                            .may = may,
                            .may_arg = x};
    if (app_open(&o, &f, &x->app) != ST_OK || app_migrate(x->app, &o, &f, &applied) != ST_OK) {
        print_error("%s %s\n", f.text, f.detail);
        return -1;
    }
    x->membership = staff_add(x, "huiyuan", "membership");
    x->viewer = staff_add(x, "chakan", "viewer");
    x->company = company_add(x, "甘肃示范工程监理有限公司", &x->clerk);
    x->other = company_add(x, "兰州另一家监理有限公司", &x->other_clerk);
    *state = x;
    return 0;
}

int register_teardown(void **state)
{
    struct fixture *x = *state;
    struct str keys = arena_str(x->db->arena, x->keys_path);
    struct app *app = x->app;
    struct db_fixture *db = x->db;
    arena_free(x->arena); /* ends what requests still hold, before the database closes */
    app_close(app);
    unlink(keys.p);
    unlink(arena_fmt(db->arena, "%s.head", keys.p).p);
    if (db->folder) rmdir(arena_fmt(db->arena, "%s/tmp", db->folder).p);
    db_fixture_free(db);
    return 0;
}

static struct member_insert_in person_row(struct ctx *c, struct company_id company, const struct sample *p,
                                          struct file_id photo)
{
    struct id_number id;
    struct bytes uid = uid_new(c->arena);
    struct str number = str_from(p->id_number), mobile = str_from(p->mobile ? p->mobile : "13893100001");
    assert_int_equal(id_number_parse(number, c->today, &id), ID_OK);
    return (struct member_insert_in){
        .uid = uid,
        .name = str_from(p->name),
        .sex = id.sex,
        .birth_year = id.born.year,
        .id_sealed = vault_seal(c, PLACE("member", "id_sealed", uid), number),
        .id_index = vault_index(c, INDEX_ID_NUMBER, number),
        .tail_index = vault_index(c, INDEX_ID_TAIL, str_sub(number, 14, 4)),
        .mobile_sealed = vault_seal(c, PLACE("member", "mobile_sealed", uid), mobile),
        .mobile_index = vault_index(c, INDEX_MOBILE, mobile),
        .education = 21,
        .school = STR("兰州理工大学"),
        .major = str_from(p->major ? p->major : "土木工程"),
        .title_level = 3,
        .title_specialty = STR("建筑工程"),
        .post = STR("专监"),
        .started_on = DAY(2015, 7, 1),
        .company_id = company,
        .address = str_from(p->address ? p->address : "兰州市城关区庆阳路1号"),
        .qq = STR("123456789"),
        .email = STR("someone@example.com"),
        .photo_id = photo,
        .photo_flaw = STR(""),
        .state = STR("submitted"),
        .data_key_sealed = person_key_new(c, uid),
        .now = c->now_ms,
    };
}

struct member_id person_add(struct fixture *x, struct company_id company, const struct sample *p)
{
    struct ctx *c = as_command_line(x);
    struct member_insert_row made;
    struct file_id photo;
    assert_ok(c, app_begin(c));
    assert_ok(c, file_store(c, portrait_jpeg(c->arena, false, 7), "image/jpeg", STR("photo.jpg"), &photo));
    struct member_insert_in row = person_row(c, company, p, photo);
    assert_ok(c, q_member_insert(c->db, c->arena, &row, &made));
    assert_ok(c, q_employment_start(c->db, made.id, company, c->today, NULL));
    assert_ok(c, member_index_name(c, made.id, company, row.name));
    counter_add(c, company, row.state, DAY_NONE, 1);
    assert_ok(c, app_commit(c));
    return made.id;
}

void decide(struct ctx *c, enum member_event event, const struct member_id *ids, size_t n)
{
    struct str token;
    struct outcome o;
    struct decision d = {.event = event, .reason = STR("测试")};
    if (event == EVENT_RETURN_TO_COMPANY || event == EVENT_RETURN_TO_PERSON) d.reason = STR("请核对");
    struct selection s = {.ids = ids, .n = n, .expect = -1};
    assert_ok(c, app_members_decide(c, &d, &s, STR_NONE, &token));
    assert_ok(c, app_outcome(c, token, &o));
    assert_int_equal(o.done, n);
    app_end(c);
}

/* The rows of the trail with an event; the newest of them in ret_last, if there is one. */
static int64_t trail_walk(struct ctx *c, const char *event, const char *result, struct audit_full *ret_last)
{
    struct audit_fulls rows;
    int64_t n = 0;
    assert_ok(c, app_read(c));
    assert_ok(c, q_audit_after(c->db, c->arena, 0, 100000, &rows));
    for (size_t i = 0; i < rows.n; i++) {
        if (!str_eq(rows.p[i].event, str_from(event))) continue;
        if (result && !str_eq(rows.p[i].result, str_from(result))) continue;
        *ret_last = rows.p[i];
        n++;
    }
    return n;
}

int64_t trail_count(struct fixture *x, const char *event, const char *result)
{
    struct ctx *c = as_command_line(x);
    struct audit_full last;
    int64_t n = trail_walk(c, event, result, &last);
    app_end(c);
    return n;
}

struct str trail_note(struct fixture *x, const char *event)
{
    struct ctx *c = as_command_line(x);
    struct audit_full last;
    struct audit_detail_of_row detail;
    static const uint8_t NO_UID[SEAL_UID_SIZE]; /* about nobody: sealed with the register's own key */
    struct seal_place place = PLACE("audit_detail", "detail_sealed", ((struct bytes){NO_UID, sizeof NO_UID}));
    struct str packed, note;
    assert_true(trail_walk(c, event, NULL, &last) > 0);
    assert_ok(c, q_audit_detail_of(c->db, c->arena, last.number, &detail));
    assert_ok(c, vault_open(c, place, detail.detail_sealed, &packed));
    assert_true(pack_next(&packed, &note));
    app_end(c);
    return note;
}

int files_left(struct fixture *x)
{
    int n = 0;
    if (!x->db->folder) return 0;
    DIR *folder = opendir(arena_fmt(x->arena, "%s/tmp", x->db->folder).p);
    if (!folder) return 0;
    for (struct dirent *e = readdir(folder); e; e = readdir(folder))
        n += e->d_name[0] != '.';
    closedir(folder);
    return n;
}
