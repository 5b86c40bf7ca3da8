#!/usr/bin/env python3
"""Broken input, in twelve classes, and what the program must say of each.

    python3 tests/corpus/run.py [--accept] [--only CLASS/NAME] [--import] [ITHACA]

Each folder beside this file is a class. A case is a workbook, NAME.sheets, whose first line says what
is wrong with it; what no text file can show (bytes, zips, XML, sizes) is made by made.py when the
tests run. NAME.expected holds all that must be said: file, sheet, row, column and the words. Every
case must be refused: exit 2, nothing on standard output.

The workbook is looked at with `ithaca check`. --import saves harbour in a database first and brings
each case to that: it must be refused with the same words, and the database must stay as it was.
--accept writes down what is said now: read it in `git diff`, as a tired manager would at six in the
evening, before you believe it.
"""
import argparse
import concurrent.futures
import contextlib
import os
import pathlib
import sqlite3
import subprocess
import sys
import tempfile

sys.dont_write_bytecode = True
import made  # noqa: E402

HERE = pathlib.Path(__file__).resolve().parent
CLASSES = ["structure", "encoding", "types", "keys", "references", "periods", "duplicates", "limits",
           "zip", "xml", "formulas", "semantics"]


class Failure(Exception):
    """Why a case does not do what it must."""


def cases():
    """(class, name, how to make it; None for a file that is there) of every case, in order."""
    for kind in CLASSES:
        files = {path.stem: None for path in (HERE / kind).glob("*.sheets")}
        for name, maker in sorted({**files, **made.CASES.get(kind, {})}.items()):
            yield kind, name, maker


def messages(stderr):
    """What is said, without the command's own first words (they end in how much is to mend)."""
    first, _, rest = stderr.partition("\n\n")
    return rest if first.rstrip().endswith("to mend)") else stderr


def say(program, kind, name, maker):
    """Runs the command where the case is, so that messages name the file and no folder."""
    with tempfile.TemporaryDirectory(prefix="ithaca-corpus-") as folder:
        if maker:
            file = maker(pathlib.Path(folder), name)
        else:
            folder, file = HERE / kind, name + ".sheets"
        done = subprocess.run([*program, file], cwd=folder, capture_output=True, timeout=120,
                              stdin=subprocess.DEVNULL, check=False)
    said = done.stderr.decode("utf-8")
    if done.returncode != 2:
        raise Failure(f"ended with {done.returncode}, not with 2:\n{said[:2000]}")
    if done.stdout:
        raise Failure(f"printed something:\n{done.stdout[:2000].decode('utf-8')}")
    return messages(said)


def look(program, case, accept):
    """One case; gives why it failed, or None."""
    kind, name, _ = case
    expected = HERE / kind / (name + ".expected")
    try:
        said = say(program, *case)
    except (Failure, subprocess.TimeoutExpired, UnicodeDecodeError) as failure:
        return str(failure)
    if accept:
        expected.parent.mkdir(exist_ok=True)
        expected.write_text(said, encoding="utf-8")
    elif not expected.exists():
        return "there is no " + expected.name
    elif expected.read_text(encoding="utf-8") != said:
        return f"says:\n{said}\nbut should say:\n{expected.read_text(encoding='utf-8')}"
    return None


def words_of(url):
    """The words that bring a case to a database, as a new programme."""
    return ["import", "--db", url, "--programme", "new"]


def store_make(program, folder):
    """A database with harbour in it; gives its address."""
    url = f"sqlite:{folder}/store.db"
    harbour = HERE.parent.parent / "samples" / "harbour"
    subprocess.run([program, "import", "--db", url, harbour], check=True, capture_output=True)
    return url


def dump(url):
    """All that is in the database, as text."""
    with contextlib.closing(sqlite3.connect(url.removeprefix("sqlite:"))) as database:
        return "\n".join(database.iterdump())


def strays():
    """Files that no case uses, and classes without a case."""
    known = {(kind, name) for kind, name, _ in cases()}
    for kind in CLASSES:
        for path in sorted((HERE / kind).glob("*.expected")):
            if (kind, path.stem) not in known:
                yield f"{kind}/{path.name} belongs to no case"
        if not any(kind == other for other, _ in known):
            yield f"{kind} has no case"


def main():
    words = argparse.ArgumentParser()
    words.add_argument("--accept", action="store_true")
    words.add_argument("--only")
    words.add_argument("--import", dest="bring", action="store_true")
    words.add_argument("program", nargs="?", default=HERE.parent.parent / "build" / "ithaca")
    given = words.parse_args()
    given.program = os.path.abspath(given.program)
    if not given.bring:
        return all_look([given.program, "check"], "corpus", given)
    with tempfile.TemporaryDirectory(prefix="ithaca-corpus-") as folder:
        url = store_make(given.program, folder)
        before = dump(url)
        return all_look([given.program, *words_of(url)], "corpus import", given,
                        lambda: dump(url) == before)


def all_look(program, part, given, untouched=None):
    chosen = [case for case in cases() if given.only in (None, f"{case[0]}/{case[1]}")]
    failures = list(strays())
    for failure in failures:
        print("FAILED", part, failure)
    failed = len(failures)
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        results = pool.map(lambda case: look(program, case, given.accept), chosen)
        for (kind, name, _), failure in zip(chosen, results):
            failed += failure is not None
            print(f"FAILED {part} {kind}/{name}: {failure}" if failure
                  else f"ok {part} {kind}/{name}", flush=True)
    tests = len(chosen) + len(failures)
    if untouched:
        tests += 1
        failed += not untouched()
        print("ok" if untouched() else "FAILED", part, "leaves the database as it was")
    passed = tests - failed
    print(f"{passed} passed, {failed} failed")
    return 1 if failed or not passed else 0


if __name__ == "__main__":
    sys.exit(main())
