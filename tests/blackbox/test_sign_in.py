"""Signing in with a password: choosing and changing it, being slowed down, sessions, the second step, the
helper."""
import base64
import concurrent.futures
import contextlib
import hmac
import os
import re
import signal
import statistics
import time
import unittest
import urllib.parse
from datetime import datetime, timedelta, timezone

from serving import SELDOM, People, Site, made_ready
from stores import on_both, wait_until

PASSWORD = "correct horse battery"
OTHER = "staple is not a battery"
WRONG = "The name or the password is not right. Try again"


def children(process):
    with open(f"/proc/{process}/task/{process}/children", encoding="ascii") as file:
        return [int(child) for child in file.read().split()]


def state(process):
    """Z: it has died, and nobody has asked how."""
    with open(f"/proc/{process}/stat", encoding="ascii") as file:
        return file.read().rpartition(")")[2].split()[0]


class Signing:
    def setUp(self):
        super().setUp()
        self.prepare(self.make)
        self.site = Site(self.url, self, web_workers=1, poll_seconds=SELDOM)

    def make(self):
        self.bring("harbour")
        People(self.url).join("harbour", "lead", "clead", name="Clinical Lead")
        made_ready(self)

    def choose(self, login="clead", password=PASSWORD):
        """A browser in which somebody has chosen a password, after coming in by a link."""
        client = self.site.sign_in(login)
        page = client.submit(client.get("/account/password"), "/account/password", new=password)
        self.assertEqual(page.status, 303, page.text)
        return client

    def attempt(self, who="clead", password=PASSWORD, client=None, **more):
        client = client or self.site.client()
        return client.post("/sign-in", {"who": who, "password": password}, **more)

    def helpers(self):
        return [child for worker in self.site.workers() for child in children(worker)]


