#!/usr/bin/env python3
"""Breaks the sample programme Harbour in one way after another and looks whether the diagnosis says so.

    python3 tests/harbour/run.py [ITHACA]        ITHACA: the program, build/ithaca if not given

Harbour (samples/harbour) is in good order: no finding, nothing that cannot be told. Each file
RULE.mutation beside this one says in words what goes wrong, how the records change, and the whole
set of rules that must then fire:

    # One line: what goes wrong.
    name: the decision about weekends is overdue
    change: decisions key=weekends -> due=2026-05-31
    fires: A5

    change: FILE COLUMN=VALUE [& COLUMN=VALUE ...] -> COLUMN=VALUE[; COLUMN=VALUE ...]
    remove: FILE COLUMN=VALUE [& COLUMN=VALUE ...]
    add: FILE COLUMN=VALUE; COLUMN=VALUE ...

FILE is the CSV file without ".csv"; columns are named as in its heading row, in any case. A change
or a removal is about all rows that match, and matching none is an error. An empty VALUE empties the
cell. A piece after ";" without "=" goes on with the value before it: "supports=a; b".
"""
import csv
import json
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
SAMPLE = HERE.parent.parent / "samples" / "harbour"
DAY = "2026-06-30"


class Failure(Exception):
    """What to say about a mutation that did not do what it promises."""


class Sheet:
    def __init__(self, folder, name):
        self.path = folder / f"{name}.csv"
        if not self.path.exists():
            raise Failure(f"there is no {self.path.name} in the sample")
        with open(self.path, newline="", encoding="utf-8") as file:
            self.headings, *self.rows = list(csv.reader(file))

    def column(self, name, add=False):
        folded = [heading.lower() for heading in self.headings]
        if name.lower() in folded:
            return folded.index(name.lower())
        if not add:
            raise Failure(f"{self.path.name} has no column \"{name}\"")
        self.headings.append(name.capitalize())
        for row in self.rows:
            row.append("")
        return len(self.headings) - 1

    def matching(self, conditions):
        wanted = [(self.column(name), value) for name, value in conditions]
        rows = [row for row in self.rows if all(row[i] == value for i, value in wanted)]
        if not rows:
            raise Failure(f"no row of {self.path.name} has {conditions}")
        return rows

    def fill(self, row, values):
        for name, value in values:
            column = self.column(name, add=True)
            row[column] = value

    def write(self):
        with open(self.path, "w", newline="", encoding="utf-8") as file:
            csv.writer(file, lineterminator="\n").writerows([self.headings, *self.rows])


def pairs_read(text, separator):
    pairs = []
    for piece in text.split(separator):
        name, equals, value = piece.partition("=")
        if equals:
            pairs.append((name.strip(), value.strip()))
        elif pairs:
            pairs[-1] = (pairs[-1][0], f"{pairs[-1][1]}{separator} {piece.strip()}")
        else:
            raise Failure(f"\"{text}\" does not begin with COLUMN=VALUE")
    return pairs


def change(folder, text):
    before, arrow, after = text.partition("->")
    if not arrow:
        raise Failure(f"\"change: {text}\" has no \"->\"")
    name, _, conditions = before.strip().partition(" ")
    sheet = Sheet(folder, name)
    rows = sheet.matching(pairs_read(conditions, "&"))
    for row in rows:
        sheet.fill(row, pairs_read(after, ";"))
    sheet.write()


def remove(folder, text):
    name, _, conditions = text.partition(" ")
    sheet = Sheet(folder, name)
    gone = sheet.matching(pairs_read(conditions, "&"))
    sheet.rows = [row for row in sheet.rows if not any(row is other for other in gone)]
    sheet.write()


def add(folder, text):
    name, _, values = text.partition(" ")
    sheet = Sheet(folder, name)
    row = [""] * len(sheet.headings)
    sheet.rows.append(row)
    sheet.fill(row, pairs_read(values, ";"))
    sheet.write()


