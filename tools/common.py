"""What the generators share: refusals that point at a line, C literals, and files written only when they change."""

import os
import re
import sys

C_WORDS = frozenset(
    """auto bool break case char const continue default do double else enum extern false float for goto if inline int
    long register restrict return short signed sizeof static struct switch true typedef union unsigned void volatile
    while NULL""".split()
)


class Refused(Exception):
    """The input is wrong: where, and what to do about it."""

    def __init__(self, path, line, why):
        super().__init__(f"{path}:{line}: {why}" if line else f"{path}: {why}")


def run(main):
    """Calls main with the arguments; a refusal becomes one line on stderr and exit code 1."""
    try:
        main(sys.argv[1:])
    except Refused as refusal:
        sys.exit(str(refusal))


def read(path):
    try:
        with open(path, encoding="utf-8") as file:
            return file.read()
    except UnicodeDecodeError:
        raise Refused(path, 0, "is not UTF-8") from None
    except OSError as error:
        raise Refused(path, 0, error.strerror) from None


def write(folder, name, text):
    """Writes folder/gen/name unless it says so already: what has not changed is not compiled again."""
    path = os.path.join(folder, "gen", name)
    os.makedirs(os.path.dirname(path), exist_ok=True)
    if os.path.exists(path):
        with open(path, encoding="utf-8") as file:
            if file.read() == text:
                return
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)


_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t", "\r": "\\r"}


def c_string(text):
    """A C literal of UTF-8 text. Two question marks are kept apart: they may start a trigraph."""
    plain = "".join(_ESCAPES.get(c) or (c if c >= " " else f"\\{ord(c):03o}") for c in text)
    return '"' + re.sub(r"(?<=\?)\?", r"\\?", plain) + '"'


def c_bytes(data, width=100):
    """C literals of any bytes, one a line, side by side a single string."""
    lines, line, size = [], [], 0
    for byte in data:
        plain = 32 <= byte < 127 and byte not in b'"\\?'
        line.append(chr(byte) if plain else f"\\{byte:03o}")
        size += len(line[-1])
        if size >= width:
            lines.append("".join(line))
            line, size = [], 0
    lines.append("".join(line))
    return "\n".join(f'    "{text}"' for text in lines)


def c_call(head, arguments, tail, width=110):
    """head(arguments)tail, folded under the opening parenthesis as clang-format would."""
    lines, line = [], head + "("
    indent = " " * len(line)
    for i, argument in enumerate(arguments):
        piece = argument + (", " if i + 1 < len(arguments) else "")
        last = len(tail) + 1 if i + 1 == len(arguments) else 0
        if len(line) + len(piece.rstrip()) + last > width and line.strip() and line != indent:
            lines.append(line.rstrip())
            line = indent
        line += piece
    return "\n".join(lines + [line + ")" + tail])
