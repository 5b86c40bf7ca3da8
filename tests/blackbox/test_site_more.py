"""What whoever looks after the site does besides: backups."""
import datetime
import pathlib
import sqlite3
import stat
import time

from serving import SELDOM, People, Site
from stores import on_both
from support import ithaca

PAGE = "/site/backup"


@on_both
class Backups:
    def setUp(self):
        super().setUp()
        self.prepare(self.make)
        self.backups = self.folder / "backups"
        self.backups.mkdir(mode=0o700)

    def make(self):
        self.bring()
        People(self.url).join("harbour", "team")

    def begin(self, **settings):
        self.site = Site(self.url, self, web_workers=1, poll_seconds=SELDOM, **settings)
        self.keeper = self.site.sign_in(self.site.administrator())

    def rows(self):
        return self.sql("select way, state, place, verdict, words from backup_made order by id")

    def settled(self):
        """The rows, once none waits."""
        end = time.monotonic() + 60
        while any(row[1] in ("asked", "working") for row in self.rows()):
            self.assertLess(time.monotonic(), end, self.site.errors())
            time.sleep(0.05)
        return self.rows()

    def test_made_on_the_page_and_restored(self):
        self.begin(backups=self.backups)
        page = self.keeper.get(PAGE)
        self.assertIn("There is no backup", page.words)
        for _ in range(2):  # sent twice, it is one
            answer = self.keeper.submit(page, PAGE)
            self.assertEqual((answer.status, answer.headers["Location"]), (303, PAGE))
        row, = self.settled()
        self.assertEqual((row[0], row[1], row[3]), ("page", "made", "whole"))
        file, = self.backups.iterdir()
        self.assertEqual(pathlib.Path(row[2]), file.resolve())
        self.assertRegex(file.name, r"^ithaca-\d{4}-\d\d-\d\dT\d{6}Z\.backup$")
        self.assertEqual(stat.S_IMODE(file.stat().st_mode), 0o400)
        with sqlite3.connect(f"file:{file}?mode=ro", uri=True) as copy:
            self.assertEqual(copy.execute("select key from programme").fetchall(), [("harbour",)])
        words = self.keeper.get(PAGE).words
        self.assertNotIn("There is no backup", words)
        self.assertIn("It was read back, and is whole.", words)
        self.assertIn(str(file.resolve()), words)
        self.assertEqual(ithaca("restore", "--verify", file).returncode, 0)
        # a week and a day later it is told to be old; without the file there is none
        old = f"{datetime.date.today() - datetime.timedelta(days=9)}T12:00:00.000Z"
        self.sql(f"update backup_made set ended_at = '{old}'")
        self.assertRegex(self.keeper.get(PAGE).words, r"The last backup is [89] days old")
        file.unlink()
        words = self.keeper.get(PAGE).words
        self.assertIn("There is no backup", words)
        self.assertIn("The file is not there any more", words)

    def test_what_fails_is_told(self):
        self.begin(backups=self.backups)
        page = self.keeper.get(PAGE)
        self.backups.rmdir()
        self.keeper.submit(page, PAGE)
        row, = self.settled()
        self.assertEqual(row[1:3], ["failed", ""])
        self.assertIn("is not there. Make it", row[4])
        page = self.keeper.get(PAGE)
        self.assertIn("No backup can be made now.", page.words)
        self.assertNotIn(PAGE, [form.action for form in page.forms])
        self.backups.write_text("no folder")
        self.assertIn("is not a folder", self.keeper.get(PAGE).words)

    def test_without_the_setting_and_by_the_command(self):
        self.begin()
        page = self.keeper.get(PAGE)
        self.assertIn("backups = /var/lib/ithaca/backup", page.words)
        self.keeper.post(PAGE, {"token": "made-up"})
        self.assertEqual(self.rows(), [])
        file = self.folder / "by-hand"
        self.done("backup", "--note", file)
        row, = self.rows()
        self.assertEqual(row[:4], ["command", "made", str(file.resolve()), "whole"])
        words = self.keeper.get(PAGE).words
        self.assertIn("by the command ithaca backup", words)
        self.assertIn(str(file.resolve()), words)
        self.assertEqual(self.site.sign_in("team").get(PAGE).status, 404)
