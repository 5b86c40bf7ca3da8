"""SIGHUP: the configuration is read again, and fresh workers take over, while people go on working."""
import http.client
import os
import re
import signal
import socket
import threading
import time

from serving import SELDOM, People, Site, made_ready
from stores import on_both, wait_until


@on_both
class Reload:
    def setUp(self):
        super().setUp()
        self.prepare(self.make)
        self.site = Site(self.url, self, log_requests="yes", poll_seconds=SELDOM)
        wait_until(lambda: len(self.site.workers()) == 2)  # one answers before the other has begun

    def make(self):
        self.bring("harbour-broken")
        self.done("diagnose")
        People(self.url).join("harbour", "lead")
        made_ready(self)

    def configure(self, **settings):
        """The same file with other settings."""
        self.site.settings.update({name.replace("_", "-"): value for name, value in settings.items()})
        lines = {**{"port": self.site.port}, **self.site.settings}
        (self.folder / "serve.conf").write_text("".join(f"{name} = {value}\n"
                                                        for name, value in lines.items()))

    def told(self, words, times=1):
        wait_until(lambda: self.site.errors().count(words) >= times)

    def reload(self, times=1):
        before = self.site.errors().count("Fresh workers take over")
        for i in range(times):
            self.site.process.send_signal(signal.SIGHUP)
            self.told("Fresh workers take over", before + i + 1)

    def test_no_request_fails_while_it_is_done_ten_times(self):
        """As browsers ask: one after the other on a connection, until the answer says that it was the
        last; and some on a new connection each."""
        lead = self.site.sign_in("lead")
        failed, done, over = [], [0] * 6, threading.Event()

        def ask(number):
            cookie = {"Cookie": f"ithaca={lead.cookies['ithaca']}"}
            there = None
            while not over.is_set():
                there = there or http.client.HTTPConnection("127.0.0.1", self.site.port, timeout=30)
                try:
                    if number % 2:
                        there.request("POST", "/account/sessions", f"form-token={lead.token}",
                                      {**cookie, "Content-Type": "application/x-www-form-urlencoded"})
                    else:
                        there.request("GET", "/p/harbour/diagnosis", headers=cookie)
                    answer = there.getresponse()
                    answer.read()
                    if answer.status not in (200, 303):
                        failed.append(answer.status)
                    if number < 2 or answer.headers["Connection"] == "close":
                        there.close()
                        there = None
                    done[number] += 1
                except (OSError, http.client.HTTPException) as error:
                    failed.append(repr(error))
                    there = None
                    time.sleep(0.1)

        threads = [threading.Thread(target=ask, args=(number,)) for number in range(len(done))]
        for thread in threads:
            thread.start()
        try:
            for _ in range(10):
                before = list(done)
                self.reload()
                wait_until(lambda: all(now > then for now, then in zip(done, before)))
        finally:
            over.set()
            for thread in threads:
                thread.join()
        self.assertEqual(failed, [])
        self.assertGreater(sum(done), 60)
        wait_until(lambda: len(self.site.workers()) == 2 and len(self.site.workers(False)) == 4)
        workers = {int(worker) for worker in re.findall(r"worker=(\d+)", self.site.errors())}
        self.assertGreater(len(workers), 10)

    def test_what_is_idle_is_not_cut_off(self):
        """A browser keeps its connection, and asks again after the reload."""
        lead = self.site.sign_in("lead")
        self.assertEqual(lead.get("/p/harbour").status, 200)
        old = set(self.site.workers())
        self.reload()
        wait_until(lambda: len(set(self.site.workers()) - old) == 2)  # then the old ones know
        page = lead.post("/account/sessions")  # the client does not try a form again
        self.assertEqual((page.status, page.headers["Connection"]), (303, "close"))
        lead.close()
        wait_until(lambda: not old & set(self.site.workers(False)), 20)
        page = lead.get("/p/harbour")
        self.assertEqual((page.status, page.headers["Connection"]), (200, None))

    def test_what_has_changed_holds(self):
        self.configure(web_workers=1, site="https://ithaca.example.org", log_level="debug")
        self.assertNotIn("Strict-Transport-Security", self.site.client().get("/sign-in").headers)
        self.reload()
        wait_until(lambda: "Strict-Transport-Security" in self.site.client().get("/sign-in").headers)
        wait_until(lambda: len(self.site.workers()) == 1)
        self.configure(web_workers=3)
        self.reload()
        wait_until(lambda: len(self.site.workers()) == 3)
        self.site.stop()

    def test_what_cannot_be_used_changes_nothing(self):
        for settings, said in (({"log_level": "loud"}, "log-level is error, info or debug"),
                               ({"log_level": "info", "time_zone": "Europe/Nowhere"}, "no time zone"),
                               ({"time_zone": "Europe/London", "rules": "none-there"}, "none-there")):
            workers = set(self.site.workers())
            times = self.site.errors().count("goes on as before")
            self.configure(**settings)
            self.site.process.send_signal(signal.SIGHUP)
            self.told("goes on as before", times + 1)
            self.assertIn(said, self.site.errors())
            self.assertEqual(set(self.site.workers()), workers)
            self.assertEqual(self.site.client().get("/sign-in").status, 200)
        (self.folder / "serve.conf").unlink()
        self.site.process.send_signal(signal.SIGHUP)
        self.told("goes on as before", 4)
        self.site.stop()

    def test_what_takes_a_start_stays(self):
        self.configure(address="0.0.0.0", user="nobody")
        port = self.site.port
        (self.folder / "serve.conf").write_text(
            (self.folder / "serve.conf").read_text().replace(f"port = {port}", "port = 1"))
        self.reload()
        for name in ("address", "user", "port"):
            self.assertIn(f"{name} stays as it is until Ithaca is started anew.", self.site.errors())
        self.assertEqual(self.site.client().get("/sign-in").status, 200)

    def test_its_end_ends_those_who_are_leaving(self):
        there = [socket.create_connection(("127.0.0.1", self.site.port)) for _ in range(10)]
        for one in there:
            one.sendall(b"GET /sign-in HTTP/1.1\r\nHost: x\r\n\r\n")
            self.assertIn(b" 200 ", one.recv(65536))
        self.reload(3)
        self.assertGreater(len(self.site.workers(False)), 4)
        all_of_them = self.site.workers(False)
        start = time.monotonic()
        self.site.stop()
        self.assertLess(time.monotonic() - start, 8)
        for worker in all_of_them:
            self.assertFalse(os.path.exists(f"/proc/{worker}"))
        for one in there:
            one.close()
