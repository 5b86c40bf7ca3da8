"""Programmes out of a store as workbooks, and back."""
import csv
import filecmp

from support import SAMPLES, both_engines, ithaca, read_folder, write_folder

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
"""
SECOND = FIRST.replace("network manager", "network lead").replace("The council", "The city council")
THIRD = SECOND + "deputy,deputy manager,council\n"


@both_engines
class Export:
    def records_of(self, folder):
        """The folder as a dictionary, without the sheet that says where it came from."""
        return {name: sheet for name, sheet in read_folder(folder).items() if name[0] != "_"}

    def three_revisions(self):
        url = self.database()
        for text in (FIRST, SECOND, THIRD):
            self.save(url, text)
        return url

    def test_what_was_exported_changes_nothing_when_it_comes_back(self):
        url = self.database()
        self.good("import", SAMPLES / "harbour", "--db", url)
        for name in ("out.xlsx", "out"):
            said = self.good("export", "--db", url, self.folder / name)
            self.assertIn("revision 1", said)
            self.assertIn("Nothing to save", self.good("import", self.folder / name, "--db", url))
        self.assertEqual(self.sql(url, "select revision from programme"), [("1",)])

    def test_an_export_has_the_records_that_were_imported(self):
        url = self.database()
        self.good("import", SAMPLES / "harbour", "--db", url)
        self.good("convert", SAMPLES / "harbour", self.folder / "converted")
        exported = self.exported(url)
        names = sorted(path.name for path in exported.iterdir())
        self.assertIn("_exported.csv", names)
        names.remove("_exported.csv")
        self.assertEqual(names, sorted(path.name for path in
                                       (self.folder / "converted").iterdir()))
        self.assertEqual(filecmp.cmpfiles(self.folder / "converted", exported, names, False)[1:],
                         ([], []))

    def test_an_earlier_revision(self):
        url = self.three_revisions()
        people = [row[:2] for row in read_folder(self.exported(url, "--revision", 1))["people"][1]]
        self.assertEqual(people, [["lead", "network manager"]])
        people = [row[:2] for row in read_folder(self.exported(url, "--revision", 3))["people"][1]]
        self.assertEqual(people, [["lead", "network lead"], ["deputy", "deputy manager"]])

    def test_what_was_written_down_at_the_end_of_a_day(self):
        url = self.three_revisions()
        for number, at in enumerate(("2026-03-01T09:00:00.000Z", "2026-03-31T23:59:59.999Z",
                                     "2026-04-01T00:00:00.000Z"), 1):
            self.sql(url, f"update revision set at = '{at}' where number = {number}")
        found = {}
        for day in ("2026-03-01", "2026-03-30", "2026-03-31", "2026-04-01", "2030-01-01"):
            found[day] = self.origin(self.exported(url, "--recorded", day))
        self.assertEqual(list(found.values()), [1, 1, 2, 3, 3])
        said = self.refused("export", "--db", url, "--recorded", "2026-02-28", self.folder / "no")
        self.assertIn("first revision is of 2026-03-01", said)
        self.assertFalse((self.folder / "no").exists())

    def origin(self, folder):
        rows = list(csv.reader((folder / "_exported.csv").read_text().splitlines()))
        return int(dict(row[:2] for row in rows)["Revision"].removeprefix("revision "))

    def test_work_on_an_earlier_revision_meets_what_was_saved_since(self):
        url = self.three_revisions()
        old = self.exported(url, "--revision", 2)
        workbook = read_folder(old)
        for row in workbook["organisations"][1]:
            if row[0] == "hospital":
                row[1] = "The teaching hospital"
        write_folder(workbook, old)
        self.assertIn("revision 4", self.good("import", old, "--db", url))
        now = read_folder(self.exported(url))
        self.assertEqual([row[1] for row in now["organisations"][1]],
                         ["The teaching hospital", "The city council"])
        self.assertEqual(len(now["people"][1]), 2)

    def test_what_cannot_be_had_is_refused_and_writes_nothing(self):
        url = self.three_revisions()
        to = self.folder / "no"
        self.assertIn("no revision 4 yet; the newest is 3",
                      self.refused("export", "--db", url, "--revision", 4, to))
        self.assertIn("not both", self.refused("export", "--db", url, "--revision", 1, "--recorded",
                                               "2026-01-01", to))
        for wrong in ("0", "-1", "x", "1x", "99999999999999999999"):
            self.assertIn("--revision takes a number",
                          self.refused("export", "--db", url, "--revision", wrong, to))
        self.assertIn('Did you mean "falls"?',
                      self.refused("export", "--db", url, "--programme", "fals", to))
        self.assertIn("--db", self.refused("export", to))
        self.assertIn("folder", self.refused("export", "--db", url))
        self.assertFalse(to.exists())
        to.mkdir()
        (to / "mine").write_text("mine")
        self.assertIn("something of this name", self.refused("export", "--db", url, to))
        self.assertEqual([path.name for path in to.iterdir()], ["mine"])

    def test_of_several_programmes_one_must_be_named(self):
        url = self.three_revisions()
        self.save(url, FIRST.replace("falls", "diabetes"))
        self.assertIn("--programme: diabetes and falls",
                      self.refused("export", "--db", url, self.folder / "no"))
        self.assertEqual(len(read_folder(self.exported(url, "--programme", "diabetes"))["people"][1]),
                         1)

    def test_an_empty_database_is_said_to_be_one(self):
        url = self.database()
        if self.engine == "sqlite":
            self.assertIn("no such file", self.refused("export", "--db", url, self.folder / "no"))
        else:
            self.assertIn("ithaca migrate", self.refused("export", "--db", url, self.folder / "no"))
        self.good("migrate", "--db", url)
        self.assertIn("no programme in it yet",
                      self.refused("export", "--db", url, self.folder / "no"))
