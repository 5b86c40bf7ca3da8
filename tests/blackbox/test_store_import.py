"""Several people save the same programme with workbooks."""
from support import both_engines, ithaca, read_folder, write_folder

FIRST = """[Programme]
Key,Name
falls,Steady together
[Organisations]
Key,Name,Part
hospital,The hospital,partner
council,The council,partner
[People]
Key,Name,Employer,Note
lead,network manager,hospital,
clerk,clerk,council,Mornings
"""


@both_engines
class Import:
    def begun(self):
        url = self.database()
        self.save(url, FIRST, "the lead")
        return url

    def edit(self, folder, sheet, key, **cells):
        """Changes cells of a row; with none, takes the row out."""
        workbook = read_folder(folder)
        headings, rows = workbook[sheet]
        row = next(row for row in rows if row[0] == key)
        for name, value in cells.items():
            row[headings.index(name)] = value
        if not cells:
            rows.remove(row)
        write_folder(workbook, folder)

    def people(self, url):
        return {row[0]: row[1] for row in read_folder(self.exported(url))["people"][1]}

    def test_a_look_before_saving_writes_nothing(self):
        url = self.begun()
        mine = self.exported(url)
        self.edit(mine, "people", "lead", Name="network lead")
        self.edit(mine, "people", "clerk")
        said = self.good("import", mine, "--db", url, "--dry-run")
        for words in ("revision 2", "~ changed network lead: Name: network manager → network lead",
                      "- removed clerk", "Nothing was written."):
            self.assertIn(words, said)
        self.assertRegex(said, r"(?m)^  People +0 +1 +1$")
        self.assertEqual(self.people(url), {"lead": "network manager", "clerk": "clerk"})

    def test_a_look_makes_no_database(self):
        url = self.database()
        result = ithaca("import", self.workbook(FIRST), "--db", url, "--dry-run")
        self.assertEqual(result.returncode, 2)
        if self.engine == "sqlite":
            self.assertEqual(list(self.folder.glob("*.db")), [])

    def test_what_is_refused_leaves_nothing_behind(self):
        url = self.database()
        for workbook, said in ((FIRST + "clerk,again,,\n", "clerk"),
                               ("[Organisations]\nKey,Name,Part\na,A,partner\n", "which programme")):
            self.assertIn(said, self.refused("import", self.workbook(workbook), "--db", url))
            if self.engine == "sqlite":
                self.assertEqual(list(self.folder.glob("*.db*")), [])
        said = self.good("import", self.workbook(FIRST), "--db", url)
        self.assertIn("Saved as a new programme", said)

    def test_what_two_change_in_different_records_is_both_kept(self):
        url = self.begun()
        mine, theirs = self.exported(url), self.exported(url)
        self.edit(theirs, "people", "clerk", Name="typist")
        self.edit(mine, "people", "lead", Name="network lead")
        self.good("import", theirs, "--db", url, "--by", "them")
        self.good("import", mine, "--db", url, "--by", "me")
        self.assertEqual(self.people(url), {"lead": "network lead", "clerk": "typist"})

    def clash(self):
        url = self.begun()
        mine, theirs = self.exported(url), self.exported(url)
        self.edit(theirs, "people", "clerk", Name="typist")
        self.edit(mine, "people", "clerk", Name="office manager", Note="Afternoons")
        self.edit(mine, "people", "lead", Name="network lead")
        self.good("import", theirs, "--db", url, "--by", "them")
        return url, mine

    def test_where_two_change_the_same_record_both_versions_are_shown(self):
        url, mine = self.clash()
        said = self.refused("import", mine, "--db", url, "--by", "me")
        self.assertRegex(said, "People, clerk Changed in revision 2, 20..-..-.. at ..:.. UTC, by "
                               "them. Name was clerk theirs typist yours office manager Write")
        self.assertEqual(self.people(url), {"lead": "network manager", "clerk": "typist"})

    def test_one_of_both_can_be_kept(self):
        url, mine = self.clash()
        self.good("import", mine, "--db", url, "--keep", "theirs")
        self.assertEqual(self.people(url), {"lead": "network lead", "clerk": "typist"})
        url, mine = self.clash()
        self.good("import", mine, "--db", url, "--keep", "mine")
        self.assertEqual(self.people(url), {"lead": "network lead", "clerk": "office manager"})

    def test_one_removes_what_the_other_changes(self):
        url = self.begun()
        mine, theirs = self.exported(url), self.exported(url)
        self.edit(theirs, "people", "clerk")
        self.edit(mine, "people", "clerk", Name="typist")
        self.good("import", theirs, "--db", url, "--by", "them")
        said = self.refused("import", mine, "--db", url)
        self.assertIn("Removed in revision 2", said)
        self.assertIn("by them. They removed it, and your workbook changes it. Name was clerk "
                      "theirs (no such row) yours typist", said)
        url = self.begun()
        mine, theirs = self.exported(url), self.exported(url)
        self.edit(theirs, "people", "clerk", Name="typist")
        self.edit(mine, "people", "clerk")
        self.good("import", theirs, "--db", url, "--by", "them")
        said = self.refused("import", mine, "--db", url)
        self.assertIn("They changed it, and your workbook removes it. Name was clerk theirs typist "
                      "yours (no such row)", said)

    def test_a_sheet_that_is_missing_stays_and_a_row_goes_only_with_consent(self):
        url = self.begun()
        no_people = self.workbook(FIRST.split("[People]")[0], "no-people")
        self.assertIn("Nothing to save", self.good("import", no_people, "--db", url, "--remove"))
        no_clerk = self.workbook(FIRST.replace("clerk,clerk,council,Mornings\n", ""), "no-clerk")
        said = self.good("import", no_clerk, "--db", url)
        self.assertIn("1 record not in this workbook is kept. Say --remove if it is to go.", said)
        self.assertEqual(len(self.people(url)), 2)
        self.assertIn("- removed clerk", self.good("import", no_clerk, "--db", url, "--remove"))
        self.assertEqual(list(self.people(url)), ["lead"])

    def test_what_others_still_refer_to_cannot_be_removed(self):
        url = self.begun()
        mine, theirs = self.exported(url), self.exported(url)
        self.edit(mine, "people", "clerk")
        self.edit(mine, "organisations", "council")  # where nobody works in this workbook
        self.edit(theirs, "people", "lead", Employer="council")
        self.good("import", theirs, "--db", url)
        self.assertIn('no "council" on the sheet Organisations',
                      self.refused("import", mine, "--db", url))
        self.assertEqual(self.sql(url, "select revision from programme"), [("2",)])

    def test_the_same_token_is_saved_once(self):
        url = self.begun()
        book = self.workbook(FIRST.replace("clerk,clerk", "clerk,typist"))
        self.good("import", book, "--db", url, "--token", "form-1")
        self.assertIn("saved before", self.good("import", book, "--db", url, "--token", "form-1"))
        self.assertEqual(self.sql(url, "select revision from programme"), [("2",)])
