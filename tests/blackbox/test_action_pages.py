"""Making an action of a finding: it is a record, it is promised to somebody, and the finding shows it."""
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
    def test_it_is_promised_and_the_finding_shows_it(self):
        page = self.lead.get(FINDING)
        self.assertIn(ACTION, page.links)
        page = self.lead.get(ACTION)
        form = page.form(ACTION)
        self.assertTrue(form.fields["title"])  # the next step, to begin with
        self.assertIn("gp-lead", form.choices["owner"])
        page = self.lead.submit(page, ACTION, title="Ask the two\r\ndirectors", owner="gp-lead",
                                due="31 March 2990")
        self.assertEqual((page.status, page.location), (303, f"{FINDING}?saved=1#actions"), page.text)
        page = self.lead.get(f"{FINDING}?saved=1")
        for words in ("Ask the two directors", "by 31 March 2990", "Given to", "Open"):
            self.assertIn(words, page.words)
        record = next(link for link in page.links if "/record/action/ask-the-two" in link)
        page = self.lead.get(record)
        self.assertIn("because of this finding", page.words)
        self.assertIn(FINDING, page.links)
        self.site.join("harbour", "team", record="gp-lead")
        member = self.site.sign_in("team")
        page = member.get("/p/harbour")
        self.assertIn("Ask the two directors", page.words)
        self.assertIn("Due 31 March 2990", page.words)
        self.assertIn(record, page.links)
        self.assertNotIn(FINDING, member.get(record).links)  # not shared yet
        self.assertEqual(self.sql("select what, assigned_to, author from finding_decision"),
                         [["assigned", "gp-lead", "Lead"]])

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
                           ({"title": "x", "owner": "nobody-here"}, "on the sheet People"),
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
