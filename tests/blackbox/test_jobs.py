"""Looking at programmes is done once, by whoever comes first, whatever happens to them."""
import json
import os
import pwd
import random
import re
import shutil
import signal
import subprocess
import time

from stores import DAY, POSTGRES, on_both, psql, wait_until
from support import ITHACA, SAMPLES, Case, ithaca

MANY = ["a", "b", "c", "d", "e", "f"]

# Tests run side by side, and the port that pages are answered on is one.
NO_PAGES = "web-workers = 0\n"


def place_of_processes():
    with open("/proc/sys/kernel/random/boot_id", encoding="ascii") as file:
        return f"{file.read().strip()} {os.readlink('/proc/self/ns/pid')}"


def rename(workbook):
    workbook["programme"][1][0][2] = "Another aim."


class Jobs:
    def look(self, day=DAY, code=0):
        return self.done("diagnose", "--day", day, code=code)

    def start(self, *arguments):
        """A command on this database in a group of processes of its own."""
        process = subprocess.Popen([ITHACA, *arguments, "--db", self.url], text=True,
                                   stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                                   stdin=subprocess.DEVNULL, start_new_session=True)
        self.addCleanup(self.end, process)
        return process

    def end(self, process):
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
        process.communicate()

    def bring_many(self):
        for key in MANY:
            self.bring("harbour-broken", key)

    def job_insert(self, claimed_by, until="2999-01-01T00:00:00.000Z", attempts=1):
        """As if somebody had begun to look at the only programme."""
        self.look()
        fingerprint, = self.sql("select fingerprint from diagnosis")[0]
        for table in ("finding_period", "finding", "diagnosis"):
            self.sql(f"delete from {table}")
        holder = f"'{claimed_by}', '{until}'" if claimed_by else "null, null"
        self.sql("insert into job (programme_id, kind, work, attempts, claimed_by, claimed_until) "
                 f"select id, 'diagnosis', '1 {DAY} {fingerprint}', {attempts}, {holder} "
                 "from programme")

    def damage(self, key):
        self.sql("update record set content = content || '{' where kind = 'team' and "
                 f"programme_id = (select id from programme where key = '{key}')")

    def test_many_at_once_do_each_thing_once(self):
        self.prepare(self.bring_many)
        processes = [self.start("diagnose", "--day", DAY) for _ in range(4)]
        lines = []
        for process in processes:
            out, errors = process.communicate(timeout=120)
            self.assertEqual((process.returncode, errors), (0, ""))
            lines += out.splitlines()
        looked = [line.split(",")[0] for line in lines if ", revision 1, " in line]
        self.assertEqual(sorted(looked), MANY)
        self.assertEqual(self.sql("select count(*) from diagnosis"), [[str(len(MANY))]])
        self.assertEqual(self.sql("select count(*) from job"), [["0"]])

    def test_killed_at_any_time_it_is_done_by_the_next(self):
        self.prepare(self.bring_many)
        chance = random.Random(4)
        for _ in range(2):  # a third try that ends in the middle would leave a programme alone
            process = self.start("diagnose", "--day", DAY)
            time.sleep(chance.uniform(0, 1.5))
            os.killpg(process.pid, signal.SIGKILL)
            process.communicate()
        self.look()
        self.assertEqual(self.sql("select count(*) from diagnosis"), [[str(len(MANY))]])
        self.assertEqual(self.sql("select count(*) from finding_period"),
                         [[str(7 * len(MANY))]])
        self.assertEqual(self.sql("select count(*) from job"), [["0"]])

    def test_whose_process_is_gone_holds_nothing(self):
        self.prepare(self.bring)
        gone = subprocess.Popen(["true"])
        gone.wait()
        self.job_insert(f"{place_of_processes()} {gone.pid}")
        self.assertIn("harbour, revision 1", self.look().stdout)

    def test_who_is_at_it_is_waited_for(self):
        self.prepare(self.bring)
        self.job_insert(f"{place_of_processes()} {os.getpid()}")
        process = self.start("diagnose", "--day", DAY)
        time.sleep(1)
        self.assertIsNone(process.poll())
        self.assertEqual(self.sql("select count(*) from diagnosis"), [["0"]])
        self.sql("update job set claimed_until = '2001-01-01T00:00:00.000Z'")
        out, _ = process.communicate(timeout=60)
        self.assertIn("harbour, revision 1", out)

    def test_what_kills_every_time_is_left_alone(self):
        self.prepare(self.bring)
        self.job_insert(None, attempts=3)
        given_up = self.look(code=2)
        self.assertIn("ended in the middle", given_up.stderr.replace("\n    ", " "))
        self.assertEqual(self.sql("select count(*) from diagnosis"), [["0"]])

    def test_poison_blocks_nobody_else(self):
        for key in ("a", "b", "c"):
            self.bring("harbour-broken", key)
        self.damage("b")
        first = self.look(code=2)
        self.assertEqual({line.split(",")[0] for line in first.stdout.splitlines()}, {"a", "c"})
        self.assertIn("b could not be looked at (revision 1", first.stderr)
        self.assertIn("cannot be read", " ".join(first.stderr.split()))
        self.assertEqual(self.sql("select attempts from job"), [["3"]])
        self.assertIn("cannot be read", self.asked("findings", "--programme", "b")["given_up"])
        self.assertIn("The newest look at", self.done("findings", "--programme", "b").stdout)
        self.assertIsNone(self.asked("findings", "--programme", "a")["given_up"])
        again = self.look(code=2)
        self.assertEqual((again.stdout, again.stderr), ("", first.stderr))
        self.assertEqual(self.sql("select attempts from job"), [["3"]])
        self.sql("update record set content = substr(content, 1, length(content) - 1) "
                 "where content like '%}{'")
        self.assertIn("b, revision 1", self.look("2026-07-01").stdout)
        self.assertEqual(self.sql("select count(*) from job"), [["0"]])

    def test_trouble_of_the_store_is_no_try(self):
        if self.engine != "postgres":
            self.skipTest("nobody keeps readers of SQLite out")
        self.prepare(self.bring)
        with subprocess.Popen(["psql", "-X", "-q", self.url], stdin=subprocess.PIPE, text=True,
                              stdout=subprocess.DEVNULL) as other:
            other.stdin.write("begin; lock table record;\n")
            other.stdin.flush()
            wait_until(lambda: self.sql("select count(*) from pg_locks where relation = "
                                        "'record'::regclass and granted and "
                                        "mode = 'AccessExclusiveLock'") == [["1"]])
            self.assertIn("Somebody else has been writing", self.look(code=2).stderr)
        self.assertEqual(self.sql("select count(*) from job"), [["0"]])
        self.look()

    def test_check_all_counts_every_programme(self):
        self.bring("harbour", "b")
        self.bring("harbour-broken", "a")
        self.assertEqual(self.done("check", "--all", "--as-of", DAY, code=1).stdout,
                         "a: 7 found (3 high, 4 medium, 0 low), " +
                         self.in_order("a") + "\nb: 0 found (0 high, 0 medium, 0 low), " +
                         self.in_order("b") + "\n")
        lines = self.done("check", "--all", "--as-of", DAY, "--format", "json", code=1).stdout
        self.assertEqual([line.split('"')[3] for line in lines.splitlines()], ["a", "b"])
        for line in map(json.loads, lines.splitlines()):
            one = self.asked("check", "--programme", line["programme"], "--as-of", DAY)
            self.assertEqual((line["findings"], line["in_place"], line["cannot_tell"]),
                             tuple(len(one[part]) for part in
                                   ("findings", "in_place", "cannot_tell")))
        self.damage("a")
        damaged = self.done("check", "--all", "--as-of", DAY, code=2).stdout
        self.assertRegex(damaged, r"^a: it cannot be looked at: .*\nb: 0 found")

    def in_order(self, key):
        one = self.asked("check", "--programme", key, "--as-of", DAY, "--in-order")
        told = ithaca("check", "--db", self.url, "--programme", key, "--as-of", DAY).stdout
        things = re.search(r", (\d+)\s+things? in\s+order", told).group(1)
        return f"{things} in order, {len(one['cannot_tell'])} cannot be told"

    def test_check_all_asks_as_much_of_a_long_programme_as_of_a_short_one(self):
        if self.engine != "postgres":
            self.skipTest("only PostgreSQL writes down what it is asked")
        log = self.url.split("host=")[1] + "/log"
        self.bring("harbour", "a")
        self.sql(f"alter database {self.database} set log_statement = 'all'")

        def all_is_written():
            """The end of a read is not waited for: it may be written down a little later, or not at all
            where the program ends first."""
            wait_until(lambda: psql(POSTGRES, "select count(*) from pg_stat_activity where datname = "
                                    f"'{self.database}'").strip() == "0")

        def asked():
            all_is_written()
            before = os.path.getsize(log)
            self.assertLess(ithaca("check", "--all", "--db", self.url).returncode, 2)
            all_is_written()
            with open(log, encoding="utf-8") as file:
                file.seek(before)
                return len([line for line in file if f" {self.database} LOG: " in line
                            and not line.rstrip().endswith("commit")])

        def longer(workbook):
            headings, rows = workbook["actions"]
            key = headings.index("Key")
            for number in range(200):
                rows.append(list(rows[0]))
                rows[-1][key] = f"more-{number}"
        short = asked()
        self.bring("harbour", "a", longer)
        self.assertEqual(asked(), short)
        self.assertGreater(short, 2)

    # ---- serve ----

    def serve(self, config="poll-seconds = 1\n", *more):
        path = self.folder / "serve.conf"
        path.write_text(config + NO_PAGES, encoding="utf-8")
        return self.start("serve", "--config", str(path), *more)

    def diagnoses(self):
        return int(self.sql("select count(*) from diagnosis")[0][0])

    def test_serve_looks_whenever_something_is_saved(self):
        self.prepare(self.bring)
        server = self.serve()
        wait_until(lambda: self.diagnoses() == 1)
        self.bring(change=rename)
        wait_until(lambda: self.diagnoses() == 2)
        server.terminate()
        _, log = server.communicate(timeout=60)
        self.assertEqual(server.returncode, 0, log)
        self.assertIn("has ended", log)
        self.assertNotIn("Sanitizer", log)

    def test_serve_replaces_a_worker_that_dies(self):
        self.prepare(self.bring)
        server = self.serve("job-workers = 1\npoll-seconds = 1\n")
        wait_until(lambda: self.diagnoses() == 1)
        children = f"/proc/{server.pid}/task/{server.pid}/children"
        with open(children, encoding="ascii") as file:
            workers = [int(number) for number in file.read().split()]
        self.assertEqual(len(workers), 2)  # one diagnoses, one makes ready what pages show
        for worker in workers:
            os.kill(worker, signal.SIGKILL)
        self.bring(change=rename)
        wait_until(lambda: self.diagnoses() == 2)
        server.send_signal(signal.SIGINT)
        _, log = server.communicate(timeout=60)
        self.assertIn("ended by signal 9", log)
        self.assertEqual(server.returncode, 0)

    def test_workers_end_with_their_master(self):
        self.prepare(self.bring)
        server = self.serve("job-workers = 2\n")
        wait_until(lambda: self.diagnoses() == 1)
        with open(f"/proc/{server.pid}/task/{server.pid}/children", encoding="ascii") as file:
            workers = [int(number) for number in file.read().split()]
        self.assertEqual(len(workers), 3)
        server.kill()
        server.communicate()
        wait_until(lambda: not any(os.path.exists(f"/proc/{worker}") for worker in workers))

    def test_serve_says_what_is_wrong_at_once(self):
        for words, config in [
                ("line 2: There is no setting \"job-worker\". Did you mean \"job-workers\"?",
                 "# workers\njob-worker = 2\n"),
                ("job-workers is a whole number from 1 to 64", "job-workers = many\n"),
                ("log-level is error, info or debug", "log-level = loud\n"),
                ("This is no setting", "hello\n"),
                ("rules has no value", "rules =\n"),
                ("stands in line 1 already", "poll-seconds = 1\npoll-seconds = 2\n"),
                ("no time zone", "time-zone = Europe/Atlantis\n"),
                ("no time zone", "time-zone = ../../../etc/passwd\n"),
                ("no user \"nobody-at-all\"", "user = nobody-at-all\n"),
                ("This file cannot be read", "database-password-file = /nowhere\n")]:
            with self.subTest(words=words):
                server = self.serve(config)
                _, errors = server.communicate(timeout=60)
                self.assertEqual(server.returncode, 2)
                self.assertIn(words, " ".join(errors.split()))

    def test_a_password_is_never_told(self):
        self.prepare(self.bring)
        secret = self.folder / "secret"
        secret.write_text("open-sesame\n", encoding="utf-8")
        server = self.serve(f"database-password-file = {secret}\nlog-level = debug\n"
                            "poll-seconds = 1\n")
        wait_until(lambda: self.diagnoses() == 1)
        server.terminate()
        out, log = server.communicate(timeout=60)
        self.assertNotIn("sesame", out + log)

    def test_a_password_that_others_can_read_is_told(self):
        secret = self.folder / "secret"
        secret.write_text("open-sesame\n", encoding="utf-8")
        config = self.folder / "serve.conf"
        for mode, url, words in (
                (0o644, "postgresql://ithaca@/nowhere", ["secret: there is a password in it"]),
                (0o600, "postgresql://ithaca@/nowhere", []),
                (0o644, "postgresql://ithaca:sesame@localhost:1/x",
                 ["secret: there is", "serve.conf: there is a password in its database's"])):
            secret.chmod(mode)
            config.write_text(f"database-password-file = {secret}\ndatabase = {url}\n{NO_PAGES}",
                              encoding="utf-8")
            config.chmod(mode)
            log = ithaca("serve", "--config", config).stderr
            told = [line for line in log.splitlines() if "others than its owner" in line]
            self.assertEqual(len(told), len(words), log)
            for word, line in zip(sorted(words), sorted(told, key=lambda line: "conf:" in line)):
                self.assertIn(word, line)
            self.assertNotIn("sesame", log)


