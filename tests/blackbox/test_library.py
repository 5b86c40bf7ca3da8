"""The library: every sentence says where it comes from, all the facts are there, and people find what they look for."""
import json
import pathlib
import re
import unittest

from serving import SELDOM, People, Site, made_ready
from stores import on_both, wait_until
from support import ROOT, ithaca

CONTENT = ROOT / "content"
FACTS, SOURCES = (ROOT.parent / "shared" / name for name in ("facts", "sources"))
KINDS = {"competences": 10, "mechanisms": 10, "configurations": 7, "guidance": 6, "steps": 8, "barriers": 27,
         "learning": 31, "cases": 2, "frameworks": 16, "studies": 36, "papers": 5}
MARK = re.compile(r"\[((00[0-4] [^][]+|ours(: [^][]+)?))\]$")


def pages():
    for kind in KINDS:
        for path in sorted((CONTENT / kind).glob("*.md")):
            yield kind, path


def ident(path):
    return re.sub(r"^\d\d-", "", path.stem)


def statements(path):
    """What the page says: [(text, whether its section's title has a mark)]."""
    said, marked, at = [], None, ""
    for line in path.read_text().split("\n") + [""]:
        if line.startswith("## ") or not line.strip() or line.startswith("- ") or line.startswith("```"):
            if at and marked is not None:
                said.append((at, marked))
            at = ""
        if line.startswith("## "):
            marked = bool(MARK.search(line))
        elif line.startswith("```"):
            break
        elif line.strip():
            at = f"{at} {line.strip()}".strip()
    return said


def words_of(text):
    return re.findall(r"[a-z0-9']+", text.lower().replace("’", "'"))


def fact(name):
    return json.loads((FACTS / f"{name}.json").read_text())


class Content(unittest.TestCase):
    def test_every_statement_says_where_it_comes_from(self):
        n = 0
        for kind, path in pages():
            for text, is_marked in statements(path):
                self.assertTrue(is_marked or MARK.search(text), f"{path}: {text}")
                n += 1
        self.assertGreater(n, 1000)

    def test_a_page_without_a_mark_is_refused(self):
        folder = pathlib.Path(self.enterContext(__import__("tempfile").TemporaryDirectory())) / "steps"
        folder.mkdir()
        whole = (CONTENT / "steps/s1.md").read_text()
        for change, said in (((" [ours]", ""), "Nothing says where this comes from"),
                             (("## Why [004", "## Why [009"), "A mark names a paper"),
                             (("source:", "sauce:"), "No step has a header line"),
                             (("## Why", "## Reason"), "The section \"Why\" is missing")):
            (folder / "s1.md").write_text(whole.replace(*change))
            result = ithaca("content", "check", folder.parent)
            self.assertEqual(result.returncode, 2, change)
            self.assertIn(said, " ".join(result.stderr.split()))
        (folder / "s1.md").write_text(whole.replace("Settle who decides", "Find out who decides"))
        self.assertEqual(ithaca("content", "check", folder.parent).returncode, 0)
        shown = ithaca("content", "show", "steps/s1", "--content", folder.parent).stdout
        self.assertIn("Find out who decides", shown)

    def test_counts_agree(self):
        for kind, n in KINDS.items():
            self.assertEqual(len([path for of, path in pages() if of == kind]), n, kind)

    @unittest.skipUnless(FACTS.is_dir(), "the facts are not here")
    def test_all_the_facts_are_there(self):
        there = {(kind, ident(path)) for kind, path in pages()}
        wanted = [("competences", each["id"]) for each in fact("competences")["competences"]]
        wanted += [("frameworks", each["id"]) for each in fact("competences")["frameworks"]]
        wanted += [("mechanisms", each["id"]) for each in fact("mechanisms")["mechanisms"]]
        wanted += [("configurations", each["id"]) for each in fact("cmo")["configurations"]]
        wanted += [("studies", each["id"]) for each in fact("papers")["papers"]]
        wanted += [("barriers", each["id"]) for each in fact("alignment")["barriers"]]
        wanted += [("steps", each["id"]) for each in fact("alignment")["practical_steps"]]
        wanted += [("learning", each["id"]) for each in fact("development")["items"]]
        self.assertEqual(set(wanted) - there, set())
        self.assertEqual(len(wanted), 10 + 16 + 10 + 7 + 36 + 27 + 8 + 31)

    @unittest.skipUnless(SOURCES.is_dir(), "the papers are not here")
    def test_no_nine_words_are_the_papers_own(self):
        runs = {}
        for path in SOURCES.glob("*.txt"):
            words = words_of(path.read_text(errors="replace"))
            for i in range(len(words) - 8):
                runs[tuple(words[i:i + 9])] = path.name
        self.assertGreater(len(runs), 10000)
        for _, path in pages():
            words = words_of(" . ".join(re.sub(r"\[[^\]]*\]", " ", text) for text, _ in statements(path)))
            for i in range(len(words) - 8):
                self.assertNotIn(tuple(words[i:i + 9]), runs, path)


