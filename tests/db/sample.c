#include "sample.h"

#define I DB_INT
#define T DB_TEXT
#define B DB_BYTES
#define TYPES(...)                                                                                           \
    (const enum db_type[])                                                                                   \
    {                                                                                                        \
        __VA_ARGS__                                                                                          \
    }
#define QUERY(at, text_sqlite, text_postgres, inputs, types_in, outputs, types_out)                          \
    [at] = &(const struct db_query)                                                                          \
    {                                                                                                        \
        .name = #at, .index = (at), .sqlite = (text_sqlite), .postgres = (text_postgres), .n_in = (inputs),  \
        .in = (types_in), .n_out = (outputs), .out = (types_out)                                             \
    }
#define COUNTING(at, sql) QUERY(at, sql, sql, 0, NULL, 1, TYPES(I))

#define ADD_SQLITE "into item (id, label, amount, body) values (?1, ?2, ?3, ?4)"
#define ADD_POSTGRES                                                                                         \
    "into item (id, label, amount, body) values ($1::bigint, $2::text, $3::bigint, $4::bytea)"

const struct db_query *const sample_queries[SAMPLE_QUERIES] = {
    QUERY(ITEM_ADD, "insert " ADD_SQLITE, "insert " ADD_POSTGRES, 4, TYPES(I, T, I, B), 0, NULL),
    QUERY(ITEM_ADD_NEW, "insert " ADD_SQLITE " on conflict do nothing",
          "insert " ADD_POSTGRES " on conflict do nothing", 4, TYPES(I, T, I, B), 0, NULL),
    QUERY(ITEM_ADD_BADLY, "insert into item (id, amount) values (?1, ?2)",
          "insert into item (id, amount) values ($1::bigint, $2::text)", 2, TYPES(I, T), 0, NULL),
    QUERY(ITEM_ADD_OR_ALL_IS_LOST, "insert or rollback " ADD_SQLITE, "insert " ADD_POSTGRES, 4,
          TYPES(I, T, I, B), 0, NULL),
    QUERY(ITEM_GET, "select label, amount, body from item where id = ?1",
          "select label, amount, body from item where id = $1::bigint", 1, TYPES(I), 3, TYPES(T, I, B)),
    QUERY(ITEM_GET_BADLY, "select label from item where id = ?1",
          "select label from item where id = $1::bigint", 1, TYPES(I), 1, TYPES(I)),
    COUNTING(ITEM_COUNT, "select count(*) from item"),
    QUERY(ITEM_COUNT_ID, "select count(*) from item where id = ?1",
          "select count(*) from item where id = $1::bigint", 1, TYPES(I), 1, TYPES(I)),
    QUERY(ITEM_RENAME_ALL, "update item set amount = ?1", "update item set amount = $1::bigint", 1, TYPES(I),
          0, NULL),
    QUERY(ITEM_AMOUNT_ADD, "update item set amount = amount + 1 where id = ?1",
          "update item set amount = amount + 1 where id = $1::bigint", 1, TYPES(I), 0, NULL),
    QUERY(ITEM_AMOUNT, "select amount from item where id = ?1",
          "select amount from item where id = $1::bigint", 1, TYPES(I), 1, TYPES(I)),
    QUERY(TX_READ_ONLY, "select 2", "select length(set_config('transaction_read_only', 'on', true))::bigint",
          0, NULL, 1, TYPES(I)),
    QUERY(PART_ADD, "insert into part (id, item_id) values (?1, ?2)",
          "insert into part (id, item_id) values ($1::bigint, $2::bigint)", 2, TYPES(I, I), 0, NULL),
    COUNTING(PART_COUNT, "select count(*) from part"),
    QUERY(PART_COUNT_ITEM, "select count(*) from part where item_id = ?1",
          "select count(*) from part where item_id = $1::bigint", 1, TYPES(I), 1, TYPES(I)),
    QUERY(PROMISE_ADD, "insert into promise (item_id) values (?1)",
          "insert into promise (item_id) values ($1::bigint)", 1, TYPES(I), 0, NULL),
    QUERY(HEAD_NEXT, "update head set number = number + 1", "update head set number = number + 1", 0, NULL, 0,
          NULL),
    COUNTING(HEAD_GET, "select number from head"),
    QUERY(CHAIN_ADD, "insert into chain (number, item_id) values (?1, ?2)",
          "insert into chain (number, item_id) values ($1::bigint, $2::bigint)", 2, TYPES(I, I), 0, NULL),
    COUNTING(CHAIN_COUNT, "select count(*) from chain"),
    QUERY(CHAIN_COUNT_ITEM, "select count(*) from chain where item_id = ?1",
          "select count(*) from chain where item_id = $1::bigint", 1, TYPES(I), 1, TYPES(I)),
    COUNTING(CHAIN_LAST, "select coalesce(max(number), 0) from chain"),
    QUERY(CHAIN_AT, "select item_id from chain where number = ?1",
          "select item_id from chain where number = $1::bigint", 1, TYPES(I), 1, TYPES(I)),
};

