#!/usr/bin/env python3
"""Every construct and every refusal of the generators: golden.py [NAME…] runs cases/TOOL/NAME.txt and prints TAP.

A case says what it shows, then has parts that begin with a line `==== `:
    ==== in FILE       a file that the tool gets
    ==== out FILE      stands in gen/FILE, as it is (the rest of gen/FILE is not looked at)
    ==== not out FILE  does not stand there
    ==== error         the tool refuses with exactly this"""

import contextlib
import io
import os
import re
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "..", "..", "tools"))

import assets  # noqa: E402
import common  # noqa: E402
import floors  # noqa: E402
import queries  # noqa: E402
import templates  # noqa: E402


def run_queries(files):
    migrations = [f for f in files if f[0].isdigit()]
    queries.main(["--out", "."] + [f for f in files if f not in migrations] + ["--migrations"] + migrations)


def run_floors(files):
    with contextlib.redirect_stderr(io.StringIO()) as said:
        try:
            floors.main(["src"])
        except SystemExit as end:
            if end.code:
                raise common.Refused("", 0, said.getvalue().strip()) from None


TOOLS = {
    "queries": run_queries,
    "templates": lambda files: templates.main(["--out", "."] + files),
    "assets": lambda files: assets.main(["--out", "."] + files),
    "floors": run_floors,
}


def parts(text):
    """[(kind, file, text)], the description left out."""
    found = re.split(r"^==== (in|out|not out|error)(?: (\S+))?\n", text, flags=re.MULTILINE)
    return list(zip(found[1::3], found[2::3], found[3::3]))


def fails(tool, case):
    """What is wrong, or None."""
    with open(case, encoding="utf-8") as file:
        wanted = parts(file.read())
    files = [name for kind, name, _ in wanted if kind == "in"]
    for kind, name, text in wanted:
        if kind == "in":
            os.makedirs(os.path.dirname(name) or ".", exist_ok=True)
            with open(name, "w", encoding="utf-8") as file:
                file.write(text)
    refusal = None
    try:
        TOOLS[tool](files)
    except common.Refused as refused:
        refusal = re.sub(r"^: ", "", str(refused))
    expected = next((text.strip() for kind, _, text in wanted if kind == "error"), None)
    if refusal != expected:
        return f"refusal: {refusal}\nexpected: {expected}"
    for kind, name, text in wanted:
        if kind in ("out", "not out"):
            with open(os.path.join("gen", name), encoding="utf-8") as file:
                made = file.read()
            if (text.strip("\n") in made) != (kind == "out"):
                return f"gen/{name} is\n{made}\nand {kind} was expected\n{text}"
    return None


def cases(wanted):
    for tool in TOOLS:
        folder = os.path.join(HERE, "cases", tool)
        for name in sorted(os.listdir(folder)):
            label = f"{tool}/{name.removesuffix('.txt')}"
            if not wanted or any(word in label for word in wanted):
                yield tool, label, os.path.join(folder, name)


def main(words):
    found, bad = list(cases(words)), 0
    print(f"1..{len(found)}")
    for number, (tool, label, path) in enumerate(found, 1):
        with tempfile.TemporaryDirectory() as scratch:
            os.chdir(scratch)
            wrong = fails(tool, path)
            os.chdir(HERE)
        bad += wrong is not None
        print(f"{'not ok' if wrong else 'ok'} {number} - {label}")
        for line in (wrong or "").splitlines():
            print(f"# {line}")
    sys.exit(1 if bad or not found else 0)


if __name__ == "__main__":
    main(sys.argv[1:])
