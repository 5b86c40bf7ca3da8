"""What monitoring asks: /health and /ready."""
import socket
import threading
import time

from serving import SELDOM, Site, made_ready
from stores import POSTGRES, on_both, psql, wait_until

PATHS = ("/health", "/ready")


class Relay:
    """Stands between a site and the server of PostgreSQL: to be silent, as one is that nobody reaches."""

    def __init__(self, case):
        folder = case.url.partition("host=")[2]
        self.url = case.url.replace(folder, str(case.folder))
        self.there, self.pairs, self.speaks = f"{folder}/.s.PGSQL.5432", [], threading.Event()
        self.speaks.set()
        self.listener = socket.socket(socket.AF_UNIX)
        self.listener.bind(str(case.folder / ".s.PGSQL.5432"))
        self.listener.listen()
        case.addCleanup(self.end)
        threading.Thread(target=self.listen, daemon=True).start()

    def listen(self):
        while True:
            try:
                ours, _ = self.listener.accept()
            except OSError:
                return
            theirs = socket.socket(socket.AF_UNIX)
            theirs.connect(self.there)
            self.pairs.append((ours, theirs))
            for pair in ((ours, theirs), (theirs, ours)):
                threading.Thread(target=self.pass_on, args=pair, daemon=True).start()

    def pass_on(self, giver, taker):
        try:
            while data := giver.recv(65536):
                self.speaks.wait()
                taker.sendall(data)
        except OSError:
            pass
        self.hang_up((giver, taker))

    @staticmethod
    def hang_up(*pairs):
        for pair in pairs:
            for one in pair:
                try:
                    one.shutdown(socket.SHUT_RDWR)
                except OSError:
                    pass  # it was hung up before

    def end(self):
        self.speaks.set()
        self.listener.shutdown(socket.SHUT_RDWR)
        self.hang_up(*self.pairs)
        for pair in [(self.listener,), *self.pairs]:
            for one in pair:
                one.close()


@on_both
class Health:
    def setUp(self):
        super().setUp()
        self.prepare(self.make)
        self.relay = Relay(self) if self.engine == "postgres" else None
        self.site = Site(self.relay.url if self.relay else self.url, self, web_workers=1,
                         poll_seconds=SELDOM)

    def make(self):
        self.bring("harbour")
        made_ready(self)

    def ask(self, path):
        page = self.site.client().get(path)
        self.assertEqual(page.headers["Content-Type"], "text/plain; charset=utf-8")
        self.assertNotIn("Set-Cookie", page.headers)
        return page.status, page.text

    def test_it_is_well(self):
        self.assertEqual(self.ask("/health"), (200, "This process answers.\n"))
        self.assertEqual(self.ask("/ready"), (200, "Ready.\n"))
        for path in PATHS:
            head = self.site.client().request("HEAD", path)
            self.assertEqual((head.status, head.raw), (200, b""))
            self.assertEqual(self.site.client().request("POST", path, b"").status, 405)

    def test_who_is_signed_in_is_not_looked_for(self):
        self.site.join("harbour", "lead")
        client = self.site.sign_in("lead")
        wait_until(lambda: self.sql("select count(*) from member where visited_at is not null") == [["1"]])
        visit = self.sql("select * from member")
        for path in PATHS:
            page = client.get(path)
            self.assertEqual((page.status, page.text), self.ask(path))
            client.cookies = {"ithaca": "x" * 100}
            self.assertEqual(client.get(path).status, 200)
        self.assertEqual(self.sql("select * from member"), visit)

    def test_a_database_of_another_version(self):
        self.sql("insert into schema_version (version, at) values (999, '2026-01-01T00:00:00.000Z')")
        self.assertEqual(self.ask("/ready"), (503, "Not ready: the database is not of this version.\n"))
        self.assertEqual(self.ask("/health")[0], 200)
        self.sql("delete from schema_version where version = 999")
        self.assertEqual(self.ask("/ready")[0], 200)

    def test_a_database_that_cannot_be_read(self):
        self.hide()
        start = time.monotonic()
        self.assertEqual(self.ask("/ready"), (503, "Not ready: the database cannot be read.\n"))
        self.assertLess(time.monotonic() - start, 4)
        self.assertEqual(self.ask("/health")[0], 200)
        self.show()
        wait_until(lambda: self.ask("/ready")[0] == 200)

    def test_a_server_that_says_nothing(self):
        """On the connection that there is; then on a new one, since that one was given up; or broke."""
        if self.engine != "postgres":
            self.skipTest("there is no server")
        self.assertEqual(self.ask("/ready")[0], 200)
        self.relay.speaks.clear()
        for _ in range(2):
            start = time.monotonic()
            self.assertEqual(self.ask("/ready"), (503, "Not ready: the database cannot be read.\n"))
            self.assertLess(time.monotonic() - start, 4)
            self.assertEqual(self.ask("/health")[0], 200)
        self.relay.speaks.set()
        wait_until(lambda: self.ask("/ready")[0] == 200)

    def hide(self):
        """The server lets nobody in; the file is no database."""
        if self.engine == "postgres":
            psql(POSTGRES, f"alter database {self.database} with allow_connections false")
            psql(POSTGRES, "select pg_terminate_backend(pid) from pg_stat_activity "
                           f"where datname = '{self.database}'")
        else:
            self.sql("alter table schema_version rename column version to number")

    def show(self):
        if self.engine == "postgres":
            psql(POSTGRES, f"alter database {self.database} with allow_connections true")
        else:
            self.sql("alter table schema_version rename column number to version")
