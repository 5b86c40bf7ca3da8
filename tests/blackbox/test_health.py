"""What monitoring asks: /health and /ready."""
import time

from serving import Site
from stores import POSTGRES, on_both, psql, wait_until

PATHS = ("/health", "/ready")


@on_both
class Health:
    def setUp(self):
        super().setUp()
        self.bring("harbour")
        self.site = Site(self.url, self, web_workers=1)

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
        self.assertLess(time.monotonic() - start, 15)
        self.assertEqual(self.ask("/health")[0], 200)
        self.show()
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
