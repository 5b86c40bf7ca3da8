"""What whoever looks after the site sees of a diagnosis that failed, and trying it again."""
from serving import SELDOM, Site, made_ready
from stores import on_both

AGAIN = "/site/jobs/{}/again"


@on_both
class SiteJobs:
    def setUp(self):
        super().setUp()
        self.prepare(self.fill)
        self.site = Site(self.url, self, web_workers=1, poll_seconds=SELDOM)
        self.client = self.site.sign_in(self.site.administrator())
        self.programme = self.sql("select id from programme")[0][0]

    def fill(self):
        self.bring("harbour")
        made_ready(self)

    def failed(self, attempts, claimed="null, null"):
        self.sql("insert into job (programme_id, kind, work, attempts, error, claimed_by, claimed_until) "
                 f"values ({self.programme}, 'diagnosis', 'a look', {attempts}, 'secret of a record', {claimed})")

    def test_says_when_it_was_looked_at(self):
        page = self.client.get("/site/jobs")
        self.assertIn("last looked at on", page.words)
        self.assertNotIn("Failed", page.words)
        self.assertNotIn("Try again", page.words)

    def test_what_was_left_alone_is_tried_again(self):
        self.failed(3)
        page = self.client.get("/site/jobs")
        self.assertIn("Failed 3 times and was left alone", page.words)
        self.assertNotIn("secret", page.text)
        page = self.client.submit(page, AGAIN.format(self.programme), follow=True)
        self.assertNotIn("Failed", page.words)
        self.assertEqual(self.sql("select * from job"), [])

    def test_what_is_being_tried_is_left_in_peace(self):
        for attempts, claimed in ((2, "null, null"), (3, "'elsewhere 1', '2999-01-01T00:00:00.000Z'")):
            with self.subTest(attempts=attempts):
                self.sql("delete from job")
                self.failed(attempts, claimed)
                page = self.client.get("/site/jobs")
                self.assertNotIn("Try again", page.words)
                self.client.post(AGAIN.format(self.programme))
                self.assertEqual(self.sql("select attempts from job"), [[str(attempts)]])

    def test_every_page_of_the_site_leads_to_the_others(self):
        places = ["/site", "/site/jobs", "/site/mail", "/site/rules", "/site/requests"]
        for here in places:
            with self.subTest(here=here):
                text = self.client.get(here).text
                for place in places:
                    current = ' aria-current="page"' if place == here else ""
                    self.assertIn(f'<a class="ithaca-nav__link" href="{place}"{current}>', text)
        self.assertNotIn('href="/site/jobs"', self.client.get("/account").text)
