"""tests/run counts truthfully: every way for a test program to go wrong is a failure."""

import contextlib
import importlib.machinery
import importlib.util
import io
import os
import select
import tempfile
import unittest
from pathlib import Path
from unittest import mock

TESTS = Path(__file__).resolve().parent.parent


def load_runner():
    loader = importlib.machinery.SourceFileLoader("run", str(TESTS / "run"))
    module = importlib.util.module_from_spec(importlib.util.spec_from_loader("run", loader))
    loader.exec_module(module)
    return module


run = load_runner()


def program(script, **more):
    test = {"name": "x/y", "cmd": ["sh", "-c", script], "env": {}, "workdir": None, "timeout": 0, "is_parallel": True}
    return test | more


def outcome(script, **more):
    return run.Runner(dict(os.environ)).run(program(script, **more))


class Counting(unittest.TestCase):
    CASES = {
        # what the program does: passed, failures, skipped
        "echo 1..2; echo ok 1 - a; echo ok 2 - b": (2, 0, 0),
        "echo 1..2; echo ok 1 - a; echo not ok 2 - b": (1, 1, 0),
        "echo 1..2; echo ok 1 - a; echo not ok 2 - b; exit 1": (1, 1, 0),
        "echo 1..1; echo ok 1; echo 1..1; echo ok 1": (2, 0, 0),
        "echo 1..1; echo '    ok 1 - inner'; echo ok 1 - outer": (1, 0, 0),
        "echo 1..2; echo ok 1 - a; echo not ok 2 '# SKIP b'": (1, 0, 1),
        "echo ok 1; echo 1..1": (1, 0, 0),
        "echo 1..1; echo ok 1; exit 1": (1, 1, 0),
        "echo 1..1; echo ok 1; kill -SEGV $$": (1, 1, 0),
        "echo 1..3; echo ok 1": (1, 1, 0),
        "echo 1..1; echo ok 1; echo ok 2": (2, 1, 0),
        "echo ok 1": (1, 1, 0),
        "echo 1..1; echo ok 1 >&2": (0, 1, 0),
        "echo okay": (0, 1, 0),
        "": (0, 1, 0),
        "echo 1..1; echo ok 1; printf '\\377\\n'": (1, 0, 0),
    }

    def test_cases(self):
        for script, expected in self.CASES.items():
            with self.subTest(script):
                got = outcome(script)
                self.assertEqual((got.passed, got.failures, got.skipped), expected)

    def test_a_hung_program_fails(self):
        with mock.patch.object(run, "LIMIT_S", 1):
            got = outcome("echo 1..1; echo ok 1; exec sleep 1000")
        self.assertEqual((got.passed, got.failures), (1, 1))
        self.assertIn("still running", got.faults[0])

    def test_a_grandchild_that_stays_behind_is_ended(self):
        got = outcome("sleep 1000 & echo 1..1; echo ok 1; echo $! >&2")
        self.assertEqual((got.passed, got.failures), (1, 0))
        with contextlib.suppress(ProcessLookupError):
            ended, _, _ = select.select([os.pidfd_open(int(got.output.split()[-1]))], [], [], 60)
            self.assertTrue(ended)

    def test_signal_and_exit_status_are_named(self):
        self.assertIn("killed by SIGTERM", outcome("echo 1..0; kill -TERM $$").faults)
        self.assertIn("exit status 3", outcome("echo 1..0; exit 3").faults)

    def test_the_test_gets_its_environment(self):
        got = outcome('echo 1..1; [ "$TEST_DB" = postgres ] && echo ok 1', env={"TEST_DB": "postgres"})
        self.assertEqual((got.label, got.passed, got.failures), ("x/y postgres", 1, 0))


class Running(unittest.TestCase):
    def test_order_is_that_of_the_list(self):
        with tempfile.TemporaryDirectory() as folder:
            env = {"MARK": f"{folder}/quick-is-done"}
            slow = program('until [ -e "$MARK" ]; do :; done; echo 1..1; echo ok 1', name="slow", env=env)
            quick = program('echo 1..1; echo ok 1; : >"$MARK"', name="quick", env=env)
            alone = program("echo 1..1; echo ok 1", name="alone", is_parallel=False)
            labels = [o.label for o in run.Runner(dict(os.environ)).run_all([alone, slow, quick])]
        self.assertEqual(labels, ["slow", "quick", "alone"])


class Reporting(unittest.TestCase):
    def report(self, script):
        with contextlib.redirect_stdout(io.StringIO()) as out:
            run.report(outcome(script))
        return out.getvalue()

    def test_what_passes_is_one_line(self):
        text = self.report("echo 1..1; echo ok 1 - a; echo noise >&2")
        self.assertEqual(len(text.splitlines()), 1)
        self.assertTrue(text.startswith("ok "))

    def test_what_fails_is_shown_in_full(self):
        text = self.report("echo 1..1; echo not ok 1 - a; echo reason >&2; exit 4")
        for part in ("FAIL  x/y", "not ok 1 - a", "reason", "x/y: exit status 4"):
            self.assertIn(part, text)
