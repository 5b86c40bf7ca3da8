"""The log of requests: a line for each, which tells nothing of anybody."""
import re

from serving import SELDOM, People, Site, made_ready
from stores import on_both, wait_until
from support import Case, ithaca

PASSWORD = "correct horse battery"
LINE = re.compile(r"(?m)^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ) request \[(\d+)\] method=(\S+) route=(\S+) "
                  r"status=(\d+) bytes=(\d+) milliseconds=(\d+\.\d) worker=(\d+)$")


@on_both
class RequestLog:
    def setUp(self):
        super().setUp()
        self.prepare(self.make)

    def make(self):
        self.bring("harbour-broken")
        self.done("diagnose")
        People(self.url).join("harbour", "lead", "clead", name="Clinical Lead")
        made_ready(self)

    def start(self, **settings):
        self.site = Site(self.url, self, web_workers=1, poll_seconds=SELDOM, **settings)

    def lines(self, number):
        """The last so many: method, route, status and bytes."""
        wait_until(lambda: len(LINE.findall(self.site.errors())) >= self.before + number)
        found = LINE.findall(self.site.errors())[self.before:]
        self.before += number
        self.assertEqual(len(found), number, found)
        for _, first, *_, milliseconds, worker in found:
            self.assertEqual(first, worker)
            self.assertIn(int(worker), self.site.workers())
            self.assertLess(float(milliseconds), 60000)
        return [(method, route, int(status), int(size)) for _, _, method, route, status, size, _, _ in found]

    def test_a_line_for_each_request(self):
        self.start(log_requests="yes")
        client = self.site.sign_in("clead")
        stranger = self.site.client()
        page = stranger.get("/sign-in")
        static = re.search(r"/static/[\w.-]+", page.text).group()
        wait_until(lambda: LINE.findall(self.site.errors())[-1][3] == "/sign-in")
        self.before = len(LINE.findall(self.site.errors()))
        asked = [
            (client.get("/p/harbour/finding/A2%2Fshared-budget?saved=1"), "GET",
             "/p/{programme}/finding/{finding}"),
            (client.request("HEAD", "/p/harbour"), "HEAD", "/p/{programme}"),
            (client.get("/p/harbour/diagnosis", {"Accept-Encoding": "gzip"}), "GET",
             "/p/{programme}/diagnosis"),
            (client.post("/p/harbour/diagnosis/share"), "POST", "/p/{programme}/diagnosis/share"),
            (client.get("/p/harbour/diagnosis/share"), "GET", "/p/{programme}/diagnosis/share"),
            (client.get("/no/such/page"), "GET", "-"),
            (client.get(static), "GET", "/static/{file}"),
            (client.get("/p/harbour?a=%ff"), "GET", "-"),
            (client.post("/p/harbour/whatif", {"a": "x" * 300000}), "POST", "-"),
            (client.request("PUT", "/p/harbour", b""), "other", "-"),
        ]
        for path in ("/health", "/ready"):  # of which nothing is said as long as they are well
            self.assertEqual(client.get(path).status, 200)
        self.assertEqual(self.lines(len(asked)), [(method, route, page.status, len(page.raw))
                                                  for page, method, route in asked])
        self.sql("insert into schema_version (version, at) values (999, '2026-01-01T00:00:00.000Z')")
        self.assertEqual(client.get("/ready").status, 503)
        self.assertEqual(self.lines(1)[0][:3], ("GET", "/ready", 503))
        self.sql("delete from schema_version where version = 999")

    def test_nothing_is_told_of_anybody(self):
        """Whoever they are, whatever they see, whatever they send."""
        self.start(log_requests="yes", log_level="debug")
        link, client = self.site.link("clead"), self.site.client()
        told = {"User-Agent": "agent-4711", "Referer": "http://referer-4711/", "X-Forwarded-For": "192.0.2.77"}
        page = client.get(link, told)
        client.submit(page, link)
        page = client.submit(client.get("/account/password", told), "/account/password", new=PASSWORD)
        self.assertEqual(page.status, 303)
        session, form = client.cookies["ithaca"], client.token
        stranger = self.site.client()
        for who, password in (("clead", PASSWORD), ("clead@example.org", "wrong-password-4711"),
                              ("nobody-4711", "x"), ("harbour\n2026-01-01T00:00:00Z request forged", "x")):
            stranger.post("/sign-in", {"who": who, "password": password, "to": "/p/harbour"}, headers=told)
        for address in ("/", "/account", "/p/harbour", "/p/harbour/people", "/p/harbour/whatif",
                        "/p/harbour/finding/A2%2Fshared-budget", "/p/none-4711", "/none-4711",
                        "/p/harbour?email=clead@example.org", "/sign-in?to=/p/to-4711", "/static/none-4711",
                        "/link/token-4711", "/p/harbour/finding/%0aforged-4711", "/%0d%0aforged-4711"):
            client.get(address, told)
            stranger.get(address, told)
        for method in ("METHOD4711", "PUT"):
            self.site.client().request(method, "/none-4711", b"body-4711")
        page = client.get("/p/harbour/people")
        form_there = page.form("/p/harbour/people")
        client.post("/p/harbour/people", {**form_there.fields, "name": "Invited Somebody",
                                          "email": "invited@example.org", "role": "team"})
        wait_until(lambda: len(LINE.findall(self.site.errors())) > 40)
        self.site.stop()
        log = self.site.errors()
        for secret in (session, form, link.rpartition("/")[2], PASSWORD, "4711", "clead", "example.org",
                       "Clinical Lead", "Invited", "192.0.2.77", "127.0.0.1:", "A2", "shared-budget", "forged",
                       "harbour?", "%"):
            self.assertNotIn(secret, log)
        names = [row[0] for row in self.sql("select name from person") if row[0]]
        self.assertGreater(len(names), 2)
        for name in names:
            self.assertNotIn(name, log)
        for line in log.splitlines():
            self.assertRegex(line, r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ (error|info |debug|request) \[\d+\] ")

    def test_without_the_setting_there_is_none(self):
        self.start()
        self.site.sign_in("clead").get("/p/harbour")
        self.site.stop()
        self.assertNotIn("method=", self.site.errors())


class Setting(Case):
    def test_it_is_yes_or_no(self):
        config = self.folder / "serve.conf"
        config.write_text("database = none.db\nlog-requests = maybe\n")
        result = ithaca("serve", "--config", config)
        self.assertEqual(result.returncode, 2)
        self.assertIn('log-requests is yes or no; not "maybe".', result.stderr)

    def test_it_is_explained(self):
        said = ithaca("serve", "--print-config").stdout
        self.assertIn("\nlog-requests = no\n", said)
        self.assertIn("Never who asked", said)
