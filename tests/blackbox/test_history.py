"""The diagnosis over time."""
import csv
import functools
import io
import os
import pty
import subprocess
import time
import xml.etree.ElementTree

from support import Case, ITHACA, SAMPLES, ask, diagnose, ithaca

OXFORDSHIRE = [SAMPLES / "oxfordshire", "--basis", "stated,inferred", "--to", "2017-12-31"]
HARBOUR = [SAMPLES / "harbour", "--to", "2026-06-30"]

# A key role that is empty until February, filled to the end of April, and filled again in August; a
# decision taken too late, one known to the month only, one that is still open; one success.
SMALL = '''[programme]
key,name,started
falls,"Falls <b> & ""friends""",2025-01-01
[organisations]
key,name,part
hospital,Hospital & Trust,partner
[people]
key,name
first,First clinical lead
second,Second clinical lead
[posts]
key,title,organisation,key role,programme role
lead,Clinical lead <falls>,hospital,yes,clinical lead
[post holders]
post,person,since,until
lead,first,2025-02-01,2025-04-30
lead,second,2025-08-15,
[decisions]
key,title,state,due,taken
start,Start the clinic,taken,2025-03-10,2025-05-20
budget,Pool the budget,taken,2025-06,2025-09
rules,Agree the rules,,about 2025-09,
[milestones]
key,title,type,state,reached
clinic,First clinic,win,reached,2025-02-20
[documents]
key,title,type,dated
report,A report,report,2019
[coverage]
about,state
Post holders,complete
Milestones,complete
'''


@functools.cache
def printed(*arguments):
    """A sample's history as text; it takes a while, so that tests share it."""
    return ithaca("history", *arguments).stdout


@functools.cache
def history_of_sample(*arguments):
    return history(*arguments)


def history(*arguments):
    """The history as a dictionary, its findings by name."""
    told = ask("history", *arguments)
    told["findings"] = {finding["id"]: finding for finding in told["findings"]}
    return told


def days(finding):
    return [(when["from"], when["until"]) for when in finding["times"]]


def words(text):
    return " ".join(text.split())


