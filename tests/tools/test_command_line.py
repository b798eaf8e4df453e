"""How the generators behave as commands: what they print, how they end, which files they touch."""

import os
import subprocess
import sys
import tempfile
import unittest

TOOLS = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "tools")
PAGE = "{template x(name: str)}\n<p>{name}</p>\n"


class CommandLine(unittest.TestCase):
    def setUp(self):
        scratch = tempfile.TemporaryDirectory()
        self.addCleanup(scratch.cleanup)
        self.folder = scratch.name

    def write(self, name, data):
        path = os.path.join(self.folder, name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "wb") as file:
            file.write(data.encode() if isinstance(data, str) else data)

    def run_tool(self, tool, *words):
        command = [sys.executable, os.path.join(TOOLS, tool), *words]
        return subprocess.run(command, cwd=self.folder, capture_output=True, text=True)

    def test_a_refusal_is_one_line_and_exit_code_1(self):
        self.write("x.html", "{template x()}\n<p {y}>\n")
        done = self.run_tool("templates.py", "--out", ".", "x.html")
        self.assertEqual(done.returncode, 1)
        self.assertEqual(
            done.stderr, "x.html:2: no hole in the tag <p>: only in text and in double-quoted attribute values\n"
        )
        self.assertFalse(os.path.exists(os.path.join(self.folder, "gen")))

    def test_a_file_that_is_not_there_or_not_text_is_named(self):
        self.write("y.sql", b"\xff")
        for name, why in [("x.sql", "No such file or directory"), ("y.sql", "is not UTF-8")]:
            done = self.run_tool("queries.py", "--out", ".", name)
            self.assertEqual((done.returncode, done.stderr), (1, f"{name}: {why}\n"))

    def test_usage(self):
        for tool in ("queries.py", "templates.py", "assets.py"):
            done = self.run_tool(tool, "x")
            self.assertEqual(done.returncode, 1)
            self.assertTrue(done.stderr.startswith(f"usage: {tool} --out DIR"), done.stderr)

    def test_what_has_not_changed_is_not_written_again(self):
        self.write("x.html", PAGE)
        self.assertEqual(self.run_tool("templates.py", "--out", "out", "x.html").returncode, 0)
        made = [os.path.join(self.folder, "out", "gen", name) for name in ("views.h", "views.c")]
        for path in made:
            os.utime(path, (1, 1))
        self.write("x.html", PAGE.replace("<p>", "<b>"))
        self.assertEqual(self.run_tool("templates.py", "--out", "out", "x.html").returncode, 0)
        header, source = [os.stat(path).st_mtime for path in made]
        self.assertEqual(header, 1)
        self.assertNotEqual(source, 1)

    def test_floors_prints_every_complaint(self):
        self.write("src/web/a.c", '#include "db/db.h"\n#include "app/a.h"\n#include "crypto/seal.h"\n')
        done = self.run_tool("floors.py", "src")
        self.assertEqual(done.returncode, 1)
        self.assertEqual([line.split(" ")[0] for line in done.stderr.splitlines()], ["src/web/a.c:1:", "src/web/a.c:3:"])

    def test_the_floors_of_this_tree_hold(self):
        done = self.run_tool("floors.py")
        self.assertEqual((done.returncode, done.stderr), (0, ""))


if __name__ == "__main__":
    unittest.main()
