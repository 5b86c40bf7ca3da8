"""Meetings in the browser, from the agenda to the minutes; the lists of actions; wins."""
import datetime

from stores import on_both, wait_until
from test_record_pages import Records

PLAN = "/p/harbour/meetings/plan"
TODAY = datetime.date.today()
SAID_TODAY = f"{TODAY.day} {TODAY:%B %Y}"
MEETING = f"/p/harbour/meeting/project-team-{TODAY}"
HOLD = f"{MEETING}/hold"
MINUTES = "He said **yes**.\n\n<script>alert(1)</script>\n\n[x](javascript:alert(1)) ![map](https://elsewhere.example/x.png)"


class Meeting(Records):
    def planned(self):
        page = self.lead.submit(self.lead.get(PLAN), PLAN, team="project-team", day=SAID_TODAY,
                                agenda="Parking\nThe winter")
        self.assertEqual((page.status, page.location), (303, f"{MEETING}?planned=1"), page.text)
        return self.lead.get(page.location)

    def held(self, page=None, do="save", **fields):
        fields = {name.replace("__", ":", 1).replace("__", "-"): value for name, value in fields.items()}
        return self.lead.submit(page or self.lead.get(HOLD), HOLD, do=do, **fields)


@on_both
class FromAgendaToMinutes(Meeting):
    poll_seconds = 1

    def open_findings(self):
        return [found["id"] for found in self.asked("findings", "--programme", "harbour")["findings"]
                if found["state"] == "open"]

    def test_a_meeting_is_planned_held_and_closed_and_a_finding_goes(self):
        self.assertIn("C6/project-team", self.open_findings())
        page = self.planned()
        for words in ("Plan the winter with the region", "Overdue", "Parking", "The winter"):
            self.assertIn(words, page.words)
        self.assertNotIn("/finding/C6", page.text)  # it was not shared yet
        share = "/p/harbour/diagnosis/share"
        self.lead.submit(self.lead.get(share), share)
        self.assertIn("/p/harbour/finding/C6%2Fproject-team", self.lead.get(MEETING).links)
        page = self.held(presence__geriatrician="present", **{"minutes-spoken:geriatrician": "5"}, presence__gp__lead="apologies",
                         outcome__winter__plan="done", words__winter__plan="The region agreed")
        self.assertEqual((page.status, page.location), (303, f"{HOLD}?saved=1"), page.text)
        self.assertEqual(self.revisions(), 2)  # the draft is none of the records
        page = self.held(self.lead.get(page.location), do="close", decision__1="We share one car",
                         action__1="Buy the car", owner__1="gp-lead", due__1="31 March 2990", notes=MINUTES)
        self.assertEqual((page.status, page.location), (303, f"{MEETING}?closed=1"), page.text)
        self.assertEqual(self.revisions(), 3)  # all of it at once
        page = self.lead.get(page.location)
        for words in ("Geriatrician", "present", "Plan the winter with the region: done. The region agreed",
                      "We share one car", "Buy the car", "by 31 March 2990"):
            self.assertIn(words.lower(), page.words.lower())
        shown = page.text.partition("ithaca-minutes")[2].partition("<textarea")[0]
        for bad in ("<script", "javascript:", "<img", "elsewhere.example"):
            self.assertNotIn(bad, shown)
        self.assertIn("<strong>yes</strong>", shown)
        self.assertIn('"presence":"present","minutes_spoken":"5"',
                      self.content("attendance", f"project-team-{TODAY}/geriatrician"))
        action = self.content("action", "winter-plan")
        for words in (f'"done":"{TODAY}"', f'"reported_back":"{TODAY}"', "The region agreed"):
            self.assertIn(words, action)
        self.assertIn(f'"meeting":"project-team-{TODAY}"', self.content("action", "buy-the-car"))
        self.assertIn('"taken_by_team":"project-team"', self.content("decision", "we-share-one-car"))
        self.assertEqual(self.sql("select count(*) from meeting_draft")[0][0], "0")
        self.assertEqual(self.lead.get(HOLD).location, MEETING)
        self.assertIn("Buy the car", self.lead.get("/p/harbour/actions?show=organisation").words)
        page = self.client("sponsor").get(MEETING)  # no records, and so no actions
        self.assertIn("We share one car", page.words)
        for words in ("Buy the car", "Plan the winter with the region"):
            self.assertNotIn(words, page.text)
        wait_until(lambda: "C6/project-team" not in self.open_findings())


