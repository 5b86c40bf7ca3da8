"""What pages show to whom, and deciding about a finding on them."""
import concurrent.futures
import json
import re
import sqlite3
import subprocess
import time
import urllib.parse

from serving import SELDOM, People, Site, made_ready
from stores import on_both, wait_until

HOME, DIAGNOSIS = "/p/harbour", "/p/harbour/diagnosis"


def address(name):
    return f"/p/harbour/finding/{urllib.parse.quote(name, safe='')}"


class Shown:
    """Harbour after its misfortunes, and one more: the network manager has no time of its own."""

    def setUp(self):
        super().setUp()
        self.prepare(self.make)
        self.site = Site(self.url, self, web_workers=1, poll_seconds=SELDOM)
        found = {row[0]: row[1:] for row in self.sql(
            "select identity, private, person, content, words from finding order by identity")}
        self.found = found
        self.public = [name for name, row in found.items() if int(row[0]) == 0]
        self.private = next(name for name, row in found.items() if int(row[0]) and row[1])

    def make(self):
        self.bring("harbour-broken", change=self.no_time)
        self.done("diagnose")
        people = People(self.url)
        for role in ("lead", "team", "sponsor"):
            people.join("harbour", role)
        made_ready(self)

    @staticmethod
    def no_time(workbook):
        headings, holders = workbook["post-holders"]
        for row in holders:
            row[headings.index("Days set aside")] = "0"
        headings, people = workbook["people"]
        named = {row[0]: row[headings.index("Name")] for row in people}
        row = next(row for row in people if row[0] == "geriatrician")
        row[headings.index("Note")] = f"Was never at ease with {named['gp-lead']}"

    def about(self, name):
        """The key of whom a private finding is about, what the lead reads, what they read."""
        _, person, content, words = self.found[name]
        return person, json.loads(content)["sentence"], words

    def share(self, lead):
        self.assertEqual(lead.submit(lead.get(DIAGNOSIS + "/share"), DIAGNOSIS + "/share").status, 303)


