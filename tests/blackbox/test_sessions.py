"""Being signed in: the cookie, the link that lets in once, and the end of it."""
import http.cookies
import re

from serving import SELDOM, People, Site, made_ready
from stores import on_both
from support import TABLES


@on_both
class Sessions:
    def setUp(self):
        super().setUp()
        self.prepare(self.make)
        self.site = Site(self.url, self, web_workers=1, poll_seconds=SELDOM)

    def make(self):
        self.bring()
        People(self.url).join("harbour", "lead")
        made_ready(self)

    def cookie_of(self, page):
        lines = page.headers.get_all("Set-Cookie")
        self.assertEqual(len(lines), 1)
        (cookie,) = http.cookies.SimpleCookie(lines[0]).values()
        return cookie

    def is_in(self, client):
        page = client.get("/p/harbour")
        self.assertTrue(page.status == 200 or page.location.startswith("/sign-in"), page.status)
        return page.status == 200

    def signed_in(self, site):
        """The answer to pressing the button of a link."""
        path, client = site.link("lead"), site.client()
        return client.submit(client.get(path), path)

    def test_the_cookie_goes_to_us_only(self):
        cookie = self.cookie_of(self.signed_in(self.site))
        self.assertEqual((cookie["path"], cookie["httponly"], cookie["samesite"], cookie["domain"]),
                         ("/", True, "Lax", ""))
        self.assertEqual(cookie["secure"], "")  # there is no https here
        self.assertGreater(int(cookie["max-age"]), 3600)
        self.assertGreaterEqual(len(cookie.value), 43)  # 256 bits

    def test_behind_https_the_cookie_never_goes_without(self):
        self.site.stop()
        site = Site(self.url, self, site="https://ithaca.example.org")
        page = self.signed_in(site)
        self.assertTrue(self.cookie_of(page)["secure"])
        self.assertIn("max-age=", page.headers["Strict-Transport-Security"])

    def test_signing_out_ends_it(self):
        client = self.site.sign_in("lead")
        other = self.site.sign_in("lead")
        kept = dict(client.cookies)
        page = client.post("/sign-out")
        self.assertEqual((page.status, page.location), (303, "/sign-in"))
        self.assertEqual(self.cookie_of(page)["max-age"], "0")
        self.assertEqual(client.cookies, {})
        client.cookies = kept  # somebody who had copied it
        self.assertFalse(self.is_in(client))
        self.assertTrue(self.is_in(other))

    def test_it_ends_by_itself(self):
        client = self.site.sign_in("lead")
        self.assertTrue(self.is_in(client))
        self.sql("update session set expires_at = '2001-01-01T00:00:00.000Z'")
        self.assertFalse(self.is_in(client))

    def test_signing_in_makes_a_new_session(self):
        """Whoever could set a cookie before gains nothing."""
        client = self.site.client()
        client.cookies["ithaca"] = planted = "A" * 43
        path = self.site.link("lead")
        client.submit(client.get(path), path)
        self.assertNotEqual(client.cookies["ithaca"], planted)
        self.assertTrue(self.is_in(client))
        client.cookies["ithaca"] = planted
        self.assertFalse(self.is_in(client))

    def test_no_cookie_that_was_made_up_lets_in(self):
        client = self.site.sign_in("lead")
        good = client.cookies["ithaca"]
        for bad in ("", "x", good[:-1], good + "A", good.swapcase(), "A" * 2000, "%00", good[::-1],
                    "' or '1'='1"):
            client.cookies["ithaca"] = bad
            self.assertFalse(self.is_in(client), bad)
        client.cookies["ithaca"] = good
        self.assertTrue(self.is_in(client))

    def test_whoever_reads_the_database_cannot_use_it(self):
        path = self.site.link("lead")
        client = self.site.sign_in("lead")
        secrets = (path.rpartition("/")[2], client.cookies["ithaca"], client.token)
        stored = "\n".join(str(self.sql(f"select * from {table}")) for table in TABLES)
        for secret in secrets:
            self.assertNotIn(secret, stored)
        self.assertNotIn("127.0.0.1/link", self.site.errors())

    def test_a_link_lets_in_once(self):
        path = self.site.link("lead")
        first, second = self.site.client(), self.site.client()
        page = first.get(path)
        self.assertEqual(first.submit(page, path).status, 303)
        self.assertTrue(self.is_in(first))
        again = second.post(path, token=None)
        self.assertEqual((again.status, second.cookies), (404, {}))
        self.assertEqual(second.get(path).status, 404)
        self.assertFalse(self.is_in(second))

    def test_looking_at_a_link_does_not_spend_it(self):
        """Mail programs open links before anybody reads the mail."""
        path, client = self.site.link("lead"), self.site.client()
        for method in ("GET", "HEAD", "GET", "HEAD"):
            page = client.request(method, path)
            self.assertEqual((page.status, client.cookies), (200, {}))
        for method in ("OPTIONS", "PUT", "DELETE", "PATCH"):
            self.assertEqual(client.request(method, path).status, 405)
            client.close()
        page = client.get(path)
        self.assertIn("Sign in as Lead", page.words)
        self.assertEqual(client.submit(page, path).status, 303)

    def test_a_link_sent_twice_at_once_lets_in_once(self):
        """A double click, or two who share a link."""
        for _ in range(5):
            path = self.site.link("lead")
            clients = [self.site.client() for _ in range(4)]
            for client in clients:
                client.get(path)
                client.connection.request("POST", path, b"")
            came = [client.connection.getresponse().status for client in clients]
            self.assertEqual(sorted(came), [303, 404, 404, 404])

    def test_a_link_is_good_for_a_time(self):
        path, client = self.site.link("lead"), self.site.client()
        self.sql("update sign_in_link set expires_at = '2001-01-01T00:00:00.000Z'")
        self.assertEqual(client.get(path).status, 404)
        self.assertEqual(client.post(path, token=None).status, 404)

    def test_a_link_is_hard_to_guess(self):
        links = {self.site.link("lead") for _ in range(3)}
        self.assertEqual(len(links), 3)
        for link in links:
            self.assertRegex(link, r"\A/link/[\w-]{43}\Z")
            for bad in (link[:-1], link + "A", link.swapcase()):
                self.assertEqual(self.site.client().get(bad).status, 404)

    def test_without_an_account_nobody_is_in_any_more(self):
        client = self.site.sign_in("lead")
        self.assertTrue(self.is_in(client))
        self.done("person", "account", "remove", "lead")
        self.assertFalse(self.is_in(client))

    def test_without_a_part_in_it_a_programme_is_not_there(self):
        client = self.site.sign_in("lead")
        self.assertTrue(self.is_in(client))
        self.done("person", "member", "remove", "harbour", "lead")
        self.assertEqual(client.get("/p/harbour").status, 404)

    def test_a_changed_role_holds_at_once(self):
        client = self.site.sign_in("lead")
        self.done("person", "member", "add", "harbour", "lead", "sponsor")
        page = client.post("/p/harbour/diagnosis/share", {"number": "1"})
        self.assertEqual(page.status, 403)

    def test_a_browser_may_call_itself_anything(self):
        """What it says of itself is kept, so it must be fit to be."""
        for agent in (b"", b"x" * 3000, "Bräu\u2028ser".encode(), b"\xff\xfe\xc3(", b"a'; drop table x"):
            path, client = self.site.link("lead"), self.site.client()
            client.get(path)
            client.connection.putrequest("POST", path, skip_accept_encoding=True)
            client.connection.putheader("User-Agent", agent)
            client.connection.putheader("Content-Length", "0")
            client.connection.endheaders()
            answer = client.connection.getresponse()
            answer.read()
            self.assertEqual(answer.status, 303, agent)
            self.assertTrue(re.match("ithaca=.{43};", answer.headers["Set-Cookie"]))
