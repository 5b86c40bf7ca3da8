"""A page that the browser has already is not made again; and it never has one that has changed."""
from serving import People, Site, made_ready
from stores import DAY, on_both, wait_until

FINDING = "A2%2Fshared-budget"
PAGES = ("", "/diagnosis", "/steps", "/step/s1", "/history", f"/finding/{FINDING}", "/decisions",
         "/decisions/scheme", "/map")
OTHERS = ("/people", "/privacy", "/whatif")


def address(page):
    return f"/p/harbour{page}"


@on_both
class Unchanged:
    def setUp(self):
        super().setUp()
        self.prepare(self.make)
        self.site_start()

    def make(self):
        self.bring("harbour-broken")
        self.done("diagnose", "--day", DAY)
        made_ready(self)
        for role in ("lead", "team"):
            People(self.url).join("harbour", role)
        self.site_start()
        self.share()
        for client in (self.lead, self.team):  # so that their visits are noted
            client.get(address(""))
        wait_until(lambda: self.sql("select count(*) from member where visited_at is null") == [["0"]])
        self.site.stop()

    def site_start(self):
        self.site = Site(self.url, self, web_workers=2)
        self.lead, self.team = self.site.sign_in("lead"), self.site.sign_in("team")

    def parts_wait(self, number):
        wait_until(lambda: int(self.sql("select count(*) from diagnosis_part where number = "
                                        f"{number}")[0][0]) > 3)

    def share(self):
        self.lead.submit(self.lead.get(address("/diagnosis/share")), address("/diagnosis/share"))

    def has(self, client):
        """What a browser has: the ETag of each page."""
        return {page: client.get(address(page)).headers["ETag"] for page in PAGES}

    def asked_again(self, client, had):
        """The status of each page, for a browser that has them."""
        return {client.get(address(page), {"If-None-Match": had[page]}).status for page in PAGES}

    def changes(self, client, change):
        """Whatever `change` does, they see it."""
        had = self.has(client)
        self.assertEqual(self.asked_again(client, had), {304})
        change()
        self.assertEqual(self.asked_again(client, had), {200})
        self.assertEqual(self.asked_again(client, self.has(client)), {304})

    def test_nothing_is_sent_twice(self):
        page = self.lead.get(address("/diagnosis"))
        again = self.lead.get(address("/diagnosis"), {"If-None-Match": page.headers["ETag"]})
        self.assertEqual((again.status, again.body), (304, b""))
        self.assertEqual(again.headers["Cache-Control"], "private, no-cache")
        self.assertEqual(self.lead.get(address("/diagnosis"), {"If-None-Match": '"other"'}).status, 200)
        for other in OTHERS:
            self.assertIsNone(self.lead.get(address(other)).headers["ETag"], other)

    def test_a_new_revision(self):
        had = self.has(self.lead)
        self.bring("harbour")
        self.assertNotIn(304, self.asked_again(self.lead, had))  # the finding may be gone by now

    def test_a_new_look_and_what_is_made_ready_of_it(self):
        def look():
            self.sql("update diagnosis set fingerprint = 'another'")
            wait_until(lambda: int(self.sql("select count(*) from diagnosis")[0][0]) == 3)
        had = self.has(self.lead)
        look()
        self.assertEqual(self.asked_again(self.lead, had), {200})
        for client, number in ((self.lead, 3), (self.team, 2)):
            self.parts_wait(number)
            had = self.has(client)
            self.assertEqual(self.asked_again(client, had), {304})
            self.sql(f"delete from diagnosis_part where number = {number}")  # and it is made again
            self.parts_wait(number)
            wait_until(lambda: self.asked_again(client, had) == {200})

    def test_sharing(self):
        self.sql("delete from shared_diagnosis")
        self.changes(self.lead, self.share)
        self.sql("delete from shared_diagnosis")
        had = {page: self.team.get(address(page)).headers["ETag"] for page in PAGES
               if page != "/diagnosis"}
        self.share()
        for page, etag in had.items():
            self.assertEqual(self.team.get(address(page), {"If-None-Match": etag or "-"}).status, 200)

    def test_deciding(self):
        def decide():
            page = address(f"/finding/{FINDING}")
            self.assertEqual(self.lead.submit(self.lead.get(page), page, what="accepted").status, 303)
        self.changes(self.team, decide)
        self.changes(self.lead, decide)

    def test_changing_a_step(self):
        step = address("/step/s1")
        self.changes(self.team, lambda: self.lead.submit(self.lead.get(step), f"{step}/aside", reason="Not now"))

    def test_answering(self):
        finding = address(f"/finding/{FINDING}")

        def answer():
            page = self.team.submit(self.team.get(finding), f"{finding}/answer", what="yes")
            self.assertEqual(page.status, 303)

        def take_up():
            page = self.lead.get(finding)
            taken = next(form.action for form in page.forms if form.action.endswith("/taken-up"))
            self.assertEqual(self.lead.submit(page, taken).status, 303)
        self.done("person", "link", "team", "harbour/director-resources")
        self.changes(self.lead, answer)
        self.changes(self.lead, take_up)

    def test_who_they_are(self):
        someone = "(select person_id from account where login = 'team')"
        for change in (f"update member set role = 'lead' where person_id = {someone}",
                       f"update member set visited_at = '2020-01-31T09:00:00.000Z' where person_id = {someone}",
                       f"update person set name = 'Another' where id = {someone}",
                       "update account set administrator = 1 where login = 'team'",
                       "update programme set name = 'Another'"):
            self.changes(self.team, lambda statement=change: self.sql(statement))
        self.changes(self.team, lambda: self.done("person", "link", "team", "harbour/geriatrician"))

    def test_another_session(self):
        had = self.has(self.team)
        self.assertEqual(self.asked_again(self.site.sign_in("team"), had), {200})
        self.assertEqual(self.asked_again(self.lead, had), {200})
        self.assertEqual(self.asked_again(self.team, had), {304})

    def test_another_program(self):
        had = self.has(self.lead)
        self.site.stop()
        self.site.start()
        again = self.site.client()
        again.cookies = dict(self.lead.cookies)
        self.assertEqual(self.asked_again(again, had), {200})

    def test_whoever_is_not_let_in_learns_nothing(self):
        had = self.has(self.team)
        self.sql("delete from member where person_id = (select person_id from account where login = 'team')")
        self.assertEqual(self.asked_again(self.team, had), {404})
        self.sql("delete from session")
        self.assertEqual(self.asked_again(self.lead, had), {303})

    def test_a_visit_is_noted_though_nothing_is_sent(self):
        had = self.has(self.team)
        self.sql("update member set visited_at = '2999-01-01T00:00:00.000Z'")  # so that was_here stays
        self.assertEqual(self.asked_again(self.team, had), {304})
        self.sql("update member set seen_before = null, visited_at = null")
        self.assertEqual(self.asked_again(self.team, had), {304})
        wait_until(lambda: self.sql("select count(*) from member where visited_at is not null") == [["1"]])
