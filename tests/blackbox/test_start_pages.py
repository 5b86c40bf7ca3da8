"""From an empty programme to its first diagnosis: what is answered becomes records, once, and what is found is
true of the story that was told."""
import datetime
import re

from serving import People, Site
from stores import on_both, wait_until

PLACE = "/p/falls-prevention"
START = f"{PLACE}/start"
ORGANISATIONS = "Ansel Hospital Trust\nAnsel Council\nHarbour Carers, voluntary sector\r\nQuay Street Practice\n\n"
PEOPLE = """Medical director, Hospital, doctor
Operations manager, Ansel Hospital Trust, manager
Chief executive, Hospital, manager
Programme manager, Hospital, manager
Head of adult care, Council, social worker
Director of services, Council, manager
Finance officer, Council, officer
Senior partner, Quay, GP
Practice manager, Quay, manager
District nurse, Quay Street Practice, nurse
Carer representative, Carers, carer
Charity manager, Carers, manager
"""
TEAM = ["Medical-director", "Operations-manager", "Head-of-adult-care", "Senior-partner", "Carer-representative"]
HOSPITAL, COUNCIL, CARERS, QUAY = ("Ansel-Hospital-Trust", "Ansel-Council", "Harbour-Carers",
                                   "Quay-Street-Practice")
SITE_DAY = datetime.date.today()


def long_ago(days):
    return (SITE_DAY - datetime.timedelta(days=days)).isoformat()


class Beginning:
    def setUp(self):
        super().setUp()
        self.prepare(self.make)
        self.site = Site(self.url, self, web_workers=1)
        self.lead = self.site.sign_in("lead")

    def make(self):
        """Whoever looks after the site begins it; nothing is written down but its name."""
        self.done("migrate")
        site = Site(self.url, self, web_workers=1)
        keeper = site.sign_in("administrator")
        page = keeper.submit(keeper.get("/site"), "/site/programme", begin_name="Falls prevention",
                             begin_started="March 2025")
        self.assertEqual((page.status, page.location), (303, "/site?said=begun&programme=falls-prevention#invite"))
        People(self.url).join("falls-prevention", "lead", login="lead")
        People(self.url).join("falls-prevention", "team", login="team")
        site.stop()

    # ---- answering ----

    def page(self, question):
        return self.lead.get(f"{START}/{question}")

    def send(self, question, **fields):
        page = self.page(question)
        self.assertEqual(page.status, 200, page.text)
        return self.lead.submit(page, f"{START}/{question}", **fields)

    def answer(self, question, **fields):
        sent = self.send(question, **fields)
        self.assertEqual(sent.status, 303, sent.words)
        return sent.location

    def decides(self, decision, all_of_them=None, **by_organisation):
        """Fields of one decision, to be handed to answer()."""
        places = {"hospital": HOSPITAL, "council": COUNCIL, "carers": CARERS, "quay": QUAY}
        fields = {f"decides:{decision}:{places[name]}": who for name, who in by_organisation.items()}
        if all_of_them:
            fields[f"decides:{decision}:"] = all_of_them
        return fields

    def first_three(self, decisions):
        self.answer("organisations", lines=ORGANISATIONS)
        self.answer("people", lines=PEOPLE)
        self.answer("decisions", lines=decisions)

    def seats(self, people):
        return {f"sits-{person}": "yes" for person in people}

    # ---- what came of it ----

    def count(self, kind):
        return int(self.sql(f"select count(*) from record where kind = '{kind}' and until is null")[0][0])

    def content(self, kind):
        return " ".join(row[0] for row in self.sql(f"select content from record where kind = '{kind}' and until is null"))

    def revision(self):
        return int(self.sql("select revision from programme where key = 'falls-prevention'")[0][0])

    def findings(self):
        self.done("diagnose", "--programme", "falls-prevention")
        return {finding["id"] for finding in self.asked("check", "--programme", "falls-prevention")["findings"]}


