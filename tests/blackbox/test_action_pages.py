"""Making an action of a finding: it is a record, somebody is to do it, and the finding shows it; and its
page for whoever is to do it: it is done, or something stands in the way."""
import datetime
import json

from serving import Site
from stores import on_both
from test_record_pages import Records
from test_routes import without_time

FINDING = "/p/harbour/finding/A2%2Fshared-budget"
ACTION = f"{FINDING}/action"


class Acting(Records):
    def made(self):
        return self.sql("select count(*) from finding_action")[0][0]


@on_both
class Making(Acting):
    def test_somebody_is_to_do_it_and_the_finding_shows_it(self):
        page = self.lead.get(FINDING)
        self.assertIn(ACTION, page.links)
        page = self.lead.get(ACTION)
        form = page.form(ACTION)
        self.assertTrue(form.fields["title"])  # the next step, to begin with
        self.assertIn("gp-lead", form.choices["owner"])
        page = self.lead.submit(page, ACTION, title="Ask the two\r\ndirectors", owner="gp-lead",
                                due="31 March 2990")
        self.assertEqual((page.status, page.location), (303, f"{FINDING}?made=1"), page.text)
        page = self.lead.get(page.location)
        for words in ("Ask the two directors", "by 31 March 2990", "Accepted", "Open"):
            self.assertIn(words, page.words)
        self.assertRegex(page.words, "The action is made for general practitioner, .*, by 31 March 2990. Nobody is told by "
                                     "mail: tell them.")
        record = next(link for link in page.links if "/record/action/ask-the-two" in link)
        page = self.lead.get(record)
        self.assertIn("because of this finding", page.words)
        self.assertIn(FINDING, page.links)
        self.site.join("harbour", "team", record="gp-lead")
        member = self.site.sign_in("team")
        page = member.get("/p/harbour")
        self.assertIn("Ask the two directors", page.words)
        self.assertIn("Due 31 March 2990", page.words)
        self.assertIn(record.replace("/record/", "/"), page.links)
        self.assertNotIn(FINDING, member.get(record).links)  # not shared yet
        self.assertEqual(self.sql("select what, assigned_to, author from finding_decision"),
                         [["accepted", "", "Lead"]])

    def test_the_whole_finding_is_given_only_where_that_is_wished(self):
        page = self.lead.submit(self.lead.get(ACTION), ACTION, title="Ask", whole="yes")
        self.assertEqual(page.status, 400)
        self.assertIn("Choose who takes it on", page.words)
        page = self.lead.submit(page, ACTION, owner="gp-lead")  # the box stays ticked
        self.assertEqual(page.status, 303)
        self.assertEqual(self.sql("select what, assigned_to, author from finding_decision"),
                         [["assigned", "gp-lead", "Lead"]])
        self.assertIn("Given to", self.lead.get(FINDING).words)

    def test_done_in_the_records_it_is_done_on_the_finding(self):
        self.lead.submit(self.lead.get(ACTION), ACTION, title="Ring them")
        self.assertEqual(self.sql("select what from finding_decision"), [["accepted"]])
        address = "/p/harbour/record/action/ring-them/correct"
        page = self.lead.submit(self.lead.get(address), address, f_done="2026-11-01")
        self.assertEqual(page.status, 303)
        page = self.lead.get(FINDING)
        self.assertIn("Nobody yet, done 1 November 2026", page.words)
        self.assertIn("Done", page.words)

    def test_sent_twice_it_is_made_once(self):
        page = self.lead.get(ACTION)
        for _ in range(2):
            self.assertEqual(self.lead.submit(page, ACTION, title="Once", owner="gp-lead").status, 303)
        self.assertEqual(self.made(), "1")
        self.assertEqual(self.sql("select count(*) from finding_decision"), [["1"]])
        self.assertEqual(self.sql("select revision from programme"), [["2"]])
        again = self.lead.submit(self.lead.get(ACTION), ACTION, title="Once", owner="gp-lead")
        self.assertEqual(again.status, 303)
        self.assertEqual(self.made(), "2")
        self.assertEqual(self.sql("select count(*) from finding_decision"), [["1"]])

    def test_what_is_wrong_is_said_and_what_was_typed_stays(self):
        for sent, said in (({"title": " "}, "Say what is to be done"),
                           ({"title": "x", "due": "when we have time"}, "is not a time that can be read"),
                           ({"title": "x", "owner": "nobody-here"}, "in Records under People"),
                           ({"title": "x\x07"}, "invisible control character")):
            page = self.lead.get(ACTION)
            page = self.lead.post(ACTION, {**page.form(ACTION).fields, **sent})
            self.assertEqual(page.status, 400, sent)
            self.assertIn(said, page.words)
            self.assertEqual(page.form(ACTION).fields["due"], sent.get("due", ""))
        self.assertEqual((self.made(), self.sql("select revision from programme")), ("0", [["1"]]))

    def test_a_member_makes_one_too_and_a_sponsor_none(self):
        page = self.lead.get("/p/harbour/diagnosis/share")
        self.lead.submit(page, "/p/harbour/diagnosis/share")
        for role, status in (("team", 200), ("sponsor", 403), ("evaluator", 403)):
            self.site.join("harbour", role)
            client = self.site.sign_in(role)
            self.assertEqual(client.get(ACTION).status, status)
            self.assertEqual(ACTION in client.get(FINDING).links, status == 200)


