"""The C of queries.py: structs, tables that describe them, and a function a query over a small runtime."""

import hashlib

from common import c_call, c_string

POSITIONAL = 5  # with more inputs than these a query takes a struct

# Type of a query file: C type, how the runtime reads and writes it, what the database holds.
_C = {
    "int": ("int64_t", "AS_INT", "DB_INT"),
    "bool": ("bool", "AS_BOOL", "DB_INT"),
    "text": ("struct str", "AS_TEXT", "DB_TEXT"),
    "bytes": ("struct bytes", "AS_BYTES", "DB_BYTES"),
    "day": ("struct day", "AS_DAY", "DB_TEXT"),
    "time": ("int64_t", "AS_INT", "DB_INT"),
    "fen": ("struct fen", "AS_INT", "DB_INT"),
}

_MADE = "/* Made by tools/queries.py from sql/: edit there. */\n"


def _of(type_):
    return _C.get(type_) or (f"struct {type_}", "AS_INT", "DB_INT")


def _guarded(name, body):
    return f"{_MADE}#ifndef GEN_{name}_H\n#define GEN_{name}_H\n\n{body}\n#endif\n"


def _comment(text, otherwise):
    return f"/* {(text or otherwise).replace('*/', '* /')} */\n"


def ids_h(ids):
    structs = "".join(f"struct {name} {{\n    int64_t v;\n}};\n" for name in ids)
    return _guarded("IDS", "#include <stdint.h>\n\n/* 0 is none. */\n" + structs)


def _struct(name, fields):
    members = "".join(f"    {_of(f.type)[0]} {f.name};\n" for f in fields)
    return f"struct {name} {{\n{members}}};\n"


def rows_h(rows):
    text = '#include "base/day.h"\n#include "base/fen.h"\n#include "base/str.h"\n#include "gen/ids.h"\n'
    for row in rows:
        text += "\n" + (_comment(row.comment, "") if row.comment else "") + _struct(row.name, row.fields)
        if row.list_name:
            text += f"struct {row.list_name} {{\n    struct {row.name} *p;\n    size_t n;\n}};\n"
    return _guarded("ROWS", text)


def _head(query):
    """The function's return type, name and parameters."""
    parameters = ["struct db_conn *db"] + ([] if query.kind == "exec" else ["struct arena *a"])
    if len(query.inputs) > POSITIONAL:
        parameters.append(f"const struct {query.name}_in *in")
    else:
        parameters += [f"{_of(f.type)[0]} {f.name}" for f in query.inputs]
    result = {"one": "struct {0.name} *ret", "many": "struct {0.list_name} *ret", "exec": "int64_t *ret_rows"}
    return f"enum status q_{query.name}", parameters + [result[query.kind].format(query.row)]


def queries_h(queries):
    text = '#include "base/status.h"\n#include "db/db.h"\n#include "gen/rows.h"\n\n'
    text += "/* For struct db_options. */\n"
    text += "extern const struct db_query *const huiyuan_queries[];\nextern const int huiyuan_queries_n;\n"
    text += "extern const struct db_migration huiyuan_migrations[];\nextern const int huiyuan_migrations_n;\n\n"
    text += (
        "/* Every function: ST_UNAVAILABLE when the database fails, ST_BROKEN (fault.detail says which column) when\n"
        " * what it holds is not what the query declares. :one without a row is ST_NOT_FOUND, with no text for the\n"
        " * person. Rows live in the arena; ret_rows may be NULL. */\n"
    )
    for query in queries:
        text += "\n"
        if len(query.inputs) > POSITIONAL:
            text += _struct(query.name + "_in", query.inputs)
        text += _comment(query.comment, query.name + ".") if query.comment else ""
        text += c_call(*_head(query), " MUST_USE;") + "\n"
    return _guarded("QUERIES", text)


def _fields(name, struct, fields):
    """The tables of a row or of inputs: for the runtime, and for the engines."""
    lines = "".join(
        f'    {{"{f.name}", {_of(f.type)[1]}, {str(f.nullable).lower()}, offsetof(struct {struct}, {f.name})}},\n'
        for f in fields
    )
    types = ", ".join(_of(f.type)[2] for f in fields)
    return (
        f"static const struct field {name}[] = {{\n{lines}}};\n"
        f"static const enum db_type {name}_types[] = {{{types}}};\n"
    )


