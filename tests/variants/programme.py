"""The sheets of one programme, to be read, changed and written by the variants.

A sheet is a list of rows, a row a dictionary from column to text. Sheets and columns are called as
in the files, with "_" for the space or hyphen: "post_holders", "days_set_aside".
"""
import csv
import datetime
from pathlib import Path

DAY = "2026-06-30"
HARBOUR = Path(__file__).resolve().parent.parent.parent / "samples" / "harbour"


def day_after(day, days):
    return (datetime.date.fromisoformat(day) + datetime.timedelta(days=days)).isoformat()


def table_read(text):
    """The rows of a table written with "|", its first line the headings; empty cells left out."""
    lines = [line for line in text.splitlines() if line.strip()]
    headings = [cell.strip() for cell in lines[0].split("|")]
    rows = []
    for line in lines[1:]:
        cells = [cell.strip() for cell in line.split("|")]
        if len(cells) > len(headings):
            raise ValueError(f"more cells than headings: {line}")
        rows.append({name: cell for name, cell in zip(headings, cells) if cell})
    return rows


class Programme:
    def __init__(self):
        self.sheets = {}

    @classmethod
    def read(cls, folder=HARBOUR):
        self = cls()
        for path in sorted(Path(folder).glob("*.csv")):
            with open(path, newline="", encoding="utf-8") as file:
                headings, *rows = list(csv.reader(file))
            columns = [heading.lower().replace(" ", "_") for heading in headings]
            self.sheets[path.stem.replace("-", "_")] = [
                {name: cell for name, cell in zip(columns, row) if cell} for row in rows
            ]
        return self

    def write(self, folder):
        Path(folder).mkdir(parents=True, exist_ok=True)
        for name, rows in self.sheets.items():
            columns = list(dict.fromkeys(column for row in rows for column in row))
            if not columns:
                continue
            path = Path(folder) / f"{name.replace('_', '-')}.csv"
            with open(path, "w", newline="", encoding="utf-8") as file:
                out = csv.writer(file, lineterminator="\n")
                out.writerow([column.replace("_", " ").capitalize() for column in columns])
                out.writerows([[row.get(column, "") for column in columns] for row in rows])

    def rows(self, sheet, **wanted):
        """The rows of a sheet that have these values. Comparing whole items is what makes it quick."""
        items = {column: value for column, value in wanted.items() if value != ""}.items()
        empty = [column for column, value in wanted.items() if value == ""]
        return [
            row for row in self.sheets.get(sheet, [])
            if items <= row.items() and not (empty and any(map(row.get, empty)))
        ]

    def row(self, sheet, **wanted):
        rows = self.rows(sheet, **wanted)
        if len(rows) != 1:
            raise KeyError(f"{len(rows)} rows of {sheet} have {wanted}")
        return rows[0]

    def add(self, sheet, **values):
        """Adds a row, unless one with just these values is there."""
        values = {column: str(value) for column, value in values.items() if value not in ("", None)}
        for row in self.rows(sheet, **values):
            return row
        self.sheets.setdefault(sheet, []).append(values)
        return values

    def table(self, sheet, text):
        for row in table_read(text):
            self.add(sheet, **row)

    def change(self, sheet, wanted, **values):
        """Changes every row that has the wanted values; None empties a cell. None to change is an
        error."""
        rows = self.rows(sheet, **wanted)
        if not rows:
            raise KeyError(f"no row of {sheet} has {wanted}")
        for row in rows:
            for column, value in values.items():
                if value is None:
                    row.pop(column, None)
                else:
                    row[column] = str(value)

    def remove(self, sheet, **wanted):
        gone = self.rows(sheet, **wanted)
        if not gone:
            raise KeyError(f"no row of {sheet} has {wanted}")
        self.sheets[sheet] = [row for row in self.sheets[sheet] if not any(row is g for g in gone)]

    def tie(self, person, kind, other, **values):
        """A relationship, once only; one that holds both ways whichever it is written for."""
        mutual = "yes" if kind in ("works with", "is a peer of") else "no"
        for one, two in ((person, other), (other, person)) if mutual == "yes" else ((person, other),):
            for row in self.rows("relationships", person=one, type=kind, other=two):
                return row
        return self.add("relationships", person=person, type=kind, other=other, mutual=mutual,
                        **values)

    # What the records say, for those who write more of them.

    def organisation_of(self, person):
        """Where a person belongs: the employer, or where a volunteer's post or seat is."""
        row = self.row("people", key=person)
        if row.get("employer"):
            return row["employer"]
        for held in self.rows("post_holders", person=person):
            if held.get("manner") != "being prepared":
                return self.row("posts", key=held["post"])["organisation"]
        for seat in self.rows("team_members", person=person):
            if seat.get("organisation"):
                return seat["organisation"]
        return ""

    def profession_of(self, person):
        return self.row("people", key=person).get("profession", "")

    def partners(self):
        """Organisations that take part today."""
        outside = {"regulator", "funder", "national body", "regional body", "neighbour", "member"}
        return [
            row["key"] for row in self.sheets["organisations"]
            if row["part"] not in outside and "until" not in row
        ]

    def holders_on(self, post, day):
        return [
            row["person"] for row in self.rows("post_holders", post=post)
            if row.get("manner") != "being prepared" and holds_on(row, day)
        ]

    def sitting_on(self, team, day):
        """Who sits in a team on a day: each person once, with their seat."""
        sitting = {}
        for seat in self.rows("team_members", team=team):
            if not holds_on(seat, day):
                continue
            people = [seat["person"]] if "person" in seat else self.holders_on(seat["post"], day)
            for person in people:
                sitting.setdefault(person, seat)
        return sitting


def holds_on(row, day):
    """Whether a row whose times begin with a year or a day, or are vague, holds on a day."""
    since, until = row.get("since", ""), row.get("until", "")
    return not (since[:1].isdigit() and since > day) and not (until[:1].isdigit() and until < day)
