"""Who may see and do what: every route, for everybody who could ask, as src/web/routes.def and
src/accounts/permissions.def say."""
import hashlib
import pathlib
import re
import subprocess
import tempfile
import unittest
import urllib.parse

from serving import ROLES, SELDOM, People, Site
from stores import on_both, wait_until
from support import ITHACA, ROOT, TABLES

# What may stand for a {name} in a route; of the programme "harbour", which is not in good order.
FINDING = "A2%2Fshared-budget"
STEP = re.search(r"(?m)^id: *(\S+)", sorted(
    (ROOT / "content" / "steps").glob("*.md"))[0].read_text()).group(1)
EXAMPLES = {"finding": FINDING, "step": STEP, "kind": "decision", "key": "shared-budget",
            "action": "new-year", "answer": "1", "asked": "people", "meeting": "team-2027-01", "win": "letter",
            "document": "vision", "held": "1", "party": "vision%2Fhospital", "place": "hospital",
            "stop": "a-secret", "mail": "1", "job": "1", "decision": "shared-budget", "feed": "a-secret.ics", "rule": "C7", "request": "1", "folder": "steps", "item": "s1",
            "lesson": "happened", "learned": "1", "notice": "1"}
FEED_HASH = hashlib.blake2b(b"calendar\0a-secret", digest_size=32).hexdigest()
FEED = (f"insert into calendar_feed select '{FEED_HASH}', id, '2026-11-23T00:00:00.000Z' "
        "from account where login = 'guest'")
STOP_HASH = hashlib.blake2b(b"mail-stop\0a-secret", digest_size=32).hexdigest()
MAIL = ("insert into mail (id, account_id, kind, what, subject, words, made_at, due_at, given_up_at, said, stop_hash) "
        "select 1, id, 'reminder', 'x', 'x', 'x', t, t, t, 'Nobody lives here', '" + STOP_HASH + "' "
        "from account, (select '2126-11-23T00:00:00.000Z' as t) as at where login = 'guest'")
ANSWER = ("insert into reply (programme_id, id, finding_id, what, words, person, author, at) "
          "select programme_id, 1, id, 'yes', 'If all agree', 'director-resources', 'Director of resources', "
          "'2026-11-23T00:00:00.000Z' from finding where identity = 'A2/shared-budget'")
BROUGHT = ("insert into brought_file select p.id, 1, a.id, 'x', '2126-11-23T00:00:00.000Z', '', 'x', 'eA==', '[]', "
           "null, null, null, null, null from programme p, account a where p.key = 'harbour' and a.login = 'lead'")
PAPER = ("insert into document_file select id, 1, 'vision', 'x', '2026-11-23T00:00:00.000Z', '', 'x.txt', 'text/plain', 1, "
         "'x' from programme where key = 'harbour'",
         "insert into document_piece select id, 1, 0, 'eA==' from programme where key = 'harbour'")
LEARNED = ("insert into learned_version select id, 1, 1, 'happened', 'agreed', 'written', '2026-11-23T00:00:00.000Z', 'x', "
           "null, '', null, null, null, 'title: x' from programme where key = 'harbour'")
NOTICE = ("insert into notice_version values (1, '2026-11-23T00:00:00.000Z', null, null, 'The trust', '', '', '', '', '')")
OWN = {"own_action": "SEE_RECORDS"}  # pages of what is nobody's here: who may else read it
RECORDS_READ = 3  # of each kind, by those who follow every link
ANYBODY = (*ROLES, "administrator")  # and None: nobody is signed in


def definitions(path, macro):
    """The lines of a .def file: lists of what stands between the commas."""
    text = re.sub(r"/\*.*?\*/", "", (ROOT / "src" / path).read_text(), flags=re.DOTALL)
    return [[piece.strip('"') for piece in re.findall(r'\s*("[^"]*"|[^,]+)', line)]
            for line in re.findall(rf"(?m)^{macro}\((.*)\)$", text)]


