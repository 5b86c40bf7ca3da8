"""The commands that are killed: what is there before, and what must be there after."""
import csv
import json
import pathlib
import shutil
import time

from engines import file_rows

# What differs between two runs that do the same.
CHANCE = {"salt", "commitment", "link", "token", "at", "created_at", "made_at", "touched"}


def nothing(tables):
    """Whether a store holds no records: no tables, or empty ones."""
    return not any(rows for name, rows in tables.items() if name != "schema_version")


def has_nothing_or_tables(tables, expected):
    """Tables may have been made, all of them; no records."""
    return nothing(tables) and (not tables or set(tables) == set(expected))


def normal(tables):
    """The same without what is given by chance or by the clock. Ids are the names of what they
    are ids of."""
    names = {row["id"]: f"programme {row['key']}" for row in tables.get("programme", [])}
    names.update((row["id"], f"{row['kind']} {row['key']}") for row in tables.get("record", []))
    names.update((row["id"], f"finding {row['identity']}") for row in tables.get("finding", []))
    return {name: sorted((json.dumps({column: names.get(value, value)
                                      for column, value in row.items() if column not in CHANCE},
                                     sort_keys=True) for row in rows))
            for name, rows in tables.items()}


class Command:
    """One command on one engine, which works on "store"."""

    may_be_repeated = True  # when it was done already
    is_one_write = True  # so that "Nothing was changed" is said of all of it

    def __init__(self, engine, ithaca, folder):
        self.engine, self.ithaca, self.folder = engine, ithaca, pathlib.Path(folder)
        self.prepare()
        self.set_up()
        self.before = self.look()
        began = time.monotonic()
        self.writes = self.ithaca.writes(*self.arguments())
        self.usual = time.monotonic() - began
        self.after = normal(self.look())

    def prepare(self):
        """Once: what set_up needs."""

    def set_up(self):
        """Makes everything as it is before."""

    def arguments(self):
        raise NotImplementedError

    def look(self):
        return self.engine.rows("store")

    def look_with_program(self):
        """What reads must work at once, and the history must be whole."""

    def look_last(self):
        """When the command was run again."""

    def is_before(self, tables):
        return tables == self.before

    def found(self):
        tables = self.look()
        if self.is_before(tables):
            return "before"
        return "after" if normal(tables) == self.after else "between"


class Import(Command):
    """A workbook in which a third of the actions have another title, some people are new, and the
    attendance is shorter, into the programme that is there."""

    name = "import"

    def prepare(self):
        first = self.folder.parent / "first"
        self.second = self.folder / "second"
        shutil.copytree(first, self.second, dirs_exist_ok=True)
        change(self.second / "actions.csv", lambda headings, rows: [
            [row[0], row[1] + " (again)", *row[2:]] if i % 3 == 0 else row
            for i, row in enumerate(rows)])
        change(self.second / "attendance.csv", lambda headings, rows: rows[:-20])
        change(self.second / "documents.csv", lambda headings, rows: rows + [
            [f"paper-{i}", f"Paper {i}", *rows[0][2:]] for i in range(60)])
        self.ithaca.must("import", first, "--db", self.engine.make("store"))
        self.engine.save("store", "first")

    def set_up(self):
        self.engine.load("store", "first")

    def arguments(self):
        return ["import", self.second, "--db", self.engine.url("store"), "--remove"]

    def look_with_program(self):
        self.ithaca.must("audit", "verify", "--all", "--db", self.engine.url("store"))


class ImportNew(Command):
    """A workbook into a place where nothing is yet."""

    name = "import (new)"

    def set_up(self):
        self.engine.make("store")

    def arguments(self):
        return ["import", self.folder.parent / "first", "--db", self.engine.url("store")]

    def is_before(self, tables):
        return has_nothing_or_tables(tables, self.after)


class Migrate(Command):
    """Tables where there are none."""

    name = "migrate"

    def set_up(self):
        self.engine.make("store")

    def arguments(self):
        return ["migrate", "--db", self.engine.url("store")]


class Backup(Command):
    """A store into a file. What is in the store must not change at all."""

    name = "backup"
    may_be_repeated = False

    def prepare(self):
        self.ithaca.must("import", self.folder.parent / "first", "--db", self.engine.make("store"))
        self.target = self.folder / "backup"
        self.source = self.engine.rows("store")

    def set_up(self):
        shutil.rmtree(self.target, ignore_errors=True)
        self.target.mkdir()

    def arguments(self):
        return ["backup", "--db", self.engine.url("store"), self.target / "kept"]

    def look(self):
        if self.engine.rows("store") != self.source:
            return {"the store was changed": []}
        self.look_at_litter()
        if not (self.target / "kept").exists():
            return {}
        self.ithaca.must("restore", "--verify", self.target / "kept")
        beside = [path.name for path in self.target.iterdir() if path.name != "kept"
                  and not path.name.startswith("kept.part-")]
        return {f"{beside} beside it": []} if beside else file_rows(self.target / "kept")

    def look_at_litter(self):
        """Nobody takes for a backup what a kill has left, unless it is whole."""
        for litter in self.target.glob("kept.part-??????"):
            if self.ithaca.run("restore", "--verify", litter).returncode == 0:
                assert normal(file_rows(litter)) == normal(self.source), f"{litter} is half done"

    def is_before(self, tables):
        return not tables

    def look_last(self):
        left = [path.name for path in self.target.iterdir() if path.name != "kept"]
        assert not left, f"{left} were left, with what they say about people"


class Restore(Command):
    """A backup into an empty store."""

    name = "restore"
    may_be_repeated = False

    def prepare(self):
        self.kept = self.folder / "kept"
        self.ithaca.must("import", self.folder.parent / "first", "--db", self.engine.make("first"))
        self.ithaca.must("backup", "--db", self.engine.url("first"), self.kept)

    def set_up(self):
        self.engine.make("store")

    def arguments(self):
        return ["restore", self.kept, "--db", self.engine.url("store")]

    def is_before(self, tables):
        return has_nothing_or_tables(tables, self.after)


class Diagnose(Command):
    """What is found in a programme, into its store. That somebody is at it may be written down."""

    name = "diagnose"
    is_one_write = False

    def prepare(self):
        self.ithaca.must("import", self.folder.parent / "first", "--db", self.engine.make("store"))
        self.engine.save("store", "looked at")

    def set_up(self):
        self.engine.load("store", "looked at")

    def arguments(self):
        return ["diagnose", "--db", self.engine.url("store")]

    def is_before(self, tables):
        return {**tables, "job": []} == {**self.before, "job": []}


def change(path, work):
    """Rewrites the rows of a CSV file."""
    with open(path, newline="", encoding="utf-8") as file:
        headings, *rows = csv.reader(file)
    with open(path, "w", newline="", encoding="utf-8") as file:
        csv.writer(file, lineterminator="\n").writerows([headings, *work(headings, rows)])