class Printed(Case):
    def test_the_printed_configuration_can_be_read(self):
        path = self.folder / "serve.conf"
        path.write_text(ithaca("serve", "--print-config").stdout, encoding="utf-8")
        refused = ithaca("serve", "--config", path)
        self.assertEqual(refused.returncode, 2)
        text = path.read_text(encoding="utf-8")
        said = " ".join(refused.stderr.split())
        line = text.splitlines().index("database =") + 1
        self.assertIn(f"line {line}: Say which database. Write \"database = ", said)
        self.assertIn(str(path), said)
        self.assertIn('Fill in the line "database ="', text)
        for setting in ("database", "database-password-file", "time-zone", "rules", "user",
                        "job-workers", "poll-seconds", "log-level"):
            self.assertRegex(text, rf"(?m)^# .*\n#?{setting} =")


    def test_no_database_at_all(self):
        path = self.folder / "serve.conf"
        path.write_text("poll-seconds = 1\n", encoding="utf-8")
        for arguments in ((), ("--config", path)):
            refused = ithaca("serve", *arguments)
            self.assertEqual(refused.returncode, 2)
            self.assertIn('"database = /var/lib/ithaca/team.db"', " ".join(refused.stderr.split()))
            self.assertIn("--db DATABASE", " ".join(refused.stderr.split()))


