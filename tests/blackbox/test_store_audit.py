"""Who changed what; and that nothing is altered past the program unseen."""
import csv
import io
import json

from support import both_engines, ithaca

FIRST = """[Programme]
Key,Name
falls,Steady together
[Organisations]
Key,Name,Part
hospital,The hospital,partner
council,The council,partner
[People]
Key,Name,Employer
lead,network manager,hospital
clerk,clerk,council
"""
SECOND = FIRST.replace("network manager", "network lead")
THIRD = SECOND.replace("clerk,clerk,council\n", "deputy,deputy manager,council\n")


class Audited:
    def three_revisions(self):
        url = self.database()
        self.save(url, FIRST, "the lead")
        self.save(url, SECOND, "the deputy", "--reason", "A new title")
        self.save(url, THIRD, "the lead")
        return url

    def history(self, url, *arguments):
        return json.loads(self.good("audit", "--db", url, "--format", "json", *arguments))


@both_engines
class Audit(Audited):
    def test_programs_are_told_every_change_with_what_was_before_and_after(self):
        history = self.history(self.three_revisions())
        self.assertEqual(history["programme"], "falls")
        first, second, third = history["revisions"]
        self.assertEqual([(r["revision"], r["author"], r["reason"]) for r in (first, second, third)],
                         [(1, "the lead", None), (2, "the deputy", "A new title"),
                          (3, "the lead", None)])
        self.assertEqual(len(first["changes"]), 5)
        self.assertEqual({change["what"] for change in first["changes"]}, {"added"})
        self.assertEqual(second["changes"], [{
            "what": "changed", "kind": "person", "sheet": "People", "key": "lead",
            "before": {"key": "lead", "name": "network manager", "employer": "hospital"},
            "after": {"key": "lead", "name": "network lead", "employer": "hospital"}}])
        self.assertEqual(sorted((c["what"], c["key"], c["before"] is None, c["after"] is None)
                                for c in third["changes"]),
                         [("added", "deputy", True, False), ("removed", "clerk", False, True)])

    def test_spreadsheets_get_a_row_for_each_field(self):
        rows = list(csv.DictReader(io.StringIO(self.good(
            "audit", "--db", self.three_revisions(), "list", "--from", 2, "--format", "csv"))))
        self.assertEqual([(r["Revision"], r["What"], r["Record"], r["Field"], r["Before"],
                           r["After"]) for r in rows][:1],
                         [("2", "changed", "lead", "Name", "network manager", "network lead")])
        self.assertEqual(sorted((r["What"], r["Record"], r["Field"], r["Before"], r["After"])
                                for r in rows[1:]),
                         [("added", "deputy", "Employer", "", "council"),
                          ("added", "deputy", "Key", "", "deputy"),
                          ("added", "deputy", "Name", "", "deputy manager"),
                          ("removed", "clerk", "Employer", "council", ""),
                          ("removed", "clerk", "Key", "clerk", ""),
                          ("removed", "clerk", "Name", "clerk", "")])

    def test_people_read_who_when_why_and_what(self):
        said = self.good("audit", "--db", self.three_revisions())
        self.assertLessEqual(max(map(len, said.splitlines())), 80)
        for words in ("by the deputy", "Reason: A new title", "~ People, lead changed",
                      "Name: network manager → network lead", "- People, clerk removed",
                      "+ People, deputy added"):
            self.assertIn(words, said)

    def test_one_records_own_history(self):
        url = self.three_revisions()
        history = self.history(url, "--record", "people/lead")
        self.assertEqual([r["revision"] for r in history["revisions"]], [1, 2])
        said = self.good("audit", "--db", url, "--record", "People/lead")
        self.assertIn("Name: network manager\n", said)
        self.assertNotIn("clerk", said)
        self.assertIn("Nothing was done", self.good("audit", "--db", url, "--record",
                                                    "People/deputy", "--to", 2))
        for arguments in ((), ("--from", 2), ("--format", "json")):
            self.assertIn('There never was a "clrk" on the sheet People of "falls". Did you mean '
                          '"clerk"?', self.refused("audit", "--db", url, "--record",
                                                   "People/clrk", *arguments))

    def test_some_revisions_only(self):
        url = self.three_revisions()
        self.assertEqual([r["revision"] for r in self.history(url, "--from", 2, "--to", 2)[
            "revisions"]], [2])
        self.assertEqual(self.history(url)["revisions"][1:],
                         self.history(url, "--from", 2)["revisions"])

    def test_a_big_revision_is_cut_short_for_people_only(self):
        url = self.database()
        rows = "".join(f"p{n},person {n},council\n" for n in range(40))
        self.save(url, FIRST + rows)
        said = self.good("audit", "--db", url)
        self.assertIn("and 25 more", said)
        self.assertEqual(len(self.history(url)["revisions"][0]["changes"]), 45)

    def test_what_is_asked_wrongly_is_refused(self):
        url = self.three_revisions()
        for words, arguments in (
                ("no revision 4 yet", ("--from", 4)),
                ("not be greater", ("--from", 3, "--to", 2)),
                ("--record takes", ("--record", "People")),
                ("--record takes", ("--record", "Peopel/lead")),
                ("go with `ithaca audit verify`", ("--all",)),
                ("say list or verify", ("prove",)),
                ("leave --from", ("verify", "--from", 1)),
                ("text or json", ("verify", "--format", "csv")),
                ("goes without", ("verify", "--all", "--programme", "falls")),
                ("--kept takes", ("verify", "--kept", "3")),
                ("--kept takes", ("verify", "--kept", "3:abc")),
                ("--kept takes", ("verify", "--kept", f"falls:0:{'a' * 64}")),
                ("--kept takes", ("verify", "--kept", f":1:{'a' * 64}")),
                ('Did you mean "falls"', ("verify", "--programme", "fals"))):
            self.assertIn(words, self.refused("audit", "--db", url, *arguments))

    def test_words_that_a_terminal_obeys_are_not_taken(self):
        self.assertIn("plain text", self.refused(
            "import", self.workbook(FIRST), "--db", self.database(), "--by", "\033[31mred"))


