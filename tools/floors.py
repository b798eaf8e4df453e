#!/usr/bin/env python3
"""The floors and rooms hold: floors.py [SRC] checks every include of src/ against the two tables below, and every {use} of
a template; then that no files and no rooms include each other in a circle.

A floor is a folder of src/, a room a folder of a floor. A file may include its own room, the rooms named for it on its own
floor and on those below, and the floors (or single generated headers) named for its floor. What stands in a floor beside
its rooms gathers them and may see all; src/main.c wires everything."""

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

# batches/join is what a decision about a person does to the batch, batches/snapshot what it was about: they lie below
# members, the rest of batches above.
FEATURES = ["access", "companies", "batches/snapshot", "batches/join", "members", "batches", "fees", "training", "notices", "requests"]
ROOMS = {
    "core": [],
    "access": ["core"],
    "companies": ["core", "access"],
    "batches/snapshot": ["core"],
    "batches/join": ["core", "companies", "batches/snapshot"],
    "members": ["core", "access", "companies", "batches/join"],
    "batches": ["core", "access", "companies", "batches/snapshot", "batches/join", "members"],
    "fees": ["core", "access", "companies", "members"],
    "training": ["core", "access", "companies", "members"],
    "notices": ["core", "access", "companies", "members"],
    "requests": ["core", "access", "companies", "members"],
    "reports": ["core"] + FEATURES,
    "imports": ["core"] + FEATURES,
    "demo": ["core", "reports"] + FEATURES,
    "ops": ["core", "reports", "demo", "imports"] + FEATURES,
}
# Pages stand behind a login, so what all of them share knows who is logged in.
ROOMS_OF_FLOOR = {("web", "core"): ["core", "access"]}

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


def room_of(path):
    """The room of floor/room/file.c, or None. A file may be a room of its own: batches/join."""
    parts = path.split("/")
    if len(parts) < 3:
        return None
    alone = parts[1] + "/" + os.path.splitext(parts[2])[0]
    return alone if alone in ROOMS else parts[1]


def rooms_seen(floor, room):
    return ROOMS_OF_FLOOR.get((floor, room), ROOMS.get(room, []))


def complaint(path, included):
    """Why this include is refused; None if it is not."""
    floor, target = path.split("/")[0], included.split("/")[0]
    if "/" not in included or ".." in included:
        return f'"{included}" is not "floor/file.h" from src/'
    if target not in FLOORS and target != "gen":
        return f"{included}: there is no floor {target} ({', '.join(FLOORS)}, gen)"
    allowed = FLOORS[floor]
    if target != floor and target not in allowed and included not in allowed:
        return f"{floor} may not include {included} (allowed: {', '.join(allowed) or 'base'}); {advice(floor, included)}"
    mine, theirs = room_of(path), room_of(included)
    if mine and mine not in ROOMS:
        return f"there is no room {mine} ({', '.join(ROOMS)}): name it in tools/floors.py"
    if mine and theirs and theirs != mine and theirs not in rooms_seen(floor, mine):
        return (f"room {mine} may not see {included} (allowed: {', '.join(rooms_seen(floor, mine)) or 'no other room'}); "
                "let the upper room call the lower one, or register with core what must be called from below")
    return None


def includes(path):
    """Line number and target of each include, or {use}."""
    pattern = _USE.search if path.endswith(".html") else _INCLUDE.match
    with open(path, encoding="utf-8") as file:
        for number, line in enumerate(file, 1):
            found = pattern(line)
            if found:
                yield number, found.group(1)


def sources(src):
    """Paths from src/ of what is checked, sorted."""
    for folder, folders, files in os.walk(src):
        folders.sort()
        for name in sorted(files):
            if name.endswith((".c", ".h", ".html")):
                yield os.path.relpath(os.path.join(folder, name), src)


def circle(edges):
    """One circle of {node: nodes it sees}, as the nodes in order, or None."""
    done, way = set(), []

    def walk(node):
        if node in way:
            return way[way.index(node):]
        if node in done:
            return None
        way.append(node)
        for other in sorted(edges.get(node, ())):
            found = walk(other)
            if found:
                return found
        way.pop()
        done.add(node)
        return None

    return next(filter(None, (walk(node) for node in sorted(edges))), None)


def circles(includes_of):
    """A file is its .c and .h together; a header alone (an engine's inside) belongs to those who include it."""
    files, rooms = {}, {}
    whole = {os.path.splitext(path)[0] for path in includes_of if path.endswith(".c")}
    for path, targets in includes_of.items():
        if path.endswith(".html"):
            continue
        mine, floor = os.path.splitext(path)[0], path.split("/")[0]
        for target in targets:
            other = os.path.splitext(target)[0]
            if other != mine and mine in whole:
                files.setdefault(mine, set()).add(other)
            here, there = room_of(path), room_of(target)
            if here and there and here != there and target.startswith(floor + "/"):
                rooms.setdefault(f"{floor}/{here}", set()).add(f"{floor}/{there}")
    for what, edges in (("files", files), ("rooms", rooms)):
        found = circle(edges)
        if found:
            yield f"these {what} include each other in a circle: {' -> '.join(found + found[:1])}"


def check(src):
    """All complaints, in the order of paths."""
    shown_src, seen = os.path.basename(os.path.abspath(src)), {}
    for path in sources(src):
        shown, floor = f"{shown_src}/{path}", path.split("/")[0]
        if floor not in FLOORS:
            if path != "main.c":
                yield f"{shown}: is on no floor ({', '.join(FLOORS)}); only main.c stands beside them"
            continue
        found = list(includes(os.path.join(src, path)))
        seen[path] = [target for _, target in found]
        for number, target in found:
            why = complaint(path, target)
            if why:
                yield f"{shown}:{number}: {why}"
    yield from circles(seen)


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
