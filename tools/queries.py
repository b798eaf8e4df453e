#!/usr/bin/env python3
"""SQL files to typed C: queries.py --out DIR sql/queries/*/*.sql --migrations sql/migrations/*.sql

Writes DIR/gen/ids.h, rows.h (structs that pages may see), queries.h and queries.c (functions, for app/ only) and
migrations.c. A query is a declaration in comments and SQL up to the next one:

    -- What it is for, in a sentence.
    -- member_of_company :many (company: company_id, status: text, after: member_id, limit: int)
    -- -> (id: member_id, name: text, period_end: day?)
    select id, name, period_end from member where company_id = :company …

:one is ST_NOT_FOUND without a row and ST_BROKEN with two; :many gives a list; :exec gives the rows it touched and has no
`->`. A row that several queries give is declared once, `-- row member_line (id: member_id, …)`, and named: `-> member_line`;
`select @columns` lists its fields by their names; SQL below it is what several of its queries begin with: they say `@row`.
`@seen(m)` is a condition: that row m of member or company is not of an import
that is under way or taken back (table import_hidden).
Types: int, bool, text, bytes, day, time (milliseconds), fen, and NOUN_id, each noun its own C type. `?` after a type says
that NULL may stand there. Where one text can't serve both engines, the other follows a line `-- postgres: the reason`.
Migrations are named NNNN_words.sql; sqltext.py has their macros and parts. Types are declared, never inferred: a test
prepares every query on both engines and compares (db_check_query)."""

import os
import re
from dataclasses import dataclass, field

import querycode
import sqltext
from common import C_WORDS, Refused, read, run, write

TYPES = ("int", "bool", "text", "bytes", "day", "time", "fen")
NEVER_NULL = ("int", "bool", "fen")
RESERVED = C_WORDS | {"db", "a", "in", "ret", "ret_rows"}

_QUERY = re.compile(r"([a-z]\w*)\s+:(\w+)\s*(?:\((.*?)\))?\s*(?:->\s*(.*))?", re.DOTALL)
_QUERY_STARTS = re.compile(r"--\s+[a-z]\w*\s+(:(one|many|exec)\b|:[a-z]\w*\s*(\(|->|$))")
_ROW = re.compile(r"row\s+([a-z]\w*)\s*\((.*)\)", re.DOTALL)
_ROW_STARTS = re.compile(r"--\s+row\s+\w+\s*\(")
_SEEN = re.compile(r"@seen\((\w+)\)")
_OTHER_ENGINE = re.compile(r"--\s*(postgres|sqlite):(.*)")


@dataclass
class Field:
    name: str
    type: str
    nullable: bool


@dataclass
class Row:
    name: str  # of the C struct
    list_name: str  # None when no query gives many
    fields: list
    comment: str = ""
    shared: bool = False
    beginning: str = ""  # of the queries that say @row


@dataclass
class Query:
    name: str
    kind: str
    inputs: list
    row: Row
    comment: str
    text: dict  # by engine


@dataclass
class Migration:
    number: int
    name: str
    source: str
    text: dict


@dataclass
class Block:
    """A declaration and what stands below it, as written."""

    path: str
    line: int
    comment: str
    declaration: str
    sql: list = field(default_factory=list)  # (line, text)


def blocks(path, text):
    """Cuts a file at its declarations. Comment lines right above one belong to it."""
    lines = text.splitlines()
    found, comment, at = [], [], 0
    while at < len(lines):
        line = lines[at]
        if _QUERY_STARTS.match(line) or _ROW_STARTS.match(line):
            if found and comment:
                del found[-1].sql[-len(comment) :]
            declaration, size = _declaration(path, lines, at)
            found.append(Block(path, at + 1, " ".join(comment), declaration))
            comment, at = [], at + size
            continue
        comment = comment + [line[2:].strip()] if re.match(r"--(?!\s*(postgres|sqlite):)", line) else []
        if found:
            found[-1].sql.append((at + 1, line))
        elif line.strip() and not line.startswith("--"):
            raise Refused(path, at + 1, "SQL without a declaration above it: -- name :one (inputs)")
        at += 1
    return found


def _declaration(path, lines, at):
    """The lines of a declaration joined, and how many they are: inputs and row may stand on lines of their own."""
    joined, size = "", 0
    while at + size < len(lines) and lines[at + size].startswith("--"):
        words = lines[at + size][2:].strip()
        is_open = joined.count("(") > joined.count(")") or joined.endswith("->")
        goes_on = words.startswith("->") or (words.startswith("(") and "(" not in joined)
        if size and not is_open and not goes_on:
            break
        joined, size = f"{joined} {words}".strip(), size + 1
    if joined.count("(") != joined.count(")"):
        raise Refused(path, at + 1, "a bracket of the declaration is never closed")
    return joined, size


