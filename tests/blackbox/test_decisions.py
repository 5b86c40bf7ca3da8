"""The paths from the team to everyone who decides, the scheme of delegation, the decision map."""
import csv
import io
import os
import shutil
import unittest
import xml.etree.ElementTree as xml

from support import Case, SAMPLES, ask, diagnose, ithaca, read_folder, write_folder

HARBOUR = (SAMPLES / "harbour", "--as-of", "2026-06-30")
OXFORDSHIRE = (SAMPLES / "oxfordshire", "--as-of", "2017-12-31")
BROKEN = (SAMPLES / "harbour-broken", "--as-of", "2026-12-31")
SVG = "{http://www.w3.org/2000/svg}"
DRAWN = unittest.skipUnless(shutil.which("dot"), "needs Graphviz")

# Every way in which a path can be broken, or cannot be told.
UNTIDY = """[programme]
key,name
p,Programme
[organisations]
key,name,part
hospital,Hospital Trust,partner
council,Council,partner
charity,Charity,partner
[people]
key,name,employer,until
amy,Amy,hospital,
ben,Ben,council,
gail,Gail,council,2026-03-31
lee,Lee,hospital,2026-03-31
[posts]
key,title,organisation,tier,state
director,Director of care,council,executive,
finance,Director of finance,hospital,,
empty,Head of service,council,senior manager,vacant
medical,Medical director,hospital,executive,
link,Link worker,council,front line,
stand-in,Head of homes,council,senior manager,vacant
estates,Head of estates,hospital,,
nursing,Head of nursing,hospital,middle manager,
[post holders]
post,person,until,manner
director,ben,,
medical,lee,2026-03-31,
link,gail,2026-03-31,
stand-in,ben,,acting
[teams]
key,name,type,level,phase
team,Project team,transformation team,,
shared,Quality committee,board,organisation,
old,Old committee,board,organisation,ended
[team members]
team,person
team,amy
shared,amy
[decisions]
key,title,state,due,final say,concerns,manner
sorts,Of all sorts,,2026-05-31,settled,hospital; council; charity,
two,Claimed by two,,2026-08-31,,,disputed
silent,Nothing known,,,,hospital,
settled,Settled by somebody,,,settled,,
done,Done long ago,taken,,,,
[decision rights]
decision,right held,post,person,team,body,up to
sorts,decides,medical,,,,
sorts,decides,,gail,,,
sorts,decides,director,,,,
sorts,must agree,empty,,,,
sorts,must agree,finance,,,,1000.5
sorts,must agree,stand-in,,,,
sorts,must agree,,,shared,,
sorts,must agree,,,old,,
sorts,must agree,,,team,,
sorts,must agree,,,,charity,
sorts,must agree,,,,hospital,
sorts,must agree,nursing,,,,
sorts,must agree,estates,,,,
two,decides,director,,,,
two,decides,nursing,,,,
[message routes]
from team,to organisation,to tier,to post,messenger,messenger post,state,every days
team,council,,director,gail,,,30
team,council,executive,,,link,,
team,hospital,,finance,,,,
team,hospital,executive,,amy,,,90
team,charity,,,,,none,
"""


def decisions(*arguments):
    """The open decisions by key."""
    return {decision["key"]: decision for decision in ask("decisions", *arguments)["decisions"]
            if decision["open"]}


def needed(decision):
    """Who decides or must agree, by name."""
    return {right["who"]: right for right in decision["rights"] if right["needed"]}


def drawn(*arguments):
    """The picture as a tree, and all the words shown in it, with spaces where lines break."""
    result = ithaca("decisions", *arguments, "--format", "svg")
    if result.returncode:
        raise AssertionError(result.stderr)
    tree = xml.fromstring(result.stdout)
    return tree, " ".join("".join(text.itertext()) for text in tree.iter(SVG + "text"))


