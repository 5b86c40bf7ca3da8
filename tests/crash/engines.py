"""The two engines as these tests need them: stores made ready, their rows read behind the program's
back, and a server that can be killed. Python's own library and psql are all that is used."""
import ctypes
import json
import os
import pathlib
import pwd
import shutil
import signal
import sqlite3
import subprocess
import tempfile
import time

PR_SET_CHILD_SUBREAPER = 36

class Files:
    """SQLite. A store is a file in a folder of its own; a saved one is a copy of that file."""

    name = "SQLite"

    def __init__(self, folder):
        self.folder = pathlib.Path(folder) / "sqlite"
        self.folder.mkdir()
        self.saved = {}

    def url(self, store):
        return str(self.folder / store / "store.db")

    def make(self, store):
        """An empty place for a store."""
        shutil.rmtree(self.folder / store, ignore_errors=True)
        (self.folder / store).mkdir()
        return self.url(store)

    def save(self, store, name):
        """Remembers how a store is now, under a name."""
        self.saved[name] = self.folder / f"{name}.saved"
        shutil.copyfile(self.url(store), self.saved[name])

    def load(self, store, name):
        """Makes a store as it was when that was saved."""
        url = self.make(store)
        shutil.copyfile(self.saved[name], url)
        return url

    def rows(self, store):
        return file_rows(self.url(store))

    def stop(self):
        pass


def file_rows(path):
    """{table: [row as a dictionary]} of a file of SQLite, and of its journal if it has one; none if
    there is no file. Only copies are opened, since opening alone mends what a crash has left."""
    if not pathlib.Path(path).exists():
        return {}
    with tempfile.TemporaryDirectory(prefix="ithaca-rows-") as folder:
        copy = pathlib.Path(folder) / "copy"
        for ending in ("", "-wal", "-journal"):
            if pathlib.Path(str(path) + ending).exists():
                shutil.copyfile(str(path) + ending, str(copy) + ending)
        database = sqlite3.connect(copy)
        try:
            database.row_factory = sqlite3.Row
            if database.execute("pragma integrity_check").fetchone()[0] != "ok":
                raise AssertionError(f"{path} is damaged")
            if database.execute("pragma foreign_key_check").fetchone():
                raise AssertionError(f"{path} has references to nothing")
            names = [row[0] for row in database.execute(
                "select name from sqlite_schema where type = 'table' order by name")]
            return {name: sorted((dict(row) for row in database.execute(f'select * from "{name}"')),
                                 key=lambda row: json.dumps(row, sort_keys=True))
                    for name in names}
        finally:
            database.close()


# The server goes on for a moment when who asked it has been killed.
SETTLE = """
do $$ begin
    while exists (select from pg_stat_activity where datname = '{}') loop
        perform pg_sleep(0.002), pg_stat_clear_snapshot();
    end loop;
end $$;"""