def _statement(query, index):
    inputs = f"{query.name}_in" if query.inputs else "NULL"
    row = f"{query.row.name}_fields" if query.row else "NULL"
    text = _fields(inputs, query.name + "_in", query.inputs) if query.inputs else ""
    text += f"static const struct statement {query.name}_query = {{\n    .query = {{.name = \"{query.name}\",\n"
    text += f"              .sqlite = {c_string(query.text['sqlite'])},\n"
    text += f"              .postgres = {c_string(query.text['postgres'])},\n"
    text += f"              .index = {index}, .n_in = {len(query.inputs)},"
    text += f" .n_out = {len(query.row.fields) if query.row else 0},\n"
    text += f"              .in = {inputs + '_types' if query.inputs else 'NULL'},"
    text += f" .out = {row + '_types' if query.row else 'NULL'}}},\n"
    size = f"sizeof(struct {query.row.name})" if query.row else "0"
    return text + f"    .in = {inputs}, .out = {row}, .row_size = {size},\n}};\n"


def _body(query):
    if len(query.inputs) > POSITIONAL:
        text, inputs = "", "in"
    elif query.inputs:
        names = ", ".join(f.name for f in query.inputs)
        text, inputs = f"    const struct {query.name}_in in = {{{names}}};\n", "&in"
    else:
        text, inputs = "", "NULL"
    if query.kind == "exec":
        return text + f"    return run_exec(db, &{query.name}_query, {inputs}, ret_rows);\n"
    if query.kind == "one":
        return text + f"    return run_one(db, &{query.name}_query, {inputs}, a, ret);\n"
    return text + (
        f"    struct reading r = {{.db = db, .s = &{query.name}_query, .a = a}};\n"
        f"    enum status st = run_rows(&r, {inputs});\n"
        f"    if (st == ST_OK) *ret = (struct {query.row.list_name}){{(void *)r.p, r.n}};\n"
        f"    return st;\n"
    )


def _function(query):
    return c_call(*_head(query), "") + "\n{\n" + _body(query) + "}\n"


def queries_c(rows, queries):
    most = max([len(q.inputs) for q in queries], default=0) or 1
    text = _MADE + '#include "gen/queries.h"\n\n#include <string.h>\n\n' + f"#define MOST_INPUTS {most}\n"
    text += _SHAPES
    if queries:
        text += _BIND
    if any(q.row for q in queries):
        text += _READ
    if any(q.kind == "one" for q in queries):
        text += _RUN_ONE
    if any(q.kind == "exec" for q in queries):
        text += _RUN_EXEC
    used = {q.row.name for q in queries if q.row}
    for row in rows:
        if row.name in used:
            text += "\n" + _fields(row.name + "_fields", row.name, row.fields)
    for index, query in enumerate(queries):
        text += "\n"
        if 0 < len(query.inputs) <= POSITIONAL:
            text += _struct(query.name + "_in", query.inputs)
        text += _statement(query, index) + "\n" + _function(query)
    listed = "".join(f"    &{query.name}_query.query,\n" for query in queries) or "    NULL,\n"
    text += f"\nconst struct db_query *const huiyuan_queries[] = {{\n{listed}}};\n"
    return text + f"const int huiyuan_queries_n = {len(queries)};\n"


def migrations_c(migrations):
    text = _MADE + '#include "gen/queries.h"\n\nconst struct db_migration huiyuan_migrations[] = {\n'
    for one in migrations:
        checksum = hashlib.sha256(one.source.encode()).hexdigest()
        text += f'    {{.number = {one.number},\n     .name = "{one.name}",\n     .sha256 = "{checksum}",\n'
        for engine, sql in one.text.items():
            lines = "\n".join("         " + c_string(line) for line in sql.splitlines(keepends=True)) or '         ""'
            text += f"     .{engine} =\n{lines},\n"
        text += "    },\n"
    text += "" if migrations else "    {0},\n"
    return text + f"}};\nconst int huiyuan_migrations_n = {len(migrations)};\n"


# The runtime, in parts: only what the queries use is written, so that nothing in queries.c is unused.

_SHAPES = """
/* AS_INT stands for int, time, fen and every id: all of them are one int64_t. */
enum as { AS_INT, AS_BOOL, AS_TEXT, AS_BYTES, AS_DAY };

/* A member of a struct of inputs, or of a row. */
struct field {
    const char *name;
    enum as as;
    bool nullable;
    size_t at;
};

struct statement {
    struct db_query query;
    const struct field *in, *out;
    size_t row_size;
};
"""

