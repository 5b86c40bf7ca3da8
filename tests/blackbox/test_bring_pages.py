"""A list of one's own in the browser: uploaded, asked about, saved as one revision, undone; and whose it is."""
import io
import zipfile

from serving import People, Site, made_ready
from stores import on_both, wait_until

BRING = "/p/harbour/bring"
LOG = ("Our action log;;;\r\n"
       "Action;Owner;Due;Status\r\n"
       "Buy a kettle for the hub;TBC;31.03.2027;offen\r\n"
       "Paint the door;Nobody Known;TBC;erledigt\r\n").encode("cp1252")


@on_both
class Bringing:
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
        people.join("harbour", "lead", login="other")
        people.join("harbour", "team", login="team")
        made_ready(self)

    def uploaded(self, content=LOG, name="log.csv"):
        sent = self.lead.upload(self.lead.get(BRING), BRING, name, content)
        self.assertEqual(sent.status, 303, sent.text)
        return sent.location

    def ready(self, address):
        wait_until(lambda: "The page looks again" not in self.lead.get(address).text
                   and "looks again by itself" not in self.lead.get(address).text)
        return self.lead.get(address)

    def actions(self):
        return [row[0] for row in self.sql("select content from record where kind = 'action' and until is null")]

    def revision(self):
        return int(self.sql("select revision from programme where key = 'harbour'")[0][0])

    def test_a_list_is_asked_about_saved_and_undone(self):
        before, revision = self.actions(), self.revision()
        address = self.uploaded()
        page = self.ready(address)
        self.assertIn("To be answered first", page.words)
        self.assertIn("Nobody Known", page.words)
        self.assertEqual(self.lead.post(f"{address}/save").status, 303)  # nothing of it is saved
        page = self.ready(address)
        self.assertEqual(self.revision(), revision)
        sent = self.lead.submit(page, address, **{"value:owner:Nobody Known": "person+:Nobody Known"})
        self.assertEqual(sent.status, 303)
        page = self.ready(address)
        self.assertIn("Save all of this", page.words)
        self.assertIn("Buy a kettle for the hub", page.words)
        self.assertEqual(self.actions(), before)
        self.lead.post(f"{address}/save")
        page = self.ready(address)
        self.assertIn("Saved", page.words)
        self.assertEqual(len(self.actions()), len(before) + 2)
        self.assertEqual(self.revision(), revision + 1)
        self.assertEqual(self.sql("select content from brought_file"), [[""]])
        self.assertIn(["value:owner:Nobody Known", "person+:Nobody Known"],
                      self.sql("select name, value from brought_answer"))
        self.lead.post(f"{address}/undo")
        page = self.ready(address)
        self.assertIn("Undone", page.words)
        self.assertEqual(sorted(self.actions()), sorted(before))
        self.assertEqual(self.revision(), revision + 2)

    def test_what_was_changed_since_is_not_undone(self):
        address = self.uploaded(b"Action,Status\nBuy a kettle for the hub,open\n")
        self.ready(address)
        self.lead.post(f"{address}/save")
        self.ready(address)
        key = "buy-a-kettle-for-the-hub"
        form = self.lead.get(f"/p/harbour/record/action/{key}/correct")
        self.lead.submit(form, f"/p/harbour/record/action/{key}/correct", f_title="Buy two kettles")
        self.lead.post(f"{address}/undo")
        page = self.ready(address)
        self.assertIn("This was not undone", page.words)
        self.assertIn("Buy two kettles", "".join(self.actions()))

    def test_only_whoever_uploaded_it_sees_it(self):
        address = self.uploaded()
        self.assertEqual(self.site.sign_in("other").get(address).status, 404)
        self.assertEqual(self.site.sign_in("team").get(BRING).status, 403)

    def test_files_that_are_none(self):
        page = self.ready(self.uploaded(b"PK\3\4 this is no workbook", "log.xlsx"))
        self.assertIn("This file cannot be used", page.words)
        page = self.ready(self.uploaded(b"Colour,Size\nred,4\n", "colours.csv"))
        self.assertIn("What is this?", page.words)
        sent = self.lead.upload(self.lead.get(BRING), BRING, "", b"")
        self.assertEqual(sent.status, 400)
        self.assertIn("Choose a file", sent.words)
        sent = self.lead.upload(self.lead.get(BRING), BRING, "big.csv", b"a,b\n" * (4500 * 256))
        self.assertIn(sent.status, (400, 413))

    def test_our_own_workbook_goes_and_comes_back(self):
        sent = self.lead.submit(self.lead.get(BRING), "/p/harbour/bring-workbook")
        self.assertIn("Download the workbook", self.ready(sent.location).words)
        book = self.lead.get(f"{sent.location}/workbook.xlsx")
        self.assertEqual(book.status, 200)
        changed = io.BytesIO()
        with zipfile.ZipFile(io.BytesIO(book.body)) as old, zipfile.ZipFile(changed, "w") as new:
            for part in old.namelist():
                new.writestr(part, old.read(part).replace(b"Ansel Bay Council", b"Ansel Bay City Council"))
        address = self.uploaded(book.body, "back.xlsx")
        self.assertIn("The records say all this already", self.ready(address).words)
        address = self.uploaded(changed.getvalue(), "back.xlsx")
        self.assertIn("Ansel Bay City Council", self.ready(address).words)
        self.lead.post(f"{address}/save")
        self.assertIn("Saved", self.ready(address).words)
        self.assertIn("Ansel Bay City Council", str(self.sql("select content from record where until is null")))
        self.lead.post(f"{address}/undo")
        self.assertIn("Undone", self.ready(address).words)
        self.assertNotIn("Ansel Bay City Council", str(self.sql("select content from record where until is null")))
        self.assertEqual(self.site.sign_in("other").get(f"{sent.location}/workbook.xlsx").status, 404)