@on_both
class Seen(Shown):
    def test_a_diagnosis_is_the_leads_until_it_is_shared(self):
        lead, sponsor = self.site.sign_in("lead"), self.site.sign_in("sponsor")
        self.assertIn("Only you can see this so far", lead.get(DIAGNOSIS).words)
        for page in (HOME, DIAGNOSIS):
            self.assertIn("has not shared a diagnosis yet", sponsor.get(page).words)
        self.assertEqual(sponsor.get(address(self.public[0])).status, 404)
        self.share(lead)
        self.assertIn("You have shared this diagnosis", lead.get(DIAGNOSIS).words)
        page = sponsor.get(DIAGNOSIS)
        for seen in (page, sponsor.get(HOME)):
            self.assertIn("questions that Ithaca asks", seen.words)
            self.assertNotIn("individual level", seen.words.partition("questions that")[0])
        self.assertEqual(len({link for link in page.links if "/finding/" in link}),
                         len(self.public))
        self.assertEqual(sponsor.get(address(self.public[0])).status, 200)

    def test_a_new_diagnosis_waits_for_the_lead_again(self):
        lead, sponsor = self.site.sign_in("lead"), self.site.sign_in("sponsor")
        self.share(lead)
        before = sponsor.get(DIAGNOSIS).words
        self.bring("harbour")
        self.done("diagnose")
        self.assertIn("Only you can see this so far", lead.get(DIAGNOSIS).words)
        self.assertIn("findings", before)
        self.assertNotIn("Only you", sponsor.get(DIAGNOSIS).words)
        self.assertEqual(re.search("As of [^,]*", before)[0],
                         re.search("As of [^,]*", sponsor.get(DIAGNOSIS).words)[0])

    def test_what_is_private_is_for_the_lead_and_whom_it_is_about(self):
        person, to_lead, to_person = self.about(self.private)
        self.site.join("harbour", "team", "concerned", record=person)
        self.site.join("harbour", "team", "other")
        self.share(self.site.sign_in("lead"))
        seen = {who: self.site.sign_in(who) for who in ("lead", "concerned", "other", "sponsor")}
        self.assertIn(to_lead, seen["lead"].get(address(self.private)).words)
        self.assertNotIn(to_person, seen["lead"].get(address(self.private)).words)
        self.assertIn(to_person, seen["concerned"].get(address(self.private)).words)
        self.assertIn("About you", seen["concerned"].get(DIAGNOSIS).words)
        for who in ("other", "sponsor"):
            self.assertEqual(seen[who].get(address(self.private)).status, 404)
            for page in (HOME, DIAGNOSIS):
                words = seen[who].get(page).words
                self.assertNotIn(to_lead, words)
                self.assertNotIn(to_person, words)
                self.assertNotIn(self.private.split("/")[0] + "%2F", seen[who].get(page).text)

    def test_what_is_held_about_you_is_told_to_you(self):
        person, to_lead, to_person = self.about(self.private)
        self.site.join("harbour", "sponsor", "concerned", record=person)
        self.site.join("harbour", "team", "gp", record="gp-lead")
        mine, theirs = (self.site.sign_in(who).get("/account/held") for who in ("concerned", "gp"))
        for words in (to_person, "You take part as sponsor", "Post holders (", "concerned@example.org",
                      "Signed in"):
            self.assertIn(words, mine.words)
        self.assertNotIn(to_lead, mine.words)  # this is in words for the lead
        self.assertFalse([link for link in mine.links if "/record/" in link])  # not for sponsors
        self.assertTrue([link for link in theirs.links if "/record/" in link])
        self.assertNotIn(to_person, theirs.words)
        self.done("person", "export", "gp", self.folder / "whole.txt")
        self.assertIn("never at ease", (self.folder / "whole.txt").read_text())  # that is the geriatrician's, who is to be asked first
        client = self.site.sign_in("gp")
        for page in (theirs, client.get("/account/held.txt"), client.get("/account/held.json")):
            self.assertNotIn("never at ease", page.text)
            self.assertIn("Not told here: what is private to other people", page.text)

    def test_a_namesake_is_told_nothing_of_another_programme(self):
        """Nor of what names that person here, by the name of their record elsewhere."""
        name = "Matron Eastwing"

        def rename(workbook):
            headings, rows = workbook["people"]
            row = next(row for row in rows if row[0] == "gp-lead")
            row[headings.index("Name")] = name
        self.bring("harbour", "other", rename)
        self.bring("harbour", "secret", lambda workbook: (
            rename(workbook), workbook["programme"][1][0].__setitem__(1, "Nobody else's programme")))
        for programme in ("harbour", "secret"):
            self.sql(f"update revision set author = '{name}', reason = 'Only for {programme}' "
                     f"where programme_id = (select id from programme where key = '{programme}')")
        self.site.join("other", "lead", "namesake", record="gp-lead")
        self.site.command("person", "member", "add", "harbour", "namesake", "sponsor")
        client = self.site.sign_in("namesake")
        for ending in ("", ".txt", ".json"):
            page = client.get("/account/held" + ending)
            self.assertIn(name, page.text)  # in the programme that they lead
            for words in ("Only for", "secret", "Nobody else"):
                self.assertNotIn(words, page.text)
        self.done("person", "export", "namesake", self.folder / "whole.txt")
        for words in ("Only for harbour", "Only for secret"):  # whoever runs the site looks first
            self.assertIn(words, (self.folder / "whole.txt").read_text())

    def test_the_file_is_what_the_command_writes(self):
        """For a lead, from whom nothing is kept."""
        self.site.join("harbour", "lead", "second", record="gp-lead")
        client = self.site.sign_in("second")
        wait_until(lambda: self.sql("select count(*) from member m join account a "
                                    "on a.person_id = m.person_id where a.login = 'second' and "
                                    "m.visited_at is not null") == [["1"]])
        for ending, form in (("txt", "text"), ("json", "json")):
            page, file = client.get(f"/account/held.{ending}"), self.folder / f"held.{ending}"
            self.done("person", "export", "second", file, "--format", form)
            self.assertEqual(page.text, file.read_text())
            self.assertEqual(page.headers["Cache-Control"], "private, no-store")
            self.assertEqual(page.headers["Content-Disposition"],
                             f'attachment; filename="held-about-you.{ending}"')
        self.assertIn("never at ease", page.text)

    def test_too_much_is_held_to_look_through_while_one_waits(self):
        client = self.site.sign_in("lead")
        self.sql("with recursive number(n) as (select 1 union all select n + 1 from number where n < 40000) "
                 "insert into record select id, n, 1, 2, 'tension', 'old', n, '{}', '', '' from programme, number")
        page = client.get("/account/held")
        self.assertIn("more than 8 MB of records", page.words)
        self.assertIn("lead@example.org", page.words)
        self.assertNotIn("Your own record", page.words)
        self.assertFalse([link for link in page.links if "held." in link])
        self.assertEqual(client.get("/account/held.txt").status, 503)

    def test_who_will_read_what_is_asked_before_it_is_shared(self):
        lead = self.site.sign_in("lead")
        page = lead.get(DIAGNOSIS + "/share")
        private = len(self.found) - len(self.public)
        self.assertIn("2 people: Team (team member) and Sponsor (sponsor)", page.words)
        self.assertIn(f"{len(self.public)} of {len(self.found)} findings", page.words)
        self.assertIn(f"{private} private finding", page.words)
        old = page.form(DIAGNOSIS + "/share").fields
        self.bring("harbour")
        self.done("diagnose")
        late = lead.post(DIAGNOSIS + "/share", old)
        self.assertEqual(late.status, 409)
        self.assertIn("Nothing was shared yet", late.words)
        page = lead.submit(late, DIAGNOSIS + "/share", follow=True)
        self.assertIn("Nobody is told by mail: tell them.", page.words)
        self.assertEqual(lead.get(DIAGNOSIS + "/share").location, DIAGNOSIS)  # nothing is left to share

    def test_the_lists_of_findings_are_plain_links(self):
        lead = self.site.sign_in("lead")
        page = lead.get(DIAGNOSIS)
        for link in sorted({link for link in page.links if "?" in link}):
            listed = lead.get(link.split("#")[0])
            self.assertEqual(listed.status, 200)
            said = re.search(r"(\d+) findings?(?: in this cell)? Open \(", listed.words)
            lines = {each for each in listed.links if "/finding/" in each}
            if "About you" not in listed.words:
                self.assertEqual(len(lines), int(said[1]), link)