@on_both
class Passwords(Signing):
    def test_a_link_leads_to_choosing_one_and_then_it_lets_in(self):
        client, path = self.site.client(), self.site.link("clead")
        page = client.submit(client.get(path), path)
        self.assertEqual((page.status, page.location), (303, "/account/password"))
        page = client.get("/account/password")
        self.assertIn("At least 10 characters", page.words)
        self.assertNotIn("old", page.form().fields)
        page = client.submit(page, new=PASSWORD)
        self.assertEqual((page.status, page.location), (303, "/"))
        for who in ("clead", " clead ", "clead@example.org", "Clead@Example.ORG"):
            other = self.site.client()
            page = self.attempt(who, client=other)
            self.assertEqual((page.status, page.location), (303, "/"), page.text)
            self.assertEqual(other.get("/p/harbour").status, 200)

    def test_the_next_link_does_not_ask_again(self):
        self.choose()
        client, path = self.site.client(), self.site.link("clead")
        self.assertEqual(client.submit(client.get(path), path).location, "/")

    def test_a_link_can_be_opened_by_somebody_who_is_signed_in(self):
        client, path = self.choose(), self.site.link("clead")
        old = dict(client.cookies)
        self.assertEqual(client.submit(client.get(path), path).status, 303)
        self.assertNotEqual(client.cookies, old)
        self.assertEqual(self.sql("select count(*) from session"), [["1"]])

    def test_only_the_hash_is_kept(self):
        self.choose()
        stored = self.sql("select password from account where login = 'clead'")[0][0]
        self.assertRegex(stored, r"^\$argon2id\$v=19\$m=19456,t=2,p=1\$")
        self.assertNotIn(PASSWORD, self.site.errors())
        self.assertNotIn("clead", self.site.errors())

    def test_what_is_wrong_lets_nobody_in_and_says_no_more_than_that(self):
        self.choose()
        self.site.person("without")
        pages = [self.attempt(who, password) for who, password in (
            ("clead", OTHER), ("clead", PASSWORD + " "), ("CLEAD", PASSWORD), ("nobody", PASSWORD),
            ("without", PASSWORD), ("without", "\0"), ("clead", "x" * 5000),
            ("administrator@example.org", ""), ("", PASSWORD), ("' or 1=1 --", PASSWORD))]
        for page in pages:
            self.assertEqual(page.status, 400)
            self.assertNotIn("Set-Cookie", page.headers)
        for page in pages[:5]:
            self.assertIn(WRONG, page.words)
        self.assertIn("Enter your password", pages[7].words)
        self.assertIn("Enter your email address or your login", pages[8].words)
        self.assertEqual(pages[3].form().fields["who"], "nobody")
        self.assertEqual(pages[3].form().fields["password"], "")

    def test_an_unknown_login_takes_as_long_as_a_known_one(self):
        """It is asked about in the same way: as long as nobody looks at passwords, it waits, too. (That
        the work costs the same is for test_accounts.c.)"""
        self.site.person("without")
        helper, = self.helpers()
        os.kill(helper, signal.SIGSTOP)
        with concurrent.futures.ThreadPoolExecutor(3) as pool:
            waiting = [pool.submit(self.attempt, who) for who in ("clead", "without", "nobody")]
            wait_until(lambda: self.sql("select count(*) from sign_in_failure") == [["3"]])
            time.sleep(0.5)
            self.assertEqual([one.done() for one in waiting], [False] * 3)
            os.kill(helper, signal.SIGCONT)
            self.assertEqual([one.result().status for one in waiting], [400] * 3)

    def test_an_email_address_of_two_accounts_is_none(self):
        self.choose()
        self.site.command("person", "account", "add", "clead", "second")
        self.assertIn(WRONG, self.attempt("clead@example.org").words)
        self.assertEqual(self.attempt("clead").status, 303)

    def test_what_a_password_must_be(self):
        client = self.site.sign_in("clead")
        for new, said in (("", "Enter a password"), ("ninechars", "at least 10 characters"),
                          ("ééééééééé", "at least 10 characters"), ("x" * 513, "too long"),
                          ("Clinical Lead", "must not be your name"), ("clinical lead!", "must not be"),
                          ("clead@example.org", "must not be")):
            page = client.submit(client.get("/account/password"), new=new)
            self.assertEqual(page.status, 400, new)
            self.assertIn(said, page.words)
        self.assertEqual(self.sql("select count(*) from account where password is not null"), [["0"]])
        for new in ("éééééééééé", "          ", "x" * 512, "<script>&\"'10"):
            self.choose(password=new)
            self.assertEqual(self.attempt(password=new).status, 303, new)

    def test_changing_it_asks_for_the_old_one(self):
        self.choose()
        client, elsewhere = self.site.client(), self.site.client()
        self.attempt(client=client)
        self.attempt(client=elsewhere)
        link = self.site.link("clead")
        for old, said in (("", "Enter the password you have now"), (OTHER, "This is not the password")):
            page = client.submit(client.get("/account/password"), old=old, new=OTHER)
            self.assertEqual(page.status, 400)
            self.assertIn(said, page.words)
        self.assertEqual(elsewhere.get("/account").status, 200)
        page = client.submit(client.get("/account/password"), old=PASSWORD, new=OTHER, follow=True)
        self.assertIn("Your password was changed", page.words)
        self.assertEqual(elsewhere.get("/account").location, "/sign-in?to=%2Faccount")
        self.assertEqual(self.site.client().get(link).status, 404)
        self.assertEqual(self.attempt().status, 400)
        self.assertEqual(self.attempt(password=OTHER).status, 303)

    def test_a_forgotten_one_is_replaced_after_a_link(self):
        self.choose()
        client = self.site.sign_in("clead")
        page = client.get("/account/password")
        self.assertNotIn("old", page.form().fields)
        self.assertEqual(client.submit(page, new=OTHER).status, 303)
        self.assertEqual(self.attempt(password=OTHER).status, 303)
        self.assertIn("old", client.get("/account/password").form().fields)  # only once


