#!/usr/bin/env python3
"""What the templates and queries leave to the C compiler, it refuses: refused_by_c.py CC… prints TAP. Each case is tried
with a right value first, so that a case can't pass for another reason; of a template, the message names its line."""

import os
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
sys.path.insert(0, os.path.join(ROOT, "tools"))

import queries  # noqa: E402
import templates  # noqa: E402

VIEW = """#include "html/html.h"
struct rows { struct { struct str name; } *p; size_t n; };
struct some_view { struct str name; struct bytes sealed; struct url to; int64_t id; bool yes; struct rows rows; };
struct other_view { int x; };
"""

# What is wrong: a template, the right word in it, the wrong one.
TEMPLATES = [
    ("a text where a URL must stand", '<a href="{v.@}">', "to", "name"),
    ("a text where a number of a URL must stand", '<a href="/x/{v.@}">', "id", "name"),
    ("bytes on a page", "<p>{v.@}</p>", "name", "sealed"),
    ("a boolean on a page", "<p>{v.@}</p>", "name", "yes"),
    ("bytes as a condition", "{if v.@}x{end}", "name", "sealed"),
    ("a field that is not there", "<p>{v.@}</p>", "name", "nmae"),
    ("a field of a row that is not there", "{for m in v.rows}{m.@}{end}", "name", "nmae"),
    ("a loop over what is no list", "{for m in v.@}x{end}", "rows", "to"),
    ("a struct on a page", "<p>{v.@}</p>", "name", "rows"),
]

# What is wrong: C that calls a page or a query, the right word, the wrong one.
CALLS = [
    ("a page without its view", "view_x(h, @);", "v", ""),
    ("a page with another view", "view_x(h, @);", "v", "(const struct other_view *)v"),
    ("a member's id for a company's", "return q_m(db, a, (struct @){1}, ret);", "company_id", "member_id"),
    ("a number for an id", "return q_m(db, a, @, ret);", "(struct company_id){1}", "1"),
    ("a status that nobody looks at", "@ q_m(db, a, (struct company_id){1}, ret);", "return", ""),
]

QUERY = "-- m :one (company: company_id) -> (id: member_id)\nselect id from member where company_id = :company\n"
AROUND = """#include "gen/views.h"
#include "gen/queries.h"
enum status f(struct html *h, const struct some_view *v, struct db_conn *db, struct arena *a, struct m_row *ret);
enum status f(struct html *h, const struct some_view *v, struct db_conn *db, struct arena *a, struct m_row *ret)
{
    (void)h; (void)v; (void)db; (void)a; (void)ret;
    %s
    return ST_OK;
}
"""


def compiles(cc, source):
    """The compiler's messages; empty when it is content."""
    includes = ["-I.", "-I" + os.path.join(ROOT, "src")]
    done = subprocess.run(
        cc + ["-std=gnu17", "-Wall", "-Wextra", "-Werror", "-S", "-o", os.devnull, *includes, source],
        capture_output=True,
        text=True,
        env=dict(os.environ, LC_ALL="C"),
    )
    return done.stderr if done.returncode else ""


def write(name, text):
    os.makedirs(os.path.dirname(name) or ".", exist_ok=True)
    with open(name, "w", encoding="utf-8") as file:
        file.write(text)


def try_template(cc, body):
    write("x.html", '{template x(v: struct some_view)}\n{use "web/some.h"}\n' + body + "\n")
    templates.main(["--out", ".", "x.html"])
    return compiles(cc, "gen/views.c")


def try_call(cc, body):
    write("call.c", AROUND % body)
    return compiles(cc, "call.c")


def main(cc):
    write("web/some.h", VIEW)
    write("m.sql", QUERY)
    queries.main(["--out", ".", "m.sql", "--migrations"])
    tries = [(try_template, "x.html:3", *one) for one in TEMPLATES]
    tries += [(try_call, "call.c", *one) for one in CALLS]
    print(f"1..{len(tries)}")
    bad = 0
    for number, (attempt, place, what, text, right, wrong) in enumerate(tries, 1):
        if attempt is try_call:
            try_template(cc, "<p>{v.name}</p>")
        before, refusal = attempt(cc, text.replace("@", right)), attempt(cc, text.replace("@", wrong))
        ok = before == "" and place in refusal
        bad += not ok
        print(f"{'ok' if ok else 'not ok'} {number} - refused: {what}")
        if not ok:
            print("# " + (before or refusal or "it compiles").replace("\n", "\n# "))
    sys.exit(1 if bad else 0)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as scratch:
        os.chdir(scratch)
        main(sys.argv[1:] or ["cc"])
