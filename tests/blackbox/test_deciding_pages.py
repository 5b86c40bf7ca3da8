"""One decision in the browser: who decides and who tells them, written down and changed; the path that is drawn
of what is typed; two at once; twins."""
import datetime
import html
import json
import re

from serving import People, made_ready
from stores import on_both, wait_until
from support import ROOT, read_folder, write_folder
from test_record_pages import Records

NEW = "/p/harbour/decisions/new"
PATH = "/p/harbour/decisions/path"
CARS = "/p/harbour/decision/share-the-cars"
CHANGE = f"{CARS}/change"
HOSTILE = "<script>alert(1)</script>\"'&]]>--><svg onload=alert(1)>"
TODAY = datetime.date.today()


class Deciding(Records):
    def rights(self, decision="share-the-cars"):
        """Those that hold: (right, holder, for which organisation)."""
        found = [json.loads(row[0]) for row in self.sql(
            "select content from record where until is null and kind = 'decision_right'")]
        return sorted((right["right_held"], right.get("post") or right.get("person") or right.get("team") or
                       right.get("body"), right.get("for_organisation"))
                      for right in found if right["decision"] == decision and "until" not in right)

    def routes(self, decision="share-the-cars"):
        found = [json.loads(row[0]) for row in self.sql(
            "select content from record where until is null and kind = 'message_route'")]
        return sorted((route["to_organisation"], route.get("to_post"), route.get("messenger"))
                      for route in found if route.get("decision") == decision and "until" not in route)

    def sent(self, page, do="save", client=None, **fields):
        """The form as it stands, but for `fields`; in their names __ stands for :."""
        address = next(form.action for form in page.forms if "was" in form.fields)
        fields = {name.replace("__", ":"): value for name, value in fields.items()}
        return (client or self.lead).submit(page, address, do=do, **fields)

    def begun(self, *organisations):
        """The form of a new decision that concerns these."""
        return self.sent(self.lead.get(NEW), do="look", title="Share the cars", **{"concerns[]": list(organisations)})

    def written(self):
        page = self.sent(self.begun("council", "commissioner"), who__council__1="Change director",
                         who__commissioner__1="Director of resources, Ansel Bay Commissioning Board",
                         by__commissioner__1="commissioning manager for older people, commissioning board")
        self.assertEqual((page.status, page.location), (303, f"{CARS}?saved=1"), page.text)
        return self.lead.get(CHANGE)