@on_both
class GoingBack(Signing):
    """Signing in leads to the page that was asked for, and never elsewhere."""

    NOWHERE = ("//evil.example", "///evil.example", "/\\evil.example", "\\\\evil.example",
               "https://evil.example",
               "https:evil.example", "http://evil.example/p/harbour", "javascript:alert(1)", "evil.example",
               "p/harbour", " /p/harbour", "/p/harbour/",
               "/p//harbour", "//p/harbour", "/sign-in", "/sign-in/code", "/sign-out", "/link/abc", "/health",
               "/static/x.css", "/account/session", "/none", "", "/", "/\n/evil.example", "\n//evil.example",
               "\t//evil.example", "/p/%ff", "/p/%00", "/p/\0", "/p/" + "a" * 1000, "/.//evil.example",
               "/p/harbour/steps/back", "/%2F/evil.example", "/%2e%2e//evil.example", "@evil.example")
    SAFE = {"/p/harbour": "/p/harbour", "/p/harbour/finding/A2%2Fshared-budget":
            "/p/harbour/finding/A2%2Fshared-budget", "/p/%68arbour": "/p/harbour", "/account": "/account",
            "/p/x\r\nSet-Cookie: a=b": "/p/x%0D%0ASet-Cookie%3A%20a%3Db", "/p/<script>": "/p/%3Cscript%3E",
            "/p/\\evil.example": "/p/%5Cevil.example", "/p/@evil.example": "/p/%40evil.example",
            "/p/..": "/p/..", "/p/harbour ": "/p/harbour%20", "/p/x?y=1": "/p/x%3Fy%3D1",
            "/p/x#y": "/p/x%23y",
            "/p/%2F%2Fevil.example": "/p/%2F%2Fevil.example", "/p/é": "/p/%C3%A9"}

    def setUp(self):
        super().setUp()
        self.choose()
        self.sql("delete from session")

    def test_to_the_page_that_was_asked_for(self):
        client = self.site.client()
        page = client.get("/p/harbour/history?since=1")
        self.assertEqual((page.status, page.location), (303, "/sign-in?to=%2Fp%2Fharbour%2Fhistory"))
        page = client.get(page.location)
        page = client.submit(page, "/sign-in", who="clead", password=OTHER)
        self.assertEqual(page.status, 400)
        page = client.submit(page, "/sign-in", who="", password="")
        self.assertEqual(page.status, 400)
        page = client.submit(page, "/sign-in", who="clead", password=PASSWORD)
        self.assertEqual((page.status, page.location), (303, "/p/harbour/history"))
        self.assertEqual(client.get(page.location).status, 200)
        self.assertEqual(client.get("/sign-in?to=/account").location, "/account")  # signed in already

    def test_without_one_to_the_first(self):
        client = self.site.client()
        self.assertEqual(client.get("/").location, "/sign-in")
        self.assertNotIn("to", client.get("/sign-in").form().fields)
        self.assertEqual(self.attempt(client=client).location, "/")

    def test_what_is_no_page_of_ours_leads_nowhere(self):
        client = self.site.client()
        for to in self.NOWHERE:
            with self.subTest(to):
                page = client.get("/sign-in?to=" + urllib.parse.quote(to, safe=""))
                self.assertIn(page.status, (200, 400))  # 400: no text at all
                if page.status == 200:
                    self.assertNotIn("to", page.form().fields)
                    self.assertNotIn("evil", page.text)

    def test_nor_by_a_form(self):
        for to in self.NOWHERE:
            with self.subTest(to):
                page = self.site.client().post("/sign-in", {"who": "clead", "password": PASSWORD, "to": to})
                self.assertEqual((page.status, page.location), (400, None) if "\0" in to else (303, "/"))

    def test_what_is_ours_is_written_anew(self):
        for to, made in self.SAFE.items():
            with self.subTest(to):
                page = self.site.client().get("/sign-in?to=" + urllib.parse.quote(to, safe=""))
                self.assertEqual(page.form().fields["to"], made)
                page = self.site.client().post("/sign-in", {"who": "clead", "password": PASSWORD, "to": to})
                self.assertEqual((page.status, page.location), (303, made))
                self.assertEqual(len(page.headers.get_all("Set-Cookie")), 1)

    def test_a_form_after_the_session_has_ended(self):
        client = self.site.client()
        self.attempt(client=client)
        self.sql("delete from session")
        asked = client.post("/p/harbour/whatif", {"person": "gp-lead"}, token=None)
        self.assertEqual(asked.status, 403)
        self.assertIn("Nothing was changed", asked.words)
        self.assertIn("/sign-in?to=%2Fp%2Fharbour%2Fwhatif", asked.links)
        self.assertEqual(client.get("/sign-in?to=%2Fp%2Fharbour%2Fwhatif").status, 200)
        shared = client.post("/p/harbour/steps/back", token=None)  # no page is called so
        self.assertIn("/sign-in", shared.links)


