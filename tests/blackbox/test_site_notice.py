"""What the site adds to the page of how data are used: shown in every programme, never overwritten, two at once told."""
from serving import SELDOM, People, Site
from stores import on_both

PAGE, SHOWN = "/site/privacy", "/p/harbour/privacy"


@on_both
class Notice:
    def setUp(self):
        super().setUp()
        self.prepare(self.make)
        self.site = Site(self.url, self, web_workers=1, poll_seconds=SELDOM)
        self.member, self.keeper = self.site.sign_in("team"), self.site.sign_in(self.site.administrator())

    def make(self):
        self.bring()
        People(self.url).join("harbour", "team")

    def save(self, page=None, **fields):
        return self.keeper.submit(page or self.keeper.get(PAGE), PAGE, **fields)

    def test_it_stands_on_the_page_of_each_programme_and_keeps_its_versions(self):
        self.assertNotIn("Who is responsible", self.member.get(SHOWN).words)
        answer = self.save(controller="Ansel Bay Trust,\nHarbour Road <1>", kept="Two years")
        self.assertEqual(answer.location, f"{PAGE}?saved=1")
        page = self.member.get(SHOWN)
        self.assertIn("Who is responsible Ansel Bay Trust, Harbour Road <1>", page.words)
        self.assertIn("How long they are kept here Two years", page.words)
        self.assertNotIn("On what ground", page.words)
        self.assertIn("it holds since", page.words)
        self.save(kept="Three years")
        self.assertIn("Three years", self.member.get(SHOWN).words)
        self.assertIn("Two years", self.keeper.get(f"{PAGE}/1").words)
        self.assertIn("Version 2, since", self.keeper.get(PAGE).words)
        self.save(kept="Three years")
        self.assertEqual(self.sql("select count(*) from notice_version"), [["2"]], "saved though nothing changed")
        self.assertEqual((self.keeper.get(f"{PAGE}/9").status, self.keeper.get(f"{PAGE}/x").status), (404, 404))
        self.assertEqual(self.member.get(PAGE).status, 404)

    def test_two_at_once_see_both(self):
        mine, theirs = self.keeper.get(PAGE), self.keeper.get(PAGE)
        self.save(theirs, officer="Room 1")
        page = self.save(mine, officer="Room 2")
        self.assertEqual(page.status, 409)
        self.assertIn("Theirs: Room 1", page.words)
        self.assertEqual(self.save(page).status, 303)
        self.assertIn("Room 2", self.member.get(SHOWN).words)

    def test_sent_twice_it_is_saved_once_and_what_is_too_long_is_kept_in_the_form(self):
        page = self.keeper.get(PAGE)
        for _ in range(2):
            self.assertEqual(self.save(page, basis="The law").status, 303)
        self.assertEqual(self.sql("select count(*) from notice_version"), [["1"]])
        page = self.save(more="x" * 5001)
        self.assertEqual(page.status, 400)
        self.assertIn("x" * 5001, page.text)