@on_both
class Writing(Deciding):
    poll_seconds = 1

    def findings(self):
        return [found["id"] for found in self.asked("findings", "--programme", "harbour")["findings"]
                if found["state"] == "open"]

    def test_from_a_title_to_a_path_that_holds(self):
        page = self.begun("council", "commissioner")
        self.assertEqual(page.status, 200)
        self.assertIn("Nobody decides in Ansel Bay Commissioning Board.", page.words)
        self.assertEqual(self.revisions(), 1)
        page = self.sent(page, final_say="not settled", due="31 March 2990")
        self.assertEqual((page.status, page.location), (303, f"{CARS}?saved=1"), page.text)
        page = self.lead.get(page.location)
        for words in ("It is saved", "31 March 2990", "Ansel Bay Council (adult social care) and Ansel Bay Commissioning Board",
                      "2 things are missing"):
            self.assertIn(words, page.words)
        wait_until(lambda: "A1/share-the-cars" in self.findings())
        page = self.lead.get("/p/harbour/finding/A1%2Fshare-the-cars")
        self.assertIn(CHANGE, page.links)
        self.assertIn("/p/harbour/finding/A1%2Fshare-the-cars", self.lead.get(CARS).links)
        page = self.sent(self.lead.get(CHANGE), final_say="settled", who__council__1="change director",
                         who__commissioner__1="Director of resources",
                         by__commissioner__1="commissioning manager for older people, commissioning board")
        # A post and a person are called alike: this is asked for, and nothing is guessed.
        self.assertEqual(page.status, 303, page.words)
        self.assertEqual(self.rights(), [("decides", "commissioner-resources-director", None),
                                         ("decides", "council-change-director", None)])
        self.assertEqual(self.routes(), [("commissioner", "commissioner-resources-director", "commissioning-manager")])
        self.assertEqual(self.revisions(), 3)  # all of it at once
        wait_until(lambda: "A1/share-the-cars" not in self.findings())
        self.assertIn("commissioning manager for older people, commissioning board tells them",
                      self.lead.get(CARS).words)

    def test_what_is_not_clear_is_asked_and_can_be_added(self):
        page = self.begun("commissioner")
        page = self.sent(page, who__commissioner__1="Keeper of the keys", by__commissioner__1="Somebody new")
        self.assertEqual(page.status, 400)
        self.assertIn("Say who “Keeper of the keys” is", page.words)
        self.assertEqual(self.revisions(), 1)
        form = page.form(NEW)
        self.assertEqual(form.fields["who:commissioner:1"], "Keeper of the keys")
        self.assertIn("+post", form.choices["is:who:commissioner:1"])
        page = self.sent(page, **{"is:who:commissioner:1": "+post", "is:by:commissioner:1": "+person"})
        self.assertEqual(page.location, f"{CARS}?saved=1", page.words)
        self.assertIn('"organisation":"commissioner"', self.content("post", "keeper-of-the-keys"))
        self.assertIsNotNone(self.content("person", "somebody-new"))
        self.assertEqual(self.routes(), [("commissioner", "keeper-of-the-keys", "somebody-new")])
        self.assertEqual(self.revisions(), 2)

    def test_add_another_keeps_what_is_typed(self):
        page = self.begun("council", "hospital")
        page = self.sent(page, do="more:hospital", title="Share all cars", who__council__1="Who knows",
                         by__hospital__1="geriatri")
        form = page.form(NEW).fields
        self.assertEqual([form[name] for name in ("title", "who:council:1", "by:hospital:1", "right:hospital:2", "who:hospital:2")],
                         ["Share all cars", "Who knows", "geriatri", "must agree", ""])
        self.assertEqual(form["concerns[]"], ["hospital", "council"])

    def test_every_field_that_is_wrong_says_so(self):
        page = self.sent(self.lead.get(NEW), title="", due="whenever it suits", **{"who:*:1": "Change director"})
        self.assertEqual(page.status, 400)
        self.assertIn("Write a day", page.words)
        page = self.sent(page, due="")
        self.assertIn("Say what is to be decided", page.words)
        self.assertIn("only a team or board", page.words)
        self.assertEqual(self.revisions(), 1)
        page = self.sent(page, title="Share the cars", **{"who:*:1": "Harbour board"})
        self.assertEqual(page.status, 303, page.words)
        self.assertEqual(self.rights(), [("decides", "board", None)], page.location)

    def test_hostile_text_is_shown_and_runs_nowhere(self):
        page = self.begun("commissioner")
        token = page.token
        for page in (self.lead.post(PATH, {**page.form(NEW).fields, "who:commissioner:1": HOSTILE, "by:commissioner:1": HOSTILE},
                                    token=token),
                     self.sent(page, title=HOSTILE, who__commissioner__1=HOSTILE, by__commissioner__1=HOSTILE)):
            self.assertNotIn("<script>alert", page.text)
            self.assertNotIn("<svg onload", page.text)
            self.assertIn("alert(1)", page.words)

    def test_the_path_is_drawn_while_it_is_typed(self):
        page = self.begun("commissioner")
        fields = {**page.form(NEW).fields, "who:commissioner:1": "Director of resources, Ansel Bay Commissioning Board"}
        drawn = self.lead.post(PATH, fields, token=page.token)
        self.assertEqual(drawn.status, 200)
        self.assertIn("<svg", drawn.text)
        self.assertNotIn("<html", drawn.text)
        self.assertIn("Nobody tells Director of resources", drawn.words)
        drawn = self.lead.post(PATH, {**fields, "by:commissioner:1": "Adviser on joint work, care region"}, token=page.token)
        self.assertIn("Nothing is missing", drawn.words)
        self.assertEqual(self.revisions(), 1)