@on_both
class SlowingDown(Signing):
    def fail(self, times, who="clead", **more):
        return [self.attempt(who, OTHER, **more).status for _ in range(times)]

    def age(self, minutes):
        """As if all failures had been so long ago."""
        at = datetime.now(timezone.utc) - timedelta(minutes=minutes)
        self.sql(f"update sign_in_failure set at = '{at:%Y-%m-%dT%H:%M:%S}.000Z'")

    def test_after_five_failures_one_waits_but_nobody_else(self):
        self.choose()
        self.site.join("harbour", "team", "sponsor")
        self.choose("sponsor")
        here, there = {"X-Forwarded-For": "192.0.2.1"}, {"X-Forwarded-For": "192.0.2.2"}
        self.assertEqual(self.fail(5, headers=here), [400] * 5)
        start = time.monotonic()
        page = self.attempt(headers=here)  # even with the right one
        self.assertEqual(page.status, 429)
        self.assertIn("Too many tries. Try again in 15 minutes", page.words)
        self.assertLess(time.monotonic() - start, 0.5)
        self.assertEqual(self.fail(1, " CLEAD", headers=here), [429])
        self.assertEqual(self.attempt("sponsor", headers=here).status, 303)
        self.assertEqual(self.attempt(headers=there).status, 303)
        self.assertEqual(self.attempt(headers=here).status, 429)
        self.age(13)
        self.assertIn("Try again in 2 minutes", self.attempt(headers=here).words)
        self.age(16)
        self.assertEqual(self.attempt(headers=here).status, 303)
        self.assertEqual(self.sql("select count(*) from sign_in_failure"), [["0"]])

    def test_success_forgets_what_failed_before(self):
        self.choose()
        for _ in range(3):
            self.assertEqual(self.fail(4), [400] * 4)
            self.assertEqual(self.attempt().status, 303)

    def test_a_link_helps_whoever_has_forgotten_it(self):
        self.choose()
        self.fail(6)
        self.fail(6, "clead@example.org")
        self.choose(password="another " + PASSWORD)
        for who in ("clead", "clead@example.org"):
            self.assertEqual(self.attempt(who, "another " + PASSWORD).status, 303)

    def test_unknown_names_wait_as_known_ones_do(self):
        self.assertEqual(self.fail(6, "nobody"), [400] * 5 + [429])

    def test_many_at_once_gain_nothing(self):
        self.choose()
        with concurrent.futures.ThreadPoolExecutor(12) as pool:
            pages = list(pool.map(lambda i: self.attempt(password=f"{OTHER} {i}"), range(12)))
        self.assertLessEqual(sum(page.status == 400 for page in pages), 5)

    def test_neither_names_nor_addresses_are_kept(self):
        self.fail(2, headers={"X-Forwarded-For": "192.0.2.1"})
        kept = str(self.sql("select * from sign_in_failure"))
        for word in ("clead", "192.0.2.1", OTHER):
            self.assertNotIn(word, kept)
            self.assertNotIn(word, self.site.errors())

    def test_the_old_password_is_not_tried_without_end(self):
        self.choose()
        client = self.site.client()
        self.attempt(client=client)
        for expected in [400] * 5 + [429]:
            page = client.submit(client.get("/account/password"), old=OTHER, new=OTHER)
            self.assertEqual(page.status, expected)


@on_both
class Sessions(Signing):
    FIREFOX = {"User-Agent": "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0"}
    EDGE = {"User-Agent": "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like "
                          "Gecko) Chrome/126.0.0.0 Safari/537.36 Edg/126.0.0.0"}

    def setUp(self):
        super().setUp()
        self.choose()
        self.sql("delete from session")
        self.here, self.there, self.phone = (self.site.client() for _ in range(3))
        self.attempt(client=self.here, headers=self.FIREFOX)
        self.attempt(client=self.there, headers=self.EDGE)
        self.attempt(client=self.phone)

    def test_they_are_listed_in_plain_words(self):
        words = self.here.get("/account").words
        for said in ("Clinical Lead", "clead@example.org", "Firefox on Linux , this one", "Edge on Windows",
                     "A browser that does not say what it is", f"since {datetime.now().day} "):
            self.assertIn(said, words)

    def ends(self, page):
        return [form for form in page.forms if form.action == "/account/session"]

    def test_each_can_be_ended(self):
        page = self.here.get("/account")
        self.assertEqual(len(self.ends(page)), 2)
        for form in self.ends(page):
            self.assertEqual(self.here.post(form.action, form.fields).status, 303)
        for client in (self.there, self.phone):
            self.assertEqual(client.get("/account").location, "/sign-in?to=%2Faccount")
        self.assertEqual(self.here.get("/account").status, 200)

    def test_all_others_at_once(self):
        page = self.here.submit(self.here.get("/account"), "/account/sessions", follow=True)
        self.assertIn("All your other sessions were ended", page.words)
        self.assertEqual(self.sql("select count(*) from session"), [["1"]])
        self.assertNotIn("/account/sessions", [form.action for form in page.forms])

    def test_nobody_ends_those_of_others(self):
        self.site.join("harbour", "team", "sponsor")
        sponsor = self.site.sign_in("sponsor")
        form = self.ends(self.here.get("/account"))[0]
        sponsor.get("/account")
        sponsor.post("/account/session", {"session": form.fields["session"]})
        sponsor.post("/account/sessions")
        for client in (self.here, self.there, self.phone):
            self.assertEqual(client.get("/account").status, 200)

    def test_signing_out(self):
        ways = [form for form in self.here.get("/account").forms if form.action == "/sign-out"]
        self.assertEqual(len(ways), 2)  # in the folded menu of a phone, too
        page = self.here.post("/sign-out", ways[1].fields)
        self.assertEqual(page.location, "/sign-in")
        self.assertEqual(self.here.cookies, {})
        self.assertEqual(self.sql("select count(*) from session"), [["2"]])

    def test_whoever_is_signed_in_is_not_asked_again(self):
        self.assertEqual(self.here.get("/sign-in").location, "/")


