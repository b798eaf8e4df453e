#!/usr/bin/env python3
"""Built assets into the binary: assets.py --out DIR app.css app.js icons.svg …

Writes DIR/gen/assets.h and assets.c: each file plain and compressed, under a path that holds its hash, so that browsers
may keep it for ever, and a constant of type struct url for each (ASSET_APP_CSS), which templates write as {ASSET_APP_CSS}."""

import gzip
import hashlib
import os
import re
from dataclasses import dataclass

from common import Refused, c_bytes, run, write

TYPES = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".ico": "image/x-icon",
}

_MADE = "/* Made by tools/assets.py. */\n"

_HEADER = (
    _MADE
    + """#ifndef GEN_ASSETS_H
#define GEN_ASSETS_H

#include "html/html.h"

/* The same file as it is and compressed, each with a strong entity tag (in its quotes) of its own: RFC 9110, 8.8.1. */
struct asset_body {
    struct bytes bytes;
    struct str etag;
};

struct asset {
    struct str path; /* /assets/app.3f2a91c4.css */
    struct str type;
    struct asset_body plain, gzip; /* gzip is none where it would not be smaller */
};

/* All of them, sorted by path (by bytes). */
extern const struct asset assets[];
extern const size_t assets_n;

/* The asset under this path, or NULL. */
const struct asset *asset_find(struct str path);

"""
)

_FIND = """
const struct asset *asset_find(struct str path)
{
    size_t from = 0, to = assets_n;
    while (from < to) {
        size_t middle = from + (to - from) / 2;
        int order = str_cmp(path, assets[middle].path);
        if (order == 0) return &assets[middle];
        if (order < 0)
            to = middle;
        else
            from = middle + 1;
    }
    return NULL;
}
"""


@dataclass
class Asset:
    constant: str
    path: str
    type: str
    hash: str
    plain: bytes
    gzip: bytes  # empty where it would not be smaller


def load(file):
    name = os.path.basename(file)
    stem, extension = os.path.splitext(name)
    if extension not in TYPES:
        raise Refused(file, 0, f"unknown type '{extension}' ({', '.join(TYPES)})")
    if not re.fullmatch(r"[a-z0-9][a-z0-9._-]*", name):
        raise Refused(file, 0, "an asset's name is lower-case letters, digits, . _ and -")
    with open(file, "rb") as opened:
        plain = opened.read()
    digest = hashlib.sha256(plain).hexdigest()
    packed = gzip.compress(plain, 9, mtime=0)
    return Asset(
        constant="ASSET_" + re.sub(r"[^A-Z0-9]", "_", name.upper()),
        path=f"/assets/{stem}.{digest[:8]}{extension}",
        type=TYPES[extension],
        hash=digest[:16],
        plain=plain,
        gzip=packed if len(packed) < len(plain) else b"",
    )


def load_all(files):
    found = {}
    for file in files:
        asset = load(file)
        if asset.constant in found:
            raise Refused(file, 0, f"{asset.constant} is another file's name already")
        found[asset.constant] = asset
    return sorted(found.values(), key=lambda asset: asset.path)


def assets_h(assets):
    constants = "".join(f'#define {a.constant} URL("{a.path}")\n' for a in sorted(assets, key=lambda a: a.constant))
    return _HEADER + constants + "\n#endif\n"


def _body(data, etag):
    return f'{{{{(const uint8_t *)\n{c_bytes(data)}, {len(data)}}},\n     STR_INIT("\\"{etag}\\"")}}'


def assets_c(assets):
    text = _MADE + '#include "gen/assets.h"\n\nconst struct asset assets[] = {\n'
    for a in assets:
        text += f'    {{.path = STR_INIT("{a.path}"),\n     .type = STR_INIT("{a.type}"),\n'
        text += f"     .plain = {_body(a.plain, a.hash)}"
        text += f",\n     .gzip = {_body(a.gzip, a.hash + '-gz')}" if a.gzip else ""
        text += "},\n"
    text += "" if assets else "    {0},\n"
    return text + f"}};\nconst size_t assets_n = {len(assets)};\n" + _FIND


def main(words):
    if len(words) < 2 or words[0] != "--out":
        raise SystemExit("usage: assets.py --out DIR FILES …")
    assets = load_all(words[2:])
    write(words[1], "assets.h", assets_h(assets))
    write(words[1], "assets.c", assets_c(assets))


if __name__ == "__main__":
    run(main)
