"""What people find at home, in the steps and in the history; and what only the lead may find there."""
import datetime
import re

from serving import People, Site, made_ready
from stores import on_both, wait_until

LONG_AGO = "2020-01-31T09:00:00.000Z"


def day_in(days):
    return (datetime.date.today() + datetime.timedelta(days)).isoformat()


def long(day):
    date = datetime.date.fromisoformat(day)
    return f"{date.day} {date:%B %Y}"


def row_add(workbook, name, **cells):
    headings, rows = workbook[name]
    rows.append([cells.get(heading.lower().replace(" ", "_"), "") for heading in headings])


class Looked:
    """A programme in disorder, looked at on 30 June 2026, and today."""

    sample, change = "harbour-broken", None

    def setUp(self):
        super().setUp()
        self.prepare(self.make, self.sample, self.change)
        self.site = Site(self.url, self, web_workers=1)
        self.lead, self.sponsor = self.site.sign_in("lead"), self.site.sign_in("sponsor")

    def make(self):
        self.bring(self.sample, change=self.change)
        self.done("diagnose", "--day", "2026-06-30")
        self.done("diagnose")
        people = People(self.url)
        people.join("harbour", "lead", record="geriatrician")
        people.join("harbour", "sponsor")
        made_ready(self)

    def looks(self, n):
        wait_until(lambda: int(self.sql("select count(*) from diagnosis")[0][0]) >= n)

    def mend(self):
        """Everything is put in order, and looked at."""
        before = int(self.sql("select count(*) from diagnosis")[0][0])
        self.bring("harbour")
        self.looks(before + 1)

    def share(self):
        page = self.lead.get("/p/harbour/diagnosis/share")
        self.lead.submit(page, "/p/harbour/diagnosis/share")

    def visited(self, who="lead"):
        return self.sql("select visited_at, seen_before from member m join account a "
                        f"on a.person_id = m.person_id where a.login = '{who}'")[0]

    def was_here(self, at, who="lead"):
        """As if they had been here last at that time."""
        self.sql(f"update member set visited_at = '{at}', seen_before = null where person_id = "
                 f"(select person_id from account where login = '{who}')")


def agenda(workbook):
    row_add(workbook, "meetings", key="soon", team="project-team", held_on=day_in(3), state="planned")
    row_add(workbook, "meetings", key="off", team="project-team", held_on=day_in(1), state="cancelled")
    row_add(workbook, "meetings", key="later", team="board", held_on=day_in(20))
    row_add(workbook, "meetings", key="about", team="board", held_on="about " + day_in(2))
    row_add(workbook, "milestones", key="won", title="Wins <b>together</b>", type="win",
            reached=day_in(-2), state="reached")
    row_add(workbook, "milestones", key="dropped", title="A lost win", type="win", state="dropped")
    row_add(workbook, "actions", key="mine", title="Ring the council", owner="geriatrician",
            due=day_in(-1))
    row_add(workbook, "actions", key="next", title="Write it up", owner="geriatrician", due=day_in(9))
    row_add(workbook, "actions", key="done", title="Old promise", owner="geriatrician",
            due=day_in(-9), done=day_in(-8))
    row_add(workbook, "actions", key="theirs", title="Not yours", owner="nurse-consultant")