class Route:
    def __init__(self, name, method, pattern, needs, _):
        self.name, self.method, self.pattern, self.needs = name, method, pattern, needs
        self.of_programme = pattern.startswith("/p/{programme}")

    def address(self, site, programme="harbour"):
        def example(found):
            name = found.group(1)
            if name == "programme":
                return programme
            if name == "token":
                return site.link("guest").rpartition("/")[2]
            if name in ("person", "account"):  # of a lead who cannot be taken out; of somebody
                column, login = {"person": ("person_id", "lead"), "account": ("id", "guest")}[name]
                return site.case.sql(f"select {column} from account where login = '{login}'")[0][0]
            if name == "question":
                return site.case.question
            if name == "file":
                return site.case.brought
            if name not in EXAMPLES:
                raise AssertionError(f"say in EXAMPLES what may stand for {{{name}}} in {self.name}")
            return EXAMPLES[name]
        return re.sub(r"\{(\w+)\*?\}", example, self.pattern)


EVERY_ROUTE = [Route(*line) for line in definitions("web/routes.def", "ROUTE")]
ROUTES = [route for route in EVERY_ROUTE if not route.pattern.startswith("/api/")]  # with keys: test_api.py
MAY = {line[0]: dict(zip(ROLES, (word == "true" for word in line[2:])))
       for line in definitions("accounts/permissions.def", "MAY")}
ALWAYS = ("MONITOR", "PUBLIC", "SIGNED_IN", "ADMINISTRATOR")

ALLOWED, FORBIDDEN, NOT_THERE, SIGN_IN_FIRST = "allowed", "403", "404", "sign in first"


def expected(route, who, takes_part):
    """What the two tables say."""
    if route.needs in ("MONITOR", "PUBLIC"):
        return ALLOWED
    if who is None:
        return SIGN_IN_FIRST if route.method == "GET" else FORBIDDEN
    if route.needs == "SIGNED_IN":
        return ALLOWED
    if route.needs == "ADMINISTRATOR":
        return ALLOWED if who == "administrator" else NOT_THERE
    if not takes_part or who == "administrator":
        return NOT_THERE
    if route.name in OWN:
        return ALLOWED if MAY[OWN[route.name]][who] else NOT_THERE
    return ALLOWED if MAY[route.needs][who] else FORBIDDEN


def verdict(route, page):
    """What an answer amounts to. A form that lacks something (400, 409) was allowed to be sent."""
    if route.method == "GET" and page.status == 303 and (page.location or "").partition("?")[0] == "/sign-in":
        return SIGN_IN_FIRST
    if page.status in (200, 303) or (route.method == "POST" and page.status in (400, 409)):
        return ALLOWED
    return str(page.status)


def all_but_what_was_asked(page):
    """What an answer tells: without its date, and without the address (and the length that comes of it)
    where it repeats that."""
    asked = urllib.parse.quote(page.address, safe="")
    return page.status, sorted((name, value.replace(asked, "ASKED"))
                               for name, value in page.headers.items()
                               if name not in ("Date", "Content-Length")), page.body.replace(asked.encode(), b"ASKED")


class Lists(unittest.TestCase):
    def test_there_are_routes_and_permissions(self):
        self.assertGreaterEqual(len(ROUTES), 10)
        self.assertGreaterEqual(len(MAY), 8)
        self.assertEqual(len({route.name for route in ROUTES}), len(ROUTES))

    def test_every_route_needs_what_there_is(self):
        for route in ROUTES:
            self.assertIn(route.needs, {*MAY, *ALWAYS}, route.name)

    def test_what_is_of_a_programme_asks_for_a_part_in_it(self):
        """"SIGNED_IN" would let in those who take no part."""
        for route in ROUTES:
            self.assertEqual(route.of_programme, route.needs in MAY, route.name)

    def test_whoever_may_do_something_may_see_the_programme(self):
        for name, roles in MAY.items():
            for role, may in roles.items():
                self.assertTrue(not may or MAY["SEE_PROGRAMME"][role], (name, role))

    def compiled(self, change):
        """Whether route.c compiles with a changed routes.def."""
        with tempfile.TemporaryDirectory() as name:
            folder = pathlib.Path(name) / "web"
            folder.mkdir()
            (folder / "routes.def").write_text(
                change((ROOT / "src" / "web" / "routes.def").read_text()))
            done = subprocess.run(
                ["cc", "-std=c17", "-D_GNU_SOURCE", "-fsyntax-only", f"-I{name}", "-Isrc",
                 f"-I{pathlib.Path(ITHACA).parent}", "src/web/route.c"],
                cwd=ROOT, capture_output=True, check=False)
        return done.returncode == 0

    def test_a_route_without_a_decision_fails_the_build(self):
        home = re.compile(r"(ROUTE\(home, .*), SEE_PROGRAMME,")
        self.assertTrue(self.compiled(lambda text: text))
        self.assertTrue(self.compiled(lambda text: home.sub(r"\1, SEE_PEOPLE,", text)))
        self.assertFalse(self.compiled(lambda text: home.sub(r"\1, ,", text)))
        self.assertFalse(self.compiled(lambda text: home.sub(r"\1,", text)))
        self.assertFalse(self.compiled(lambda text: home.sub(r"\1, SEE_ALL,", text)))