@on_both
class Writing(Meeting):
    def test_nothing_is_lost_where_two_write(self):
        self.planned()
        first, second = self.lead.get(HOLD), self.lead.get(HOLD)
        self.assertEqual(self.held(first, notes="One", action__1="Ring them").status, 303)
        page = self.held(second, notes="Two", decision__1="We go on")
        self.assertEqual(page.status, 409)
        self.assertIn("Theirs: “One” Yours: “Two”", page.words)
        form = page.form(HOLD).fields
        self.assertEqual((form["notes"].strip(), form["action:1"], form["decision:1"]),
                         ("Two", "Ring them", "We go on"))
        self.assertEqual(self.held(page, notes="One. Two").status, 303)
        form = self.lead.get(HOLD).form(HOLD).fields
        self.assertEqual((form["notes"].strip(), form["action:1"], form["decision:1"]),
                         ("One. Two", "Ring them", "We go on"))

    def test_each_field_is_chosen_by_itself(self):
        self.planned()
        first, second = self.lead.get(HOLD), self.lead.get(HOLD)
        self.held(first, notes="One", action__1="Ring them", outcome__winter__plan="done", words__winter__plan="It is")
        page = self.held(second, notes="Two", action__1="Write to them", outcome__winter__plan="open",
                         words__winter__plan="It is not")
        self.assertEqual(page.status, 409)
        for words in ("Theirs: “Done” Yours: “Still open”", "Theirs: “It is” Yours: “It is not”",
                      "Theirs: “Ring them” Yours: “Write to them”", "Theirs: “One” Yours: “Two”"):
            self.assertIn(words, page.words)
        self.held(page, **{"keep:notes": "both", "keep:action:1": "theirs", "keep:outcome:winter-plan": "theirs"})
        form = self.lead.get(HOLD).form(HOLD).fields
        self.assertEqual([form[name].strip().replace("\r", "") for name in
                          ("notes", "action:1", "outcome:winter-plan", "words:winter-plan")],
                         ["One\n\nTwo", "Ring them", "done", "It is not"])

    def test_what_is_typed_when_another_closes_comes_back(self):
        self.planned()
        first, second = self.lead.get(HOLD), self.lead.get(HOLD)
        self.assertEqual(self.held(first, do="close", notes="One").location, f"{MEETING}?closed=1")
        self.assertEqual(self.held(first, do="close", notes="One").location, MEETING)  # sent twice
        page = self.held(second, action__1="Write to them", owner__1="gp-lead", notes="Two")
        self.assertEqual(page.status, 409)
        for words in ("What is to be done (1): Write to them", "Notes: Two"):
            self.assertIn(words, page.words)
        self.assertEqual(self.revisions(), 3)

    def test_two_who_change_the_agenda_see_both(self):
        self.planned()
        change = f"{MEETING}/agenda"
        first, second = self.lead.get(MEETING), self.lead.get(MEETING)
        self.assertEqual(self.lead.submit(first, change, agenda="Parking\nMoney").status, 303)
        self.assertEqual(self.lead.submit(first, change, agenda="Parking\nMoney").status, 303)  # sent twice
        page = self.lead.submit(second, change, agenda="Parking\nThe winter\nCars")
        self.assertEqual(page.status, 409)
        self.assertIn("Parking Money Yours, not saved yet Parking The winter Cars", page.words)
        self.assertIn('"agenda":"Parking\\nMoney"', self.content("meeting", f"project-team-{TODAY}"))
        both, mine, theirs = [form for form in page.forms if form.action == change]
        self.assertEqual(self.lead.post(change, both.fields, token=None).status, 303)
        self.assertEqual(self.lead.get(MEETING).form(change).fields["agenda"].split("\n"),
                         ["Parking", "Money", "The winter", "Cars"])
        page = self.lead.post(change, mine.fields, token=None)  # by the Back button: not unseen
        self.assertEqual(page.status, 409)

    def test_what_does_not_hold_closes_nothing_and_stays(self):
        self.planned()
        before = self.revisions()
        page = self.held(do="close", action__1="Ring them", due__1="whenever it suits", notes="Long talk")
        self.assertEqual(page.status, 400)
        self.assertIn("The meeting is not closed yet; what you wrote is kept", page.words)
        self.assertEqual(self.revisions(), before)
        self.assertIsNone(self.content("action", "ring-them"))
        self.assertEqual(self.held(page, do="close", due__1="").status, 303)
        self.assertIsNotNone(self.content("action", "ring-them"))

    def test_who_is_erased_is_taken_out_of_what_is_not_closed_yet(self):
        self.planned()
        self.held(presence__gp__lead="present", owner__1="gp-lead", action__1="Ask the general practitioner, Harbour Road",
                  words__winter__plan="gp-lead said no")
        self.done("person", "export", "harbour/gp-lead", self.folder / "held.txt")
        held = (self.folder / "held.txt").read_text()
        self.assertRegex(held, r"(?s)not closed yet.*presence: present.*owner: gp-lead")
        self.done("person", "erase", "harbour/gp-lead", "--reason", "Asked for")
        kept = str(self.sql("select field, value from meeting_draft"))
        self.assertNotIn("gp-lead", kept)
        self.assertRegex(kept, "presence:person-[0-9a-z]+', 'present'")


