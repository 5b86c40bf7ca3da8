"""What if somebody leaves, or something is added: what would change before it happens."""
import csv
import io

from support import ROOT, SAMPLES, Case, ask, diagnose, ithaca, read_folder, write_folder

HARBOUR = SAMPLES / "harbour"
OXFORDSHIRE = SAMPLES / "oxfordshire"
ON = ("--on", "2026-06-30")


def whatif(path, *arguments):
    return ask("whatif", path, *arguments)


def lost(answer):
    return {row["id"] for row in answer["lost"]}


SMALL = """
[programme]
key,name
p,Programme

[organisations]
key,name,part
hospital,Hospital Trust,partner
council,Council,partner

[people]
key,name,employer,until
gone,matron,hospital,2026-05
hana,clinical lead,hospital
carl,social work lead,council
dora,deputy social work lead,council
nora,nurse,hospital

[posts]
key,title,organisation,programme role
lead,Clinical lead,hospital,clinical lead
social,Social work lead,council,management lead

[post holders]
post,person,manner
lead,hana,
social,carl,
social,dora,deputy

[teams]
key,name,type,meets every
team,Project team,transformation team,30

[team members]
team,person,post,role,vote
team,hana,,chair,yes
team,,social,member,yes
team,nora,,member,yes

[decisions]
key,title,concerns,due
start,When to start,hospital; council,2026-09-01

[decision rights]
decision,right held,post,for organisation
start,decides,lead,hospital
start,decides,social,council

[message routes]
from team,to organisation,to tier,messenger
team,council,senior manager,carl

[actions]
key,title,owner,agreed,due
call,Call the practices,carl,2026-06-01,2026-07-15
room,Find a room,hana,2026-05-01,2026-07-01

[coverage]
about,state
Decision rights,complete
Message routes,complete
Post holders,complete
"""


