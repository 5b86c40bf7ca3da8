"""What is found is kept over time: it opens, persists, closes and reopens; decisions survive."""
import csv
import io
import json

from stores import DAY, on_both
from support import SAMPLES, ithaca

NEXT_DAY = "2026-07-01"
RULE = (SAMPLES.parent / "rules/commitment/C13.md").read_text(encoding="utf-8")


def without_time(workbook):
    """Nobody who holds a post has days of their own for the programme: C10, a private rule."""
    headings, holders = workbook["post-holders"]
    days = headings.index("Days set aside")
    for row in holders:
        row[days] = "0"


class Findings:
    def look(self, day=DAY, *more, **options):
        return self.done("diagnose", "--day", day, *more, **options)

    def state(self, *arguments):
        """{name: finding} of all."""
        listed = self.asked("findings", "--state", "all", *arguments)["findings"]
        return {finding["id"]: finding for finding in listed}

    def states(self, *arguments):
        return {name: finding["state"] for name, finding in self.state(*arguments).items()}

    def decide(self, verb, finding, *more, code=0):
        return self.done("findings", verb, "--finding", finding, *more, code=code)

    def misfortunes(self):
        """Harbour in good order, looked at, then with its misfortunes, looked at."""
        self.prepare(self.misfortunes_make)

    def misfortunes_make(self):
        self.bring()
        self.look()
        self.bring("harbour-broken")
        self.look()

    def nobody_has_time(self):
        self.bring(change=without_time)
        self.look()

    def test_opens_persists_closes_and_reopens(self):
        self.bring()
        self.assertIn("0 found; 0 new, 0 closed", self.look().stdout)
        self.assertEqual(self.state(), {})
        self.bring("harbour-broken")
        self.assertIn("7 found; 7 new, 0 closed", self.look().stdout)
        first = self.state()
        self.assertEqual(set(self.states().values()), {"open"})
        self.assertEqual(first["A2/shared-budget"]["periods"],
                         [{"opened": DAY, "opened_revision": 2, "closed": None,
                           "closed_revision": None}])
        self.assertIn("10 found; 3 new, 0 closed", self.look(NEXT_DAY).stdout)
        self.assertEqual(self.state()["A2/shared-budget"], first["A2/shared-budget"])
        self.bring()
        self.assertIn(", 10 closed", self.look(NEXT_DAY).stdout)
        self.assertEqual(set(self.states().values()), {"closed"})
        self.bring("harbour-broken")
        self.look("2026-07-02")
        self.assertEqual(self.state()["A2/shared-budget"]["periods"],
                         [{"opened": DAY, "opened_revision": 2, "closed": NEXT_DAY,
                           "closed_revision": 3},
                          {"opened": "2026-07-02", "opened_revision": 4, "closed": None,
                           "closed_revision": None}])
        self.assertEqual(self.states()["A2/shared-budget"], "open")

    def test_what_was_done_is_not_done_again(self):
        self.bring()
        self.assertNotEqual(self.look().stdout, "")
        said = " ".join(self.look().stdout.split())
        self.assertIn("Nothing was left to do: every programme has been looked at", said)
        self.assertIn("Nothing was left to do", self.look("2026-01-01").stdout)
        self.assertEqual(self.sql("select count(*) from diagnosis"), [["1"]])

    def test_what_is_kept_is_what_check_prints(self):
        self.bring("harbour-broken")
        self.look()
        printed = self.asked("check", "--as-of", DAY)
        kept = self.sql("select content from diagnosis")[0][0].split("\x1f")
        for finding in printed["findings"]:
            self.assertIn(("P" if finding["private"] else "F") + finding["id"], kept)
            for record in finding["records"]:
                self.assertIn(record["label"], kept)
        for said in printed["findings"] + printed["in_place"] + printed["requests"]:
            self.assertTrue({said["sentence"], "Q" + said["sentence"]} & set(kept), said)
        self.look(NEXT_DAY)
        self.assertEqual(self.sql("select count(*), count(content) from diagnosis"), [["2", "1"]])

    def test_decisions_survive(self):
        self.misfortunes()
        self.decide("accept", "A2/shared-budget", "--by", "lead", "--reason", "it is so")
        self.decide("assign", "A18/budget", "--to", "network-manager", "--by", "lead", "--as-of",
                    DAY)
        self.decide("set-aside", "D9/pace", "--by", "lead", "--reason", "later", "--review",
                    "2999-01-01")
        decided = {name: self.state()[name]["decisions"]
                   for name in ("A2/shared-budget", "A18/budget", "D9/pace")}
        self.assertEqual([d[0]["what"] for d in decided.values()],
                         ["accepted", "assigned", "set aside"])
        rules = self.folder / "rules"
        rules.mkdir()
        (rules / "Z1.md").write_text(RULE.replace("id: C13", "id: Z1"), encoding="utf-8")

        def survived():
            for name, decisions in decided.items():
                self.assertEqual(self.state()[name]["decisions"], decisions)
        for sample, day, more in [("harbour-broken", NEXT_DAY, ()), ("harbour", NEXT_DAY, ()),
                                  ("harbour-broken", "2026-07-02", ()),
                                  ("harbour-broken", "2026-07-02", ("--rules", rules))]:
            self.bring(sample)
            self.assertNotEqual(self.look(day, *more).stdout, "")
            survived()
        self.assertEqual(self.states()["D9/pace"], "set-aside")
        self.assertEqual(self.states()["A2/shared-budget"], "open")
        self.assertEqual(len(self.state()["A2/shared-budget"]["periods"]), 2)
        self.assertIn("Nothing was left to do",
                      self.look("2026-07-02", "--rules", rules).stdout)
        self.assertIn("Nothing was left to do", self.look("2026-07-02").stdout)

    def test_set_aside_until_the_day_of_review(self):
        self.misfortunes()
        self.decide("set-aside", "D9/pace", "--reason", "after the budget", "--review",
                    "2999-01-01")
        self.assertNotIn("D9/pace", {f["id"] for f in self.asked("findings")["findings"]})
        self.assertEqual([f["id"] for f in self.asked("findings", "--state", "set-aside")
                          ["findings"]], ["D9/pace"])
        due = self.state("--as-of", "2999-01-01")["D9/pace"]
        self.assertEqual((due["state"], due["to_review"]), ("open", True))
        self.assertIn("day of review has come",
                      self.done("findings", "--as-of", "2999-01-01", code=1).stdout)
        self.decide("reopen", "D9/pace", "--by", "lead")
        again = self.state()["D9/pace"]
        self.assertEqual((again["state"], again["to_review"]), ("open", False))
        self.assertEqual([d["what"] for d in again["decisions"]], ["set aside", "reopened"])

    def test_to_whom_it_is_assigned(self):
        self.misfortunes()
        said = self.decide("assign", "A18/budget", "--to", "network-manager", "--as-of", DAY)
        self.assertEqual(said.stdout, "A18/budget: assigned to network-manager.\n")
        self.decide("accept", "A18/budget", "--by", "the network manager")
        self.assertEqual(self.state()["A18/budget"]["assigned_to"], "network-manager")
        self.decide("reopen", "A18/budget")
        self.assertIsNone(self.state()["A18/budget"]["assigned_to"])

    def test_decisions_that_cannot_be(self):
        self.misfortunes()
        for words, *arguments in [
                ("Did you mean", "accept", "A2/shared-budge"),
                ("Did you mean", "assign", "A2/shared-budget", "--to", "network-manage"),
                ("goes with assign", "assign", "A2/shared-budget"),
                ("goes with assign", "accept", "A2/shared-budget", "--to", "network-manager"),
                ("needs a reason", "set-aside", "A2/shared-budget", "--review", "2999-01-01"),
                ("set-aside with --review", "set-aside", "A2/shared-budget", "--reason", "so"),
                ("a day to come", "set-aside", "A2/shared-budget", "--reason", "so", "--review",
                 DAY),
                ("accept, assign", "forget", "A2/shared-budget")]:
            with self.subTest(words=words, arguments=arguments):
                refused = self.decide(*arguments, code=2)
                self.assertIn(words, refused.stderr.replace("\n", " "))
        self.assertEqual(self.sql("select count(*) from finding_decision"), [["0"]])

    def test_what_is_gone_and_who_has_left(self):
        self.misfortunes()
        gone = self.decide("assign", "A2/shared-budget", "--to", "network-manager", "--as-of",
                           "2026-09-12", code=2).stderr
        self.assertIn("has left: on the sheet People, Until says 2026-09-11", " ".join(gone.split()))
        self.decide("assign", "A2/shared-budget", "--to", "network-manager", "--as-of",
                    "2026-09-11")
        self.bring()
        self.look(NEXT_DAY)
        for verb, *more in [("assign", "--to", "chief-hospital"),
                            ("set-aside", "--reason", "so", "--review", "2999-01-01")]:
            refused = self.decide(verb, "A2/shared-budget", *more, code=2).stderr
            self.assertIn("is closed since 1 July 2026 (revision 3)", " ".join(refused.split()))
        self.assertEqual(self.sql("select count(*) from finding_decision"), [["1"]])

    def test_what_was_decided_can_be_listed_and_check_counts_it(self):
        self.misfortunes()
        check = ("check", "--as-of", DAY)
        self.assertNotIn("people decided", self.done(*check, code=1).stdout.lower())
        self.decide("accept", "A2/shared-budget", "--by", "lead")
        self.decide("assign", "D9/pace", "--to", "chief-hospital", "--by", "lead")
        self.decide("set-aside", "D9/pace", "--by", "chief", "--reason", "later", "--review",
                    "2999-01-01")

        def names(state):
            return [f["id"] for f in self.asked("findings", "--state", state)["findings"]]
        self.assertEqual((names("accepted"), names("assigned"), names("set-aside")),
                         (["A2/shared-budget"], ["D9/pace"], ["D9/pace"]))
        told = " ".join(self.done("findings", "--state", "set-aside").stdout.split())
        self.assertIn("Set aside until 1 January 2999, by chief on ", told)
        self.assertIn("Why: later Assigned to chief-hospital, by lead on ", told)
        said = " ".join(self.done(*check, code=1).stdout.split())
        self.assertIn("What people decided about these: 1 accepted, 1 assigned and 1 set aside. "
                      "`ithaca findings` tells more.", said)
        self.assertNotIn("people decided", self.done(*check, "--revision", 1).stdout)
        self.bring()
        self.look(NEXT_DAY)
        self.assertEqual((names("accepted"), names("assigned")), ([], []))

    def test_nobody_has_looked(self):
        self.done("migrate")
        self.assertIn("There is no programme in it yet", self.look().stdout)
        self.bring()
        for form in ("text", "json", "csv"):
            asked = self.done("findings", "--format", form, code=2)
            self.assertIn("Nobody has looked at", asked.stderr)
            self.assertEqual(asked.stdout, "")
        self.look()
        self.done("findings")

    def test_saved_since(self):
        self.misfortunes()
        self.assertNotIn("saved again", self.done("findings", code=1).stdout)
        self.bring()
        self.assertIn("saved again", self.done("findings", code=1).stdout)

    def test_csv_is_the_same_list(self):
        self.misfortunes()
        self.decide("set-aside", "D9/pace", "--by", "=1+1", "--reason", "=2+2", "--review",
                    "2999-01-01")
        table = self.done("findings", "--state", "all", "--format", "csv", code=1).stdout
        rows = list(csv.DictReader(io.StringIO(table)))
        self.assertEqual({row["Name"]: row["State"] for row in rows}, self.states())
        aside = [row for row in rows if row["State"] == "set-aside"][0]
        self.assertEqual((aside["Decided by"], aside["Reason"]), ("'=1+1", "'=2+2"))

    def test_a_day_never_goes_back(self):
        self.bring("harbour-broken")
        self.look(NEXT_DAY)
        before = self.state()
        self.assertIn("Nothing was left to do", self.look(DAY).stdout)
        self.bring(change=lambda workbook: workbook["programme"][1][0].__setitem__(2, "Other."))
        self.assertIn(f"revision 2, {NEXT_DAY}", self.look(DAY).stdout)
        self.assertEqual({f["periods"][-1]["closed"] for f in self.state().values()}, {NEXT_DAY})
        self.assertEqual(set(before), set(self.state()))

    def test_time_zones_close_and_reopen_nothing(self):
        """Where it is tomorrow already, then where it is yesterday still, then back."""
        self.bring("harbour-broken")
        self.done("diagnose", zone="Pacific/Kiritimati")
        before = self.state()
        for zone in ("Pacific/Pago_Pago", "Europe/London", "Pacific/Kiritimati"):
            self.assertIn("Nothing was left to do", self.done("diagnose", zone=zone).stdout)
        self.assertEqual(self.state(), before)

    def test_a_broken_clock_does_not_hold_for_ever(self):
        self.bring()
        self.look()
        self.sql("update diagnosis set day = '2999-01-01'")
        self.assertIn(f", {NEXT_DAY}: ", self.look(NEXT_DAY).stdout)

    def test_a_day_to_come_is_refused(self):
        self.bring()
        self.assertIn("must have come", self.look("2999-01-01", code=2).stderr)

    # ---- who sees what ----

    def test_private_findings_are_for_the_person(self):
        self.prepare(self.nobody_has_time)
        lead = self.state()
        self.assertEqual({f["rule"] for f in lead.values()}, {"C10"})
        mine = self.state("--audience", "person", "network-manager")
        self.assertEqual(len(mine), 1)
        self.assertIn("You hold the role", list(mine.values())[0]["sentence"])
        for name, finding in lead.items():
            self.assertNotIn("You ", finding["sentence"])
            if name in mine:
                self.assertNotEqual(finding["sentence"], mine[name]["sentence"])
        for reader in ("team", "sponsor"):
            self.assertEqual(self.state("--audience", reader), {})
            for form in ("text", "csv"):
                told = self.done("findings", "--audience", reader, "--format", form).stdout
                self.assertNotIn("C10", told)
        self.assertEqual(self.state("--audience", "person", "chief-hospital").keys() & mine.keys(),
                         set())
        self.done("findings", "--audience", "person", "nobody", code=2)

    def test_what_is_kept_for_the_person_is_what_check_says_to_them(self):
        self.prepare(self.nobody_has_time)
        said = self.asked("check", "--as-of", DAY, "--audience", "person", "network-manager")
        kept = self.state("--audience", "person", "network-manager")
        self.assertEqual([f["sentence"] for f in said["findings"]],
                         [f["sentence"] for f in kept.values()])

    def test_one_role_two_people_each_keeps_their_own(self):
        """Two hold one post: when the first has time again, the second's finding stays theirs."""
        people = []

        def two(workbook, first_has_time=False):
            without_time(workbook)
            headings, holders = workbook["post-holders"]
            post, person, days = (headings.index(name) for name in ("Post", "Person",
                                                                    "Days set aside"))
            first = [row for row in holders if row[person] == "network-manager"][0]
            second = list(first)
            second[person] = "chief-hospital"
            holders.insert(holders.index(first) + 1, second)
            for row in (first, second):
                row[headings.index("Manner")] = "job share"
            if first_has_time:
                first[days] = "2"
            people[:] = ["network-manager", "chief-hospital"]
            self.post = first[post]
        self.bring(change=two)
        self.look()
        names = [[name for name in self.state("--audience", "person", person)
                  if name.startswith(f"C10/{self.post}")] for person in people]
        self.assertEqual([len(each) for each in names], [1, 1])
        self.decide("accept", names[1][0], "--by", "chief", "--reason", "mine")
        self.bring(change=lambda workbook: two(workbook, True))
        self.look()
        self.assertEqual(self.states()[names[0][0]], "closed")
        self.assertEqual(self.states()[names[1][0]], "open")
        second = self.state("--audience", "person", "chief-hospital")[names[1][0]]
        self.assertEqual(second["decisions"][0]["reason"], "mine")
        self.assertEqual(second["periods"][-1]["opened_revision"], 1)
        self.bring(change=two)
        self.look()
        self.assertEqual(self.states()[names[0][0]], "open")
        self.assertIn(names[0][0], self.state("--audience", "person", "network-manager"))


on_both(Findings)
del Findings
