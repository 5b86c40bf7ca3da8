"""A programme's whole life in a store: saved, changed by two people, exported, backed up, moved from
one engine to the other and back. Records, history and diagnosis stay the same."""
import json

from support import SAMPLES, TABLES, StoreCase, ithaca, read_folder, write_folder


class Whole(StoreCase):
    def on(self, engine):
        self.engine = engine
        return self.database()

    def change(self, folder, sheet, key, heading, value):
        workbook = read_folder(folder)
        headings, rows = workbook[sheet]
        row = next(row for row in rows if row[0] == key)
        self.assertNotEqual(row[headings.index(heading)], value)
        row[headings.index(heading)] = value
        write_folder(workbook, folder)

    def two_people_change_it(self, url):
        lead, deputy = self.exported(url), self.exported(url)
        self.change(lead, "people", "geriatrician", "Note", "On leave in August")
        self.change(lead, "decisions", "specification", "Title", "What the falls service shall be")
        self.change(deputy, "organisations", "council", "Note", "Moves house in autumn")
        self.change(deputy, "decisions", "specification", "Title", "What the falls service will be")
        self.good("import", lead, "--db", url, "--by", "network manager", "--reason", "Leave")
        said = self.refused("import", deputy, "--db", url, "--by", "project manager")
        self.assertIn("theirs What the falls service shall be yours What the falls service will be",
                      said)
        self.good("import", deputy, "--db", url, "--by", "project manager", "--keep", "theirs")

    def all_of(self, url):
        """Everything that is said about the programme, as bytes."""
        check = ithaca("check", "--db", url, "--as-of", "2026-06-30", "--format", "json")
        self.assertIn(check.returncode, (0, 1), check.stderr)
        return {
            "check": check.stdout,
            "first check": ithaca("check", "--db", url, "--revision", 1, "--as-of", "2026-06-30",
                                  "--format", "json").stdout,
            "audit": self.good("audit", "list", "--db", url, "--format", "json"),
            "chain": self.good("audit", "verify", "--db", url, "--format", "json"),
            "programme": self.good("programme", "show", "--db", url, "--format", "json"),
            "export": read_folder(self.exported(url)),
            "tables": {table: sorted(self.sql(url, f"select * from {table}"))
                       for table in TABLES},
        }

    def moved(self, url, engine):
        """A database on that engine, restored from a backup of another."""
        path = self.folder / f"to-{engine}.db"
        self.good("backup", "--db", url, path)
        self.good("restore", "--verify", path)
        target = self.on(engine)
        self.good("restore", path, "--db", target)
        return target

    def test_it_goes_through_both_engines_unchanged(self):
        first = self.on("sqlite")
        self.good("import", SAMPLES / "harbour", "--db", first, "--by", "network manager")
        self.two_people_change_it(first)
        before = self.all_of(first)
        self.assertEqual([r["author"] for r in json.loads(before["audit"])["revisions"]],
                         ["network manager", "network manager", "project manager"])
        self.assertNotEqual(before["check"], "")
        second = self.moved(first, "postgres")
        self.assertEqual(self.all_of(second), before)
        third = self.moved(second, "sqlite")
        self.assertEqual(self.all_of(third), before)
        # A workbook exported before the move comes back to any of them.
        for url in (second, third):
            mine = self.exported(first)
            self.change(mine, "people", "geriatrician", "Note", "Back in September")
            self.assertIn("revision 4", self.good("import", mine, "--db", url, "--by", "me"))

    def test_the_diagnosis_is_that_of_the_workbook(self):
        url = self.on("postgres")
        self.good("import", SAMPLES / "harbour-broken", "--db", url)
        self.good("convert", SAMPLES / "harbour-broken", self.folder / "all-columns")

        def findings(*source):
            result = ithaca("check", *source, "--as-of", "2026-12-31", "--format", "csv")
            self.assertEqual(result.returncode, 1, result.stderr)
            return result.stdout
        self.assertEqual(findings("--db", url), findings(self.folder / "all-columns"))