const struct db_migration sample_migrations[2] = {
    {
        .number = 1,
        .name = "0001_items",
        .sha256 = "1111",
        .sqlite = "create table item (id integer primary key, label text unique, amount integer not null, "
                  "body blob)"
                  " strict;"
                  "create table part (id integer primary key, item_id integer not null references item (id)) "
                  "strict;"
                  "create table promise (item_id integer references item (id) deferrable initially deferred) "
                  "strict;",
        .postgres =
            "create table item (id bigint primary key, label text collate \"C\" unique,"
            " amount bigint not null, body bytea);"
            "create table part (id bigint primary key, item_id bigint not null references item (id));"
            "create table promise (item_id bigint references item (id) deferrable initially deferred);",
    },
    {
        .number = 2,
        .name = "0002_chain",
        .sha256 = "2222",
        .sqlite = "create table chain (number integer primary key, item_id integer not null) strict;"
                  "create table head (number integer not null) strict;"
                  "insert into head (number) values (0);",
        .postgres = "create table chain (number bigint primary key, item_id bigint not null);"
                    "create table head (number bigint not null);"
                    "insert into head (number) values (0);",
    },
};

struct db_value db_i(int64_t i)
{
    return (struct db_value){.type = DB_INT, .i = i};
}

struct db_value db_t(struct str text)
{
    return (struct db_value){.type = DB_TEXT, .text = text};
}

struct db_value db_b(struct bytes bytes)
{
    return (struct db_value){.type = DB_BYTES, .bytes = bytes};
}

struct db_value db_null(enum db_type type)
{
    return (struct db_value){.type = type, .null = true};
}

static enum status add_link(struct db_conn *tx, void *extra)
{
    const int64_t *id = extra;
    int64_t number = 0;
    if (!id) return ST_OK;
    TRY(db_exec(tx, sample_queries[HEAD_NEXT], NULL, NULL));
    TRY(sample_number(tx, HEAD_GET, NULL, &number));
    return db_exec(tx, sample_queries[CHAIN_ADD], (struct db_value[]){db_i(number), db_i(*id)}, NULL);
}

struct db_options sample_options(void)
{
    return (struct db_options){
        .queries = sample_queries,
        .n_queries = SAMPLE_QUERIES,
        .migrations = sample_migrations,
        .n_migrations = COUNT(sample_migrations),
        .connections = 8,
    };
}

struct db *sample_open(const struct db_fixture *x, const struct db_options *o)
{
    struct db *db = db_fixture_open(x, o);
    struct fault f = {0};
    int applied;
    db_set_last(db, add_link);
    OK(db_migrate(db, &f, &applied));
    return db;
}

enum status sample_add(struct db_conn *tx, const int64_t *id)
{
    struct db_value item[] = {db_i(*id), db_null(DB_TEXT), db_i(0), db_null(DB_BYTES)};
    TRY(db_exec(tx, sample_queries[ITEM_ADD], item, NULL));
    TRY(db_exec(tx, sample_queries[PART_ADD], (struct db_value[]){db_i(*id), db_i(*id)}, NULL));
    tx_extra_set(tx, (void *)(uintptr_t)id);
    return ST_OK;
}

enum status sample_save(struct db *db, struct fault *f, int64_t id)
{
    struct arena *a = arena_new();
    struct db_conn *tx = NULL;
    enum status s = tx_begin(db, a, f, &tx);
    if (s == ST_OK) s = sample_add(tx, &id);
    if (s == ST_OK) s = tx_commit(tx);
    arena_free(a);
    return s;
}

static enum status take_number(void *arg, const struct db_value *row)
{
    *(int64_t *)arg = row[0].i;
    return ST_OK;
}

enum status sample_number(struct db_conn *c, enum sample_query q, const struct db_value *in, int64_t *ret)
{
    return db_each(c, sample_queries[q], in, take_number, ret);
}

int64_t sample_read(struct db *db, enum sample_query q, const struct db_value *in)
{
    struct arena *a = arena_new();
    struct fault f = {0};
    struct db_conn *c = NULL;
    int64_t number = 0;
    OK(db_read(db, a, &f, &c));
    OK(sample_number(c, q, in, &number));
    arena_free(a);
    return number;
}

void sample_assert_whole(struct db *db, int64_t id, bool there)
{
    struct db_value in[] = {db_i(id)};
    assert_int_equal(sample_read(db, ITEM_COUNT_ID, in), there);
    assert_int_equal(sample_read(db, PART_COUNT_ITEM, in), there);
    assert_int_equal(sample_read(db, CHAIN_COUNT_ITEM, in), there);
}

/* In one snapshot: the server may still be busy with a transaction of a client that was killed. */
void sample_assert_gapless(struct db *db)
{
    struct arena *a = arena_new();
    struct db_conn *c = NULL;
    int64_t count = -1, last = -2, head = -3, items = -4;
    OK(db_read(db, a, NULL, &c));
    OK(sample_number(c, CHAIN_COUNT, NULL, &count));
    OK(sample_number(c, CHAIN_LAST, NULL, &last));
    OK(sample_number(c, HEAD_GET, NULL, &head));
    OK(sample_number(c, ITEM_COUNT, NULL, &items));
    arena_free(a);
    assert_int_equal(last, count);
    assert_int_equal(head, count);
    assert_int_equal(items, count);
}