@on_both
class TheWholePath(Beginning):
    def test_troubles_are_found_and_nothing_else(self):
        self.first_three(f"Name the service\nStart the pilot, {long_ago(40)}\nShare the record\nPay for nights\n"
                         "Move the clinic")
        self.answer("team", remit="Fewer falls", powers="recommends", chair="?unclear", votes="all", rhythm="28",
                    met=long_ago(90), **{"met-last": "yes", "all": "yes"}, **self.seats(TEAM))
        self.answer("who-decides", **self.decides("Name-the-service", "team/Falls-prevention-team"),
                    **self.decides("Start-the-pilot", "team/Falls-prevention-team", hospital="person/Chief-executive"),
                    **self.decides("Share-the-record", hospital="person/Chief-executive", council="?nobody",
                                   quay="person/Senior-partner", carers="?out"),
                    **self.decides("Pay-for-nights", hospital="person/Chief-executive",
                                   council="person/Director-of-services", quay="person/Senior-partner"),
                    **self.decides("Move-the-clinic", "?nobody"))
        page = self.page("who-tells")
        self.assertIn("Ansel Hospital Trust: Chief executive", page.words)
        self.assertNotIn("Senior partner:", page.words)  # sits in the team
        self.answer("who-tells", **{f"tells:{HOSPITAL}": "Medical-director", f"tells:{COUNCIL}": "?nobody"})
        self.answer("who-leads", lines="Programme manager, programme lead, 3\nMedical director, clinical lead, 0\n"
                                       "Nobody, management lead, Hospital")
        last = self.answer("vision", written="no", centred="partly",
                           **{f"agreed:{HOSPITAL}": "agreed", f"agreed:{COUNCIL}": "not asked"})
        self.assertEqual(last, f"{START}/diagnosis")
        self.assertEqual(self.findings(), {
            "A1/Share-the-record", "A1/Move-the-clinic", f"A2/Start-the-pilot/{HOSPITAL}",
            "A3/Director-of-services", "A5/Start-the-pilot", "A8/Falls-prevention-team",
            f"A10/Clinical-lead-{HOSPITAL}", "C5/Falls-prevention-team",
            f"C10/Clinical-lead-{HOSPITAL}", "D1", f"D2/{COUNCIL}/vision", "D3/vision"})

    def good_order(self):
        self.first_three("Name the service\nStart the pilot, 31 December 2990\n")
        everybody = [*TEAM, "Director-of-services", "Chief-executive", "Charity-manager"]
        self.answer("team", remit="Fewer falls", powers="recommends", chair="Medical-director", votes="all",
                    rhythm="28", met=long_ago(7), **{"met-last": "yes", "all": "yes"}, **self.seats(everybody))
        self.answer("who-decides", **self.decides("Name-the-service", "team/Falls-prevention-team"),
                    **self.decides("Start-the-pilot", hospital="person/Chief-executive", quay="person/Senior-partner",
                                   council="person/Director-of-services", carers="person/Charity-manager"))
        self.assertIn("There is nobody to ask about", self.page("who-tells").words)
        self.answer("who-leads", lines="Medical director, clinical lead, 1\nOperations manager, management lead, 0.5")
        self.answer("vision", written="yes", centred="yes",
                    **{f"agreed:{place}": "agreed" for place in (HOSPITAL, COUNCIL, CARERS, QUAY)})

    def test_in_good_order_nothing_is_found(self):
        self.good_order()
        self.assertEqual(self.findings(), set())
        page = self.lead.get(START)
        self.assertIn("8 of 8 answered", page.words)
        self.assertIn("You have answered all questions", page.words)
        self.assertNotIn("Begin here", self.lead.get(PLACE).words)
        self.assertIn("Nothing is found so far that needs mending", self.page("diagnosis").words)

    def test_not_sure_claims_nothing(self):
        self.first_three("Name the service\nStart the pilot\n")
        self.answer("team", **self.seats(TEAM))
        before = self.revision()
        self.answer("who-decides")  # as it stands: not sure
        self.assertEqual(self.revision(), before)
        self.answer("who-decides", **self.decides("Name-the-service", hospital="person/Chief-executive"))
        self.answer("who-tells")
        self.assertEqual((self.count("message_route"), self.count("coverage")), (0, 0))
        self.assertEqual(self.findings(), set())

    def test_one_question_after_the_other(self):
        page = self.lead.get(PLACE)
        self.assertIn("Nothing is written down yet", page.words)
        self.assertIn("Begin here", page.words)
        self.assertNotIn("findings open", page.words)
        page = self.lead.get(START)
        self.assertIn("0 of 8 answered", page.words)
        self.assertIn("Another question comes before this one", self.page("team").words)
        self.assertEqual(self.answer("organisations", lines=ORGANISATIONS), f"{START}/people")
        sectors = self.content("organisation")
        for sector in ("hospital care", "social care", "voluntary sector", "primary care"):
            self.assertIn(sector, sectors)
        self.assertIn("Go on: 1 of 8 answered", self.lead.get(PLACE).words)
        self.assertEqual(self.answer("people", lines=PEOPLE), f"{START}/team")
        self.assertEqual(self.count("person"), 12)
        for profession in ("doctor", "social worker", "nurse", "none"):
            self.assertIn(f'"{profession}"', self.content("person"))

    def test_the_diagnosis_grows_and_is_never_behind_unsaid(self):
        self.answer("organisations", lines=ORGANISATIONS)
        self.answer("people", lines=PEOPLE)
        page = self.lead.get(START)
        if "Refresh" in page.headers:
            self.assertIn("It is looking at what you wrote", page.words)
            self.assertNotIn("to mend", page.words)
        wait_until(lambda: "Refresh" not in self.lead.get(START).headers)
        self.assertIn("Nothing can be told yet", self.lead.get(START).words)
        self.answer("team", chair="?unclear", **self.seats(TEAM))
        wait_until(lambda: "Through the last answer" in self.page("team").words)
        page = self.page("team")
        self.assertIn("1 thing to mend", page.words)
        self.assertIn("1 new thing: It is not clear who chairs Falls prevention team.", page.words)
        self.assertRegex(page.words, r"\d+ questions wait for more records")
        self.assertNotIn("Refresh", page.headers)  # what is typed would be lost
        self.answer("team", chair="Medical-director")
        wait_until(lambda: "1 closed" in self.page("team").words)
        result = self.page("diagnosis")
        self.assertIn("0 things to mend", result.words)


