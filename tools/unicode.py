#!/usr/bin/env python3
"""unicode.py OUT RADICALS: tables of characters as C, from the character database of Python and tools/radicals.txt.

Classes are by property of a character (general category, bidirectional class, decomposition, name), never by single
characters where a property says it. What a table means stands in src/base/unicode_data.h."""

import re
import sys
import unicodedata

LAST = 0x10FFFF
BLOCK = 128

DASHES = {0x2043, 0x2053, 0x207B, 0x208B, 0x2212, 0x2500, 0x2501}  # beside the category Pd
DOT_NAME = re.compile(
    r"MIDDLE DOT|LETTER ARAEA$|BULLET|DOT OPERATOR|HYPHENATION POINT|ANO TELEIA|RAISED DOT|WORD SEPARATOR.* DOT|SINOLOGICAL DOT"
    r"|RUNIC SINGLE PUNCTUATION|ONE DOT LEADER|^FULL STOP|SMALL FULL STOP|FULLWIDTH FULL STOP|IDEOGRAPHIC FULL STOP"
)
OTHER_NAME = re.compile(r" WITH |HEART|PRECEDED|CIRCLED|SQUARED|INVERSE|NKO|ANGLE|LOW|INTERPOLATION")
APOSTROPHE_NAME = re.compile(
    r"APOSTROPHE$|SINGLE (HIGH-REVERSED-9|COMMA|TURNED COMMA|LEFT|RIGHT)?.*QUOTATION MARK$|^PRIME$"
    r"|^MODIFIER LETTER (PRIME|TURNED COMMA|REVERSED COMMA|APOSTROPHE|LEFT HALF RING|RIGHT HALF RING)$"
    r"|^(FULLWIDTH )?(GRAVE|ACUTE) ACCENT$|^MODIFIER LETTER (GRAVE|ACUTE) ACCENT$"
)
# Nothing is drawn for these, though their category says that they are seen.
BLANK_GLYPHS = {0x2800, 0x1D159, 0x16FE4}
# Other_Default_Ignorable_Code_Point, and the unassigned ones that are kept for it.
IGNORABLE = [(0x034F, 0x034F), (0x115F, 0x1160), (0x17B4, 0x17B5), (0x2065, 0x2065), (0x3164, 0x3164),
             (0xFE00, 0xFE0F), (0xFFA0, 0xFFA0), (0xFFF0, 0xFFF8), (0xE0000, 0xE0FFF), (0x180B, 0x180F)]
# Format characters that are seen: signs before a number, and of shorthand and hieroglyphs.
SEEN_FORMAT = [(0x0600, 0x0605), (0x06DD, 0x06DD), (0x070F, 0x070F), (0x0890, 0x0891), (0x08E2, 0x08E2),
               (0x110BD, 0x110BD), (0x110CD, 0x110CD), (0x13430, 0x1345F), (0xFFF9, 0xFFFB)]
IDEOGRAPHS = [(0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0x20000, 0x2FFFD), (0x30000, 0x3FFFD), (0x3007, 0x3007)]
UNIFIED_AMONG_COMPATIBLE = {0xFA0E, 0xFA0F, 0xFA11, 0xFA13, 0xFA14, 0xFA1F, 0xFA21, 0xFA23, 0xFA24, 0xFA27, 0xFA28,
                            0xFA29}

CLASSES = ["IGNORABLE", "BLANK", "TURNS", "HIDDEN", "SEEN", "UNSTABLE", "MARK", "PUNCTUATION", "DASH", "DOT", "OPEN",
           "CLOSE", "QUOTE", "APOSTROPHE", "LATIN", "HAN"]
BIT = {name: 1 << i for i, name in enumerate(CLASSES)}


def within(c, ranges):
    return any(first <= c <= last for first, last in ranges)


def is_han(c):
    return within(c, IDEOGRAPHS) and not 0x2F800 <= c <= 0x2FA1F or c in UNIFIED_AMONG_COMPATIBLE