class Paths(Case):
    def test_every_open_decision_of_a_programme_in_good_order_is_reached(self):
        found = decisions(*HARBOUR)
        self.assertEqual(len(found), 4)
        for key, decision in found.items():
            with self.subTest(key):
                self.assertEqual(decision["paths"], "works")
                self.assertIsNone(decision["undecided"])
                self.assertIsNone(decision["next"], "nothing is to be done")
                self.assertTrue(needed(decision))
                for right in needed(decision).values():
                    self.assertEqual(right["state"], "works")
        told = needed(found["care-plan-view"])["Medical director"]["ways"][0]
        self.assertEqual(told["team"], "project-team")
        self.assertEqual(told["messenger"], "consultant physiotherapist, hospital trust")
        self.assertEqual(told["every"], "every two months")

    def test_what_the_paper_says_is_broken_is_named(self):
        found = decisions(*OXFORDSHIRE)
        self.assertEqual(len(found), 5)
        for key in ("final-specification", "implementation", "evaluation"):
            gap = found[key]["undecided"]
            self.assertEqual((found[key]["paths"], gap["state"], gap["rule"]),
                             ("broken", "broken", "A1"))
            self.assertEqual(gap["words"], "it is not settled who decides")
            self.assertEqual(len(gap["organisations"]), 4)
        judged = needed(found["worth-of-the-work"])
        self.assertEqual(len(judged), 3)
        for right in judged.values():
            self.assertEqual((right["state"], right["rule"]), ("broken", "A3"))
            self.assertEqual(right["ways"][0]["words"], "it is not settled who tells them")
        self.assertEqual(found["commission-full-service"]["paths"], "cannot be told yet",
                         "the paper does not say who would take it")

    def test_a_dispute_and_a_new_decider_whom_nobody_tells(self):
        found = decisions(*BROKEN)["shared-budget"]
        self.assertIn("(A2)", found["clash"])
        states = {who: (right["state"], right["rule"]) for who, right in needed(found).items()}
        self.assertEqual(states.pop("Director of resources"), ("broken", "A3"))
        self.assertEqual(set(states.values()), {("works", None)})

    def test_paths_and_findings_agree(self):
        for workbook in (HARBOUR, OXFORDSHIRE, BROKEN, (self.sheets(UNTIDY), "--as-of", "2026-06-30")):
            findings = diagnose(*workbook)["findings"]
            spoken = {record["key"] for finding in findings if finding["rule"] in ("A1", "A2", "A3")
                      for record in finding["records"] if record["kind"] == "decision"}
            broken = {key for key, decision in decisions(*workbook).items()
                      if decision["paths"] == "broken"}
            self.assertLessEqual(spoken, broken)

    def test_every_way_to_be_broken_is_told_apart(self):
        found = decisions(self.sheets(UNTIDY), "--as-of", "2026-06-30")
        rights = needed(found["sorts"])
        expected = {
            "Medical director": ("broken", "A1", "nobody holds this post now"),
            "Gail": ("broken", "A1", "has left"),
            "Head of service": ("broken", None, "nobody holds this post now"),
            "Old committee": ("broken", None, "is no longer there"),
            "Head of homes": ("cannot be told yet", None,
                              "the post is empty, and somebody stands in"),
            "Head of nursing": ("cannot be told yet", None, "no message route is written down"),
            "Project team": ("works", None, "leads the change itself and needs no messenger"),
        }
        for who, (state, rule, words) in expected.items():
            with self.subTest(who):
                right = rights[who]
                self.assertEqual((right["state"], right["rule"], right["state_words"]),
                                 (state, rule, words))
        ways = {who: [(way["state"], way["rule"], way["words"]) for way in rights[who]["ways"]]
                for who in ("Director of care", "Director of finance", "Charity",
                            "Quality committee", "Hospital Trust", "Head of estates")}
        self.assertEqual(sorted(ways["Director of care"]), [
            ("broken", "A4", "Gail, who told them, has left"),
            ("broken", "A4", "told by Link worker, and nobody holds that post now")])
        self.assertEqual(ways["Director of finance"][0],
                         ("cannot be told yet", None, "told, and it is not written down by whom"))
        self.assertEqual(ways["Charity"], [("broken", "A3", "nobody tells them")])
        self.assertEqual(ways["Quality committee"], [("works", None, "Amy sits in both")])
        self.assertEqual(ways["Hospital Trust"][0], ("works", None, "Amy speaks for it there"))
        self.assertEqual(ways["Head of estates"], [
            ("cannot be told yet", None, "told by Amy, if this post is among the executives; its "
             "tier is not written down")])
        self.assertIn("needed by 31 May 2026, 30 days ago (A5)", found["sorts"]["about"])
        self.assertIn("(A2)", found["two"]["clash"])
        self.assertEqual(found["silent"]["undecided"]["state"], "cannot be told yet")
        self.assertEqual(found["settled"]["next"],
                         "Write down who decides, on the sheet Decision rights.")

    def test_a_messenger_who_leaves_breaks_the_path_from_that_day(self):
        workbook = read_folder(SAMPLES / "harbour")
        headings, people = workbook["people"]
        next(row for row in people if row[0] == "physiotherapist")[headings.index("Until")] = \
            "2026-06-15"
        write_folder(workbook, self.folder)
        before, after = (needed(decisions(self.folder, "--as-of", day)["care-plan-view"])
                         ["Medical director"] for day in ("2026-06-14", "2026-06-30"))
        self.assertEqual(before["state"], "works")
        self.assertEqual((after["state"], after["rule"]), ("broken", "A4"))

    def test_what_was_decided_says_when_it_was_taken_and_when_done(self):
        words = " ".join(ithaca("decisions", SAMPLES / "harbour-broken", "--as-of", "2026-12-31")
                         .stdout.split())
        self.assertIn("What the falls service is to be: taken 21 October 2025 by Harbour board, "
                      "carried out 3 November 2025.", words)
        self.assertIn("this year's budget: something else was put in its place by Director of "
                      "resources, 3 November 2026.", words)

    def test_text_names_what_is_broken_the_rule_and_the_next_step(self):
        long = self.sheets(UNTIDY.replace("Claimed by two", "Claimed by two " * 9))
        for option in ((), ("--scheme",)):
            for line in ithaca("decisions", long, *option).stdout.splitlines():
                self.assertLessEqual(len(line), 80, line)
        text = ithaca("decisions", self.sheets(UNTIDY), "--as-of", "2026-06-30").stdout
        flat = " ".join(text.split())
        self.assertIn("For 2, something on the way is broken. For 2, too little is written down", flat)
        self.assertIn("! Project team → (Gail, who told them, has left) → Director of care: broken "
                      "(A4)", flat)
        self.assertIn("Next: For this one decision, ask in each organisation", flat)
        self.assertIn("Next: as for 1.", flat)
        self.assertIn("- Done long ago: taken.", flat)
        self.assertLess(flat.index("Of all sorts"), flat.index("Nothing known"),
                        "what is broken comes first")

    def test_without_decisions_it_says_what_to_write_down_where(self):
        head = "[programme]\nkey,name\np,P\n[organisations]\nkey,name,part\na,A,partner\n"
        for format in ("text", "csv", "json"):
            self.assertEqual(
                ithaca("decisions", self.sheets(head), "--format", format).returncode, 0)
        nothing = ithaca("decisions", self.sheets(head)).stdout
        self.assertIn("no decision is written down", nothing)
        self.assertIn("on the sheet Decisions", nothing)
        taken = ithaca("decisions",
                       self.sheets(head + "[decisions]\nkey,title,state\nd,Done,taken\n")).stdout
        self.assertIn("no open decision is written down", taken)
        self.assertIn("- Done: taken.", taken)

    def test_a_key_that_is_not_there_is_refused_with_the_nearest(self):
        result = ithaca("decisions", *HARBOUR, "--decision", "weekend")
        self.assertEqual(result.returncode, 2)
        self.assertIn('Did you mean "weekends"?', " ".join(result.stderr.split()))

    def test_a_decision_that_had_not_been_raised_is_said_to_be_that(self):
        early = (HARBOUR[0], "--as-of", "2025-06-30", "--decision", "specification")
        for form in ([], ["--scheme"]):
            result = ithaca("decisions", *early, *form)
            self.assertEqual(result.returncode, 0)
            text = " ".join(result.stdout.split())
            self.assertIn("As of 30 June 2025: “What the falls service is to be” had not been "
                          "raised by that day.", text)
            self.assertIn("the column Raised says “2025-07-15”", text)
            self.assertNotIn("no decision is written down", text)
        self.assertEqual(decisions(*early), {})
        self.assertNotIn("had not been raised",
                         ithaca("decisions", *early[:2], "2025-07-15", *early[3:]).stdout)

    @DRAWN
    def test_what_had_not_been_raised_is_not_drawn(self):
        result = ithaca("decisions", HARBOUR[0], "--as-of", "2025-06-30", "--decision",
                        "specification", "--format", "svg")
        self.assertEqual((result.returncode, result.stdout), (2, ""))
        self.assertIn("had not been raised by that day", " ".join(result.stderr.split()))

    def test_what_is_there_already_is_not_written_over(self):
        path = self.folder / "paths.txt"
        self.assertEqual(ithaca("decisions", *HARBOUR, "--output", path).returncode, 0)
        written = path.read_text(encoding="utf-8")
        self.assertEqual(written, ithaca("decisions", *HARBOUR).stdout)
        self.assertEqual(ithaca("decisions", *OXFORDSHIRE, "--output", path).returncode, 2)
        self.assertEqual(path.read_text(encoding="utf-8"), written)


