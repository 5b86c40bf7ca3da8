"""Who takes part in a programme: inviting, changing, taking out; the site's page; what is held."""
import html
import re
import threading
import urllib.parse

from serving import SELDOM, People, Site, made_ready
from stores import on_both


def link_on(page):
    """The path of the link that a page shows; None if it shows none."""
    found = re.search(r"<code>(http[^<]*)</code>", page.text)
    return urllib.parse.urlsplit(html.unescape(found.group(1))).path if found else None


def who_is_there(page):
    """As whom a page says that one is signed in."""
    header = re.search(r"<form[^>]*ithaca-header__account.*?<button", page.text, re.DOTALL).group()
    return " ".join(re.sub(r"<[^>]*>|<button", "", header).split())


@on_both
class Inviting:
    def setUp(self):
        super().setUp()
        self.prepare(self.make)
        self.site = Site(self.url, self, web_workers=2, poll_seconds=SELDOM)
        self.lead = self.site.sign_in("lead")

    def make(self):
        self.bring("harbour-broken")
        People(self.url).join("harbour", "lead", name="Network manager")
        made_ready(self)

    def people(self):
        return self.lead.get("/p/harbour/people")

    def invite(self, client=None, **fields):
        client = client or self.lead
        return client.submit(client.get("/p/harbour/people"), "/p/harbour/people", **{
            "name": "Day nurse", "email": "Nurse@Example.org", "role": "team", **fields})

    def counts(self):
        return [self.sql(f"select count(*) from {table}")[0][0]
                for table in ("person", "account", "member", "person_record")]

    def person(self, email):
        return self.sql(f"select id from person where email = '{email}'")[0][0]

    def test_somebody_new_comes_in_by_the_link(self):
        page = self.invite(record="geriatrician")
        self.assertEqual(page.status, 200)
        self.assertIn("Pass this link on to Day nurse", page.words)
        self.assertIn("mailto:nurse@example.org", " ".join(page.links))
        self.assertIn("Not signed in yet", self.people().words)
        guest, path = self.site.client(), link_on(page)
        self.assertEqual(guest.submit(guest.get(path), path).status, 303)
        home = guest.get("/", follow=True)
        self.assertEqual((home.status, home.address), (200, "/p/harbour"))
        self.assertEqual(who_is_there(home), "Day nurse, team member")
        self.assertNotIn("Not signed in yet", self.people().words)
        self.assertRegex(self.people().words, r"In the records: consultant geriatrician, hospital trust "
                         r"\(joined to this account on .* by Network manager\)")
        self.assertRegex(guest.get("/account/held").words, "was joined to this account on .* by Network manager")
        self.assertEqual(self.site.client().get(path).status, 404)

    def test_a_form_that_is_sent_twice_makes_no_twin(self):
        first = link_on(self.invite())
        before = self.counts()
        again = self.invite()
        self.assertEqual((again.status, self.counts()), (200, before))
        guest = self.site.client()
        self.assertEqual(guest.get(first).status, 404)
        self.assertEqual(guest.get(link_on(again)).status, 200)

    def test_two_at_once_make_no_twin(self):
        before = [int(count) for count in self.counts()]
        clients, answers = [self.site.sign_in("lead") for _ in range(4)], []
        threads = [threading.Thread(target=lambda client=client: answers.append(
            self.invite(client, record="geriatrician").status)) for client in clients]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.assertEqual(answers, [200] * 4)
        self.assertEqual([int(count) for count in self.counts()], [count + 1 for count in before])

    def test_nobody_gets_a_link_to_an_account_that_is_somebody_elses(self):
        self.bring("harbour", "other")
        self.site.join("other", "team", login="elsewhere")
        self.site.person("known")
        self.site.sign_in("known")
        self.sql("update person set email = 'admin@example.org' where name = 'Administrator'")
        for who in ("elsewhere", "known", "admin"):
            page = self.invite(name="Whoever", email=f"{who}@example.org")
            said = "there" if who == "known" else "waiting"
            self.assertEqual((page.status, page.location),
                             (303, f"/p/harbour/people?said={said}"), who)
            self.assertIsNone(link_on(self.lead.get(page.location)))
            address = f"/p/harbour/people/{self.person(f'{who}@example.org')}"
            self.assertNotIn("Make another link", self.lead.get(address).words)
            self.assertEqual(self.lead.post(address + "/link").status, 409, who)
        self.assertEqual(self.sql("select count(*) from sign_in_link where used_at is null"),
                         [["1"]])  # the administrator's, of the beginning
        self.assertIn("Elsewhere", self.people().words)  # as they are written down, not "Whoever"

    def test_a_link_opens_no_programme_that_is_added_later(self):
        """Whether its lead adds somebody who never signed in, or whoever runs the site."""
        for programme in ("other", "third"):
            self.bring("harbour", programme)
        self.site.join("other", "lead", "neighbour")
        neighbour, guest = self.site.sign_in("neighbour"), self.site.client()
        path = link_on(self.invite())
        page = neighbour.submit(neighbour.get("/p/other/people"), "/p/other/people", name="Day nurse",
                                email="nurse@example.org", role="team", follow=True)
        self.assertIn("never signed in: only whoever runs this site can send them a link", page.words)
        self.assertEqual(guest.get(path).status, 404)
        path = link_on(self.invite(name="Porter", email="porter@example.org"))
        self.site.command("person", "member", "add", "harbour", "porter@example.org", "mentor")
        self.assertEqual(guest.get(path).status, 200)  # they took part already
        self.site.command("person", "member", "add", "third", "porter@example.org", "lead")
        self.assertEqual(guest.get(path).status, 404)

    def test_what_is_wrong_is_said_and_nothing_written(self):
        self.site.join("harbour", "sponsor")
        self.site.person("odd@example.org", email="other@example.org")
        self.site.command("person", "link", "sponsor", "harbour/geriatrician")
        before = self.counts()
        for fields, said in (({"name": " "}, "Write the name"),
                             ({"email": "nurse"}, "Write an e-mail address"),
                             ({"email": "a/b@example.org"}, "Write an e-mail address"),
                             ({"role": None}, "Choose which part"),
                             ({"role": "owner"}, "Choose which part"),
                             ({"email": "sponsor@example.org"}, "takes part already"),
                             ({"email": "ODD@example.org"}, "Somebody else signs in"),
                             ({"record": "geriatrician"}, "somebody else by now"),
                             ({"record": "nobody"}, "somebody else by now")):
            page = self.invite(**fields)
            self.assertEqual(page.status, 400, fields)
            self.assertIn(said, page.words)
            if "name" not in fields:
                self.assertEqual(page.form("/p/harbour/people").fields["name"], "Day nurse")
        self.assertEqual(self.counts(), before)

    def test_names_are_shown_and_not_run(self):
        page = self.invite(name="<script>alert(1)</script>")
        self.assertEqual(page.status, 200)
        for page in (page, self.people()):
            self.assertIn("<script>alert(1)</script>", page.words)
            self.assertNotIn("<script>", page.text)

    def test_somebody_always_leads(self):
        own = f"/p/harbour/people/{self.person('lead@example.org')}"
        page = self.lead.get(own)
        self.assertNotIn(own + "/remove", [form.action for form in page.forms])
        for page in (self.lead.post(own + "/remove"), self.lead.submit(page, own + "/role", role="team")):
            self.assertEqual(page.status, 409)
            self.assertIn("Somebody must lead the programme", page.words)
        self.site.join("harbour", "lead", login="deputy")
        deputy = self.site.sign_in("deputy")
        page = self.lead.submit(self.lead.get(own), own + "/remove", follow=True)
        self.assertIn("You take part in no programme.", page.words)
        self.assertEqual(self.lead.get("/p/harbour").status, 404)
        self.assertNotIn("Network manager", deputy.get("/p/harbour/people").words)
        self.assertEqual(deputy.post(own + "/remove").status, 404)

    def test_a_part_can_be_changed(self):
        self.site.join("harbour", "sponsor")
        sponsor = self.site.sign_in("sponsor")
        address = f"/p/harbour/people/{self.person('sponsor@example.org')}"
        page = self.lead.submit(self.lead.get(address), address + "/role", role="mentor", follow=True)
        self.assertIn("Saved.", page.words)
        self.assertEqual(who_is_there(sponsor.get("/p/harbour")), "Sponsor, mentor")
        self.assertEqual(self.lead.submit(page, address + "/role", role="king").status, 409)
        self.assertEqual(self.lead.get("/p/harbour/people/1").status, 404)
        self.assertEqual(self.lead.get("/p/harbour/people/x").status, 404)

    def test_a_lost_link_is_made_anew(self):
        first = link_on(self.invite())
        address = f"/p/harbour/people/{self.person('nurse@example.org')}"
        second = link_on(self.lead.submit(self.lead.get(address), address + "/link"))
        guest = self.site.client()
        self.assertEqual((guest.get(first).status, guest.get(second).status), (404, 200))

    def test_others_see_who_takes_part_and_no_addresses(self):
        self.site.join("harbour", "sponsor")
        page = self.site.sign_in("sponsor").get("/p/harbour/people")
        self.assertIn("Network manager Programme lead", page.words)
        self.assertNotIn("@example.org", page.text)
        self.assertEqual({form.action for form in page.forms}, {"/sign-out"})

    def test_what_is_held_names_whom_to_ask(self):
        self.site.join("harbour", "sponsor")
        page = self.site.sign_in("sponsor").get("/p/harbour/privacy")
        self.assertEqual(page.status, 200)
        self.assertIn("Ask the programme lead: Network manager.", page.words)
        self.assertIn("/account/held", page.links)
        self.sql("update person set email = 'keeper@example.org' where name = 'Administrator'")
        account = self.lead.get("/account")
        self.assertIn("Tell whoever runs this site (keeper@example.org).", account.words)
        self.assertIn("Back to Harbour", account.words)
        self.assertNotIn("keeper@", self.site.client().get("/sign-in").words)  # they are not signed in


