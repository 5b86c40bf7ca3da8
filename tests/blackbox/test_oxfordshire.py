"""The sample against the paper it is taken from: docs/oxfordshire.md says what must be found."""
import re

from support import Case, ROOT, SAMPLES, diagnose

OPTIONS = ("--basis", "stated,inferred", "--as-of", "2017-12-31")


def tables(text):
    """Every table row of the document, as a list of cells."""
    return [[cell.strip() for cell in line.strip("|").split("|")]
            for line in text.splitlines() if line.startswith("|")]


class Oxfordshire(Case):
    @classmethod
    def setUpClass(cls):
        cls.rows = tables((ROOT / "docs" / "oxfordshire.md").read_text(encoding="utf-8"))
        cls.barriers = [path.stem.partition("-")[2] for path in (ROOT / "content/barriers").glob("*.md")]
        cls.diagnosis = diagnose(SAMPLES / "oxfordshire", *OPTIONS)

    def test_each_barrier_is_found_by_the_rules_that_the_document_names(self):
        documented = {row[0]: row[1] for row in self.rows if row[0] in self.barriers}
        self.assertEqual(sorted(documented), sorted(self.barriers), "all 27 are told of")
        found = {}
        for finding in self.diagnosis["findings"]:
            for barrier in finding["barriers"]:
                found.setdefault(barrier, set()).add(finding["rule"])
        for barrier, rules in documented.items():
            with self.subTest(barrier):
                expected = set() if rules == "not found" else set(rules.split(", "))
                self.assertEqual(found.get(barrier, set()), expected)
        self.assertGreaterEqual(len(found), 18)

    def test_the_grid_reads_as_the_document_says(self):
        documented = {(row[0], row[1]): row for row in self.rows
                      if len(row) == 6 and row[1] in ("direction", "alignment", "commitment")}
        self.assertEqual(len(documented), 15)
        against = {}
        for finding in self.diagnosis["findings"]:
            against.setdefault((finding["level"], finding["outcome"]), set()).add(finding["rule"])
        for cell in self.diagnosis["grid"]:
            place = (cell["level"], cell["outcome"])
            with self.subTest(place):
                row = documented[place]
                self.assertEqual(row[3], cell["reading"])
                named = set(re.findall(r"\b[DACRI]\d+(?:-[a-z]+)?", row[5]))
                self.assertEqual(named, against.get(place, set()))

    def test_every_record_says_where_it_comes_from(self):
        from support import read_folder
        for sheet, (headings, rows) in read_folder(SAMPLES / "oxfordshire").items():
            if sheet == "documents":
                continue
            for row in rows:
                record = dict(zip(headings, row))
                with self.subTest(sheet=sheet, row=row):
                    self.assertIn(record["Basis"], ("stated", "inferred"))
                    self.assertTrue(record["Document"] and record["Page"])
                    if record["Basis"] == "inferred":
                        self.assertTrue(record["Note"], "says why")

    def test_nothing_is_found_wrong_before_it_began(self):
        diagnosis = diagnose(SAMPLES / "oxfordshire", "--basis", "stated,inferred", "--as-of",
                             "2013-06-30")
        later = {finding["id"] for finding in self.diagnosis["findings"]}
        self.assertLess(len(diagnosis["findings"]), len(later))
