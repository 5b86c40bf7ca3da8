"""`ithaca serve` for tests, and a browser without a screen: cookies, forms, form tokens.

    class Some:                              # stores.on_both or support.both_engines make the TestCase
        def test(self):
            self.bring("harbour-broken")
            site = Site(self.url, self)      # ended, and looked through for complaints, after the test
                                             # (where `prepare` fills the database: made_ready)
            site.join("harbour", "team")     # a person with an account, called "team", in that role
            client = site.sign_in("team")
            page = client.get("/p/harbour")
            page = client.submit(page, "/p/harbour/finding/...", what="accepted")

(It is not called site.py: Python has a module of that name.)
"""
import gzip
import html.parser
import http.client
import http.cookies
import datetime
import os
import re
import signal
import socket
import subprocess
import time
import urllib.parse

from stores import wait_until
from support import ITHACA, ithaca

FORM = "application/x-www-form-urlencoded"
IDLE_SECONDS = 8  # the server ends connections that are idle for longer, about twice that
SELDOM = 3600  # poll_seconds, where nobody need look again at what is saved
ROLES = ("lead", "team", "sponsor", "mentor", "evaluator")


def port_free():
    with socket.socket() as there:
        there.bind(("127.0.0.1", 0))
        return there.getsockname()[1]


class Form:
    """A form of a page: where it goes, and what it would send as it stands."""

    def __init__(self, action, method):
        self.action, self.method = action, method
        self.fields = {}   # as it stands: name -> value; a list, where several boxes are ticked
        self.choices = {}  # of radio buttons and selects: name -> all values


class _Reader(html.parser.HTMLParser):
    def __init__(self):
        super().__init__()
        self.forms, self.links, self.form, self.select, self.area = [], [], None, None, None
        self.words = []

    def handle_starttag(self, tag, attrs):
        has = dict(attrs)
        if tag == "a" and "href" in has:
            self.links.append(has["href"])
        if tag == "form":
            self.form = Form(has.get("action", ""), has.get("method", "get").lower())
            self.forms.append(self.form)
        if self.form is None:
            return
        fields, name = self.form.fields, has.get("name")
        if tag == "select":
            self.select = name
        elif tag == "option" and self.select:
            self.form.choices.setdefault(self.select, []).append(has.get("value", ""))
            if "selected" in has or self.select not in fields:
                fields[self.select] = has.get("value", "")
        elif tag == "textarea":
            self.area, fields[name] = name, ""
        elif tag == "input" and name and has.get("type") in ("radio", "checkbox"):
            self.form.choices.setdefault(name, []).append(has.get("value", "on"))
            if "checked" in has and has["type"] == "checkbox" and name in fields:
                fields[name] = [*([fields[name]] if isinstance(fields[name], str) else fields[name]),
                                has.get("value", "on")]
            elif "checked" in has:
                fields[name] = has.get("value", "on")
        elif tag in ("input", "button") and name and has.get("type") != "file":
            fields[name] = has.get("value", "")

    def handle_endtag(self, tag):
        if tag == "form":
            self.form = None
        elif tag == "select":
            self.select = None
        elif tag == "textarea":  # a line end at its beginning does not count
            if self.area and self.form:  # others are there to be copied from
                self.form.fields[self.area] = self.form.fields[self.area].removeprefix("\n")
            self.area = None

    def handle_data(self, data):
        self.words.append(data)
        if self.area and self.form:
            self.form.fields[self.area] += data


class Page:
    """An answer: status, headers (HTTPMessage), body (bytes, unpacked), text."""

    def __init__(self, address, answer, body):
        self.address, self.status, self.headers, self.raw = address, answer.status, answer.headers, body
        packed = self.headers.get("Content-Encoding") == "gzip"
        self.body = gzip.decompress(body) if packed and body else body
        self.location = self.headers.get("Location")
        self._read = None

    @property
    def text(self):
        return self.body.decode()

    @property
    def _parsed(self):
        if self._read is None:
            self._read = _Reader()
            self._read.feed(self.text)
            self._read.close()
        return self._read

    @property
    def forms(self):
        return self._parsed.forms

    @property
    def links(self):
        """The addresses of its links."""
        return self._parsed.links

    @property
    def words(self):
        """What can be read on it, on one line."""
        return " ".join(" ".join(self._parsed.words).split())

    def form(self, action=None):
        """The form that goes to `action`; else the only one that is not for signing out."""
        found = [form for form in self.forms
                 if (form.action == action if action else form.action != "/sign-out")]
        if len(found) != 1:
            raise AssertionError(f"{self.address} ({self.status}) has {len(found)} forms to "
                                 f"{action or 'choose from'}: {[f.action for f in self.forms]}")
        return found[0]

    @property
    def token(self):
        """What forms of this page bring; None if it has none."""
        for form in self.forms:
            if "form-token" in form.fields:
                return form.fields["form-token"]
        return None


