#!/usr/bin/env python3
"""Runs the unittest cases of a file, or those that are named, and prints TAP: python3 tests/tap.py FILE [CASE…]"""

import importlib.util
import sys
import unittest
from pathlib import Path


class TapResult(unittest.TestResult):
    """One line a test method; a subtest that fails makes its method fail."""

    def startTest(self, test):
        super().startTest(test)
        self.trouble = []
        self.skip = ""

    def addError(self, test, err):
        super().addError(test, err)
        if not isinstance(test, unittest.TestCase):  # setUpModule and its like
            print(f"Bail out! {test.id()}", file=sys.stdout)
            print(self.errors[-1][1], file=sys.stderr)
            return
        self.trouble.append(self.errors[-1][1])

    def addFailure(self, test, err):
        super().addFailure(test, err)
        self.trouble.append(self.failures[-1][1])

    def addSubTest(self, test, subtest, err):
        super().addSubTest(test, subtest, err)
        if err:
            self.trouble.append(f"{subtest}\n{self._exc_info_to_string(err, test)}")

    def addUnexpectedSuccess(self, test):
        super().addUnexpectedSuccess(test)
        self.trouble.append("was expected to fail")

    def addSkip(self, test, reason):
        super().addSkip(test, reason)
        self.skip = f" # SKIP {reason}"

    def stopTest(self, test):
        super().stopTest(test)
        word = "not ok" if self.trouble else "ok"
        print(f"{word} {self.testsRun} - {test.id()}{self.skip}")
        for line in "\n".join(self.trouble).splitlines():
            print(f"# {line}")
        sys.stdout.flush()


def load(path, cases):
    spec = importlib.util.spec_from_file_location(path.stem, path)
    module = importlib.util.module_from_spec(spec)
    sys.modules[path.stem] = module
    sys.path.insert(0, str(path.parent))
    spec.loader.exec_module(module)
    loader = unittest.TestLoader()
    loader.testNamePatterns = [f"*.{case}" for case in cases] or None
    return loader.loadTestsFromModule(module)


def main():
    suite = load(Path(sys.argv[1]).resolve(), sys.argv[2:])
    print(f"1..{suite.countTestCases()}", flush=True)
    return 0 if suite.run(TapResult()).wasSuccessful() else 1


if __name__ == "__main__":
    sys.exit(main())