class Server:
    """PostgreSQL: a server of its own, which keeps its promises (fsync is on). A store is a
    database; a saved one a text that makes it again."""

    name = "PostgreSQL"

    def __init__(self, folder, *settings):
        self.folder = pathlib.Path(folder) / "postgres"
        self.folder.mkdir()
        self.made, self.saved = set(), {}
        self.user = {}
        if os.geteuid() == 0:  # PostgreSQL refuses to be run by root
            user = pwd.getpwnam("postgres")
            os.chmod(folder, 0o711)
            os.chown(self.folder, user.pw_uid, user.pw_gid)
            self.user = {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}
        self.options = [f"--{setting}" for setting in (
            f"unix_socket_directories={self.folder}", "listen_addresses=", "max_connections=250",
            "deadlock_timeout=100ms", "recovery_init_sync_method=syncfs", *settings)]
        self.data = self.folder / "data"
        subprocess.run([self.find("initdb"), "-D", self.data, "--no-sync", "--encoding=UTF8",
                        "--locale=C.UTF-8", "--username=ithaca", "--auth=trust"], check=True,
                       cwd=self.folder, stdout=subprocess.DEVNULL, **self.user)
        self.start()

    @staticmethod
    def find(name):
        found = sorted(pathlib.Path("/usr/lib/postgresql").glob(f"*/bin/{name}"))
        if not found:
            raise SystemExit("There is no PostgreSQL server here. scripts/setup test installs it.")
        return found[-1]

    def start(self, misfortune=None, preload=None):
        """As a rule without any (misfortune.c)."""
        environment = dict(os.environ)
        if misfortune:
            environment.update(MISFORTUNE=misfortune, LD_PRELOAD=str(preload))
        ready = self.data / "postmaster.pid"
        ready.unlink(missing_ok=True)
        with open(self.folder / "log", "a", encoding="utf-8") as log:
            self.server = subprocess.Popen(
                [self.find("postgres"), "-D", self.data, *self.options], cwd=self.folder,
                stdin=subprocess.DEVNULL, stdout=log, stderr=log, env=environment, **self.user)
        until = time.monotonic() + 60
        while time.monotonic() < until and self.server.poll() is None:
            if ready.exists() and ready.read_text(encoding="utf-8").rstrip().endswith("ready"):
                return
            time.sleep(0.005)
        raise AssertionError((self.folder / "log").read_text(encoding="utf-8")[-2000:])

    def wait(self):
        """Until it lets people in again, after it fell over and got up by itself."""
        until = time.monotonic() + 60
        while subprocess.run(["psql", "-X", self.url("postgres"), "-c", "select 1"], capture_output=True,
                             check=False).returncode:
            if time.monotonic() > until:
                raise AssertionError((self.folder / "log").read_text(encoding="utf-8")[-2000:])
            time.sleep(0.05)

    def stop(self):
        self.server.send_signal(signal.SIGQUIT)
        self.server.wait()

    def kill(self):
        """The whole server at once, as if the machine had stopped."""
        processes = self.children(self.server.pid)
        self.server.kill()
        for process in processes:
            kill(process)
        self.server.wait()
        for process in processes:  # they are ours now, as the server has gone
            os.waitpid(process, 0)

    @staticmethod
    def children(pid):
        text = pathlib.Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii")
        return list(map(int, text.split()))

    def disconnect(self, store):
        """Ends the processes of the server that work on a store."""
        for process in self.children(self.server.pid):
            command = pathlib.Path(f"/proc/{process}/cmdline")
            try:
                if f" {store} " in command.read_text(encoding="utf-8", errors="replace"):
                    os.kill(process, signal.SIGTERM)
            except (FileNotFoundError, ProcessLookupError):
                pass

    def url(self, store):
        return f"postgresql://ithaca@/{store}?host={self.folder}"

    def ask(self, store, *statements):
        result = subprocess.run(
            ["psql", "-X", "-A", "-t", "-q", "-F", "\t", "-v", "ON_ERROR_STOP=1",
             self.url(store)], input="\n".join(statements) + "\n", capture_output=True, text=True)
        if result.returncode:
            raise AssertionError(result.stderr)
        return result.stdout

    def make(self, store, *statements):
        """Emptying one is faster than making it."""
        if store not in self.made:
            self.ask("postgres", f"create database {store} template template0;")
            self.made.add(store)
        self.ask("postgres", SETTLE.format(store), f"\\c {store}", "begin;",
                 "set local synchronous_commit = off;",
                 "drop schema public cascade; create schema public;", *statements, "commit;")
        return self.url(store)

    def save(self, store, name):
        self.saved[name] = subprocess.run(
            ["pg_dump", "--schema=public", self.url(store)], check=True, capture_output=True,
            text=True).stdout.replace("CREATE SCHEMA public;", "")

    def load(self, store, name):
        return self.make(store, self.saved[name])

    def rows(self, store):
        """{table: [row as a dictionary]}, when nobody works on it any more."""
        tables = {}
        text = self.ask("postgres", SETTLE.format(store), f"\\c {store}", """
            select format('select %L', tablename), format('select %L, row_to_json(r) from %I r',
                          tablename, tablename)
              from pg_tables where schemaname = 'public' order by 1 \\gexec""")
        for line in text.splitlines():
            name, _, row = line.partition("\t")
            rows = tables.setdefault(name, [])
            if row:
                rows.append(json.loads(row))
        for rows in tables.values():
            rows.sort(key=lambda row: json.dumps(row, sort_keys=True))
        return tables


def kill(process):
    """One process, which may have ended by itself."""
    try:
        os.kill(process, signal.SIGKILL)
    except ProcessLookupError:
        pass


def adopt_orphans():
    """What a killed server or command leaves behind comes to us, to be waited for."""
    ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1)


def reap(group):
    """Waits for what is left of a killed command."""
    while True:
        try:
            os.waitpid(-group, 0)
        except ChildProcessError:
            return
