"""Databases for tests: each test on a fresh one, on SQLite and on PostgreSQL."""
import json
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
import unittest

from support import SAMPLES, Case, ithaca, read_folder, write_folder

POSTGRES = os.environ.get("ITHACA_TEST_POSTGRES", "")
DAY = "2026-06-30"  # on which nothing is found in harbour


class Store(Case):
    """A test with a database of its own, empty at first, at self.url."""

    number = 0
    copies = {}  # what `prepare` keeps: by engine, by whom it was made, and of what

    def setUp(self):
        super().setUp()
        self.file = self.folder / "store.db"
        if self.engine == "postgres":
            Store.number += 1
            self.database = f"blackbox_{os.getpid()}_{Store.number}"
            self.is_there = False

    @property
    def url(self):
        if self.engine == "sqlite":
            return str(self.file)
        if not self.is_there:
            self._database_create("template1")
        return POSTGRES.replace("/postgres?", f"/{self.database}?")

    def _database_create(self, template):
        psql(POSTGRES, f"create database {self.database} template {template}")
        self.is_there = True
        self.addCleanup(psql, POSTGRES, f"drop database {self.database} with (force)")

    def prepare(self, make, *of):
        """Lets `make` fill this test's database, which is still empty; later tests of the file get a
        copy of what it made for the first. `of` is what else it depends on: names, functions."""
        made = (self.engine, make.__code__, *of)
        if made not in Store.copies:
            make()
            Store.copies[made] = self._copy_keep()
            unittest.addModuleCleanup(Store.copies.pop, made)
        elif self.engine == "sqlite":
            shutil.copyfile(Store.copies[made], self.file)
        else:
            self._database_create(Store.copies[made])

    def _copy_keep(self):
        """Not the file alone: when two processes end at once, neither puts what stands beside it (-wal)
        into it."""
        if self.engine == "sqlite":
            folder = tempfile.TemporaryDirectory(prefix="ithaca-test-")
            unittest.addModuleCleanup(folder.cleanup)
            copy = os.path.join(folder.name, "made.db")
            with sqlite3.connect(self.file) as there, sqlite3.connect(copy) as here:
                there.backup(here)
            there.close()
            here.close()
            return copy
        copy = f"{self.database}_made"
        psql(POSTGRES, f"create database {copy} template {self.database}")
        unittest.addModuleCleanup(psql, POSTGRES, f"drop database {copy} with (force)")
        return copy

    def sql(self, statement):
        """Behind the program's back; gives the rows as texts."""
        if self.engine == "postgres":
            return [line.split("\t") for line in psql(self.url, statement).splitlines()]
        with sqlite3.connect(self.file) as connection:
            rows = [["" if value is None else str(value) for value in row]
                    for row in connection.execute(statement)]
        connection.close()
        return rows

    def done(self, *arguments, code=0, zone=None, **options):
        """Runs a command on this database, which must end with `code`."""
        if zone:
            options["env"] = dict(os.environ, TZ=zone)
        result = ithaca(*arguments, "--db", self.url, **options)
        self.assertEqual(result.returncode, code, result.stdout + result.stderr)
        return result

    def bring(self, sample="harbour", key=None, change=None):
        """Imports a sample, whole, as the programme `key`; `change` may alter its sheets first."""
        folder = self.folder / "brought"
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        workbook = read_folder(SAMPLES / sample)
        if key:
            workbook["programme"][1][0][0] = key
        if change:
            change(workbook)
        write_folder(workbook, folder)
        key = workbook["programme"][1][0][0]
        return self.done("import", folder, "--remove", "--programme", key)

    def asked(self, *arguments):
        """What a command on this database answers in JSON."""
        result = ithaca(*arguments, "--db", self.url, "--format", "json")
        self.assertIn(result.returncode, (0, 1), result.stderr)
        return json.loads(result.stdout)


def psql(url, *statements):
    asked = [word for statement in statements for word in ("-c", statement)]
    return subprocess.run(["psql", "-X", "-q", "-At", "-F", "\t", "-v", "ON_ERROR_STOP=1", url, *asked],
                          capture_output=True, text=True, check=True).stdout


def on_both(case):
    """Makes of a class of tests one for each engine."""
    module = sys.modules[case.__module__]
    for engine in ("sqlite", "postgres"):
        name = f"{case.__name__}On{engine.capitalize()}"
        made = type(name, (case, Store), {"engine": engine, "__module__": case.__module__})
        if engine == "postgres" and not POSTGRES:
            made.__unittest_skip__ = True
            made.__unittest_skip_why__ = "ITHACA_TEST_POSTGRES names no server"
        setattr(module, name, made)
    return None


def wait_until(true, seconds=60):
    end = time.monotonic() + seconds
    while not true():
        if time.monotonic() > end:
            raise AssertionError("it did not come")
        time.sleep(0.05)
