"""What leads make of the eight steps: added, in other words, in another order, set aside, all put back."""
import json

from stores import on_both
from serving import SELDOM, People, Site, made_ready

OWN = {"title": "Meet <b>at the harbour</b>", "why": "Nobody met there.\r\n\r\nThat hurt.",
       "what-to-do": "Meet there.", "smallest": "", "good": "They met."}


@on_both
class Steps:
    def setUp(self):
        super().setUp()
        self.prepare(self.make)
        self.site = Site(self.url, self, web_workers=1, poll_seconds=SELDOM)
        self.lead, self.team = self.site.sign_in("lead"), self.site.sign_in("team")

    def make(self):
        self.bring("harbour-broken")
        self.done("diagnose", "--day", "2026-06-30")
        self.done("diagnose")
        people = People(self.url)
        for role in ("lead", "team"):
            people.join("harbour", role)
        people.join("harbour", "lead", login="second")
        made_ready(self)

    def titles(self, client=None, address="/p/harbour/steps"):
        """As they are listed, without what was set aside."""
        page = (client or self.team).get(address)
        listed = page.text.partition('<ol class="nhsuk-task-list">')[2].partition("</ol>")[0]
        return [piece.partition("</a>")[0].partition(">")[2]
                for piece in listed.split('<a class="nhsuk-link nhsuk-task-list__link"')[1:]]

    def add(self, **more):
        page = self.lead.get("/p/harbour/steps/new")
        return self.lead.post("/p/harbour/steps/new",
                              {**page.form("/p/harbour/steps/new").fields, **OWN, **more})

    def order(self, client, **places):
        page = client.get("/p/harbour/steps/change")
        return client.submit(page, "/p/harbour/steps/order",
                             **{f"place-{step}": place for step, place in places.items()})

    def changes(self):
        return int(self.sql("select count(*) from step_change")[0][0])

    def test_only_a_lead_may(self):
        self.assertNotIn("/p/harbour/steps/change", self.team.get("/p/harbour/steps").links)
        self.assertNotIn("Change this step", self.team.get("/p/harbour/step/s2").words)
        self.assertIn("/p/harbour/steps/change", self.lead.get("/p/harbour/steps").links)

    def test_a_step_of_their_own(self):
        page = self.add()
        self.assertEqual(page.location, "/p/harbour/step/own-1?added=1")
        for where in ("/p/harbour/steps", "/p/harbour"):
            titles = self.titles(address=where)
            self.assertEqual(len(titles), 9)
            self.assertEqual(titles[8], "9. Meet &lt;b&gt;at the harbour&lt;/b&gt;")
        page = self.team.get("/p/harbour/step/own-1")
        self.assertIn("Why Nobody met there. That hurt. What to do Meet there.", page.words)
        self.assertIn("<p class=\"nhsuk-body\">That hurt.</p>", page.text)
        self.assertIn("this programme's own: no paper stands behind it. Written by Lead on",
                      page.words)
        self.assertNotIn("Smallest next task", page.words)
        self.assertNotIn("The findings it answers", page.words)

    def test_a_title_is_enough(self):
        page = self.add(**{"why": "", "what-to-do": "", "good": " "})
        page = self.team.get(page.location)
        self.assertEqual(page.status, 200)
        for words in ("Why", "What to do", "Smallest next task", "What good looks like"):
            self.assertNotIn(words, page.words)

    def test_it_can_answer_what_has_no_step_in_the_papers(self):
        """Its state follows, and home counts one less without a step."""
        form = self.lead.get("/p/harbour/steps/new").form("/p/harbour/steps/new")
        rule = next(name for name in form.choices if name.startswith("rule-"))[len("rule-"):]
        self.add(**{f"rule-{rule}": "1"})
        page = self.lead.get("/p/harbour/step/own-1")
        self.assertIn(f"/finding/{rule}%2F", page.text)
        self.assertRegex(self.lead.get("/p/harbour/steps").words, r"9\. Meet .* \d findings?")
        change = self.lead.get("/p/harbour/step/own-1/words").form("/p/harbour/step/own-1/words")
        self.assertEqual(change.fields[f"rule-{rule}"], "1")
        self.lead.post(change.action, {**change.fields, "rule-A1": "1"})  # which has a step
        self.assertNotIn("/finding/A1%2F", self.lead.get("/p/harbour/step/own-1").text)

    def test_sent_twice_it_is_added_once(self):
        page = self.lead.get("/p/harbour/steps/new")
        sent = {**page.form("/p/harbour/steps/new").fields, **OWN}
        first, again = (self.lead.post("/p/harbour/steps/new", sent) for _ in range(2))
        self.assertEqual(first.location, again.location)
        self.assertEqual(self.changes(), 1)

    def test_one_page_in_two_windows_does_not_lose_the_second(self):
        form = self.lead.get("/p/harbour/step/s2").form("/p/harbour/step/s2/aside")
        first, second = (self.lead.post(form.action, {**form.fields, "reason": reason})
                         for reason in ("Not now", "Not for us"))
        self.assertEqual((first.status, second.status), (303, 409))
        self.assertEqual(self.lead.post(form.action, {**form.fields, "reason": "Not now"}).status, 303)
        self.assertEqual(self.changes(), 1)

    def test_what_is_missing_is_told_and_kept(self):
        page = self.add(title=" ", good="x" * 5000)
        self.assertEqual(page.status, 400)
        self.assertIn("Nothing was saved yet Title: write what to do, in a few words "
                      "What good looks like: make it shorter", page.words)
        self.assertEqual(page.form("/p/harbour/steps/new").fields["what-to-do"], "Meet there.")
        self.assertEqual(self.changes(), 0)

    def test_in_our_words_and_back(self):
        before = self.team.get("/p/harbour/step/s2").words
        page = self.lead.get("/p/harbour/step/s2/words")
        page = self.lead.submit(page, "/p/harbour/step/s2/words", title="Help for every lead")
        self.assertEqual(page.location, "/p/harbour/step/s2?saved=1")
        self.assertIn("2. Help for every lead", self.titles())
        words = self.team.get("/p/harbour/step/s2").words
        self.assertIn("The words are this programme's own. Changed by Lead on", words)
        self.assertIn("What stands behind them: Kozłowska", words)
        self.assertIn("The step as it was: Give every lead project support", words)
        why = before.partition("Why ")[2].partition(" What to do ")[0]
        self.assertEqual(words.count(why), 2)  # not changed, so it is as the papers have it, and below
        self.assertEqual(self.sql("select why, title from step_change"),
                         [["", "Help for every lead"]])
        page = self.lead.get("/p/harbour/step/s2/words")
        self.lead.submit(page, "/p/harbour/step/s2/words", original="1")
        self.assertEqual(self.team.get("/p/harbour/step/s2").words, before)

    def test_in_another_order(self):
        before = [title.partition(" ")[2] for title in self.titles()]
        self.assertEqual(self.order(self.lead, s8="0", s1="2.5").status, 303)
        after = [title.partition(" ")[2] for title in self.titles(address="/p/harbour")]
        self.assertEqual(after, [before[i] for i in (7, 1, 0, 2, 3, 4, 5, 6)])
        self.assertIn("Step 3 Settle who decides", self.team.get("/p/harbour/step/s1").words)
        page = self.order(self.lead, s8="first")
        self.assertEqual(page.status, 400)
        self.assertIn("Write a number beside each step", page.words)

    def test_set_aside_and_taken_up(self):
        page = self.lead.get("/p/harbour/step/s4")
        page = self.lead.submit(page, "/p/harbour/step/s4/aside", reason=" ")
        self.assertEqual(page.status, 400)
        self.assertIn("Say why you set it aside", page.words)
        page = self.lead.submit(page, "/p/harbour/step/s4/aside", reason="Not for us")
        self.assertEqual(page.status, 303)
        self.assertEqual(len(self.titles()), 7)
        self.assertIn("Not for us", self.team.get("/p/harbour/steps").words)
        page = self.lead.get("/p/harbour/step/s4")
        self.assertIn("It is set aside: Not for us", page.words)
        self.lead.submit(page, "/p/harbour/step/s4/aside", what="take up")
        self.assertEqual(len(self.titles()), 8)

    def test_all_put_back(self):
        before = self.titles()
        self.add()
        self.order(self.lead, s8="0")
        self.lead.submit(self.lead.get("/p/harbour/step/s2/words"), "/p/harbour/step/s2/words",
                         title="Other")
        self.lead.submit(self.lead.get("/p/harbour/steps/change"), "/p/harbour/steps/back")
        self.assertEqual(self.titles(), before)
        page = self.lead.get("/p/harbour/step/own-1")  # nothing that somebody wrote is lost
        self.lead.submit(page, "/p/harbour/step/own-1/aside", what="take up")
        self.assertEqual(len(self.titles()), 9)

    def test_two_who_write_at_once_are_told(self):
        second = self.site.sign_in("second")
        mine, theirs = (client.get("/p/harbour/step/s2/words") for client in (self.lead, second))
        self.assertEqual(second.submit(theirs, "/p/harbour/step/s2/words", title="Theirs").status,
                         303)
        page = self.lead.submit(mine, "/p/harbour/step/s2/words", title="Mine")
        self.assertEqual(page.status, 409)
        self.assertIn("Somebody else has changed the steps meanwhile", page.words)
        self.assertIn("2. Theirs", self.titles())
        self.lead.submit(page, "/p/harbour/step/s2/words", original=None)
        self.assertIn("2. Mine", self.titles())
        orders = [client.get("/p/harbour/steps/change") for client in (self.lead, second)]
        sent = [client.submit(page, "/p/harbour/steps/order", **{"place-s8": "0"}).status
                for client, page in zip((self.lead, second), orders)]
        self.assertEqual(sent, [303, 409])

    def test_who_wrote_is_held_and_erased(self):
        """As the rights of people ask, of whoever wrote it and of whom it names."""
        self.site.person("writer", "Wilma Writer")
        self.site.command("person", "member", "add", "harbour", "writer", "lead")
        writer = self.site.sign_in("writer")
        page = writer.get("/p/harbour/steps/new")
        writer.submit(page, "/p/harbour/steps/new", **{**OWN, "why": "Ask Wilma Writer."})
        self.site.command("person", "member", "remove", "harbour", "writer")
        held = self.folder / "held.json"
        self.site.command("person", "export", "writer", held, "--format", "json")
        (programme,) = json.loads(held.read_text())["programmes"]
        (step,) = programme["steps"]
        self.assertEqual((step["step"], step["what"], step["by"]), ("own-1", "worded", "Wilma Writer"))
        self.assertIn("Ask Wilma Writer.", step["words"])
        self.site.command("person", "erase", "writer", "--programme", "harbour", "--reason", "asked")
        for row in self.sql("select author, why, title from step_change"):
            self.assertNotIn("Wilma", " ".join(row))
        self.assertEqual(len(self.titles()), 9)
