#!/usr/bin/env python3
"""Runs every black-box test here; prints a line per test and "N passed, N failed" last.

    tests/blackbox/run.py [PATTERN]    of the files called so: test_store*.py; test_*.py if not given

Several files run side by side, each in a process of its own: two for each processor, since tests of
servers wait as long as they work. What one prints comes when it ends."""
import concurrent.futures
import os
import pathlib
import re
import subprocess
import sys
import time
import unittest

HERE = pathlib.Path(__file__).resolve().parent

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


def file_run(name):
    """The tests of one file, in this process; gives how many passed and failed."""
    sys.path.insert(0, str(HERE))
    result = Lines()
    unittest.defaultTestLoader.discover(str(HERE), pattern=name).run(result)
    return result.passed, len(result.failures) + len(result.errors)


def process_run(name):
    """The same in a process of its own; gives the output too. One that does not end with its summary,
    or ends badly without saying of what, counts as a failure."""
    start = time.monotonic()
    done = subprocess.run([sys.executable, __file__, name], stdin=subprocess.DEVNULL,
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False)
    output = done.stdout.decode("utf-8", "backslashreplace")
    summary = re.search(r"^(\d+) passed, (\d+) failed\n\Z", output, re.MULTILINE)
    passed, failed = map(int, summary.groups()) if summary else (0, 0)
    if summary:
        output = output[:summary.start()]
    if not summary or (done.returncode and not failed):
        failed += 1
        output += f"\nFAILED {name}: it ended with {done.returncode}, {passed} tests passed\n"
    return f"{output}# {name}: {time.monotonic() - start:.0f} s\n", passed, failed


def files_run(names):
    passed = failed = 0
    with concurrent.futures.ThreadPoolExecutor(len(os.sched_getaffinity(0)) * 2) as pool:
        for work in concurrent.futures.as_completed([pool.submit(process_run, n) for n in names]):
            output, more_passed, more_failed = work.result()
            print(output, end="", flush=True)
            passed, failed = passed + more_passed, failed + more_failed
    return passed, failed


def main():
    pattern = sys.argv[1] if len(sys.argv) > 1 else "test_*.py"
    files = sorted(HERE.glob(pattern), key=lambda path: path.stat().st_size, reverse=True)
    names = [path.name for path in files]  # the longest first, so that none is left over at the end
    passed, failed = file_run(names[0]) if len(names) == 1 else files_run(names)
    print(f"{passed} passed, {failed} failed")
    return 1 if failed or not passed else 0


sys.exit(main())
