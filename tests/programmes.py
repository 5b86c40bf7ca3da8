"""Many programmes of one size, for measuring the store: 200 people, 12 partners (and the three bodies
above them), 40 decisions, 1,000 actions; 5,000 rows or so each.

Each is the variant "bigger" (tests/variants/bigger.py) with its twenty-five partners put together to
twelve, and with more decisions and actions like those that are there. A number, the seed, decides
which, by whom, about what and when, so that no two programmes have the same records.
"""
import datetime
import importlib
import pathlib
import random
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent / "variants"))
Programme = importlib.import_module("programme").Programme

DECISIONS, ACTIONS = 40, 1000
# Who becomes part of whom.
JOINS = {
    "north-trust": ["south-trust", "rivers-trust"],
    "north-council": ["south-council", "east-council", "west-council"],
    "north-practices": ["south-practices", "east-practices", "west-practices", "mill-practice",
                        "quay-practice"],
    "neighbours": ["company", "wheels", "hearth", "old-hearth", "old-home"],
    "elders": ["patients", "carers"],
}
JOINED = {old: new for new, olds in JOINS.items() for old in olds}
ORGANISATION_COLUMNS = {"organisation", "employer", "to_organisation", "from_organisation", "host",
                        "owner", "member_of", "hosted_by"}
LISTS = {"concerns", "used_by", "readable_by", "for_organisations", "organisations"}
# Of each sheet that names organisations, what may be there once only.
ONCE = {"agreement_parties": ("agreement", "organisation", "person"),
        "message_routes": ("from_team", "to_organisation", "to_tier")}
VERBS = ["Count", "Describe", "Bring together", "Try out", "Ask ten people about", "Show the team",
         "Write one page on", "Look again at", "Find the money for", "Agree with the practices"]
THINGS = ["the Monday calls", "plans after a stay in hospital", "visits at the weekend",
          "medicines that nobody looks after", "lifts to the day centre", "falls at home",
          "letters that come too late", "carers who cannot sleep", "the first hour at home",
          "keys and key safes", "people with more than three plans", "waiting for a ramp"]


def joined(text):
    keys = dict.fromkeys(JOINED.get(key.strip(), key.strip()) for key in text.split(";"))
    return "; ".join(keys)


def organisations_join(p):
    p.sheets["organisations"] = [row for row in p.sheets["organisations"]
                                 if row["key"] not in JOINED]
    p.sheets.pop("organisation_changes", None)
    for sheet in ("resources", "policies"):
        p.sheets[sheet] = [row for row in p.sheets[sheet]
                           if row["key"].partition("-")[2] not in JOINED]
    p.sheets["decision_rights"] = [  # the one council has one last word
        row for row in p.sheets["decision_rights"]
        if row["right_held"] != "decides" or row.get("post", "").removesuffix("-head") not in JOINED]
    for sheet, rows in p.sheets.items():
        seen, kept = set(), []
        for row in rows:
            for column in ORGANISATION_COLUMNS & row.keys():
                if sheet != "actions":  # whose owner is a person
                    row[column] = JOINED.get(row[column], row[column])
            for column in LISTS & row.keys():
                row[column] = joined(row[column])
            columns = ONCE.get(sheet)
            once = tuple(row.get(column) for column in columns) if columns else id(row)
            if once not in seen:
                kept.append(row)
            seen.add(once)
        p.sheets[sheet] = kept


def day_later(day, days):
    return (datetime.date.fromisoformat(day) + datetime.timedelta(days=days)).isoformat()


class Pattern:
    """What all programmes have in common: `folder` is the variant as CSV files."""

    def __init__(self, folder):
        p = Programme.read(folder)
        organisations_join(p)
        self.sheets = p.sheets
        self.small = [row for row in p.sheets["decisions"] if row["scale"] == "operational"]
        self.rights = {}
        for row in p.sheets["decision_rights"]:
            self.rights.setdefault(row["decision"], []).append(row)

    def decisions(self, chance):
        """Those that are there, then others like the small ones, with the same rights."""
        rows, rights = list(self.sheets["decisions"]), list(self.sheets["decision_rights"])
        while len(rows) < DECISIONS:
            like = chance.choice(self.small)
            key = f"{like['key']}-{len(rows)}"
            rows.append({**like, "key": key, "title": f"How to go about {chance.choice(THINGS)}"})
            rights += [{**right, "decision": key} for right in self.rights[like["key"]]]
        return rows, rights

    def actions(self, chance):
        rows = list(self.sheets["actions"])
        likes = list(rows)
        while len(rows) < ACTIONS:
            like = chance.choice(likes)
            row = {**like, "key": f"a{len(rows)}",
                   "title": f"{chance.choice(VERBS)} {chance.choice(THINGS)}"}
            if row["state"] == "open":
                row["due"] = day_later(row["due"], chance.randrange(60))
            rows.append(row)
        return rows

    def make(self, seed):
        """The programme of that number."""
        chance = random.Random(seed)
        p = Programme()
        p.sheets = dict(self.sheets)
        p.sheets["programme"] = [{**self.sheets["programme"][0], "key": key_of(seed),
                                  "name": f"Four Rivers {seed} (invented)"}]
        p.sheets["decisions"], p.sheets["decision_rights"] = self.decisions(chance)
        p.sheets["actions"] = self.actions(chance)
        rows = self.sheets["attendance"]  # not everybody's was written down
        gone = set(chance.sample(range(len(rows)), len(rows) // 100))
        p.sheets["attendance"] = [row for i, row in enumerate(rows) if i not in gone]
        return p

    def write(self, folder, seed):
        """As a folder of CSV files; gives the number of rows."""
        p = self.make(seed)
        p.write(folder)
        return sum(len(rows) for rows in p.sheets.values())


def key_of(seed):
    return f"rivers-{seed}"
