"""Who sees what: findings about a person are told to that person; the lead reads of the role."""
from support import ROOT, SAMPLES, Case, diagnose, ithaca, read_folder, write_folder

DAY = ("--as-of", "2026-06-30")
PRIVATE = {"C9", "C10", "C11", "C12", "R3", "I1", "I2", "I5", "I6"}
MANAGER = "network manager, Harbour"


class Audience(Case):
    def setUp(self):
        super().setUp()
        harbour = read_folder(SAMPLES / "harbour")
        self.people = {row[1] for row in harbour["people"][1]}
        headings, holders = harbour["post-holders"]
        days = headings.index("Days set aside")
        for row in holders:
            row[days] = "0"
        write_folder(harbour, self.folder)

    def rules(self, *audience):
        return [finding["rule"] for finding in self.see(*audience)["findings"]]

    def see(self, *audience):
        return diagnose(self.folder, *DAY, *(("--audience",) + audience if audience else ()))

    def test_the_lead_reads_of_roles_and_not_of_people(self):
        seen = self.see("lead")
        self.assertEqual(set(self.rules("lead")), {"C10"})
        self.assertGreater(len(seen["findings"]), 5)
        for finding in seen["findings"]:
            self.assertIn("has no time of its own", finding["sentence"])
            self.assertNotIn("You ", finding["sentence"])
            self.assertNotIn(finding["about"], self.people)
            self.assertNotIn("person", [record["kind"] for record in finding["records"]])
            self.assertNotIn("post_holder", [record["kind"] for record in finding["records"]])

    def test_the_lead_is_who_reads_if_nothing_is_said(self):
        self.assertEqual(self.see(), self.see("lead"))

    def test_team_and_sponsor_do_not_see_private_rules_at_all(self):
        for reader in ("team", "sponsor"):
            seen = self.see(reader)
            self.assertEqual(seen["findings"], [])
            self.assertFalse(PRIVATE & {each["rule"] for each in seen["in_place"]})
            self.assertFalse(PRIVATE & {each["rule"] for each in seen["cannot_tell"]})
            individual = [cell for cell in seen["grid"] if cell["level"] == "individual"]
            self.assertTrue(all(cell["against"] == 0 == cell["for"] for cell in individual))
            self.assertNotIn("individual", seen["overall"])

    def test_a_person_reads_of_nobody_else(self):
        seen = self.see("person", "network-manager")
        self.assertEqual([f["rule"] for f in seen["findings"]], ["C10"])
        self.assertIn("You hold the role", seen["findings"][0]["sentence"])
        people = [record["key"] for record in seen["findings"][0]["records"]
                  if record["kind"] == "person"]
        self.assertEqual(people, ["network-manager"])
        self.assertEqual(self.rules("person", "chief-hospital"), [])

    def test_no_output_for_the_team_says_more(self):
        for extra in ([], ["--format", "csv"], ["--format", "json"]):
            result = ithaca("check", self.folder, *DAY, "--audience", "team", *extra)
            self.assertEqual(result.returncode, 0)
            self.assertNotIn("C10", result.stdout)
            self.assertNotIn("time of its own", result.stdout)
        why = ithaca("check", self.folder, *DAY, "--audience", "team", "--why", "C10")
        self.assertEqual(why.returncode, 2)
        self.assertIn("no finding", why.stderr)

    def test_the_lead_s_why_names_no_person(self):
        why = ithaca("check", self.folder, *DAY, "--why", "C10").stdout
        self.assertIn("has no time of its own", why)
        self.assertNotIn(MANAGER, why)

    def test_a_private_rule_must_not_call_its_findings_by_a_person(self):
        text = (ROOT / "rules/commitment/C10.md").read_text()
        for column, accepted in (("post", True), ("post_holder", False), ("person", False)):
            (self.folder / "rules").mkdir(exist_ok=True)
            (self.folder / "rules/C10.md").write_text(
                text.replace("identity: post\n", f"identity: post\nabout: {column}\n"))
            result = ithaca("rules", "test", self.folder / "rules/C10.md")
            self.assertEqual("must name no person" not in result.stdout + result.stderr, accepted)

    def test_wrong_readers_are_refused_with_help(self):
        for arguments, message in (
            (["--audience", "boss"], "lead, person, team and sponsor"),
            (["--audience", "person"], "say which person"),
            (["--audience", "person", "network-manger"], "network-manager"),
        ):
            result = ithaca("check", self.folder, *DAY, *arguments)
            self.assertEqual(result.returncode, 2)
            self.assertIn(message, result.stderr)
            self.assertEqual(result.stdout, "")