class WhatIf(Case):
    def test_what_a_person_carries_is_lost_and_nothing_else(self):
        self.assertEqual(lost(whatif(self.sheets(SMALL), "--without", "carl", *ON)), {
            "10-decisions/start/council", "30-organisations/council", "30-organisations/hospital",
            "40-seats/council", "70-posts/social", "80-messages/team/council/senior-manager/carl",
            "90-actions/call"})

    def test_who_carries_nothing_alone_loses_nothing(self):
        answer = whatif(self.sheets(SMALL), "--without", "dora", *ON)
        self.assertEqual(answer["lost"], [])
        self.assertEqual(answer["vanish"], [])

    def test_findings_that_appear_are_those_of_the_changed_workbook(self):
        """The same as writing the leaving into the workbook by hand."""
        harbour = read_folder(HARBOUR)
        for sheet, column in (("people", "Key"), ("post-holders", "Person"),
                              ("team-members", "Person"), ("relationships", "Person"),
                              ("relationships", "Other")):
            headings, rows = harbour[sheet]
            if "Until" not in headings:
                headings.append("Until")
                for row in rows:
                    row.append("")
            for row in rows:
                if row[headings.index(column)] == "network-manager" and not row[
                        headings.index("Until")]:
                    row[headings.index("Until")] = "2026-06-29"
        write_folder(harbour, self.folder)
        by_hand = {finding["id"] for finding in
                   diagnose(self.folder, "--as-of", "2026-06-30")["findings"]}
        answer = whatif(HARBOUR, "--without", "network-manager", *ON)
        self.assertEqual({finding["id"] for finding in answer["appear"]}, by_hand)
        self.assertIn("C4/network-manager", by_hand)

    def test_the_workbook_stays_as_it_is(self):
        path = self.sheets(SMALL)
        before = path.read_bytes()
        whatif(path, "--without", "carl", *ON)
        self.assertEqual(path.read_bytes(), before)

    def test_what_is_added_covers_what_was_not_covered(self):
        path = self.sheets(SMALL.replace("team,,social,member,yes\n", ""))
        more = self.folder / "more.sheets"
        more.write_text("[team members]\nteam,person,vote\nteam,dora,yes\n")
        answer = whatif(path, "--with", more, *ON)
        self.assertIn("40-seats/council", {row["id"] for row in answer["covered"]})
        self.assertEqual(answer["lost"], [])

    def test_what_is_added_must_fit_the_workbook(self):
        more = self.folder / "more.sheets"
        more.write_text("[team members]\nteam,person\nteam,nobody\nteem,dora\n")
        result = ithaca("whatif", self.sheets(SMALL), "--with", more, *ON)
        self.assertEqual(result.returncode, 2)
        self.assertIn("more.sheets", result.stderr)
        self.assertIn("nobody", result.stderr)
        self.assertIn("Did you mean \"team\"", result.stderr)

    def test_posts_and_organisations_can_go_too(self):
        path = self.sheets(SMALL)
        self.assertIn("10-decisions/start/council", lost(whatif(path, "--without", "post:social", *ON)))
        gone = whatif(path, "--without", "council", *ON)
        self.assertEqual(gone["without"], [{"kind": "organisation", "key": "council"}])
        self.assertNotIn("40-seats/council", lost(gone), "a partner that has left needs no seat")
        self.assertEqual(gone["handover"], [])

    def test_two_can_go_at_once(self):
        both = whatif(self.sheets(SMALL), "--without", "carl", "--without", "dora", *ON)
        self.assertEqual([sheet["person"] for sheet in both["handover"]], ["carl", "dora"])
        self.assertIn("70-posts/social", lost(both))

    def test_the_handover_sheet_holds_what_is_written_down(self):
        sheet = whatif(self.sheets(SMALL), "--without", "carl", *ON)["handover"][0]
        items = {item["id"]: item["sentence"] for item in sheet["items"]}
        self.assertIn("learning it: deputy social work lead", items["10-posts/social"])
        self.assertIn("20-seats/team", items)
        self.assertIn("decides", items["30-decisions/start/decides/social"])
        self.assertIn("40-messages/team/council/senior-manager/carl", items)
        self.assertIn("15 July 2026", items["50-actions/call"])
        self.assertIn("70-introductions/hana", items)
        self.assertNotIn("70-introductions/dora", items, "a colleague needs no introduction")

    def test_oxfordshire_without_the_hosting_commissioner(self):
        answer = whatif(OXFORDSHIRE, "--without", "commissioner-host-3", "--on", "2017-12-31")
        self.assertEqual(lost(answer), {"30-organisations/occg", "40-seats/occg",
                                        "70-posts/commissioner-host"})
        sentences = " ".join(item["sentence"] for item in answer["handover"][0]["items"])
        self.assertIn("3 holders", sentences)
        self.assertIn("3 names", sentences)

    def test_oxfordshire_without_the_locality_s_clinical_lead(self):
        answer = whatif(OXFORDSHIRE, "--without", "locality-lead", "--on", "2017-12-31")
        self.assertEqual(lost(answer),
                         {"80-messages/transformation-team/pilot-practices/locality-lead"})
        self.assertEqual([finding["rule"] for finding in answer["appear"]], ["A4"])

    def test_private_findings_are_for_the_lead_in_words_about_the_role(self):
        answer = whatif(HARBOUR, "--without", "project-manager", *ON)
        for finding in answer["appear"]:
            self.assertNotIn("You ", finding["sentence"])
        team = whatif(HARBOUR, "--without", "project-manager", "--audience", "team", *ON)
        rules = {finding["rule"] for finding in team["appear"]}
        self.assertFalse(rules & {"I6", "C9", "C10", "C11", "C12", "R3", "I1", "I2", "I5"})

    def test_a_gap_that_grows_is_a_loss(self):
        """The council has nobody who decides already; the hospital would have nobody either."""
        path = self.sheets(SMALL.replace("start,decides,social,council\n", ""))
        answer = whatif(path, "--without", "hana", *ON)
        self.assertIn("10-decisions/start/hospital", lost(answer))
        self.assertEqual([finding["rule"] for finding in answer["change"]], ["A1"])

    def test_a_seat_that_goes_with_a_post_stays_when_its_holder_leaves(self):
        seat = SMALL.replace("team,hana,,chair,yes", "team,hana,lead,chair,yes")
        deputy = seat.replace("social,dora,deputy", "social,dora,deputy\nlead,nora,")
        self.assertNotIn("60-chairs/team", lost(whatif(self.sheets(deputy), "--without", "hana",
                                                       *ON)))
        self.assertIn("60-chairs/team", lost(whatif(self.sheets(seat), "--without", "hana", *ON)))

    def test_handover_and_sweep_are_not_for_everybody(self):
        path = self.sheets(SMALL)
        for audience, sheets in (("lead", 1), ("team", 0), ("sponsor", 0), ("person carl", 1),
                                 ("person nora", 0)):
            answer = whatif(path, "--without", "carl", *ON, "--audience", *audience.split())
            self.assertEqual(len(answer["handover"]), sheets, audience)
        result = ithaca("whatif", path, "--sweep", "--audience", "team")
        self.assertEqual(result.returncode, 2)
        self.assertIn("for the lead", result.stderr)

    def test_own_rules_are_checked_as_check_does(self):
        rule = (ROOT / "rules/commitment/C10.md").read_text(encoding="utf-8")
        before, after = rule.split("for the lead:", 1)
        rule = before + "for the lead: {{person}} is tired.\nin place:" + after.split("in place:", 1)[1]
        (self.folder / "rules").mkdir()
        (self.folder / "rules" / "C10.md").write_text(rule, encoding="utf-8")
        result = ithaca("whatif", self.sheets(SMALL), "--without", "carl", "--rules",
                        self.folder / "rules")
        self.assertEqual(result.returncode, 2)
        self.assertIn("names the person only in", result.stderr)
        self.assertEqual(result.stdout, "")

    def test_wrong_questions_are_refused_with_help(self):
        path = self.sheets(SMALL)
        for arguments, message in (
            ((), "say who or what would go"),
            (("--without", "karl"), "carl"),
            (("--without", "post:lede"), "lead"),
            (("--sweep", "--without", "carl"), "--sweep"),
            (("--without", "carl", "--format", "csv"), "--sweep"),
            (("--without", "carl", "--on", "tomorrow"), "2026-06-30"),
            (("--without", "gone", "--on", "2026-06-30"), "--on 2026-05-31"),
        ):
            result = ithaca("whatif", path, *arguments)
            self.assertEqual(result.returncode, 2, arguments)
            self.assertIn(message, result.stderr)