def figures(secret, steps=0):
    """What an authenticator app shows (RFC 6238), so many half minutes from now."""
    step = int(time.time()) // 30 + steps
    mac = hmac.digest(base64.b32decode(secret), step.to_bytes(8, "big"), "sha1")
    at = mac[-1] & 15
    return f"{(int.from_bytes(mac[at:at + 4], 'big') & 0x7fffffff) % 1000000:06}"


@on_both
class SecondStep(Signing):
    def set_up(self):
        """Somebody's browser, the app's secret and the recovery codes."""
        client = self.choose()
        page = client.get("/account/second-factor")
        secret = page.form("/account/second-factor").fields["secret"]
        self.assertIn(" ".join(secret[i:i + 4] for i in range(0, 32, 4)), page.words)
        other = self.site.client()  # begun without it: whoever has that browser is to show the app, too
        self.attempt(client=other)
        page = client.submit(page, "/account/second-factor", code=figures(secret))
        self.assertEqual(page.status, 200, page.text)
        self.assertEqual(page.headers["Cache-Control"], "private, no-store")
        self.assertEqual((other.get("/account").status, client.get("/account").status), (303, 200))
        codes = re.findall(r"nowrap\">([^<]*)</strong>", page.text)
        self.assertEqual(len(set(codes)), 8)
        return client, secret, codes

    def forget_figures(self):
        """As if no figures had been used yet."""
        self.sql("update account set totp_step = 0 where totp_step is not null")

    def test_it_is_asked_for_after_the_password(self):
        _, secret, _ = self.set_up()
        self.forget_figures()
        client = self.site.client()
        self.assertEqual(self.attempt(client=client).location, "/sign-in/code")
        self.assertEqual(client.get("/").location, "/sign-in")
        self.assertEqual(client.get("/p/harbour").location, "/sign-in?to=%2Fp%2Fharbour")
        before = dict(client.cookies)
        page = client.submit(client.get("/sign-in/code"), code="12345")
        self.assertEqual(page.status, 400)
        self.assertIn("These figures are not right", page.words)
        code = figures(secret)
        page = client.submit(page, code=f"{code[:3]} {code[3:]}")
        self.assertEqual((page.status, page.location), (303, "/"), page.text)
        self.assertNotEqual(client.cookies, before)
        self.assertEqual(client.get("/p/harbour").status, 200)
        self.assertEqual(client.get("/sign-in/code").location, "/")
        other = self.site.client()  # figures open once
        self.attempt(client=other)
        self.assertEqual(other.post("/sign-in/code", {"code": code}).status, 400)

    def test_and_after_a_link(self):
        _, _, codes = self.set_up()
        client, path = self.site.client(), self.site.link("clead")
        self.assertEqual(client.submit(client.get(path), path).location, "/sign-in/code")
        self.assertEqual(client.get("/account").location, "/sign-in?to=%2Faccount")
        self.assertEqual(client.post("/sign-in/code", {"code": codes[0]}).location, "/")
        self.assertEqual(client.get("/account").status, 200)

    def test_each_recovery_code_opens_once(self):
        _, _, codes = self.set_up()
        for code, status in ((codes[0], 303), (codes[0], 400), (codes[1].upper(), 303),
                             (codes[2].replace("-", ""), 303), ("abcd-efgh-ijkm-mnpp", 400)):
            client = self.site.client()
            self.attempt(client=client)
            self.assertEqual(client.post("/sign-in/code", {"code": code}).status, status, code)
        kept = str(self.sql("select * from recovery_code"))
        for code in codes:
            self.assertNotIn(code, kept)
        self.assertEqual(len(self.sql("select * from recovery_code")), 5)

    def test_figures_cannot_be_tried_without_end(self):
        _, secret, _ = self.set_up()
        self.forget_figures()
        statuses = []
        for i in range(6):
            client = self.site.client()
            self.attempt(client=client, headers={"X-Forwarded-For": f"192.0.2.{i}"})
            statuses.append(client.post("/sign-in/code", {"code": "00000"}).status)
        self.assertEqual(statuses, [400] * 5 + [429])
        self.assertEqual(client.post("/sign-in/code", {"code": figures(secret)}).status, 429)

    def test_whoever_waits_too_long_begins_again(self):
        _, secret, _ = self.set_up()
        self.forget_figures()
        client = self.site.client()
        self.attempt(client=client)
        self.sql("update session set expires_at = '2001-01-01T00:00:00.000Z' where waits = 1")
        self.assertEqual(client.get("/sign-in/code").location, "/")
        page = client.post("/sign-in/code", {"code": figures(secret)})
        self.assertEqual((page.location, client.get("/").location), ("/", "/sign-in"))

    def test_it_leads_on_to_the_page_that_was_asked_for(self):
        _, _, codes = self.set_up()
        client = self.site.client()
        page = client.get("/p/harbour/steps", follow=True)
        page = client.submit(page, "/sign-in", who="clead", password=PASSWORD)
        self.assertEqual(page.location, "/sign-in/code?to=%2Fp%2Fharbour%2Fsteps")
        page = client.submit(client.get(page.location), code="00000")
        self.assertEqual(page.status, 400)
        page = client.submit(page, code=codes[0])
        self.assertEqual((page.status, page.location), (303, "/p/harbour/steps"))
        for bad in ("//evil.example", "https://evil.example/", "/p/x%0d%0aSet-Cookie:%20a=b"):
            other = self.site.client()
            self.attempt(client=other)
            page = other.get(f"/sign-in/code?to={bad}")
            self.assertNotIn("evil", page.form().fields.get("to", ""))
            page = other.post("/sign-in/code", {"code": codes.pop(), "to": urllib.parse.unquote(bad)})
            self.assertEqual(page.status, 303)
            self.assertNotIn("evil", page.location)
            self.assertNotIn("\n", page.location)

    def test_setting_it_up_needs_figures(self):
        client = self.choose()
        page = client.get("/account/second-factor")
        secret = page.form("/account/second-factor").fields["secret"]
        for code in ("", "000000", figures(secret, 5)):
            page = client.submit(page, "/account/second-factor", code=code)
            self.assertEqual(page.status, 400)
            self.assertEqual(page.form("/account/second-factor").fields["secret"], secret)
        for bad in ("", "x", "A" * 31, "a" * 32, "A" * 31 + "1"):
            page = client.post("/account/second-factor", {"secret": bad, "code": "000000"})
            self.assertEqual(page.location, "/account/second-factor")
        self.assertEqual(self.sql("select count(*) from account where totp_secret is not null"),
                         [["0"]])
        self.assertEqual(self.attempt().location, "/")

    def test_a_form_that_is_sent_twice_shows_codes_that_hold(self):
        client, secret, codes = self.set_up()
        page = client.post("/account/second-factor", {"secret": secret, "code": figures(secret)})
        again = re.findall(r"nowrap\">([^<]*)</strong>", page.text)
        self.assertEqual(len(again), 8)
        for code, status in ((codes[0], 400), (again[0], 303)):
            other = self.site.client()
            self.attempt(client=other)
            self.assertEqual(other.post("/sign-in/code", {"code": code}).status, status)
        page = client.post("/account/second-factor", {"secret": "A" * 32, "code": "000000"})
        self.assertEqual(page.location, "/account/second-factor")  # nobody puts another over it

    def take_off(self, admin, login="clead"):
        account = self.sql(f"select id from account where login = '{login}'")[0][0]
        address = f"/site/account/{account}/second-factor"
        page = admin.get(address)
        if page.status == 200:
            page = admin.submit(page, address)
        return page, address

    def test_the_administrator_takes_it_off_for_who_has_lost_both(self):
        client, secret, codes = self.set_up()
        waiting = self.site.client()
        self.attempt(client=waiting)
        admin = self.site.sign_in("administrator")
        page, address = self.take_off(admin)
        self.assertEqual((page.status, page.location), (303, "/site?said=second-factor"))
        self.assertIn("Their second step is off", admin.get(page.location).words)
        self.assertNotIn(address, admin.get("/site").links)
        self.assertEqual(client.get("/account").location, "/sign-in?to=%2Faccount")  # out everywhere
        self.assertEqual(waiting.post("/sign-in/code", {"code": codes[0]}).location, "/")
        self.assertEqual(waiting.get("/").location, "/sign-in")
        self.assertEqual(self.sql("select * from recovery_code"), [])
        for _ in range(2):  # they are told until they say that they know
            client = self.site.client()
            page = self.attempt(client=client)
            self.assertEqual((page.status, page.location), (303, "/account/second-factor"))
            page = client.get(page.location)
            self.assertIn("Your second step was taken off", page.words)
            self.assertIn(f"on {datetime.now().day} ", page.words)
            self.assertEqual(client.get("/p/harbour").status, 200)
        page = client.submit(page, "/account/second-factor/told")
        self.assertEqual((page.status, page.location), (303, "/"))
        self.assertNotIn("taken off", client.get("/account/second-factor").words)
        self.assertEqual(self.attempt().location, "/")
        log = self.site.errors()
        self.assertRegex(log, r"The second step of account \d+ was taken off by account \d+\.")
        self.assertNotIn("clead", log)

    def test_setting_up_another_says_that_they_know(self):
        self.set_up()
        self.take_off(self.site.sign_in("administrator"))
        client = self.site.client()
        page = client.submit(client.get(self.site.link("clead")))
        self.assertEqual(page.location, "/account/second-factor")
        page = client.get(page.location)
        secret = page.form("/account/second-factor").fields["secret"]
        page = client.submit(page, "/account/second-factor", code=figures(secret))
        self.assertEqual(page.status, 200)
        self.assertEqual(self.sql("select count(*) from account where totp_taken_at is not null"), [["0"]])

    def test_nobody_else_takes_it_off_and_nobody_their_own(self):
        _, _, codes = self.set_up()
        self.site.join("harbour", "team", "sponsor")
        page, address = self.take_off(self.site.sign_in("sponsor"))
        self.assertEqual(page.status, 404)
        sponsor = self.site.sign_in("sponsor")
        self.assertEqual(sponsor.post(address).status, 404)
        self.assertEqual(self.site.client().post(address).status, 403)
        admin = self.site.sign_in("administrator")
        self.assertEqual(admin.post(address, token="0" * 64).status, 403)
        self.assertEqual(self.take_off(admin, "sponsor")[0].location, "/site")  # who has none
        taken = self.sql("select login from account where totp_taken_at is not null")
        self.assertEqual(taken, [])
        for account in ("0", "-1", "99999999", "x", "1x", "9" * 30):
            self.assertIn(admin.post(f"/site/account/{account}/second-factor").status, (303, 404))
        own = self.sql("select id from account where login = 'administrator'")[0][0]
        page = admin.post(f"/site/account/{own}/second-factor")
        self.assertEqual(page.location, "/account/second-factor")
        self.assertEqual(self.sql("select count(*) from account where totp_secret is not null"), [["1"]])
        client = self.site.client()
        self.attempt(client=client)
        self.assertEqual(client.post("/sign-in/code", {"code": codes[0]}).location, "/")

    def test_turning_it_off_needs_figures_or_a_recovery_code(self):
        client, _, codes = self.set_up()
        page = client.get("/account/second-factor")
        self.assertIn("8 recovery codes are left", page.words)
        self.assertEqual(client.submit(page, "/account/second-factor/off", code="1").status, 400)
        page = client.submit(page, "/account/second-factor/off", code=codes[3], follow=True)
        self.assertIn("Your second step was turned off", page.words)
        self.assertEqual(self.attempt().location, "/")
        self.assertEqual(self.sql("select count(*) from recovery_code"), [["0"]])


