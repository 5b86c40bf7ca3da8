"""Several records changed in one table: whole or not at all, by two at once, sent twice, undone."""
from serving import SELDOM, People, Site
from stores import on_both
from test_home_pages import row_add

LIST = "/p/harbour/records/action"
CHOOSE, TABLE, UNDO = f"{LIST}/several", f"{LIST}/table", f"{LIST}/undo"
ACTIONS = ("one", "two", "three")


def actions(workbook):
    for key in ACTIONS:
        row_add(workbook, "actions", key=key, title=f"Number {key}", owner="geriatrician", due="2027-03-01")


@on_both
class Several:
    def setUp(self):
        super().setUp()
        self.prepare(self.make, actions)
        self.site = Site(self.url, self, web_workers=2, poll_seconds=SELDOM)
        self.lead = self.site.sign_in("lead")

    def make(self):
        self.bring(change=actions)
        People(self.url).join("harbour", "lead", record="network-manager")

    def table(self, *fields, records=ACTIONS, client=None):
        asked = "&".join([f"record[]={key}" for key in records] + [f"field[]={name}" for name in fields])
        page = (client or self.lead).get(f"{TABLE}?{asked}")
        self.assertEqual(page.status, 200, page.text)
        return page

    def stored(self, key):
        return self.sql(f"select content from record where kind = 'action' and key = '{key}' and until is null")[0][0]

    def revision(self):
        return int(self.sql("select revision from programme where key = 'harbour'")[0][0])

    def test_one_word_for_all_and_others_by_row(self):
        self.assertIn(f"{CHOOSE}?from=0", self.lead.get(LIST).links)
        page = self.lead.get(CHOOSE)
        self.assertIn("Number two", page.words)
        before = {key: self.stored(key) for key in ACTIONS}
        page = self.table("due", "owner", "note")
        page = self.lead.submit(page, TABLE, **{"every-due": "30 April 2027", "c-1-owner": "nurse-consultant"})
        self.assertEqual(page.status, 303, page.text)
        page = self.lead.get(page.location)
        self.assertIn("3 records were changed", page.words)
        for key in ACTIONS:
            owner = "nurse-consultant" if key == "two" else "geriatrician"
            self.assertEqual(self.stored(key), before[key].replace("2027-03-01", "30 April 2027")
                             .replace("geriatrician", owner))
        self.assertEqual(self.revision(), 2)
        page = self.lead.submit(page, UNDO, follow=True)
        self.assertIn("It is undone", page.words)
        self.assertEqual({key: self.stored(key) for key in ACTIONS}, before)
        self.assertEqual(self.revision(), 3)

    def test_what_is_wrong_is_told_at_its_cell_and_nothing_is_saved(self):
        page = self.table("due", "owner")
        page = self.lead.submit(page, TABLE, **{"c-0-due": "one day", "c-1-due": "1 May 2027", "c-2-owner": "nobody"})
        self.assertEqual(page.status, 400)
        self.assertEqual(self.revision(), 1)
        self.assertIn('href="#c-0-due"', page.text)
        self.assertIn('id="c-0-due-error"', page.text)
        self.assertNotIn('id="c-1-due-error"', page.text)
        form = page.form(TABLE)
        self.assertEqual([form.fields["c-0-due"], form.fields["c-1-due"], form.fields["c-2-owner"]],
                         ["one day", "1 May 2027", "nobody"])
        page = self.lead.submit(page, TABLE, **{"c-0-due": "2 May 2027", "c-2-owner": "geriatrician"})
        self.assertEqual(page.status, 303, page.text)
        self.assertIn("2 May 2027", self.stored("one"))
        self.assertIn("1 May 2027", self.stored("two"))

    def test_of_two_at_once_nothing_is_lost(self):
        other = self.site.sign_in("lead")
        mine, theirs = self.table("due", "title"), self.table("due", "title", client=other)
        self.assertEqual(other.submit(theirs, TABLE, **{"c-0-due": "1 June 2027", "c-1-title": "Theirs"}).status, 303)
        page = self.lead.submit(mine, TABLE, **{"c-0-due": "1 July 2027", "c-2-title": "Mine"})
        self.assertEqual(page.status, 400)
        self.assertIn("It was: 2027-03-01. Theirs: 1 June 2027", page.words)
        form = page.form(TABLE)
        self.assertEqual((form.fields["c-0-due"], form.fields["c-1-title"], form.fields["c-2-title"]),
                         ("1 July 2027", "Theirs", "Mine"))
        self.assertEqual(self.lead.submit(page, TABLE).status, 303)
        self.assertIn("1 July 2027", self.stored("one"))
        self.assertIn("Theirs", self.stored("two"))
        self.assertIn("Mine", self.stored("three"))

    def test_what_was_taken_out_meanwhile_is_told(self):
        page = self.table("title")
        record = "/p/harbour/record/action/two"
        form = self.lead.get(f"{record}/correct")
        self.assertEqual(self.lead.submit(form, f"{record}/remove", reason="never was").status, 303)
        page = self.lead.submit(page, TABLE, **{"c-0-title": "Still", "c-1-title": "Gone", "c-2-title": "Here"})
        self.assertEqual(page.status, 400)
        self.assertIn("Somebody has taken “two” out", page.words)
        self.assertEqual(self.lead.submit(page, TABLE).status, 303)
        self.assertIn("Still", self.stored("one"))
        self.assertIn("Here", self.stored("three"))

    def test_sent_twice_it_is_saved_once(self):
        page = self.table("title")
        for _ in range(2):
            answer = self.lead.submit(page, TABLE, **{"every-title": "All alike"})
            self.assertEqual(answer.status, 303)
        self.assertEqual(self.revision(), 2)
        self.assertIn("It is saved", self.lead.get(answer.location).words)

    def test_what_was_not_touched_stays_as_it_is(self):
        form = "/p/harbour/record/action/one/correct"
        self.lead.submit(self.lead.get(form), form, **{"f-note": "First line\r\nsecond line"})
        self.assertIn("First line\\nsecond line", self.stored("one"))
        before = [self.stored(key) for key in ACTIONS]
        page = self.lead.submit(self.table("note", "title", "state", "due"), TABLE, follow=True)
        self.assertIn("Nothing was different", page.words)
        self.assertEqual([self.stored(key) for key in ACTIONS], before)
        self.assertEqual(self.revision(), 2)

    def test_what_was_undone_by_somebody_is_not_undone_over_others(self):
        page = self.lead.submit(self.table("title"), TABLE, **{"every-title": "All alike"}, follow=True)
        form = "/p/harbour/record/action/one/correct"
        self.assertEqual(self.lead.submit(self.lead.get(form), form, **{"f-title": "Later"}).status, 303)
        page = self.lead.submit(page, UNDO)
        self.assertEqual(page.status, 409)
        self.assertIn("has been changed since", page.words)
        self.assertIn("Later", self.stored("one"))

    def test_what_cannot_be_a_table_is_said(self):
        for asked, words in (("record[]=one", "Choose what you want to change"),
                             ("field[]=due&field[]=title&field[]=owner&field[]=note&field[]=state&field[]=done&field[]=agreed",
                              "Choose six at most"),
                             ("record[]=nobody&field[]=due", "There is nothing to change here"),
                             ("record[]=one&field[]=nothing&field[]=key", "Choose what you want to change")):
            page = self.lead.get(f"{TABLE}?{asked}")
            self.assertEqual(page.status, 400, asked)
            self.assertIn(words, page.words)
        self.assertEqual(self.lead.get("/p/harbour/records/nothing/table?field[]=due").status, 404)

    def test_what_was_erased_since_does_not_come_back(self):
        page = self.table("title")
        self.done("person", "erase", "harbour/service-user-voice", "--reason", "asked")
        page = self.lead.submit(page, TABLE, **{"c-0-title": "Written before"})
        self.assertEqual(page.status, 409)
        self.assertIn("too old to be saved", page.words)
        self.assertNotIn("Written before", self.stored("one"))
