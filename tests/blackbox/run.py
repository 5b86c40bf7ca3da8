#!/usr/bin/env python3
"""Runs every black-box test here; prints a line per test and "N passed, N failed" last."""
import pathlib
import sys
import unittest

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))


class Lines(unittest.TestResult):
    passed = 0

    def addSuccess(self, test):
        self.passed += 1
        print(f"ok {test.id()}", flush=True)

    def report(self, test, error):
        print(f"FAILED {test.id()}\n{self._exc_info_to_string(error, test)}", flush=True)

    def addFailure(self, test, error):
        super().addFailure(test, error)
        self.report(test, error)

    def addError(self, test, error):
        super().addError(test, error)
        self.report(test, error)

    def addSubTest(self, test, subtest, error):
        super().addSubTest(test, subtest, error)
        if error:
            self.report(subtest, error)


def main():
    pattern = sys.argv[1] if len(sys.argv) > 1 else "test_*.py"
    result = Lines()
    unittest.defaultTestLoader.discover(str(HERE), pattern=pattern).run(result)
    failed = len(result.failures) + len(result.errors)
    print(f"{result.passed} passed, {failed} failed")
    return 1 if failed or not result.passed else 0


sys.exit(main())
