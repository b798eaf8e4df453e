#include "filled.h"
#include "app/core/open.h"
#include "app/ops/setup.h"

#include <stdlib.h>
#include <unistd.h>

struct app_options filled_options(struct fixture *x)
{
    return (struct app_options){
        .db_url = x->db->url, .keys_path = x->keys_path, .today = day_str(x->arena, FILLED_TODAY)};
}

static bool may(void *fixture, const char *what)
{
    const struct fixture *x = fixture;
    return !x->may || x->may(x->may_arg, what);
}

int empty_setup(void **state)
{
    static int made; /* a test may have two at once */
    struct arena *a = arena_new();
    struct fixture *x = ARENA_NEW(a, struct fixture);
    struct fault f = {0};
    int applied;
    const char *folder = getenv("TMPDIR");
    x->arena = a;
    x->db = db_fixture_new();
    if (x->db->folder) folder = x->db->folder;
    x->keys_path = arena_fmt(a, "%s/keys-%d-%d", folder ? folder : "/tmp", (int)getpid(), ++made);
    struct app_options o = filled_options(x);
    o.create = o.any_schema = true;
    o.may = may;
    o.may_arg = x;
    if (app_open(&o, &f, &x->app) != ST_OK || app_migrate(x->app, &o, &f, &applied) != ST_OK) {
        print_error("%s %s\n", f.text, f.detail);
        return -1;
    }
    *state = x;
    return 0;
}

enum status fill_demo(struct ctx *c, int64_t members, uint64_t seed, struct demo_report *ret)
{
    struct demo_options o = {
        .members = members, .companies = 3, .seed = seed, .password = STR(FILLED_PASSWORD)};
    return app_demo(c, &o, ret);
}

int filled_setup(void **state)
{
    struct demo_report report;
    if (empty_setup(state) != 0) return -1;
    struct ctx *c = as_command_line(*state);
    if (fill_demo(c, 120, 1, &report) == ST_OK) return 0;
    print_error("%s %s\n", c->fault.text, c->fault.detail);
    return -1;
}
