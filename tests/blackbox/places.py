"""What the measurements (tests/bench-*) share: where they put things, and both databases."""
import os
import pathlib
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent


class Place:
    """What a Site expects of a test: a folder, and an end."""

    def __init__(self, folder):
        self.folder, self.last = pathlib.Path(folder), []
        self.folder.mkdir(exist_ok=True)

    def addCleanup(self, function, *arguments):
        self.last.append((function, arguments))

    def end(self):
        for function, arguments in reversed(self.last):
            function(*arguments)


def on_both(measure):
    """measure(place, url) for an empty database of SQLite, then one of PostgreSQL, in a server of its own."""
    if "ITHACA_TEST_POSTGRES" not in os.environ:
        os.execv(ROOT / "tests" / "postgres", ["tests/postgres", *sys.argv])
    from stores import POSTGRES, psql
    name = f"bench_{os.getpid()}"
    psql(POSTGRES, f"create database {name}")
    with tempfile.TemporaryDirectory() as folder:
        for engine, url in (("SQLite", f"{folder}/bench.db"),
                            ("PostgreSQL", POSTGRES.replace("/postgres?", f"/{name}?"))):
            print(engine, flush=True)
            place = Place(pathlib.Path(folder) / engine)
            try:
                measure(place, url)
            finally:
                place.end()
    psql(POSTGRES, f"drop database {name} with (force)")
