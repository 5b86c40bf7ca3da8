"""Resources, policies, agreements and visits in the browser: what is missing first, and what to do about it."""
from serving import People, Site, made_ready
from stores import on_both

P = "/p/harbour"


def after(words, *parts):
    """Whether these stand in this order."""
    at = -1
    for part in parts:
        at = words.find(part, at + 1)
        if at < 0:
            return False
    return True


@on_both
class Work:
    def setUp(self):
        super().setUp()
        self.prepare(self.make)
        self.site = Site(self.url, self, web_workers=1)
        self.lead = self.site.sign_in("lead")

    def make(self):
        self.bring("harbour")
        self.done("diagnose")
        people = People(self.url)
        people.join("harbour", "lead", record="network-manager")
        for role in ("team", "sponsor", "evaluator"):
            people.join("harbour", role)
        made_ready(self)

    def add(self, kind, **fields):
        page = self.lead.get(f"{P}/records/{kind}/add")
        sent = self.lead.submit(page, f"{P}/records/{kind}/add", **{f"f-{name}": value for name, value in fields.items()})
        self.assertEqual(sent.status, 303, sent.words if sent.body else "")

    def correct(self, kind, key, **fields):
        where = f"{P}/record/{kind}/{key}/correct"
        sent = self.lead.submit(self.lead.get(where), where, **{f"f-{name}": value for name, value in fields.items()})
        self.assertEqual(sent.status, 303, sent.text)

    def actions(self):
        return [row[0] for row in self.sql("select content from record where kind = 'action' and until is null")]

    def test_what_is_missing_comes_first(self):
        page = self.lead.get(f"{P}/resources")
        self.assertIn("Nothing that is written down here is missing", page.words)
        self.assertTrue(after(page.words, "Once", "Needed 40,000", "Each year", "Needed 600,000", "Secured 600,000"))
        self.correct("resource", "budget", secured="450000.50")
        self.add("resource", title="A nurse", type="staff time", state="needed", needed="1200", frequency="each year")
        page = self.lead.get(f"{P}/resources")
        self.assertTrue(after(page.words, "What is missing", "149,999.50 of 600,000 is missing",
                              "A nurse", "Nobody has promised it yet", "What is there", "Money for changing"))
        self.assertTrue(after(page.words, "Each year", "Needed 601,200", "Secured 450,000.50"))

    def test_words_without_means(self):
        page = self.lead.get(f"{P}/policies")
        self.assertNotIn("Words without means", page.words)
        self.assertTrue(after(page.words, "Rule: Rule that partners share what they need"))
        self.add("policy", title="Join up by spring", owner="ministry", asks_for="One team everywhere",
                 asks_for_integration="yes")
        page = self.lead.get(f"{P}/policies")
        self.assertTrue(after(page.words, "Words without means", "Join up by spring", "One team everywhere",
                              "nothing that follows from it is written down"))
        self.add("provision", title="Be free", type="permission", effect="supports joint work", policy="join-up-by-spring")
        self.assertIn("nothing of what follows makes that easier", self.lead.get(f"{P}/policies").words)
        self.add("provision", title="A fund", type="money", effect="supports joint work", policy="join-up-by-spring")
        self.assertNotIn("Words without means", self.lead.get(f"{P}/policies").words)

    def test_asking_again(self):
        page = self.lead.get(f"{P}/agreements")
        self.assertNotIn("Priorities changed since", page.words)  # they were asked
        self.assertEqual([link for link in page.links if link.startswith(f"{P}/agreements/")], [])
        self.add("event", title="The council put homes first", type="change of priorities", happened="2026-05-04",
                 organisation="council")
        page = self.lead.get(f"{P}/agreements")
        asked = [link for link in page.links if link.startswith(f"{P}/agreements/")]
        self.assertEqual(sorted(set(asked)), [f"{P}/agreements/{key}%2Fcouncil{end}" for key in ("plan", "vision")
                                              for end in ("", "/answer")])
        self.assertIn("2 parties are to be asked again", page.words)
        ask = f"{P}/agreements/vision%2Fcouncil"
        form = self.lead.get(ask)
        page = self.lead.submit(form, ask)
        self.assertEqual(page.status, 400)
        self.assertIn("Choose who takes it on", page.words)
        self.assertEqual(self.lead.submit(form, ask, owner="gp-lead", due="1 December 2099").status, 303)
        self.assertEqual(self.lead.submit(form, ask, owner="gp-lead", due="1 December 2099").status, 303)
        made = [action for action in self.actions() if "Steady together" in action and "still stands" in action]
        self.assertEqual(len(made), 1)
        self.assertIn("2099-12-01", made[0])
        self.assertIn("gp-lead", made[0])
        page = self.lead.get(f"{ask}/answer")
        self.assertEqual(self.lead.submit(page, f"{ask}/answer").status, 400)
        self.assertEqual(self.lead.submit(page, f"{ask}/answer", answer="stands").location,
                         f"{P}/agreements?answered=1")
        page = self.lead.get(f"{P}/agreements")
        self.assertIn("1 party is to be asked again", page.words)
        plan = f"{P}/agreements/plan%2Fcouncil/answer"
        self.lead.submit(self.lead.get(plan), plan, answer="withdrew")
        page = self.lead.get(f"{P}/agreements")
        self.assertNotIn("Priorities changed since", page.words)
        self.assertIn("Withdrew", page.words)
        self.assertEqual(self.lead.get(f"{P}/agreements/no%2Fbody").status, 404)

    def test_whom_to_visit_next(self):
        page = self.lead.get(f"{P}/visits")
        at = [page.text.find(f"/record/visit/{key}") for key in ("v3", "v4", "v6", "v7")]
        self.assertEqual(at, sorted(at))  # the longest ago first
        self.assertGreater(at[0], 0)
        for key, reason in (("v8", "inspection"), ("v9", "hear views")):
            self.assertIn(f"{P}/record/visit/v3", page.links)  # to check is no visit
            self.add("visit", key=key, to_organisation="council", visited_on="2026-06-20", reason=reason,
                     note=f"They need a key: {key}")
            page = self.lead.get(f"{P}/visits")
        self.assertNotIn("They need a key: v8", page.words)
        self.assertIn("They need a key: v9", page.words)
        self.assertGreater(page.text.find("/record/visit/v9"), page.text.find("/record/visit/v7"))
        plan = f"{P}/visits/council"
        sent = self.lead.submit(self.lead.get(plan), plan, owner="gp-lead", due="1 December 2099")
        self.assertEqual(sent.location, f"{P}/visits?planned=1")
        self.assertTrue([action for action in self.actions() if "listen to those who provide care" in action])

    def test_never_visited_is_said_only_where_all_visits_are_written_down(self):
        self.add("organisation", key="new-care", name="Harbour Home Care", sector="social care", part="partner")
        self.assertTrue(after(self.lead.get(f"{P}/visits").words, "Harbour Home Care", "Not visited yet"))
        self.correct("coverage", "Visits", state="partly kept")
        page = self.lead.get(f"{P}/visits")
        self.assertNotIn("Not visited yet", page.words)
        self.assertTrue(after(page.words, "Harbour Home Care", "No visit is written down"))

    def test_who_may(self):
        for role, status in {"team": 200, "evaluator": 200, "sponsor": 403}.items():
            client = self.site.sign_in(role)
            for place in ("resources", "policies", "agreements", "visits"):
                page = client.get(f"{P}/{place}")
                self.assertEqual(page.status, status, (role, place))
                self.assertEqual([link for link in page.links if "/add" in link or f"/{place}/" in link], [])
            self.assertEqual(client.post(f"{P}/visits/council", {"title": "x"}).status, 403)
