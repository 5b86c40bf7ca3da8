"""Limits of rules, changed for a site or one programme: obeyed everywhere, told with their reasons, put back."""
import json

from serving import SELDOM, People, Site
from stores import on_both
from support import ithaca

RULE = "/p/harbour/rule/C7"
LIMIT = ("C7", "months")  # so long without a success
BECAUSE = "the winter was for planning only"


@on_both
class Limits:
    def setUp(self):
        super().setUp()
        self.prepare(self.make)

    def make(self):
        self.bring("harbour-broken")
        people = People(self.url)
        people.join("harbour", "lead", record="network-manager")
        people.join("harbour", "team")

    def found(self, *options):
        """The ids of what a check finds."""
        result = ithaca("check", *options, "--db", self.url, "--as-of", "2026-11-23", "--format", "json")
        return {finding["id"]: finding for finding in json.loads(result.stdout)["findings"]}

    def looked(self):
        return {row[0] for row in self.sql("select f.identity from finding f join finding_period p on "
                                           "p.programme_id = f.programme_id and p.finding_id = f.id "
                                           "where p.closed_day is null")}

    def rule_that_a_limit_silences(self):
        """One that finds something and would not, with a larger limit."""
        for rule, name, value in (("C6", "days", "999"), ("C5", "times", "999"), ("C7", "months", "999"),
                                  ("C13", "months", "999"), ("A13", "managers", "999"), ("D5", "times", "999")):
            if any(found["rule"] == rule for found in self.before.values()):
                return rule, name, value
        raise AssertionError(sorted(self.before))

    def test_for_one_programme_before_the_site_and_put_back(self):
        self.before = self.found()
        rule, name, value = self.rule_that_a_limit_silences()
        theirs = {key for key, found in self.before.items() if found["rule"] == rule}
        self.done("diagnose")
        self.assertLessEqual(theirs, self.looked())
        self.done("limits", "set", rule, name, value, "--because", BECAUSE)
        self.assertFalse(theirs & set(self.found()))
        self.done("diagnose")  # it is due, though no record has changed
        self.assertFalse(theirs & self.looked())
        self.assertIn(f"{name} = {value}", self.done("limits").stdout)
        original = next(line.split("= ")[1].split()[0] for line in ithaca("rules", "show", rule).stdout.split("\n")
                        if line.startswith(f"Limit: {name} = "))
        self.done("limits", "set", rule, name, original, "--because", "we meet each week", "--programme", "harbour",
                  "--by", "Lead")
        self.assertLessEqual(theirs, set(self.found()))
        self.done("diagnose")
        self.assertLessEqual(theirs, self.looked())
        told = ithaca("check", "--db", self.url, "--as-of", "2026-11-23", "--why", sorted(theirs)[0]).stdout
        self.assertIn("we meet each week", " ".join(told.split()))
        self.done("limits", "back", rule, name, "--because", "tried enough", "--programme", "harbour", "--by", "Lead")
        self.assertFalse(theirs & set(self.found()))
        self.done("limits", "back", rule, name, "--because", "tried enough")
        self.assertEqual(self.found(), self.before)
        self.assertIn("as the rules come", self.done("limits").stdout)

    def test_what_cannot_be_is_refused(self):
        for words, because, said in ((("set", *LIMIT, "much"), BECAUSE, "Write a number from 0 to 1000"),
                                     (("set", *LIMIT, "inf"), BECAUSE, "Write a number"),
                                     (("set", "C3", "share", "101"), BECAUSE, "from 0 to 100"),
                                     (("set", "C7", "years", "3"), BECAUSE, "no such limit"),
                                     (("set", "C99", "months", "3"), BECAUSE, "no such limit"),
                                     (("set", *LIMIT, "3"), " ", "Say why"),
                                     (("back", *LIMIT), "x" * 1001, "Say it shorter")):
            result = ithaca("limits", *words, "--because", because, "--db", self.url)
            self.assertEqual(result.returncode, 2, words)
            self.assertIn(said, result.stderr)
        self.assertEqual(self.sql("select count(*) from limit_change"), [["0"]])

    def test_pages_tell_and_change_them(self):
        self.done("diagnose")
        site = Site(self.url, self, web_workers=1, poll_seconds=SELDOM)
        lead, member = site.sign_in("lead"), site.sign_in("team")
        page = lead.get("/p/harbour/rules")
        self.assertIn(RULE, page.links)
        self.assertEqual([form.action for form in member.get(RULE).forms if form.action == RULE], [])
        self.assertEqual(member.post(RULE, {"limit": "months", "value": "3", "why": "x"}).status, 403)
        page = lead.get(RULE)
        self.assertEqual(lead.submit(page, RULE, value="lots", why="").status, 400)
        self.assertEqual(lead.submit(page, RULE, value="11", why="").status, 400)
        for _ in range(2):
            answer = lead.submit(page, RULE, value="11", why=BECAUSE)
            self.assertEqual(answer.status, 303, answer.text)
        self.assertEqual(self.sql("select count(*) from limit_change"), [["1"]])
        page = member.get(RULE)
        self.assertIn("Months: 11 (9 as the rule comes; changed for this programme by Lead on", page.words)
        self.assertIn(BECAUSE, page.words)
        self.assertIn("limits changed", member.get("/p/harbour/rules").words)
        self.done("diagnose")
        finding = next((link for link in lead.get("/p/harbour/diagnosis").links if "/finding/C7" in link), None)
        if finding:
            self.assertIn("A limit of this rule was changed", lead.get(finding).words)
        keeper = site.sign_in(site.administrator())
        page = keeper.get("/site/rule/C7")
        self.assertEqual(keeper.submit(page, "/site/rule/C7", value="12", why="all of us plan in winter").status, 303)
        self.assertNotIn("Lead", keeper.get("/site/rule/C7").words.split("What was changed")[1])
        page = lead.get(RULE)
        self.assertIn("Months: 11", page.words)
        self.assertEqual(lead.submit(page, RULE, value="", why="as the site has it", back="1").status, 303)
        self.assertIn("Months: 12 (9 as the rule comes; changed for the whole site by whoever looks after the site",
                      lead.get(RULE).words)
        self.assertEqual(lead.get("/p/harbour/rule/nothing").status, 404)
        self.assertIn("Back to all rules", lead.get("/p/harbour/rule/C10").words)

    def test_the_list_says_which_find_and_which_cannot_tell(self):
        def less(workbook):
            workbook["coverage"][1][:] = workbook["coverage"][1][:3]
        self.bring("harbour-broken", change=less)
        self.done("diagnose")
        told = json.loads(ithaca("check", "--db", self.url, "--format", "json").stdout)
        unsure = {doubt["rule"] for doubt in told["cannot_tell"]}
        self.assertTrue(unsure)
        lead = Site(self.url, self, web_workers=1, poll_seconds=SELDOM).sign_in("lead")
        words = lead.get("/p/harbour/rules").words
        found = {finding["rule"] for finding in told["findings"]}
        for rule in unsure - found:
            self.assertRegex(words, rf"\({rule}; cannot tell yet")
        for rule in found:
            self.assertRegex(words, rf"\({rule}; \d+ findings? now")
        self.assertIn("; finds nothing)", words)
        self.assertIn("/p/harbour/coverage", lead.get("/p/harbour/rules").links)