@on_both
class Together(Deciding):
    def test_two_who_change_other_things_lose_nothing(self):
        page = self.written()
        first, second = page, self.lead.get(CHANGE)
        self.assertEqual(self.sent(first, who__council__1="Director of adult social care").status, 303)
        self.assertEqual(self.sent(second, due="31 March 2990", who__commissioner__1="").status, 303)
        self.assertEqual(self.rights(), [("decides", "council-director", None)])
        self.assertIn('"due":"2990-03-31"', self.content("decision", "share-the-cars"))

    def test_two_who_change_the_same_see_both(self):
        page = self.written()
        first, second = page, self.lead.get(CHANGE)
        self.assertEqual(self.sent(first, title="Share two cars", who__council__1="Director of adult social care").status, 303)
        before = self.revisions()
        page = self.sent(second, title="Share three cars", who__council__1="Director of finance", due="2990")
        self.assertEqual(page.status, 409)
        for words in ("Yours: Share three cars", "Theirs: Share two cars",
                      "Yours: Director of finance, Ansel Bay Council", "Theirs: Director of adult social care, Ansel Bay Council"):
            self.assertIn(words, page.words)
        self.assertEqual(self.revisions(), before)
        page = self.sent(page, **{"keep:decides council": "theirs"})
        self.assertEqual(page.status, 303, page.words)
        content = self.content("decision", "share-the-cars")
        self.assertIn('"title":"Share three cars"', content)
        self.assertIn('"due":"2990"', content)
        self.assertIn(("decides", "council-director", None), self.rights())
        self.assertNotIn(("decides", "council-finance-director", None), self.rights())

    def test_sent_twice_or_again_after_going_back_makes_no_twin(self):
        page = self.begun("council")
        for said in ("saved", "known", "known"):
            self.assertEqual(self.sent(page, who__council__1="Director of adult social care").location, f"{CARS}?{said}=1")
        self.assertEqual(self.revisions(), 2)
        self.assertIn("This was saved before", self.lead.get(f"{CARS}?known=1").words)
        page = self.sent(self.begun("council"))  # by another who has not seen it
        self.assertEqual(page.status, 400)
        self.assertIn("There is a decision called so already", page.words)
        change = self.lead.get(CHANGE)
        for _ in range(2):
            self.assertEqual(self.sent(change, who__council__1="Director of finance").status, 303)
        self.assertEqual(self.revisions(), 3)
        self.assertEqual(self.rights(), [("decides", "council-finance-director", None)])

    def test_who_is_taken_away_held_it_until_then_or_never(self):
        for ends, kept in (("now", False), ("never", True)):
            page = self.written() if ends == "now" else self.lead.get(CHANGE)
            before = len(self.sql("select 1 from record where until is null and kind = 'decision_right'"))
            who = "Director of adult social care" if ends == "now" else "Director of finance"
            self.assertEqual(self.sent(page, who__council__1=who, ends=ends).status, 303)
            after = len(self.sql("select 1 from record where until is null and kind = 'decision_right'"))
            self.assertEqual(after == before, kept)
        yesterday = TODAY - datetime.timedelta(days=1)
        self.assertIn(f'"until":"{yesterday}"', self.content("decision_right", self.key_of("council-change-director")))

    def key_of(self, post):
        return self.sql("select key from record where until is null and kind = 'decision_right' "
                        f"and key like 'share-the-cars/%{post}%'")[0][0]

    def test_a_right_that_is_not_touched_stays_as_it_is(self):
        """Also where it ends at a sum, was handed down, or is held by somebody for another organisation."""
        before = self.sql("select kind, key, content from record where until is null order by kind, key")
        for decision in ("winter-equipment", "weekends", "care-plan-view", "shared-budget", "specification"):
            address = f"/p/harbour/decision/{decision}/change"
            page = self.lead.submit(self.lead.get(address), address, do="save")
            self.assertEqual(page.location, f"/p/harbour/decision/{decision}?saved=1", page.words)
        self.assertEqual(self.sql("select kind, key, content from record where until is null order by kind, key"), before)
        self.assertEqual(self.revisions(), 1)

    def test_one_route_to_two_stays_while_one_of_them_needs_it(self):
        """Two people of one organisation are told by one route, unless they are told by two."""
        page = self.sent(self.begun("council"), do="more:council")
        people = ("director of finance, council", "director of adult social care, council")
        page = self.sent(page, who__council__1=people[0], who__council__2=people[1],
                         by__council__1="change manager, council", by__council__2="change manager, council")
        self.assertEqual(page.status, 303, page.words)
        self.assertEqual(self.routes(), [("council", None, "change-manager")])
        page = self.sent(self.lead.get(CHANGE), ends="never", by__council__1="adviser on joint work, care region")
        self.assertEqual(page.status, 303, page.words)
        self.assertEqual(self.routes(), [("council", None, "change-manager"), ("council", None, "region-adviser")])

    def test_it_is_decided_once(self):
        self.written()
        page, late = self.lead.get(CARS), self.lead.get(CARS)
        decided = f"{CARS}/decided"
        self.assertEqual(self.lead.submit(page, decided, day="whenever").status, 400)
        for _ in range(2):
            page = self.lead.submit(page, decided, by="post:council-change-director") if page.status == 200 else page
            self.assertEqual(page.location, f"{CARS}?decided=1")
        content = self.content("decision", "share-the-cars")
        for words in (f'"taken":"{TODAY}"', '"taken_by_post":"council-change-director"', '"state":"taken"'):
            self.assertIn(words, content)
        page = self.lead.submit(late, decided, day="1 January 2026")
        self.assertEqual(page.status, 409)
        self.assertIn("Somebody else has written down meanwhile", page.words)
        self.assertEqual(self.content("decision", "share-the-cars"), content)

    def test_who_may_not_correct_reads_only(self):
        self.written()
        team = self.client("team")
        page = team.get(CARS)
        self.assertEqual(page.status, 200)
        self.assertNotIn(CHANGE, page.links)
        self.assertEqual({form.action for form in page.forms}, {"/sign-out"})
        self.assertEqual(team.get(CHANGE).status, 403)
        self.assertEqual(self.client("sponsor").get(CARS).status, 403)
        self.assertEqual(self.lead.get("/p/harbour/decision/no-such").status, 404)