def parse_fields(block, text):
    """name: type, name: type? …"""
    fields = []
    for part in filter(None, (p.strip() for p in (text or "").split(","))):
        match = re.fullmatch(r"([a-z]\w*)\s*:\s*(\w+)(\?)?", part)
        if not match:
            raise Refused(block.path, block.line, f"'{part}' is not name: type")
        name, type_, nullable = match.group(1), match.group(2), bool(match.group(3))
        if type_ not in TYPES and not re.fullmatch(r"[a-z]\w*_id", type_):
            raise Refused(block.path, block.line, f"unknown type '{type_}' ({', '.join(TYPES)}, NOUN_id)")
        if nullable and type_ in NEVER_NULL:
            raise Refused(block.path, block.line, f"{name}: {type_}? has no value for NULL: coalesce it, or use another type")
        if name in RESERVED:
            raise Refused(block.path, block.line, f"'{name}' is a word of C or of the generated code: take another")
        if any(one.name == name for one in fields):
            raise Refused(block.path, block.line, f"'{name}' is declared twice")
        fields.append(Field(name, type_, nullable))
    return fields


def parse_row(block):
    match = _ROW.fullmatch(block.declaration)
    if not match:
        raise Refused(block.path, block.line, "a row is declared as: -- row name (field: type, …)")
    beginning = "\n".join(text for _, text in block.sql if not text.startswith("--")).strip()
    if beginning and not beginning.lower().startswith("select "):
        raise Refused(block.path, block.line, f"below row {match.group(1)} stands what its queries begin with: select …")
    fields = parse_fields(block, match.group(2))
    if not fields:
        raise Refused(block.path, block.line, "a row without fields")
    return Row(match.group(1), match.group(1) + "s", fields, block.comment, shared=True, beginning=beginning)


def parse_query(block, rows):
    match = _QUERY.fullmatch(block.declaration)
    if not match:
        raise Refused(block.path, block.line, "a query is declared as: -- name :one|:many|:exec (inputs) -> (row)")
    name, kind, inputs, gives = match.groups()
    if kind not in ("one", "many", "exec"):
        raise Refused(block.path, block.line, f"unknown kind ':{kind}' (:one, :many, :exec)")
    if (kind == "exec") != (gives is None):
        why = ":exec gives no row: drop the ->" if gives else f":{kind} needs a row: -> (field: type, …)"
        raise Refused(block.path, block.line, why)
    inputs = parse_fields(block, inputs)
    row = _row_of(block, name, kind, gives, rows) if gives is not None else None
    text = {engine: _text(block, engine, inputs, kind, row) for engine in sqltext.ENGINES}
    return Query(name, kind, inputs, row, block.comment, text)


def _row_of(block, name, kind, gives, rows):
    gives = gives.strip()
    if gives.startswith("("):
        fields = parse_fields(block, gives[1:-1])
        if not fields:
            raise Refused(block.path, block.line, "a row without fields")
        return Row(name + "_row", name + "_rows" if kind == "many" else None, fields)
    if gives not in rows:
        raise Refused(block.path, block.line, f"unknown row '{gives}': declare it with -- row {gives} (…)")
    return rows[gives]


def _text(block, engine, inputs, kind, row):
    """The block's SQL for one engine, checked; @row is what stands below its row, @columns its fields by name, @seen(x) that everybody may see x."""
    parts = _parts(block)
    line, sql = parts.get(engine, parts["both"])
    engines = sqltext.ENGINES if len(parts) == 1 else (engine,)
    if not sql.strip():
        raise Refused(block.path, line, "a declaration without SQL")
    if "@row" in sql:
        if not row or not row.beginning:
            raise Refused(block.path, line, "@row is what a row's queries begin with: nothing stands below this one's")
        sql = sql.replace("@row", row.beginning)
    if "@columns" in sql:
        if not row:
            raise Refused(block.path, line, "@columns are those of a row: this query gives none")
        sql = sql.replace("@columns", ", ".join(f.name for f in row.fields))
    sql = _SEEN.sub(r"(\1.import_id is null or \1.import_id not in (select job_id from import_hidden))", sql)
    sqltext.lint(block.path, line, sql, engines)
    text = sqltext.for_engine(block.path, line, sql, inputs, engine)
    _check_kind(block, line, text.lower(), kind)
    return text


