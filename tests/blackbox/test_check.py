"""The diagnosis as people and programs get it."""
import csv
import io
import os
import pty
import random
import subprocess

from support import (Case, ITHACA, ROOT, SAMPLES, diagnose, ithaca, kinds, read_folder, write_folder,
                     write_sheets)

OXFORDSHIRE = [SAMPLES / "oxfordshire", "--basis", "stated,inferred", "--as-of", "2017-12-31"]
FINDING_KEYS = {"rule", "answers", "barriers", "level", "outcome", "severity", "basis", "records",
                "sentence", "source"}


class Check(Case):
    def test_findings_tell_programs_everything(self):
        for finding in diagnose(*OXFORDSHIRE)["findings"]:
            self.assertLessEqual(FINDING_KEYS, set(finding))
            self.assertTrue(finding["records"], finding["id"])
            self.assertNotIn("{{", finding["sentence"])
            self.assertNotIn("  ", finding["sentence"])

    def test_names_of_findings_are_unique(self):
        names = [finding["id"] for finding in diagnose(*OXFORDSHIRE)["findings"]]
        self.assertEqual(len(names), len(set(names)))

    def test_csv_has_a_row_per_finding(self):
        rows = list(csv.DictReader(io.StringIO(ithaca("check", *OXFORDSHIRE, "--format",
                                                      "csv").stdout)))
        self.assertEqual([row["Name"] for row in rows],
                         [finding["id"] for finding in diagnose(*OXFORDSHIRE)["findings"]])

    def test_text_fits_80_columns_and_has_no_colour_codes(self):
        result = ithaca("check", *OXFORDSHIRE)
        self.assertEqual(result.returncode, 1)
        self.assertNotIn("\033", result.stdout)
        self.assertLessEqual(max(map(len, result.stdout.splitlines())), 80)

    def test_colour_only_on_a_terminal_that_wants_it(self):
        def output(**environment):
            master, slave = pty.openpty()
            with subprocess.Popen([ITHACA, "check", *map(str, OXFORDSHIRE)], stdout=slave,
                                  env={**os.environ, **environment}) as process:
                os.close(slave)
                text = b""
                while True:
                    try:
                        piece = os.read(master, 65536)
                    except OSError:
                        break
                    if not piece:
                        break
                    text += piece
            os.close(master)
            self.assertEqual(process.returncode, 1)
            return text
        self.assertIn(b"\033[", output(TERM="xterm", NO_COLOR=""))
        self.assertNotIn(b"\033[", output(TERM="xterm", NO_COLOR="1"))
        self.assertNotIn(b"\033[", output(TERM="dumb", NO_COLOR=""))

    def test_every_finding_can_be_explained(self):
        for finding in diagnose(*OXFORDSHIRE)["findings"]:
            result = ithaca("check", *OXFORDSHIRE, "--why", finding["id"])
            self.assertEqual(result.returncode, 1)
            self.assertIn("The records it rests on", result.stdout)
            for record in finding["records"]:
                self.assertIn(f"row {record['row']}", " ".join(result.stdout.split()))
        self.assertEqual(ithaca("check", *OXFORDSHIRE, "--why", "A1/nothing").returncode, 2)
        all_of_rule = ithaca("check", *OXFORDSHIRE, "--why", "A1").stdout
        for name in ("A1/evaluation", "A1/final-specification"):
            self.assertIn(f"{name}: ", all_of_rule)

    def test_what_stands_behind_a_record_is_named_first(self):
        broken = [SAMPLES / "harbour-broken", "--as-of", "2026-12-31"]
        empty = next(finding for finding in diagnose(*broken)["findings"]
                     if finding["id"] == "C4/network-manager")
        told = [(record["kind"], record["standing"]) for record in empty["records"]]
        self.assertEqual(told[:3], [("person", "left 11 September 2026"),
                                    ("post_holder", "left 11 September 2026"),
                                    ("post", "vacant")])
        why = ithaca("check", *broken, "--why", "C4/network-manager").stdout
        self.assertIn("left 11 September 2026", " ".join(why.split()))

    def test_selections_select(self):
        everything = diagnose(*OXFORDSHIRE)["findings"]
        for option, key, values in (
                ("--level", "level", ["system", "organisation", "transformation team"]),
                ("--outcome", "outcome", ["direction", "alignment", "commitment"])):
            parts = [diagnose(*OXFORDSHIRE, option, value)["findings"] for value in values]
            self.assertEqual(sum(map(len, parts)), len(everything))
            for value, part in zip(values, parts):
                self.assertEqual({finding[key] for finding in part}, {value})
        grave = diagnose(*OXFORDSHIRE, "--min-severity", "high")["findings"]
        self.assertEqual({finding["severity"] for finding in grave}, {"high"})
        self.assertLess(len(grave), len(everything))

    def test_basis_leaves_other_records_out(self):
        workbook = read_folder(SAMPLES / "oxfordshire")
        for name, (headings, rows) in workbook.items():
            if "Basis" in headings:
                for row in rows:
                    row[headings.index("Basis")] = "illustrative"
        write_folder(workbook, self.folder)
        self.assertEqual(diagnose(self.folder, *OXFORDSHIRE[1:])["findings"], [])
        self.assertNotEqual(diagnose(self.folder, "--as-of", "2017-12-31")["findings"], [])

    def test_the_same_with_every_name_changed_and_everything_moved(self):
        """Keys, organisations' names, order of sheets, columns and rows do not matter."""
        workbook = read_folder(SAMPLES / "oxfordshire")
        random.seed(1)
        renamed = {}
        changed = {}
        for kind in kinds():
            sheet = kind["sheet"].lower().replace(" ", "-")
            if sheet not in workbook:
                continue
            headings, rows = workbook[sheet]
            types = {field["name"].replace("_", " ").capitalize(): field["type"]
                     for field in kind["fields"]}
            def new(key):
                return renamed.setdefault(key, f"z{len(renamed) * 7919 % 10007}")
            for row in rows:
                for i, heading in enumerate(headings):
                    if row[i] and types[heading] in ("key", "reference"):
                        row[i] = new(row[i])
                    elif row[i] and types[heading] == "references":
                        row[i] = ";".join(new(key.strip()) for key in row[i].split(";"))
                    elif kind["name"] == "organisation" and heading == "Name":
                        row[i] = f"Organisation {row[i][::-1]}"
            columns = random.sample(range(len(headings)), len(headings))
            random.shuffle(rows)
            changed[kind["sheet"]] = ([headings[c] for c in columns],
                                      [[row[c] for c in columns] for row in rows])
        shuffled = list(changed.items())
        random.shuffle(shuffled)
        path = self.folder / "moved.sheets"
        write_sheets(dict(shuffled), path)

        def found(diagnosis, names):
            return sorted((finding["rule"], finding["level"], finding["severity"],
                           finding["basis"], tuple(finding["barriers"]),
                           tuple(sorted(tuple(names.get(part, part) for part in
                                              record["key"].replace("@", "/").split("/"))
                                        for record in finding["records"])))
                          for finding in diagnosis["findings"])

        before, after = diagnose(*OXFORDSHIRE), diagnose(path, *OXFORDSHIRE[1:])
        self.assertEqual(found(before, renamed), found(after, {}))
        self.assertEqual(before["grid"], after["grid"])
        self.assertEqual([request["answers"] for request in before["requests"]],
                         [request["answers"] for request in after["requests"]])

    def test_a_programme_in_good_order_has_no_finding(self):
        result = ithaca("check", SAMPLES / "harbour", "--as-of", "2026-06-30")
        self.assertEqual(result.returncode, 0, result.stdout)
        self.assertIn("No finding. Everything that Ithaca looks at is in order.", result.stdout)
        self.assertNotIn("Cannot tell", result.stdout)
        diagnosis = diagnose(SAMPLES / "harbour", "--as-of", "2026-06-30")
        rules = {line.split()[0] for line in ithaca("rules", "list").stdout.splitlines()
                 if line[0] != " "}
        self.assertEqual({evidence["rule"] for evidence in diagnosis["in_place"]}, rules,
                         "every rule has something in order to say")

    def test_the_whole_is_said_in_two_sentences(self):
        """What is broken, what is in order and what cannot be judged, as the grid has it."""
        rules = len([line for line in ithaca("rules", "list").stdout.splitlines() if line[0] != " "])
        broken = SAMPLES / "harbour-broken", "--as-of", "2026-12-31"
        for where, said in (
                (OXFORDSHIRE, "Alignment is largely lacking at the system, organisation and transformation "
                 "team levels, commitment at the organisation level. Direction is only partly in order at "
                 "the transformation team level, commitment at the system and transformation team levels. "
                 "All else that can be judged is in order. Nothing can be judged at the care team and "
                 f"individual levels. Of the {rules} questions that Ithaca asks, too little is written "
                 "down to answer UNTOLD in full."),
                ((SAMPLES / "harbour", "--as-of", "2026-06-30"),
                 "Nothing was found broken: direction, alignment and commitment are in order wherever "
                 f"Ithaca can judge them. All {rules} questions that Ithaca asks could be answered."),
                (broken, "Direction is only partly in order at the transformation team level, alignment "
                 "and commitment at the organisation and transformation team levels. All else that can be "
                 f"judged is in order. All {rules} questions that Ithaca asks could be answered.")):
            diagnosis = diagnose(*where)
            said = said.replace("UNTOLD", str(len(diagnosis["cannot_tell"])))
            self.assertEqual(diagnosis["overall"], said)
            self.assertIn(said, " ".join(ithaca("check", *where).stdout.split()))
        nothing = self.sheets("[programme]\nkey,name\np,P\n[organisations]\nkey,name,part\na,A,partner\n")
        self.assertEqual(diagnose(nothing)["overall"], "The records say too little to judge by.")

    def test_demo_shows_diagnosis_what_if_pictures_and_pages_and_ends(self):
        for _ in range(2):  # a second time it writes over its own files
            result = ithaca("demo", cwd=self.folder)
            self.assertEqual(result.returncode, 0, result.stderr)
            self.assertIn(ithaca("check", *OXFORDSHIRE).stdout[:2000], result.stdout)
            self.assertIn("Handover sheet: Commissioner hosting the team, third", result.stdout)
            self.assertRegex(result.stdout, r"Tried just now: they answered on http://127\.0\.0\.1:\d+\.$")
            for picture in ("map", "decisions"):
                self.assertIn(f"Written to ithaca-demo/{picture}.svg", result.stdout)
                path = self.folder / "ithaca-demo" / f"{picture}.svg"
                self.assertIn("Oxfordshire", path.read_text(encoding="utf-8"))
        sample = {path.name: path.read_bytes() for path in (SAMPLES / "oxfordshire").glob("*.csv")}
        written = self.folder / "ithaca-demo" / "oxfordshire"
        self.assertEqual({path.name: path.read_bytes() for path in written.iterdir()}, sample)

    def test_the_readme_shows_what_the_demo_prints(self):
        printed = set(ithaca("demo", cwd=self.folder).stdout.splitlines()) | {"..."}
        readme = (ROOT / "README.md").read_text(encoding="utf-8")
        blocks = readme.split("## Two commands")[0].split("```")[1::2]
        self.assertEqual(len(blocks), 2)
        for line in "".join(blocks).splitlines():
            self.assertIn(line, printed)

    def test_output_that_cannot_be_written_is_no_success(self):
        with open("/dev/full", "w") as full:
            for arguments in (["check", *OXFORDSHIRE], ["rules", "list"], ["help"]):
                result = subprocess.run([ITHACA, *map(str, arguments)], stdout=full,
                                        stderr=subprocess.PIPE, text=True, check=False)
                self.assertEqual(result.returncode, 2)
                self.assertIn("could not be written", result.stderr)

    def test_the_day_shown_is_the_only_clock(self):
        text = (ROOT / "rules/alignment/A5.md").read_text()
        rule = text[:text.index("```sql")] + ("```sql\nselect id as decision, 'broken' as verdict, "
                                              "date('now') as due from decision\n```\n")
        rule = rule.replace("{{#", "{{^").split("finding:")[0] + (
            "finding: {{decision}} {{due}}\nin place: {{n}}\n" + rule[rule.index("\n## "):])
        (self.folder / "A5.md").write_text(rule)
        findings = diagnose(*OXFORDSHIRE, "--rules", self.folder)["findings"]
        told = [finding["sentence"] for finding in findings if finding["rule"] == "A5"]
        self.assertTrue(told)
        for sentence in told:
            self.assertIn("31 December 2017", sentence)