_BIND = """
/* Inputs on their way to the database; a day needs a place for its text. */
struct bound {
    struct db_value value[MOST_INPUTS];
    char day[MOST_INPUTS][DAY_TEXT_SIZE];
};

static enum status broken(struct db_conn *db, const struct statement *s, const char *field, const char *why)
{
    return fail_detail(db_conn_fault(db), ST_BROKEN, "query %s, %s: %s", s->query.name, field, why);
}

static struct db_value value_of(const struct field *f, const void *values, char day[DAY_TEXT_SIZE])
{
    const void *p = (const char *)values + f->at;
    struct db_value v = {.type = DB_INT};
    switch (f->as) {
    case AS_INT:
        v.i = *(const int64_t *)p;
        v.null = f->nullable && v.i == 0;
        break;
    case AS_BOOL:
        v.i = *(const bool *)p;
        break;
    case AS_TEXT:
        v.type = DB_TEXT;
        v.text = *(const struct str *)p;
        v.null = !v.text.p;
        break;
    case AS_BYTES:
        v.type = DB_BYTES;
        v.bytes = *(const struct bytes *)p;
        v.null = !v.bytes.p;
        break;
    case AS_DAY:
        v.type = DB_TEXT;
        day_text(*(const struct day *)p, day);
        v.text = str_from(day);
        v.null = !day_is(*(const struct day *)p);
        break;
    }
    return v;
}

static enum status bind_inputs(struct db_conn *db, const struct statement *s, const void *values, struct bound *ret)
{
    for (int i = 0; i < s->query.n_in; i++) {
        ret->value[i] = value_of(&s->in[i], values, ret->day[i]);
        if (ret->value[i].null && !s->in[i].nullable)
            return broken(db, s, s->in[i].name, "none given, though declared without ?");
    }
    return ST_OK;
}
"""

_READ = """
/* Rows on their way from the database. */
struct reading {
    struct db_conn *db;
    const struct statement *s;
    struct arena *a;
    char *p;
    size_t n, cap;
};

/* What is wrong with the value, or NULL. The row is zeroed: a NULL has its none value already. */
static const char *read_field(const struct field *f, const struct db_value *v, struct arena *a, void *row)
{
    static const enum db_type HELD_AS[] = {
        [AS_INT] = DB_INT, [AS_BOOL] = DB_INT, [AS_TEXT] = DB_TEXT, [AS_BYTES] = DB_BYTES, [AS_DAY] = DB_TEXT};
    void *p = (char *)row + f->at;
    if (v->null) return f->nullable ? NULL : "NULL, though declared without ?";
    if (v->type != HELD_AS[f->as]) return "of another type than declared";
    switch (f->as) {
    case AS_INT:
        *(int64_t *)p = v->i;
        return NULL;
    case AS_BOOL:
        *(bool *)p = v->i == 1;
        return v->i == 0 || v->i == 1 ? NULL : "neither 0 nor 1";
    case AS_TEXT:
        *(struct str *)p = arena_str(a, v->text.p ? v->text : STR(""));
        return NULL;
    case AS_BYTES:
        *(struct bytes *)p = arena_bytes(a, v->bytes.p ? v->bytes : str_bytes(STR("")));
        return NULL;
    case AS_DAY:
        return day_parse(v->text, p) ? NULL : "not a day";
    }
    return NULL;
}

static enum status read_row(void *arg, const struct db_value *values)
{
    struct reading *r = arg;
    r->p = arena_grow(r->a, r->p, r->n, &r->cap, r->s->row_size);
    void *row = r->p + r->n * r->s->row_size;
    for (int i = 0; i < r->s->query.n_out; i++) {
        const char *wrong = read_field(&r->s->out[i], &values[i], r->a, row);
        if (wrong) return broken(r->db, r->s, r->s->out[i].name, wrong);
    }
    r->n++;
    return ST_OK;
}

static enum status run_rows(struct reading *r, const void *in)
{
    struct bound bound;
    enum status st = bind_inputs(r->db, r->s, in, &bound);
    return st == ST_OK ? db_each(r->db, &r->s->query, bound.value, read_row, r) : st;
}
"""

_RUN_ONE = """
static enum status run_one(struct db_conn *db, const struct statement *s, const void *in, struct arena *a, void *ret)
{
    struct reading r = {.db = db, .s = s, .a = a};
    enum status st = run_rows(&r, in);
    if (st != ST_OK) return st;
    if (r.n == 0) return ST_NOT_FOUND;
    if (r.n > 1) return broken(db, s, "rows", "more than one");
    memcpy(ret, r.p, s->row_size);
    return ST_OK;
}
"""

_RUN_EXEC = """
static enum status run_exec(struct db_conn *db, const struct statement *s, const void *in, int64_t *ret_rows)
{
    struct bound bound;
    int64_t touched;
    enum status st = bind_inputs(db, s, in, &bound);
    if (st == ST_OK) st = db_exec(db, &s->query, bound.value, &touched);
    if (st == ST_OK && ret_rows) *ret_rows = touched;
    return st;
}
"""