@on_both
class Wins(Records):
    def test_a_win_is_marked_shown_and_celebrated(self):
        new = "/p/harbour/wins/new"
        page = self.lead.submit(self.lead.get(new), new, title="", day="31 March 2990")
        self.assertEqual(page.status, 400)
        self.assertIn("This day is still to come", page.words)
        page = self.lead.submit(page, new, title="First visit on a Sunday", day=SAID_TODAY,
                                thanks_to="The falls team", matters_to="People who fall at weekends")
        self.assertEqual(page.location, "/p/harbour/win/first-visit-on-a-sunday?added=1", page.text)
        page = self.lead.get(page.location)
        self.assertIn("Thank you to: The falls team", page.text)
        address = "/p/harbour/win/first-visit-on-a-sunday/marked"
        self.assertEqual(self.lead.submit(page, address).status, 303)
        self.assertIn(f'"celebrated":"{TODAY}"', self.content("milestone", "first-visit-on-a-sunday"))
        sponsor = self.client("sponsor")
        self.assertIn("First visit on a Sunday", sponsor.get("/p/harbour/wins").words)
        page = sponsor.get("/p/harbour/win/first-visit-on-a-sunday")
        self.assertIn("People who fall at weekends", page.words)
        self.assertNotIn(address, page.text)
        self.assertEqual(sponsor.get("/p/harbour/win/weekends").status, 404)  # still to come


@on_both
class Actions(Records):
    def test_each_list_shows_its_own(self):
        page = self.lead.get("/p/harbour/actions")
        self.assertIn("Mine (1)", page.words)
        self.assertIn("Overdue (1)", page.words)
        self.assertIn("/p/harbour/action/winter-plan", page.links)
        self.assertNotIn("A day for all volunteers", page.words)
        page = self.lead.get("/p/harbour/actions?show=organisation")
        self.assertIn("/p/harbour/record/action/volunteer-day", page.links)
        self.assertNotIn("Make one referral form out of five", page.words)
        self.assertIn("Make one referral form out of five",
                      self.lead.get("/p/harbour/actions?show=all").words)
        self.assertEqual(self.client("sponsor").get("/p/harbour/actions").status, 403)