@on_both
class Home(Looked):
    @staticmethod
    def change(workbook):
        agenda(workbook)

    def test_what_is_next_and_what_was_promised(self):
        words = self.lead.get("/p/harbour").words
        self.assertIn(f"Next meeting {long(day_in(3))}, Harbour project team", words)
        self.assertIn(f"Last win Wins <b>together</b> ({long(day_in(-2))})", words)
        self.assertIn(f"Ring the council To do Due {long(day_in(-1))} Overdue", words)
        self.assertIn(f"Write it up To do Due {long(day_in(9))} What", words)
        self.assertNotIn("Old promise", words)
        self.assertNotIn("Not yours", words)
        sponsor = self.sponsor.get("/p/harbour").words
        self.assertIn("Next meeting", sponsor)
        self.assertNotIn("Ring the council", sponsor)

    def test_three_things_of_three_rules(self):
        links = re.findall(r'<li class="ithaca-first__item">\s*<h3[^>]*><a[^>]*finding/([^"%]+)%2F',
                           self.lead.get("/p/harbour").text)
        self.assertEqual(len(links), 3)
        self.assertEqual(len(set(links)), 3)
        first = self.done("check", "--programme", "harbour", code=1).stdout
        page = self.lead.get("/p/harbour").words
        for sentence in re.findall(r"(?m)^\d\. (.{20,50}) ", first.partition("First of all")[2])[:3]:
            self.assertIn(sentence, page)

    def test_each_outcome_leads_to_its_findings(self):
        home = self.lead.get("/p/harbour")
        for outcome in ("direction", "alignment", "commitment"):
            line = re.search(rf"{outcome.capitalize()}: (\d+) findings?, \d+ in order", home.words)
            link = next(link for link in home.links if f"outcome={outcome}" in link)
            self.assertIn(f"{line[1]} finding", self.lead.get(link.partition("#")[0]).words)

    def test_a_visit_is_noted_once_an_hour_and_not_by_those_who_may_not(self):
        wait_until(lambda: self.visited()[0])
        first = self.visited()
        self.assertEqual(first[1], "")
        self.lead.get("/p/harbour/diagnosis")
        self.lead.get("/p/harbour")
        self.assertEqual(self.visited(), first)
        self.assertNotIn("Since you were last here", self.lead.get("/p/harbour").words)
        self.was_here(LONG_AGO)
        self.lead.get("/p/harbour/nothing")
        self.lead.post("/p/harbour/finding/nothing", {"what": "accepted"})
        self.sponsor.get("/p/harbour")
        self.assertEqual(self.visited(), [LONG_AGO, ""])

    def test_since_you_were_last_here_stays_while_you_click_about(self):
        now = datetime.datetime.now(datetime.timezone.utc)
        self.was_here(f"{now - datetime.timedelta(minutes=1):%Y-%m-%dT%H:%M:%S.000Z}")
        self.mend()
        was = now - datetime.timedelta(hours=5)  # looked at before, as far as this visit knows
        self.sql(f"update diagnosis set made_at = '{was:%Y-%m-%dT%H}:00:00.000Z' where number < 3")
        before = f"{was + datetime.timedelta(minutes=59):%Y-%m-%dT%H:%M:00.000Z}"
        self.was_here(before)
        for _ in range(2):
            words = self.lead.get("/p/harbour").words
            self.assertIn(f"Since you were last here, on {long(before[:10])}", words)
            self.assertRegex(words, r"\d+ closed")
            wait_until(lambda: self.visited()[0] != before)
        self.assertEqual(self.visited()[1], before)

    def test_who_was_here_before_there_was_anything_to_see(self):
        self.was_here(LONG_AGO, "sponsor")
        words = self.sponsor.get("/p/harbour").words
        self.assertIn("has not shared a diagnosis yet", words)
        self.assertNotIn("Since you were last here", words)
        self.share()
        self.was_here(LONG_AGO, "sponsor")
        self.assertIn("There is a diagnosis for you now", self.sponsor.get("/p/harbour").words)


def without_time(workbook):
    """A role that has no time of its own: a private finding about whoever holds it."""
    headings, rows = workbook["post-holders"]
    for row in rows:
        if row[headings.index("Person")] == "gp-lead":
            row[headings.index("Days set aside")] = "0"


@on_both
class AboutYou(Looked):
    @staticmethod
    def change(workbook):
        without_time(workbook)

    def test_what_is_private_is_told_first_to_whom_it_is_about(self):
        self.site.join("harbour", "team", record="gp-lead")
        words = self.site.sign_in("team").get("/p/harbour").words
        self.assertIn("has not shared a diagnosis yet", words)
        self.assertIn("About you Only you and the programme lead can see this.", words)
        self.assertNotIn("About you", self.sponsor.get("/p/harbour").words)
        self.assertNotIn("About you", self.lead.get("/p/harbour").words)


@on_both
class Steps(Looked):
    def test_every_step_has_a_page(self):
        page = self.lead.get("/p/harbour/steps")
        links = [link for link in page.links if "/step/" in link]
        self.assertEqual(len(links), 8)
        answered = 0
        for number, link in enumerate(links, 1):
            step = self.lead.get(link)
            self.assertEqual(step.status, 200)
            for heading in (f"Step {number} ", "Why", "What to do", "What good looks like",
                            "Smallest next task", "Where this comes from Kozłowska"):
                self.assertIn(heading, step.words)
            answered += len([to for to in step.links if "/finding/" in to])
            self.assertNotIn("/finding/", " ".join(self.sponsor.get(link).links))
        self.assertGreater(answered, 3)
        self.assertEqual(self.lead.get("/p/harbour/step/s9").status, 404)

    def test_a_finding_leads_to_its_step_and_to_deciding(self):
        page = self.lead.get("/p/harbour/finding/A2%2Fshared-budget")
        self.assertIn("/p/harbour/step/s1", page.links)
        self.assertIn("#decide", page.links)
        self.assertIn('id="decide"', page.text)