@on_both
class Agreeing(Deciding):
    """The light drawing says of each decider what the diagnosis says, which works it out in another way."""
    SAMPLES = ("harbour", "harbour-broken", "oxfordshire")

    def make(self):
        for sample in self.SAMPLES:
            workbook = read_folder(ROOT / "samples" / sample)
            headings, rows = workbook["programme"]
            rows[0][headings.index("Key")] = sample
            folder = self.folder / sample
            folder.mkdir()
            write_folder(workbook, folder)
            self.done("import", folder)
        people = People(self.url)
        people.person("lead")
        for sample in self.SAMPLES:
            people.command("person", "member", "add", sample, "lead", "lead")
        made_ready(self)

    def drawn(self, sample, decision):
        """(what is drawn of whom, whether it is in place), of those whose word is needed; where nobody decides."""
        page = self.lead.get(f"/p/{sample}/decision/{decision}").text
        lines = [" ".join(html.unescape(re.sub("<[^>]*>", " ", line)).split())
                 for line in re.findall(r'(?s)<li class="ithaca-path__way[^>]*>(.*?)</li>', page)]
        found = [re.search(r"(?:^|→ |: )(Decides|Must agree): (.*) (In place|Missing|Cannot be told yet)$", line) for line in lines]
        return (sorted((match[1].lower(), match[3] == "In place") for match in found if match),
                sum("Nobody decides here" in line for line in lines))

    def test_as_the_diagnosis_says(self):
        seen = set()
        for sample in self.SAMPLES:
            for decision in self.asked("decisions", "--programme", sample)["decisions"]:
                if not decision["open"]:
                    continue
                known, gaps = self.drawn(sample, decision["key"])
                wanted = sorted((right["right"], right["state"] == "works") for right in decision["rights"] if right.get("needed"))
                undecided = decision.get("undecided") or {}
                self.assertEqual(known, wanted, (sample, decision["key"]))
                self.assertEqual(gaps > 0, bool(undecided), (sample, decision["key"]))
                seen |= {*known, gaps > 0}
        self.assertTrue({("decides", True), ("decides", False), ("must agree", True), True, False} <= seen, seen)