class Client:
    """One browser. Redirects are followed only where asked for."""

    def __init__(self, port, timeout=60, context=None):
        self.port, self.timeout, self.context = port, timeout, context
        self.cookies = {}
        self.token = None  # of the last page that had one
        self.connection, self.used = None, 0

    def _connection(self):
        if self.context:
            return http.client.HTTPSConnection("127.0.0.1", self.port, timeout=self.timeout,
                                               context=self.context)
        return http.client.HTTPConnection("127.0.0.1", self.port, timeout=self.timeout)

    def request(self, method, address, body=None, headers=None):
        """Whatever one likes; the body as bytes."""
        sent = dict(headers or {})
        if self.cookies and "Cookie" not in sent:
            sent["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        if time.monotonic() - self.used > IDLE_SECONDS:
            self.close()
        self.used = time.monotonic()
        fresh = self.connection is None
        if fresh:
            self.connection = self._connection()
        try:
            self.connection.request(method, address, body=body, headers=sent)
            answer = self.connection.getresponse()
            data = answer.read()
        except (http.client.HTTPException, OSError):
            self.close()
            if fresh or method == "POST":
                raise
            return self.request(method, address, body, headers)  # it was idle for too long
        page = Page(address, answer, data)
        for line in answer.headers.get_all("Set-Cookie") or []:
            for name, cookie in http.cookies.SimpleCookie(line).items():
                if cookie["max-age"] == "0":
                    self.cookies.pop(name, None)
                else:
                    self.cookies[name] = cookie.value
        if page.headers.get_content_type() == "text/html" and data:
            self.token = page.token or self.token
        return page

    def get(self, address, headers=None, follow=False):
        page = self.request("GET", address, headers=headers)
        for _ in range(5 if follow else 0):
            if page.status != 303:
                break
            page = self.request("GET", page.location, headers=headers)
        return page

    def post(self, address, fields=None, token=True, headers=None, follow=False):
        """A form; `token` brings the one of the last page, unless it is another text or None."""
        fields = dict(fields or {})
        if token is True and self.token is None and self.cookies:
            self.get("/")
            if self.token is None:
                self.get("/", follow=True)
        if token:
            brought = self.token if token is True else token
            if brought:
                fields.setdefault("form-token", brought)
        page = self.request("POST", address, urllib.parse.urlencode(fields, doseq=True).encode(),
                            {"Content-Type": FORM, **(headers or {})})
        return self.get(page.location, follow=True) if follow and page.status == 303 else page

    def submit(self, page, action=None, follow=False, **fields):
        """Sends a form of a page as it stands there, but for `fields` (None leaves one out). A _ in a
        name stands for -."""
        form = page.form(action)
        sent = dict(form.fields)
        for name, value in fields.items():
            name = name if name in sent or name in form.choices else name.replace("_", "-")
            if value is None:
                sent.pop(name, None)
            else:
                sent[name] = value
        return self.post(form.action, sent, token=None, follow=follow)

    def upload(self, page, action, name, content):
        """Sends a form with a file."""
        mark = "----a-line-that-is-in-no-file"
        parts = [f'--{mark}\r\nContent-Disposition: form-data; name="{field}"\r\n\r\n{value}\r\n'
                 for field, value in page.form(action).fields.items() if field != "file"]
        file = (f'--{mark}\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n'
                "Content-Type: application/octet-stream\r\n\r\n").encode()
        body = "".join(parts).encode() + file + content + f"\r\n--{mark}--\r\n".encode()
        return self.request("POST", action, body,
                            {"Content-Type": f"multipart/form-data; boundary={mark}"})

    def close(self):
        if self.connection:
            self.connection.close()
        self.connection = None


class People:
    """Makes people with accounts in a database."""

    def __init__(self, url):
        self.url = url

    def command(self, *arguments):
        result = ithaca(*arguments, "--db", self.url)
        if result.returncode:
            raise AssertionError(f"{arguments}\n{result.stdout}{result.stderr}")
        return result.stdout

    def person(self, login, name=None, email=None):
        """Somebody with an account, who takes part in nothing yet."""
        email = email or f"{login}@example.org"
        self.command("person", "add", name or login.capitalize(), "--email", email)
        self.command("person", "account", "add", email, login)
        return login

    def join(self, programme, role, login=None, record=None, name=None):
        """Somebody new (called like the role, if nothing is said) with a role in a programme; `record`
        is their key on its sheet People."""
        login = self.person(login or role, name)
        self.command("person", "member", "add", programme, login, role)
        if record:
            self.command("person", "link", login, f"{programme}/{record}")
        return login


class Site(People):
    """`ithaca serve` over a database. `case` is the test that it is ended after."""

    def __init__(self, url, case, program=ITHACA, context=None, **settings):
        """Settings are lines of the configuration: web_workers=1, site="https://...". `context` (of ssl)
        is for those by which it answers over https."""
        super().__init__(url)
        self.case, self.program, self.context = case, program, context
        self.settings = {"web-workers": 2, "job-workers": 1, "poll-seconds": 1}
        self.settings.update({name.replace("_", "-"): value for name, value in settings.items()})
        self.process, self.port, self.started = None, None, 0
        case.addCleanup(self.kill)
        self.start()

    # ---- starting and ending ----

    def start(self):
        for _ in range(5):
            self.port = port_free()
            if self._start_at(self.port):
                return
        raise AssertionError(f"it did not start:\n{self.errors()}")

    def _start_at(self, port):
        self.started += 1
        config = self.case.folder / "serve.conf"
        config.write_text("".join(f"{name} = {value}\n" for name, value in
                                  {**self.settings, "port": port}.items()))
        with open(self.case.folder / "serve.out", "ab") as out, \
                open(self.case.folder / "serve.err", "ab") as errors:
            self.process = subprocess.Popen(
                [self.program, "serve", "--config", config, "--db", self.url], stdout=out,
                stderr=errors, stdin=subprocess.DEVNULL, start_new_session=True)
        end = time.monotonic() + 60
        while self.process.poll() is None:
            try:
                client = Client(port, context=self.context)
                if client.get("/sign-in").status == 200:
                    client.close()
                    return True
            except OSError:
                pass
            if time.monotonic() > end:
                raise AssertionError(f"it does not answer:\n{self.errors()}")
            time.sleep(0.02)
        if "another program has it already" in self.errors():
            return False
        raise AssertionError(f"it did not start:\n{self.errors()}")

    def errors(self):
        """Its log so far."""
        return (self.case.folder / "serve.err").read_text(errors="replace")

    def stop(self, signal_sent=signal.SIGTERM):
        """Ends it as an operator does, and looks whether it complained."""
        self.process.send_signal(signal_sent)
        self.process.wait(timeout=60)
        if self.process.returncode or "Sanitizer" in self.errors():
            raise AssertionError(f"it ended with {self.process.returncode}:\n{self.errors()}")

    def kill(self):
        if self.process and self.process.poll() is None:
            try:
                self.stop()
            finally:
                try:
                    os.killpg(self.process.pid, signal.SIGKILL)
                except ProcessLookupError:
                    pass

    def workers(self, listening=True):
        """The processes below it: those that answer pages, or all."""
        children = f"/proc/{self.process.pid}/task/{self.process.pid}/children"
        with open(children, encoding="ascii") as file:
            found = [int(process) for process in file.read().split()]
        return [process for process in found if not listening or _answers_pages(process)]

    # ---- people ----

    def administrator(self):
        """The login of whoever looks after the site: `serve` makes them when it starts."""
        return "administrator"

    def link(self, login):
        """The path of a fresh link that lets somebody in once."""
        said = self.command("person", "invite", login, "--site", f"http://127.0.0.1:{self.port}")
        return urllib.parse.urlsplit(re.search(r"http\S+", said).group()).path

    def client(self):
        """A browser in which nobody is signed in."""
        client = Client(self.port, context=self.context)
        self.case.addCleanup(client.close)
        return client

    def sign_in(self, login):
        """A browser in which they are signed in."""
        client, path = self.client(), self.link(login)
        page = client.submit(client.get(path), path)
        if page.status != 303 or not client.cookies:
            raise AssertionError(f"{login} could not sign in: {page.status}\n{page.text}")
        client.get("/", follow=True)
        return client


def made_ready(case):
    """Lets `ithaca serve` do all that there is to do in a test's database: look at every programme, make
    ready what pages show of it. Whoever is given a copy of it finds its workers idle, and need not wait
    for them when it is ended."""
    site = Site(case.url, case, web_workers=1)
    wait_until(lambda: case.sql(
        "select count(*) from programme p where not exists (select 1 from diagnosis d join diagnosis_part r"
        " on r.programme_id = d.programme_id and r.number = d.number where d.programme_id = p.id and"
        f" d.revision = p.revision and d.day >= '{datetime.date.today()}' and d.number ="
        " (select max(n.number) from diagnosis n where n.programme_id = p.id))") == [["0"]])
    site.stop()


def _answers_pages(process):
    """Whether it waits for connections through epoll, as web workers do."""
    folder = f"/proc/{process}/fd"
    try:
        return any(os.readlink(f"{folder}/{fd}") == "anon_inode:[eventpoll]" for fd in os.listdir(folder))
    except OSError:
        return False