class Sweep(Case):
    def sweep(self, path, *on):
        return whatif(path, "--sweep", *on)

    def test_each_person_s_loss_is_that_of_the_single_question(self):
        for entry in self.sweep(HARBOUR, *ON)["people"]:
            with self.subTest(entry["key"]):
                one = whatif(HARBOUR, "--without", entry["key"], *ON)
                self.assertEqual({row["id"] for row in entry["lost"]}, lost(one))

    def test_heaviest_first_and_everybody_once(self):
        people = self.sweep(HARBOUR, *ON)["people"]
        weights = [person["weight"] for person in people]
        self.assertEqual(weights, sorted(weights, reverse=True))
        headings, rows = read_folder(HARBOUR)["people"]
        there = {row[0] for row in rows if not row[headings.index("Until")]}
        self.assertEqual({person["key"] for person in people}, there)
        for person in people:
            self.assertEqual(person["weight"], sum(row["weight"] for row in person["lost"]))
            self.assertEqual(person["repair"] is not None, person["weight"] > 0)

    def test_the_repair_is_the_one_that_answers_most(self):
        people = self.sweep(self.sheets(SMALL), *ON)["people"]
        carl = next(person for person in people if person["key"] == "carl")
        weights = {}
        for row in carl["lost"]:
            weights[row["repair"]] = weights.get(row["repair"], 0) + row["weight"]
        self.assertEqual(weights[carl["repair"]], max(weights.values()))

    def test_csv_has_a_row_for_everybody(self):
        output = ithaca("whatif", HARBOUR, "--sweep", *ON, "--format", "csv").stdout
        rows = list(csv.DictReader(io.StringIO(output)))
        self.assertEqual([row["Person"] for row in rows],
                         [person["key"] for person in self.sweep(HARBOUR, *ON)["people"]])