@on_both
class Decided(Shown):
    def setUp(self):
        super().setUp()
        self.name = self.public[0]
        self.url_of = address(self.name)
        self.lead = self.site.sign_in("lead")

    def decide(self, client=None, page=None, **fields):
        client = client or self.lead
        return client.submit(page or client.get(self.url_of), self.url_of, **fields)

    def decisions(self):
        return [tuple(cell or None for cell in row) for row in self.sql(
            "select what, author, reason, assigned_to, review_on from finding_decision"
            " order by finding_id, number")]

    def test_accepting_and_giving_it_to_somebody(self):
        page = self.decide(what="accepted")
        self.assertEqual((page.status, page.location), (303, self.url_of + "?saved=1"))
        self.assertIn("What you decided is written down", self.lead.get(page.location).words)
        self.assertEqual(self.decide(what="assigned", person="network-manager").status, 303)
        self.assertEqual([row[:2] + row[3:4] for row in self.decisions()],
                         [("accepted", "Lead", None), ("assigned", "Lead", "network-manager")])
        self.assertIn("Given to ", self.lead.get(DIAGNOSIS).words)

    def test_setting_aside_needs_a_reason_and_a_day_to_come(self):
        page = self.decide(what="set aside", reason="", review="yesterday")
        self.assertEqual(page.status, 400)
        self.assertIn("Say why you set it aside", page.words)
        self.assertIn("Say when you will look at it again", page.words)
        page = self.lead.submit(page, self.url_of, reason="After the election", review="1 May 2016")
        self.assertIn("must be to come", page.words)
        form = page.form(self.url_of)
        self.assertEqual((form.fields["what"], form.fields["reason"]),
                         ("set aside", "After the election"), "what was filled in stays")
        self.assertEqual(self.decisions(), [])
        page = self.lead.submit(page, self.url_of, review="31 March 2999")
        self.assertEqual(page.status, 303)
        self.assertEqual(self.decisions()[0][2:], ("After the election", None, "2999-03-31"))
        self.assertNotIn(self.url_of, self.lead.get(DIAGNOSIS).links)
        self.assertIn(self.url_of, self.lead.get(DIAGNOSIS + "?show=aside").links)

    def test_wrong_choices_are_refused_in_words(self):
        for fields, words in (({"what": None}, "Choose what you want to do"),
                              ({"what": "eaten"}, "Choose what you want to do"),
                              ({"what": "assigned"}, "Choose who sees to it"),
                              ({"what": "assigned", "person": "no-one"}, "Choose who sees to it")):
            page = self.decide(**fields)
            self.assertEqual(page.status, 400)
            self.assertIn(words, page.words)
        self.assertEqual(self.decisions(), [])

    def test_a_form_that_is_sent_twice_is_done_once(self):
        page = self.lead.get(self.url_of)
        for _ in range(3):
            self.assertEqual(self.decide(page=page, what="accepted").status, 303)
        self.assertEqual(len(self.decisions()), 1)

    def test_the_second_of_two_is_told_and_loses_nothing(self):
        self.share(self.lead)
        member = self.site.sign_in("team")
        theirs, ours = member.get(self.url_of), self.lead.get(self.url_of)
        self.assertEqual(self.decide(member, theirs, what="accepted").status, 303)
        page = self.decide(page=ours, what="assigned", person="network-manager", reason="It is new")
        self.assertEqual(page.status, 409)
        self.assertIn("Somebody else has decided meanwhile", page.words)
        self.assertIn("Accepted Team", page.words)
        self.assertEqual(page.form(self.url_of).fields["reason"], "It is new")
        self.assertEqual(self.lead.submit(page, self.url_of).status, 303)
        self.assertEqual([row[0] for row in self.decisions()], ["accepted", "assigned"])

    def write_elsewhere(self):
        """Begins to write to the programme; gives what ends it."""
        if self.engine == "sqlite":
            connection = sqlite3.connect(self.file, isolation_level=None)
            connection.execute("begin immediate")
            return connection.close
        other = subprocess.Popen(["psql", "-X", "-q", "-At", self.url], text=True,
                                 stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        other.stdin.write("begin; update programme set touched = touched returning key;\n")
        other.stdin.flush()
        self.assertEqual(other.stdout.readline(), "harbour\n")
        return other.communicate

    def test_of_two_at_once_the_second_is_told(self):
        self.share(self.lead)
        member = Site(self.url, self, web_workers=1, poll_seconds=SELDOM).sign_in("team")
        theirs, ours = member.get(self.url_of), self.lead.get(self.url_of)
        end = self.write_elsewhere()
        with concurrent.futures.ThreadPoolExecutor(2) as pool:
            both = [pool.submit(self.decide, member, theirs, what="accepted"),
                    pool.submit(self.decide, page=ours, what="assigned", person="network-manager")]
            time.sleep(1)  # until both wait for whoever writes
            end()
        self.assertEqual(sorted(done.result().status for done in both), [303, 409])
        self.assertEqual(len(self.decisions()), 1)

    def test_who_may_not_decide_has_no_form(self):
        self.share(self.lead)
        page = self.site.sign_in("sponsor").get(self.url_of)
        self.assertEqual({form.action for form in page.forms}, {"/sign-out"})


@on_both
class Choosing(Shown):
    def test_whom_to_choose_stands_by_organisation_who_has_left_last(self):
        self.site.command("person", "link", "lead", "harbour/project-manager")
        text = self.site.sign_in("lead").get(address(self.public[0])).text
        groups = [(label, re.findall(r'<option value="([^"]*)"', people)) for label, people in
                  re.findall(r'<optgroup label="([^"]*)">(.*?)</optgroup>', text, re.DOTALL)]
        labels = [label for label, _ in groups]
        self.assertEqual(groups[0], ("You", ["project-manager"]))
        self.assertEqual(labels[1:-2], sorted(labels[1:-2]))
        self.assertGreater(len(labels), 5)
        self.assertEqual(labels[-2:], ["No organisation recorded", "Have left"])
        self.assertEqual({"network-manager", "former-manager"} - set(groups[-1][1]), set())
        people = [person for _, each in groups for person in each]
        self.assertEqual(len(people), len(set(people)))
        self.assertEqual(len(people), int(self.sql(
            "select count(*) from record where kind = 'person' and until is null")[0][0]))
