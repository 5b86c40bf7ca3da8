"""What tests/bench-web times the pages against: nginx with the same bytes, Express with the same queries
and markup (tests/express/), Fossil with a report of tickets."""
import difflib
import hashlib
import os
import pathlib
import re
import sqlite3
import subprocess
import time
import urllib.error
import urllib.request

from serving import port_free

ROOT = pathlib.Path(__file__).resolve().parent.parent
EXPRESS = ROOT / "tests" / "express"


def answers(url, cookie=None):
    """Waits until something answers there; gives it."""
    request = urllib.request.Request(url, headers={"Cookie": cookie} if cookie else {})
    end = time.monotonic() + 30
    while True:
        try:
            with urllib.request.urlopen(request) as answer:
                return answer.read()
        except OSError as error:
            if isinstance(error, urllib.error.HTTPError) or time.monotonic() > end:
                raise
            time.sleep(0.05)


def ended_with(place, process):
    place.addCleanup(process.wait)
    place.addCleanup(process.terminate)
    return process


class Nginx:
    """Serves files of a folder; `.gz` beside a file to those who take gzip."""

    def __init__(self, place, files):
        self.folder = place.folder / "nginx"
        self.folder.mkdir()
        self.folder.chmod(0o755)
        place.folder.chmod(0o755)
        for name, content in files.items():
            (self.folder / name).write_bytes(content)
        self.port = port_free()
        config = self.folder / "nginx.conf"
        config.write_text(f"""daemon off; worker_processes 1; pid {self.folder}/pid;
error_log {self.folder}/error.log; events {{ worker_connections 1024; }}
http {{ access_log off; types {{ text/html html; }} gzip_static on; sendfile on; tcp_nopush on;
keepalive_requests 100000000; open_file_cache max=100;
server {{ listen 127.0.0.1:{self.port}; root {self.folder}; }} }}""")
        process = ended_with(place, subprocess.Popen(
            ["nginx", "-c", config, "-e", self.folder / "error.log"]))
        self.worker = None
        while not self.worker:
            time.sleep(0.05)
            children = pathlib.Path(f"/proc/{process.pid}/task/{process.pid}/children")
            self.worker = (children.read_text().split() or [None])[0]

    def url(self, name):
        return f"http://127.0.0.1:{self.port}/{name}"


class Express:
    """Serves the home page from the same SQLite file, to a session of its own."""

    def __init__(self, place, served):
        token = os.urandom(24).hex()
        hashed = hashlib.sha256(b"session\0" + token.encode()).hexdigest()
        with sqlite3.connect(served.db) as connection:
            connection.execute(
                "insert into session (hash, account_id, created_at, expires_at, agent, by_link, waits) "
                "select ?, id, created_at, '2999-01-01', null, 0, 0 from account where login = 'lead'",
                [hashed])
        connection.close()
        self.cookie = f"Cookie: ithaca={token}"
        ours = served.lead.get(served.pages["home"]).text
        links = dict(re.findall(r'<link rel="(\w+)" href="([^"]+)"', ours))
        port = port_free()
        process = ended_with(place, subprocess.Popen(
            ["node", EXPRESS / "server.js", str(port), served.db, links["stylesheet"], links["icon"]],
            env=dict(os.environ, NODE_ENV="production")))
        self.worker = process.pid
        self.url = f"http://127.0.0.1:{port}{served.pages['home']}"
        theirs = answers(self.url, f"ithaca={token}").decode()
        pages = [re.sub(r'(name="form-token" value=")\w+', r"\1", page).splitlines()
                 for page in (ours, theirs)]
        if pages[0] != pages[1]:
            raise AssertionError("\n".join(["Express makes another page:",
                                            *difflib.unified_diff(*pages, lineterm="", n=0)]))

    @staticmethod
    def is_there():
        return (EXPRESS / "node_modules/better-sqlite3/build/Release/better_sqlite3.node").exists()


class Fossil:
    """A repository with 300 tickets, and its report of all of them."""

    TICKETS = 300

    def __init__(self, place):
        folder = place.folder / "fossil"
        (folder / "checkout").mkdir(parents=True)
        self.environment = dict(os.environ, HOME=str(folder), USER="bench")
        self.run(folder, "init", folder / "bench.fossil")
        self.run(folder / "checkout", "open", folder / "bench.fossil")
        for number in range(self.TICKETS):
            self.run(folder / "checkout", "ticket", "add", "title", f"The team does not meet ({number})",
                     "type", "Code_Defect", "status", "Open", "severity", "Important", "priority",
                     "High", "comment", "No meeting is written down since the summer.")
        self.run(folder / "checkout", "user", "capabilities", "nobody", "jrwghkoxy")
        port = port_free()
        process = ended_with(place, subprocess.Popen(
            ["fossil", "server", "--localhost", "--port", str(port), folder / "bench.fossil"],
            env=self.environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL))
        self.worker = process.pid
        self.url = f"http://127.0.0.1:{port}/rptview?rn=1"
        page = answers(self.url).decode()
        if page.count("The team does not meet") < self.TICKETS:
            raise AssertionError(f"Fossil does not report the tickets:\n{page[:2000]}")
        self.size = len(page)

    def run(self, folder, *command):
        subprocess.run(["fossil", *command], cwd=folder, env=self.environment, check=True,
                       stdout=subprocess.DEVNULL)