@both_engines
class Verify(Audited):
    def link(self, url):
        said = self.good("audit", "verify", "--db", url)
        return said.splitlines()[-1].strip()

    def faults(self, url, *arguments):
        """What is found; the history is expected to be faulty."""
        result = ithaca("audit", "verify", "--db", url, "--format", "json", *arguments)
        self.assertEqual(result.returncode, 1, result.stdout + result.stderr)
        programme, = json.loads(result.stdout)["programmes"]
        self.assertFalse(programme["whole"])
        return " ".join(fault["message"] for fault in programme["faults"])

    def missed(self, url, *arguments):
        """What is said of links that are not there as they were; the history itself is whole."""
        options = [word for link in arguments for word in
                   (("--kept", link) if ":" in link else (link,))]
        result = ithaca("audit", "verify", "--db", url, *options)
        said = " ".join(result.stdout.split())
        self.assertEqual(result.returncode, 1, said + result.stderr)
        self.assertIn("the history is whole", said)
        self.assertNotIn("this is not as it was saved", said)
        self.assertLess(said.index("another programme, or of another database"),
                        said.index("An older backup was restored"))
        self.assertLess(said.index("An older backup was restored"), said.index("made anew"))
        return said

    def test_what_was_saved_is_whole_and_says_so(self):
        url = self.three_revisions()
        said = self.good("audit", "verify", "--db", url)
        self.assertIn("3 revisions and 7 versions of records were looked at: the history is whole",
                      said)
        self.assertRegex(said, r"(?m)^  falls:3:[0-9a-f]{64}$")

    def test_a_link_kept_from_any_day_is_found_again(self):
        url = self.database()
        kept = []
        for text in (FIRST, SECOND, THIRD):
            self.save(url, text)
            kept.append(self.link(url))
        for link in kept:
            for form in (link, link.removeprefix("falls:")):
                said = self.good("audit", "verify", "--db", url, "--kept", form)
                self.assertIn(f'revision {link.split(":")[1]} of "falls" is there as it was', said)
                self.assertIn("nothing up to then was altered", said)
                self.assertLessEqual(max(map(len, said.splitlines())), 80)
        several = [word for link in kept for word in ("--kept", link)]
        said = self.good("audit", "verify", "--db", url, *several)
        self.assertEqual(said.count("is there as it was"), 3)
        told = json.loads(self.good("audit", "verify", "--db", url, "--format", "json", *several))
        self.assertEqual([(k["programme"], k["revision"], k["found"]) for k in told["kept"]],
                         [("falls", n, True) for n in (1, 2, 3)])
        self.assertEqual(told["programmes"][0]["link"], kept[-1])
        wrong = kept[1][:-1] + ("0" if kept[1][-1] != "0" else "1")
        self.assertIn('Revision 2 of "falls" has another link than the one you kept',
                      self.missed(url, wrong))

    def test_a_link_of_another_programme_or_database_is_not_called_tampering(self):
        url = self.three_revisions()
        falls = self.link(url)
        self.save(url, FIRST.replace("falls", "diabetes"))
        diabetes = self.good("audit", "verify", "--db", url, "--programme",
                             "diabetes").splitlines()[-1].strip()
        # The key says which programme; without it, all are asked.
        for link, words in ((falls, "3 revisions"), (diabetes, "1 revision ")):
            self.assertIn(words, self.good("audit", "verify", "--db", url, "--kept", link))
        bare = [link.split(":", 1)[1] for link in (falls, diabetes)]
        self.good("audit", "verify", "--db", url, "--all", "--kept", bare[0], "--kept", bare[1])
        self.good("audit", "verify", "--db", url, "--all", "--kept", falls, "--kept", diabetes)
        self.assertIn('is that of revision 1 of "diabetes", not of revision 1 of "falls"',
                      self.missed(url, "--programme", "falls", bare[1]))
        self.assertIn('is that of revision 3 of "falls", not of revision 3 of "diabetes"',
                      self.missed(url, "--all", "diabetes:" + bare[0]))
        self.assertIn("Look at that one, or at all with --all",
                      self.refused("audit", "verify", "--db", url, "--kept", falls, "--kept",
                                   diabetes))
        other = self.database()
        self.save(other, FIRST.replace("falls", "diabetes"))
        self.assertIn('Revision 1 of "diabetes" has another link', self.missed(other, diabetes))
        self.assertIn("Revision 3 of \"diabetes\", whose link you kept, is not there; the newest "
                      "is revision 1.", self.missed(other, bare[0]))
        self.save(other, FIRST.replace("falls", "dementia"))
        self.assertIn('There is no programme "falls" here',
                      self.missed(other, "--all", falls))
        self.assertIn("No programme here has the link you kept of revision 3",
                      self.missed(other, "--all", bare[0]))

    def test_all_programmes(self):
        url = self.three_revisions()
        self.save(url, FIRST.replace("falls", "diabetes"))
        self.assertIn("--programme, or --all for all of them: diabetes and falls",
                      self.refused("audit", "verify", "--db", url))
        self.assertNotIn("--all", self.refused("audit", "--db", url))
        said = self.good("audit", "verify", "--db", url, "--all")
        self.assertIn("diabetes: Steady together", said)
        self.assertIn("falls: Steady together", said)
        self.sql(url, "update revision set author = 'nobody' where programme_id = "
                      "(select id from programme where key = 'diabetes')")
        self.assertEqual(ithaca("audit", "verify", "--db", url, "--all").returncode, 1)
        self.good("audit", "verify", "--db", url, "--programme", "falls")

    def test_people_are_told_what_was_altered_and_what_they_can_do(self):
        url = self.three_revisions()
        self.sql(url, "update revision set author = 'nobody' where number = 2")
        result = ithaca("audit", "verify", "--db", url)
        self.assertEqual(result.returncode, 1)
        self.assertIn("  ! Who saved revision 2", result.stdout)
        self.assertIn("`ithaca restore --verify FILE`", " ".join(result.stdout.split()))
        self.assertNotIn("For keeping", result.stdout)  # no link to a history that is not whole

    # Each is done to the same history, and then looked for.
    ALTERATIONS = {
        "a record's words":
            ("does not read as it was saved",
             "update record set content = replace(content, 'network lead', 'network head')"),
        "a record's key":
            ("does not read as it was saved",
             "update record set key = 'leader' where key = 'lead' and until is null"),
        "a record's sheet":
            ("does not read as it was saved",
             "update record set kind = 'post' where key = 'clerk'"),
        "a record's words, and what stands for them":
            ("does not follow",
             "update record set content = replace(content, 'clerk', 'typist'), "
             "commitment = (select commitment from record where key = 'hospital') "
             "where key = 'clerk'"),
        "a record's salt":
            ("does not read as it was saved",
             "update record set salt = '00000000000000000000000000000000' where key = 'clerk'"),
        "who saved":
            ("Who saved revision 2",
             "update revision set author = 'somebody else' where number = 2"),
        "that nobody said who saved":
            ("Who saved revision 2", "update revision set author = null where number = 2"),
        "why":
            ("Who saved revision 2, or why", "update revision set reason = '' where number = 2"),
        "why, where nothing was said":
            ("Who saved revision 3, or why", "update revision set reason = 'So' where number = 3"),
        "a revision's salt":
            ("Who saved revision 2", "update revision set salt = '00' where number = 2"),
        "who saved, and what stands for that":
            ("does not follow",
             "update revision set author = 'the lead', reason = null, salt = (select salt from "
             "revision where number = 1), commitment = (select commitment from revision where "
             "number = 1) where number = 2"),
        "when":
            ("Revision 2 does not follow",
             "update revision set at = (select at from revision where number = 1) "
             "where number = 2"),
        "when, so that times run backwards":
            ("dated before", "update revision set at = '2020-01-01T00:00:00.000Z' "
                             "where number = 2"),
        "two revisions' order":
            ("Revision 2 does not follow",
             "update revision set number = 20 where number = 2",
             "update revision set number = 2 where number = 3",
             "update revision set number = 3 where number = 20"),
        "two revisions' order, with their records":
            ("Revision 2 does not follow",
             "update record set until = 30 where until = 2",
             "update record set until = 20 where until = 3",
             "update record set revision = revision + 30 where revision in (2, 3)",
             "update record set until = until + 30 where until in (20, 30)",
             "update revision set number = 20 where number = 2",
             "update revision set number = 2 where number = 3",
             "update revision set number = 3 where number = 20",
             "update record set revision = 3 where revision = 32",
             "update record set revision = 2 where revision = 33",
             "update record set until = 3 where until = 60",
             "update record set until = 2 where until = 50"),
        "a version taken out":
            ("Revision 1 does not follow",
             "delete from record where key = 'clerk'"),
        "an earlier version taken out":
            ("Revision 1 does not follow",
             "delete from record where key = 'lead' and revision = 1"),
        "the newest version taken out, and the one before made to hold":
            ("Revision 2 does not follow",
             "delete from record where key = 'lead' and revision = 2",
             "update record set until = null where key = 'lead'"),
        "a version put in":
            ("does not follow",
             "insert into record select programme_id, (select max(id) + 1 from record), revision, until, "
             "kind, 'clerk-2', position, content, salt, commitment from record where key = 'clerk'"),
        "a removed record brought back":
            ("Revision 3 does not follow", "update record set until = null where key = 'clerk'"),
        "a record ended":
            ("Revision 3 does not follow", "update record set until = 3 where key = 'council'"),
        "a record ended after the last revision":
            ("a revision that is missing", "update record set until = 4 where key = 'council'"),
        "two versions at once":
            ("two versions at once, or a gap",
             "update record set until = 3 where key = 'lead' and revision = 1"),
        "a revision cut out":
            ("Revision 2 is missing", "delete from revision where number = 2"),
        "a revision cut out, with its records":
            ("Revision 2 is missing",
             "delete from record where revision = 2", "delete from revision where number = 2",
             "update record set until = null where until = 2"),
        "the last revision cut off":
            ("cut off",
             "delete from record where revision = 3", "delete from revision where number = 3",
             "update record set until = null where until = 3"),
        "everything cut off":
            ("cut off", "delete from record", "delete from revision"),
        "the programme's note of its newest revision":
            ("cut off, or added to", "update programme set revision = 2"),
        "the programme's note of its newest link":
            ("cut off, or added to",
             "update programme set link = (select link from revision where number = 2)"),
        "a link":
            ("Revision 3 does not follow",
             "update revision set link = (select link from revision where number = 2) "
             "where number = 3"),
        "an erasure that was none":
            ("does not follow",
             "update record set content = replace(content, 'network lead', 'network head') "
             "where key = 'lead' and revision = 2",
             "insert into erasure select programme_id, 3, id, revision, commitment from record "
             "where key = 'lead' and revision = 2"),
    }

    TABLES = ("programme", "revision", "record", "erasure")

    def test_every_alteration_is_found(self):
        url = self.three_revisions()
        self.sql(url, *(f"create table kept_{table} as select * from {table}"
                        for table in self.TABLES))
        whole = self.rows(url)
        for name, (words, *statements) in self.ALTERATIONS.items():
            with self.subTest(name):
                self.sql(url, *statements)
                self.assertNotEqual(self.rows(url), whole, "the test changed nothing")
                self.assertIn(words, self.faults(url))
            self.sql(url, *(f"delete from {table}" for table in self.TABLES),
                     *(f"insert into {table} select * from kept_{table}"
                       for table in self.TABLES))
            self.assertEqual(self.rows(url), whole)
        self.good("audit", "verify", "--db", url)

    def rows(self, url):
        return [sorted(self.sql(url, f"select * from {table}")) for table in self.TABLES]

    def test_a_well_made_cut_is_found_by_a_link_kept_elsewhere(self):
        url = self.three_revisions()
        kept = self.link(url)
        self.sql(url, "delete from record where revision = 3",
                 "update record set until = null where until = 3",
                 "delete from revision where number = 3",
                 "update programme set revision = 2, link = (select link from revision "
                 "where number = 2)")
        self.good("audit", "verify", "--db", url)  # nothing in the database can tell
        self.assertIn('Revision 3 of "falls", whose link you kept, is not there',
                      self.missed(url, kept))
        self.save(url, THIRD)
        self.good("audit", "verify", "--db", url)
        self.assertIn("another link than the one you kept", self.missed(url, kept))

    def test_saving_goes_on_after_looking(self):
        url = self.three_revisions()
        self.good("audit", "verify", "--db", url)
        self.save(url, FIRST)
        self.assertIn("4 revisions", self.good("audit", "verify", "--db", url))
