/* A small database for the tests of this floor: items with parts, and a gapless chain that `last` writes, as
 * the audit log does. */
#ifndef TESTS_DB_SAMPLE_H
#define TESTS_DB_SAMPLE_H

#include "../db_fixture.h"

/* cmocka wants these before itself. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#undef fail /* of cmocka; here it is that of base/status.h */

#define COUNT(array) (sizeof(array) / sizeof *(array))
#define OK(call)     assert_int_equal((call), ST_OK)

enum sample_query {
    ITEM_ADD, /* id, label, amount, body */
    ITEM_ADD_NEW,
    ITEM_ADD_BADLY, /* amount as text */
    ITEM_ADD_OR_ALL_IS_LOST,
    ITEM_GET,       /* id -> label, amount, body */
    ITEM_GET_BADLY, /* label declared as int */
    ITEM_COUNT,
    ITEM_COUNT_ID,
    ITEM_RENAME_ALL,
    ITEM_AMOUNT_ADD, /* id */
    ITEM_AMOUNT,     /* id -> amount */
    TX_READ_ONLY, /* PostgreSQL: what this transaction may do from now on, as on a server that was demoted */
    PART_ADD,     /* id, item */
    PART_COUNT,
    PART_COUNT_ITEM,
    PROMISE_ADD, /* item, looked for at the commit only */
    HEAD_NEXT,
    HEAD_GET,
    CHAIN_ADD, /* number, item */
    CHAIN_COUNT,
    CHAIN_COUNT_ITEM,
    CHAIN_LAST,
    CHAIN_AT, /* number -> item */
    SAMPLE_QUERIES
};

extern const struct db_query *const sample_queries[SAMPLE_QUERIES];
extern const struct db_migration sample_migrations[2];

struct db_value db_i(int64_t i);
struct db_value db_t(struct str text);
struct db_value db_b(struct bytes bytes);
struct db_value db_null(enum db_type type);

struct db_options sample_options(void);
/* A fixture's database, migrated, with `last` writing the chain. */
struct db *sample_open(const struct db_fixture *x, const struct db_options *o);

/* An item, its part, and at the commit its link in the chain (*id must live until then). */
enum status sample_add(struct db_conn *tx, const int64_t *id) MUST_USE;
enum status sample_save(struct db *db, struct fault *f,
                        int64_t id) MUST_USE; /* the same, in a transaction of its own */
/* The number that a query of one row and one column gives. */
enum status sample_number(struct db_conn *c, enum sample_query q, const struct db_value *in,
                          int64_t *ret) MUST_USE;
int64_t sample_read(struct db *db, enum sample_query q, const struct db_value *in);
/* Asserts that the item is there with its part and link, or nothing of it. */
void sample_assert_whole(struct db *db, int64_t id, bool there);
void sample_assert_gapless(struct db *db);

#endif
