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
from support import ROOT, Case
from test_tls import certificate, trusting

UNIT = ROOT / "systemd" / "ithaca.service"


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
        port = port_free()
        server, = blocks("listen 443 ssl")
        for there, here in (("listen 443 ssl", f"listen 127.0.0.1:{port} ssl"),
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
            finally:
                process.terminate()


def answers(client):
    try:
        return client.get("/sign-in").status == 200
    except OSError:
        return False


class Unit(Case):
    @needs("systemd-analyze")
    def test_it_is_right_and_leaves_little(self):
        unit = self.folder / "ithaca.service"
        unit.write_text(UNIT.read_text().replace("/usr/local/bin/ithaca", "/bin/true"))
        said = subprocess.run(["systemd-analyze", "verify", "--man=no", unit], capture_output=True,
                              text=True, check=False)
        self.assertNotIn("ithaca.service", said.stderr + said.stdout)
        done = subprocess.run(["systemd-analyze", "security", "--offline=true", "--threshold=15", unit],
                              capture_output=True, text=True, check=False)
        self.assertEqual(done.returncode, 0, done.stdout[-300:])
        told = re.search(r"gives it (\d\.\d)", (ROOT / "docs" / "running.md").read_text()).group(1)
        self.assertIn(f"Overall exposure level for ithaca.service: {told} ", done.stdout)
