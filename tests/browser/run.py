#!/usr/bin/env python3
"""The pages in a real browser, Debian's Chromium. Prints a line per test and "N passed, N failed" last.

    tests/browser/run.py                  every page and the main tasks: pages.js, tasks.js
    tests/browser/run.py tasks.js         only these
    tests/browser/run.py --pictures DIR   screenshots of the sample instead: pictures.js

Starts `ithaca serve` over a database of its own, and hands what the scripts need to them as JSON in
PAGES: addresses, for each role which pages it may see, and links that let somebody in once."""
import json
import os
import pathlib
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
sys.dont_write_bytecode = True
sys.path.insert(0, str(HERE.parent / "blackbox"))
from serving import ROLES, Site  # noqa: E402
from support import SAMPLES, ithaca, read_folder, write_folder  # noqa: E402
from test_routes import ALLOWED, EXAMPLES, ROUTES, expected, without_time  # noqa: E402

LINKS = 12  # for each role


class Place:
    """What Site expects of a test."""

    def __init__(self, folder):
        self.folder, self.last = pathlib.Path(folder), []

    def addCleanup(self, function):
        self.last.append(function)

    def end(self):
        for function in reversed(self.last):
            function()


def good(*arguments):
    result = ithaca(*arguments)
    if result.returncode:
        raise SystemExit(result.stdout + result.stderr)


def addresses(role):
    """Every page that a role may see, by the name of its route."""
    return {route.name: address_of(route) for route in ROUTES
            if route.method == "GET" and "{token}" not in route.pattern
            and expected(route, role, True) == ALLOWED}


def address_of(route):
    address = route.pattern.replace("{programme}", "harbour")
    for name, value in EXAMPLES.items():
        address = address.replace(f"{{{name}}}", value)
    return address


def harbour(place):
    """A programme with misfortunes and private findings, shared, and everybody who takes part."""
    url, folder = str(place.folder / "pages.db"), place.folder / "harbour"
    workbook = read_folder(SAMPLES / "harbour-broken")
    without_time(workbook)
    folder.mkdir()
    write_folder(workbook, folder)
    good("import", folder, "--db", url)
    good("diagnose", "--db", url)
    site = Site(url, place)
    for role in ROLES:
        site.join("harbour", role, record={"lead": "network-manager", "team": "gp-lead"}.get(role))
    site.person("nobody")
    lead = site.sign_in("lead")
    page = lead.get("/p/harbour/diagnosis")
    lead.submit(page, "/p/harbour/diagnosis/share")
    return site, (*ROLES, "administrator", "nobody"), {
        "site": f"http://127.0.0.1:{site.port}",
        "pages": {role: addresses(role) for role in (*ROLES, "administrator")},
        "finding": address_of(next(route for route in ROUTES if route.name == "finding")),
    }


def oxfordshire(place):
    """The sample of `ithaca demo`."""
    url = str(place.folder / "pages.db")
    good("import", SAMPLES / "oxfordshire", "--db", url)
    good("diagnose", "--db", url, "--day", "2017-12-31")
    site = Site(url, place, job_workers=1, poll_seconds=3600)
    key = site.command("programme", "list").split()[0]
    site.join(key, "lead", name="Programme lead")
    return site, ("lead",), {"site": f"http://127.0.0.1:{site.port}", "programme": key}


def scripts_run(names, site, logins, about):
    passed = failed = 0
    for name in names:
        about["links"] = {login: [site.link(login) for _ in range(LINKS)] for login in logins}
        done = subprocess.run(["node", HERE / name], stdout=subprocess.PIPE, text=True, check=False,
                              env={**os.environ, "PAGES": json.dumps(about)})
        *lines, last = done.stdout.splitlines() or [""]
        print("\n".join(lines), flush=True)
        try:
            counts = json.loads(last)
        except ValueError:
            counts = {"passed": 0, "failed": 1}
            print(f"{last}\nFAILED browser {name}: it ended with {done.returncode}")
        passed, failed = passed + counts["passed"], failed + counts["failed"]
    return passed, failed


def main():
    pictures = sys.argv[2] if sys.argv[1:2] == ["--pictures"] else None
    with tempfile.TemporaryDirectory(prefix="ithaca-browser-") as folder:
        place = Place(folder)
        try:
            if pictures:
                site, logins, about = oxfordshire(place)
                about["folder"] = pictures
                passed, failed = scripts_run(["pictures.js"], site, logins, about)
            else:
                passed, failed = scripts_run(sys.argv[1:] or ["pages.js", "tasks.js"], *harbour(place))
        finally:
            place.end()
    print(f"{passed} passed, {failed} failed")
    return 1 if failed or not passed else 0


if __name__ == "__main__":
    sys.exit(main())