class History(Case):
    def setUp(self):
        super().setUp()
        self.small = [self.sheets(SMALL), "--to", "2026-03-31"]

    def test_findings_open_and_close_on_their_days(self):
        found = history(*self.small)["findings"]
        self.assertEqual(days(found["A5/start"]), [("2025-03-11", "2025-05-19")])
        self.assertEqual(found["A5/start"]["times"][0]["days_at_most"], 70)

    def test_a_month_is_no_day(self):
        when = history(*self.small)["findings"]["A5/budget"]["times"][0]
        self.assertEqual((when["from"], when["until"]), ("2025-07-01", "2025-08-31"))
        self.assertEqual((when["from_written"], when["until_written"]), ("2025-06", "2025-09"))
        self.assertEqual((when["days_at_least"], when["days_at_most"]), (62, 122))
        text = words(ithaca("history", *self.small).stdout)
        self.assertIn("from some time in June 2025 until some time in September 2025: 2 to 4 "
                      "months", text)
        self.assertIn("from about September 2025, still there on 31 March 2026", text)
        self.assertIn("1 July 2025 (the day is not exact) 1 opened", text)
        self.assertIn("sheet Decisions, row 21, Due says “2025-06”", text)
        self.assertNotIn("20 May 2025 (the day is not exact)", text)

    def test_what_opens_again_shows_the_gap(self):
        found = history(*self.small)["findings"]["C4/lead"]
        self.assertEqual(days(found), [(None, "2025-01-31"), ("2025-05-01", "2025-08-14")])
        text = words(ithaca("history", *self.small).stdout)
        self.assertIn("from before the first day in the records until 31 January 2025", text)
        self.assertIn("again, after 3 months, from 1 May 2025 until 14 August 2025", text)
        self.assertIn("Opened again (C4): The post “Clinical lead <falls>”", text)

    def test_a_limit_of_time_runs_out_on_the_very_day(self):
        """Nothing happens on that day, and it is no month end."""
        when = history(*self.small)["findings"]["C7"]["times"][0]
        self.assertEqual(when["from"], "2025-11-21")
        self.assertEqual(when["beginning"], "a time limit ran out")
        for day, there in (("2025-11-20", False), ("2025-11-21", True)):
            rules = {finding["rule"] for finding in
                     diagnose(self.small[0], "--as-of", day)["findings"]}
            self.assertEqual("C7" in rules, there)

    def test_a_gap_of_one_day_is_seen(self):
        path = self.sheets(SMALL.replace("2025-08-15", "2025-05-02"))
        found = history(path, "--to", "2026-03-31")["findings"]["C4/lead"]
        self.assertEqual(days(found)[1:], [("2025-05-01", "2025-05-01")])
        text = words(ithaca("history", path, "--to", "2026-03-31").stdout)
        self.assertIn("from 1 May 2025 until 1 May 2025: 1 day", text)

    def test_what_ended_with_its_post_was_not_mended(self):
        path = self.sheets(SMALL.replace("key,title,organisation,key role,programme role",
                                         "key,title,organisation,key role,programme role,until")
                           .replace("yes,clinical lead", "yes,clinical lead,2025-07-15")
                           .replace("lead,second,2025-08-15,\n", ""))
        found = history(path, "--to", "2026-03-31")["findings"]["C4/lead"]
        self.assertEqual(days(found), [(None, "2025-01-31"), ("2025-05-01", "2025-07-15")])
        self.assertEqual([when["end"] for when in found["times"]],
                         ["day written", "what it was about ended"])
        text = words(ithaca("history", path, "--to", "2026-03-31").stdout)
        self.assertIn("No longer found after 2 months (C4). It said: The post “Clinical lead "
                      "<falls>”", text)
        self.assertIn("(Because “Clinical lead <falls>” ended.)", text)
        self.assertIn("Closed after at least 4 weeks (C4)", text)

    def test_numbers_agree(self):
        """What was there at first, came and went leaves what is there at the end."""
        for arguments in (self.small, OXFORDSHIRE):
            told = history_of_sample(*arguments)
            self.assertEqual(told["broken_last"], told["broken_before"] +
                             sum(len(change["opened"]) - len(change["closed"])
                                 for change in told["changes"]))
            text = words(printed(*arguments))
            self.assertIn(f"{told['broken_last']} are left.", text)
            self.assertIn(f"; {told['changes'][-1]['broken']} broken in all", text)

    def test_the_latest_day_comes_first_where_there_are_many(self):
        text = printed(*HARBOUR)
        self.assertIn("The latest day comes first.", text)
        self.assertLess(text.index("\n1 June 2026"), text.index("\n24 June 2025"))
        self.assertNotIn("The latest day comes first.", printed(*OXFORDSHIRE))

    def test_what_was_mended_on_the_first_day_and_broke_again_has_a_day(self):
        path = self.sheets(SMALL.replace("lead,first,2025-02-01,", "lead,first,2025-01-01,")
                           .replace("lead,second,2025-08-15,\n", ""))
        found = history(path, "--to", "2026-03-31")["findings"]["C4/lead"]
        self.assertEqual(days(found), [("2025-05-01", None)])
        self.assertFalse(found["without_a_day"])

    def test_findings_are_called_by_what_they_are_about(self):
        found = history(*self.small)["findings"]
        self.assertEqual(found["C4/lead"]["about"], "Clinical lead <falls>")
        self.assertEqual(found["C7"]["about"], "")
        text = ithaca("history", *self.small).stdout
        for name in ("  Clinical lead <falls>", "  Pool the budget", "  The whole programme"):
            self.assertIn("\n" + name, text)
        self.assertNotIn("C4/lead", text)

    def test_what_could_not_be_told_before_may_be_older(self):
        path = self.sheets(SMALL.replace("about,state", "about,state,complete since")
                           .replace("Post holders,complete", "Post holders,complete,2025-06-01"))
        when = history(path, "--to", "2026-03-31")["findings"]["C4/lead"]["times"]
        self.assertEqual([(when["from"], when["until"]) for when in when],
                         [("2025-06-01", "2025-08-14")])
        self.assertEqual(when[0]["beginning"], "records complete from this day")
        self.assertIn("(It may be older: from this day the records are said to be complete.)",
                      words(ithaca("history", path, "--to", "2026-03-31").stdout))

    def test_every_change_agrees_with_check(self):
        told = history(*self.small)
        for change in told["changes"]:
            there = {finding["id"] for finding in
                     diagnose(self.small[0], "--as-of", change["day"])["findings"]}
            self.assertEqual(len(there), change["broken"])
            self.assertLessEqual(set(change["opened"]), there)
            self.assertFalse(set(change["closed"]) & there)
        self.assertEqual(told["changes"], sorted(told["changes"], key=lambda c: c["day"]))

    def test_from_and_to_cut_the_time(self):
        cut = history(self.small[0], "--from", "2025-04-01", "--as-of", "2025-05-10")
        self.assertEqual((cut["from"], cut["to"]), ("2025-04-01", "2025-05-10"))
        self.assertEqual(days(cut["findings"]["A5/start"]), [(None, None)])
        self.assertFalse(cut["findings"]["A5/start"]["without_a_day"])
        self.assertEqual(days(cut["findings"]["C4/lead"]), [("2025-05-01", None)])
        self.assertEqual(history(*self.small)["from"], "2025-01-01")
        self.assertEqual(history(*self.small)["first_recorded"], "2019-01-01")

    def test_a_day_shown_alone(self):
        alone = history(self.small[0], "--from", "2025-04-01", "--to", "2025-04-01")
        self.assertEqual(alone["changes"], [])
        self.assertEqual(alone["broken_last"],
                         len(diagnose(self.small[0], "--as-of", "2025-04-01")["findings"]))

    def test_without_a_start_it_begins_with_the_first_day_in_the_records(self):
        path = self.sheets(SMALL.replace(",2025-01-01\n", ",\n", 1))
        self.assertEqual(history(path, "--to", "2026-03-31")["from"], "2019-01-01")

    def test_without_any_day(self):
        path = self.sheets("[programme]\nkey,name\nfalls,Falls\n[organisations]\nkey,name,part\n"
                           "hospital,Hospital,partner\n[decisions]\nkey,title,concerns,final say\n"
                           "budget,Pool the budget,hospital,not settled\n")
        told = history(path, "--to", "2026-03-31")
        self.assertTrue(told["findings"]["A1/budget"]["without_a_day"])
        self.assertIsNone(told["first_recorded"])
        text = words(ithaca("history", path, "--to", "2026-03-31").stdout)
        self.assertIn("No day is written down for when this finding began or ended; it is shown as "
                      "broken for the whole time.", text)

    def test_csv_has_a_row_for_each_time(self):
        rows = list(csv.DictReader(io.StringIO(
            ithaca("history", *self.small, "--format", "csv").stdout)))
        told = [(row["Name"], row["From"] or None, row["Until"] or None) for row in rows]
        self.assertEqual(told, [(name, *when) for name, finding in
                                history(*self.small)["findings"].items() for when in days(finding)])

    def test_text_fits_80_columns_and_has_no_colour_codes(self):
        for text in (ithaca("history", *self.small).stdout, printed(*OXFORDSHIRE),
                     ithaca("history", *self.small, "--from", "2019-01-01").stdout):
            self.assertLessEqual(max(map(len, text.splitlines())), 80)
            self.assertNotIn("\033", text)

    def test_many_days_are_thinned_and_said_so(self):
        text = words(ithaca("history", self.small[0], "--from", "1950-01-01", "--to",
                            "2026-03-31").stdout)
        self.assertIn("These are too many days", text)
        self.assertIn("from 11 March 2025 until 19 May 2025", text)

    def test_wrong_calls_are_refused(self):
        for arguments, message in (
                ([], "say which workbook, or which database with --db"),
                ([self.small[0], "--from", "May"], "--from takes a day"),
                ([self.small[0], "--to", "2025-02-30"], "--to takes a day"),
                ([self.small[0], "--to", "2024-12-31"], "is after the last one"),
                ([self.small[0], "--format", "png"], "text, svg, json and csv"),
                ([self.small[0], "--output", "chart.svg"], "--format svg --output FILE"),
                ([self.small[0], "--basis", "gossip"], "--basis takes one of these"),
                ([self.small[0], "--audience", "person", "nobody"], "There is no \"nobody\""),
                ([self.folder / "nothing.xlsx"], "nothing.xlsx")):
            result = ithaca("history", *arguments)
            self.assertEqual(result.returncode, 2)
            self.assertIn(message, words(result.stderr))
            self.assertEqual(result.stdout, "")

    def test_private_findings_stay_private(self):
        self.assertIn("I6/lead", history(*self.small)["findings"])
        for audience in ("team", "sponsor"):
            found = history(*self.small, "--audience", audience)["findings"]
            self.assertNotIn("I6/lead", found)
            self.assertIn("A5/start", found)

    def test_progress_only_where_a_person_watches(self):
        self.assertEqual(ithaca("history", *self.small).stderr, "")
        master, slave = pty.openpty()
        with subprocess.Popen([ITHACA, "history", *map(str, self.small)], stderr=slave,
                              stdout=subprocess.DEVNULL) as process:
            os.close(slave)
            told = b""
            try:
                while piece := os.read(master, 65536):
                    told += piece
            except OSError:
                pass
        os.close(master)
        self.assertIn(b"day 10 ...", told)
        self.assertTrue(told.endswith(b"\r"), "the line is wiped")