class FirstSteps(Case):
    """Somebody who has just begun."""

    def test_an_empty_template_says_what_to_fill_in_first(self):
        path = self.folder / "new.xlsx"
        self.assertEqual(ithaca("template", path).returncode, 0)
        result = ithaca("check", path)
        self.assertEqual(result.returncode, 2)
        self.assertIn("There is nothing in", result.stderr)
        self.assertIn("1. Programme", result.stderr)
        self.assertLessEqual(len(result.stderr.splitlines()), 60, "more than a page")

    def test_organisations_people_teams_and_three_decisions_are_enough(self):
        path = self.sheets("""[programme]
key,name,aim
falls,Falls service,Fewer falls
[organisations]
key,name,part
hospital,Hospital Trust,partner
council,Council,partner
gps,GP Federation,partner
[people]
key,name,employer
lead,Programme lead,hospital
consultant,Consultant,hospital
worker,Social worker,council
gp,General practitioner,gps
[teams]
key,name,type
team,Falls team,transformation team
[decisions]
key,title,concerns,final say,state,due,taken by team
staff,Move two therapists,hospital;council,not settled,open,,
budget,Pool the falls budget,hospital;council;gps,,open,2026-01-31,
start,Start the clinic,hospital;gps,settled,taken,,team
""")
        diagnosis = diagnose(path, "--as-of", "2026-06-30")
        rules = {finding["rule"] for finding in diagnosis["findings"]}
        self.assertIn("A1", rules)
        self.assertIn("A5", rules)
        self.assertLessEqual(rules, {"A1", "A5", "A6"}, "only what these records can show")
        self.assertLessEqual(len(diagnosis["requests"]), 3)
        self.assertGreaterEqual(len(diagnosis["requests"]), 1)


