"""Finding records by words: what is found, by whom, and when it was changed, undone, erased."""
import re
import unittest
import urllib.parse

from serving import SELDOM, People, Site
from stores import on_both, wait_until


@on_both
class Search:
    def setUp(self):
        super().setUp()
        self.prepare(self.make)
        self.site = Site(self.url, self, poll_seconds=SELDOM)
        self.lead = self.site.sign_in("lead")
        self.caught_up()

    def make(self):
        self.bring("harbour")
        self.bring("harbour", "other", change=self.change_other)
        people = People(self.url)
        for role in ("lead", "team", "sponsor"):
            people.join("harbour", role)

    def change_other(self, workbook):
        headings, rows = workbook["people"]
        rows[0][headings.index("Name")] = "Harpsichordist"

    def caught_up(self):
        wait_until(lambda: self.sql("select count(*) from programme q left join fulltext_progress f "
                                    "on f.programme_id = q.id where f.revision is null or "
                                    "f.revision < q.revision") == [["0"]])

    def find(self, words, client=None, kind=None):
        """Titles and kinds of what is found."""
        page = (client or self.lead).get(f"/p/harbour/search?{self.query(words, kind)}")
        self.assertEqual(page.status, 200)
        return [link for link in page.links if "/record/" in link], page

    def query(self, words, kind):
        return urllib.parse.urlencode({"q": words, **({"kind": kind} if kind else {})})

    def add(self, name, **fields):
        address = "/p/harbour/records/person/add"
        page = self.lead.submit(self.lead.get(address), address, f_name=name, **fields)
        self.assertEqual(page.status, 303)
        self.caught_up()
        return page.location.partition("?")[0]

    def test_all_words_in_any_order_the_last_as_a_beginning(self):
        address = self.add("Élodie Größe-\u0141uk, physiotherapist")
        for words in ("elodie", "grosse", "LUK physio", "physiotherapist élodie", "\u0142uk Elo",
                      "gro\u0308\u00dfe luk"):
            links, page = self.find(words)
            self.assertEqual(links[:1], [address], words)
            self.assertIn("<mark>", page.text)
        for words in ("physio luk", "elodie nobody", "odie"):
            self.assertNotIn(address, self.find(words)[0], words)

    def test_by_title_before_others(self):
        by_note = self.add("Cook", f_note="Knows about zithers")
        by_name = self.add("Zithers, player of")
        self.assertEqual(self.find("zither")[0], [by_name, by_note])
        _, page = self.find("zither")
        self.assertRegex(page.text, r"Note: *Knows about *<mark>zithers</mark>")

    def test_what_was_changed_undone_and_taken_out(self):
        address = self.add("Bassoonist")
        page = self.lead.get(f"{address}/correct")
        self.lead.submit(page, f"{address}/correct", f_name="Trombonist")
        self.caught_up()
        self.assertEqual(self.find("bassoonist")[0], [])
        self.assertEqual(self.find("trombonist")[0], [address])
        page = self.lead.get(f"{address}/correct")
        self.lead.submit(page, f"{address}/remove", reason="Never was")
        self.caught_up()
        self.assertEqual(self.find("trombonist")[0], [])
        page = self.lead.get(f"{address}/restore")
        if page.status == 200:
            self.lead.submit(page, f"{address}/restore")

    def test_other_programmes_are_not_found(self):
        self.assertEqual(self.find("harpsichordist")[0], [])

    def test_what_was_erased_is_in_no_index(self):
        self.add("Contrabassoonist")
        self.assertNotEqual(self.find("contrabassoonist")[0], [])
        self.done("person", "erase", "harbour/contrabassoonist", "--reason", "asked")
        rows = self.sql("select * from fulltext_item" if self.engine == "postgres" else
                        "select title || words || reserved from fulltext_item")
        self.assertNotIn("contrabassoon", str(rows).lower())
        self.caught_up()
        self.assertEqual(self.find("contrabassoonist")[0], [])
        self.assertNotEqual(self.find("manager")[0], [], "nothing is found any more")
        if self.engine == "sqlite":
            self.site.stop()
            self.assertNotIn(b"contrabassoon", self.file.read_bytes().lower())

    def test_what_is_personal_is_found_by_the_lead_alone(self):
        page = self.lead.get("/p/harbour/records/learning/add")
        choices = page.form("/p/harbour/records/learning/add").choices
        first = {name: next(value for value in choices[name] if value) for name in ("f-person", "f-type")}
        saved = self.lead.submit(page, "/p/harbour/records/learning/add", f_note="Ocarina lessons", **first)
        self.assertEqual(saved.status, 303)
        self.caught_up()
        self.assertEqual(len(self.find("ocarina")[0]), 1)
        self.assertEqual(self.find("ocarina", self.site.sign_in("team"))[0], [])

    def test_who_may_not_read_records_may_not_search(self):
        self.assertEqual(self.site.sign_in("sponsor").get("/p/harbour/search?q=manager").status, 403)

    def test_of_one_kind_and_page_by_page(self):
        links, page = self.find("hospital")
        kinds = {link.split("/")[4] for link in links}
        self.assertGreater(len(kinds), 1)
        only, page = self.find("hospital", kind="post")
        self.assertEqual({link.split("/")[4] for link in only}, {"post"})
        seen, address = [], "/p/harbour/search?q=h"
        while address:
            page = self.lead.get(address)
            seen += [link for link in page.links if "/record/" in link]
            after = re.search(r'href="([^"]*)">Those after', page.text)
            address = after and after.group(1).replace("&amp;", "&")
        self.assertGreater(len(seen), 20)
        self.assertEqual(len(seen), len(set(seen)))

    def test_hostile_questions(self):
        for words in ('"', "'; drop table record; --", "a OR b", "NEAR(a b)", "title:x", "*", "%", "()", "\\",
                      "marks : p1", "& | ! :* <->", "-- x", "\u0000", "{title} : x", "^manager", "漢" * 300,
                      "word " * 200, "x" * 10000, "'a':*A | 'b'"):
            page = self.lead.get(f"/p/harbour/search?{self.query(words, None)}")
            self.assertIn(page.status, (200, 400, 413, 414), words[:30])
        _, page = self.find("word " * 200)
        self.assertIn("only its first words", page.words)
        _, page = self.find("<script>alert(1)</script>")
        self.assertNotIn("<script>alert", page.text)
        self.assertIn("No record has", page.words)
        self.assertIn("there is no word in it", self.find("...")[1].words)

    def test_what_was_just_saved_is_said_to_be_missing(self):
        self.sql("update fulltext_progress set revision = -1, target = 1")
        page = self.lead.get("/p/harbour/search?q=manager")
        self.assertTrue("is not found yet" in page.words or "found." in page.words)
        self.caught_up()

    def test_a_backup_holds_no_index_and_a_restored_store_makes_one(self):
        self.site.stop()
        kept = self.folder / "kept.db"
        self.done("backup", kept)
        self.assertNotIn(b"fulltext_item", kept.read_bytes())


if __name__ == "__main__":
    unittest.main()
