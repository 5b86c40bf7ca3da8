"""What the black-box tests share: running the program, and workbooks as Python dictionaries."""
import csv
import io
import json
import os
import pathlib
import re
import sqlite3
import subprocess
import sys
import tempfile
import unittest
import uuid

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
ITHACA = os.environ.get("ITHACA", str(ROOT / "build" / "ithaca"))
SAMPLES = ROOT / "samples"
# Every table of the store that records are kept in. One that was renamed has made way for another.
_SCHEMA = "".join(path.read_text() for path in (ROOT / "schema").glob("*.sql"))
TABLES = sorted(set(re.findall(r"(?m)^create table (\w+)", _SCHEMA)) - {"schema_version"} -
                set(re.findall(r"(?m)^alter table (\w+) rename to", _SCHEMA)))


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


def _postgres(database, sql):
    """Runs SQL as the server's owner, past all references and checks of references."""
    server = os.environ.get("ITHACA_TEST_POSTGRES")
    if not server:
        raise AssertionError("ITHACA_TEST_POSTGRES is not set: tests/postgres runs a command with it")
    result = subprocess.run(
        ["psql", server.replace("/postgres?", f"/{database}?"), "-XqAt", "-F", "\x1f", "-v",
         "ON_ERROR_STOP=1"], input=sql, capture_output=True, text=True, timeout=60, check=False)
    if result.returncode:
        raise AssertionError(result.stderr)
    return [tuple(line.split("\x1f")) for line in result.stdout.splitlines()]


def _postgres_name(url):
    return url.split("/")[3].split("?")[0]


class StoreCase(Case):
    """A test with fresh databases of one engine; `both_engines` makes one for each."""
    engine = None

    def database(self):
        """The URL of a new, empty database."""
        name = f"test_{uuid.uuid4().hex}"
        if self.engine == "sqlite":
            return f"sqlite:{self.folder / name}.db"
        _postgres("postgres", f"create database {name} template template0")
        self.addCleanup(_postgres, "postgres", f"drop database {name} with (force)")
        return os.environ["ITHACA_TEST_POSTGRES"].replace("/postgres?", f"/{name}?")

    @staticmethod
    def sql(url, *statements):
        """Runs SQL behind the program's back, references unchecked; rows as tuples of texts, of the
        last statement."""
        if url.startswith("postgresql:"):
            return _postgres(_postgres_name(url), ";\n".join(
                ["set session_replication_role = replica", *statements]))
        with sqlite3.connect(url.removeprefix("sqlite:")) as connection:
            for statement in statements:
                rows = connection.execute(statement).fetchall()
        connection.close()
        return [tuple("" if cell is None else str(cell) for cell in row) for row in rows]

    def good(self, *arguments, **options):
        """What a command that must succeed prints."""
        result = ithaca(*arguments, **options)
        self.assertEqual(result.returncode, 0, f"{arguments}\n{result.stdout}{result.stderr}")
        return result.stdout

    def refused(self, *arguments, **options):
        """What a command that must be refused says, on one line."""
        result = ithaca(*arguments, **options)
        self.assertEqual(result.returncode, 2, f"{arguments}\n{result.stdout}{result.stderr}")
        return " ".join((result.stdout + result.stderr).split())

    def workbook(self, text, name="workbook"):
        """A workbook in the .sheets form."""
        path = self.folder / f"{name}.sheets"
        path.write_text(text, encoding="utf-8")
        return path

    def exported(self, url, *arguments):
        """The folder of a fresh export."""
        folder = self.folder / uuid.uuid4().hex
        self.good("export", "--db", url, *arguments, folder)
        return folder

    def save(self, url, text, by="the lead", *arguments):
        """Saves a workbook as all that there is."""
        return self.good("import", self.workbook(text), "--db", url, "--by", by, "--remove",
                         *arguments)


def both_engines(tests):
    """For a class of tests that is no TestCase yet: one for SQLite and one for PostgreSQL."""
    module = sys.modules[tests.__module__]
    for engine in ("sqlite", "postgres"):
        name = f"{tests.__name__}_{engine}"
        setattr(module, name, type(name, (tests, StoreCase),
                                   {"engine": engine, "__module__": tests.__module__,
                                    "__doc__": tests.__doc__}))
    return tests