class Rules(Case):
    REQUIRED = ("D1 D3 D5 D6 D7 A1 A2 A3 A4 A6 A7 A8 A10 A11 A12 A14 A15 A16 A18 A22 C1 C2 C3 C6 "
                "C7 C8 C17 C18 R5").split()

    def test_every_line_that_is_promised_has_a_rule(self):
        lines = {line.split()[0]: line for line in
                 ithaca("rules", "--coverage").stdout.splitlines() if line[:1].isalpha()}
        for line in self.REQUIRED:
            self.assertIn("answered", lines[line])

    def test_every_rule_can_be_shown(self):
        listed = [line.split()[0] for line in ithaca("rules", "list").stdout.splitlines()
                  if line[0] != " "]
        self.assertGreaterEqual(len(listed), len(self.REQUIRED))
        for rule in listed:
            result = ithaca("rules", "show", rule)
            self.assertEqual(result.returncode, 0)
            self.assertIn("What to do", result.stdout)

    def test_every_paper_behind_a_rule_is_named(self):
        shown = " ".join(ithaca("rules", "show", "D10").stdout.split())
        self.assertIn("Goodwin 2020, Editorial; Sims et al. 2021, Mechanism 2", shown)

    def test_one_can_use_a_rule_of_ones_own(self):
        rule = self.folder / "X1.md"
        text = (SAMPLES.parent / "rules/alignment/A1.md").read_text()
        rule.write_text(text.replace("id: A1", "id: X1"))
        diagnosis = diagnose(*OXFORDSHIRE, "--rules", self.folder)
        self.assertIn("X1", {finding["rule"] for finding in diagnosis["findings"]})
        rule.write_text(text.replace("level: organisation", "level: top"))
        result = ithaca("check", *OXFORDSHIRE, "--rules", self.folder)
        self.assertEqual(result.returncode, 2)
        self.assertIn("X1.md, line 6", result.stderr)
