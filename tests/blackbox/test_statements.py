"""gen/statements: faults in .sql files stop the build with the place; good ones become both texts."""
import os
import pathlib
import subprocess
import tempfile
import unittest

PROGRAM = pathlib.Path(os.environ["ITHACA"]).resolve().parent / "statements"


class Statements(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.root = pathlib.Path(folder.name)
        (self.root / "src/room").mkdir(parents=True)
        (self.root / "schema").mkdir()

    def made(self, **files):
        for name, text in files.items():
            (self.root / "src/room" / f"{name}.sql").write_text(text)
        return subprocess.run([PROGRAM, self.root / "out.h", self.root / "out.c", self.root],
                              capture_output=True, text=True)

    def refused(self, place, message, **files):
        made = self.made(**files)
        self.assertEqual(made.returncode, 1)
        self.assertIn(place, made.stderr)
        self.assertIn(message, made.stderr)
        self.assertFalse((self.root / "out.h").exists())

    def step(self, name, text):
        (self.root / "schema" / name).write_text(text)

    def test_both_texts(self):
        made = self.made(a="-- About it.\n-- statement first\nselect '$2; -- ?' -- why;\n"
                           "from t where x = $2 and y = $1 and z = $2;\n")
        self.assertEqual((made.returncode, made.stderr), (0, ""))
        text = (self.root / "out.c").read_text()
        self.assertIn("{\"first\", \"src/room/a.sql\", 3, 2, ", text)
        self.assertIn("x = ?2 and y = ?1 and z = ?2\"".replace("?", "\\?"), text)
        self.assertIn("x = $2 and y = $1 and z = $2\"", text)
        self.assertIn("'$2; -- \\?'", text)
        self.assertNotIn("why", text)
        self.assertIn("SQL_first,\n    SQL_COUNT", (self.root / "out.h").read_text())

    def test_a_pattern_may_begin_with_a_parameter(self):
        made = self.made(a="-- statement one\nselect a from t where a like 'x' and b = $1 and c like cast($1 as text) "
                           "|| '%';\n")
        self.assertEqual((made.returncode, made.stderr), (0, ""))

    def test_written_only_when_it_changes(self):
        self.made(a="-- statement one\nselect 1;\n")
        os.utime(self.root / "out.h", (1, 1))
        os.utime(self.root / "out.c", (1, 1))
        self.made(a="-- statement one\nselect 2;\n")
        self.assertEqual((self.root / "out.h").stat().st_mtime, 1)
        self.assertNotEqual((self.root / "out.c").stat().st_mtime, 1)

    def test_faults(self):
        name = "-- statement one\n"
        for place, message, text in [
            ("a.sql:1:", "no name", "select 1;\n"),
            ("a.sql:3:", "already", name + "select 1;\n" + name + "select 1;\n"),
            ("a.sql:2:", "a parameter is missing", name + "select $2;\n"),
            ("a.sql:2:", "$1 to $100", name + "select $0;\n"),
            ("a.sql:2:", "$1 to $100", name + "select $101;\n"),
            ("a.sql:2:", "$1 to $100", name + "select $a;\n"),
            ("a.sql:2:", "not ended", name + "select 1\n"),
            ("a.sql:2:", "not ended", name + "select 1\n-- statement two\nselect 1;\n"),
            ("a.sql:2:", "only at the end", name + "select 1; select 2;\n"),
            ("a.sql:3:", "quotation mark", name + "select\n'a;\n"),
            ("a.sql:2:", "parameters are written", name + "select ?;\n"),
            ("a.sql:3:", "plans a statement anew", name + "select a from t where b not like\n$1;\n"),
            ("a.sql:1:", "small letters", "-- statement One\nselect 1;\n"),
            ("a.sql:2:", "no statement of the name", name + "-- statement two\nselect 1;\n"),
            ("a.sql:2:", "no statement of the name", name),
        ]:
            with self.subTest(text):
                self.refused(place, message, a=text)

    def test_name_twice_in_two_files(self):
        text = "-- statement one\nselect 1;\n"
        self.refused("src/room/b.sql:1:", "one, src/room/a.sql:2", a=text, b=text)

    def test_steps(self):
        self.step("0001-start.sql", "create table t (id BIGINT, bigint_note text default 'bigint');\n"
                                    "create index i on t (id);\n")
        self.assertEqual(self.made().returncode, 0)
        text = (self.root / "out.c").read_text()
        self.assertIn("(id integer, bigint_note text default 'bigint') strict;\\n", text)
        self.assertIn("(id BIGINT, bigint_note text default 'bigint');\\n", text)
        self.assertNotIn("(id) strict", text)

    def test_faults_in_steps(self):
        self.step("0002-start.sql", "create table t (id bigint);\n")
        self.refused("schema/0002-start.sql:1:", "0001-")
        (self.root / "schema/0002-start.sql").unlink()
        self.step("0001-start.sql", "create table t (id bigint) without rowid;\n")
        self.refused("0001-start.sql:1:", "a table ends with")
        self.step("0001-start.sql", "\ncreate table t (id bigint default $1);\n")
        self.refused("0001-start.sql:2:", "no parameters")


if __name__ == "__main__":
    unittest.main()