class Routed:
    change = None  # of the sheets
    brought = "1"

    def setUp(self):
        super().setUp()
        self.clients = {}
        self.prepare(self.make, self.change)
        (self.question,), = self.sql("select id from whatif_question")
        self.site = Site(self.url, self, web_workers=1, poll_seconds=SELDOM, mail_folder=self.folder,
                         mail_from="ithaca@example.org")

    def make(self):
        self.bring("harbour-broken", change=self.change)
        self.bring("harbour", "other")
        self.bring("harbour", "third")
        self.done("diagnose")
        people = People(self.url)
        for role in ROLES:
            people.join("harbour", role)
            if role != "lead":  # who leads elsewhere leads nothing here
                people.command("person", "member", "add", "third", role, "lead")
        people.person("guest")
        self.sql(ANSWER)
        self.sql(BROUGHT)
        for line in (*PAPER, LEARNED, NOTICE):
            self.sql(line)
        self.sql(MAIL)
        self.sql(FEED)
        self.site = Site(self.url, self, web_workers=1)
        ask_what_if(self.client("lead"), "harbour")
        wait_until(self.is_made_ready)
        self.site.stop()
        self.clients = {}

    def is_made_ready(self):
        """What a worker makes in its own time: or it would write while nobody should."""
        made = self.sql("select count(distinct programme_id) from diagnosis_part where part = 'map.svg'")
        answered = self.sql("select count(*) from whatif_question where answer is not null")
        return made == [["3"]] and answered == [["1"]]

    def client(self, who):
        """The browser of somebody; a new one where the last request has ended its session."""
        if who is None:
            return self.site.client()
        client, cookies = self.clients.get(who, (None, None))
        if client is None or client.cookies != cookies:
            client = self.site.sign_in(who)
            self.clients[who] = client, dict(client.cookies)
        return client

    def send(self, route, who, programme="harbour", **more):
        client, address = self.client(who), route.address(self.site, programme)
        if route.method == "GET":
            return client.get(address, **more)
        return client.post(address, **more)

    def share(self):
        lead = self.client("lead")
        page = lead.get("/p/harbour/diagnosis/share")
        self.assertEqual(lead.submit(page, "/p/harbour/diagnosis/share").status, 303)

    def everything(self, *but):
        """All that is stored, but for some tables: rows, their table first."""
        asked = [f"select '{table}', t.* from {table} t" for table in TABLES if table not in but]
        if self.engine == "postgres":  # a psql for each would take longer than the tests
            asked = [";".join(asked)]
        return sorted(tuple(row) for statement in asked for row in self.sql(statement))


def ask_what_if(client, programme):
    """What if the first in the list left? Gives what stands for {question} then."""
    address = f"/p/{programme}/whatif"
    form = next(form for form in client.get(address).forms if "person" in form.fields)
    someone = next(key for key in form.choices["person"] if key)
    page = client.post(form.action, {**form.fields, "person": someone, "day": "31 March 2990"})
    if page.status != 303:
        raise AssertionError(page.text)
    return page.location.removeprefix(f"{address}/")