class Scheme(Case):
    def rows(self, *arguments):
        text = ithaca("decisions", *arguments, "--format", "csv").stdout
        return list(csv.DictReader(io.StringIO(text)))

    def test_every_right_is_a_row_with_its_sum_its_document_and_its_path(self):
        rows = self.rows(*HARBOUR)
        rights = read_folder(SAMPLES / "harbour")["decision-rights"][1]
        self.assertEqual(len(rows), len(rights))
        self.assertEqual(list(rows[0]), [
            "Key", "Decision", "State", "Due", "Concerns", "Right held", "Who", "Held by",
            "Organisation", "Up to", "Delegated by", "Since", "Until", "Document", "Page", "Path",
            "Messenger"])
        row = next(row for row in rows if row["Who"] == "Harbour network manager")
        self.assertEqual((row["Up to"], row["Delegated by"], row["Since"], row["Until"],
                          row["Document"]),
                         ("5000", "Director of operations", "2025-06-24", "2027-03-31",
                          "Who may spend what"))
        row = next(row for row in rows if row["Who"] == "Director of finance")
        self.assertEqual((row["Right held"], row["Messenger"]),
                         ("must agree", "director of adult social care, council"))
        self.assertTrue(row["Path"].startswith("works: Harbour board → told by"))

    def test_a_decision_without_a_decider_is_a_row_too(self):
        rows = self.rows(*OXFORDSHIRE)
        row = next(row for row in rows if row["Key"] == "evaluation")
        self.assertEqual(row["Who"], "")
        self.assertTrue(row["Path"].startswith("broken (A1): it is not settled who decides"))
        self.assertEqual({row["Key"] for row in rows},
                         {row[0] for row in read_folder(SAMPLES / "oxfordshire")["decisions"][1]})

    def test_as_text_it_says_who_handed_the_right_down_and_where_that_is_written(self):
        text = " ".join(ithaca("decisions", *HARBOUR, "--scheme").stdout.split())
        self.assertIn("Harbour network manager, Ansel Bay Community Trust, up to 5,000; handed down "
                      "by Director of operations; since 24 June 2025; until 31 March 2027; written "
                      "in Who may spend what", text)

    def test_no_cell_is_a_formula(self):
        text = UNTIDY.replace("Of all sorts", "=1+1").replace("Director of care", "@SUM(A1)")
        for row in self.rows(self.sheets(text), "--as-of", "2026-06-30"):
            for cell in row.values():
                self.assertNotIn(cell[:1], ("=", "+", "-", "@"), cell)