class Chart(Case):
    SVG = "{http://www.w3.org/2000/svg}"

    def chart(self, *arguments):
        return xml.etree.ElementTree.fromstring(
            ithaca("history", *arguments, "--format", "svg").stdout)

    def test_it_is_well_formed_and_escaped(self):
        root = self.chart(self.sheets(SMALL), "--to", "2026-03-31")
        self.assertEqual(root.tag, self.SVG + "svg")
        self.assertEqual(root.find(self.SVG + "title").text,
                         'Falls <b> & "friends": what was broken, and when')
        self.assertIsNone(root.find(".//" + self.SVG + "b"))
        self.assertIn("Clinical lead <falls>", "".join(root.itertext()))

    def test_the_description_tells_what_the_bars_show(self):
        described = self.chart(*OXFORDSHIRE).find(self.SVG + "desc").text
        for name, finding in history_of_sample(*OXFORDSHIRE)["findings"].items():
            told = f"{finding['title']} ({finding['rule']}): {finding['about']}; from "
            self.assertEqual(told in described, not finding["without_a_day"], name)
        self.assertIn("from some time in 2016, still there on 31 December 2017", described)

    def test_bars_lie_on_the_line(self):
        for arguments in (OXFORDSHIRE, [self.sheets(SMALL), "--to", "2026-03-31"]):
            root = self.chart(*arguments)
            bars = [bar for bar in root.iter(self.SVG + "rect") if bar.find(self.SVG + "title")
                    is not None]
            self.assertGreater(len(bars), 5)
            for bar in bars:
                self.assertGreaterEqual(float(bar.get("x")), 310)
                self.assertLessEqual(float(bar.get("x")) + float(bar.get("width")), 832)
                self.assertLess(float(bar.get("y")), float(root.get("height")))

    def test_what_has_no_day_is_drawn_as_in_the_text(self):
        told = history_of_sample(*OXFORDSHIRE)["findings"].values()
        row = f"{sum(finding['without_a_day'] for finding in told)} without any day"
        self.assertEqual("".join(self.chart(*OXFORDSHIRE).itertext()).count("without any day"), 1)
        self.assertIn(row, "".join(self.chart(*OXFORDSHIRE).itertext()))
        self.assertEqual(printed(*OXFORDSHIRE).count(row), 1)

    def test_nothing_broken_is_a_chart_too(self):
        self.chart(SAMPLES / "harbour", "--from", "2026-06-10", "--to", "2026-06-30")

    def test_output_writes_a_new_file_and_leaves_an_old_one(self):
        path = self.folder / "chart.svg"
        arguments = [*OXFORDSHIRE, "--format", "svg"]
        result = ithaca("history", *arguments, "--output", path)
        self.assertEqual(result.returncode, 1)
        self.assertIn("What opened and what closed", result.stdout)
        self.assertEqual(path.read_text(), ithaca("history", *arguments).stdout)
        path.write_text("mine")
        self.assertEqual(ithaca("history", *arguments, "--output", path).returncode, 2)
        self.assertEqual(path.read_text(), "mine")


