"""Whatever people write is shown as they wrote it, on every page, and never becomes part of the page."""
import html.parser
import itertools
import urllib.parse

from serving import Site
from stores import on_both, wait_until
from support import kinds

HOSTILE = ["<script>alert(1)</script>", "\" onmouseover=\"alert(1)", "'><img src=x onerror='alert(1)'>",
           "javascript:alert(1)", "</textarea></select></title><b onclick=x>", "&lt;i&gt; &amp; &#x41;",
           "<!-- --> ]]> {{7*7}} {% x %}", "</p></main><form action=//evil.example>", "\\x3cscript\\x3e ` ${x}",
           "<a href=\"javascript:alert(1)\">x</a>"]


class Marks(html.parser.HTMLParser):
    """Everything of a page that is not text: its tags with the names of their attributes; and where
    its addresses lead."""

    def __init__(self, text):
        super().__init__()
        self.found, self.addresses, self.loose = set(), [], []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attrs):
        for name, value in attrs or [("", "")]:
            self.found.add((tag, name))
            if name in ("href", "src", "action", "formaction", "content"):
                self.addresses.append(value)

    def handle_comment(self, data):
        self.loose.append(data)

    def handle_pi(self, data):
        self.loose.append(data)


@on_both
class Hostile:
    def change(self, workbook):
        """Adds something hostile to every text of every sheet."""
        self.written, turn = [], itertools.cycle(HOSTILE)
        texts = {kind["sheet"].lower().replace(" ", "-"):
                 {field["name"] for field in kind["fields"] if field["type"] == "text"}
                 for kind in kinds()}
        for sheet, (headings, rows) in workbook.items():
            for row in rows:
                for column, heading in enumerate(headings):
                    if heading.lower().replace(" ", "_") in texts.get(sheet, ()) and row[column]:
                        row[column] += " " + next(turn)
                        self.written.append(row[column])

    def site_with(self, change=None):
        self.bring("harbour-broken", "harbour", change)
        self.done("diagnose")
        site = Site(self.url, self)
        wait_until(lambda: self.sql("select count(*) from diagnosis_part where part = 'map.svg'") == [["1"]])
        return site

    def pages(self, client):
        """Every page that is linked from the home of the programme."""
        found, waiting = {}, ["/p/harbour"]
        while waiting:
            address = waiting.pop(0)
            if address in found or not address.startswith("/p/harbour") or len(found) > 300:
                continue
            found[address] = client.get(address)
            self.assertEqual(found[address].status, 200, address)
            if found[address].headers.get_content_type() == "text/html":
                waiting += [link.partition("#")[0] for link in found[address].links]
        return {address: page for address, page in found.items()
                if page.headers.get_content_type() == "text/html"}

    def decide(self, client, text):
        address = "/p/harbour/finding/A2%2Fshared-budget"
        page = client.get(address)
        page = client.submit(page, address, what="set aside", reason=text, review="31 December 2990")
        self.assertEqual(page.status, 303)

    def test_it_is_shown_and_not_obeyed(self):
        plain = self.site_with()
        plain.join("harbour", "lead", record="gp-lead", name="Lead")
        client = plain.sign_in("lead")
        page = client.get("/p/harbour/diagnosis/share")
        client.submit(page, "/p/harbour/diagnosis/share")
        self.decide(client, "because")
        usual = {mark for page in self.pages(client).values() for mark in Marks(page.text).found}
        plain.stop()

        site = self.site_with(self.change)
        self.assertGreater(len(self.written), 200)
        site.join("harbour", "team", record="gp-manager", name=" ".join(HOSTILE))
        self.sql("update person set email = '<script>alert(2)</script>' where email like 'team%'")
        for who in ("lead", "team"):
            client = site.sign_in(who)
            if who == "lead":
                self.decide(client, " ".join(HOSTILE))
            pages = self.pages(client)
            self.assertGreater(len(pages), 10)
            for address, page in pages.items():
                with self.subTest(who=who, address=address):
                    self.marks_are_usual(page, usual)
            words = " ".join(page.words for page in pages.values())
            for text in HOSTILE:  # as they were written
                self.assertIn(" ".join(text.split()), words)

    def marks_are_usual(self, page, usual):
        marks = Marks(page.text)
        self.assertEqual(marks.found - usual, set())
        self.assertEqual(marks.loose, [])
        for address in marks.addresses:
            self.assertRegex(address, r"\A(/(?!/)|#|\?|https?://|mailto:|width=device-width)")
        self.assertNotIn("evil.example", "".join(marks.addresses))

    def test_nor_what_is_in_an_address_or_a_form(self):
        site = self.site_with()
        site.join("harbour", "lead")
        client, stranger = site.sign_in("lead"), site.client()
        finding = "/p/harbour/finding/A2%2Fshared-budget"
        shown = list(self.pages(client).values())
        shown += [client.get("/link/none"), client.post(finding, {}),  # as messages and errors look
                  stranger.get("/sign-in")]
        usual = {mark for page in shown for mark in Marks(page.text).found}
        for text in HOSTILE:
            encoded = urllib.parse.quote(text, safe="")
            for address in (f"/p/{encoded}", f"/p/harbour/finding/{encoded}", f"/{encoded}",
                            f"/p/harbour/diagnosis?show={encoded}&level={encoded}&{encoded}={encoded}",
                            f"{finding}?saved={encoded}", f"/link/{encoded}", f"/sign-in?to={encoded}", f"/sign-in?to=/p/{encoded}",
                            f"/p/harbour?{encoded}"):
                with self.subTest(address):
                    page = (stranger if address.startswith("/sign-in") else client).get(address)
                    self.assertIn(page.status, (200, 404))
                    self.marks_are_usual(page, usual)
            form = client.get(finding).form(finding)
            page = client.post(finding, {name: text for name in form.fields if name != "form-token"})
            self.assertIn(page.status, (400, 409))
            self.marks_are_usual(page, usual)
            self.assertIn(" ".join(text.split()), page.words)
