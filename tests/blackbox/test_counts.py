"""What every save counts beside the records, and what is still to be done: always what counting them says."""
import random

from serving import Site
from stores import Store, on_both
from support import SAMPLES, read_folder

# How an action's day is written, and the last day on which it is not late.
DAYS = (("", ""), ("2026-03-05", "2026-03-05"), ("2026-02", "2026-02-28"), ("2024", "2024-12-31"),
        ("after the pilot", ""), ("before 2026-05-01", "2026-04-30"), ("unknown", ""))
STATES = (("", ""), ("open", ""), ("", "2026-03-01"), ("done", ""), ("done", "2026-03-01"), ("dropped", ""),
          ("open", "2026-03-01"))  # the last says both: what has a day on which it was done is done


class Counted(Store):
    def actions_set(self, rows):
        """harbour with these actions: key -> owner, due, state, done."""
        def change(workbook):
            headings, actions = workbook["actions"]
            actions[:] = []
            for key, values in rows.items():
                row = dict(zip(("Owner", "Due", "State", "Done"), values), Key=key, Title=f"About {key}")
                actions.append([row.get(heading, "") for heading in headings])
        self.bring(change=change)

    def kept(self):
        return (sorted(map(tuple, self.sql("select kind, now, gone from record_count where now > 0 or gone > 0"))),
                sorted(map(tuple, self.sql("select r.key, o.owner, o.last_day, o.position from open_action o join "
                                           "record r on r.id = o.record_id and r.until is null"))),
                sorted(map(tuple, self.sql("select owner, actions from open_action_count where actions > 0"))))

    def counted(self, rows):
        """The same, counted from nothing."""
        records = self.sql("select kind, key, count(case when until is null then 1 end) from record group by kind, key")
        kinds = {}
        for kind, _, now in records:
            there = kinds.setdefault(kind, [0, 0])
            there[0 if now == "1" else 1] += 1
        places = dict(self.sql("select key, position from record where kind = 'action' and until is null"))
        still = [(key, owner, dict(DAYS)[due], places[key]) for key, (owner, due, state, done) in rows.items()
                 if state in ("", "open") and not done]
        owners = [owner for _, owner, _, _ in still]
        return (sorted((kind, str(now), str(gone)) for kind, (now, gone) in kinds.items()), sorted(still),
                sorted((owner, str(owners.count(owner))) for owner in set(owners)))


@on_both
class Kept(Counted):
    def made(self, seed, saves):
        chance, rows = random.Random(seed), {}
        headings, people = read_folder(SAMPLES / "harbour")["people"]
        owners = ["", *(row[headings.index("Key")] for row in people)][:5]
        for _ in range(saves):
            for key in chance.sample([f"action-{n}" for n in range(14)], 6):
                if key in rows and chance.random() < 0.4:
                    del rows[key]
                else:
                    rows[key] = (chance.choice(owners), chance.choice(DAYS)[0], *chance.choice(STATES))
            self.actions_set(rows)
            yield rows

    def test_after_every_save(self):
        for number, rows in enumerate(self.made(7, 8)):
            self.assertEqual(self.kept(), self.counted(rows), number)
        self.assertGreater(int(self.sql("select gone from record_count where kind = 'action'")[0][0]), 0)

    def test_what_an_older_ithaca_wrote_is_counted_when_it_is_made_ready(self):
        for rows in self.made(8, 3):
            pass
        for table in ("record_count", "open_action", "open_action_count"):
            self.sql(f"drop table {table}")
        self.sql("delete from schema_version where version >= 28")
        self.done("migrate")
        self.assertEqual(self.kept(), self.counted(rows))
        self.assertIn("Nothing was changed", self.done("migrate").stdout)

    def test_whose_it_is_changes_when_somebody_is_erased(self):
        for rows in self.made(9, 3):
            pass
        owner = next(owner for owner, *_ in rows.values() if owner)
        self.done("person", "erase", f"harbour/{owner}", "--reason", "Asked for")
        self.assertFalse(self.sql(f"select 1 from open_action where owner = '{owner}'"))
        owners = dict(self.kept()[2])
        for (now,) in self.sql("select distinct owner from open_action"):
            self.assertEqual(self.sql(f"select count(*) from open_action where owner = '{now}'"), [[owners[now]]])


@on_both
class Listed(Counted):
    """130 of them, of three people and of nobody, on pages of 50."""

    def setUp(self):
        super().setUp()
        headings, people = read_folder(SAMPLES / "harbour")["people"]
        owners = [row[headings.index("Key")] for row in people][:3]
        self.rows = {f"action-{n}": ((owners + [""])[n % 4], ("2024", "2025-01-01", "2990", "")[n // 4 % 4], "", "")
                     for n in range(130)}
        self.actions_set({**self.rows, "closed": (owners[0], "2024", "done", "")})
        self.site = Site(self.url, self, web_workers=1)
        self.site.person("lead")
        self.done("person", "member", "add", "harbour", "lead", "lead")
        self.done("person", "link", "lead", f"harbour/{owners[1]}")
        self.lead, self.own = self.site.sign_in("lead"), owners[1]

    def listed(self, show):
        """The keys on its pages, one after the other."""
        address, out = f"/p/harbour/actions?show={show}", []
        while address:
            page = self.lead.get(address)
            out += [link.split("/")[-1] for link in page.links if "/action/action-" in link or link.endswith("/closed")]
            address = next((link for link in page.links if "&from=" in link and "before" not in link and
                            int(link.split("=")[-1]) == len(out)), None)
        return out

    def test_each_once_on_the_pages_of_its_lists(self):
        mine = {key for key, (owner, *_) in self.rows.items() if owner == self.own}
        late = {key for key, (_, due, *_) in self.rows.items() if due in ("2024", "2025-01-01")}
        for show, wanted in (("mine", mine), ("overdue", late), ("organisation", set(self.rows)),
                             ("all", {*self.rows, "closed"})):
            listed = self.listed(show)
            self.assertEqual(len(listed), len(set(listed)), show)
            self.assertEqual(set(listed), wanted, show)
        page = self.lead.get("/p/harbour/actions?show=overdue")
        for words in (f"Mine ({len(mine)})", f"Overdue ({len(late)})", "Open, by organisation (130)", "done (131)"):
            self.assertIn(words, page.words)
        days = [self.rows[key][1] for key in self.listed("overdue")]
        self.assertEqual(days, sorted(days))  # the end of 2024 before the first of January
        nobody = [not self.rows[key][0] for key in self.listed("organisation")]
        self.assertEqual(nobody, sorted(nobody))  # nobody's last
