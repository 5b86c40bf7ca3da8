"""Workbooks in and out, without loss, and read by other programs."""
import shutil
import subprocess

from support import Case, SAMPLES, diagnose, ithaca, read_folder

OFFICE = shutil.which("soffice")


def office_convert(source, folder, form):
    """LibreOffice opens a file and saves it again."""
    folder.mkdir(exist_ok=True)
    subprocess.run([OFFICE, "--headless", f"-env:UserInstallation=file://{folder}/profile",
                    "--convert-to", form, "--outdir", str(folder), str(source)],
                   check=True, capture_output=True, timeout=180)


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

    def test_libreoffice_opens_and_saves_a_workbook_without_loss(self):
        xlsx = self.folder / "harbour.xlsx"
        ithaca("convert", SAMPLES / "harbour", xlsx)
        office_convert(xlsx, self.folder / "office", "xlsx")
        back = self.folder / "back"
        result = ithaca("convert", self.folder / "office" / "harbour.xlsx", back)
        self.assertEqual(result.returncode, 0, result.stderr)
        self.assertEqual(filled(read_folder(SAMPLES / "harbour")), filled(read_folder(back)))

    def test_libreoffice_reads_the_template(self):
        xlsx = self.folder / "new.xlsx"
        ithaca("template", xlsx)
        office_convert(xlsx, self.folder / "office", "csv")
        first_sheet = (self.folder / "office" / "new.csv").read_text(encoding="utf-8")
        self.assertIn("ithaca check", first_sheet)
        self.assertIn("patient", first_sheet)