@on_both
class TheSite:
    def setUp(self):
        super().setUp()
        self.prepare(self.make)
        self.site = Site(self.url, self, web_workers=1, poll_seconds=SELDOM)
        self.keeper = self.site.sign_in("administrator")

    def make(self):
        self.bring("harbour-broken")
        made_ready(self)

    def test_the_administrator_invites_a_lead(self):
        page = self.keeper.get("/site")
        self.assertIn("harbour 1 time", page.words)
        self.assertIn("Nobody yet", page.words)
        page = self.keeper.submit(page, "/site", programme="harbour", name="Network manager",
                                  email="manager@example.org")
        self.assertEqual(page.status, 200)
        guest, path = self.site.client(), link_on(page)
        guest.submit(guest.get(path), path)
        self.assertEqual(who_is_there(guest.get("/p/harbour")), "Network manager, programme lead")
        self.assertEqual(guest.get("/site").status, 404)
        self.assertIn("manager@example.org", self.keeper.get("/site").words)
        self.assertEqual(self.keeper.get("/p/harbour").status, 404)

    def test_what_is_wrong_is_said(self):
        page = self.keeper.submit(self.keeper.get("/site"), "/site", programme="", name="Somebody",
                                  email="somebody@example.org")
        self.assertEqual(page.status, 400)
        self.assertIn("Choose the programme", page.words)
        page = self.keeper.submit(page, "/site", programme="nothing", name="")
        self.assertIn("Choose the programme", page.words)
        self.assertIn("Write the name", page.words)
        self.assertEqual(self.sql("select count(*) from person"), [["1"]])

    def test_a_link_for_somebody_who_cannot_sign_in(self):
        self.site.join("harbour", "sponsor")
        self.site.sign_in("sponsor")
        account = self.sql("select id from account where login = 'sponsor'")[0][0]
        address = f"/site/account/{account}/link"
        page = self.keeper.submit(self.keeper.get("/site"), address)
        guest, path = self.site.client(), link_on(page)
        self.assertEqual(guest.submit(guest.get(path), path).status, 303)
        self.assertIn("Sponsor", guest.get("/p/harbour").words)
        self.assertEqual(self.keeper.post("/site/account/1/link").status, 404)
