"""What a programme learned: written up, agreed to by somebody else, disputed, changed, split, merged, withdrawn; from a
finding and back; and nothing of it lost when two write at once."""
import datetime

from serving import SELDOM, People, Site, made_ready
from stores import on_both

ALL = "/p/harbour/learned"
NEW = f"{ALL}/new/happened"
FINDING = "A2/shared-budget"
WHOLE = {"f_title": "Visits brought the practices back", "f_circumstances": "Practices had left the board.\nNobody asked why.",
         "f_offered": "Visits, one a month", "f_reasoning": "They felt heard: and came back", "f_good": "Five came back",
         "f_who": "The network manager"}
TODAY = datetime.date.today()


class Learning:
    def setUp(self):
        super().setUp()
        self.prepare(self.make)
        self.site = Site(self.url, self, web_workers=2, poll_seconds=SELDOM)
        self.lead, self.member = self.site.sign_in("lead"), self.site.sign_in("team")

    def make(self):
        self.bring("harbour-broken")
        people = People(self.url)
        for role in ("lead", "team", "sponsor", "evaluator"):
            people.join("harbour", role)
        made_ready(self)

    def write(self, who, path=NEW, **fields):
        """The address of what was written."""
        answer = who.submit(who.get(path), path.partition("?")[0], **(fields or WHOLE))
        self.assertEqual(answer.status, 303, answer.text)
        return answer.location.partition("?")[0]

    def say(self, who, path, state, words=""):
        answer = who.submit(who.get(path), f"{path}/say", state=state, words=words)
        return who.get(answer.location) if answer.status == 303 else answer

    def holds(self, words, number):
        """Whether a version of that number has these words."""
        return self.sql(f"select 1 from learned_version where number = {number} and content like '%{words}%'") == [["1"]]

    def versions(self):
        return self.sql("select learned, number, state, what, author from learned_version order by learned, number")


