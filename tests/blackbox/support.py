"""What the black-box tests share: running the program, and workbooks as Python dictionaries."""
import csv
import io
import json
import os
import pathlib
import subprocess
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
ITHACA = os.environ.get("ITHACA", str(ROOT / "build" / "ithaca"))
SAMPLES = ROOT / "samples"


def ithaca(*arguments, **options):
    """Runs the program; the result has returncode, stdout, stderr. A crash fails the test."""
    result = subprocess.run([ITHACA, *map(str, arguments)], capture_output=True, text=True,
                            timeout=120, stdin=subprocess.DEVNULL, **options)
    if result.returncode not in (0, 1, 2) or "Sanitizer" in result.stderr:
        raise AssertionError(f"crashed with {result.returncode}:\n{result.stderr}")
    return result


def ask(*arguments):
    """What a command answers in JSON. Input that cannot be used fails the test."""
    result = ithaca(*arguments, "--format", "json")
    if result.returncode == 2:
        raise AssertionError(result.stderr)
    return json.loads(result.stdout)


def diagnose(path, *arguments):
    """The diagnosis as a dictionary."""
    return ask("check", path, *arguments)


def kinds():
    return ask("rules", "kinds")


def read_folder(folder):
    """A folder of CSV files: {file name without ending: (headings, rows)}."""
    workbook = {}
    for path in sorted(pathlib.Path(folder).glob("*.csv")):
        with open(path, newline="", encoding="utf-8") as file:
            rows = list(csv.reader(file))
        workbook[path.stem] = (rows[0], rows[1:])
    return workbook


def write_folder(workbook, folder):
    for name, (headings, rows) in workbook.items():
        with open(pathlib.Path(folder) / f"{name}.csv", "w", newline="", encoding="utf-8") as file:
            csv.writer(file, lineterminator="\n").writerows([headings, *rows])


def write_sheets(workbook, path):
    """One text file of sheets, in the order of the dictionary."""
    text = io.StringIO()
    for name, (headings, rows) in workbook.items():
        text.write(f"[{name}]\n")
        csv.writer(text, lineterminator="\n").writerows([headings, *rows])
    pathlib.Path(path).write_text(text.getvalue(), encoding="utf-8")


class Case(unittest.TestCase):
    """A test with a folder of its own."""

    def setUp(self):
        holder = tempfile.TemporaryDirectory(prefix="ithaca-test-")
        self.addCleanup(holder.cleanup)
        self.folder = pathlib.Path(holder.name)

    def sheets(self, text):
        """A workbook from text in the .sheets form."""
        path = self.folder / "workbook.sheets"
        path.write_text(text, encoding="utf-8")
        return path