@on_both
class Private(Acting):
    change = staticmethod(without_time)

    def test_what_is_private_is_not_put_into_an_action(self):
        self.site.join("harbour", "team", record="gp-lead")
        member = self.site.sign_in("team")
        own = next(link for link in member.get("/p/harbour").links
                   if "/finding/C10" in link)
        page = member.get(f"{own}/action")
        self.assertEqual(page.form(f"{own}/action").fields["title"], "")
        self.assertIn("Write only what everybody may read", page.words)
        page = member.submit(page, f"{own}/action", title="Talk about next year")
        self.assertEqual(page.status, 303)
        record = next(link for link in member.get(own).links if "/record/action/talk" in link)
        self.assertIn(own, member.get(record).links)
        self.site.join("harbour", "evaluator", record="geriatrician")
        other = self.site.sign_in("evaluator")
        page = other.get(record)
        self.assertEqual(page.status, 200)
        self.assertNotIn("because of this finding", page.words)
        self.assertNotIn("C10", page.text)


@on_both
class Doing(Acting):
    """Whoever is to do it, whatever part they take."""

    key, page_of, record = "ring-them", "/p/harbour/action/ring-them", "/p/harbour/record/action/ring-them"

    def make(self):
        super().make()
        self.site = Site(self.url, self, web_workers=1)
        lead = self.site.sign_in("lead")
        lead.submit(lead.get(ACTION), ACTION, title="Ring them", owner="gp-lead", due="31 March 2020")
        self.site.stop()

    def setUp(self):
        super().setUp()
        self.sponsor = self.client("sponsor", record="gp-lead")

    def replies(self):
        return self.sql("select what, replace(coalesce(words, ''), '\n', '|'), person, author from reply")

    def test_it_is_done(self):
        page = self.sponsor.get("/p/harbour")
        self.assertIn(self.page_of, page.links)
        page = self.sponsor.get(self.page_of)
        today = datetime.date.today()
        for words in ("Ring them", "Overdue", "By when 31 March 2020", "Given to you by Lead on"):
            self.assertIn(words, page.words)
        self.assertNotIn("/p/harbour/record/", page.text)  # a sponsor reads no records
        form = page.form(f"{self.page_of}/done")
        self.assertEqual(form.fields["day"], f"{today.day} {today:%B %Y}")
        long = self.sponsor.submit(page, f"{self.page_of}/done", words="x" * 2001)
        self.assertEqual((long.status, self.revisions()), (400, 2))
        self.assertIn("This is too long", long.words)
        for _ in range(2):  # sent twice, it is done once
            sent = self.sponsor.submit(page, f"{self.page_of}/done", words="All <well>")
            self.assertEqual((sent.status, sent.location), (303, f"{self.page_of}?done=1"))
        page = self.sponsor.get(sent.location)
        self.assertIn("It is written down as done", page.words)
        self.assertFalse([form for form in page.forms if form.action.endswith("/done")])
        content = self.content("action", self.key)
        self.assertIn(f'"done":"{today}"', content)
        self.assertIn(f'"reported_back":"{today}"', content)
        self.assertEqual(self.revisions(), 3)
        self.assertEqual(self.replies(), [["done", "All <well>", "gp-lead", "Sponsor"]])
        home = self.lead.get("/p/harbour")
        self.assertRegex(home.words, "Reported as done since you were last here Ring them : “All <well>” Sponsor")
        self.assertIn("“All <well>”", self.lead.get(self.record).words)
        self.assertNotIn("Answers that wait", home.words)
        self.assertNotIn(self.page_of, self.sponsor.get("/p/harbour").links)

    def test_a_day_that_cannot_be(self):
        for day, said in (("31 March 2990", "still to come"), ("soon", "Say on which day"),
                          ("", "Say on which day")):
            page = self.sponsor.submit(self.sponsor.get(self.page_of), f"{self.page_of}/done", day=day)
            self.assertEqual(page.status, 400)
            self.assertIn(said, page.words)
            self.assertEqual(page.form(f"{self.page_of}/done").fields["day"], day)
        self.assertEqual((self.revisions(), self.replies()), (2, []))

    def test_two_who_write_are_told(self):
        before = self.sponsor.get(self.page_of)
        address = f"/p/harbour/record/action/{self.key}/correct"
        page = self.lead.submit(self.lead.get(address), address, f_due="31 March 2021")
        self.assertEqual(page.status, 303)
        page = self.lead.submit(self.lead.get(address), address, f_done="2020-02-01")
        self.assertEqual(page.status, 303)
        page = self.sponsor.submit(before, f"{self.page_of}/done")
        self.assertEqual(page.status, 409)
        self.assertIn("Somebody else has changed this", page.words)
        self.assertIn("Done 1 February 2020", page.words)
        self.assertEqual(self.replies(), [])

    def test_what_stands_in_the_way_waits_for_the_lead(self):
        way = f"{self.page_of}/in-the-way"
        page = self.sponsor.submit(self.sponsor.get(self.page_of), way, words=" ")
        self.assertEqual(page.status, 400)
        page = self.sponsor.submit(page, way, words="They are away\r\nuntil <May>")
        self.assertEqual(page.status, 303)
        self.assertEqual(self.replies(), [["in the way", "They are away|until <May>", "gp-lead", "Sponsor"]])
        home = self.lead.get("/p/harbour")
        self.assertIn("Answers that wait for you", home.words)
        self.assertIn("Something stands in the way : “They are away until <May>”", home.words)
        taken = next(form.action for form in home.forms if form.action.endswith("/taken-up"))
        answer = taken.removesuffix("/taken-up")
        self.assertIn(answer, home.links)
        self.assertEqual((self.sponsor.get(answer).status, self.sponsor.post(taken).status), (403, 403))
        page = self.lead.get(answer)  # the words; from there to the record
        self.assertIn("Something stands in the way “They are away until <May>” About Ring them", page.words)
        self.assertIn(self.record, page.links)
        page = self.lead.submit(page, taken, words="x" * 2001)
        self.assertEqual(page.status, 400)
        self.assertIn("This is too long", page.words)
        for _ in range(2):
            sent = self.lead.submit(page, taken, words="I will ring <them>")
            self.assertEqual((sent.status, sent.location), (303, "/p/harbour#answers"))
        late = self.lead.submit(page, taken, words="Leave it")
        self.assertEqual(late.status, 409)
        self.assertIn("What you wrote was not kept: “Leave it”", late.words)
        self.assertNotIn("Answers that wait", self.lead.get("/p/harbour").words)
        self.assertRegex(self.sponsor.get("/p/harbour").words, "What became of your answers Ring them Something "
                         "stands in the way : .* You, .* Taken up by Lead on .* : “I will ring <them>” Waiting")
        self.assertRegex(self.sponsor.get(self.page_of).words, "Taken up by Lead on .* : “I will ring <them>”")
        for client in (self.sponsor, self.lead):  # and who took it up
            self.assertRegex(client.get("/account/held").words, "Ring them Something stands in the way on .* Taken up "
                             "on .* by Lead: I will ring <them>")
            self.assertIn("To: Ring them\n", client.get("/account/held.txt").text)
            answers = json.loads(client.get("/account/held.json").text)["programmes"][0]["answers"]
            self.assertEqual([(one["about"], one["id"], one["sentence"], one["taken_up_words"]) for one in answers],
                             [("action", self.key, "Ring them", "I will ring <them>")])

    def test_what_was_said_is_for_them_and_the_lead(self):
        self.sponsor.submit(self.sponsor.get(self.page_of), f"{self.page_of}/in-the-way", words="They are away")
        self.assertIn("They are away", self.lead.get(self.record).words)
        evaluator = self.client("evaluator", record="geriatrician")
        self.assertNotIn("They are away", evaluator.get(self.record).words)
        address = f"{self.record}/correct"
        self.assertEqual(self.lead.submit(self.lead.get(address), address, f_owner="geriatrician").status, 303)
        page = evaluator.get(self.page_of)  # who has it now
        self.assertEqual(page.status, 200)
        self.assertNotIn("They are away", page.words)

    def test_others_have_no_such_page(self):
        mentor, member = self.client("mentor"), self.client("team")
        self.assertEqual(mentor.get(self.page_of).status, 404)
        self.assertEqual(member.get(self.page_of).location, f"/p/harbour/record/action/{self.key}")
        for what in ("done", "in-the-way"):
            page = member.post(f"{self.page_of}/{what}", {"day": "1 March 2020", "words": "x", "base": "2"})
            self.assertEqual(page.status, 409)
        self.assertEqual((self.revisions(), self.replies()), (2, []))
