"""The normal forms against another implementation, Python's: every character that is not like its neighbours, and
strings of them that a fixed seed chooses."""

import os
import random
import subprocess
import unicodedata
import unittest

PROGRAM = os.environ["NORMAL_FORMS"]


def lines():
    singles = [chr(c) for c in range(0x20, 0x110000)
               if not 0xD800 <= c <= 0xDFFF and unicodedata.category(chr(c)) not in ("Cn", "Co", "Cc")
               and not (0x4E10 <= c <= 0x9FE0 or 0xAC40 <= c <= 0xD780 or 0x20010 <= c <= 0x2A6D0
                        or 0x3410 <= c <= 0x4DB0 or 0x17010 <= c <= 0x187F0 or 0x2A710 <= c <= 0x2EBD0
                        or 0x30010 <= c <= 0x31340)]
    yield from singles
    moves = [c for c in singles if unicodedata.combining(c) or unicodedata.decomposition(c)]
    chance = random.Random(5)
    letters = [chr(c) for c in (*range(0x41, 0x7B), *range(0x1100, 0x1113), *range(0x1161, 0x1176),
                                *range(0x11A7, 0x11C3), 0xAC00, 0x915, 0x9BE, 0x9C7)]
    for _ in range(20000):
        yield "".join(chance.choice(chance.choice((moves, letters))) for _ in range(chance.randint(2, 9)))


class NormalForms(unittest.TestCase):
    def test_as_python(self):
        texts = list(lines())
        done = subprocess.run([PROGRAM], input="\n".join(texts) + "\n", capture_output=True, text=True, check=True)
        got = done.stdout.split("\n")
        self.assertEqual(len(got), 2 * len(texts) + 1)
        for i, text in enumerate(texts):
            shown = [f"{ord(c):04X}" for c in text]
            self.assertEqual(got[2 * i], unicodedata.normalize("NFC", text), shown)
            self.assertEqual(got[2 * i + 1], unicodedata.normalize("NFKC", text), shown)
