#include "torture.h"

#include "people.h"

#include "app/core/trail.h"

#include <stdlib.h>

static bool sabotage(void *arg, const char *what)
{
    struct saboteur *s = arg;
    (void)what;
    int call = atomic_fetch_add(&s->calls, 1) + 1;
    if (call == 1 && s->first_call) s->first_call(s->arg);
    return !s->fail_at || (s->fail_on ? call < s->fail_at : call != s->fail_at);
}

void saboteur_arm(struct fixture *x, struct saboteur *s, int fail_at)
{
    s->fail_at = fail_at;
    atomic_store(&s->calls, 0);
    x->may = sabotage;
    x->may_arg = s;
}

void saboteur_disarm(struct fixture *x)
{
    x->may = NULL;
}

int torture_first(const struct fixture *x)
{
    return getenv("EVERY_CALL") || x->db->folder ? 1 : 2;
}

int torture_next(int n)
{
    return n + (getenv("EVERY_CALL") ? 1 : 2);
}

int64_t torture_head(struct fixture *x)
{
    struct ctx *c = as_command_line(x);
    struct head head;
    assert_ok(c, app_audit_head(c, &head));
    app_end(c);
    return head.number;
}

enum status kept_unless_done(enum status s, const uint8_t *output, size_t size)
{
    for (size_t i = 0; i < size && s != ST_OK; i++)
        assert_int_equal(output[i], UNTOUCHED);
    return s;
}

static bool added_rightly(const struct use_case *d, int64_t rows, bool done)
{
    switch (d->rows) {
    case NO_ROWS:
        return rows == 0;
    case ONE_ROW:
        return rows == (done ? 1 : 0);
    case ROWS:
        return (rows > 0) == done;
    case SOME_ROWS:
        return done ? rows > 0 : rows >= 0;
    }
    return false;
}

void torture(struct fixture *x, const struct use_case *d, void *at)
{
    struct saboteur s = {0};
    bool done = false;
    if (d->before) d->before(at);
    for (int n = torture_first(x); !done; n = torture_next(n)) {

        int64_t head = torture_head(x);
        saboteur_arm(x, &s, n);
        struct ctx *c = as_command_line(x);
        enum status status = d->run(at, c), expected;
        saboteur_disarm(x);
        app_end(c);
        done = s.calls < n;
        expected = done ? ST_OK : ST_UNAVAILABLE;
        int64_t rows = torture_head(x) - head;
        if (status != expected || !added_rightly(d, rows, done))
            print_error("%s, call %d: %s %s %s, %ld rows\n", d->what, n, status_name(status), c->fault.text,
                        c->fault.detail, (long)rows);
        assert_int_equal(status, expected);
        assert_true(added_rightly(d, rows, done));
        assert_sound(x);
    }
}