def invisible(c, category):
    """IGNORABLE, BLANK, TURNS or HIDDEN; None for what is seen or joins what is seen. White space among the control
    characters is BLANK, too."""
    if category in ("Zl", "Zp") or unicodedata.bidirectional(chr(c)) in ("RLE", "RLO", "RLI"):
        return "TURNS"
    if within(c, IGNORABLE) or category == "Cf" and not within(c, SEEN_FORMAT):
        return "IGNORABLE"
    if category == "Zs" or c in BLANK_GLYPHS:
        return "BLANK"
    noncharacter = c & 0xFFFE == 0xFFFE or 0xFDD0 <= c <= 0xFDEF
    if category in ("Cc", "Cs") or noncharacter or 0xFFF9 <= c <= 0xFFFD:
        return "HIDDEN"
    return None


def punctuation(c, category):
    if category[0] not in "PSL" or is_han(c):
        return
    name = unicodedata.name(chr(c), "")
    if category == "Pd" or c in DASHES:
        yield "DASH"
    elif DOT_NAME.search(name) and not OTHER_NAME.search(name):
        yield "DOT"
    elif APOSTROPHE_NAME.search(name) and not OTHER_NAME.search(name):
        yield "APOSTROPHE"
    elif category == "Ps":
        yield "OPEN"
    elif category == "Pe":
        yield "CLOSE"
    elif category in ("Pi", "Pf") or unicodedata.normalize("NFKC", chr(c)) == '"':
        yield "QUOTE"
    if category.startswith("P"):
        yield "PUNCTUATION"


def classes(c, unstable):
    category = unicodedata.category(chr(c))
    found = set(punctuation(c, category))
    unseen = invisible(c, category)
    if unseen:
        found.add(unseen)
    elif category[0] in "LNPS" or is_han(c):
        found.add("SEEN")
    if 0x09 <= c <= 0x0D or c == 0x85:
        found.add("BLANK")
    if category.startswith("M"):
        found.add("MARK")
    if category.startswith("L") and unicodedata.name(chr(c), "").startswith("LATIN ") and not found & {"DOT"}:
        found.add("LATIN")
    if is_han(c):
        found.add("HAN")
    if c in unstable:
        found.add("UNSTABLE")
    return sum(BIT[name] for name in found)


def all_characters():
    return (c for c in range(LAST + 1) if not 0xD800 <= c <= 0xDFFF)


def compositions():
    pairs = []
    for c in all_characters():
        parts = unicodedata.decomposition(chr(c)).split()
        if len(parts) != 2 or parts[0].startswith("<"):
            continue
        a, b = (int(part, 16) for part in parts)
        if unicodedata.normalize("NFC", chr(a) + chr(b)) == chr(c):
            pairs.append((a, b, c))
    return sorted(pairs)


def equivalents(path):
    """Radicals and strokes, and the ideographs that they look like."""
    found = {}
    with open(path, encoding="utf-8") as file:
        for line in file:
            if line.startswith("#"):
                continue
            run, to = line.split()
            first, _, last = run.partition("..")
            for c in range(int(first, 16), int(last or first, 16) + 1):
                found[c] = int(to, 16)
    for c in range(0x2E80, 0x2FE0):
        plain = unicodedata.normalize("NFKC", chr(c))
        if len(plain) == 1 and plain != chr(c):
            found[c] = ord(plain)
    return found


def full_width(c):
    """Letters and digits: punctuation keeps the width of Chinese text."""
    plain = unicodedata.normalize("NFKC", chr(c))
    return ord(plain) if 0xFF01 <= c <= 0xFF5E and plain.isalnum() else None


def base_letters(c):
    """What a Latin letter is without what is drawn through it: Đ is D, æ is AE; None when it decomposes by itself."""
    name = unicodedata.name(chr(c), "")
    special = {"LATIN SMALL LETTER SHARP S": "SS", "LATIN CAPITAL LETTER SHARP S": "SS",
               "LATIN SMALL LETTER DOTLESS I": "I", "LATIN SMALL LETTER DOTLESS J": "J"}
    if name in special:
        return special[name]
    if c < 0x80 or unicodedata.decomposition(chr(c)):
        return None
    found = re.match(r"LATIN (?:SMALL|CAPITAL) (?:LETTER|LIGATURE) ([A-Z]|AE|OE|ETH|THORN)(?: WITH .*)?$", name)
    return {"ETH": "D", "THORN": "TH"}.get(found[1], found[1]) if found else None


