"""Files as people have them: taken, with what is worth noting said beside the answer."""
import csv
import json
import shutil
import sys

from support import Case, ROOT, SAMPLES, ithaca, read_folder, write_folder

sys.path.insert(0, str(ROOT / "tests" / "corpus"))
import made  # noqa: E402

HARBOUR = SAMPLES / "harbour"
ON = ("--as-of", "2026-06-30", "--format", "json")


class RealFiles(Case):
    def taken(self, path, *notes):
        """The records as they come out; every note must be there, and nothing be refused."""
        target = self.folder / "taken"
        shutil.rmtree(target, ignore_errors=True)
        result = ithaca("convert", path, target)
        self.assertEqual(result.returncode, 0, result.stderr)
        said = " ".join(result.stderr.split())
        self.assertEqual(said.startswith("Noted while reading"), bool(notes), said)
        for words in notes:
            self.assertIn(words, said)
        return read_folder(target)

    def values(self, workbook, sheet, heading):
        headings, rows = workbook[sheet]
        return [row[headings.index(heading)] for row in rows]

    def harbour_with(self, column):
        workbook = read_folder(HARBOUR)
        headings, rows = workbook["people"]
        workbook["people"] = ([column, *headings], [[f"{i}", *row] for i, row in enumerate(rows)])
        folder = self.folder / "harbour"
        folder.mkdir()
        write_folder(workbook, folder)
        return folder

    def test_notes_stand_beside_the_answer(self):
        before = ithaca("check", HARBOUR, *ON)
        after = ithaca("check", self.harbour_with("Salary band"), *ON)
        self.assertEqual(after.returncode, before.returncode)
        self.assertEqual(json.loads(after.stdout)["findings"], json.loads(before.stdout)["findings"])
        self.assertEqual(before.stderr, "")
        self.assertIn('Ithaca has no column "Salary band" here.', after.stderr)

    def test_every_command_notes_once(self):
        folder = self.harbour_with("Salary band")
        more = self.folder / "more.sheets"
        more.write_text("[people]\nkey,name,salary band\nnew,New,7\n", encoding="utf-8")
        for arguments in (["whatif", folder, "--with", more, "--on", "2026-06-30"],
                          ["decisions", folder], ["map", folder], ["network", folder],
                          ["check", folder, "--format", "csv"]):
            with self.subTest(arguments[0]):
                result = ithaca(*arguments)
                self.assertIn(result.returncode, (0, 1))
                self.assertEqual(result.stderr.count("Noted while reading"), 1)
                self.assertEqual(result.stderr.count("Salary band"), 1)
                self.assertNotIn("Noted", result.stdout)

    def test_own_columns_are_kept_in_the_note(self):
        notes = self.values(self.taken(self.harbour_with("Salary band"), "Salary band"),
                            "people", "Note")
        self.assertTrue(notes[0].endswith("Salary band: 0"), notes[0])

    def test_plain_csv_of_a_western_excel(self):
        folder = self.folder / "excel"
        folder.mkdir()
        for name, rows in {
                "programme": [["Key", "Name"], ["harbour", "Harbour"]],
                "organisations": [["Part", "Key", "Name"], ["host", "trust", "Trust"]],
                "documents": [["Title", "Key"],
                              ["Café – “minutes”; 5 €\nsecond line", "minutes"]]}.items():
            with open(folder / f"{name}.csv", "w", newline="", encoding="cp1252") as file:
                csv.writer(file, delimiter=";", lineterminator="\r\n").writerows(rows)
        taken = self.taken(folder, 'documents.csv: This file was read as Windows-1252', '"Café"')
        self.assertEqual(self.values(taken, "documents", "Title"),
                         ["Café – “minutes”; 5 €\nsecond line"])

    def test_an_excel_file_of_somebody_who_works_with_it(self):
        text = made.MAIN
        table = (made.rows(("Budget line", "Type", "Name", "Since", "Key"),
                           ("77", "board", '<c t="str"><f>A1</f><v>Board</v></c>',
                            '<c s="1"><v>42485</v></c>', '<c s="2"><v>7</v></c>')) +
                 '<row hidden="1"><c r="B3" t="inlineStr"><is><t>board</t></is></c>'
                 '<c r="C3" t="inlineStr"><is><t>Panel_x000D_</t></is></c>'
                 '<c r="D3" t="inlineStr"><is><t>25/04/2016</t></is></c>'
                 '<c r="E3" t="inlineStr"><is><t>1-2</t></is></c></row>' +
                 "".join(f'<row r="{i}"><c r="A{i}" s="1"/></row>' for i in range(4, 5000)))
        styles = (f'<styleSheet {text}><numFmts><numFmt numFmtId="164" formatCode="000"/></numFmts>'
                  '<cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="164"/></cellXfs>'
                  "</styleSheet>")
        merged = made.sheet(table).replace("</worksheet>", '<mergeCells><mergeCell ref="A2:A3"/>'
                                           "</mergeCells></worksheet>")
        book = made.parts()["xl/workbook.xml"].replace('name="Teams"', 'name="Teams" state="hidden"')
        path = self.folder / made.xlsx(teams=merged, styles=styles, workbook=book)(self.folder, "own")
        taken = self.taken(path, "This sheet is hidden", "Hidden rows, perhaps by a filter: 1",
                           "Cells with formulas: 1", "Merged cells: 1", '"Budget line"')
        self.assertEqual(self.values(taken, "teams", "Key"), ["007", "1-2"])
        self.assertEqual(self.values(taken, "teams", "Since"), ["2016-04-25", "2016-04-25"])
        self.assertEqual(self.values(taken, "teams", "Name"), ["Board", "Panel"])
        self.assertEqual(self.values(taken, "teams", "Note"), ["Budget line: 77", ""])

    def test_what_is_refused_is_not_noted(self):
        result = ithaca("check", self.sheets("[programme]\nkey,name,colour\np,P,red\n"))
        self.assertEqual(result.returncode, 2)
        self.assertNotIn("Noted", result.stderr)
