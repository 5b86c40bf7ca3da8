"""From an empty programme to its first diagnosis: what is typed becomes records, once."""
from serving import People, Site, made_ready
from stores import on_both, wait_until

START = "/p/harbour/start"
ORGANISATIONS = "Ansel Hospital Trust\nAnsel Council\nHarbour Carers, voluntary sector\r\nQuay Street Practice\n\n"
PEOPLE = "".join(f"Role {n}, {('Ansel Hospital Trust', 'Ansel Council', 'Harbour Carers')[n % 3]}\n" for n in range(12))
DECISIONS = "".join(f"Question {n}\n" for n in range(5))
MOST_ACTIONS = 60


def almost_empty(workbook):
    """A programme comes into a database with one organisation at least."""
    for name, (_, rows) in workbook.items():
        if name == "organisations":
            del rows[1:]
            rows[0][1] = "Ansel Hospital Trust"
        elif name != "programme":
            rows.clear()


@on_both
class Starting:
    def setUp(self):
        super().setUp()
        self.prepare(self.make)
        self.site = Site(self.url, self, web_workers=1)
        self.lead = self.site.sign_in("lead")

    def make(self):
        self.bring("harbour", change=almost_empty)
        people = People(self.url)
        people.join("harbour", "lead", login="lead")
        people.join("harbour", "team", login="team")
        made_ready(self)

    def send(self, step, lines):
        address = f"{START}/{step}"
        return self.lead.submit(self.lead.get(address), address, lines=lines)

    def count(self, kind):
        return int(self.sql(f"select count(*) from record where kind = '{kind}' and until is null")[0][0])

    def revision(self):
        return int(self.sql("select revision from programme where key = 'harbour'")[0][0])

    def test_the_whole_way(self):
        self.assertIn(START, self.lead.get("/p/harbour").text)
        actions, before = 2, self.revision()  # "Begin here", and to the first question
        page = self.lead.get(START)
        self.assertIn(f"{START}/organisations", page.text)
        for step, lines in (("organisations", ORGANISATIONS), ("people", PEOPLE), ("decisions", DECISIONS)):
            sent = self.send(step, lines)
            self.assertEqual(sent.status, 303, sent.text)
            actions += 2  # the box and the button
        self.assertEqual(sent.location, START)
        actions += 1  # the diagnosis
        self.assertLessEqual(actions, MOST_ACTIONS)
        self.assertEqual([self.count(kind) for kind in ("organisation", "person", "decision")], [4, 12, 5])
        self.assertEqual(self.revision(), before + 3)
        sectors = " ".join(row[0] for row in self.sql("select content from record where kind = 'organisation'"))
        for sector in ("hospital care", "social care", "voluntary sector", "primary care"):
            self.assertIn(sector, sectors)
        wait_until(lambda: "has looked at all of it" in self.lead.get(START).words)
        self.assertNotIn(START, self.lead.get("/p/harbour").text)
        self.assertEqual(self.lead.get("/p/harbour/diagnosis").status, 200)

    def test_the_same_again_makes_no_twins(self):
        address = f"{START}/organisations"
        page = self.lead.get(address)
        for _ in range(2):  # the same form, and then the page anew
            self.assertEqual(self.lead.submit(page, address, lines=ORGANISATIONS).status, 303)
        self.assertEqual(self.send("organisations", ORGANISATIONS + "ANSEL COUNCIL").status, 303)
        self.assertEqual(self.count("organisation"), 4)

    def test_an_unknown_organisation_stops_all_with_its_line(self):
        self.send("organisations", ORGANISATIONS)
        sent = self.send("people", "Director, Ansel Council\nNurse, Nowhere <b>\n")
        self.assertEqual(sent.status, 400)
        self.assertIn("Line 2: there is no organisation called “Nowhere <b>”", sent.words)
        self.assertIn("Director, Ansel Council", sent.text)
        self.assertEqual(self.count("person"), 0)

    def test_nothing_written_or_no_such_question(self):
        self.assertEqual(self.send("people", " ").status, 400)
        self.assertEqual(self.lead.get(f"{START}/nothing").status, 404)
