"""What was learned goes to another site as a signed file without names, and is taken there; the signature is checked by
OpenSSL, the form by python3-jsonschema."""
import json
import pathlib
import subprocess
import sys

from serving import SELDOM, Client, People, Site
from stores import on_both
from test_learned import Learning, WHOLE

sys.path.append("/usr/lib/python3/dist-packages")  # Debian's, where another Python runs the tests
import jsonschema  # noqa: E402

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
SCHEMA = json.loads((ROOT / "docs/learned.schema.json").read_text())
PAGE = "/p/harbour/exchange"
NAMED = {**WHOLE, "f_offered": "The network manager and Talvia Quorlin from Good Neighbours visited; call 01865 123456.",
         "f_country": "England"}
SPKI = bytes.fromhex("302a300506032b6570032100")  # before a raw Ed25519 key (RFC 8410)


@on_both
class Exchange(Learning):
    def agreed(self, **fields):
        path = self.write(self.lead, **{**NAMED, **fields})
        self.say(self.member, path, "agreed")
        return path.rpartition("/")[2]

    def preview(self, *numbers):
        return self.lead.get(f"{PAGE}/give?" + "&".join(f"item%5B%5D={number}" for number in numbers))

    def given(self, *numbers, **fields):
        """The file, as bytes."""
        answer = self.lead.submit(self.preview(*numbers), f"{PAGE}/give", **fields)
        self.assertEqual(answer.status, 200, answer.text)
        self.assertIn("attachment", answer.headers["Content-Disposition"])
        self.assertIn(".ithaca.json", answer.headers["Content-Disposition"])
        return answer.body

    def look(self, client, content):
        return client.upload(client.get(PAGE), PAGE, "x.ithaca.json", content)

    def person(self):
        self.site.command("person", "add", "Talvia Quorlin", "--email", "t@example.org")
        self.site.command("person", "member", "add", "harbour", "t@example.org", "team")

    def test_names_are_replaced_and_shown_before_it_goes(self):
        self.person()
        number = self.agreed()
        page = self.preview(number)
        self.assertIn("“Talvia Quorlin” (a person) became “a colleague”", page.words)
        self.assertIn("“01865 123456” (a telephone number)", page.words)
        self.assertRegex(page.words, "“Good Neighbours” .an organisation, a team or a place. became")
        self.assertIn("The network manager and a colleague from", page.text)
        text = self.given(number).decode()
        for name in ("Quorlin", "Good Neighbours", "01865", "Lead", "Team", "harbour", "Harbour"):
            self.assertNotIn(name, text)
        self.assertIn("Talvia Quorlin", self.lead.get(f"/p/harbour/learned/{number}").words, "it was changed here")
        self.assertIn("Given to other sites by Lead", self.lead.get(f"/p/harbour/learned/{number}").words)
        self.assertIn("Team agrees", self.lead.get(f"/p/harbour/learned/{number}").words)

    def test_what_somebody_is_by_training_stays(self):
        add = "/p/harbour/records/person/add"
        saved = self.lead.submit(self.lead.get(add), add, f_key="counts", f_name="Ilvar Brennig", f_profession="analyst")
        self.assertEqual(saved.status, 303, saved.text)
        page = self.preview(self.agreed(f_offered="Ilvar Brennig counted the visits."))
        self.assertIn("“Ilvar Brennig” (a person) became “an analyst”", page.words)

    def test_a_name_that_is_typed_anew_is_asked_about(self):
        self.person()
        number = self.agreed()
        page = self.lead.submit(self.preview(number), f"{PAGE}/give", **{f"i{number}_good": "T. Quorlin came"})
        self.assertEqual(page.status, 400)
        self.assertIn("“T. Quorlin” (a person) is still there", page.words)
        answer = self.lead.submit(page, f"{PAGE}/give", sure="yes")
        self.assertIn("T. Quorlin came", answer.body.decode())

    def test_it_is_signed_as_the_schema_says(self):
        number = self.agreed()
        parcel = json.loads(self.given(number, **{"from": "A programme by the sea é\u4e2d"}))
        jsonschema.validate(parcel, SCHEMA)
        self.assertEqual(parcel["from"], "A programme by the sea é\u4e2d")
        self.assertEqual(parcel["items"][0]["fields"]["country"], "England")
        signature = bytes.fromhex(parcel.pop("signature"))
        plain = json.dumps(parcel, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()
        for name, content in (("key.der", SPKI + bytes.fromhex(parcel["key"])), ("plain", plain), ("signature", signature)):
            (self.folder / name).write_bytes(content)
        verify = ["openssl", "pkeyutl", "-verify", "-pubin", "-keyform", "DER", "-inkey", self.folder / "key.der", "-rawin",
                  "-in", self.folder / "plain", "-sigfile", self.folder / "signature"]
        self.assertEqual(subprocess.run(verify, capture_output=True).returncode, 0)
        (self.folder / "plain").write_bytes(plain.replace(b"England", b"Engline"))
        self.assertNotEqual(subprocess.run(verify, capture_output=True).returncode, 0)

    def test_taken_at_another_site(self):
        number = self.agreed(f_title="Visits helped")
        content = self.given(number)
        newer = None
        self.write(self.lead, f"/p/harbour/learned/{number}/change", f_good="Nine came back")
        self.say(self.member, f"/p/harbour/learned/{number}", "agreed")
        newer = self.given(number)
        other = self.other_site()
        page = self.look(other, content)
        self.assertEqual(page.status, 200, page.text)
        self.assertIn("It was not changed since it was signed", page.words)
        self.assertIn("Nothing with this key was taken here before", page.words)
        self.assertEqual(self.at_other("select count(*) from learned_version"), [["0"]], "looking kept it")
        answer = self.keep(other, page)
        self.assertIn("It is kept here", answer.words)
        one = other.get("/p/harbour/learned/1")
        self.assertIn("From elsewhere: A programme that is not named (key", one.words)
        self.assertIn("nobody here has seen it happen", one.words)
        for nothing in ("Change it", "I agree"):
            self.assertNotIn(nothing, one.words)
        again = self.look(other, content)
        self.assertIn("All of it is here already", again.words)
        self.assertIn("You have taken something with this key before", again.words)
        page = self.look(other, newer)
        self.assertIn("A newer version", page.words)
        self.keep(other, page)
        self.assertEqual(self.at_other("select learned, number, state, what from learned_version order by number"),
                         [["1", "1", "agreed", "brought"], ["1", "2", "agreed", "brought"]])
        self.assertIn("Nine came back", other.get("/p/harbour/learned/1").words)
        self.assertNotIn("Visits helped", other.get(PAGE).words, "what came from elsewhere is given on")

    def other_site(self):
        """A fresh site, in SQLite: whatever this one has."""
        url = f"sqlite:{self.folder}/other.db"
        from support import SAMPLES, ithaca
        self.assertEqual(ithaca("import", SAMPLES / "harbour", "--db", url).returncode, 0)
        People(url).join("harbour", "lead")
        self.other_url, self.other = url, Site(url, self, web_workers=1, poll_seconds=SELDOM)
        return self.other.sign_in("lead")

    def at_other(self, statement):
        import sqlite3
        connection = sqlite3.connect(self.other_url.removeprefix("sqlite:"))
        rows = [[str(cell) for cell in row] for row in connection.execute(statement)]
        connection.close()
        return rows

    def keep(self, client, page):
        action = f"{PAGE}/keep"
        form = page.form(action)
        mark = "----another-line"
        body = "".join(f'--{mark}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
                       for name, value in form.fields.items()) + f"--{mark}--\r\n"
        answer = client.request("POST", action, body.encode(),
                                {"Content-Type": f"multipart/form-data; boundary={mark}"})
        return client.get(answer.location) if answer.status == 303 else answer

    def test_what_was_changed_or_is_something_else_is_refused_whole(self):
        content = self.given(self.agreed())
        parcel = json.loads(content)
        more = json.dumps({**parcel, "items": parcel["items"] * 30}).encode()
        for wrong, words in ((content.replace(b"England", b"Engline"), "changed after it was signed"),
                             (content.replace(b"ithaca-learned-1", b"ithaca-learned-9"), "a later version made it"),
                             (b"", "empty"), (b"{}", "no file that Ithaca made"), (b"[" * 100000, "no file that Ithaca made"),
                             (b"\xff\x00", "no file that Ithaca made"), (more, "changed after it was signed"),
                             (json.dumps({**parcel, "key": "00"}).encode(), "changed after it was signed"),
                             (b" " * 1100000, "larger than 1 MB"),
                             (content.replace(b'"key"', b'"from": "x", "key"', 1), "no file that Ithaca made")):
            page = self.look(self.member, wrong)
            self.assertEqual(page.status, 400, wrong[:50])
            self.assertIn(words, page.words)
        page = self.look(self.member, b" " * 2200000)
        self.assertEqual(page.status, 413)
        form = self.member.get(PAGE)
        for sent in ("", "x", content.decode().replace("England", "Engline")):
            self.assertEqual(self.member.post(f"{PAGE}/keep", {"form-token": form.form(PAGE).fields["form-token"],
                                                               "parcel": sent}).status, 400)
        self.assertEqual(self.sql("select count(*) from learned_version where what = 'brought'"), [["0"]])

    def test_only_what_was_agreed_here_is_given(self):
        draft = self.write(self.lead).rpartition("/")[2]
        for page in (self.preview(draft), self.preview(99, "x"), self.lead.get(f"{PAGE}/give")):
            self.assertIn("Choose at least one", page.words)
        self.assertIn("Nothing is agreed to yet that could be given", self.lead.get(PAGE).words)
        sponsor = self.site.sign_in("sponsor")
        self.assertEqual(sponsor.get(PAGE).status, 403)
        self.assertEqual(Client(self.site.port).get(PAGE).status, 303)