class Started(Case):
    """What `ithaca serve` says of files, users and folders when it starts."""

    def setUp(self):
        super().setUp()
        self.home = self.folder / "home"
        self.home.mkdir()
        self.file = self.home / "team.db"
        self.assertEqual(ithaca("import", SAMPLES / "harbour", "--db", self.file).returncode, 0)

    def serve(self, config, end=True):
        path = self.home / "serve.conf"
        if NO_PAGES not in config:
            config += NO_PAGES
        path.write_text(config, encoding="utf-8")
        with subprocess.Popen([ITHACA, "serve", "--config", str(path)], text=True, cwd="/",
                              stderr=subprocess.PIPE, stdin=subprocess.DEVNULL) as process:
            lines = []
            if end:
                for line in process.stderr:
                    lines.append(line)
                    if "revision 1" in line:
                        break
                process.terminate()
            lines += process.stderr.readlines()
        return process.returncode, lines

    def test_the_printed_configuration_needs_one_line(self):
        printed = ithaca("serve", "--print-config").stdout
        code, log = self.serve(printed.replace("database =\n", "database = team.db\n").replace(
            "web-workers = 2\n", NO_PAGES))
        self.assertEqual(code, 0, log)
        self.assertIn(f"has started with the database {self.file.resolve()}.", log[0])

    def test_paths_are_from_the_folder_of_the_configuration(self):
        (self.home / "own").mkdir()
        shutil.copy(SAMPLES.parent / "rules/commitment/C17.md", self.home / "own")
        code, log = self.serve("database = ./team.db\nrules = own\n")
        self.assertEqual(code, 0, log)
        for config in ("database = team.db\nrules = none\n",
                       "database = none.db\n", "database = sqlite:none.db\n",
                       "database = team.db\ndatabase-password-file = none\n"):
            code, log = self.serve(config, end=False)
            self.assertEqual(code, 2)
            self.assertIn(f"{self.home}/none", "".join(log))

    def test_a_user_who_may_not_is_named_with_what_to_do(self):
        if os.geteuid() != 0:
            self.skipTest("only root can become somebody else")
        name = pwd.getpwuid(65534).pw_name
        self.folder.chmod(0o755)
        config = f"database = team.db\nuser = {name}\n"
        for path, words in ((self.home, "write in this folder"),
                            (self.file, "read and write this file"),
                            (self.home / "team.db-wal", "read and write this file")):
            path.touch()
            code, log = self.serve(config, end=False)
            said = " ".join("".join(log).split())
            self.assertEqual(code, 2, said)
            self.assertIn(f'It runs as the user "{name}", who may not {words}', said)
            self.assertIn(f"chown {name} {path}", said)
            os.chown(path, 65534, 65534)
            path.chmod(0o700)
            for beside in self.home.glob("team.db-*"):
                if path != self.home:
                    beside.unlink()
        os.chown(self.file, 65534, 65534)
        code, log = self.serve(config)
        self.assertEqual(code, 0, log)


class Same:
    """One diagnosis, byte by byte, from a workbook and from a database, in every time zone."""

    def test_the_same_from_wherever_and_wherever_it_is_read(self):
        zones = ("UTC", "Pacific/Kiritimati", "America/St_Johns")
        for sample, zone in zip(("harbour", "harbour-broken", "oxfordshire"), zones):
            with self.subTest(sample=sample):
                day = "2017-12-31" if sample == "oxfordshire" else DAY
                form = ("--as-of", day, "--format", "json")
                self.bring(sample, sample)
                path = self.folder / "brought"
                expected = ithaca("check", path, *form)
                self.assertGreater(len(expected.stdout), 1000)
                for other in (zone, "Pacific/Pago_Pago"):
                    here = self.done("check", "--programme", sample, *form,
                                     code=expected.returncode, zone=other)
                    self.assertEqual(here.stdout, expected.stdout)
                    moved = ithaca("check", path, *form, env=dict(os.environ, TZ=other))
                    self.assertEqual(moved.stdout, expected.stdout)


on_both(Jobs)
on_both(Same)
del Jobs, Same
