"""What is in a database, and making one ready."""
import json
import pathlib

from support import Case, both_engines, ithaca

FIRST = """[Programme]
Key,Name
falls,Steady together
[Organisations]
Key,Name,Part
hospital,The hospital,partner
council,The council,partner
"""


@both_engines
class Programme:
    def test_programmes_with_their_records_and_who_saved_last(self):
        url = self.database()
        self.save(url, FIRST, "the lead")
        self.save(url, FIRST.replace("The council", "The city council"), "the deputy")
        self.save(url, FIRST.replace("falls", "diabetes").replace("Steady together", "Sugar"))
        said = self.good("programme", "--db", url)
        self.assertIn("falls: Steady together\n  3 records, revision 2: saved ", said)
        self.assertIn("by the deputy.", said)
        self.assertLess(said.index("diabetes: Sugar"), said.index("falls: Steady"))
        self.assertEqual(said, self.good("programme", "list", "--db", url))
        listed = json.loads(self.good("programme", "--db", url, "--format", "json"))["programmes"]
        self.assertEqual([(p["programme"], p["records"], p["revision"], p["author"])
                          for p in listed], [("diabetes", 3, 1, "the lead"),
                                             ("falls", 3, 2, "the deputy")])
        self.assertEqual(listed[0]["by_kind"], {"programme": 1, "organisation": 2})

    def test_one_programme_with_its_sheets(self):
        url = self.database()
        self.save(url, FIRST)
        self.assertRegex(self.good("programme", "--db", url, "show", "falls"),
                         r"(?m)^  Organisations +2$")
        self.assertEqual(self.good("programme", "--db", url, "show"),
                         self.good("programme", "show", "falls", "--db", url))
        self.assertIn('Did you mean "falls"', self.refused("programme", "--db", url, "show", "fall"))
        for wrong in (("list", "falls"), ("rename", "falls"), ("show", "falls", "x")):
            self.refused("programme", "--db", url, *wrong)

    def test_nothing_in_it_yet(self):
        url = self.database()
        self.good("migrate", "--db", url)
        self.assertIn("no programme in it yet", self.good("programme", "--db", url))
        self.assertEqual(json.loads(self.good("programme", "--db", url, "--format", "json")),
                         {"programmes": []})


@both_engines
class Migrate:
    COMMANDS = (("programme",), ("audit",), ("audit", "verify", "--all"), ("check",),
                ("export", "no.xlsx"))

    def test_a_new_one_is_made_ready_once(self):
        url = self.database()
        self.assertIn("is ready", self.good("migrate", "--db", url))
        self.assertIn("up to date", self.good("migrate", "--db", url))
        self.save(url, FIRST)
        self.assertIn("up to date", self.good("migrate", "--db", url))
        self.assertIn("falls", self.good("programme", "--db", url))

    def test_import_makes_a_new_one_ready_by_itself(self):
        url = self.database()
        self.save(url, FIRST)
        self.assertIn("up to date", self.good("migrate", "--db", url))

    def test_no_command_touches_an_older_one(self):
        url = self.database()
        self.save(url, FIRST)
        self.sql(url, "delete from schema_version")
        book = self.workbook(FIRST.replace("The council", "The city council"))
        for command in (*self.COMMANDS, ("import", book)):
            self.assertIn('run "ithaca migrate"',
                          self.refused(command[0], "--db", url, *command[1:], cwd=self.folder))
        self.assertEqual(self.sql(url, "select revision from programme"), [("1",)])

    def test_no_command_touches_a_newer_one(self):
        url = self.database()
        self.save(url, FIRST)
        self.sql(url, "insert into schema_version values (99, '2030-01-01T00:00:00.000Z')")
        for command in (*self.COMMANDS, ("import", self.workbook(FIRST)), ("migrate",)):
            self.assertIn("newer Ithaca",
                          self.refused(command[0], "--db", url, *command[1:], cwd=self.folder))

    def test_somebody_elses_database_is_left_alone(self):
        url = self.database()
        self.sql(url, "create table theirs (x integer)", "insert into theirs values (1)")
        before = self.bytes(url)
        for command in (*self.COMMANDS, ("import", self.workbook(FIRST)), ("migrate",)):
            self.assertIn("not Ithaca's",
                          self.refused(command[0], "--db", url, *command[1:], cwd=self.folder))
            self.assertEqual(self.bytes(url), before)
        self.assertEqual(self.sql(url, "select * from theirs"), [("1",)])

    def bytes(self, url):
        """All that is on the disk, where it is a file."""
        if self.engine == "postgres":
            return None
        path = pathlib.Path(url.removeprefix("sqlite:"))
        return {file.name: file.read_bytes() for file in path.parent.glob(path.name + "*")}

    def test_steps_that_never_were_are_not_taken(self):
        for version in (-5, -(2 ** 63)):
            url = self.database()
            self.sql(url, "create table schema_version (version bigint, at text)",
                     f"insert into schema_version values ({version}, 'now')")
            for command in (*self.COMMANDS, ("migrate",)):
                self.assertIn("not Ithaca's", self.refused(command[0], "--db", url, *command[1:],
                                                           cwd=self.folder))

    def test_a_database_must_be_named(self):
        self.assertIn("--db FILE", self.refused("migrate"))
        self.assertIn("not understood", self.refused("migrate", self.database()))


class Help(Case):
    def test_every_command_of_the_store_is_explained(self):
        for command in ("import", "export", "programme", "audit", "backup", "restore", "migrate"):
            said = ithaca("help", command).stdout
            self.assertIn(f"ithaca {command} ", said)
            self.assertIn("Exit code", said)
            self.assertLessEqual(max(map(len, said.splitlines())), 80, command)
            self.assertIn(f"\n  {command} ", ithaca("help").stdout)
