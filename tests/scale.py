"""A programme of any size: the variant "bigger" (200 people in 25 organisations), many times over.

What sets the frame is there once (the programme, its agreements, policies, outside bodies); all that
grows with the number of people is there `times` times, each copy tied within itself as the first is.
"""
import csv
import json
import pathlib
import subprocess

ONCE = {"programme", "coverage", "agreement", "provision", "document", "tension"}
OUTSIDE = {"regulator", "funder", "national body", "regional body"}


def tables_read(folder):
    tables = {}
    for path in sorted(pathlib.Path(folder).glob("*.csv")):
        with open(path, newline="", encoding="utf-8") as file:
            headings, *rows = list(csv.reader(file))
        tables[path.stem] = (headings, rows)
    return tables


class Multiplier:
    def __init__(self, ithaca, folder):
        self.tables = tables_read(folder)
        kinds = json.loads(subprocess.run([ithaca, "rules", "kinds", "--format", "json"],
                                          capture_output=True, check=True).stdout)
        self.kinds = {kind["sheet"].lower().replace(" ", "-"): kind for kind in kinds}
        self.outside = {"organisation": self.keys("organisations", "Part", OUTSIDE)}
        self.outside["policy"] = self.keys("policies", "Owner", self.outside["organisation"])

    def keys(self, sheet, column, values):
        """Of the rows that have one of the values in the column."""
        headings, rows = self.tables[sheet]
        return {row[0] for row in rows if row[headings.index(column)] in values}

    def key(self, key, kind, copy):
        if not key or copy == 0 or kind in ONCE or key in self.outside.get(kind, ()):
            return key
        return f"{key}-{copy}"

    def cell(self, text, field, kind, copy):
        if field.get("type") == "key":
            return self.key(text, kind, copy)
        target = field.get("refers_to")
        if not target:
            return text
        return "; ".join(self.key(piece.strip(), target, copy) for piece in text.split(";"))

    def rows(self, sheet, times):
        headings, rows = self.tables[sheet]
        kind = self.kinds[sheet]
        fields = {field["name"]: field for field in kind["fields"]}
        columns = [fields[heading.lower().replace(" ", "_")] for heading in headings]
        for copy in range(1 if kind["name"] in ONCE else times):
            for row in rows:
                if copy and row[0] in self.outside.get(kind["name"], ()):
                    continue
                yield [self.cell(text, field, kind["name"], copy)
                       for text, field in zip(row, columns)]

    def write(self, folder, times):
        """Gives the number of rows."""
        count = 0
        for sheet, (headings, _) in self.tables.items():
            with open(pathlib.Path(folder) / f"{sheet}.csv", "w", newline="",
                      encoding="utf-8") as file:
                writer = csv.writer(file, lineterminator="\n")
                writer.writerow(headings)
                for row in self.rows(sheet, times):
                    writer.writerow(row)
                    count += 1
        return count
