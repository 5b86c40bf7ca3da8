"""Pages over https, without anything in front."""
import http.client
import os
import pathlib
import signal
import socket
import ssl
import subprocess
import time

from serving import SELDOM, Client, People, Site, made_ready
from stores import on_both, wait_until
from support import Case, ithaca


def certificate(folder, name, key="rsa:2048", days=2):
    """A self-signed one for 127.0.0.1: the paths of it and of its key."""
    chain, secret = folder / f"{name}.pem", folder / f"{name}.key"
    more = ["-newkey", key] if key != "ec" else ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256"]
    subprocess.run(["openssl", "req", "-x509", *more, "-nodes", "-keyout", secret, "-out", chain, "-days",
                    str(days), "-subj", f"/CN={name}", "-addext", "subjectAltName=IP:127.0.0.1"],
                   check=True, capture_output=True)
    secret.chmod(0o600)
    return chain, secret


def trusting(*chains):
    context = ssl.create_default_context()
    for chain in chains:
        context.load_verify_locations(chain)
    return context


@on_both
class Tls:
    def setUp(self):
        super().setUp()
        self.prepare(self.make)
        self.chain, self.key = certificate(self.folder, "first", "ec")
        self.second = certificate(self.folder, "second")
        self.site = Site(self.url, self, context=trusting(self.chain, self.second[0]),
                         tls_certificate=self.chain, tls_key=self.key, web_workers=1,
                         poll_seconds=SELDOM)

    def make(self):
        self.bring("harbour")
        People(self.url).join("harbour", "lead")
        made_ready(self)
        self.done("person", "account", "remove", "administrator")  # so that the site prints a link

    def shown(self):
        """Which certificate it shows."""
        with socket.create_connection(("127.0.0.1", self.site.port)) as plain, \
                self.site.context.wrap_socket(plain, server_hostname="127.0.0.1") as there:
            return there.getpeercert()["subject"][0][0][1]

    def test_pages_forms_and_cookies(self):
        client = self.site.sign_in("lead")
        page = client.get("/p/harbour")
        self.assertEqual(page.status, 200)
        self.assertIn("max-age=31536000", page.headers["Strict-Transport-Security"])
        ours = f"https://127.0.0.1:{self.site.port}"
        self.assertEqual(client.post("/account/sessions", headers={"Origin": ours}).status, 303)
        self.assertEqual(client.post("/account/sessions", headers={"Origin": "https://evil.example"}).status,
                         403)
        again, path = self.site.client(), self.site.link("lead")
        page = again.submit(again.get(path), path)
        self.assertIn("; Secure", page.headers["Set-Cookie"])
        big = again.post("/p/harbour/whatif", {"a": "x" * 300000})
        self.assertEqual(big.status, 413)
        self.assertIn(ours + "/link/", (self.folder / "serve.out").read_text())

    def test_only_what_is_not_broken(self):
        for version, works in ((ssl.TLSVersion.TLSv1_3, True), (ssl.TLSVersion.TLSv1_2, True),
                               (ssl.TLSVersion.TLSv1_1, False), (ssl.TLSVersion.TLSv1, False)):
            context = trusting(self.chain)
            context.set_ciphers("ALL:@SECLEVEL=0")
            context.minimum_version = context.maximum_version = version
            with socket.create_connection(("127.0.0.1", self.site.port)) as plain:
                try:
                    with context.wrap_socket(plain, server_hostname="127.0.0.1") as there:
                        self.assertTrue(works, version)
                        self.assertEqual(there.version(), version.name.replace("_", "."))
                except (ssl.SSLError, ConnectionError):
                    self.assertFalse(works, version)
        client = Client(self.site.port)  # who speaks no TLS is told nothing
        self.assertRaises((OSError, http.client.HTTPException), client.get, "/sign-in")
        self.assertEqual(self.site.client().get("/sign-in").status, 200)

    def test_a_reload_takes_a_new_certificate(self):
        self.assertEqual(self.shown(), "first")
        for file, new in zip((self.chain, self.key), self.second):
            os.replace(new, file)
        before = self.site.client()
        self.assertEqual(before.get("/sign-in").status, 200)
        self.site.process.send_signal(signal.SIGHUP)
        wait_until(lambda: self.shown() == "second")
        page = before.post("/sign-in", {"who": "", "password": ""})  # on the connection from before
        self.assertEqual((page.status, page.headers["Connection"]), (400, "close"))

    def test_a_reload_with_one_that_cannot_be_used_changes_nothing(self):
        os.replace(self.second[1], self.key)
        self.site.process.send_signal(signal.SIGHUP)
        wait_until(lambda: "goes on as before" in self.site.errors())
        self.assertIn("does not belong to the certificate", self.site.errors())
        self.assertEqual(self.shown(), "first")

    def test_who_does_not_finish_shaking_hands_delays_nobody(self):
        there = [socket.create_connection(("127.0.0.1", self.site.port)) for _ in range(100)]
        for one in there[::2]:
            one.sendall(b"\x16\x03\x01\x02\x00\x01")
        start = time.monotonic()
        for _ in range(5):
            self.assertEqual(self.site.client().get("/sign-in").status, 200)
        self.assertLess(time.monotonic() - start, 5)
        for one in there:
            one.close()


class Refused(Case):
    """It is not started, and says why."""

    def setUp(self):
        super().setUp()
        self.chain, self.key = certificate(self.folder, "ours", "ec")

    def refused(self, *lines):
        config = self.folder / "serve.conf"
        config.write_text("\n".join(["database = none.db", "port = 1", *lines]) + "\n")
        result = ithaca("serve", "--config", config)
        self.assertEqual(result.returncode, 2)
        return result.stderr

    def both(self):
        return self.refused(f"tls-certificate = {self.chain.name}", f"tls-key = {self.key.name}")

    def test_one_without_the_other(self):
        for line in (f"tls-certificate = {self.chain}", f"tls-key = {self.key}"):
            self.assertIn("tls-certificate and tls-key go together", self.refused(line))

    def test_a_key_that_others_can_read(self):
        for mode, refused in ((0o644, True), (0o604, True), (0o660, True), (0o602, True), (0o640, False),
                              (0o600, False), (0o400, False)):
            self.key.chmod(mode)
            said = self.both()
            self.assertEqual("This key is no secret" in said, refused, oct(mode))
            self.assertEqual(f"chmod 600 {self.key}" in said, refused, oct(mode))
            self.assertNotIn("PRIVATE", said)

    def test_a_key_of_another_certificate(self):
        _, self.key = certificate(self.folder, "other")
        self.assertIn("does not belong to the certificate", self.both())

    def test_what_is_neither(self):
        good_chain, good_key = self.chain, self.key
        empty = self.folder / "empty"
        empty.write_text("")
        empty.chmod(0o600)
        binary = self.folder / "binary"
        binary.write_bytes(bytes(range(1, 256)))
        binary.chmod(0o600)
        locked = self.folder / "locked"
        subprocess.run(["openssl", "pkey", "-in", self.key, "-aes256", "-passout", "pass:x", "-out", locked],
                       check=True, capture_output=True)
        locked.chmod(0o600)
        for self.key in (empty, self.chain, locked):
            self.chain.chmod(0o600)
            self.assertIn("There is no key in it that can be read", self.both())
        self.key = good_key
        for self.chain in (empty, good_key):
            self.assertIn("There is no certificate in it that can be read", self.both())
        for self.chain in (binary, self.folder, pathlib.Path("none-there")):
            self.assertIn(self.chain.name, self.both())
        self.chain = good_chain
        self.assertNotIn("certificate", self.both())  # the port is what is left