def _parts(block):
    """{"both": (line, SQL)}, and the second text under its engine's name."""
    parts, key, start, lines = {}, "both", block.line + 1, []
    for number, line in block.sql:
        match = _OTHER_ENGINE.match(line)
        if not match:
            start = start if lines else number
            lines.append(line)
            continue
        if not match.group(2).strip():
            raise Refused(block.path, number, f"say why {match.group(1)} needs a text of its own")
        if key != "both":
            raise Refused(block.path, number, "a query has one text for both engines and at most one other")
        parts[key] = (start, "\n".join(lines))
        key, lines = match.group(1), []
    parts[key] = (start, "\n".join(lines))
    return parts


def _check_kind(block, line, text, kind):
    verb = re.match(r"\w*", text).group()
    writes = verb in ("insert", "update", "delete")
    if verb not in ("insert", "update", "delete", "select", "with", "values"):
        raise Refused(block.path, line, f"'{verb}' is not for a query: select, insert, update, delete, with, values")
    returning = re.search(r"\breturning\b", text)
    if returning and kind != "one":
        raise Refused(block.path, line, f"a query with returning is :one, not :{kind}")
    if kind == "exec" and verb in ("select", "values"):
        raise Refused(block.path, line, f":exec does not read: {verb} is :one or :many")
    if kind != "exec" and writes and not returning:
        raise Refused(block.path, line, f":{kind} wants rows: returning …, or :exec")


def load_queries(paths):
    """The id types, all rows, and all queries, in the order of files and lines."""
    found = [block for path in paths for block in blocks(path, read(path))]
    taken, rows, queries = {}, {}, []
    for block in found:
        if _ROW_STARTS.match("-- " + block.declaration):
            row = parse_row(block)
            _take(taken, block, row.name, row.list_name)
            rows[row.name] = row
    for block in found:
        if not _ROW_STARTS.match("-- " + block.declaration):
            query = parse_query(block, rows)
            own = [query.row.name, query.row.list_name] if query.row and not query.row.shared else []
            _take(taken, block, "q_" + query.name, query.name + "_in", *own)
            queries.append(query)
    all_rows = list(rows.values()) + [q.row for q in queries if q.row and not q.row.shared]
    fields = [f for row in all_rows for f in row.fields] + [f for q in queries for f in q.inputs]
    return sorted({f.type for f in fields} - set(TYPES)), all_rows, queries


def _take(taken, block, *names):
    for name in filter(None, names):
        if name in taken:
            raise Refused(block.path, block.line, f"'{name}' is declared already, at {taken[name]}")
        taken[name] = f"{block.path}:{block.line}"


def load_migrations(paths):
    found = []
    for expected, path in enumerate(sorted(paths, key=os.path.basename), 1):
        match = re.fullmatch(r"(\d{4})_(\w+)\.sql", os.path.basename(path))
        if not match:
            raise Refused(path, 0, "a migration is named NNNN_words.sql")
        if int(match.group(1)) != expected:
            raise Refused(path, 0, f"expected number {expected:04}: migrations count from 0001 without gaps")
        source, text = read(path), {engine: "" for engine in sqltext.ENGINES}
        for line, part, engines in sqltext.sections(path, source):
            sqltext.lint(path, line, part, engines, migration=True)
            for engine in engines:
                text[engine] += sqltext.expand(path, line, part, engine)
        found.append(Migration(expected, match.group(2), source, text))
    return found


def arguments(words):
    """--out DIR, query files, and migration files after --migrations."""
    out, queries, migrations = None, [], []
    into = queries
    words = list(words)
    while words:
        word = words.pop(0)
        if word == "--out" and words:
            out = words.pop(0)
        elif word == "--migrations":
            into = migrations
        else:
            into.append(word)
    if out is None:
        raise SystemExit("usage: queries.py --out DIR QUERIES.sql … --migrations NNNN_words.sql …")
    return out, queries, migrations


def main(words):
    out, query_paths, migration_paths = arguments(words)
    ids, rows, queries = load_queries(query_paths)
    migrations = load_migrations(migration_paths)
    write(out, "ids.h", querycode.ids_h(ids))
    write(out, "rows.h", querycode.rows_h(rows))
    write(out, "queries.h", querycode.queries_h(queries))
    write(out, "queries.c", querycode.queries_c(rows, queries))
    write(out, "migrations.c", querycode.migrations_c(migrations))


if __name__ == "__main__":
    run(main)