@on_both
class History(Looked):
    shared_title = "More than one has the last word"
    private_title = "Nobody is being prepared to follow"
    finding = "/p/harbour/finding/A2%2Fshared-budget"

    def words(self, client):
        page = client.get("/p/harbour/history")
        self.assertEqual(page.status, 200)
        return page.words.partition("Sign out")[2]  # the programme's name may change

    def closed(self, client):
        """What has closed this month."""
        news = self.words(client).partition("What opened and what closed")[2]
        return news.partition(" Closed ")[2].partition(" Opened ")[0]

    def test_the_lead_sees_what_opened_and_closed(self):
        self.mend()
        page = self.lead.get("/p/harbour/history")
        closed = page.words.partition("Closed")[2]
        self.assertIn(f"{self.shared_title}: Size of the shared budget", closed)
        self.assertIn("30 June 2026, private", page.words)
        months = re.findall(r'scope="row">([^<]*)</th>' + r"<td[^>]*>(\d+)</td>" * 3, page.text)
        self.assertEqual(months[-1][0], "June 2026")
        count = 0
        for _, opened, closed, left in reversed(months):
            count += int(opened) - int(closed)
            self.assertEqual(count, int(left))
        self.assertEqual(len(re.search(r'points="([^"]*)"', page.text).group(1).split()), len(months))

    def test_others_see_what_was_shared_and_nothing_private(self):
        self.assertIn("no diagnosis for you to see yet", self.words(self.sponsor))
        self.assertIn(self.private_title, self.words(self.lead))
        self.share()
        words = self.words(self.sponsor)
        self.assertIn(self.shared_title, words)
        self.assertNotIn(self.private_title, words)
        self.assertNotIn("private", words.replace("what is private", ""))

    def test_what_has_closed_is_told_when_that_is_shared(self):
        self.share()
        before = self.words(self.sponsor)
        self.mend()
        self.assertIn(self.shared_title, self.closed(self.lead))
        gone = "This finding has closed: its reason has gone. It was open from 30 June 2026 to"
        self.assertIn(gone, self.lead.get(self.finding).words)
        self.assertNotIn("has closed", self.sponsor.get(self.finding).words)
        self.assertEqual(self.words(self.sponsor), before)
        self.share()
        self.assertIn(gone, self.sponsor.get(self.finding).words)
        self.assertIn(self.shared_title, self.closed(self.sponsor))
        self.assertNotIn(self.private_title, self.words(self.sponsor))

    def test_what_came_and_went_before_it_was_shared_is_not_told(self):
        self.mend()
        self.share()
        self.assertNotIn(self.shared_title, self.words(self.sponsor))
        self.assertIn(self.shared_title, self.words(self.lead))
        page = self.sponsor.get(self.finding)
        self.assertEqual(page.status, 404)
        self.assertNotIn("has closed", page.words)