def two_stages(name, kind, values):
    """Equal blocks are kept once: value = NAME[NAME_block[c / BLOCK] * BLOCK + c % BLOCK]."""
    blocks, index, seen = [], [], {}
    for at in range(0, LAST + 1, BLOCK):
        block = tuple(values[at:at + BLOCK])
        if block not in seen:
            seen[block] = len(blocks)
            blocks.append(block)
        index.append(seen[block])
    flat = [value for block in blocks for value in block]
    return array(f"uint16_t {name}_block", index) + array(f"{kind} {name}", flat)


def array(declared, values):
    lines = [", ".join(str(v) for v in values[i:i + 24]) for i in range(0, len(values), 24)]
    return f"const {declared}[] = {{\n" + ",\n".join(lines) + "};\n"


def rows(declared, counter, values):
    lines = ["{" + ", ".join(str(v) for v in row) + "}" for row in values]
    return f"const {declared}[] = {{\n" + ",\n".join(lines) + f"}};\nconst size_t {counter} = {len(values)};\n"


def decompositions():
    """Canonical ones, those by compatibility where they differ, and what both point into. Hangul is reckoned in C."""
    parts, canonical, compatible = [], [], []
    for c in all_characters():
        if 0xAC00 <= c <= 0xD7A3:
            continue
        plain = unicodedata.normalize("NFD", chr(c))
        wide = unicodedata.normalize("NFKD", chr(c))
        for table, text, other in ((canonical, plain, chr(c)), (compatible, wide, plain)):
            if text != other:
                table.append((c, len(parts), len(text)))
                parts += [ord(t) for t in text]
    return parts, canonical, compatible


def unstable_characters(pairs, equivalent):
    """With none of these a text is in its normal form: NFC, and no character that is written in another way."""
    found = {b for _, b, _ in pairs} | set(equivalent) | set(range(0x1161, 0x11C3))
    for c in all_characters():
        if unicodedata.combining(chr(c)) or unicodedata.normalize("NFC", chr(c)) != chr(c) or full_width(c):
            found.add(c)
    return found


def main(arguments):
    out, radicals = arguments
    pairs = compositions()
    equivalent = equivalents(radicals)
    equivalent.update({c: full_width(c) for c in range(0xFF01, 0xFF5F) if full_width(c)})
    unstable = unstable_characters(pairs, equivalent)
    parts, canonical, compatible = decompositions()
    upper = [(c, ord(chr(c).upper())) for c in all_characters()
             if len(chr(c).upper()) == 1 and chr(c).upper() != chr(c) and not unicodedata.combining(chr(c))]
    bases = [(c, f'"{base_letters(c)}"') for c in all_characters() if base_letters(c)]
    one = "struct unicode_one"
    run = "struct unicode_run"
    text = '#include "base/unicode_data.h"\n'
    text += two_stages("unicode_class", "uint16_t", [classes(c, unstable) for c in range(LAST + 1)])
    text += two_stages("unicode_order", "uint8_t",
                       [0 if 0xD800 <= c <= 0xDFFF else unicodedata.combining(chr(c)) for c in range(LAST + 1)])
    text += array("uint32_t unicode_parts", parts)
    text += rows(f"{run} unicode_canonical", "unicode_canonical_n", canonical)
    text += rows(f"{run} unicode_compatible", "unicode_compatible_n", compatible)
    text += rows("struct unicode_pair unicode_pairs", "unicode_pairs_n", pairs)
    text += rows(f"{one} unicode_equivalent", "unicode_equivalent_n", sorted(equivalent.items()))
    text += rows(f"{one} unicode_upper", "unicode_upper_n", upper)
    text += rows("struct unicode_base unicode_bases", "unicode_bases_n", bases)
    with open(out, "w", encoding="utf-8") as file:
        file.write(text)


if __name__ == "__main__":
    main(sys.argv[1:])
