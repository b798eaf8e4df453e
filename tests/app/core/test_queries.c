/* Every query of the program, on the engine's own word: parameters and columns are what sql/queries/
 * declares, and none walks a table that grows but those that are meant to. */
#include "register.h"

#include "gen/queries.h"

#include <sqlite3.h>
#include <string.h>

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

/* Those that walk or sort, and how often: reports over everybody (doctor, demo), the newest row, a table of a
 * few rows, few hits of a search, or what an index has found. */
static const struct {
    const char *name;
    int walks, sorts;
} MEANT[] = {
    {"anyone_here", 2, 0},
    {"audit_newest", 1, 0},
    {"batches_print_kept", 1, 0},
    {"batches_waiting", 1, 1},
    {"companies_by_folded", 0, 1},
    {"companies_count", 1, 0},
    {"companies_matching", 1, 1},
    {"company_gram_count", 1, 0},
    {"counters_all", 1, 0},
    {"counters_fill", 1, 0},
    {"counters_wrong", 3, 0},
    {"counts_true", 1, 0},
    {"database_file", 1, 0},
    {"employment_wrong", 1, 0},
    {"grams_missing", 2, 0},
    {"members_approved", 0, 1},
    {"period_end_wrong", 1, 1},
    {"settings", 1, 0},
    {"settings_set", 1, 0},
    {"privacy_in_force", 1, 1},
    {"privacy_versions", 1, 0},
    {"consents_standing", 1, 1},
    {"consents_of_nothing", 1, 0},
    {"consents_of_unscoped", 0, 1},
    {"looks_open_count", 1, 0},
    {"exceptions_count", 1, 0},
    {"period_changes_unscoped", 0, 1},
    {"hidden_wrong", 1, 0},
    {"period_last_unscoped", 0, 1},
    {"import_companies_newer", 0, 0},
    {"jobs_by_state", 1, 0},
    {"repair_period_ends", 1, 2},
    {"repair_employers", 1, 0},
    {"repair_names", 1, 0},
    {"repair_counters_fill", 1, 0},
    {"system_jobs", 1, 0},
    {"companies_proposed", 0, 1},
    {"companies_proposed_back", 0, 1},
    {"nightly_newest", 1, 0},
    {"nightly_old", 2, 0},
    {"database_bytes", 2, 0},
};

struct plan {
    int walks, sorts;
};

static struct plan plan_of(sqlite3 *db, const struct db_query *q)
{
    struct plan plan = {0};
    sqlite3_stmt *stmt = NULL;
    char *sql = sqlite3_mprintf("explain query plan %s", q->sqlite);
    assert_int_equal(sqlite3_prepare_v2(db, sql, -1, &stmt, NULL), SQLITE_OK);
    while (sqlite3_step(stmt) == SQLITE_ROW) {
        const char *step = (const char *)sqlite3_column_text(stmt, 3);
        plan.walks += strncmp(step, "SCAN ", 5) == 0 && strcmp(step, "SCAN CONSTANT ROW") != 0;
        plan.sorts += strcmp(step, "USE TEMP B-TREE FOR ORDER BY") == 0;
    }
    sqlite3_finalize(stmt);
    sqlite3_free(sql);
    return plan;
}

static struct plan meant(const char *name)
{
    for (size_t i = 0; i < COUNT(MEANT); i++)
        if (strcmp(MEANT[i].name, name) == 0) return (struct plan){MEANT[i].walks, MEANT[i].sorts};
    return (struct plan){0};
}

/* The planner of the other engine goes by how many rows there are; both have the same indexes. */
static void no_query_walks_a_table_by_mistake(void **state)
{
    struct fixture *x = *state;
    sqlite3 *db;
    int wrong = 0;
    if (db_fixture_is_postgres()) skip();
    assert_int_equal(sqlite3_open(str_sub(x->db->url, 7, x->db->url.n).p, &db), SQLITE_OK);
    for (int i = 0; i < huiyuan_queries_n; i++) {
        struct plan is = plan_of(db, huiyuan_queries[i]), may = meant(huiyuan_queries[i]->name);
        if (is.walks == may.walks && is.sorts == may.sorts) continue;
        print_error("%s walks %d tables and sorts %d times\n", huiyuan_queries[i]->name, is.walks, is.sorts);
        wrong++;
    }
    sqlite3_close(db);
    assert_int_equal(wrong, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(every_query_is_what_it_says, register_setup, register_teardown),
        cmocka_unit_test_setup_teardown(no_query_walks_a_table_by_mistake, register_setup, register_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
