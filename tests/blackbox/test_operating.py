"""What docs/running.md tells operators: the unit for systemd, what systemd is told, nginx in front."""
import os
import re
import shutil
import signal
import socket
import subprocess
import unittest
import unittest.mock

from serving import Client, Site, port_free
from stores import on_both, wait_until
from support import ITHACA, ROOT, Case, ithaca
from test_tls import certificate, trusting

UNITS = ROOT / "systemd"


def blocks(words):
    """The examples of docs/running.md that hold these words."""
    text = (ROOT / "docs" / "running.md").read_text(encoding="utf-8")
    return [block for block in re.findall(r"(?ms)^```\n(.*?)^```", text) if words in block]


def needs(program):
    return unittest.skipUnless(shutil.which(program, path="/usr/bin:/usr/sbin"), f"{program} is not there")


@on_both
class Notified:
    def test_systemd_is_told_when_pages_can_be_asked_for(self):
        self.bring("harbour")
        in_folder, in_none = str(self.folder / "notify"), f"@ithaca-{self.folder.name}"
        for address in (in_folder, in_none):
            with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as heard:
                heard.bind(address.replace("@", "\0"))
                heard.settimeout(30)
                with unittest.mock.patch.dict(os.environ, NOTIFY_SOCKET=address):
                    site = Site(self.url, self)
                self.assertEqual(heard.recv(100), b"READY=1")
                site.process.send_signal(signal.SIGTERM)
                self.assertEqual(heard.recv(100), b"STOPPING=1")
                self.assertEqual(site.process.wait(timeout=60), 0)

    @needs("nginx")
    def test_behind_nginx(self):
        """The example as it stands, but for paths and ports."""
        self.bring("harbour-broken")
        self.done("diagnose")
        site = Site(self.url, self, site="https://ithaca.example.org", log_requests="yes")
        site.join("harbour", "lead")
        chain, key = certificate(self.folder, "ours")
        plain, port = port_free(), port_free()
        server, = blocks("listen 443 ssl")
        for there, here in (("listen 80", f"listen 127.0.0.1:{plain}"),
                            ("listen 443 ssl", f"listen 127.0.0.1:{port} ssl"),
                            ("/etc/ssl/ithaca.crt", str(chain)), ("/etc/ssl/ithaca.key", str(key)),
                            ("127.0.0.1:8080", f"127.0.0.1:{site.port}")):
            self.assertIn(there, server)
            server = server.replace(there, here)
        config = self.folder / "nginx.conf"
        config.write_text(f"""daemon off; master_process off; pid {self.folder}/nginx.pid;
            error_log {self.folder}/nginx.err; events {{}}
            http {{ access_log off; client_body_temp_path {self.folder}/body; proxy_temp_path {self.folder}/proxy;
            fastcgi_temp_path {self.folder}/1; uwsgi_temp_path {self.folder}/2; scgi_temp_path {self.folder}/3;
            {server} }}""")
        nginx = shutil.which("nginx", path="/usr/bin:/usr/sbin")
        said = subprocess.run([nginx, "-t", "-c", config], capture_output=True, text=True, check=False)
        self.assertEqual(said.returncode, 0, said.stderr)
        with subprocess.Popen([nginx, "-c", config], stderr=subprocess.DEVNULL) as process:
            try:
                client = Client(port, context=trusting(chain))
                wait_until(lambda: answers(client))
                path = site.link("lead")
                page = client.submit(client.get(path), path)
                self.assertIn("; Secure", page.headers["Set-Cookie"])
                ours = {"Origin": "https://127.0.0.1"}  # as at port 443
                page = client.get("/p/harbour/diagnosis")
                self.assertEqual(page.status, 200)
                self.assertEqual(client.post("/p/harbour/diagnosis/share", {"number": "1"}, headers=ours).status, 303)
                for monitoring in ("/health", "/ready"):
                    self.assertEqual(client.get(monitoring).status, 404)
                client.close()
                sent_on = Client(plain).get("/p/harbour")
                self.assertEqual((sent_on.status, sent_on.location), (301, "https://127.0.0.1/p/harbour"))
            finally:
                process.terminate()


def answers(client):
    try:
        return client.get("/sign-in").status == 200
    except OSError:
        return False


class Units(Case):
    """The server's leaves it little, as docs/running.md says; the other's makes a backup a day."""

    @needs("systemd-analyze")
    def test_they_are_right_and_leave_little(self):
        for name in ("ithaca.service", "ithaca-backup.service", "ithaca-backup.timer"):
            text = (UNITS / name).read_text()
            (self.folder / name).write_text(text.replace("/usr/local/bin/ithaca serve", "/bin/true"))
        units = list(self.folder.glob("ithaca*"))
        said = subprocess.run(["systemd-analyze", "verify", "--man=no", *units], capture_output=True,
                              text=True, check=False)
        self.assertNotIn("ithaca", said.stderr + said.stdout)
        done = subprocess.run(["systemd-analyze", "security", "--offline=true", "--threshold=15",
                               self.folder / "ithaca.service"], capture_output=True, text=True, check=False)
        self.assertEqual(done.returncode, 0, done.stdout[-300:])
        told = re.search(r"gives it (\d\.\d)", (ROOT / "docs" / "running.md").read_text()).group(1)
        self.assertIn(f"Overall exposure level for ithaca.service: {told} ", done.stdout)

    def night(self):
        """What the unit for backups has a shell do, where systemd would have it done."""
        command = re.search(r"(?s)-c '(.*?)'\n", (UNITS / "ithaca-backup.service").read_text()).group(1)
        for there, here in (("\\\n", " "), ("%%", "%"), ("/usr/local/bin/ithaca", str(ITHACA))):
            self.assertIn(there, command)
            command = command.replace(there, here)
        return subprocess.run(["/bin/sh", "-eu", "-c", command], cwd=self.folder, capture_output=True, text=True,
                              env={**os.environ, "DATABASE": "team.db"}, check=False)

    def test_a_backup_a_day_and_none_older_than_a_month(self):
        ithaca("import", ROOT / "samples" / "harbour", "--db", self.folder / "team.db")
        kept = self.folder / "backup"
        kept.mkdir()
        (kept / "old").write_text("")
        os.utime(kept / "old", (0, 0))
        for _ in range(2):  # started twice in a day
            done = self.night()
            self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        made, = kept.iterdir()
        self.assertRegex(made.name, r"^\d{4}-\d\d-\d\d$")
        made.chmod(0o600)
        made.write_bytes(b"spoilt")
        self.assertNotEqual(self.night().returncode, 0)
