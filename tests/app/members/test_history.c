#include "people.h"

#include "app/members/history.h"

/* Registered, recommended, taken back, recommended again: so many entries. */
static struct member_id person_with_past(struct fixture *x, int entries)
{
    struct member_id id = person_in(x, STATE_SUBMITTED, 1);
    for (int i = 1; i < entries; i++) {
        enum member_event event = i % 2 ? EVENT_RECOMMEND : EVENT_UNRECOMMEND;
        decide_with(as_clerk(x), &(struct decision){.event = event}, id);
    }
    return id;
}

static struct history_page page_of(struct fixture *x, struct member_id id, enum event_kind kind,
                                   struct page_want want)
{
    struct history_page page;
    struct ctx *c = as_person(x, id);
    assert_ok(c, app_history_own(c, kind, &want, &page));
    app_end(c);
    return page;
}

static void assert_same_page(const struct history_page *a, const struct history_page *b)
{
    assert_int_equal(a->events.n, b->events.n);
    for (size_t i = 0; i < a->events.n; i++)
        assert_int_equal(a->events.p[i].number, b->events.p[i].number);
}

static void turns_pages_there_and_back(void **state)
{
    struct fixture *x = *state;
    struct member_id id = person_with_past(x, 7);
    struct history_page first = page_of(x, id, KIND_ANY, (struct page_want){.size = 3});
    struct history_page second = page_of(x, id, KIND_ANY, (struct page_want){.size = 3, .after = first.next});
    struct history_page third = page_of(x, id, KIND_ANY, (struct page_want){.size = 3, .after = second.next});
    assert_int_equal(first.total, 7);
    assert_int_equal(first.events.n, 3);
    assert_int_equal(third.events.n, 1);
    assert_text(third.events.p[0].event, "member.register");
    assert_true(first.events.p[2].number > second.events.p[0].number);
    assert_null(first.previous.p);
    assert_null(third.next.p);
    struct history_page back =
        page_of(x, id, KIND_ANY, (struct page_want){.size = 3, .before = third.previous});
    assert_same_page(&back, &second);
    back = page_of(x, id, KIND_ANY, (struct page_want){.size = 3, .before = second.previous});
    assert_same_page(&back, &first);
}

static void shows_the_first_page_for_a_bad_cursor(void **state)
{
    struct fixture *x = *state;
    struct member_id id = person_with_past(x, 3);
    struct history_page first = page_of(x, id, KIND_ANY, (struct page_want){.size = 2});
    struct history_page page = page_of(x, id, KIND_ANY, (struct page_want){.size = 2, .after = STR("1")});
    assert_same_page(&page, &first);
}

static void filters_by_kind(void **state)
{
    struct fixture *x = *state;
    struct member_id id = person_with_past(x, 3);
    static const struct {
        enum event_kind kind;
        int64_t total;
    } rows[] = {{KIND_ANY, 3},     {KIND_APPROVAL, 3}, {KIND_DATA, 0},
                {KIND_ACCOUNT, 0}, {KIND_FEE, 0},      {KIND_TRAINING, 0}};
    for (size_t i = 0; i < COUNT(rows); i++)
        assert_int_equal(page_of(x, id, rows[i].kind, (struct page_want){.size = 10}).total, rows[i].total);
}

static void holds_nobody_elses_past(void **state)
{
    struct fixture *x = *state;
    struct member_id other = person_in(x, STATE_MEMBER, 2);
    struct member_id id = person_with_past(x, 1);
    assert_int_equal(page_of(x, id, KIND_ANY, (struct page_want){.size = 10}).total, 1);
    assert_true(page_of(x, other, KIND_ANY, (struct page_want){.size = 10}).total >= 3);
    struct history_page page;
    assert_int_equal(app_history_own(as_clerk(x), KIND_ANY, &(struct page_want){.size = 10}, &page),
                     ST_FORBIDDEN);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(turns_pages_there_and_back, register_setup, register_teardown),
        cmocka_unit_test_setup_teardown(shows_the_first_page_for_a_bad_cursor, register_setup,
                                        register_teardown),
        cmocka_unit_test_setup_teardown(filters_by_kind, register_setup, register_teardown),
        cmocka_unit_test_setup_teardown(holds_nobody_elses_past, register_setup, register_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
