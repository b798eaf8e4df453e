/* Every query of the program, on the engine's own word: parameters and columns are what sql/queries/
 * declares. */
#include "register.h"

#include "gen/queries.h"

static void every_query_is_what_it_says(void **state)
{
    struct fixture *x = *state;
    int wrong = 0;
    assert_true(huiyuan_queries_n > 100);
    for (int i = 0; i < huiyuan_queries_n; i++) {
        struct fault f = {0};
        if (db_check_query(x->app->db, huiyuan_queries[i], &f) == ST_OK) continue;
        print_error("%s\n", f.detail);
        wrong++;
    }
    assert_int_equal(wrong, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(every_query_is_what_it_says, register_setup, register_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
