"""Backups: whole or not at all, from either engine and to either."""
import os
import pathlib
import pty
import shutil
import subprocess
import threading

from serving import port_free
from support import ITHACA, SAMPLES, TABLES, both_engines, ithaca

FIRST = """[Programme]
Key,Name
falls,Steady together
[Organisations]
Key,Name,Part
hospital,The hospital,partner
"""
SECOND = FIRST + "council,The council,partner\n"


@both_engines
class Backup:
    def two_revisions(self):
        url = self.database()
        self.save(url, FIRST, "the lead", "--reason", "Begun")
        self.save(url, SECOND, "the deputy", "--token", "once")
        return url

    def tables(self, url):
        return {table: sorted(self.sql(url, f"select * from {table}"))
                for table in TABLES}

    def backup(self, url, name="backup.db"):
        path = self.folder / name
        said = self.good("backup", "--db", url, path)
        self.assertIn("the history is whole", said)
        return path

    def test_everything_comes_back(self):
        url = self.two_revisions()
        path = self.backup(url)
        back = self.database()
        said = self.good("restore", path, "--db", back)
        self.assertIn("1 programme, 2 revisions", said)
        self.assertEqual(self.tables(back), self.tables(url))
        self.save(back, FIRST)  # and work goes on
        self.assertIn("3 revisions", self.good("audit", "verify", "--db", back))

    def test_the_same_records_give_the_same_tables_in_a_file_of_its_own(self):
        url = self.two_revisions()
        first, second = self.backup(url), self.backup(url, "again.db")
        self.assertEqual(self.tables(f"sqlite:{first}"), self.tables(f"sqlite:{second}"))
        self.assertEqual(self.tables(f"sqlite:{first}"), self.tables(url))
        self.assertEqual(sorted(path.name for path in self.folder.glob("*backup*")), ["backup.db"])

    def test_only_its_owner_may_read_it_and_nobody_writes_to_it(self):
        path = self.backup(self.two_revisions())
        before = path.read_bytes()
        self.assertEqual(path.stat().st_mode & 0o777, 0o400)
        config = self.folder / "any-port.conf"  # another program may have the usual one
        config.write_text(f"port = {port_free()}\n", encoding="utf-8")
        for arguments in (("import", self.workbook(FIRST)), ("diagnose",), ("migrate",),
                          ("person", "clean"), ("serve", "--config", config)):
            said = self.refused(*arguments, "--db", path)
            self.assertIn("`ithaca restore", said)
            self.assertIn("`ithaca backup`", said)
        for arguments in (("check", "--as-of", "2026-06-30"), ("audit",), ("programme",),
                          ("export", self.folder / "out"), ("audit", "verify")):
            self.assertLess(ithaca(*arguments, "--db", path).returncode, 2)
        self.assertEqual(path.read_bytes(), before)
        self.assertEqual([p.name for p in self.folder.glob("backup.db*")], ["backup.db"])
        copy = self.folder / "copy.db"
        shutil.copy(path, copy)
        self.assertIn("may not be written to", self.refused("diagnose", "--db", copy))
        back = self.database()
        self.good("restore", path, "--db", back)
        self.save(back, FIRST)

    def test_a_database_is_read_where_nothing_may_be_written(self):
        url = self.two_revisions()
        folder = self.folder / "shelf"
        folder.mkdir()
        path = folder / "a 100% safe #1?.db"
        self.good("restore", self.backup(url), "--db", path)
        for extra in folder.glob("*-*"):
            extra.unlink()
        path.chmod(0o444)
        folder.chmod(0o555)
        self.addCleanup(folder.chmod, 0o700)
        as_stranger = {}
        if os.geteuid() == 0:
            self.folder.chmod(0o755)
            as_stranger = {"user": 65534, "group": 65534, "extra_groups": []}
        for arguments in (("audit", "verify"), ("programme",)):
            for where, name in ((None, path), (folder, path.name)):
                self.good(*arguments, "--db", name, cwd=where, **as_stranger)
        self.assertEqual(list(folder.iterdir()), [path])
        # What is in the journal only would be missed.
        folder.chmod(0o700)
        (folder / f"{path.name}-wal").write_bytes(b"not empty")
        folder.chmod(0o555)
        self.assertIn("Copy both", self.refused("programme", "--db", path, **as_stranger))

    def test_it_can_be_looked_at_where_nothing_may_be_written(self):
        path = self.backup(self.two_revisions())
        folder = self.folder / "shelf"
        folder.mkdir()
        shutil.move(path, folder / "b.db")
        (folder / "b.db").chmod(0o400)
        folder.chmod(0o500)
        self.addCleanup(folder.chmod, 0o700)
        self.good("restore", "--verify", folder / "b.db")
        self.assertEqual([path.name for path in folder.iterdir()], ["b.db"])

    def test_nothing_is_written_over(self):
        url = self.two_revisions()
        path = self.folder / "mine"
        path.write_text("mine")
        self.assertIn("nothing is written over", self.refused("backup", "--db", url, path))
        self.assertEqual(path.read_text(), "mine")
        (self.folder / "link").symlink_to(self.folder / "nowhere")
        self.assertIn("nothing is written over",
                      self.refused("backup", "--db", url, self.folder / "link"))
        self.assertFalse((self.folder / "nowhere").exists())

    def test_no_backup_leaves_nothing_behind(self):
        url = self.two_revisions()
        to = self.folder / "to"
        to.mkdir()
        self.refused("backup", "--db", url, to / "no" / "such" / "folder")
        self.assertIn("no such file",
                      self.refused("backup", "--db", self.folder / "none.db", to / "b.db"))
        self.sql(url, "alter table record rename column salt to pepper")
        self.refused("backup", "--db", url, to / "b.db")
        self.assertEqual(list(to.iterdir()), [])

    def test_a_full_disk_leaves_nothing_behind(self):
        url = self.database()
        self.good("import", SAMPLES / "harbour", "--db", url)
        folder = self.folder / "small"
        folder.mkdir()
        result = subprocess.run(
            ["bash", "-c", 'ulimit -f 200; exec "$@"', "bash", ITHACA, "backup", "--db", url,
             folder / "b.db"], capture_output=True, text=True, check=False)
        self.assertEqual(result.returncode, 2, result.stdout + result.stderr)
        self.assertIn("No backup was made", result.stderr)
        self.assertEqual(list(folder.iterdir()), [])

    def test_work_exported_after_the_backup_still_comes_back(self):
        url = self.two_revisions()
        path = self.backup(url)
        self.save(url, SECOND.replace("The council", "The city council"))
        later = self.exported(url)
        back = self.database()
        self.good("restore", path, "--db", back)
        said = " ".join(self.good("import", later, "--db", back).split())
        self.assertIn("compared with what is here now, row by row", said)
        self.assertIn("The council → The city council", said)
        self.assertIn("3 revisions", self.good("audit", "verify", "--db", back))

    def test_only_an_empty_database_is_restored_into(self):
        url = self.two_revisions()
        path = self.backup(url)
        before = self.tables(url)
        self.assertIn("records in this database already", self.refused("restore", path, "--db", url))
        self.assertEqual(self.tables(url), before)
        other = self.database()
        self.good("migrate", "--db", other)  # prepared, and empty
        self.good("restore", path, "--db", other)
        self.assertEqual(self.tables(other), before)

    def test_somebody_elses_tables_are_left_alone(self):
        path = self.backup(self.two_revisions())
        other = self.database()
        self.sql(other, "create table theirs (x integer)")
        self.assertIn("not Ithaca's", self.refused("restore", path, "--db", other))
        self.assertIn("not Ithaca's", self.refused("backup", "--db", other, self.folder / "b"))
        self.assertFalse((self.folder / "b").exists())

    def test_altered_history_is_restored_and_said_to_be_altered(self):
        url = self.two_revisions()
        self.sql(url, "update revision set author = 'nobody' where number = 1")
        result = ithaca("backup", "--db", url, self.folder / "b.db")
        self.assertEqual(result.returncode, 1)
        self.assertIn("Who saved revision 1", result.stdout)
        self.assertEqual(ithaca("restore", "--verify", self.folder / "b.db").returncode, 1)
        back = self.database()
        self.assertEqual(ithaca("restore", self.folder / "b.db", "--db", back).returncode, 1)
        self.assertEqual(self.tables(back), self.tables(url))

    def test_a_backup_while_others_save_is_of_one_moment(self):
        url = self.database()
        self.save(url, FIRST)
        enough = threading.Event()

        def work():
            for n in range(100):
                if enough.is_set():
                    break
                ithaca("import", saved[n % 2], "--db", url, "--remove")
        saved = [self.workbook(FIRST, "first"), self.workbook(SECOND, "second")]
        other = threading.Thread(target=work)
        other.start()
        try:
            for n in range(4):
                self.backup(url, f"b{n}.db")  # whole: the chain in it ends where it says
        finally:
            enough.set()
            other.join()

    def test_what_a_backup_lacks_is_told(self):
        path = self.backup(self.two_revisions())
        data = bytearray(path.read_bytes())
        for name, words, change in (
                ("empty", "not a backup of Ithaca", lambda: b""),
                ("text", "not a database", lambda: b"Dear all,\n" * 1000),
                ("cut", "damaged", lambda: data[:len(data) // 2])):
            broken = self.folder / name
            broken.write_bytes(change())
            said = self.refused("restore", "--verify", broken)
            self.assertIn(words, said)
            self.assertIn("This backup cannot be restored", said)
            target = self.database()
            self.assertIn("Nothing was restored", self.refused("restore", broken, "--db", target))
            if self.engine == "sqlite":
                self.assertFalse(pathlib.Path(target.removeprefix("sqlite:")).exists())
        self.assertIn("no such file", self.refused("restore", "--verify", self.folder / "none"))
        self.assertIn("folder", self.refused("restore", "--verify", self.folder))

    def test_references_to_nothing_are_found(self):
        path = self.backup(self.two_revisions())
        self.sql(f"sqlite:{path}", "delete from revision where number = 2")
        self.assertIn("a row of the table record refers to a row of revision that is not there",
                      self.refused("restore", "--verify", path))

    def test_names_in_a_backup_are_never_taken_for_sql(self):
        path = self.backup(self.two_revisions())
        self.sql(f"sqlite:{path}", """create table "a"" (x) values (1) --" (x integer)""")
        self.assertIn("Nothing was restored", self.refused("restore", path, "--db", self.database()))

    def test_one_from_a_newer_program_is_refused(self):
        path = self.backup(self.two_revisions())
        self.sql(f"sqlite:{path}", "insert into schema_version values (99, '2030-01-01')")
        self.assertIn("newer Ithaca", self.refused("restore", "--verify", path))
        self.assertIn("newer Ithaca", self.refused("restore", path, "--db", self.database()))

    def test_how_it_is_called_wrongly(self):
        for words, arguments in (
                ("into which file", ("backup", "--db", "x.db")),
                ("--db", ("backup", "x.db")),
                ("which backup", ("restore", "--db", "x.db")),
                ("--db", ("restore", "x.db")),
                ("leave --db out", ("restore", "--verify", "x.db", "--db", "y.db"))):
            self.assertIn(words, self.refused(*arguments, cwd=self.folder))

    def test_whoever_watches_sees_how_far_it_has_come(self):
        url = self.two_revisions()
        master, slave = pty.openpty()
        with subprocess.Popen([ITHACA, "backup", "--db", url, self.folder / "b.db"],
                              stdout=subprocess.DEVNULL, stderr=slave) as process:
            os.close(slave)
            self.assertEqual(process.wait(60), 0)
        seen = b""
        try:
            while piece := os.read(master, 65536):
                seen += piece
        except OSError:
            pass
        os.close(master)
        self.assertRegex(seen, rb"Copying table (\d+) of \1, 9 rows so far")
        self.assertTrue(seen.endswith(b"\r\033[K"))
        self.assertEqual(ithaca("backup", "--db", url, self.folder / "c.db").stderr, "")
