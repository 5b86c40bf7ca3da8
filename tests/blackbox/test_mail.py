"""Mail against a real server (mail_server.py): what is sent, and that none is lost and none goes twice,
whatever the server does; read by Python's email package."""
import datetime
import email
import email.policy
import os
import re
import signal
import subprocess
import time
import unittest
import urllib.parse

from serving import Client, People, Site, made_ready, port_free
from stores import on_both, wait_until
from support import Case, ithaca
from test_tls import certificate

HERE = os.path.dirname(os.path.abspath(__file__))
TODAY = datetime.date.today()


class Mail:
    """A mail as a mailbox has it."""

    def __init__(self, path):
        self.raw = path.read_bytes()
        self.read = email.message_from_bytes(self.raw, policy=email.policy.default)
        self.to, self.subject = self.read["To"], self.read["Subject"].strip()
        self.words = self.read.get_body(("plain",)).get_content().replace("\r\n", "\n")

    def link(self, part):
        """The path of the address in it that has this in it."""
        found = re.search(rf"http://\S*{part}\S*", self.words)
        return urllib.parse.urlsplit(found.group()).path


class Server:
    """A mail server, ended after the test."""

    def __init__(self, case, *tls):
        self.case, self.tls, self.port, self.process = case, tls, port_free(), None
        self.folder = case.folder / "mailbox"
        self.folder.mkdir()
        self.be("good")
        case.addCleanup(self.stop)

    def be(self, mode):
        (self.folder / "mode").write_text(mode)

    def start(self):
        self.process = subprocess.Popen(
            ["/usr/bin/python3", f"{HERE}/mail_server.py", self.folder, str(self.port),
             *map(str, self.tls)], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        self.case.assertEqual(self.process.stdout.readline(), "ready\n")
        return self

    def stop(self):
        if self.process:
            self.process.kill()
            self.process.wait()
            self.process.stdout.close()
        self.process = None

    @property
    def mails(self):
        return [Mail(path) for path in sorted(self.folder.glob("*.eml"), key=lambda at: int(at.stem))]

    def wait(self, n):
        wait_until(lambda: len(list(self.folder.glob("*.eml"))) >= n)
        return self.mails


class Mailing:
    def setUp(self):
        super().setUp()
        self.prepare(self.make)
        self.server = Server(self)

    def make(self):
        self.bring("harbour")
        People(self.url).join("harbour", "lead")
        made_ready(self)

    def begin(self, **settings):
        settings = {"mail_server": f"smtp://127.0.0.1:{self.server.port}",
                    "mail_from": "ithaca@example.org", "mail_again_seconds": 1, "mail_hour": 0, **settings}
        self.site = Site(self.url, self, **{name: value for name, value in settings.items() if value})
        return self.site

    def ask_link(self, who):
        client = Client(self.site.port)
        return client.submit(client.get("/sign-in/forgotten"), "/sign-in/forgotten", who=who)

    def waiting(self):
        return int(self.sql("select count(*) from mail where sent_at is null and given_up_at is null")[0][0])

    def all_sent(self):
        try:
            wait_until(lambda: self.waiting() == 0, 30)
        except AssertionError:
            self.fail(f"not all are sent:\n{self.site.errors()}")


@on_both
class WhatIsSent(Mailing):
    def test_an_invitation_goes_to_whoever_is_invited_and_lets_them_in(self):
        self.server.start()
        lead = self.begin().sign_in("lead")
        page = lead.get("/p/harbour/people")
        sent = {"name": "Nurse, é\u4e2d", "email": "nurse@example.org", "role": "team"}
        answer = lead.submit(page, "/p/harbour/people", **sent)
        self.assertTrue(answer.location.endswith("?said=mailed"))
        self.assertIn("is on its way", lead.get(answer.location).words)
        self.assertEqual(lead.submit(page, "/p/harbour/people", **sent).status, 303)
        mail, = self.server.wait(1)
        self.all_sent()
        self.assertEqual(len(self.server.mails), 1, "the form was sent twice, the mail too")
        self.assertEqual((mail.to, mail.read["From"]), ("nurse@example.org", "Ithaca <ithaca@example.org>"))
        self.assertIn("invited to", mail.subject)
        self.assertTrue(mail.words.startswith("Dear Nurse, é\u4e2d,\n"))
        self.assertEqual(mail.read.defects, [])
        self.assertTrue(all(len(line) < 79 for line in mail.raw.split(b"\r\n")))
        nurse = Client(self.site.port)
        link = mail.link("/link/")
        self.assertEqual(nurse.submit(nurse.get(link), link).status, 303)
        self.assertEqual(nurse.get("/p/harbour").status, 200)
        self.assertEqual(Client(self.site.port).get(link).status, 404, "it lets in twice")

    def test_who_has_an_account_gets_no_link(self):
        self.server.start()
        self.begin().person("guest", email="guest@example.org")
        self.site.sign_in("guest").get("/account")
        lead = self.site.sign_in("lead")
        lead.submit(lead.get("/p/harbour/people"), "/p/harbour/people", name="Guest",
                    email="guest@example.org", role="team")
        mail, = self.server.wait(1)
        self.assertNotIn("/link/", mail.words)
        self.assertIn("Sign in as you are used to", mail.words)

    def test_a_forgotten_password(self):
        self.server.start()
        self.begin()
        known, unknown = self.ask_link("lead"), self.ask_link("nobody@example.org")
        strip = lambda page: re.sub(r'value="[^"]*"', "", page.text)
        self.assertEqual(strip(known), strip(unknown))
        self.assertEqual(known.status, 200)
        mail, = self.server.wait(1)
        self.assertEqual(mail.to, "lead@example.org")
        client, link = Client(self.site.port), mail.link("/link/")
        self.assertEqual(client.submit(client.get(link), link).status, 303)
        for _ in range(3):
            self.ask_link("lead")  # within the same minute: one more at most
        self.all_sent()
        self.assertLessEqual(len(self.server.mails), 2)
        self.assertIn("Enter your email address", self.ask_link(" ").words)

    def test_no_name_adds_a_header(self):
        self.server.start()
        name = "Lead\u2028\u0085Bcc: spy@example.org"
        self.sql("update person set name = '" + name + "' where email = 'lead@example.org'")
        self.sql("update programme set name = 'Harbour\r\nBcc: spy@example.org\r\n\r\nHello' || "
                 "'\u00e9 " + "long \u4e2d\u6587 " * 40 + "'")
        lead = self.begin().sign_in("lead")
        lead.submit(lead.get("/p/harbour/people"), "/p/harbour/people", name="Nurse",
                    email="nurse@example.org", role="team")
        mail, = self.server.wait(1)
        self.assertNotIn("Bcc", mail.read)
        self.assertIn("Bcc: spy@example.org", mail.subject)
        self.assertIn("long \u4e2d\u6587 long", mail.subject)
        self.assertEqual(mail.read.defects, [])

    def test_where_no_mail_is_sent_nothing_is_offered(self):
        self.begin(mail_server=None, mail_from=None)
        client = Client(self.site.port)
        self.assertNotIn("/sign-in/forgotten", client.get("/sign-in").text)
        self.assertEqual(client.get("/sign-in/forgotten").status, 404)
        lead = self.site.sign_in("lead")
        self.assertNotIn("Reminders by mail", lead.get("/account").words)
        page = lead.submit(lead.get("/p/harbour/people"), "/p/harbour/people", name="Nurse",
                           email="nurse@example.org", role="team")
        self.assertIn("/link/", page.text)

    def test_for_trying_out_mails_become_files(self):
        folder = self.folder / "caught"
        folder.mkdir()
        self.begin(mail_server=None, mail_folder=folder)
        self.ask_link("lead")
        wait_until(lambda: list(folder.glob("*.eml")))
        mail = Mail(next(folder.glob("*.eml")))
        self.assertEqual((mail.to, mail.subject), ("lead@example.org", "Your link to sign in"))
        self.assertEqual(list(folder.glob("*.part")), [])


@on_both
class WhateverTheServerDoes(Mailing):
    """Many mails at once; none is lost, none goes twice."""

    def make(self):
        super().make()
        people = People(self.url)
        for i in range(12):
            people.person(f"p{i}")

    def all_ask(self, n=12):
        for i in range(n):
            self.assertEqual(self.ask_link(f"p{i}").status, 200)
        return [f"p{i}@example.org" for i in range(n)]

    def receivers(self):
        return sorted(mail.to for mail in self.server.mails)

    def test_no_server_at_first(self):
        self.begin()
        people = self.all_ask()
        wait_until(lambda: "in trouble" in self.site.errors())
        self.assertEqual(self.waiting(), 12)
        self.server.start()
        self.all_sent()
        self.assertEqual(self.receivers(), sorted(people))
        self.assertEqual(self.site.errors().count("in trouble"), 1)

    def test_one_that_is_slow(self):
        self.server.be("slow")
        self.server.start()
        self.begin()
        people = self.all_ask(3)
        self.all_sent()
        self.assertEqual(self.receivers(), sorted(people))

    def test_one_that_asks_to_come_again(self):
        self.server.be("grey")
        self.server.start()
        self.begin()
        people = self.all_ask()
        self.all_sent()
        self.assertEqual(self.receivers(), sorted(people))
        self.assertIn("come again later", self.site.errors())

    def test_one_that_refuses(self):
        self.server.be("refuse")
        self.server.start()
        self.begin().person("keeper")
        self.command_administrator("keeper")
        self.all_ask(2)
        self.all_sent()
        self.assertEqual(self.receivers(), [])
        keeper = self.site.sign_in("keeper")
        page = keeper.get("/site/mail")
        self.assertEqual(page.words.count("Nobody of that name lives here"), 2)
        self.server.be("good")
        again = next(form.action for form in page.forms if form.action.endswith("/again"))
        self.assertEqual(keeper.submit(page, again).status, 303)
        self.assertEqual(len(self.server.wait(1)), 1)
        self.all_sent()
        self.assertEqual(keeper.get("/site/mail").words.count("Nobody of that name lives here"), 1)

    def command_administrator(self, login):
        self.sql(f"update account set administrator = 1 where login = '{login}'")

    def test_one_that_breaks_off(self):
        self.server.be("dies")
        self.server.start()
        self.begin()
        people = self.all_ask(4)
        wait_until(lambda: self.site.errors().count("refused for now") >= 4)
        self.assertEqual(self.waiting(), 4)
        self.server.be("good")
        self.all_sent()
        self.assertEqual(self.receivers(), sorted(people))

    def test_one_that_does_not_know_us(self):
        self.server.be("strange")
        self.server.start()
        self.begin()
        people = self.all_ask(2)
        wait_until(lambda: "Authentication required" in self.site.errors())
        self.assertEqual(self.waiting(), 2)
        self.server.be("good")
        self.all_sent()
        self.assertEqual(self.receivers(), sorted(people))

    def test_one_that_forgets_to_say_so_can_be_told_by_the_mail(self):
        self.server.be("forgets")
        self.server.start()
        self.begin()
        self.all_ask(1)
        wait_until(lambda: self.site.errors().count("refused for now") >= 1)
        self.server.be("good")
        self.all_sent()
        self.assertGreaterEqual(len(self.server.mails), 2)
        self.assertEqual(len({mail.read["Message-ID"] for mail in self.server.mails}), 1)

    def test_the_worker_is_killed_again_and_again(self):
        self.server.start()
        self.begin()
        people = self.all_ask()
        kills = 0
        while self.waiting() and kills < 6:
            worker = max(map(int, subprocess.run(["pgrep", "-P", str(self.site.process.pid)], check=True,
                                                 capture_output=True, text=True).stdout.split()))
            os.kill(worker, signal.SIGKILL)
            kills += 1
            self.sql("update mail set claimed_until = null")  # as if its five minutes were over
            time.sleep(0.3)
        self.sql("update mail set claimed_until = null")
        self.all_sent()
        got = self.receivers()
        self.assertEqual(sorted(set(got)), sorted(people))
        self.assertLessEqual(len(got), len(people) + kills)
        self.assertEqual(len({mail.read["Message-ID"] for mail in self.server.mails}), len(people))

    def test_with_tls_and_a_password(self):
        chain, key = certificate(self.folder, "mail")
        self.server.tls = (chain, key)
        self.server.start()
        secret = self.folder / "secret"
        secret.write_text("right words\n")
        secret.chmod(0o600)
        self.begin(mail_server=f"smtp://127.0.0.1:{self.server.port}", mail_ca=chain,
                   mail_user="ithaca", mail_password_file=secret)
        people = self.all_ask(2)
        self.all_sent()
        self.assertEqual(self.receivers(), sorted(people))
        self.assertNotIn("right words", self.site.errors())

    def test_with_a_certificate_of_somebody_else(self):
        chain, key = certificate(self.folder, "mail")
        other, _ = certificate(self.folder, "other")
        self.server.tls = (chain, key)
        self.server.start()
        self.begin(mail_server=f"smtp://127.0.0.1:{self.server.port}", mail_ca=other,
                   mail_user="ithaca")
        self.all_ask(1)
        wait_until(lambda: "in trouble" in self.site.errors())
        self.assertEqual((self.waiting(), self.receivers()), (1, []))


@on_both
class Reminders(Mailing):
    """What is due is told in numbers, to whoever wants it."""

    def make(self):
        def busy(workbook):
            headings, actions = workbook["actions"]
            actions[:] = []
            for i, days in enumerate((-3, 0, 1, 5, 20)):
                row = [""] * len(headings)
                for name, value in (("Key", f"a{i}"), ("Title", f"Secret deed {i}"), ("Owner", "gp-lead"),
                                    ("Due", str(TODAY + datetime.timedelta(days)))):
                    row[headings.index(name)] = value
                actions.append(row)
        self.bring("harbour", change=busy)
        people = People(self.url)
        people.join("harbour", "lead")
        people.join("harbour", "team", record="gp-lead")
        self.sql("update account set signed_in_at = '2026-01-01T00:00:00.000Z'")
        made_ready(self)

    def choose(self, choice):
        client = self.site.sign_in("team")
        page = client.get("/account")
        answer = client.submit(page, "/account/mail", reminders=choice)
        self.assertIn("is written down", client.get(answer.location).words)

    def test_once_a_week_if_nothing_is_said(self):
        self.server.start()
        self.begin()
        mail, = self.server.wait(1)
        self.assertEqual(mail.to, "team@example.org")
        self.assertIn("- 1 action whose day is past\n- 3 actions due in the next seven days\n", mail.words)
        self.assertNotIn("Secret deed", mail.words)
        self.sql("delete from reminded")  # as on the next day
        wait_until(lambda: self.sql("select count(*) from reminded") == [["1"]])
        self.all_sent()
        self.assertEqual(len(self.server.mails), 1, "the same week was told twice")

    def test_the_day_before_if_they_want_it(self):
        self.server.start()
        self.begin(mail_hour=23 if datetime.datetime.now().hour < 23 else 0)
        if self.sql("select count(*) from reminded") != [["0"]]:
            self.skipTest("it is nearly midnight")
        self.choose("daily")
        self.site.kill()
        self.begin()
        mail, = self.server.wait(1)
        self.assertIn("- 1 action whose day is past\n- 2 actions due today or tomorrow\n", mail.words)

    def test_they_end_by_one_click_without_signing_in(self):
        self.server.start()
        self.begin()
        mail, = self.server.wait(1)
        self.assertEqual(mail.read["List-Unsubscribe-Post"], "List-Unsubscribe=One-Click")
        stop = urllib.parse.urlsplit(mail.read["List-Unsubscribe"].strip("<>")).path
        self.assertEqual(stop, mail.link("/mail/stop/"))
        client = Client(self.site.port)
        self.assertIn("Remind me no more", client.get(stop).words)
        self.assertEqual(self.sql("select count(*) from mail_choice"), [["0"]], "looking ended them")
        done = client.request("POST", stop, b"List-Unsubscribe=One-Click",
                              {"Content-Type": "application/x-www-form-urlencoded"})
        self.assertIn("You get no more of these", done.words)
        self.assertEqual(self.sql("select reminders from mail_choice"), [["never"]])
        self.assertEqual(client.get("/mail/stop/none").status, 404)
        self.sql("delete from mail")
        self.sql("delete from reminded")
        wait_until(lambda: self.sql("select count(*) from reminded") == [["1"]])
        self.assertEqual(self.sql("select count(*) from mail"), [["0"]])


class Settings(Case):
    def refused(self, *lines):
        file = self.folder / "serve.conf"
        file.write_text("\n".join(lines) + "\n")
        result = ithaca("serve", "--config", file, "--db", self.folder / "none.db")
        self.assertEqual(result.returncode, 2)
        return " ".join(result.stderr.split())

    def test_what_would_keep_every_mail_is_said_at_the_start(self):
        self.assertIn("mail-server begins with smtp:// or smtps://", self.refused("mail-server = mail.example.org"))
        self.assertIn("Mail needs the address it comes from", self.refused("mail-server = smtp://mail.example.org"))
        self.assertIn("not both", self.refused("mail-server = smtp://a", "mail-folder = /tmp"))
        self.assertIn("mail-hour is a whole number from 0 to 23", self.refused("mail-hour = 24"))


if __name__ == "__main__":
    unittest.main()
