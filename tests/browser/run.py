#!/usr/bin/env python3
"""The pages in a real browser, Debian's Chromium. Prints a line per test and "N passed, N failed" last.

    tests/browser/run.py                  demo.js, pages.js, tasks.js, begin.js, map.js, decide.js, walk.js and forms.js
    tests/browser/run.py tasks.js         only these
    tests/browser/run.py --pictures DIR   screenshots of the demo instead: pictures.js

Starts `ithaca serve` over a database of its own (forms.js: on PostgreSQL, too, where ITHACA_TEST_POSTGRES
names a server), and hands what the scripts need to them as JSON in
PAGES: addresses, for each role which pages it may see, and links that let somebody in once."""
import contextlib
import json
import os
import pathlib
import pty
import re
import signal
import sqlite3
import subprocess
import sys
import tempfile
import threading

HERE = pathlib.Path(__file__).resolve().parent
sys.dont_write_bytecode = True
sys.path.insert(0, str(HERE.parent / "blackbox"))
from serving import ROLES, Site  # noqa: E402
from stores import POSTGRES, psql, wait_until  # noqa: E402
from support import ITHACA, SAMPLES, ithaca, read_folder, write_folder  # noqa: E402
from test_routes import ALLOWED, ANSWER, FEED, FINDING, LEARNED, MAIL, NOTICE, PAPER, ROUTES, ask_what_if, expected, without_time  # noqa: E402
from test_sign_in import figures  # noqa: E402

LINKS = 12  # for each role


class Place:
    """What Site expects of a test."""

    def __init__(self, folder):
        self.folder, self.last = pathlib.Path(folder), []

    def addCleanup(self, function):
        self.last.append(function)

    def sql(self, statement):
        with sqlite3.connect(self.folder / "pages.db") as connection:
            rows = [[str(cell) for cell in row] for row in connection.execute(statement)]
        connection.close()
        return rows

    def end(self):
        for function in reversed(self.last):
            function()


def good(*arguments):
    result = ithaca(*arguments)
    if result.returncode:
        raise SystemExit(result.stdout + result.stderr)


DOWNLOADS = {"held_text", "held_json", "brought_made", "calendar_feed", "document_file"}  # saved, not shown


def addresses(site, role):
    """Every page that a role may see, by the name of its route."""
    return {route.name: route.address(site) for route in ROUTES
            if route.method == "GET" and "{token}" not in route.pattern and route.needs != "MONITOR" and route.name not in DOWNLOADS
            and expected(route, role, True) == ALLOWED}


def is_waited_for(page):
    """Whether a worker is still making it."""
    return page.status == 404 or "Refresh" in page.headers


def harbour(place):
    """A programme with misfortunes and private findings, shared, and everybody who takes part."""
    url, folder = str(place.folder / "pages.db"), place.folder / "harbour"
    workbook = read_folder(SAMPLES / "harbour-broken")
    without_time(workbook)
    headings, actions = workbook["actions"]
    next(row for row in actions if row[0] == "new-year")[headings.index("Owner")] = "gp-lead"
    folder.mkdir()
    write_folder(workbook, folder)
    good("import", folder, "--db", url)
    good("diagnose", "--db", url)
    site = Site(url, place, mail_folder=folder.parent, mail_from="ithaca@example.org")
    for role in ROLES:
        site.join("harbour", role, record={"lead": "network-manager", "team": "gp-lead",
                                        "sponsor": "director-commissioning"}.get(role))
    site.person("nobody")
    site.person("guest")
    guest = site.sign_in("guest")  # whose second step the administrator may take off
    page = guest.get("/account/second-factor")
    secret = page.form("/account/second-factor").fields["secret"]
    guest.submit(page, "/account/second-factor", code=figures(secret))
    lead = site.sign_in("lead")
    place.question = ask_what_if(lead, "harbour")
    brought = lead.upload(lead.get("/p/harbour/bring"), "/p/harbour/bring", "actions.csv",
                          b"Action,Owner,Due,Status\nBuy a kettle,GP,01/02/2027,ongoing\nPaint it,,TBC,on hold\n").location
    place.brought = brought.rpartition("/")[2]
    wait_until(lambda: "looks again" not in lead.get(brought).text)
    for part in ("decisions.svg", "map.svg", f"whatif/{place.question}"):
        wait_until(lambda: not is_waited_for(lead.get(f"/p/harbour/{part}")))
    page = lead.get("/p/harbour/diagnosis/share")
    lead.submit(page, "/p/harbour/diagnosis/share")
    place.sql(ANSWER)
    for line in (*PAPER, LEARNED, NOTICE):
        place.sql(line)
    place.sql(MAIL)
    place.sql(FEED)
    return site, (*ROLES, "administrator", "nobody"), {
        "site": f"http://127.0.0.1:{site.port}",
        "pages": {role: addresses(site, role) for role in (*ROLES, "administrator")},
        "finding": f"/p/harbour/finding/{FINDING}",
    }


