"""Documents in the browser: uploaded, kept, handed out as they came, removed for good; what rests on them."""
import hashlib
import io
import os
import re
import zipfile

from serving import People, Site, made_ready
from stores import on_both
from support import ithaca

ALL = "/p/harbour/documents"
VISION = "/p/harbour/document/vision"
MB = 1024 * 1024


def pdf(length):
    """So many bytes, all of them possible, no piece like another."""
    return b"%PDF-1.7\n" + os.urandom(length - 9)


def office(part, *more):
    """What Word and the like make, as far as anybody looks."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in ("[Content_Types].xml", part, *more):
            archive.writestr(name, "<x/>")
    return out.getvalue()


def open_document(kind):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("mimetype", f"application/vnd.oasis.opendocument.{kind}")
        archive.writestr("content.xml", "<x/>")
    return out.getvalue()


@on_both
class Documents:
    def setUp(self):
        super().setUp()
        self.prepare(self.make)
        self.site = Site(self.url, self, web_workers=1)
        self.lead = self.site.sign_in("lead")

    def make(self):
        self.bring("harbour")
        self.bring("harbour", "other")
        self.done("diagnose")
        people = People(self.url)
        for role in ("lead", "team", "sponsor", "mentor", "evaluator"):
            people.join("harbour", role)
        people.join("other", "lead", login="stranger")
        made_ready(self)

    def upload(self, content, name="minutes.pdf", where=VISION, client=None):
        client = client or self.lead
        return client.upload(client.get(where), where, name, content)

    def kept(self, content, name="minutes.pdf", where=VISION):
        """Uploads it; gives the address of the file."""
        sent = self.upload(content, name, where)
        self.assertEqual((sent.status, sent.location), (303, f"{where}?kept=1"), sent.text)
        return self.files(where)[0]

    def files(self, where=VISION):
        found = [link for link in self.lead.get(where).links if re.fullmatch(rf"{where}/file/\d+", link)]
        return list(dict.fromkeys(found))

    def stored(self):
        return [int(self.sql(f"select count(*) from {table}")[0][0]) for table in ("document_file", "document_piece")]

    def refused(self, words, content, name="minutes.pdf"):
        page = self.upload(content, name)
        self.assertEqual(page.status, 400, name)
        self.assertIn(words, page.words)
        self.assertEqual(self.stored(), [0, 0])

    # ---- kept and handed out ----

    def test_what_comes_out_is_what_went_in(self):
        for length in (10, 96 * 1024, 96 * 1024 + 1, 3 * MB + 7):
            content = pdf(length)
            page = self.lead.get(self.kept(content))
            self.assertEqual((page.status, page.body), (200, content))
            self.assertEqual(page.headers["ETag"], f'"{hashlib.sha256(content).hexdigest()}"')
        page = self.lead.get(VISION)
        self.assertIn(hashlib.sha256(content).hexdigest(), page.words)
        self.assertIn("3.0 MB", page.words)
        self.assertEqual(len(self.files()), 4)  # the old ones stay

    def test_the_largest_is_kept_whole(self):
        content = pdf(20 * MB)
        self.assertEqual(self.lead.get(self.kept(content)).body, content)

    def test_it_is_saved_and_never_shown(self):
        address = self.kept(b"Name;Sum\n<script>alert(1)</script>;4\n", "sums.csv")
        page = self.lead.get(address, headers={"Accept-Encoding": "gzip"})
        self.assertEqual(page.headers["Content-Disposition"], 'attachment; filename="sums.csv"')
        self.assertEqual(page.headers["Content-Type"], "text/csv")
        self.assertEqual(page.headers["X-Content-Type-Options"], "nosniff")
        self.assertTrue(page.headers["Content-Security-Policy"].startswith("sandbox; default-src 'none'"))
        self.assertNotIn("Content-Encoding", page.headers)
        again = self.lead.get(address, headers={"If-None-Match": page.headers["ETag"]})
        self.assertEqual((again.status, again.raw), (304, b""))
        head = self.lead.request("HEAD", address)
        self.assertEqual((head.status, head.raw, head.headers["Content-Length"]),
                         (200, b"", page.headers["Content-Length"]))

    def test_the_same_again_is_not_kept_twice(self):
        self.kept(pdf(100))
        content = pdf(100)
        self.kept(content)
        self.assertEqual(self.upload(content).location, f"{VISION}?same=1")
        self.assertEqual(self.stored(), [2, 2])

    def test_a_form_sent_twice_keeps_it_once(self):
        page = self.lead.get(VISION)
        for _ in range(2):
            self.assertEqual(self.lead.upload(page, VISION, "a.txt", b"x").status, 303)
        self.assertEqual(self.stored(), [1, 1])

    # ---- what is taken ----

    def test_each_kind_is_known_by_what_is_in_it(self):
        kinds = {"a.pdf": (pdf(50), "PDF"), "a.docx": (office("word/document.xml"), "Word"),
                 "a.xlsx": (office("xl/workbook.xml"), "Excel"), "A.PPTX": (office("ppt/presentation.xml"), "PowerPoint"),
                 "a.odt": (open_document("text"), "OpenDocument text"),
                 "a.ods": (open_document("spreadsheet"), "OpenDocument table"),
                 "a.odp": (open_document("presentation"), "OpenDocument slides"),
                 "a.png": (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "PNG picture"), "a.jpg": (b"\xff\xd8\xff\xe0\0\x10JFIF", "JPEG picture"),
                 "a.txt": ("Grüße".encode(), "text"), "a.md": (b"# Minutes", "Markdown"),
                 "a.csv": ("Straße;1\n".encode("cp1252"), "CSV")}
        for name, (content, words) in kinds.items():
            address = self.kept(content, name)
            self.assertEqual(self.lead.get(address).body, content, name)
            self.assertIn(f"{words}, ", self.lead.get(VISION).words, name)

    def test_what_is_not_what_it_says_is_refused(self):
        for name, content in {"a.pdf": b"MZ\x90\0 a program", "a.docx": office("xl/workbook.xml"),
                              "a.odt": open_document("presentation"), "a.png": b"<svg xmlns='x'/>",
                              "a.txt": b"MZ\x90\0\3", "a.jpg": b"GIF89a", "a.xlsx": b"PK\3\4"}.items():
            self.refused("not what is in it", content, name)
        self.refused("There are macros in this file", office("word/document.xml", "word/vbaProject.bin"), "a.docx")
        for name in ("a.html", "a.svg", "a.exe", "a.docm", "a.pdf.js", "pdf", ".pdf", "a.doc"):
            self.refused("This kind of file is not taken", b"%PDF-1.7 <script>", name)
        self.refused("This file is empty", b"")
        self.refused("Choose a file", b"", "")

    def test_hostile_names(self):
        names = {"../../etc/passwd.txt": "passwd.txt", "C:\\Users\\me\\plan.txt": "plan.txt",
                 "plan; drop.txt": "plan; drop.txt", "<b>&amp;.txt": "<b>&amp;.txt", "%0D%0AX-Evil: 1.txt": None,
                 "Protokoll für Frühjahr.txt": None, "שלום.txt": None}
        for number, (name, shown) in enumerate(names.items()):
            content = f"number {number}".encode()
            page = self.lead.get(self.kept(content, name))
            said = page.headers["Content-Disposition"]
            self.assertEqual(page.body, content)
            self.assertNotIn("X-Evil", {key for key in page.headers})
            self.assertRegex(said, r"""^attachment; filename="[ -~]*"(; filename\*=UTF-8''[A-Za-z0-9%._~-]+)?$""")
            self.assertNotRegex(said, r"[/\\]")
            if shown:
                self.assertIn(f'filename="{shown}"', said)
        self.assertIn("<b>&amp;.txt", self.lead.get(VISION).words)
        self.assertNotIn("<b>&amp;.txt", self.lead.get(VISION).text)

    def test_names_that_mislead_are_refused(self):
        for name in ("plan\u202efdp.txt", "a\u200bb.txt", "a\u2066b.txt", "a\x1bb.txt"):
            self.refused("invisible characters", b"x", name)
        self.refused("too long", b"x", "a" * 200 + ".txt")

    def test_too_large(self):
        self.refused("larger than 20 MB", pdf(20 * MB + 1))
        page = self.upload(pdf(22 * MB))
        self.assertEqual(page.status, 413)
        self.assertIn("larger than 20 MB", page.text)
        self.assertEqual(self.stored(), [0, 0])

    def test_a_programme_has_only_so_much_room(self):
        self.sql("insert into document_file select id, 1, 'plan', 'x', 'x', '', 'x', 'text/plain', 524287900, 'x'"
                 " from programme where key = 'harbour'")
        page = self.upload(b"x" * 101, "a.txt")
        self.assertEqual(page.status, 400)
        self.assertIn("at most 500 MB", page.words)
        self.assertEqual(self.stored(), [1, 0])
        self.kept(b"x" * 100, "a.txt")

    def test_half_an_upload_keeps_nothing(self):
        page = self.lead.get(VISION)
        token = page.form(VISION).fields
        mark = "----half"
        head = "".join(f'--{mark}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
                       for name, value in token.items())
        body = (head + f'--{mark}\r\nContent-Disposition: form-data; name="file"; filename="a.txt"\r\n\r\nhalf').encode()
        kind = {"Content-Type": f"multipart/form-data; boundary={mark}"}
        self.assertEqual(self.lead.request("POST", VISION, body, kind).status, 400)
        connection = self.lead._connection()  # and one that hangs up
        connection.putrequest("POST", VISION)
        for name, value in {**kind, "Cookie": "; ".join(f"{n}={v}" for n, v in self.lead.cookies.items()),
                            "Content-Length": str(len(body) + MB)}.items():
            connection.putheader(name, value)
        connection.endheaders(body)
        connection.close()
        twice = head + "".join(f'--{mark}\r\nContent-Disposition: form-data; name="file"; filename="{n}.txt"\r\n\r\nx\r\n'
                               for n in "abcdefgh") + f"--{mark}--\r\n"
        self.assertEqual(self.lead.request("POST", VISION, twice.encode(), kind).status, 400)
        self.assertEqual(self.lead.get(VISION).status, 200)
        self.assertEqual(self.stored(), [0, 0])

    # ---- whose it is ----

    def test_who_may(self):
        address = self.kept(b"x", "a.txt")
        for role, status in {"team": 200, "evaluator": 200, "sponsor": 403, "mentor": 403}.items():
            client = self.site.sign_in(role)
            self.assertEqual(client.get(address).status, status, role)
            self.assertEqual(client.get(VISION).status, status, role)
            if status == 200:
                self.assertNotIn("Upload", client.get(VISION).words)
            for path in (VISION, f"{address}/remove", f"{ALL}/add"):
                self.assertEqual(client.post(path).status, 403, role)
        self.assertEqual(self.site.client().get(address).status, 303)
        self.assertEqual(self.stored(), [1, 1])

    def test_another_programme_does_not_have_it(self):
        number = self.kept(b"x", "a.txt").rpartition("/")[2]
        stranger = self.site.sign_in("stranger")
        for address in (f"{VISION}/file/{number}", f"/p/other/document/vision/file/{number}",
                        f"/p/other/document/vision/file/{number}/remove"):
            self.assertEqual(stranger.get(address).status, 404, address)
        self.assertEqual(stranger.post(f"/p/other/document/vision/file/{number}/remove").status, 404)
        self.assertEqual(self.lead.get(f"/p/harbour/document/plan/file/{number}").status, 404)
        self.assertEqual(self.stored(), [1, 1])

    # ---- taken out, removed for good ----

    def test_it_goes_with_its_record_and_comes_back(self):
        sent = self.add("A letter", "a.txt", b"what was agreed")
        where = sent.location.partition("?")[0]
        (address,) = self.files(where)
        key = where.rpartition("/")[2]
        record = f"/p/harbour/record/document/{key}"
        form = self.lead.get(f"{record}/correct")
        self.assertEqual(self.lead.submit(form, f"{record}/remove", reason="no longer needed").status, 303)
        for gone in (where, address):
            self.assertEqual(self.lead.get(gone).status, 404)
        self.assertIn("documents that were taken out", self.lead.get(ALL).words)
        back = self.lead.get(f"{record}/history")
        restore = next(link for link in back.links if "/restore" in link)
        page = self.lead.get(restore)
        self.assertEqual(self.lead.submit(page, f"{record}/restore").status, 303)
        self.assertEqual(self.lead.get(address).body, b"what was agreed")

    def add(self, title, name, content, **fields):
        form = self.lead.get(f"{ALL}/add").form(f"{ALL}/add")
        form.fields.update(title=title, **fields)

        class Filled:
            def form(self, _):
                return form
        return self.lead.upload(Filled(), f"{ALL}/add", name, content)

    def test_removed_for_good(self):
        old, new = self.kept(b"Eastwing old", "old.txt"), self.kept(b"new", "new.txt")
        page = self.lead.get(f"{old}/remove")
        self.assertIn("It cannot be brought back", page.words)
        self.assertEqual(self.lead.submit(page, f"{old}/remove").location, f"{VISION}?removed=1")
        self.assertEqual(self.lead.get(old).status, 404)
        self.assertEqual(self.lead.get(new).body, b"new")
        self.assertEqual(self.stored(), [1, 1])
        self.assertEqual(self.lead.submit(page, f"{old}/remove").status, 404)

    # ---- written down ----

    def test_a_document_and_its_file_in_one_go(self):
        revision = self.sql("select revision from programme where key = 'harbour'")
        sent = self.add("Minutes of the board", "minutes.txt", b"All agreed.", dated="3 May 2026", type="minutes",
                        link="https://example.org/minutes")
        self.assertEqual(sent.status, 303, sent.text)
        page = self.lead.get(sent.location)
        self.assertIn("Minutes, 3 May 2026", page.words)
        self.assertIn("Open it at example.org", page.words)
        self.assertIn('rel="noopener noreferrer"', page.text)
        self.assertEqual(self.sql("select revision from programme where key = 'harbour'"),
                         [[str(int(revision[0][0]) + 1)]])
        self.assertIn("Minutes of the board", self.lead.get(ALL).words)

    def test_what_is_wrong_comes_back_and_nothing_is_kept(self):
        revision = self.sql("select revision from programme where key = 'harbour'")
        for fields, name, content, words in (
                ({"title": ""}, "a.txt", b"x", "Say what it is called"),
                ({"title": "A", "link": "javascript:alert(1)"}, "a.txt", b"x", "Give the whole address"),
                ({"title": "A", "dated": "the day before"}, "a.txt", b"x", "the day before"),
                ({"title": "A"}, "a.exe", b"x", "This kind of file is not taken")):
            page = self.add(name=name, content=content, **fields)
            self.assertEqual(page.status, 400)
            self.assertIn(words, page.words + page.text)
        self.assertEqual(self.stored(), [0, 0])
        self.assertEqual(self.sql("select revision from programme where key = 'harbour'"), revision)

    def test_what_rests_on_it(self):
        page = self.lead.get(VISION)
        self.assertIn("What rests on it", page.words)
        resting = [link for link in page.links if "/record/" in link and "/document/" not in link]
        self.assertTrue(resting)
        record = self.lead.get(resting[0])
        self.assertIn(VISION, record.links)
        self.assertRegex(record.words, r"Written in: Steady together, 24 June 2025")
        form = self.lead.get(f"{resting[0]}/correct")
        self.assertEqual(self.lead.submit(form, f"{resting[0]}/correct", f_page="4").status, 303)
        self.assertRegex(self.lead.get(resting[0]).words, r"Written in: Steady together, 24 June 2025, page 4")
        self.assertIn("(where: 4)", self.lead.get(VISION).words)

    def test_a_backup_has_it(self):
        content = pdf(200 * 1024)
        address = self.kept(content)
        self.site.stop()
        self.done("backup", self.folder / "kept.db")
        url = f"sqlite:{self.folder / 'again.db'}"
        result = ithaca("restore", self.folder / "kept.db", "--db", url)
        self.assertEqual(result.returncode, 0, result.stderr)
        site = Site(url, self, web_workers=1)
        self.assertEqual(site.sign_in("lead").get(address).body, content)
