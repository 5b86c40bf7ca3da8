"""The scheme of delegation on two days: what was added, ended and changed between them."""
from serving import People, Site, made_ready
from stores import on_both, wait_until

ADDRESS = "/p/harbour/decisions/compare"


def rights(workbook):
    """One right that began in May 2026, one that ended in April, one whose sum changed between."""
    headings, rows = workbook["decision-rights"]

    def add(**cells):
        rows.append([cells.get(heading.lower().replace(" ", "_"), "") for heading in headings])

    add(decision="evaluation", right_held="is consulted", post="network-manager", since="2026-05-01")
    add(decision="evaluation", right_held="is told", post="community-director", until="2026-04-15")
    add(decision="evaluation", right_held="recommends", team="project-team", up_to="1000",
        since="2025-07-01", until="2026-04-30")
    add(decision="evaluation", right_held="recommends", team="project-team", up_to="25000",
        since="2026-05-01")


@on_both
class Compared:
    def setUp(self):
        super().setUp()
        self.prepare(self.make)
        self.site = Site(self.url, self, web_workers=1)
        self.lead, self.team = self.site.sign_in("lead"), self.site.sign_in("team")

    def make(self):
        self.bring(change=rights)
        for role in ("lead", "team"):
            People(self.url).join("harbour", role)
        made_ready(self)

    def words(self, client, first, second):
        page = client.get(f"{ADDRESS}?from={first}&to={second}")
        return page.words.partition("Delegation on two days")[2].partition("Delegation on two")[2]

    def test_what_differs(self):
        words = self.words(self.lead, "1+April+2026", "2026-06-01")
        self.assertIn("From 1 April 2026 to 1 June 2026 1 added, 1 ended, 1 changed;", words)
        for heading, told in (("Added", "Is consulted"), ("Ended", "Is told")):
            self.assertRegex(words, f"{heading} [^:]+: [^:]+ {told}")
        self.assertRegex(words, "Before: Decides; recommends up to 1,000 After: Decides; recommends up to 25,000")
        self.assertIn("Nothing differs", self.words(self.lead, "2026-05-02", "2026-06-01"))
        self.assertIn("1 added, 0 ended, 1 changed", self.words(self.lead, "2026-04-20", "2026-05-01"))

    def test_days_that_are_none(self):
        for first, second, told in (("soon", "2026-06-01", "Write a day, such as"),
                                    ("2026-06-01", "2026-06-01", "must come after the first")):
            page = self.lead.get(f"{ADDRESS}?from={first}&to={second}")
            self.assertEqual(page.status, 400)
            self.assertIn(told, page.words)
        self.assertEqual(self.lead.get(ADDRESS).status, 200)  # a year, if nothing is said

    def test_others_see_it_as_of_what_was_shared(self):
        self.assertIn("has not shared a diagnosis", self.team.get(ADDRESS).words)
        self.lead.submit(self.lead.get("/p/harbour/diagnosis/share"), "/p/harbour/diagnosis/share")
        self.assertIn("1 added, 1 ended, 1 changed", self.words(self.team, "2026-04-01", "2026-06-01"))
        looks = int(self.sql("select count(*) from diagnosis")[0][0])
        self.bring()  # without these rights
        wait_until(lambda: int(self.sql("select count(*) from diagnosis_part where part = 'decisions'")
                               [0][0]) > 1 or int(self.sql("select count(*) from diagnosis")[0][0])
                   > looks)
        wait_until(lambda: "Nothing differs" in self.words(self.lead, "2026-04-01", "2026-06-01"))
        self.assertIn("1 added, 1 ended, 1 changed", self.words(self.team, "2026-04-01", "2026-06-01"))