def demo(place):
    """`ithaca demo` on a terminal, until it has printed the link that lets in."""
    ours, theirs = pty.openpty()
    process = subprocess.Popen([ITHACA, "demo"], cwd=place.folder, stdin=theirs, stdout=theirs,
                               stderr=theirs, start_new_session=True)
    os.close(theirs)
    place.addCleanup(lambda: end(process, ours))
    said, found = "", None
    while not found:
        said += os.read(ours, 65536).decode(errors="replace")
        found = re.search(r"(http://127\.0\.0\.1:\d+)(/link/[\w-]+)", said)
    threading.Thread(target=drain, args=(ours,), daemon=True).start()
    return {"site": found.group(1), "links": {"demo": [found.group(2)]}}


def drain(terminal):
    try:
        while os.read(terminal, 65536):
            pass
    except OSError:
        pass


def end(process, terminal):
    process.send_signal(signal.SIGINT)
    process.wait(timeout=60)
    os.close(terminal)


def script_run(name, about):
    """Passes its lines on; gives how many tests passed and failed."""
    node = subprocess.Popen(["node", HERE / name], stdout=subprocess.PIPE, text=True,
                            env={**os.environ, "PAGES": json.dumps(about)})
    last = ""
    for line in node.stdout:
        print(last, end="", flush=True)
        last = line
    node.wait()
    try:
        counts = json.loads(last)
    except ValueError:
        counts = {"passed": 0, "failed": 1}
        print(f"{last}FAILED browser {name}: it ended with {node.returncode}", flush=True)
    return counts["passed"], counts["failed"]


def demo_scripts(names, **more):
    """Each with a demo of its own."""
    for name in names:
        with place_new() as place:
            yield script_run(name, {**demo(place), **more})


def harbour_scripts(names):
    with place_new() as place:
        site, logins, about = harbour(place)
        for name in names:
            about["links"] = {login: [site.link(login) for _ in range(LINKS)] for login in logins}
            yield script_run(name, about)


def walk_scripts(names):
    """With a second, fresh site beside."""
    for name in names:
        with place_new() as place, place_new() as beside:
            site, logins, about = harbour(place)
            url = str(beside.folder / "other.db")
            good("import", SAMPLES / "harbour", "--db", url)
            other = Site(url, beside)
            other.join("harbour", "lead")
            about["links"] = {login: [site.link(login) for _ in range(LINKS)] for login in logins}
            about["other"] = f"http://127.0.0.1:{other.port}"
            about["others"] = [other.link("lead") for _ in range(2)]
            yield script_run(name, about)


def kinds():
    """Every kind of record of which there can be several."""
    lines = (HERE.parent.parent / "src" / "record" / "kinds.def").read_text()
    return [name for name in re.findall(r"^KIND\((\w+)\)", lines, re.MULTILINE) if name != "programme"]


def database_new(place, engine):
    if engine == "SQLite":
        return str(place.folder / "forms.db")
    name = f"browser_{os.getpid()}"
    psql(POSTGRES, f"create database {name}")
    place.addCleanup(lambda: psql(POSTGRES, f"drop database {name} with (force)"))
    return POSTGRES.replace("/postgres?", f"/{name}?")


def empty_scripts(names):
    """Each with a site on which nothing is written down yet, and which sends no mail."""
    for name in names:
        with place_new() as place:
            url = str(place.folder / "empty.db")
            good("migrate", "--db", url)
            site = Site(url, place)
            yield script_run(name, {"site": f"http://127.0.0.1:{site.port}",
                                    "links": {"administrator": [site.link("administrator")]}})


def form_scripts(names):
    for name in names:
        for engine in ("SQLite", "PostgreSQL") if POSTGRES else ("SQLite",):
            with place_new() as place:
                url = database_new(place, engine)
                workbook = read_folder(SAMPLES / "harbour")
                workbook["coverage"][1][:] = [row for row in workbook["coverage"][1] if row[0] != "Documents"]
                (place.folder / "harbour").mkdir()
                write_folder(workbook, place.folder / "harbour")
                good("import", place.folder / "harbour", "--db", url)
                site = Site(url, place, poll_seconds=3600)
                site.join("harbour", "lead")
                yield script_run(name, {"site": f"http://127.0.0.1:{site.port}", "engine": engine,
                                        "kinds": kinds(), "links": {"lead": [site.link("lead")]}})


@contextlib.contextmanager
def place_new():
    with tempfile.TemporaryDirectory(prefix="ithaca-browser-") as folder:
        place = Place(folder)
        try:
            yield place
        finally:
            place.end()


def main():
    if sys.argv[1:2] == ["--pictures"]:
        counts = list(demo_scripts(["pictures.js"], folder=os.path.abspath(sys.argv[2])))
    else:
        names = sys.argv[1:] or ["demo.js", "pages.js", "tasks.js", "begin.js", "map.js", "decide.js",
                                 "walk.js", "forms.js"]
        demos, empty, forms, walks = {"demo.js"}, {"begin.js"}, {"forms.js"}, {"walk.js"}
        counts = [*demo_scripts(demos & set(names)), *empty_scripts(empty & set(names)),
                  *form_scripts(forms & set(names)), *walk_scripts(walks & set(names)),
                  *harbour_scripts([name for name in names if name not in demos | empty | forms | walks])]
    passed, failed = map(sum, zip(*counts))
    print(f"{passed} passed, {failed} failed")
    return 1 if failed or not passed else 0


if __name__ == "__main__":
    sys.exit(main())