@on_both
class EveryRoute(Routed):
    def test_everybody_gets_what_the_table_says(self):
        self.share()
        for route in ROUTES:
            for who in (*ANYBODY, None):
                with self.subTest(route=route.name, who=who):
                    page = self.send(route, who)
                    self.assertEqual(verdict(route, page), expected(route, who, True), page.text)

    def test_nobody_learns_that_another_programme_exists(self):
        for route in ROUTES:
            if not route.of_programme:
                continue
            for who in (*ANYBODY, None):
                with self.subTest(route=route.name, who=who):
                    pages = [self.send(route, who, programme) for programme in
                             ("other", "no-such-programme")]
                    self.assertEqual(verdict(route, pages[0]), expected(route, who, False))
                    self.assertEqual(*map(all_but_what_was_asked, pages))

    def test_nor_by_a_form_that_is_not_ours(self):
        for route in ROUTES:
            if route.of_programme and route.method == "POST":
                pages = [self.send(route, "lead", programme, token=None) for programme in
                         ("other", "no-such-programme")]
                self.assertEqual(pages[0].status, 404)
                self.assertEqual(*map(all_but_what_was_asked, pages))

    def test_reading_writes_nothing(self):
        self.share()
        for who in ANYBODY:
            self.client(who)
        links = {route.name: route.address(self.site) for route in ROUTES}
        before = self.everything("member")  # in which a visit may be noted
        for route in ROUTES:
            if route.method == "GET":
                for who in ANYBODY:
                    self.client(who).get(links[route.name])
        self.assertEqual(self.everything("member"), before)

    def test_asking_only_for_the_headers_gives_the_same_headers(self):
        self.share()
        for route in ROUTES:
            if route.method != "GET":
                continue
            with self.subTest(route=route.name):
                address, lead = route.address(self.site), self.client("lead")
                page, head = lead.get(address), lead.request("HEAD", address)
                self.assertEqual((head.status, head.raw), (page.status, b""))
                self.assertEqual(set(head.headers.keys()), set(page.headers.keys()))

    def test_another_method_is_refused(self):
        patterns = {}
        for route in ROUTES:
            patterns.setdefault(route.pattern, set()).add(route.method)
        for pattern, methods in patterns.items():
            route = Route("", "", pattern, "", "")
            for method in {"GET", "POST"} - methods:
                with self.subTest(pattern=pattern, method=method):
                    route.method = method
                    page = self.send(route, "lead")
                    self.assertEqual(page.status, 405)
                    self.assertEqual(page.headers["Allow"],
                                     "GET, HEAD" if methods == {"GET"} else "POST")


@on_both
class Foreign(Routed):
    """Forms that do not come from our pages."""

    def test_what_does_not_come_from_our_page_changes_nothing(self):
        another = self.site.sign_in("lead").token
        ours = f"http://127.0.0.1:{self.site.port}"
        sent = {"what": "accepted", "number": "1", "seen": "0", "reason": "because"}
        for who in ANYBODY:
            self.client(who)
        for route in ROUTES:
            if route.method != "POST":
                continue
            who = "administrator" if route.needs == "ADMINISTRATOR" else "lead"
            address = route.address(self.site)
            before = self.everything("member")
            client = self.client(who)
            foreign = [{"Origin": "http://evil.example"}, {"Origin": "null"},
                       {"Origin": "https://127.0.0.1.evil.example"},
                       {"Origin": f"{ours}.evil.example"},
                       {"Sec-Fetch-Site": "cross-site"}, {"Sec-Fetch-Site": "same-site"}]
            tries = [{"headers": headers} for headers in foreign]
            if route.needs != "PUBLIC":
                tries += [{"token": None}, {"token": another}, {"token": "0" * 64},
                          {"token": client.token[:-1]}, {"token": client.token + "0"},
                          {"token": client.token.upper()}]
            for more in tries:
                with self.subTest(route=route.name, **more):
                    page = client.post(address, sent, **more)
                    self.assertEqual(page.status, 403, page.text)
                    self.assertNotIn("Set-Cookie", page.headers)
            self.assertEqual(self.everything("member"), before, route.name)

    def test_what_comes_from_our_page_is_taken(self):
        lead = self.client("lead")
        address = f"/p/harbour/finding/{FINDING}"
        for headers in ({}, {"Origin": f"http://127.0.0.1:{self.site.port}"},
                        {"Sec-Fetch-Site": "same-origin"}, {"Sec-Fetch-Site": "none"}):
            page = lead.get(address)
            form = page.form(address)
            page = lead.post(address, {**form.fields, "what": "accepted"}, headers=headers)
            self.assertEqual(page.status, 303, headers)
        self.assertEqual(self.sql("select count(*) from finding_decision"), [["4"]])

    def test_the_token_of_a_session_is_of_no_use_after_it(self):
        lead = self.client("lead")
        old = lead.token
        lead.post("/sign-out")
        again = self.client("lead")
        self.assertNotEqual(again.token, old)
        self.assertEqual(again.post("/sign-out", token=old).status, 403)