@on_both
class Asked(Looked):
    """What the team asks of somebody: from what was shared, and what the records say is theirs."""

    def setUp(self):
        super().setUp()
        self.site.join("harbour", "sponsor", login="director", record="director-commissioning")
        self.director = self.site.sign_in("director")
        wait_until(lambda: self.sql("select count(*) from diagnosis_part where part = 'yours' and "
                                    "number = (select max(number) from diagnosis)") == [["1"]])

    def asked(self, client):
        words = client.get("/p/harbour").words
        return re.split("About you|What matters most|The eight steps", words.partition("Waiting for you")[2])[0]

    def test_a_decision_that_is_theirs_once_it_is_shared(self):
        self.assertNotIn("A decision of yours", self.asked(self.director))
        self.share()
        words = self.asked(self.director)
        self.assertRegex(words, "More than one has the last word: Size of the shared budget for 2027 "
                                "A decision of yours")
        self.assertRegex(words, "You decide this together with .+: the team asks for yes, no, or another "
                                "date. Answer")
        self.assertNotIn("weekends", words)  # in which they have no say

    def test_what_is_given_to_them(self):
        self.share()
        page = self.lead.get("/p/harbour/finding/D9%2Fpace")
        self.lead.submit(page, "/p/harbour/finding/D9%2Fpace", what="assigned",
                         person="director-commissioning")
        self.assertIn("Given to you", self.asked(self.director))

    def test_a_sponsor_whom_nobody_knows_in_the_records(self):
        self.share()
        self.assertIn("nobody has said which of the people in the records you are",
                      self.sponsor.get("/p/harbour").words)

    def test_what_is_private_is_not_asked_before_everybody(self):
        self.share()
        for who in (self.director, self.sponsor):
            self.assertNotIn("Private", self.asked(who))

    def test_an_answer_waits_until_it_is_taken_up(self):
        self.share()
        finding = "/p/harbour/finding/A2%2Fshared-budget"
        answer = f"{finding}/answer"
        page = self.director.get(finding)
        self.assertIn("A decision of yours.", page.words)
        for sent, said in (({}, "Choose one of the four"), ({"what": "another date"}, "Say which date"),
                           ({"what": "done"}, "Choose one of the four"),
                           ({"what": "yes", "words": "x" * 2001}, "This is too long")):
            page = self.director.submit(page, answer, **sent)
            self.assertEqual(page.status, 400, sent)
            self.assertIn(said, page.words)
        page = self.director.submit(page, answer, what="another date", words="<b>In March</b>")
        self.assertEqual((page.status, page.location), (303, f"{finding}?answered=1"))
        count = "1 of the 4 who decide has answered."
        self.assertIn(f"Your answer is written down. {count}", self.director.get(page.location).words)
        for client in (self.director, self.sponsor, self.lead):
            page = client.get(finding)
            self.assertIn("Another date : “<b>In March</b>” Director", page.words)
            self.assertIn(f"{count} The decision: Size of the shared budget for 2027", page.words)
            self.assertIn("/p/harbour/decisions#decision-shared-budget", page.links)
        self.assertIn('id="decision-shared-budget"', self.sponsor.get("/p/harbour/decisions").text)
        for client in (self.director, self.lead):
            self.assertIn(count, client.get("/p/harbour").words)
        self.assertEqual(self.sponsor.post(answer, {"what": "yes"}).status, 409)  # who is not asked
        self.assertEqual(self.lead.post(answer, {"what": "yes"}).status, 409)
        home = self.lead.get("/p/harbour")
        self.assertIn("Answers that wait for you", home.words)
        self.assertNotIn("Answers that wait for you", self.director.get("/p/harbour").words)
        page = self.lead.get(finding)
        taken = next(form.action for form in page.forms if form.action.endswith("/taken-up"))
        page = self.lead.get(taken.removesuffix("/taken-up"))
        self.assertIn(count, page.words)
        self.assertIn(finding, page.links)
        page = self.lead.submit(page, taken, words="Thank you")
        self.assertEqual((page.status, page.location), (303, f"{finding}?taken-up=1"))
        for address in (finding, "/p/harbour"):
            self.assertRegex(self.director.get(address).words, "Taken up by Lead on [^“]*: “Thank you”")
        self.assertRegex(self.director.get("/account/held").words, "More than one claims the last word .* Another date on "
                         ".* Taken up on .* by Lead: Thank you")
        self.assertNotIn("Answers that wait for you", self.lead.get("/p/harbour").words)

    def test_what_is_written_in_records_is_said_to_those_who_can(self):
        self.share()
        finding = "/p/harbour/finding/A2%2Fshared-budget"
        page = self.lead.get(finding)
        self.assertIn("write “jointly” under Manner in Records, Decisions", page.words)
        self.assertNotIn("jointly” under Manner", self.director.get(finding).words)
        for client in (self.lead, self.director, self.sponsor):
            self.assertNotIn("on the sheet Dec", client.get(finding).words)

    def test_what_was_decided_and_what_became_of_it(self):
        self.share()
        for client, may in ((self.lead, True), (self.director, False)):
            page = client.get("/p/harbour/decisions")
            self.assertIn("#closed", page.links)
            words = page.words.rpartition("What was decided")[2]
            for said in ("Let people read their own care plan Decided: 22 September 2026. By whom is not "
                         "written down. Not carried out yet, as far as is written down.",
                         "Director of resources put something else in its place (3 November 2026). No "
                         "reasons were given. What is in its place is not written down.",
                         "Decided: 21 October 2025, by Harbour board. Carried out: 3 November 2025."):
                self.assertIn(said, words)
            self.assertEqual(any("/decision/" in link for link in page.links), may)
