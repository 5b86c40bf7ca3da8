"""A web worker that is killed after it has saved what a form brought, and before it could say so: the
form is sent again, as people do, and is saved once."""
import contextlib
import http.client
import os
import pathlib
import sqlite3
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent

# Where the form is, and what is filled in; "-" in the names of fields is "_".
FORMS = {
    "a person is added": ("records/person/add", {"f_name": "Practice nurse, Ansel"}),
    "a record is corrected": ("record/person/gp-lead/correct", {"f_note": "Back in May"}),
    "a relationship is added": ("records/relationship/add", {"f_person": "gp-lead", "f_type": "trusts",
                                                             "f_other": "geriatrician"}),
    "a meeting is planned": ("meetings/plan", {"team": "project-team", "day": "31 March 2990"}),
    "a win is marked": ("wins/new", {"title": "The first shared clinic", "day": "3 June 2026"}),
}


class Place:
    """What Site expects of a test."""

    def __init__(self, folder):
        self.folder, self.last = folder, []
        folder.mkdir()

    def addCleanup(self, function):
        self.last.append(function)


def program(ithaca, folder, flag):
    """Only `ithaca serve` falls silent."""
    script = folder / "ithaca"
    script.write_text(f'#!/bin/sh\nMISFORTUNE="mute:{flag}" LD_PRELOAD="{ithaca.tools}/misfortune.so" '
                      f'exec "{ithaca.path}" "$@"\n')
    script.chmod(0o755)
    return script


def sent_twice(site, client, flag, address, fields):
    """Gives what the second one was answered."""
    address = f"/p/harbour/{address}"
    page = client.get(address)
    assert page.status == 200, f"{address}: {page.status}"
    flag.touch()
    try:
        answer = client.submit(page, address, **fields)
        raise AssertionError(f"it was answered after all: {answer.status} {answer.words[:300]}")
    except (http.client.HTTPException, OSError):
        pass
    assert not flag.exists(), "nobody was killed"
    client.close()
    return client.submit(page, address, **fields)


def revision(engine, store):
    statement = "select revision from programme where key = 'harbour'"
    if engine.name == "PostgreSQL":
        return int(engine.ask(store, statement + ";"))
    with contextlib.closing(sqlite3.connect(engine.url(store))) as connection:
        return connection.execute(statement).fetchone()[0]


def run(results, ithaca, engine, folder):
    os.environ["ITHACA"] = str(ithaca.path)
    sys.path.append(str(ROOT / "tests" / "blackbox"))
    from serving import Site

    place = Place(folder / f"answers {engine.name}")
    flag = place.folder / "flag"
    url = engine.make("answers")
    ithaca.must("migrate", "--db", url)
    ithaca.must("import", folder / "first", "--db", url)
    site = Site(url, place, program=program(ithaca, place.folder, flag), web_workers=1, poll_seconds=3600)
    try:
        site.join("harbour", "lead")
        client = site.sign_in("lead")
        for name, (address, fields) in FORMS.items():
            def test(address=address, fields=fields):
                before = revision(engine, "answers")
                answer = sent_twice(site, client, flag, address, fields)
                assert answer.status == 303, f"sent again: {answer.status} {answer.words[:300]}"
                after = revision(engine, "answers")
                assert after == before + 1, f"it was saved {after - before} times"
            results.test(f"answers: {name}, and the worker killed before it says so, {engine.name}", test)
    finally:
        for function in reversed(place.last):
            function()
