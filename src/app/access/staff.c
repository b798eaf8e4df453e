#include "app/access/accounts.h"
#include "app/access/roles.h"
#include "app/access/staff_accounts.h"
#include "app/core/ledger.h"
#include "gen/queries.h"

static enum status read_name(struct ctx *c, struct str typed, struct str *ret)
{
    if (staff_name_read(c, typed, ret)) return ST_OK;
    return fail(&c->fault, ST_BAD_INPUT, "a name has 2 to 60 bytes, all of which can be seen");
}

static enum status read_roles(struct ctx *c, struct str words, unsigned *ret)
{
    if (roles_parse(words, ret)) return ST_OK;
    return fail(&c->fault, ST_BAD_INPUT,
                "unknown roles, or system, security or auditor together with another: %.*s", STR_ARG(words));
}

static enum status check_password(struct ctx *c, struct str name, struct str password)
{
    password_check_new(&c->problems, SIDE_STAFF, name, password, password);
    if (c->problems.n == 0) return ST_OK;
    return fail(&c->fault, ST_BAD_INPUT, "%.*s", STR_ARG(c->problems.p[0].text));
}

enum status app_staff_add(struct ctx *c, struct str name, struct str roles, struct str password)
{
    unsigned bits;
    struct str hash;
    struct account_id id;
    TRY(read_roles(c, roles, &bits));
    TRY(read_name(c, name, &name));
    TRY(check_password(c, name, password));
    TRY(account_hash(c, password, &hash));
    TRY(app_begin(c));
    enum status s = staff_insert(c, name, bits, hash, false, &id);
    if (s == ST_CONFLICT)
        return fail(&c->fault, ST_CONFLICT, "there is an account %.*s already", STR_ARG(name));
    TRY(s);
    return app_commit(c);
}

/* Held, in the transaction under way. */
static enum status named(struct ctx *c, struct str name, struct account_full *ret)
{
    struct account_full row;
    enum status s = q_account_by_login(c->db, c->arena, STR("staff"), name, &row);
    if (s == ST_NOT_FOUND) return fail(&c->fault, ST_NOT_FOUND, "no account %.*s", STR_ARG(name));
    TRY(s);
    return staff_hold(c, row.id, ret);
}

enum status app_staff_set_password(struct ctx *c, struct str name, struct str password)
{
    struct account_full account;
    struct str hash;
    TRY(read_name(c, name, &name));
    TRY(check_password(c, name, password));
    TRY(account_hash(c, password, &hash));
    TRY(app_begin(c));
    TRY(named(c, name, &account));
    TRY(account_reset(c, &account, hash, false));
    TRY(audit_add(c, &(struct audit_note){.event = "account.reset", .note = name}));
    return app_commit(c);
}

static enum status stand(struct ctx *c, const struct account_full *was, unsigned roles, bool enabled)
{
    enum status s = staff_stand(c, was, roles, enabled);
    if (s == ST_CONFLICT)
        return fail(
            &c->fault, ST_CONFLICT,
            "%.*s is the last account that may manage accounts: give another one the role system first",
            STR_ARG(was->login));
    TRY(s);
    return app_commit(c);
}

enum status app_staff_set_roles(struct ctx *c, struct str name, struct str roles)
{
    unsigned bits;
    struct account_full account;
    TRY(read_roles(c, roles, &bits));
    TRY(app_begin(c));
    TRY(named(c, name, &account));
    return stand(c, &account, bits, account.enabled);
}

enum status app_staff_disable(struct ctx *c, struct str name)
{
    struct account_full account;
    TRY(app_begin(c));
    TRY(named(c, name, &account));
    return stand(c, &account, (unsigned)account.roles, false);
}