VERBS = {"change": change, "remove": remove, "add": add}


def mutation_read(path):
    """Its name, its steps in order, and the rules that must fire."""
    name, steps, fires = "", [], None
    for line in path.read_text(encoding="utf-8").splitlines():
        if not line.strip() or line.startswith("#"):
            continue
        word, _, rest = line.partition(":")
        rest = rest.strip()
        if word == "name":
            name = rest
        elif word == "fires":
            fires = set(rest.split())
        elif word in VERBS:
            steps.append((VERBS[word], rest))
        else:
            raise Failure(f"cannot read the line \"{line}\"")
    if not name or not steps or not fires:
        raise Failure("it needs a name, a step and the rules that fire")
    return name, steps, fires


def ithaca_ask(ithaca, *arguments):
    """Exit code and answer: 0 no finding, 1 findings; anything else is a failure."""
    done = subprocess.run([ithaca, *arguments, "--format", "json"], capture_output=True,
                          encoding="utf-8", timeout=120, check=False)
    if done.returncode not in (0, 1):
        said = (done.stderr or done.stdout).strip()
        raise Failure(f"exit code {done.returncode}: {said[:2000]}")
    try:
        return done.returncode, json.loads(done.stdout)
    except ValueError as error:
        raise Failure(f"what it printed is not JSON: {error}") from error


def check(ithaca, folder):
    """The answer, and the set of rules that found something."""
    code, answer = ithaca_ask(ithaca, "check", str(folder), "--as-of", DAY)
    rules = {finding["rule"] for finding in answer["findings"]}
    if code != (1 if rules else 0):
        raise Failure(f"exit code {code} with findings {rules_text(rules)}")
    return answer, rules


def rules_text(rules):
    return "{" + " ".join(sorted(rules)) + "}"


def unbroken_test(ithaca):
    answer, rules = check(ithaca, SAMPLE)
    if rules:
        raise Failure("findings " + rules_text(rules))
    if answer["cannot_tell"]:
        raise Failure(f"cannot tell {json.dumps(answer['cannot_tell'])[:2000]}")


def all_rules_test(ithaca, paths):
    _, listed = ithaca_ask(ithaca, "rules", "list")
    rules = {rule["id"] for rule in listed}
    files = {path.stem for path in paths}
    if rules - files:
        raise Failure(f"no mutation for {rules_text(rules - files)}")
    if files - rules:
        raise Failure(f"no rule for {rules_text(files - rules)}")


def mutation_test(ithaca, path):
    name, steps, expected = mutation_read(path)
    if path.stem not in expected:
        raise Failure(f"its own rule {path.stem} is not among those that fire")
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary) / "harbour"
        shutil.copytree(SAMPLE, folder)
        for verb, text in steps:
            verb(folder, text)
        _, got = check(ithaca, folder)
    if got != expected:
        raise Failure(f"{name}: expected {rules_text(expected)} got {rules_text(got)}")
    return name


def main():
    ithaca = sys.argv[1] if len(sys.argv) > 1 else "build/ithaca"
    if not Path(ithaca).is_file():
        sys.exit(f"There is no program {ithaca}. Build it first, or give its path.")
    ithaca = str(Path(ithaca).resolve())
    paths = sorted(HERE.glob("*.mutation"))
    tests = [
        ("unbroken", lambda: unbroken_test(ithaca) or "no finding, nothing that cannot be told"),
        ("rules", lambda: all_rules_test(ithaca, paths) or "every rule has a mutation"),
    ]
    tests += [(path.stem, lambda path=path: mutation_test(ithaca, path)) for path in paths]
    failed = 0
    for label, test in tests:
        try:
            print(f"ok harbour {label} {test()}")
        except (Failure, OSError, subprocess.TimeoutExpired, KeyError, TypeError) as failure:
            failed += 1
            print(f"FAILED harbour {label} {failure or type(failure).__name__}")
    print(f"{len(tests) - failed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
