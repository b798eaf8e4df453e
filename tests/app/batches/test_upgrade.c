/* What the first version kept of its last print, brought to prints of their own. */
#include "people.h"
#include "raw_sql.h"

#include "app/batches/print.h"
#include "app/batches/upgrade.h"
#include "app/core/pack.h"
#include "app/core/vault.h"
#include "gen/queries.h"

/* As the first version sealed it: texts in their order, for the batch and not for the row. */
static struct bytes first_snapshot(struct ctx *c, struct bytes batch_uid, const char *name)
{
    const char *const texts[] = {name,     "男",   "620112198507149019", "本科", "土木工程",
                                 "工程师", "专监", "13893100011",        ""};
    struct buf b;
    buf_init(&b, 512, 4096);
    for (size_t i = 0; i < COUNT(texts); i++)
        pack_put(&b, str_from(texts[i]));
    struct bytes sealed = vault_seal(c, PLACE("batch_item", "snapshot_sealed", batch_uid), buf_text(&b));
    buf_free(&b);
    return sealed;
}

static void keep_as_first(struct fixture *x, const struct batch_full *batch, struct member_id who,
                          const char *name)
{
    struct ctx *c = as_command_line(x);
    assert_ok(c, app_begin(c));
    assert_ok(c, q_batch_item_resealed(c->db, batch->id, who, first_snapshot(c, batch->uid, name), NULL));
    assert_ok(c, q_batch_set_printed(c->db, batch->id, STR("0000-1111-2222-3333"), c->now_ms, NULL));
    assert_ok(c, app_commit(c));
}

static void upgrade(struct fixture *x)
{
    struct ctx *c = as_command_line(x);
    bool more = true;
    assert_ok(c, prints_upgrade(c, &more));
    assert_false(more);
}

static void prints_of_the_first_version_are_readable(void **state)
{
    struct fixture *x = *state;
    struct batch_sheet sheet;
    struct prints prints;
    struct member_id decided = person_in(x, STATE_RECOMMENDED_NEW, 1),
                     waits = person_in(x, STATE_RECOMMENDED_NEW, 2),
                     late = person_in(x, STATE_RECOMMENDED_NEW, 3);
    struct batch_full batch = batch_of(x, decided);
    decide(as_membership(x), EVENT_APPROVE, &decided, 1);
    keep_as_first(x, &batch, decided, "决定时名");
    keep_as_first(x, &batch, waits, "印时名");
    for (int twice = 0; twice < 2; twice++)
        upgrade(x);
    struct ctx *c = as_clerk(x);
    assert_ok(c, app_batch(c, batch.id, &sheet));
    app_end(c);
    assert_int_equal(sheet.last.number, 1);
    assert_text(sheet.last.check_code, "0000-1111-2222-3333");
    assert_text(sheet.rows.p[0].shown.name, "决定时名");
    assert_int_equal(sheet.rows.p[0].change, CHANGE_NONE);
    assert_int_equal(sheet.rows.p[1].change, CHANGE_KEY);
    assert_int_equal(sheet.rows.p[2].member.v, late.v);
    assert_int_equal(sheet.rows.p[2].change, CHANGE_JOINED);
    c = as_clerk(x);
    assert_ok(c, app_prints_last(c, (struct print_wanted){.batch = batch.id}, &prints));
    app_end(c);
    assert_int_equal(prints.p[0].rows.n, 2);
    assert_text(prints.p[0].rows.p[1].shown.name, "印时名");
    assert_text(prints.p[0].rows.p[1].shown.mobile, "13893100011");
    assert_text(prints.p[0].check_code, "0000-1111-2222-3333");
    assert_text(prints.p[0].head.company, "甘肃示范工程监理有限公司");
    assert_int_equal(item_of(x, waits).snapshot_sealed.n, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(prints_of_the_first_version_are_readable, register_setup,
                                        register_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