@on_both
class Written(Learning):
    def test_written_agreed_to_and_read_by_all(self):
        path = self.write(self.lead)
        page = self.lead.get(path)
        self.assertIn("Not agreed to yet", page.words)
        self.assertNotIn("I agree", page.words, "its writer can agree to it")
        self.assertEqual(self.site.sign_in("sponsor").get(path).status, 404)
        self.assertIn("I agree: it was so", self.member.get(path).words)
        self.say(self.lead, path, "agreed")  # by hand
        self.assertEqual(len(self.versions()), 1)
        page = self.say(self.member, path, "agreed")
        self.assertIn("Written by Lead; Team agrees", page.words)
        self.assertEqual([row[2:] for row in self.versions()],
                         [["draft", "written", "Lead"], ["agreed", "agreed to", "Team"]])
        read = self.site.sign_in("sponsor").get(path)
        self.assertIn("Practices had left the board.\nNobody asked why.", read.text)
        self.assertNotIn("<form method=\"post\" action=\"" + path, read.text)
        self.assertEqual(self.site.sign_in("sponsor").get(NEW).status, 403)

    def test_it_is_found_beside_the_library(self):
        path = self.write(self.lead)
        found = lambda who, words: path in who.get(f"/p/harbour/library?q={words}").links
        for words in ("practices", "visit+back", "board+left"):
            self.assertTrue(found(self.lead, words), words)
        self.assertFalse(found(self.lead, "practices+zebra"))
        self.assertFalse(found(self.site.sign_in("sponsor"), "practices"), "a draft is found")

    def test_nobody_agrees_to_half_of_it(self):
        path = self.write(self.lead, f_title="Only a line")
        page = self.member.get(path)
        self.assertIn("Still to be said", page.words)
        self.assertIn("What came of it, good or not", page.words)
        self.assertNotIn("I agree", page.words)
        self.say(self.member, path, "agreed")
        self.assertEqual(len(self.versions()), 1)

    def test_disputed_changed_and_agreed_again(self):
        path = self.write(self.lead)
        self.assertEqual(self.say(self.member, path, "disputed").status, 400)
        self.assertIn("Team sees it otherwise: Only two came back",
                      self.say(self.member, path, "disputed", "Only two came back").words)
        change = f"{path}/change"
        self.write(self.lead, change, f_good="Two came back", why="It was counted")
        page = self.lead.get(path)
        self.assertIn("It was counted", page.words)
        self.assertIn("Not agreed to yet", page.words)
        self.assertTrue(self.holds("Five came back", 1))
        self.write(self.lead, change, f_good="Two came back")
        self.assertEqual(len(self.versions()), 3, "a version was made though nothing changed")
        self.say(self.member, path, "agreed")
        self.say(self.lead, path, "withdrawn", "It was another year")
        self.assertNotIn("Change it", self.lead.get(path).words)
        self.assertIn("Not agreed to yet", self.say(self.lead, path, "draft").words)
        self.assertEqual([row[3] for row in self.versions()],
                         ["written", "disputed", "changed", "agreed to", "withdrawn", "taken up again"])

    def test_from_a_finding_and_back(self):
        finding = f"/p/harbour/finding/{FINDING.replace('/', '%2F')}"
        page = self.lead.get(finding)
        self.assertRegex(page.words, r"unlike in level \(team\), sector \(health care\)[^;]*(; not known of yours: [^;]*)?; where it was")
        link = next(link for link in page.links if link.startswith(NEW))
        form = self.lead.get(link)
        self.assertIn(f'value="{FINDING}" checked', form.text)
        self.assertRegex(form.text, r'value="mechanisms/[\w-]+" checked')
        self.assertRegex(form.text, r'value="competences/[\w-]+" checked')
        path = self.write(self.lead, link, **WHOLE)
        self.assertIn(finding, self.lead.get(path).links)
        self.assertIn(path, self.lead.get(finding).links)
        self.assertNotIn(path, self.site.sign_in("sponsor").get(finding).links)

    def test_split_and_merged(self):
        one = self.write(self.lead)
        two = self.write(self.lead, f"{NEW}?from={one.rpartition('/')[2]}", f_title="The second half")
        self.assertIn("Practices had left the board.", self.lead.get(two).words)
        numbers = [path.rpartition("/")[2] for path in (one, two)]
        three = self.write(self.member, f"{NEW}?from={numbers[0]}&with={numbers[1]}", f_title="Both in one")
        self.assertEqual([(row[0], row[2], row[3]) for row in self.versions()],
                         [("1", "draft", "written"), ("1", "withdrawn", "withdrawn"), ("2", "draft", "split off"),
                          ("2", "withdrawn", "withdrawn"), ("3", "draft", "merged")])
        self.assertIn("It was merged into number 3.", self.lead.get(one).words)
        self.assertIn("Five came back", self.lead.get(three).words)

    def test_two_who_write_at_once_see_both(self):
        path = self.write(self.lead)
        change = f"{path}/change"
        mine, theirs = self.lead.get(change), self.member.get(change)
        self.assertEqual(self.member.submit(theirs, change, f_good="Six came back").status, 303)
        page = self.lead.submit(mine, change, f_good="Four came back", f_bad="One left")
        self.assertEqual(page.status, 409)
        self.assertIn("Theirs: Six came back", page.words)
        self.assertIn("Four came back", page.text)
        self.assertEqual(self.lead.submit(page, change).status, 303)
        self.assertIn("Four came back", self.lead.get(path).words)
        self.assertEqual([row[4] for row in self.versions()], ["Lead", "Team", "Lead"])

    def test_sent_twice_it_is_one(self):
        page = self.lead.get(NEW)
        for _ in range(2):
            self.assertEqual(self.lead.submit(page, NEW, **WHOLE).location, f"{ALL}/1?said=saved")
        self.assertEqual(len(self.versions()), 1)

    def test_wrong_and_long_and_hostile(self):
        page = self.lead.submit(self.lead.get(NEW), NEW, f_title=" ")
        self.assertEqual(page.status, 400)
        self.assertIn("Say in one line", page.words)
        page = self.lead.submit(self.lead.get(NEW), NEW, f_title="x" * 200, f_good="y" * 10001)
        self.assertEqual((page.status, page.text.count("nhsuk-error-message")), (400, 2))
        self.assertIn("y" * 10001, page.text, "what was typed is lost")
        form = self.lead.get(NEW).form(NEW).fields
        self.assertEqual(self.lead.post(NEW, {**form, "f-title": "x", "f-level": "<b>"}).status, 400)
        hostile = "title: other\nstate: agreed\n\tgood: 1 <script>alert(1)</script>"
        path = self.write(self.lead, f_title="A title: with a colon", f_offered=hostile)
        page = self.lead.get(path)
        self.assertIn("A title: with a colon", page.words)
        self.assertNotIn("<script>alert", page.text)
        self.assertIn("state: agreed", page.text)
        self.assertEqual(self.versions()[0][2], "draft")
        for address in (f"{ALL}/99", f"{ALL}/x", f"{ALL}/new/nothing", f"{ALL}/99/change"):
            self.assertEqual(self.lead.get(address).status, 404, address)

    def test_what_somebody_cannot_see_stays_chosen(self):
        path = self.write(self.lead)
        self.sql("update learned_version set content = content || 'records: document/gone" + "\n" + "\tdocument/vision'")
        self.write(self.member, f"{path}/change", f_good="Seven")
        self.assertTrue(self.holds("document/gone", 2))
        self.assertIn("1 more that is not here any more", self.member.get(path).words)

    def test_what_one_believes_is_looked_at_again(self):
        new = f"{ALL}/new/beliefs"
        first = self.write(self.lead)
        page = self.lead.submit(self.lead.get(new), new, f_title="If we visit, they come", f_review="some day")
        self.assertEqual(page.status, 400)
        path = self.write(self.lead, new, f_title="If we visit, they come", f_because="They feel heard",
                          f_change="If nobody comes by March", f_review=f"{TODAY}")
        form = self.lead.get(f"{path}/change")
        self.assertIn(f'value="learned/{first.rpartition("/")[2]}"', form.text)
        self.assertIn('value="configurations/cmo-1"', form.text)
        self.assertIn("To be looked at again", self.lead.get(ALL).words)
        self.assertEqual(self.say(self.lead, path, "reviewed").status, 400)
        page = self.say(self.lead, path, "reviewed", "Two more came")
        self.assertIn("That you looked at it is written down", page.words)
        self.assertNotIn("Its day has come", page.words)
        later = TODAY + datetime.timedelta(days=91)
        self.assertTrue(self.holds(f"review: {later}", 2))

    def test_a_case_has_its_own_questions(self):
        page = self.lead.get(f"{ALL}/new/cases")
        self.assertIn("Questions for a group", page.words)
        path = self.write(self.lead, f"{ALL}/new/cases", f_title="The board that nobody chaired")
        self.assertIn("The board that nobody chaired", self.lead.get(path).words)

    def test_it_goes_with_the_programme_s_words_when_somebody_is_erased(self):
        self.site.command("person", "add", "Zebulon Quillfeather", "--email", "z@example.org")
        self.site.command("person", "account", "add", "z@example.org", "zeb")
        self.site.command("person", "member", "add", "harbour", "zeb", "team")
        zeb = self.site.sign_in("zeb")
        self.write(zeb, f_title="Zebulon Quillfeather says", f_offered="Tea\nZebulon Quillfeather poured it")
        held = self.folder / "held.txt"
        self.site.command("person", "export", "zeb", held)
        self.assertIn("What was learned", held.read_text())
        self.site.command("person", "erase", "zeb", "--reason", "asked")
        self.assertNotIn("Quillfeather", str(self.sql("select author, why, content from learned_version")))
        self.assertEqual(self.sql("select account_id from learned_version"), [[""]])
