#!/usr/bin/env python3
"""Programmes of ten kinds, all in good order: the diagnosis must have nothing to say about any.

    python3 tests/variants/run.py [ITHACA]                 build/ithaca if not given
    python3 tests/variants/run.py [ITHACA] --keep FOLDER   write the variants there and stop

Each module beside this one tells the story of one variant and makes its records with build().
"""
import argparse
import importlib
import json
import subprocess
import sys
import tempfile
from pathlib import Path

sys.dont_write_bytecode = True
from programme import DAY

VARIANTS = ["bigger", "smaller", "two_sectors", "one_team", "many_teams", "merger",
            "without_hierarchy", "hierarchy", "without_doctors", "volunteers"]


class Failure(Exception):
    """What to say about a variant that is not found in good order."""


def variant_write(name, folder):
    programme = importlib.import_module(name).build()
    programme.write(folder)
    return programme


def check(ithaca, folder):
    done = subprocess.run(
        [ithaca, "check", str(folder), "--as-of", DAY, "--format", "json"],
        capture_output=True, encoding="utf-8", timeout=120, check=False)
    if done.returncode not in (0, 1):
        raise Failure(f"exit code {done.returncode}: {(done.stderr or done.stdout).strip()[:3000]}")
    answer = json.loads(done.stdout)
    said = [f"{finding['rule']}: {finding['sentence']}" for finding in answer["findings"]]
    said += [f"cannot tell {json.dumps(unknown)[:300]}" for unknown in answer["cannot_tell"]]
    if said or done.returncode:
        raise Failure(f"exit code {done.returncode}\n    " + "\n    ".join(said))


def variant_test(ithaca, name):
    with tempfile.TemporaryDirectory() as temporary:
        programme = variant_write(name, temporary)
        check(ithaca, temporary)
    people, partners = len(programme.sheets["people"]), len(programme.partners())
    return f"nothing to say about {people} people in {partners} organisations"


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
    failed = 0
    for name in VARIANTS:
        try:
            print(f"ok variants {name} {variant_test(ithaca, name)}")
        except (Failure, OSError, subprocess.TimeoutExpired, KeyError, TypeError, ValueError) as error:
            failed += 1
            print(f"FAILED variants {name} {type(error).__name__}: {error}")
    print(f"{len(VARIANTS) - failed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