@on_both
class Answering(Beginning):
    def test_the_same_again_makes_no_twins(self):
        page = self.page("organisations")
        for _ in range(2):  # the same form, and then the page anew
            sent = self.lead.submit(page, f"{START}/organisations", lines=ORGANISATIONS)
            self.assertEqual(sent.status, 303)
        self.answer("organisations", lines=ORGANISATIONS + "ANSEL COUNCIL")
        self.assertEqual(self.count("organisation"), 4)

    def test_the_form_comes_back_as_it_was_saved(self):
        self.first_three("Start the pilot")
        given = {"remit": "Fewer falls", "powers": "recommends", "chair": "Medical-director", "votes": "all",
                 "user": "Carer-representative", "rhythm": "14", "all": "yes", **self.seats(TEAM)}
        self.answer("team", met=long_ago(3), **given)
        kept = self.page("team").form(f"{START}/team").fields
        for name, value in given.items():
            self.assertEqual(kept[name], value, name)
        self.assertNotIn("sits-Finance-officer", kept)
        before = self.revision()
        self.answer("team")
        self.assertEqual(self.revision(), before)
        given = self.decides("Start-the-pilot", hospital="person/Chief-executive", council="?nobody", quay="?nobody")
        self.answer("who-decides", **given)
        kept = self.page("who-decides").form(f"{START}/who-decides").fields
        for name, value in given.items():
            self.assertEqual(kept[name], value, name)
        self.assertEqual(kept[f"decides:Start-the-pilot:{CARERS}"], "")

    def test_who_decides_can_be_corrected(self):
        self.first_three("Start the pilot")
        self.answer("who-decides", **self.decides("Start-the-pilot", hospital="person/Chief-executive",
                                                  council="?nobody", quay="?out", carers="?out"))
        self.answer("who-decides", **self.decides("Start-the-pilot", hospital="person/Medical-director",
                                                  council="person/Finance-officer", quay="?out", carers="?out"))
        rights = self.content("decision_right")
        self.assertEqual(self.count("decision_right"), 2)
        self.assertNotIn("Chief-executive", rights)
        self.assertNotIn("not settled", self.content("decision"))
        self.answer("who-decides", **self.decides("Start-the-pilot", "person/Chief-executive", hospital="", council=""))
        self.assertEqual(self.count("decision_right"), 2)  # in the two that it concerns
        self.assertEqual(self.findings(), set())

    def test_what_cannot_be_told_is_said_with_its_line(self):
        self.answer("organisations", lines=ORGANISATIONS)
        sent = self.send("people", lines="Director, Ansel Council\nNurse, Nowhere <b>\n")
        self.assertEqual(sent.status, 400)
        self.assertIn("Line 2: there is no organisation called “Nowhere <b>”", sent.words)
        self.assertIn("Director, Ansel Council", sent.text)
        self.assertEqual(self.count("person"), 0)
        self.answer("people", lines=PEOPLE)
        for line, words in (("Clinical lead", "write programme lead"), ("Nobody at all, clinical lead", "nobody called"),
                            ("Finance officer, clinical lead, many", "as a number"),
                            ("Nobody, clinical lead, Nowhere", "no organisation called")):
            sent = self.send("who-leads", lines=f"Medical director, clinical lead, 1\n{line}")
            self.assertEqual(sent.status, 400)
            self.assertIn("Line 2: ", sent.words)
            self.assertIn(words, sent.words)
        self.assertEqual(self.count("post"), 0)

    def test_all_of_them_is_believed_only_where_it_can_be(self):
        self.answer("organisations", lines=ORGANISATIONS)
        self.answer("people", lines="Medical director, Hospital\nFinance officer, Council")
        given = {"all": "yes", **self.seats(["Medical-director"])}
        sent = self.send("team", **given)
        self.assertEqual(sent.status, 400)
        self.assertIn("say who of them uses services, or “Nobody”", sent.words)
        self.assertIn("checked", re.search(r'<input[^>]*name="all"[^>]*>', sent.text).group())
        self.assertEqual(self.count("team"), 0)
        self.answer("team", user="?nobody", **given)
        self.assertIn('"Team members"', self.content("coverage"))
        self.assertEqual(self.findings() & {"R5", "R4/social+care"}, {"R5", "R4/social+care"})
        page = self.lead.submit(self.page("team"), f"{START}/team", all=None)
        self.assertEqual(page.status, 303)
        self.assertIn('"partly kept"', self.content("coverage"))
        self.assertEqual(self.findings(), set())

    def test_nobody_is_given_a_seat_in_silence(self):
        self.answer("organisations", lines=ORGANISATIONS)
        self.answer("people", lines=PEOPLE)
        given = self.seats(["Medical-director"])
        self.assertEqual(self.page("team").form(f"{START}/team").fields["user"], "Carer-representative")
        for more in ({"user": "District-nurse"}, {"all": "yes"}):
            sent = self.send("team", **given, **more)
            self.assertEqual(sent.status, 400)
            self.assertIn("is not ticked above", sent.words)
        self.answer("team", **given)  # put forward, and not ticked
        self.assertEqual(self.count("team_member"), 1)
        self.answer("team", everybody="yes")
        self.assertEqual(self.count("team_member"), 12)
        self.assertEqual(self.content("team_member").count('"carer"'), 1)

    def test_a_day_that_is_none(self):
        self.answer("organisations", lines=ORGANISATIONS)
        self.answer("people", lines=PEOPLE)
        for met, words in (("soon", "Write a day"), ("2990-01-01", "still to come")):
            sent = self.send("team", met=met)
            self.assertEqual(sent.status, 400)
            self.assertIn(words, sent.words)
        sent = self.send("team", **{"met-last": "yes"})
        self.assertIn("do not tick that it has not met", sent.words)
        self.assertEqual(self.count("meeting"), 0)

    def test_nothing_written_or_no_such_question(self):
        self.answer("organisations", lines=ORGANISATIONS)
        self.assertEqual(self.send("people", lines=" ").status, 400)
        self.assertEqual(self.page("nothing").status, 404)
        self.assertEqual(self.lead.post(f"{START}/nothing", {"lines": "x"}).status, 404)
        sent = self.send("people", lines="a\x07b")
        self.assertEqual(sent.status, 400)
        self.assertIn("control character", sent.words)
        sent = self.send("people", lines="\n".join(f"Role {n}" for n in range(201)))
        self.assertIn("more than 200", sent.words)
        self.assertEqual(self.count("person"), 0)
        self.assertEqual(self.site.sign_in("team").get(START).status, 403)

    def test_somebody_else_saves_meanwhile(self):
        self.answer("organisations", lines=ORGANISATIONS)
        page = self.page("people")
        self.answer("people", lines="Medical director, Hospital")
        self.assertEqual(self.lead.submit(page, f"{START}/people", lines="Finance officer, Council\n"
                                          "Medical director, Hospital").status, 303)
        self.assertEqual(self.count("person"), 2)