class Samples(Case):
    def test_oxfordshire_tells_the_story_of_the_paper(self):
        """From 2014 policy asked for joined-up care, and the means did not follow; about 2016 the
        regional plan did the same; in mid 2017 a grant came that paid for a part."""
        told = history_of_sample(*OXFORDSHIRE)
        found = told["findings"]
        self.assertEqual(told["from"], "2014-01-01")
        for name, first, last in (("A15/forward-view", "2014-01-01", None),
                                  ("A15/stp-plan", "2016-01-01", None),
                                  ("A15/good-to-great", None, "2015-12-31"),
                                  ("C18/resource/diabetes-transformation-fund", "2017-05-01", None)):
            self.assertEqual(days(found[name]), [(first, last)])
        self.assertEqual(found["C18/resource/diabetes-transformation-fund"]["times"][0]
                         ["from_written"], "about 2017-06")
        text = words(printed(*OXFORDSHIRE))
        self.assertIn("“NHS Diabetes transformation fund” pays for a part only", text)
        self.assertIn("from about June 2017, still there on 31 December 2017", text)

    def test_oxfordshire_says_what_has_no_day(self):
        found = history_of_sample(*OXFORDSHIRE)["findings"]
        for name in ("A1/final-specification", "A8/transformation-team", "C1/hospital-trust",
                     "A22/stp-rethink"):
            self.assertTrue(found[name]["without_a_day"], name)
        text = words(printed(*OXFORDSHIRE))
        self.assertIn("No day is written down for when these findings began or ended; they are "
                      "shown as broken for the whole time.", text)
        self.assertIn("Try parts of the new service in one locality (written: “after three "
                      "years of work”)", text)

    def test_harbour_ends_in_good_order(self):
        """It was never broken without being mended, and is not broken at the end."""
        began = time.monotonic()
        told = history(*HARBOUR)
        self.assertLess(time.monotonic() - began, 60, "even with sanitizers, on a busy machine")
        self.assertEqual(told["broken_last"], 0)
        for finding in told["findings"].values():
            self.assertIsNotNone(finding["times"][-1]["until"])
        self.assertEqual(days(told["findings"]["D7/hospital-priorities"]),
                         [("2026-01-20", "2026-02-23")])
        calm = ithaca("history", SAMPLES / "harbour", "--from", "2026-06-10", "--to", "2026-06-30")
        self.assertEqual(calm.returncode, 0)
        self.assertIn("Nothing was broken on any of these days.", calm.stdout)
