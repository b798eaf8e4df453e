#!/usr/bin/env python3
"""The floors hold: floors.py [SRC] checks every include of src/ against the table below, and every {use} of a template.

A file may include its own floor and the floors (or single generated headers) named for it; src/main.c wires everything."""

import os
import re
import sys

MADE_FOR_PAGES = ["gen/rows.h", "gen/ids.h", "gen/views.h", "gen/assets.h"]

FLOORS = {
    "base": [],
    "domain": ["base"],
    "db": ["base"],
    "http": ["base"],
    "html": ["base"],
    "media": ["base"],
    "crypto": ["base"],
    "app": ["domain", "db", "http", "html", "media", "crypto", "base", "gen/ids.h", "gen/rows.h", "gen/queries.h"],
    "web": ["app", "domain", "http", "html", "base"] + MADE_FOR_PAGES,
    "cli": ["app", "domain", "http", "html", "base", "gen/rows.h", "gen/ids.h"],
}

_INCLUDE = re.compile(r'^\s*#\s*include\s*"([^"]*)"')
_USE = re.compile(r'\{use\s+"([^"]*)"\s*\}')


def advice(floor, included):
    """What to do instead."""
    if floor in ("web", "cli") and included.startswith(("db/", "gen/queries.h")):
        return "ask a use case in app/ for it"
    if floor in ("web", "cli"):
        return "let app/ do it, or hand it in from main.c"
    if floor == "app":
        return "app/ answers, it does not show: return a struct"
    return "pass it in as an argument, or move what both need to base/"


def complaint(floor, included):
    """Why this include is refused; None if it is not."""
    target = included.split("/")[0]
    if "/" not in included or ".." in included:
        return f'"{included}" is not "floor/file.h" from src/'
    if target not in FLOORS and target != "gen":
        return f"{included}: there is no floor {target} ({', '.join(FLOORS)}, gen)"
    allowed = FLOORS[floor]
    if target == floor or target in allowed or included in allowed:
        return None
    return f"{floor} may not include {included} (allowed: {', '.join(allowed) or 'base'}); {advice(floor, included)}"


def check_file(path, shown, floor):
    is_template = path.endswith(".html")
    with open(path, encoding="utf-8") as file:
        for number, line in enumerate(file, 1):
            found = _USE.search(line) if is_template else _INCLUDE.match(line)
            why = complaint(floor, found.group(1)) if found else None
            if why:
                yield f"{shown}:{number}: {why}"


def check(src):
    """All complaints, in the order of paths."""
    for folder, folders, files in os.walk(src):
        folders.sort()
        for name in sorted(files):
            if not name.endswith((".c", ".h", ".html")):
                continue
            path = os.path.join(folder, name)
            inside = os.path.relpath(path, src)
            shown = os.path.join(os.path.basename(os.path.abspath(src)), inside)
            floor = inside.split(os.sep)[0]
            if floor in FLOORS:
                yield from check_file(path, shown, floor)
            elif inside != "main.c":
                yield f"{shown}: is on no floor ({', '.join(FLOORS)}); only main.c stands beside them"


def main(words):
    if len(words) > 1:
        sys.exit("usage: floors.py [SRC]")
    beside_tools = os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "src")
    complaints = list(check(words[0] if words else beside_tools))
    for line in complaints:
        print(line, file=sys.stderr)
    sys.exit(1 if complaints else 0)


if __name__ == "__main__":
    main(sys.argv[1:])
