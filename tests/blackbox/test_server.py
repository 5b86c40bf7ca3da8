"""What comes from outside may be anything: too much, half of it, nonsense, hostile; and workers end."""
import concurrent.futures
import gzip
import http.client
import os
import re
import signal
import socket
import statistics
import threading
import time

from serving import FORM, SELDOM, People, Site, made_ready
from stores import on_both, wait_until

FINDING = "/p/harbour/finding/A2%2Fshared-budget"
SAFE = {"Content-Security-Policy": "default-src 'none'", "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "same-origin", "Cross-Origin-Opener-Policy": "same-origin"}


class Served:
    workers = 1

    def setUp(self):
        super().setUp()
        self.prepare(self.make)
        self.site = Site(self.url, self, web_workers=self.workers, poll_seconds=SELDOM)
        self.lead = self.site.sign_in("lead")

    def make(self):
        self.bring("harbour-broken")
        self.done("diagnose")
        People(self.url).join("harbour", "lead", record="gp-lead")
        made_ready(self)

    def connect(self):
        there = socket.create_connection(("127.0.0.1", self.site.port), timeout=60)
        self.addCleanup(there.close)
        return there

    def raw(self, data):
        """Sends bytes; the answer, or None if there is none."""
        there = self.connect()
        there.sendall(data)
        answer = http.client.HTTPResponse(there)
        try:
            answer.begin()
        except (http.client.HTTPException, OSError):
            return None
        answer.body = answer.read()
        return answer

    @staticmethod
    def got(there, seconds=2):
        """What comes within a time; idle connections are kept for longer than a test should take."""
        there.settimeout(seconds)
        got = b""
        try:
            while part := there.recv(65536):
                got += part
        except OSError:
            pass
        return got

    def head(self, method="GET", path="/p/harbour", more=""):
        """The first lines of a request of the lead's."""
        return (f"{method} {path} HTTP/1.1\r\nHost: 127.0.0.1:{self.site.port}\r\n"
                f"Cookie: ithaca={self.lead.cookies['ithaca']}\r\n{more}\r\n").encode()

    def form(self, body, path=FINDING):
        """A form of the lead's as it goes over the wire."""
        return self.head("POST", path,
                         f"Content-Type: {FORM}\r\nContent-Length: {len(body)}\r\n") + body

    def decision(self, reason="because"):
        """The fields of a good decision."""
        form = self.lead.get(FINDING).form(FINDING)
        return {**form.fields, "what": "accepted", "reason": reason}

    def encoded(self, fields):
        return "&".join(f"{name}={value}" for name, value in fields.items()).encode()

    def decisions(self):
        return int(self.sql("select count(*) from finding_decision")[0][0])

    def still_well(self):
        self.assertEqual(self.lead.get("/p/harbour").status, 200)


@on_both
class Forms(Served):
    def nothing_changed(self):
        self.assertEqual(self.decisions(), 0)
        self.still_well()

    def test_a_good_form_by_hand(self):
        """Or the other tests would prove nothing."""
        body = self.encoded(self.decision("so+it+is"))
        self.assertEqual(self.raw(self.form(body)).status, 303)
        self.assertEqual(self.sql("select reason from finding_decision"), [["so it is"]])

    def test_piece_by_piece_it_is_the_same(self):
        there = self.connect()
        before, sign, after = self.form(self.encoded(self.decision("%C3%A4+b%26c"))).partition(b"reason=")
        there.send(before)
        for byte in sign + after:
            time.sleep(0.01)  # or the network puts the pieces together again
            there.send(bytes([byte]))
        self.assertIn(b" 303 ", there.recv(4096))
        self.assertEqual(self.sql("select reason from finding_decision"), [["ä b&c"]])

    def test_in_chunks_it_is_the_same(self):
        body = self.encoded(self.decision())
        half = len(body) // 2
        chunks = b"".join(b"%x\r\n%s\r\n" % (len(part), part)
                          for part in (body[:half], body[half:], b""))
        head = self.head("POST", FINDING, f"Content-Type: {FORM}\r\nTransfer-Encoding: chunked\r\n")
        self.assertEqual(self.raw(head + chunks).status, 303)
        self.assertEqual(self.decisions(), 1)

    def test_too_much(self):
        fields = self.decision("x" * (300 * 1024))
        self.assertEqual(self.raw(self.form(self.encoded(fields))).status, 413)
        body = self.encoded(fields)
        head = self.head("POST", FINDING, f"Content-Type: {FORM}\r\nTransfer-Encoding: chunked\r\n")
        self.assertEqual(self.raw(head + b"%x\r\n%s\r\n0\r\n\r\n" % (len(body), body)).status, 413)
        self.nothing_changed()

    def test_far_too_much_is_not_even_read(self):
        head = self.head("POST", FINDING, f"Content-Type: {FORM}\r\nContent-Length: 9000000000\r\n")
        self.assertEqual(self.raw(head).status, 413)
        self.nothing_changed()

    def test_too_many_fields(self):
        fields = self.decision()
        many = "".join(f"&x{n}=1" for n in range(500)).encode()
        self.assertEqual(self.raw(self.form(self.encoded(fields) + many)).status, 400)
        self.nothing_changed()
        self.assertEqual(self.raw(self.form(self.encoded(fields) + many[:-300])).status, 303)

    def test_what_is_no_text(self):
        for bad in ("%00", "a%00b", "%FF", "%C3%28", "%ED%A0%80", "%F5%80%80%80", "%C0%AF"):
            with self.subTest(bad):
                self.assertEqual(self.raw(self.form(self.encoded(self.decision(bad)))).status, 400)
        body = self.encoded(self.decision()) + b"&\xff%ff=1"
        self.assertEqual(self.raw(self.form(body)).status, 400)
        self.nothing_changed()

    def test_percent_signs_that_say_nothing(self):
        """They are taken as they stand, or refused."""
        taken = 0
        for bad in ("%", "%2", "%zz", "100%", "%%41"):
            status = self.raw(self.form(self.encoded(self.decision(bad)))).status
            self.assertIn(status, (303, 400), bad)
            taken += status == 303
            self.assertEqual(self.decisions(), taken)

    def test_what_cannot_be_kept(self):
        for field, bad in (("what", "erased"), ("what", ""), ("person", "nobody-of-them"),
                           ("person", "gp-lead'"), ("what", "assigned\u200b")):
            fields = {**self.decision(), "what": "assigned", "person": "gp-lead", field: bad}
            page = self.lead.post(FINDING, fields)
            self.assertIn(page.status, (400, 409), (field, bad))
        for day in ("31 February 2027", "yesterday", "0", "1 January 1066", "<b>"):
            fields = {**self.decision(), "what": "set aside", "review": day}
            self.assertEqual(self.lead.post(FINDING, fields).status, 400, day)
        self.nothing_changed()

    def test_control_characters_in_words(self):
        page = self.lead.post(FINDING, self.decision("a\x01b\x1b[31m\u202ec"))
        self.assertIn(page.status, (303, 400))
        self.assertNotRegex(self.lead.get(FINDING).text, "[\x01\x1b]")

    def test_only_half_of_it(self):
        whole = self.form(self.encoded(self.decision()))
        for length in (1, 20, whole.index(b"\r\n\r\n"), whole.index(b"\r\n\r\n") + 4, len(whole) - 1):
            there = self.connect()
            there.sendall(whole[:length])
            there.close()
        self.nothing_changed()
        there = self.connect()
        there.sendall(whole[:-1])
        there.shutdown(socket.SHUT_WR)
        self.assertNotIn(b" 303 ", self.got(there))
        self.nothing_changed()

    def test_sent_twice_it_is_done_once(self):
        fields = self.decision()
        pages = [self.lead.post(FINDING, fields) for _ in range(2)]
        self.assertEqual([page.status for page in pages], [303, 303])
        self.assertEqual(self.decisions(), 1)

    def test_another_kind_of_form(self):
        """As browsers send files; and what is no form at all."""
        fields = self.decision()
        bound = "".join(f'--b\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
                        for name, value in fields.items()) + "--b--\r\n"
        sent = {"multipart/form-data; boundary=b": bound, "application/json": "{}", "text/plain": "a=b",
                "multipart/form-data": "x", "": "x"}
        for kind, body in sent.items():
            page = self.lead.request("POST", FINDING, body.encode(), {"Content-Type": kind})
            self.assertIn(page.status, (303, 400, 403), kind)
        self.assertLessEqual(self.decisions(), 1)
        self.still_well()


@on_both
class Requests(Served):
    def test_other_methods(self):
        for method in ("PUT", "DELETE", "OPTIONS", "TRACE", "PATCH", "CONNECT", "PROPFIND", "get", "X" * 50):
            for body in (b"", b"what=accepted"):
                answer = self.raw(self.head(method, "/p/harbour", f"Content-Length: {len(body)}\r\n")
                                  + body)
                self.assertEqual(answer.status, 405, method)
                self.assertIn("GET", answer.headers["Allow"])
        self.still_well()

    def test_addresses(self):
        long = "/p/" + "a" * 9000
        statuses = {"/p/harbour%00": 404, "/p/harbour%00/diagnosis": 404, "/%00": 404, "/p/%ff": 404,
                    "/p/%zz": 404, "/p/%": 404, "/p/harbour/": 404, "//": 404, "/p": 404, "/p/": 404,
                    "/p//diagnosis": 404, "/p/harbour/diagnosis/": 404, "/p/HARBOUR": 404,
                    "/p/..%2f..%2fetc%2fpasswd": 404, "/../../etc/passwd": 404, "/p/./harbour": 404,
                    "/p/' or 1=1 --".replace(" ", "%20"): 404, "/p/harbour;x=1": 404,
                    "/p/harbour/finding/": 404, "/p/harbour/finding/none": 404,
                    "/p/harbour/finding/%00": 404, "/p/harbour/finding/a/b": 404,
                    "/p/harbour/finding/" + "%41" * 900: 404,
                    "/p/harbour?%": 200, "/p/harbour?a": 200, "/p/harbour?a=%zz&&=&": 200,
                    "/p/harbour?a=%ff": 400, "/p/harbour?a=%00": 400, "/p/harbour?%ff=a": 400,
                    "/p/harbour/diagnosis?show=%3Cscript%3E&level=%22&outcome=-1": 200,
                    "/p/%68arbour": 200, long: 404}
        for address, status in statuses.items():
            with self.subTest(address[:60]):
                self.assertEqual(self.raw(self.head("GET", address)).status, status)
        for much in ("/p/" + "a" * 40000, "/p/harbour?" + "&".join("a" * 501)):
            there = self.connect()
            there.sendall(self.head("GET", much))
            self.assertNotRegex(self.got(there), rb"\AHTTP/1\.1 (200|500)")
        self.still_well()

    def test_first_lines(self):
        host = f"Host: 127.0.0.1:{self.site.port}\r\n".encode()
        for bad in (b"GET\r\n\r\n", b"\r\n\r\n\r\n", b"GET / HTTP/9.9\r\n" + host + b"\r\n",
                    b"GET  / HTTP/1.1\r\n" + host + b"\r\n", b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\r\n\r\n",
                    b"GET http://evil.example/ HTTP/1.1\r\n" + host + b"\r\n",
                    b"GET p/harbour HTTP/1.1\r\n" + host + b"\r\n", b"GET * HTTP/1.1\r\n" + host + b"\r\n",
                    b"GET / HTTP/1.1\r\n\r\n", b"GET /\x00 HTTP/1.1\r\n" + host + b"\r\n",
                    b"GET / HTTP/1.1\r\n" + host + b"Content-Length: -1\r\n\r\n",
                    b"GET / HTTP/1.1\r\n" + host + b"Content-Length: x\r\n\r\n",
                    b"GET / HTTP/1.1\r\n" + host + b"No colon here\r\n\r\n",
                    b"GET / HTTP/1.1\r\n" + host + b": x\r\n\r\n", bytes(range(256)) + b"\r\n\r\n",
                    "GET /\u202e HTTP/1.1\r\n".encode() + host + b"\r\n"):
            with self.subTest(bad[:40]):
                there = self.connect()
                there.sendall(bad)
                there.shutdown(socket.SHUT_WR)
                self.assertNotRegex(self.got(there), rb"\AHTTP/1\.\d (200|500)")
        self.still_well()

    def test_headers(self):
        self.assertIn(self.raw(self.head(more="X: " + "a" * 60000 + "\r\n")).status, (431, 413))
        self.assertIn(self.raw(self.head(more="X: a\r\n" * 5000)).status, (431, 413))
        for bad in ("Cookie: ithaca\r\n", "Cookie: ;;;=;\r\n", "Cookie: ithaca=\xff\r\n",
                    "Accept-Encoding: \xff\r\n", "If-None-Match: \"\xff\r\n", "Origin: \xff\r\n",
                    "Content-Type: \xff\r\n", "Connection: \xff\r\n", "Accept-Language: " + "z," * 500 + "\r\n",
                    "Range: bytes=0-1\r\n", "Expect: 100-continue\r\n", "Expect: something\r\n",
                    "Upgrade: websocket\r\nConnection: Upgrade\r\n"):
            data = self.head().decode().replace("\r\n\r\n", "\r\n" + bad + "\r\n").encode("latin-1")
            self.assertIn(self.raw(data).status, (200, 303, 417, 431), bad)
        self.still_well()

    def test_two_readings_of_where_a_request_ends(self):
        """Whoever stands in front might read it in the other way."""
        for more in ("Content-Length: 3\r\nContent-Length: 4\r\n",
                     "Content-Length: 3\r\nTransfer-Encoding: chunked\r\n",
                     "Transfer-Encoding: something\r\n"):
            head = self.head("POST", FINDING, f"Content-Type: {FORM}\r\n{more}")
            there = self.connect()
            there.sendall(head + b"0\r\n\r\nGET /p/harbour HTTP/1.1\r\nHost: x\r\n\r\n")
            there.shutdown(socket.SHUT_WR)
            self.assertNotIn(b" 200 OK", self.got(there), more)
        self.still_well()

    def test_static_files(self):
        page = self.site.client().get("/sign-in")
        names = re.findall(r"/static/[\w.-]+", page.text)
        self.assertEqual(len(names), 2)
        for name in names:
            there = self.site.client().get(name)
            self.assertEqual(there.status, 200)
            self.assertIn("immutable", there.headers["Cache-Control"])
            head = self.site.client().request("HEAD", name)
            self.assertEqual((head.status, head.headers["Content-Length"], head.raw),
                             (200, there.headers["Content-Length"], b""))
            self.assertEqual(self.lead.request("POST", name, b"").status, 405)
            for bad in (name[:-1], name + "x", name + "/", name + "%00", name.replace(".", "-"),
                        re.sub(r"-\w+\.", "-00000000.", name), re.sub(r"-\w+\.", ".", name),
                        name.upper(), "/static//" + name[8:], name.replace("/static/", "/static/./")):
                self.assertEqual(self.lead.get(bad).status, 404, bad)
        for bad in ("/static/", "/static", "/static/..", "/static/../etc/passwd", "/static/%2e%2e/x",
                    "/static/..%2fmeson.build", "/static/%00", "/static/ithaca.css", "/static/\\"):
            self.assertEqual(self.lead.get(bad).status, 404, bad)

    def test_every_kind_of_answer_is_safe(self):
        stranger = self.site.client()
        static = re.search(r"/static/[\w.-]+", self.site.client().get("/sign-in").text).group()
        answers = {
            "page": self.lead.get("/p/harbour"), "static file": stranger.get(static),
            "no static file": stranger.get("/static/x"), "sign in": stranger.get("/p/harbour"),
            "head": self.lead.request("HEAD", "/p/harbour"),
            "nothing there": stranger.get("/x"), "bad text": self.lead.get("/p/harbour?a=%ff"),
            "no such programme": self.lead.get("/p/other"), "not our form": self.lead.post(FINDING, token=None),
            "wrong method": self.lead.get("/sign-out"), "lacks something": self.lead.post(FINDING, {}),
            "saved": self.lead.post(FINDING, self.decision()),
            "too much": self.lead.request("POST", FINDING, b"a=" + b"x" * 300000, {"Content-Type": FORM}),
            "other method": self.site.client().request("PUT", "/"),
        }
        statuses = {200, 303, 400, 403, 404, 405, 413}
        self.assertEqual({page.status for page in answers.values()}, statuses)
        for name, page in answers.items():
            with self.subTest(name):
                for header, value in SAFE.items():
                    self.assertTrue((page.headers[header] or "").startswith(value), header)
                policy = page.headers["Content-Security-Policy"]
                self.assertNotIn("unsafe", policy)
                for part in ("frame-ancestors 'none'", "base-uri 'none'", "form-action 'self'"):
                    self.assertIn(part, policy)
                self.assertNotIn("Server", page.headers)
                if page.raw:
                    self.assertIn("charset=utf-8" if name != "static file" else "/",
                                  page.headers["Content-Type"])
                if name != "static file":
                    self.assertNotIn("public", page.headers["Cache-Control"] or "")

    def test_packed_is_the_same(self):
        for address in ("/p/harbour", "/p/harbour/diagnosis", FINDING):
            plain = self.lead.get(address, {"Accept-Encoding": "identity"})
            packed = self.lead.get(address, {"Accept-Encoding": "br, gzip, deflate"})
            self.assertEqual((plain.headers["Content-Encoding"], packed.headers["Content-Encoding"]),
                             (None, "gzip"))
            self.assertIn("Accept-Encoding", packed.headers["Vary"])
            self.assertLess(len(packed.raw), len(plain.raw) / 2)
            self.assertEqual(int(packed.headers["Content-Length"]), len(packed.raw))
            secret = re.compile(rb'name="token" value="[^"]+"')  # new each time
            self.assertEqual(secret.sub(b"", gzip.decompress(packed.raw)), secret.sub(b"", plain.raw))

    def test_it_tells_nothing_of_itself(self):
        for path in ("/", "/p/harbour/x", "/static/x"):
            page = self.lead.get(path)
            for header, value in page.headers.items():
                self.assertNotRegex(value, r"(?i)microhttpd|sqlite|postgres|ithaca/", header)


@on_both
class Crowds(Served):
    def time_of_20(self):
        times = []
        for _ in range(20):
            start = time.perf_counter()
            self.assertEqual(self.lead.get("/p/harbour").status, 200)
            times.append(time.perf_counter() - start)
        return statistics.median(times)

    def test_idle_and_slow_connections_delay_nobody(self):
        self.time_of_20()
        alone = self.time_of_20()
        idle = [self.connect() for _ in range(500)]
        slow = [self.connect() for _ in range(50)]
        for there in slow:
            there.sendall(b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\nX: ")
        over = threading.Event()

        def drip():
            while not over.wait(0.2):
                for there in slow:
                    try:
                        there.send(b"x")
                    except OSError:
                        pass
        thread = threading.Thread(target=drip)
        thread.start()
        try:
            among = self.time_of_20()
        finally:
            over.set()
            thread.join()
        self.assertEqual(len(idle), 500)
        self.assertLess(among, 5 * alone)

    def test_many_at_once_all_get_an_answer(self):
        clients = [self.site.client() for _ in range(40)]
        for client in clients:
            client.cookies = dict(self.lead.cookies)
        with concurrent.futures.ThreadPoolExecutor(40) as pool:
            pages = list(pool.map(lambda client: client.get("/p/harbour").status, clients))
        self.assertEqual(pages, [200] * 40)


@on_both
class Ends(Served):
    workers = 2

    def test_what_is_being_sent_is_still_answered(self):
        """An operator ends it while forms are on their way."""
        whole = self.form(self.encoded(self.decision()))
        other = self.head("GET", "/p/harbour/diagnosis", "Connection: close\r\n")
        sending, reading, idle = self.connect(), self.connect(), self.connect()
        sending.sendall(whole[:-5])
        reading.sendall(other[:-2])
        time.sleep(0.3)
        self.site.process.send_signal(signal.SIGTERM)
        time.sleep(0.5)
        sending.sendall(whole[-5:])
        reading.sendall(other[-2:])
        self.assertIn(b" 303 ", sending.recv(4096))
        self.assertIn(b" 200 ", reading.recv(4096))
        start = time.monotonic()
        self.assertEqual(self.site.process.wait(timeout=30), 0)
        self.assertLess(time.monotonic() - start, 5)  # it waits for nobody who asks nothing
        self.assertEqual(self.decisions(), 1)
        idle.close()

    def test_idle_connections_do_not_keep_it_from_ending(self):
        there = [self.connect() for _ in range(20)]
        for one in there[:10]:
            one.sendall(self.head())
            self.assertIn(b" 200 ", one.recv(65536))
        start = time.monotonic()
        self.site.stop()
        self.assertLess(time.monotonic() - start, 5)

    def test_a_killed_worker_loses_nothing_that_was_acknowledged(self):
        acknowledged, over = [], threading.Event()

        def decide(number):
            client = self.site.client()
            client.cookies = dict(self.lead.cookies)
            count = 0
            while not over.is_set():
                reason = f"{number}-{count}"
                count += 1
                try:
                    page = client.get(FINDING)
                    form = page.form(FINDING)
                    page = client.post(FINDING, {**form.fields, "what": "accepted", "reason": reason})
                    if page.status == 303:
                        acknowledged.append(reason)
                except (OSError, http.client.HTTPException, AssertionError):
                    client.close()
                    client.token = None

        threads = [threading.Thread(target=decide, args=(n,)) for n in range(4)]
        for thread in threads:
            thread.start()
        killed = set()
        try:
            for _ in range(4):
                before = len(acknowledged)
                wait_until(lambda: len(acknowledged) > before + 3)
                for worker in self.site.workers()[:1]:
                    os.kill(worker, signal.SIGKILL)
                    killed.add(worker)
        finally:
            over.set()
            for thread in threads:
                thread.join()
        self.assertEqual(len(killed), 4)
        stored = {row[0] for row in self.sql("select reason from finding_decision")}
        self.assertGreater(len(acknowledged), 12)
        self.assertEqual(set(acknowledged) - stored, set())
        wait_until(lambda: len(self.site.workers()) == 2)
        self.assertIn("by signal 9", self.site.errors())
        self.still_well()
        self.done("audit", "verify")

    def test_when_the_master_is_killed_nobody_stays_behind(self):
        workers = self.site.workers(listening=False)
        self.assertGreaterEqual(len(workers), 3)  # pages, and what is made ready for them
        self.site.process.kill()
        self.site.process.wait()
        wait_until(lambda: not any(os.path.exists(f"/proc/{worker}") for worker in workers))