def queries(name="queries"):
    for line in (ROOT / f"tests/library/{name}.txt").read_text().split("\n"):
        if line and not line.startswith("#"):
            asked, _, wanted = line.partition(" = ")
            yield asked, set(wanted.split(", "))


class Search(unittest.TestCase):
    def test_what_people_look_for_is_among_the_first_three(self):
        for name in ("queries", "later"):
            with self.subTest(name):
                self.found_of(name)

    def test_a_word_alike_stands_once(self):
        words = [word.strip() for line in (ROOT / "content/alike/everyday.words").read_text().split("\n")
                 if not line.startswith("#") for word in line.split(",") if word.strip()]
        self.assertEqual(len(words), len(set(words)), sorted({word for word in words if words.count(word) > 1}))

    def found_of(self, name):
        asked, missed = 0, []
        for words, wanted in queries(name):
            self.assertLessEqual(wanted, {f"{kind}/{ident(path)}" for kind, path in pages()}, words)
            found = re.findall(r"(?m)^([a-z]+/[\w-]+):", ithaca("content", "search", *words.split()).stdout)
            asked += 1
            if not wanted & set(found[:3]):
                missed.append((words, found[:4]))
        self.assertEqual(asked, 30)
        self.assertLessEqual(len(missed), 3, missed)


@on_both
class Pages:
    def setUp(self):
        super().setUp()
        self.prepare(self.make)
        self.site = Site(self.url, self, web_workers=1, poll_seconds=SELDOM)
        self.lead = self.site.sign_in("lead")

    def make(self):
        self.bring("harbour-broken")
        self.done("diagnose")
        People(self.url).join("harbour", "lead", record="network-manager")
        made_ready(self)

    def test_both_databases_find_what_the_command_finds(self):
        home = "/p/harbour/library"
        wait_until(lambda: "being made ready" not in self.lead.get(f"{home}?q=power").words)
        for words, _ in queries():
            page = self.lead.get(f"{home}?q={words.replace(' ', '+')}")
            found = [link.removeprefix(f"{home}/") for link in page.links if re.match(rf"{home}/\w+/[\w-]+$", link)]
            told = re.findall(r"(?m)^([a-z]+/[\w-]+):", ithaca("content", "search", *words.split()).stdout)
            self.assertEqual(found[:10], told, words)
        page = self.lead.get(f"{home}?q=power&in=configurations")
        self.assertTrue(all("/configurations" in link for link in page.links
                            if re.match(rf"{home}/\w+/[\w-]+$", link)))
        self.assertIn("No page has any of these words", self.lead.get(f"{home}?q=xyzzy").words)

    def test_every_page_can_be_read_and_every_link_leads_somewhere(self):
        seen, wanted = set(), ["/p/harbour/library"]
        while wanted:
            address = wanted.pop()
            page = self.lead.get(address)
            self.assertEqual(page.status, 200, address)
            seen.add(address)
            wanted += [link for link in set(page.links) if link.startswith("/p/harbour/library")
                       and link.split("?")[0] not in {at.split("?")[0] for at in seen} and link not in wanted]
        read = {address for address in seen if address.count("/") == 5}
        self.assertEqual(len(read), sum(KINDS.values()))

    def test_from_a_finding_to_what_is_known_and_back(self):
        finding = next(link for link in self.lead.get("/p/harbour/diagnosis").links if "/finding/" in link)
        page = self.lead.get(finding)
        known = [link for link in page.links if "/library/" in link]
        self.assertTrue(known)
        for link in known:
            self.assertIn(finding, self.lead.get(link).links, link)

    def test_what_is_looked_at_as_a_whole(self):
        page = self.lead.get("/p/harbour/framework")
        self.assertEqual(len([link for link in page.links if "/library/competences/" in link]), 10)
        self.assertIn("no tested measure", page.words)
        page = self.lead.get("/p/harbour/matrix")
        self.assertEqual(len({link for link in page.links if "/library/studies/" in link}), 36)
        cited = sum(len(names.split(",")) for names in
                    (re.search(r"(?m)^mechanisms: ([^\n]*(\n {4}[^\n]*)*)", path.read_text()).group(1)
                     for kind, path in pages() if kind == "studies" and "\nmechanisms:" in path.read_text()))
        self.assertEqual(page.text.count(">cited<"), cited)
        self.assertEqual(page.text.count(">unknown<"), 360 - cited)

    def test_lists_are_narrowed_down(self):
        page = self.lead.get("/p/harbour/library/configurations?country=Sweden&level=system")
        read = {link for link in page.links if re.match(r"/p/harbour/library/configurations/cmo-\d$", link)}
        self.assertEqual({link[-1] for link in read}, {"2", "7"})
        self.assertEqual(self.lead.get("/p/harbour/library/nothing").status, 404)
        self.assertEqual(self.lead.get("/p/harbour/library/steps/nothing").status, 404)