@on_both
class ElsewhereBegun:
    """The questions asked about a programme that came in as a workbook."""

    def setUp(self):
        super().setUp()
        self.prepare(self.make)
        self.site = Site(self.url, self, web_workers=1)
        self.lead = self.site.sign_in("lead")

    def make(self):
        self.bring("harbour-broken")
        People(self.url).join("harbour", "lead", login="lead")

    def revision(self):
        return self.sql("select revision from programme where key = 'harbour'")

    def test_what_is_saved_as_it_stands_changes_nothing(self):
        before, start = self.revision(), "/p/harbour/start"
        self.assertNotIn(start, self.lead.get("/p/harbour").text)  # nobody is asked to begin
        for question in ("team", "who-decides", "who-tells", "vision"):
            page = self.lead.get(f"{start}/{question}")
            self.assertEqual(page.status, 200)
            sent = self.lead.submit(page, f"{start}/{question}")
            self.assertEqual((question, sent.status, sent.words), (question, 303, ""))
            self.assertEqual(self.revision(), before, question)

    def test_one_answer_changes_that_and_no_more(self):
        address = "/p/harbour/start/who-decides"
        page = self.lead.get(address)
        name = next(field for field, value in page.form(address).fields.items()
                    if field.startswith("decides:") and value.startswith("post/"))
        decision = name.split(":")[1]
        other = next(who for who in page.form(address).choices[name] if who.startswith("person/"))
        self.assertEqual(self.lead.submit(page, address, **{name: other}).status, 303)
        changed = self.sql("select kind, content from record where revision = 2 or until = 2")
        self.assertLessEqual({kind for kind, _ in changed}, {"decision", "decision_right"})
        self.assertTrue(all(f'"{decision}"' in content for _, content in changed), changed)
        self.assertEqual(self.lead.get(address).form(address).fields[name], other)


