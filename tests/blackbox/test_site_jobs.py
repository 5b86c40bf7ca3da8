"""The pages for whoever looks after the site: jobs that failed, who saved what, settings."""
from serving import SELDOM, Site, made_ready
from stores import on_both
from support import SAMPLES, read_folder, write_folder

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
        places = ["/site", "/site/jobs", "/site/mail", "/site/rules", "/site/requests", "/site/audit", "/site/settings"]
        for here in places:
            with self.subTest(here=here):
                text = self.client.get(here).text
                for place in places:
                    current = ' aria-current="page"' if place == here else ""
                    self.assertIn(f'<a class="ithaca-nav__link" href="{place}"{current}>', text)
        self.assertNotIn('href="/site/jobs"', self.client.get("/account").text)

    def test_who_saved_what_is_told_without_what(self):
        for n in range(3):
            self.done("import", self.sheets_with(f"Changed {n}"), "--programme", "harbour", "--by", f"Keeper {n}")
        page = self.client.get("/site/audit?programme=harbour")
        self.assertIn("save 4, by Keeper 2", page.words)
        self.assertLess(page.words.index("save 4"), page.words.index("save 2"))
        self.assertNotIn("Changed", page.words)
        self.assertIn("save 1, by", page.words)

    def sheets_with(self, note):
        def change(workbook):
            headings, rows = workbook["programme"]
            rows[0][headings.index("Aim")] = note
        folder = self.folder / f"sheets-{note.replace(' ', '-')}"
        folder.mkdir()
        workbook = read_folder(SAMPLES / "harbour")
        change(workbook)
        write_folder(workbook, folder)
        return folder

    def test_settings_are_told_without_secrets(self):
        page = self.client.get("/site/settings")
        self.assertIn("poll-seconds", page.words)
        self.assertIn("port", page.words)
        self.assertNotIn("password=", page.text)
