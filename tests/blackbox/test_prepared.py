"""Pages that need more than the diagnosis: decisions, map, what if. A worker makes ready what they show."""
import re
import time
import xml.etree.ElementTree

from serving import SELDOM, People, Site, made_ready
from stores import on_both
from support import ITHACA, ithaca

PARTS = {"decisions", "decisions.svg", "map", "map.svg", "map-unranked.svg", "network",
         "yours"}
SVG = "{http://www.w3.org/2000/svg}"


def crowd(workbook):
    """So many people that taking each away in turn takes a while."""
    headings, people = workbook["people"]
    key, name = headings.index("Key"), headings.index("Name")
    for number in range(300):
        row = list(people[0])
        row[key], row[name] = f"crowd-{number}", f"Somebody else, the {number}th"
        people.append(row)


class Prepared:
    def site(self, **settings):
        site = Site(self.url, self, **settings)
        site.join("harbour", "lead")
        site.join("harbour", "team")
        return site

    def ready_site(self):
        """The same of harbour with its misfortunes, where everything is made ready already."""
        self.prepare(self.make)
        return Site(self.url, self, poll_seconds=SELDOM)

    def make(self):
        self.bring("harbour-broken")
        for role in ("lead", "team"):
            People(self.url).join("harbour", role)
        made_ready(self)

    def until(self, ready, seconds=60):
        """What `ready` gives, as soon as that is something."""
        end = time.monotonic() + seconds
        while True:
            found = ready()
            if found or time.monotonic() > end:
                self.assertTrue(found, "it never came")
                return found
            time.sleep(0.1)

    def parts(self, number=1):
        rows = self.sql(f"select part from diagnosis_part where number = {number}")
        return {row[0] for row in rows}

    def ready(self, number=1):
        return self.until(lambda: self.parts(number))

    def shown(self, client, address):
        page = client.get(address)
        self.assertEqual(page.status, 200, page.text)
        return page.text

    # ---- decisions and map ----

    def test_everybody_sees_what_is_shared_and_only_the_lead_what_is_not(self):
        site = self.ready_site()
        self.assertEqual(self.ready(), PARTS)
        lead, team = site.sign_in("lead"), site.sign_in("team")
        for page, words in (("decisions", "Size of the shared budget"), ("map", "project manager"),
                            ("decisions/scheme", "Size of the shared budget")):
            self.assertIn(words, self.shown(lead, f"/p/harbour/{page}"))
            self.assertIn("Only you can see this so far", self.shown(lead, f"/p/harbour/{page}"))
            unshared = self.shown(team, f"/p/harbour/{page}")
            self.assertNotIn(words, unshared)
            self.assertIn("has not shared", unshared)
        for picture in ("decisions.svg", "map.svg"):
            self.assertEqual(lead.get(f"/p/harbour/{picture}").status, 200)
            self.assertEqual(team.get(f"/p/harbour/{picture}").status, 404)
        lead.submit(lead.get("/p/harbour/diagnosis/share"), "/p/harbour/diagnosis/share")
        for page in ("decisions", "map", "decisions/scheme", "decisions.svg", "map.svg"):
            self.assertEqual(team.get(f"/p/harbour/{page}").status, 200)
        self.assertIn("Size of the shared budget", self.shown(team, "/p/harbour/decisions"))
        self.assertNotIn("Only you", self.shown(lead, "/p/harbour/decisions"))

    def test_who_would_be_missed_most_is_for_the_lead_alone(self):
        site = self.ready_site()
        site.join("harbour", "sponsor")
        self.ready()
        lead = site.sign_in("lead")
        lead.submit(lead.get("/p/harbour/diagnosis/share"), "/p/harbour/diagnosis/share")
        ranked = ("Joins others most", "join others most", "cut off from the rest", "Between others",
                  "Cut off")
        text, picture = (lead.get(f"/p/harbour/map{end}").text for end in ("", ".svg"))
        for words in ranked:
            self.assertIn(words, text)
        self.assertIn("without: 1 cut off", picture)
        for who in ("team", "sponsor"):
            client = site.sign_in(who)
            text, picture = (client.get(f"/p/harbour/map{end}").text for end in ("", ".svg"))
            for words in ranked:
                self.assertNotIn(words, text)
                self.assertNotIn(words, picture)
            self.assertNotIn("★", picture)
            places = [(place, name) for name, place in re.findall(
                r'<th [^>]*scope="row">([^<]*)</th>\s*<td[^>]*>([^<]*)</td>', text)]
            self.assertGreater(len(places), 20)
            self.assertEqual(places, sorted(places))

    def test_paths_say_what_is_broken_and_lead_to_the_finding(self):
        site = self.ready_site()
        self.ready()
        lead = site.sign_in("lead")
        text = self.shown(lead, "/p/harbour/decisions")
        self.assertIn("no message route is written down", text)
        self.assertIn("ithaca-path__way--broken", text)
        self.assertNotRegex(text, r"\(A[0-9]")  # a rule's name tells people nothing
        links = re.findall(r'href="(/p/harbour/finding/[^"]+)"', text)
        self.assertTrue(any("A3" in link for link in links), links)
        for link in links:
            self.assertEqual(lead.get(link).status, 200, link)

    def test_pictures_are_svg_that_can_load_nothing(self):
        self.bring()
        site = self.site()
        self.ready()
        lead = site.sign_in("lead")
        for picture in ("decisions.svg", "map.svg"):
            page = lead.get(f"/p/harbour/{picture}")
            self.assertEqual(page.headers.get_content_type(), "image/svg+xml")
            self.assertTrue(page.headers["Content-Security-Policy"].startswith("default-src 'none';"))
            self.assertNotIn("'self'", page.headers["Content-Security-Policy"])
            root = xml.etree.ElementTree.fromstring(page.text)
            self.assertEqual(root.tag, f"{SVG}svg")
            self.assertTrue(root.find(f"{SVG}desc").text.strip())
            again = lead.get(f"/p/harbour/{picture}", headers={"If-None-Match": page.headers["ETag"]})
            self.assertEqual((again.status, again.text), (304, ""))

    def test_without_graphviz_the_words_are_there(self):
        self.bring("harbour-broken")
        program = self.folder / "without-graphviz"
        program.write_text(f'#!/bin/sh\nPATH=/nowhere\nexport PATH\nexec "{ITHACA}" "$@"\n')
        program.chmod(0o755)
        site = self.site(program=program)
        self.assertEqual(self.ready(), {part for part in PARTS if not part.endswith(".svg")})
        lead = site.sign_in("lead")
        for page in ("decisions", "map"):
            text = self.shown(lead, f"/p/harbour/{page}")
            self.assertIn("There is no picture", text)
            self.assertNotIn("<img", text)
            self.assertEqual(lead.get(f"/p/harbour/{page}.svg").status, 404)

    def test_the_map_of_nobody(self):
        self.done("import", self.empty(), "--programme", "empty")
        site = Site(self.url, self)
        site.join("empty", "lead")
        self.ready()
        lead = site.sign_in("lead")
        self.assertIn("Nobody is written down yet", self.shown(lead, "/p/empty/map"))
        self.assertIn("No open decision", self.shown(lead, "/p/empty/decisions"))

    def empty(self):
        folder = self.folder / "empty"
        folder.mkdir()
        (folder / "programme.csv").write_text(
            "Key,Name,Aim,Integration,Drive,Population,Country,Stage,Started\n"
            "empty,Empty,Nothing yet,coordination,both,Nobody,Invented,design,2026\n")
        (folder / "organisations.csv").write_text("Key,Name,Part\na,A council,partner\n")
        return folder

    def test_erasing_somebody_erases_what_was_made_ready(self):
        site = self.ready_site()
        self.ready()
        lead = site.sign_in("lead")
        name = "medical director, hospital trust"
        asked = self.ask(lead, name)
        self.assertIn("Handover sheet", asked.text)
        self.assertTrue(self.held(name))
        site.stop()
        key = self.sql("select key from record where kind = 'person' and until is null and "
                       f"content like '%{name}%'")[0][0]
        self.done("person", "erase", f"harbour/{key}", "--reason", "They asked for it")
        self.assertEqual(self.held(name), 0)
        self.assertEqual(self.sql("select count(*) from whatif_question")[0][0], "0")
        site.start()
        self.assertEqual(self.ready(2), PARTS)
        self.assertEqual(self.held(name), 0)

    def held(self, words):
        tables = {"diagnosis_part": "content", "whatif_question": "answer"}
        return sum(int(self.sql(f"select count(*) from {table} where {column} like '%{words}%'")[0][0])
                   for table, column in tables.items())

    def test_a_backup_holds_them(self):
        site = self.ready_site()
        self.ready()
        self.ask(site.sign_in("lead"), "medical director, hospital trust")
        site.stop()
        backup = self.folder / "today.backup"
        self.done("backup", str(backup))
        count = "select count(*), sum(length(content)) from diagnosis_part"
        before = self.sql(count), self.sql("select answer from whatif_question")
        restored = self.folder / "restored.db"
        self.url_of(restored)
        self.done("restore", str(backup))
        self.assertEqual(ithaca("restore", "--verify", str(backup)).returncode, 0)
        self.assertEqual((self.sql(count), self.sql("select answer from whatif_question")), before)

    def url_of(self, file):
        """Where to restore to: another file, or another database."""
        if self.engine == "sqlite":
            self.file = file
        else:
            super().setUp()

    # ---- what if ----

    def ask(self, client, name):
        """Asks what if somebody of that name left; gives the page with the answer."""
        page = client.get("/p/harbour/whatif")
        key = re.search(rf'<option value="([^"]*)">{re.escape(name)}<', page.text).group(1)
        form = next(form for form in page.forms if "person" in form.fields)
        sent = client.post(form.action, {**form.fields, "person": key, "day": "31 March 2027"},
                           token=None)
        self.assertEqual(sent.status, 303, sent.text)
        return self.answer(client, sent.location)

    def answer(self, client, address):
        def look():
            page = client.get(address)
            self.assertEqual(page.status, 200)
            if "being worked out" in page.text:
                self.assertEqual(page.headers["Refresh"], "2")
                return None
            self.assertIsNone(page.headers["Refresh"])
            return page
        return self.until(look)

    def everybody(self, page):
        return next(form for form in page.forms if form.fields.get("what") == "everybody")

    def test_what_if_somebody_left(self):
        client = self.ready_site().sign_in("lead")
        page = self.ask(client, "project manager, Harbour")
        for words in ("31 March 2027", "What would be lost", "Findings that would appear",
                      "Handover sheet: project manager, Harbour"):
            self.assertIn(words, page.text)
        page = client.submit(page, page.forms[-1].action)
        self.assertEqual(page.location, "/p/harbour/whatif")
        self.assertEqual(self.sql("select count(*) from whatif_question")[0][0], "0")

    def test_who_are_we_most_exposed_to(self):
        client = self.ready_site().sign_in("lead")
        form = self.everybody(client.get("/p/harbour/whatif"))
        sent = [client.post(form.action, form.fields, token=None).location for _ in range(2)]
        self.assertEqual(sent[0], sent[1])  # a form that was sent twice
        page = self.answer(client, sent[0])
        first = self.asked("whatif", "--sweep")["people"][0]
        self.assertLess(page.text.index(first["name"]), page.text.index("Ask what if they left"))
        self.assertIn(first["repair"].split("“")[0], page.text)

    def test_it_can_be_stopped_while_it_runs(self):
        """By another lead, too. Nothing is answered that was stopped; what is asked later is."""
        self.bring("harbour-broken", change=crowd)
        site = self.site()
        site.join("harbour", "lead", login="second")
        client, second = site.sign_in("lead"), site.sign_in("second")
        form = self.everybody(client.get("/p/harbour/whatif"))
        address = client.post(form.action, form.fields, token=None).location
        page = self.until(lambda: "So far" in (page := client.get(address)).text and page)
        self.assertRegex(page.words, r"So far \d+ of \d+ people are looked at")
        self.assertRegex(second.get("/p/harbour/whatif").words, r"being worked out, \d+ of \d+ people")
        page = second.get(address)
        self.assertEqual(second.submit(page, f"{address}/stop").location, address)
        page = client.get(address)
        self.assertIn("A lead stopped it.", page.text)
        self.assertIsNone(page.headers["Refresh"])
        self.until(lambda: self.sql("select count(*) from job where kind = 'whatif'") == [["0"]])
        self.assertEqual(self.sql("select count(*) from whatif_question where answer is not null"),
                         [["0"]])
        self.assertIn("Handover sheet", self.ask(client, "project manager, Harbour").text)

    def test_what_was_answered_cannot_be_stopped(self):
        client = self.ready_site().sign_in("lead")
        page = self.ask(client, "project manager, Harbour")
        client.post(f"{page.address}/stop")
        self.assertIn("Handover sheet", client.get(page.address).text)

    def test_only_leads_may_ask(self):
        site = self.ready_site()
        lead, team = site.sign_in("lead"), site.sign_in("team")
        self.assertNotIn("/p/harbour/whatif", self.shown(team, "/p/harbour"))
        answered = self.ask(lead, "project manager, Harbour").address
        for address in ("/p/harbour/whatif", answered):
            self.assertEqual(team.get(address).status, 403)
        for address in ("/p/harbour/whatif", f"{answered}/remove"):
            self.assertEqual(team.post(address, {"what": "everybody", "token": "x"}).status, 403)
        self.assertEqual(self.sql("select count(*) from whatif_question")[0][0], "1")

    def test_what_is_missing_or_unreadable_is_told(self):
        client = self.ready_site().sign_in("lead")
        page = client.get("/p/harbour/whatif")
        form = next(form for form in page.forms if "person" in form.fields)
        refused = client.post(form.action, {**form.fields, "day": "soon"}, token=None)
        self.assertEqual(refused.status, 400)
        for words in ("Choose who would leave", "Write a day", 'value="soon"'):
            self.assertIn(words, refused.text)
        self.assertEqual(client.get("/p/harbour/whatif/17").status, 404)
        self.assertEqual(client.get("/p/harbour/whatif/no-number").status, 404)

    def test_a_question_that_ends_the_program_is_given_up(self):
        """As if the program had ended in the middle three times."""
        self.bring("harbour-broken")
        for number in (1, 2):
            self.sql("insert into whatif_question (programme_id, id, token, asked_at, on_day) "
                     f"select id, {number}, '{number}', '', '2026-12-31' from programme")
        self.sql("insert into job (programme_id, kind, work, attempts) "
                 "select id, 'whatif', '1', 3 from programme")
        site = self.site()
        client = site.sign_in("lead")
        page = self.answer(client, "/p/harbour/whatif/1")
        self.assertIn("It was not worked out", page.text)
        self.assertIn("What helps most", self.answer(client, "/p/harbour/whatif/2").text)


on_both(Prepared)
