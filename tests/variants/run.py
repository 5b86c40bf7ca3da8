#!/usr/bin/env python3
"""Programmes of ten kinds, all in good order: the diagnosis must have nothing to say about any.

    python3 tests/variants/run.py [ITHACA]                 build/ithaca if not given
    python3 tests/variants/run.py [ITHACA] --keep FOLDER   write the variants there and stop

Each module beside this one tells the story of one variant and makes its records with build(). Last
comes the opposite, samples/harbour-broken: all that is found there must come of a misfortune.
"""
import argparse
import importlib
import json
import subprocess
import sys
import tempfile
from pathlib import Path

sys.dont_write_bytecode = True
import broken
from programme import DAY

VARIANTS = ["bigger", "smaller", "two_sectors", "one_team", "many_teams", "merger",
            "without_hierarchy", "hierarchy", "without_doctors", "volunteers"]


class Failure(Exception):
    """What to say about a variant that is not found in good order."""


def variant_write(name, folder):
    programme = importlib.import_module(name).build()
    programme.write(folder)
    return programme


def ask(ithaca, folder, day):
    """Exit code and answer: 0 no finding, 1 findings; anything else is a failure."""
    done = subprocess.run(
        [ithaca, "check", str(folder), "--as-of", day, "--format", "json"],
        capture_output=True, encoding="utf-8", timeout=120, check=False)
    if done.returncode not in (0, 1):
        raise Failure(f"exit code {done.returncode}: {(done.stderr or done.stdout).strip()[:3000]}")
    return done.returncode, json.loads(done.stdout)


def fail_with(code, said):
    raise Failure("\n    ".join([f"exit code {code}", *said]))


def check(ithaca, folder):
    code, answer = ask(ithaca, folder, DAY)
    said = [f"{finding['rule']}: {finding['sentence']}" for finding in answer["findings"]]
    said += [f"cannot tell {json.dumps(unknown)[:300]}" for unknown in answer["cannot_tell"]]
    if said or code:
        fail_with(code, said)


def variant_test(ithaca, name):
    with tempfile.TemporaryDirectory() as temporary:
        programme = variant_write(name, temporary)
        check(ithaca, temporary)
    people, partners = len(programme.sheets["people"]), len(programme.partners())
    return f"nothing to say about {people} people in {partners} organisations"


def broken_test(ithaca):
    code, answer = ask(ithaca, broken.SAMPLE, broken.DAY)
    said, findings = broken.complaints(answer)
    if said or code != 1:
        fail_with(code, said)
    return f"{findings} findings, each of them comes of a misfortune"


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("ithaca", nargs="?", default="build/ithaca")
    parser.add_argument("--keep", metavar="FOLDER", help="write the variants into this folder")
    options = parser.parse_args()
    if options.keep:
        for name in VARIANTS:
            variant_write(name, Path(options.keep) / name)
        return 0
    if not Path(options.ithaca).is_file():
        sys.exit(f"There is no program {options.ithaca}. Build it first, or give its path.")
    ithaca = str(Path(options.ithaca).resolve())
    tests = [(name, lambda name=name: variant_test(ithaca, name)) for name in VARIANTS]
    tests.append(("harbour-broken", lambda: broken_test(ithaca)))
    failed = 0
    for name, test in tests:
        try:
            print(f"ok variants {name} {test()}", flush=True)
        except (Failure, OSError, subprocess.TimeoutExpired, KeyError, TypeError, ValueError) as error:
            failed += 1
            said = error if isinstance(error, Failure) else f"{type(error).__name__}: {error}"
            print(f"FAILED variants {name} {said}", flush=True)
    print(f"{len(tests) - failed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
