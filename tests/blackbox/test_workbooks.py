"""Workbooks in and out, without loss, and read by other programs."""
import shutil
import subprocess

from support import Case, SAMPLES, diagnose, ithaca, read_folder

OFFICE = shutil.which("soffice")


ALL_SHEETS_AS_CSV = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1"


def office_convert(folder, form, *sources):
    """LibreOffice opens files and saves them again."""
    folder.mkdir(exist_ok=True)
    subprocess.run([OFFICE, "--headless", f"-env:UserInstallation=file://{folder}/profile",
                    "--convert-to", form, "--outdir", str(folder), *map(str, sources)],
                   check=True, capture_output=True, timeout=300)


# What spreadsheets are known to spoil, as a key where it may be one, and as a text.
AWKWARD_KEYS = ["007", "1-2", "1e5", "1.10", "2016-04", "TRUE", "00", "mar-1", "Łódź", "x" * 200]
AWKWARD = ["007", "1-2", "+44 20 7946 0000", "-", "=SUM(A1:A9)", "=1+1", "@home", "'quoted", "'", "''",
           "'=1", "'''x", "a,b;c\td", 'say "x"', "two\nlines", "three\n\nlines", "<&>", "_x000D_",
           "_x0041_", "a_x005F_", "1e5", "3.10", "1,5", "50%", "£5", "TRUE", "false", "2017-12-31",
           "03/04/2016", "1/2", "12:30", "Mar 2016", "#N/A", "#REF!", "Łódź 東京 العربية 🏥",
           "e\u0301", "no\u00a0break", "zero\u200bwidth", "x" * 32767, "é" * 16383, "word " * 2000 + "end"]


def awkward_sheets():
    """A workbook of all that, in the .sheets form, as the program itself would guard it."""
    def cell(text):
        guarded = "'" + text if text[:1] in tuple("=+-@\t'") else text
        return '"' + guarded.replace('"', '""') + '"'
    days = ["2017-12-31", "2017-12", "2017", "about 2016-05", "before 2018-01-01", "after the pilot",
            "31 December 2017", "May 2016", "unknown"]
    return ("[programme]\nkey,name\np,P\n[organisations]\nkey,name,part,speaks for,since,note\n" +
            "".join(f"k{i:03},{cell(text)},partner,{i}.{i},{days[i % len(days)]},{cell(text)}\n"
                    for i, text in enumerate(AWKWARD)) +
            "[teams]\nkey,name,type,meets every\n" +
            "".join(f"{key},{cell(key)},board,0.{i}0\n" for i, key in enumerate(AWKWARD_KEYS)))


def filled(workbook):
    """What a workbook says, whatever columns stay empty and however rows are quoted."""
    return {name: [dict((h, cell) for h, cell in zip(headings, row) if cell) for row in rows]
            for name, (headings, rows) in workbook.items()}


class Workbooks(Case):
    def test_nothing_is_lost_between_the_forms(self):
        for sample in ("oxfordshire", "harbour"):
            with self.subTest(sample):
                xlsx, folder, again = (self.folder / f"{sample}{end}"
                                       for end in (".xlsx", "-csv", "-again"))
                for source, target in ((SAMPLES / sample, xlsx), (xlsx, folder), (folder, again)):
                    result = ithaca("convert", source, target)
                    self.assertEqual(result.returncode, 0, result.stderr)
                self.assertEqual(filled(read_folder(SAMPLES / sample)),
                                 filled(read_folder(folder)))
                self.assertEqual(read_folder(folder), read_folder(again))

    def test_what_is_awkward_survives(self):
        awkward = ['=1+1', '+44 20', '-', '@x', "'quoted", "''", 'a,b', 'say "x"', 'two\nlines',
                   '007', '1-2', '3.10', '1e5', 'TRUE', '2017-12-31', ' Łódź 東京 ', '_x000D_',
                   'x' * 2000]
        text = ("[programme]\nkey,name\np,P\n[organisations]\nkey,name,part,note\n" +
                "".join(f'k{i:03},N,partner,"{note.replace(chr(34), chr(34) * 2)}"\n'
                        for i, note in enumerate(awkward)))
        source = self.sheets(text)
        xlsx, folder, again = (self.folder / name for name in ("a.xlsx", "b", "c.xlsx"))
        for start, target in ((source, folder), (folder, xlsx)):
            result = ithaca("convert", start, target)
            self.assertEqual(result.returncode, 0, result.stderr)
        back = self.folder / "back"
        self.assertEqual(ithaca("convert", xlsx, back).returncode, 0)
        self.assertEqual(read_folder(folder), read_folder(back))
        notes = [row[-1] for row in read_folder(back)["organisations"][1]]
        self.assertIn("two\nlines", notes)
        self.assertIn("007", notes)
        self.assertIn("3.10", notes)
        self.assertIn("Łódź 東京", notes)
        for note in notes:
            self.assertNotIn(note[:1], "=+-@" if note else " ", "a spreadsheet would compute it")

    def test_the_diagnosis_does_not_depend_on_the_form(self):
        xlsx = self.folder / "oxfordshire.xlsx"
        ithaca("convert", SAMPLES / "oxfordshire", xlsx)
        options = ("--basis", "stated,inferred", "--as-of", "2017-12-31")
        self.assertEqual([f["id"] for f in diagnose(xlsx, *options)["findings"]],
                         [f["id"] for f in diagnose(SAMPLES / "oxfordshire", *options)["findings"]])

    def converted(self, source, name):
        """What a workbook says, by way of CSV; nothing about it may be remarkable."""
        target = self.folder / name
        result = ithaca("convert", source, target)
        self.assertEqual((result.returncode, result.stderr), (0, ""))
        return read_folder(target)

    def test_libreoffice_opens_and_saves_workbooks_without_loss(self):
        sources = {"harbour": SAMPLES / "harbour", "awkward": self.sheets(awkward_sheets())}
        before, workbooks = {}, []
        for name, source in sources.items():
            before[name] = self.converted(source, f"{name}-before")
            workbooks.append(self.folder / f"{name}.xlsx")
            self.assertEqual(ithaca("convert", source, workbooks[-1]).returncode, 0)
        texts = [row[1] for row in before["awkward"]["organisations"][1]]
        self.assertEqual([text[1:] if text[:2] in ("'=", "'+", "'-", "'@", "''") else text
                          for text in texts], AWKWARD)
        office_convert(self.folder / "xlsx", "xlsx", *workbooks)
        office_convert(self.folder / "csv", ALL_SHEETS_AS_CSV, *workbooks)
        for name in sources:
            with self.subTest(f"{name} as .xlsx"):
                self.assertEqual(self.converted(self.folder / "xlsx" / f"{name}.xlsx",
                                                f"{name}-xlsx"), before[name])
            with self.subTest(f"{name} as CSV"):
                folder = self.folder / f"{name}-sheets"
                folder.mkdir()
                for path in (self.folder / "csv").glob(f"{name}-*.csv"):
                    path.rename(folder / path.name.removeprefix(f"{name}-"))
                self.assertEqual(self.converted(folder, f"{name}-csv"), before[name])

    def test_libreoffice_reads_the_template(self):
        xlsx = self.folder / "new.xlsx"
        ithaca("template", xlsx)
        office_convert(self.folder / "office", "csv", xlsx)
        first_sheet = (self.folder / "office" / "new.csv").read_text(encoding="utf-8")
        self.assertIn("ithaca check", first_sheet)
        self.assertIn("patient", first_sheet)
