"""Whatever a person hands in: a message with its place and what would be right, exit 2, no crash."""
import pathlib
import zipfile

from support import Case, SAMPLES, ithaca

START = "[programme]\nkey,name\np,P\n[organisations]\nkey,name,part\na,A,partner\nb,B,partner\n"


class BadInput(Case):
    def refused(self, path, *says):
        result = ithaca("check", path)
        self.assertEqual(result.returncode, 2, result.stdout)
        self.assertEqual(result.stdout, "", "nothing may be half-done")
        for words in says:
            self.assertIn(words, " ".join(result.stderr.split()))

    def refused_text(self, text, *says):
        self.refused(self.sheets(START + text), *says)

    def test_no_such_file(self):
        self.refused(self.folder / "missing.xlsx", "missing.xlsx")

    def test_empty_file(self):
        path = self.folder / "empty.xlsx"
        path.write_bytes(b"")
        self.refused(path, "empty.xlsx")

    def test_folder_without_csv(self):
        self.refused(self.folder, ".csv")

    def test_missing_sheet(self):
        self.refused(self.sheets("[programme]\nkey,name\np,P\n[teams]\nkey,name,type\nt,T,board\n"),
                     "sheet Organisations", "missing or empty")

    def test_wrong_type(self):
        self.refused_text("[teams]\nkey,name,type,meets every\nt,T,board,often\n",
                          "row 10, column Meets every", "\"often\" is not a number")

    def test_duplicate_key(self):
        self.refused_text("[teams]\nkey,name,type\nt,T,board\nt,U,board\n", "row 11, column Key",
                          "already in use in row 10")

    def test_reference_to_nowhere(self):
        self.refused_text("[teams]\nkey,name,type,host\nt,T,board,hospitl\n", "column Host",
                          "There is no \"hospitl\" on the sheet Organisations")

    def test_two_deciders_where_one_decides(self):
        self.refused_text("[posts]\nkey,title\nx,X\ny,Y\n"
                          "[decisions]\nkey,title,manner\nd,D,one decides\n"
                          "[decision rights]\ndecision,right held,post\nd,decides,x\nd,decides,y\n",
                          "both \"y\" (here) and \"x\"", "\"jointly\"")

    def test_cyclic_line_management(self):
        self.refused_text("[posts]\nkey,title\nx,X\ny,Y\n[reporting lines]\npost,line,reports to\n"
                          "x,line management,y\ny,line management,x\n", "goes in a circle")

    def test_impossible_date(self):
        self.refused_text("[teams]\nkey,name,type,since\nt,T,board,2017-02-29\n",
                          "column Since", "\"2017-02-29\" is not a time", "2017-12-31")

    def test_period_backwards(self):
        self.refused_text("[teams]\nkey,name,type,since,until\nt,T,board,2018,2017\n",
                          "ends (2017) before it begins (2018)")

    def test_a_meeting_that_ends_before_it_begins(self):
        self.refused_text("[teams]\nkey,name,type\nt,T,board\n"
                          "[meetings]\nkey,team,held on,starts,ends\nm,t,2026-01-05,17:30,9:00\n",
                          "column Ends", "09:00 is not later than 17:30, in the column Starts")

    def test_all_problems_at_once(self):
        result = ithaca("check", self.sheets(START + "[teams]\nkey,name,type,since\n"
                                             "t,,bord,soon\n,U,board,2016\n"))
        self.assertIn("4 things to mend", result.stderr)

    def test_truncated_zip(self):
        whole = self.folder / "whole.xlsx"
        ithaca("template", whole)
        content = whole.read_bytes()
        for size in (1, 10, 100, len(content) // 2, len(content) - 30):
            path = self.folder / f"cut-{size}.xlsx"
            path.write_bytes(content[:size])
            self.refused(path, path.name)

    def test_zip_that_is_no_workbook(self):
        path = self.folder / "other.xlsx"
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr("hello.txt", "hello")
        self.refused(path, "other.xlsx")

    def test_macros_and_passwords(self):
        macros = self.folder / "macros.xlsx"
        ithaca("template", macros)
        with zipfile.ZipFile(macros, "a") as archive:
            archive.writestr("xl/vbaProject.bin", b"x")
        self.refused(macros, "macro")
        locked = self.folder / "locked.xlsx"
        locked.write_bytes(bytes.fromhex("D0CF11E0A1B11AE1") + b"\0" * 600)
        self.refused(locked, "password")

    def test_not_utf8(self):
        (self.folder / "programme.csv").write_bytes(b"key,name\np,Caf\x8D\n")
        self.refused(self.folder, "programme.csv", "UTF-8")

    def test_quote_never_closed(self):
        self.refused_text('[teams]\nkey,name,type\nt,"T,board\n', "quot")

    def test_any_cut_of_a_good_workbook_is_refused_or_read(self):
        source = b"".join(path.read_bytes() for path in
                          sorted((SAMPLES / "harbour").glob("*.csv")))
        path = self.folder / "teams.csv"
        for end in range(0, len(source), max(1, len(source) // 60)):
            path.write_bytes(source[:end])
            result = ithaca("check", self.folder)
            self.assertEqual(result.returncode, 2)

    def test_wrong_arguments(self):
        for arguments in (["check"], ["check", "a", "b"], ["check", "a", "--level", "top"],
                          ["check", "a", "--as-of", "tomorrow"], ["check", "a", "--colour"],
                          ["chek"], ["convert", "a"], ["template"], ["rules", "show", "Z9"],
                          ["rules", "test"], ["rules", "wrong"], ["demo", "x"], ["help", "x"]):
            with self.subTest(arguments):
                result = ithaca(*arguments)
                self.assertEqual(result.returncode, 2)
                self.assertNotEqual(result.stderr, "")

    def test_existing_files_are_left_alone(self):
        path = self.folder / "mine.xlsx"
        path.write_text("mine")
        self.assertEqual(ithaca("template", path).returncode, 2)
        self.assertEqual(path.read_text(), "mine")
        folder = self.folder / "kept"
        folder.mkdir()
        (folder / "x").write_text("x")
        self.assertEqual(ithaca("convert", SAMPLES / "harbour", folder).returncode, 2)
        self.assertEqual([p.name for p in pathlib.Path(folder).iterdir()], ["x"])