def without_time(workbook):
    """Nobody who holds a post has days of their own for the programme: a private finding for each."""
    headings, holders = workbook["post-holders"]
    days = headings.index("Days set aside")
    for row in holders:
        row[days] = "0"


@on_both
class WhoSeesWhat(Routed):
    """A diagnosis is the lead's until it is shared; what is private is for one person besides."""

    change = staticmethod(without_time)

    def setUp(self):
        super().setUp()
        self.site.command("person", "link", "team", "harbour/gp-lead")
        self.site.command("person", "link", "sponsor", "harbour/chief-hospital")

    def pages(self, who):
        """All that somebody can read of the programme, by following every link from its home."""
        client, found, waiting, of_a_kind = self.client(who), {}, ["/p/harbour"], {}
        while waiting:
            address = waiting.pop()
            if address in found or not address.startswith("/p/harbour") or "?" in address:
                continue
            kind = re.match(r"/p/harbour/records?/\w+/", address)
            if kind:  # hundreds of records are alike: test_record_pages.py looks at all of them
                of_a_kind[kind.group()] = of_a_kind.get(kind.group(), 0) + 1
                if of_a_kind[kind.group()] > RECORDS_READ:
                    continue
            found[address] = client.get(address)
            self.assertEqual(found[address].status, 200, (who, address))
            if found[address].headers.get_content_type() == "text/html":
                waiting += [link.partition("#")[0] for link in found[address].links]
        return found

    def told(self, who, sentences):
        """Which of them somebody can read anywhere."""
        words = " ".join(page.words for page in self.pages(who).values()
                         if page.headers.get_content_type() == "text/html")
        return [said for said in sentences if said in words]

    def found(self, private):
        listed = self.asked("findings", "--programme", "harbour")["findings"]
        return [finding for finding in listed if finding["private"] == private]

    def test_nothing_before_it_is_shared_and_all_of_it_afterwards(self):
        sentences = [finding["sentence"] for finding in self.found(False)]
        self.assertGreater(len(sentences), 10)
        self.assertEqual(self.told("lead", sentences), sentences)
        for who in ROLES[1:]:
            self.assertEqual(self.told(who, sentences), [], who)
            self.assertEqual(self.client(who).get(f"/p/harbour/finding/{FINDING}").status, 404)
        self.share()
        for who in ROLES[1:]:
            self.assertEqual(self.told(who, sentences), sentences, who)

    def test_what_comes_after_sharing_is_the_leads_again(self):
        self.share()
        self.bring("harbour", change=lambda workbook: workbook["message-routes"][1].clear())
        self.done("diagnose")
        new = [finding["sentence"] for finding in self.found(False)
               if finding["periods"][-1]["opened_revision"] == 2]
        self.assertGreater(len(new), 0)
        self.assertEqual(self.told("lead", new), new)
        for who in ROLES[1:]:
            self.assertEqual(self.told(who, new), [], who)

    def test_what_is_private_is_for_the_lead_and_the_person(self):
        self.share()
        private = self.found(True)
        self.assertGreater(len(private), 5)
        sentences = [finding["sentence"] for finding in private]
        self.assertEqual(self.told("lead", sentences), sentences)
        own = {"team": "gp-lead", "sponsor": "chief-hospital"}
        stored = {row[0]: (row[1], row[2]) for row in self.sql(
            "select identity, person, words from finding where private = 1 and programme_id = "
            "(select id from programme where key = 'harbour')")}
        addresses = {identity: f"/p/harbour/finding/{identity.replace('/', '%2F')}"
                     for identity in stored}
        self.assertIn("gp-lead", [person for person, _ in stored.values()])
        for who in ROLES[1:]:
            self.assertEqual(self.told(who, sentences), [], who)
            words = [said for _, said in stored.values() if said]
            self.assertEqual(self.told(who, words),
                             [said for person, said in stored.values()
                              if said and person == own.get(who)], who)
            for identity, (person, _) in stored.items():
                page = self.client(who).get(addresses[identity])
                self.assertEqual(page.status == 200, person == own.get(who), (who, identity))