@on_both
class Helper(Signing):
    def test_there_is_one_for_each_worker_and_it_holds_nothing(self):
        helper, = self.helpers()

        def holds():
            found = set()
            for fd in os.listdir(f"/proc/{helper}/fd"):
                with contextlib.suppress(FileNotFoundError):
                    found.add(os.readlink(f"/proc/{helper}/fd/{fd}"))
            return found
        # It has just begun, and lets go of what it was born with.
        wait_until(lambda: len([link for link in holds() if link.startswith("socket:")]) == 1)
        links = holds()
        self.assertFalse([link for link in links if "store.db" in link or "event" in link], links)
        with open(f"/proc/{helper}/limits", encoding="ascii") as file:
            limit = [line for line in file if line.startswith("Max address space")][0]
        self.assertNotIn("unlimited", limit.split("  ")[1:3])

    def test_another_takes_its_place(self):
        self.choose()
        for _ in range(3):
            helper, = self.helpers()
            os.kill(helper, signal.SIGKILL)
            wait_until(lambda died=helper: state(died) == "Z")
            self.assertEqual(self.attempt().status, 303)

    def test_those_who_wait_when_it_dies_are_told_to_try_again(self):
        self.choose()
        helper, = self.helpers()
        os.kill(helper, signal.SIGSTOP)
        with concurrent.futures.ThreadPoolExecutor(4) as pool:
            waiting = [pool.submit(self.attempt) for _ in range(4)]
            wait_until(lambda: self.sql("select count(*) from sign_in_failure") == [["4"]])
            self.assertEqual(self.site.client().get("/sign-in").status, 200)
            os.kill(helper, signal.SIGKILL)
            for page in (one.result() for one in waiting):
                self.assertEqual(page.status, 503)
                self.assertIn("Try again in a moment", page.words)
        self.assertEqual(self.sql("select count(*) from sign_in_failure"), [["0"]])
        self.assertEqual(self.attempt().status, 303)

    def test_only_so_many_wait(self):
        helper, = self.helpers()
        os.kill(helper, signal.SIGSTOP)
        with concurrent.futures.ThreadPoolExecutor(24) as pool:
            waiting = [pool.submit(self.attempt, f"nobody-{i}") for i in range(24)]
            wait_until(lambda: sum(one.done() for one in waiting) == 4)
            self.assertEqual([one.result().status for one in waiting if one.done()], [503] * 4)
            os.kill(helper, signal.SIGCONT)
            self.assertEqual(sorted(one.result().status for one in waiting), [400] * 20 + [503] * 4)
        self.assertEqual(self.sql("select count(*) from sign_in_failure"), [["20"]])

    def test_whoever_gives_up_waiting_harms_nobody(self):
        self.choose()
        helper, = self.helpers()
        os.kill(helper, signal.SIGSTOP)
        client = self.site.client()
        client.timeout = 0.5
        with self.assertRaises(OSError):
            self.attempt(client=client)
        os.kill(helper, signal.SIGCONT)
        self.assertEqual(self.attempt().status, 303)

    def test_it_ends_with_its_worker_even_while_somebody_waits(self):
        helper, = self.helpers()
        os.kill(helper, signal.SIGSTOP)
        with concurrent.futures.ThreadPoolExecutor(1) as pool:
            waiting = pool.submit(self.attempt)
            wait_until(lambda: self.sql("select count(*) from sign_in_failure") == [["1"]])
            start = time.monotonic()
            self.site.stop()
            self.assertLess(time.monotonic() - start, 15)
            self.assertEqual(waiting.result().status, 503)
        self.assertFalse(os.path.exists(f"/proc/{helper}"))

    def test_it_ends_with_a_worker_that_is_killed(self):
        helper, = self.helpers()
        os.kill(self.site.workers()[0], signal.SIGKILL)
        wait_until(lambda: not os.path.exists(f"/proc/{helper}"))
        wait_until(lambda: len(self.helpers()) == 1)

    def test_other_pages_do_not_wait_for_it(self):
        client, times = self.site.client(), []
        with concurrent.futures.ThreadPoolExecutor(10) as pool:
            signing = [pool.submit(self.attempt, f"nobody-{i}", OTHER) for i in range(10)]
            while not all(one.done() for one in signing):
                start = time.monotonic()
                self.assertEqual(client.get("/sign-in").status, 200)
                times.append(time.monotonic() - start)
        self.assertGreater(len(times), 10)
        print(f"{len(times)} pages, p95 {1000 * statistics.quantiles(times, n=20)[-1]:.1f} ms")
        self.assertLess(statistics.median(times), 0.05, times)


if __name__ == "__main__":
    unittest.main()