@on_both
class NewProgrammes(Beginning):
    def test_one_form_begins_one_programme(self):
        keeper = self.site.sign_in("administrator")
        page = keeper.get("/site")
        for _ in range(2):
            sent = keeper.submit(page, "/site/programme", begin_name="Falls prevention", begin_started="")
            self.assertEqual(sent.location, "/site?said=begun&programme=falls-prevention-2#invite")
        self.assertEqual(self.sql("select count(*) from programme"), [["2"]])
        page = keeper.get(sent.location.partition("#")[0])
        self.assertIn("Now say below who leads it", page.words)
        self.assertEqual(page.form("/site").fields["programme"], "falls-prevention-2")

    def test_what_is_wrong_is_said(self):
        keeper = self.site.sign_in("administrator")
        for name, started, words in (("", "", "Write what people call"), ("x" * 201, "", "200 letters"),
                                     ("Pilot", "when it was ready", "such as March 2026")):
            sent = keeper.submit(keeper.get("/site"), "/site/programme", begin_name=name, begin_started=started)
            self.assertEqual(sent.status, 400)
            self.assertIn("No programme was begun yet", sent.words)
            self.assertIn(words, sent.words)
            self.assertEqual(sent.form("/site/programme").fields["begin-started"], started)
        self.assertEqual(self.sql("select count(*) from programme"), [["1"]])
        self.assertEqual(self.lead.post("/site/programme", {"begin-name": "Mine"}).status, 404)

    def test_an_empty_programme_is_kept_like_any_other(self):
        self.done("backup", self.folder / "kept.db")
        self.assertEqual(self.findings(), set())
        for page in ("diagnosis", "decisions", "map", "records", "coverage", "history", "meetings", "steps"):
            self.assertEqual(self.lead.get(f"{PLACE}/{page}").status, 200, page)
