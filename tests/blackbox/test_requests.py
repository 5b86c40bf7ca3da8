"""What people ask for who have a right to it: by themselves, by letter, answered, overdue, erased."""
import datetime

from serving import SELDOM, People, Site
from stores import on_both
from support import ithaca

OWN, ALL = "/account/requests", "/site/requests"


@on_both
class Requests:
    def setUp(self):
        super().setUp()
        self.prepare(self.make)
        self.site = Site(self.url, self, web_workers=1, poll_seconds=SELDOM)
        self.member, self.keeper = self.site.sign_in("team"), self.site.sign_in(self.site.administrator())

    def make(self):
        self.bring()
        for role in ("lead", "team"):
            People(self.url).join("harbour", role)

    def rows(self):
        return self.sql("select who, what, asked_on, due_on, state, answer from rights_request order by id")

    def test_asked_by_oneself_answered_and_read(self):
        self.assertIn(OWN, self.member.get("/account/held").links)
        page = self.member.get(OWN)
        self.assertEqual(self.member.submit(page, OWN).status, 400)
        for _ in range(2):  # sent twice, it is asked once
            answer = self.member.submit(page, OWN, what="erasure", words="The note on my post")
            self.assertEqual(answer.status, 303)
        row, = self.rows()
        today = datetime.date.today()
        self.assertEqual(row[:3] + [row[4]], ["Team", "erasure", f"{today}", "asked"])
        self.assertIn("Waits", self.member.get(OWN).words)
        page = self.keeper.get(ALL)
        self.assertIn("To be erased : Team", page.words)
        self.assertIn("The note on my post", page.words)
        address = next(form.action for form in page.forms if form.action.startswith(f"{ALL}/"))
        self.assertEqual(self.keeper.submit(page, address, answer=" ", state="answered").status, 400)
        self.assertEqual(self.keeper.submit(page, address, answer="Taken out", state="answered").status, 303)
        self.assertEqual(self.rows()[0][4:], ["answered", "Taken out"])
        self.keeper.post(address, {"answer": "Twice", "state": "refused"})
        self.assertEqual(self.rows()[0][4:], ["answered", "Taken out"])
        self.assertIn("Answer: Taken out", self.member.get(OWN).words)
        self.assertIn("The note on my post", self.member.get("/account/held.txt").text)
        self.assertNotIn("The note on my post", self.site.sign_in("lead").get(OWN).words)

    def test_by_letter_and_overdue_first(self):
        page = self.keeper.get(ALL)
        soon = f"{datetime.date.today() + datetime.timedelta(days=1)}"
        self.assertEqual(self.keeper.submit(page, ALL, who="A carer", what="access", day=soon).status, 400)
        self.assertEqual(self.keeper.submit(page, ALL, who="", what="access", day="x").status, 400)
        for day, due in (("2026-01-31", "2026-02-28"), ("2024-01-31", "2024-02-29"), ("2025-12-15", "2026-01-15")):
            page = self.keeper.get(ALL)
            self.assertEqual(self.keeper.submit(page, ALL, who="A carer", what="access", day=day).status, 303)
            self.assertIn(due, [row[3] for row in self.rows()])
        page = self.member.get(OWN)
        self.member.submit(page, OWN, what="objection")
        words = self.keeper.get(ALL).words
        self.assertEqual(words.count("Overdue"), 3)
        places = [words.index(due) for due in ("29 February 2024", "15 January 2026", "28 February 2026", "Team")]
        self.assertEqual(places, sorted(places))
        self.assertNotIn("A carer", self.member.get(OWN).words)

    def test_who_is_erased_is_erased_here_too(self):
        self.member.submit(self.member.get(OWN), OWN, what="erasure", words="Everything about Team")
        self.done("person", "erase", "team", "--reason", "asked")
        row, = self.rows()
        self.assertEqual((row[0], row[1]), ("", "erasure"))
        self.assertNotIn("Everything", "".join(row))
        self.assertIn("somebody who was erased since", self.keeper.get(ALL).words)