class Map(Case):
    @DRAWN
    def test_it_shows_everyone_who_decides_and_who_tells_them(self):
        tree, words = drawn(*HARBOUR)
        self.assertEqual(tree.get("role"), "img")
        for decision in decisions(*HARBOUR).values():
            self.assertIn(decision["title"], words)
            for who, right in needed(decision).items():
                self.assertIn(who, words)
                self.assertIn(right["right"], words)
        self.assertIn("consultant physiotherapist, hospital trust", words)
        self.assertIn("tells them every two months", words)
        self.assertNotIn("broken:", words)
        described = "".join(tree.find(SVG + "desc").itertext())
        self.assertEqual(described.strip(),
                         ithaca("decisions", *HARBOUR).stdout.split("\nNo longer open")[0].strip())

    @DRAWN
    def test_broken_links_say_so_and_are_dashed(self):
        tree, words = drawn(self.sheets(UNTIDY), "--as-of", "2026-06-30")
        for label in ("broken: Gail, who told them, has left", "Medical director (vacant)",
                      "Gail (has left)", "broken: decides, but nobody holds this post now",
                      "cannot be told yet: no message route is written down",
                      "nobody is named for Hospital Trust", "broken: more than one has the last word (A2)"):
            self.assertIn(label, words)
        dashed = [line for line in tree.iter(SVG + "path") if line.get("stroke-dasharray")]
        self.assertGreater(len(dashed), 5)

    @DRAWN
    def test_hostile_names_stay_text(self):
        for name in ('"><script>alert(1)</script>', "</svg>", '\\N \\"x\\" {|} <b>', "&lt;x&#10;",
                     "a -> b; c", "]]>"):
            with self.subTest(name):
                quoted = '"' + name.replace('"', '""') + '"'
                text = UNTIDY.replace(",Director of care,", f",{quoted},")
                text = text.replace(",Of all sorts,", f",{quoted},")
                text = text.replace(",Project team,", f",{quoted},")
                text = text.replace("hospital,Hospital Trust,", f"hospital,{quoted},")
                tree, words = drawn(self.sheets(text), "--as-of", "2026-06-30")
                self.assertIn(" ".join(name.split()), " ".join(words.split()))
                self.assertEqual([e.tag for e in tree.iter() if "script" in e.tag], [])
                self.assertEqual(len(list(tree.iter(SVG + "svg"))), 1)

    @DRAWN
    def test_one_decision_can_be_drawn_even_if_it_was_taken(self):
        _, words = drawn(*HARBOUR, "--decision", "weekends")
        self.assertIn("Run the falls team at weekends too", words)
        self.assertNotIn("shared budget", words)
        _, words = drawn(*HARBOUR, "--decision", "specification")
        self.assertIn("What the falls service is to be", words)

    def test_too_many_decisions_are_not_drawn_at_once(self):
        text = ("[programme]\nkey,name\np,P\n[organisations]\nkey,name,part\na,A,partner\n"
                "[decisions]\nkey,title\n" + "".join(f"d{i},Decision {i}\n" for i in range(13)))
        result = ithaca("decisions", self.sheets(text), "--format", "svg")
        self.assertEqual((result.returncode, result.stdout), (2, ""))
        self.assertIn("--decision KEY", result.stderr)

    def test_without_graphviz_it_says_what_to_install(self):
        result = ithaca("decisions", *HARBOUR, "--format", "svg",
                        env={**os.environ, "PATH": str(self.folder)})
        self.assertEqual((result.returncode, result.stdout), (2, ""))
        self.assertIn("apt-get install graphviz", " ".join(result.stderr.split()))
