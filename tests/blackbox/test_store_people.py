"""People across programmes, and their rights to what is held about them."""
import json
import pathlib
import subprocess
import threading

from stores import POSTGRES
from support import SAMPLES, both_engines, ithaca, read_folder, write_folder

SHEETS = """[Programme]
Key,Name
{key},Going home
[Organisations]
Key,Name,Part,Code
hospital,The hospital,host,RTH
[People]
Key,Name,Employer,Note
matron-eastwing,Matron Eastwing,hospital,{note}
porter,Porter Northgate,hospital,"Deputy of Matron Eastwing, and a friend of Eastwing's"
[Posts]
Key,Title,Organisation
lead,Lead,hospital
[Post holders]
Post,Person
lead,matron-eastwing
"""


# Columns of texts in which nobody's name can stand: moments, kinds, chance, hashes, names of programmes.
PLAIN = {"at", "joined_at", "since", "made_at", "asked_at", "answered_at", "taken_up_at", "claimed_until", "visited_at",
         "seen_before", "created_at", "day", "on_day", "opened_day", "closed_day", "review_on", "kind", "what",
         "role", "part", "step", "list", "work", "token", "sha256", "media", "hash", "rule", "value", "ends_at", "used_on", "salt", "commitment", "link", "fingerprint", "key"}
# What is filled by saving, and who it is about: by the key.
SAVED = {("programme", "name"), ("limit_change", "name"), ("record", "content"), ("revision", "author"), ("revision", "reason"),
         ("document_file", "document"), ("document_piece", "content"),  # what is in a file nobody looks through
         *(("meeting_invitation", column) for column in ("meeting", "state", "starts", "ends", "sent_at")),
         ("learned_version", "state"), ("learned_version", "origin"), *(("open_action", column) for column in ("owner", "last_day")), ("open_action_count", "owner"),
         ("reply", "person"), ("finding", "person"), ("finding_decision", "assigned_to")}
# A row of each table in which a programme's people say something.
ROWS = """
insert into diagnosis values ({id}, 1, 1, '2026-06-30', 'x', '2026-06-30', 1, '', '')
insert into diagnosis_part values ({id}, 1, 'home', '')
insert into shared_diagnosis values ({id}, 1, '2026-06-30', '')
insert into finding values ({id}, 1, 'x', 0, 'matron-eastwing', '', '{{}}')
insert into finding_decision values ({id}, 1, 1, 'assigned', '', '2026-06-30', '', 'matron-eastwing', null, null)
insert into reply (programme_id, id, finding_id, what, person, at) values ({id}, 1, 1, 'yes', 'matron-eastwing', 'x')
insert into reply (programme_id, id, finding_id, what, person, at) values ({id}, 2, 1, 'yes', 'porter', 'x')
insert into step_change (programme_id, number, step, what, at) values ({id}, 1, 'x', 'worded', '2026-06-30')
insert into whatif_question (programme_id, id, token, asked_at, on_day) values ({id}, 1, 'x', 'x', 'x')
insert into job values ({id}, 'x', 'x', 1, '', null, '')
insert into brought_file select {id}, 1, id, 'x', 'x', '', '', '', '', '', '', '', null, null from account
insert into meeting_draft values ({id}, 1, 1, 1, '', '')
insert into brought_answer values ({id}, '', '')
insert into document_file values ({id}, 1, 'x', 'x', '2026-06-30', '', '', 'x', 1, 'x')
insert into document_piece values ({id}, 1, 0, 'x')
insert into limit_change values (1, {id}, 'x', 'x', '1', 'x', 'x', 'x')
insert into learned_version values ({id}, 1, 1, 'happened', 'draft', 'written', 'x', '', null, '', null, null, null, '')
insert into api_key select 'x', id, {id}, 'x', 'x', '2126-01-01', null from account
insert into meeting_invitation select {id}, 'x', id, 1, 1, 'invited', 'x', '2026-06-30', '', '', 'x' from account
"""


def texts_in(test, url):
    """Each column of texts: table, column, and whether it belongs to a programme."""
    if test.engine == "postgres":
        return test.sql(url, "select table_name, column_name, case when table_name in (select table_name"
                             " from information_schema.columns where column_name = 'programme_id')"
                             " then 'yes' else '' end from information_schema.columns"
                             " where table_schema = 'public' and data_type = 'text'")
    return test.sql(url, "select m.name, c.name, case when exists (select 1 from pragma_table_info(m.name)"
                         " where name = 'programme_id') then 'yes' else '' end"
                         " from sqlite_master m, pragma_table_info(m.name) c"
                         " where m.type = 'table' and lower(c.type) = 'text'")


def bytes_of(test, url):
    """What stands in the files of the database, in lower case."""
    if test.engine == "sqlite":
        path = pathlib.Path(url.removeprefix("sqlite:"))
        files = list(path.parent.glob(path.name + "*"))
    else:
        test.sql(url, "checkpoint")
        folder = pathlib.Path(test.sql(url, "show data_directory")[0][0])
        files = [folder / row[0] for row in test.sql(
            url, "with ours as (select oid, reltoastrelid from pg_class"
                 " where relnamespace = 'public'::regnamespace and relkind = 'r')"
                 " select pg_relation_filepath(oid) from pg_class where oid in"
                 " (select oid from ours union select reltoastrelid from ours union"
                 "  select indexrelid from pg_index where indrelid in (select oid from ours))")]
    return b"".join(file.read_bytes() for file in files).lower()


def dump_of(test, url):
    if test.engine == "sqlite":
        return "\n".join(f"{row}" for table in (
            "programme", "revision", "record", "erasure", "person", "member", "account")
                         for row in test.sql(url, f"select * from {table}"))
    return subprocess.run(["pg_dump", url], capture_output=True, text=True, check=True).stdout


@both_engines
class People:
    def filled(self):
        url = self.database()
        self.save(url, SHEETS.format(key="one", note="likes tea"), "aeastwing")
        self.save(url, SHEETS.format(key="one", note="likes coffee"), "porter", "--reason",
                  "Matron Eastwing said so")
        self.save(url, SHEETS.format(key="two", note=""), "porter")
        self.person(url, "link", "one/matron-eastwing", "two/matron-eastwing")
        self.person(url, "account", "add", "one/matron-eastwing", "aeastwing")
        self.person(url, "member", "add", "one", "aeastwing", "lead")
        return url

    def person(self, url, *arguments):
        return self.good("person", *arguments, "--db", url)

    def kept(self, url, programme):
        row = self.sql(url, f"select revision, link from programme where key = '{programme}'")[0]
        return f"{row[0]}:{row[1]}"

    def test_erased_is_erased(self):
        url = self.filled()
        self.assertTrue(b"matron eastwing" in bytes_of(self, url))
        kept = {key: self.kept(url, key) for key in ("one", "two")}
        told = " ".join(self.person(url, "erase", "aeastwing", "--reason", "Matron Eastwing asked us",
                                    "--also", "Eastwing", "--by", "the office").split())
        self.assertIn("Backups and workbooks that were made before still hold all of it", told)
        self.assertIn("1 membership and 1 account", told)
        dump, files = dump_of(self, url).lower(), bytes_of(self, url)
        self.assertTrue(b"porter northgate" in files)
        for part in ("matron", "eastwing", "coffee", "likes tea"):
            self.assertNotIn(part, dump)
            self.assertFalse(part.encode() in files, part)
        for key, link in kept.items():
            self.good("audit", "verify", "--db", url, "--programme", key, "--kept", link)
        self.assertIn("the office", self.good("audit", "--db", url, "--programme", "one"))
        self.assertEqual(ithaca("check", "--db", url, "--programme", "one").returncode, 0)

    def test_no_column_keeps_the_name(self):
        """Whatever is kept of a programme: a column that is added later is among them by itself."""
        url = self.filled()
        programme = self.sql(url, "select id from programme where key = 'one'")[0][0]
        self.sql(url, *ROWS.strip().format(id=programme).splitlines())
        texts = texts_in(self, url)
        tried = [(table, column) for table, column, is_of in texts
                 if is_of and column not in PLAIN and (table, column) not in SAVED]
        self.sql(url, *(f"update {table} set {column} = 'By Matron Eastwing'" for table, column in tried))

        def named():
            return set(self.sql(url, " union ".join(
                f"select '{table}', '{column}' from {table} where lower({column}) like '%eastwing%'"
                for table, column, _ in texts)))
        self.assertEqual(set(tried) - named(), set(), "no row of these is tried")
        self.person(url, "erase", "aeastwing", "--reason", "asked", "--also", "Eastwing")
        self.assertEqual(named(), set())
        self.assertEqual(self.sql(url, "select person, words from reply"),
                         [("porter", "By [name erased]")])

    def test_erased_while_others_are_at_it(self):
        """Who reads here, and who writes in another database, both since before and all the while."""
        if self.engine == "sqlite":
            self.skipTest("SQLite writes its file anew only while nobody reads it")
        url, end = self.filled(), threading.Event()
        work = [(POSTGRES, "begin; select txid_current(); select pg_sleep(0.4); commit"),
                (url, "begin isolation level repeatable read; select 1; select pg_sleep(0.15); commit")]

        def others(where, sql):
            while not end.is_set():
                subprocess.run(["psql", "-qX", where, "-c", sql], capture_output=True, check=False)
        threads = [threading.Thread(target=others, args=args) for args in (*work, *work)]
        for thread in threads:
            thread.start()
        try:
            self.person(url, "erase", "aeastwing", "--reason", "They asked us", "--also", "Eastwing",
                        "--also", "matron")
        finally:
            end.set()
            for thread in threads:
                thread.join()
        self.assertFalse(b"coffee" in bytes_of(self, url))

    def test_a_workbook_from_before_is_refused(self):
        url = self.filled()
        before = self.exported(url, "--programme", "one")
        self.person(url, "erase", "one/matron-eastwing", "--reason", "asked", "--programme", "one")
        self.assertIn("Export again", self.refused("import", before, "--db", url))
        after = self.exported(url, "--programme", "one")
        self.assertIn("Nothing to save", self.good("import", after, "--db", url))
        self.assertNotIn("Matron", (after / "people.csv").read_text())

    def test_a_dry_run_writes_nothing(self):
        url = self.filled()
        before = dump_of(self, url)
        told = " ".join(self.person(url, "erase", "aeastwing", "--reason", "asked",
                                    "--dry-run").split())
        self.assertIn("Nothing was written", told)
        self.assertIn("People, porter, Note: Deputy of [name erased], and a friend of Eastwing's", told)
        self.assertIn("they may speak of the same person", told)
        self.assertEqual([line for line in dump_of(self, url).splitlines() if "restrict" not in line],
                         [line for line in before.splitlines() if "restrict" not in line])

    def test_everything_held(self):
        url = self.filled()
        path = self.folder / "held.json"
        self.person(url, "export", "aeastwing", path, "--format", "json")
        held = json.loads(path.read_text())
        self.assertEqual(held["accounts"][0]["login"], "aeastwing")
        self.assertEqual(held["memberships"][0]["role"], "lead")
        one, two = held["programmes"]
        self.assertEqual([version["fields"].get("note")
                          for version in one["own_record"][0]["versions"]],
                         ["likes tea", "likes coffee"])
        self.assertEqual({(record["sheet"], *record["concerned_fields"])
                          for record in one["other_records"]},
                         {("People", "Note"), ("Post holders", "Person")})
        self.assertEqual([save["author"] for save in one["saved"]], ["aeastwing", "porter"])
        self.assertEqual(two["saved"], [])
        self.assertIn("nothing is written over",
                      self.refused("person", "export", "aeastwing", path, "--db", url))
        text = self.folder / "held.txt"
        self.person(url, "export", "aeastwing", text)
        self.assertIn("likes coffee", text.read_text())
        self.assertLessEqual(max(map(len, text.read_text().splitlines())), 80)

    def test_each_of_the_three_goes_alone(self):
        url = self.filled()
        self.person(url, "erase", "aeastwing", "--only", "membership")
        listed = self.person(url, "list")
        self.assertNotIn("member", listed)
        self.assertIn("signs in as aeastwing", listed)
        self.person(url, "erase", "aeastwing", "--only", "account")
        self.assertNotIn("signs in", self.person(url, "list"))
        self.assertIn("Matron Eastwing", dump_of(self, url))
        self.assertIn("nothing of that kind", self.refused(
            "person", "erase", "one/matron-eastwing", "--only", "account", "--db", url))
        self.assertIn("no history", self.refused(
            "person", "erase", "one/matron-eastwing", "--only", "account", "--reason", "x", "--db", url))

    def test_words_that_a_terminal_would_obey_are_refused(self):
        url = self.filled()
        for command in (("person", "add", "Matron\x1b[2J"),
                        ("person", "add", "Matron", "--email", "a\x1b]0;x\x07@b"),
                        ("person", "erase", "one/porter", "--reason", "\u009b2J"),
                        ("findings", "accept", "--finding", "A1/x", "--by", "\x1b[2J")):
            self.assertIn("control characters", self.refused(*command, "--db", url))
        self.sql(url, "update person set name = 'Matron\x1b[2J', email = '\u009b2J'")
        listed = self.person(url, "list")
        self.assertIn("Matron\ufffd[2J  \ufffd2J", listed)

    def test_one_email_is_one_person(self):
        url = self.database()
        self.good("migrate", "--db", url)
        self.person(url, "add", "Zo\u00eb", "--email", "Zo\u00eb.L@Example.org")
        self.assertIn("already", self.refused(
            "person", "add", "Another", "--email", "zo\u00eb.l@example.ORG", "--db", url))
        # What the table itself keeps apart, for two who come at once.
        self.assertEqual(self.sql(url, "select email from person"), [("zo\u00eb.l@example.org",)])
        self.assertIn("signs in as zoe", self.person(
            url, "account", "add", "ZO\u00eb.L@example.org", "zoe"))

    def test_membership_and_accounts(self):
        url = self.filled()
        self.assertIn("The login \"aeastwing\" is taken", self.refused(
            "person", "account", "add", "one/porter", "aeastwing", "--db", url))
        self.assertIn("a member is one of these", self.refused(
            "person", "member", "add", "one", "aeastwing", "king", "--db", url))
        self.person(url, "member", "remove", "one", "aeastwing")
        self.assertIn("is no member", self.refused(
            "person", "member", "remove", "one", "aeastwing", "--db", url))
        self.person(url, "account", "remove", "aeastwing")
        self.person(url, "unlink", "two/matron-eastwing")
        self.assertNotIn("two/", self.person(url, "list"))
        self.assertIn("say why", self.refused("person", "erase", "one/porter", "--db", url))
        self.assertIn("Did you mean \"one\"", self.refused(
            "person", "erase", "onne/porter", "--reason", "x", "--db", url))

    def test_shared_organisations(self):
        url = self.filled()
        self.assertEqual(
            json.loads(self.good("organisations", "--db", url, "--format", "json")),
            [{"code": "RTH", "name": "The hospital",
              "in": [{"programme": "one", "key": "hospital"},
                     {"programme": "two", "key": "hospital"}]}])

    def test_a_backup_holds_people_too(self):
        url, other = self.filled(), self.database()
        backup = self.folder / "backup.db"
        self.good("backup", "--db", url, backup)
        self.good("restore", backup, "--db", other)
        self.assertEqual(self.person(other, "list"), self.person(url, "list"))
        self.person(other, "erase", "aeastwing", "--reason", "asked")
        self.good("audit", "verify", "--db", other, "--all")

    def test_findings_and_decisions_are_erased_and_persist(self):
        url = self.database()
        workbook = read_folder(SAMPLES / "harbour")
        headings, holders = workbook["post-holders"]
        for row in holders:
            row[headings.index("Days set aside")] = "0"
        folder = self.folder / "harbour"
        folder.mkdir()
        write_folder(workbook, folder)
        self.good("import", folder, "--db", url)
        self.good("diagnose", "--db", url, "--day", "2026-06-30")
        name = self.sql(url, "select identity from finding where person = 'network-manager'")[0][0]
        self.good("findings", "assign", "--db", url, "--finding", name, "--to", "network-manager",
                  "--by", "network manager, Harbour")
        self.check_held(url, name)
        self.person(url, "erase", "harbour/network-manager", "--reason", "asked")
        for table, columns in (("finding", "identity, person, words, content"),
                               ("finding_decision", "author, reason, assigned_to"),
                               ("diagnosis", "content")):
            for row in self.sql(url, f"select {columns} from {table}"):
                self.assertNotIn("network manager, Harbour", " ".join(row))
        person, assigned = self.sql(
            url, "select f.person, d.assigned_to from finding f join finding_decision d"
                 " on d.finding_id = f.id")[0]
        self.assertRegex(person, "^person-[0-9a-f]{4}$")
        self.assertEqual(assigned, person)
        self.assertIn("0 new, 0 closed", self.good("diagnose", "--db", url, "--day", "2026-06-30"))
        self.good("audit", "verify", "--db", url)
        told = " ".join(self.good("audit", "--db", url, "--from", "2").split())
        self.assertRegex(told, r"Reason: asked Erased what told who somebody was: \d+ versions\.")
        again = " ".join(self.refused("person", "erase", "harbour/network-manager", "--reason",
                                      "asked", "--db", url).split())
        self.assertIn("If they were erased, the history says when: `ithaca audit` (the last time in "
                      "revision 2)", again)
        self.assertNotIn("there never was", again)

    def check_held(self, url, name):
        """A finding about somebody, given to them by themselves, is held about them."""
        path = self.folder / "held.json"
        self.person(url, "export", "harbour/network-manager", path, "--format", "json")
        findings = {each["id"]: each
                    for each in json.loads(path.read_text())["programmes"][0]["findings"]}
        self.assertTrue(findings[name]["about_the_person"])
        self.assertIn("You ", findings[name]["sentence"])
        self.assertEqual([(each["what"], each["assigned_to"])
                          for each in findings[name]["decisions"]], [("assigned", "network-manager")])
        self.person(url, "export", "harbour/network-manager", self.folder / "held.txt")
        self.assertIn("Assigned to network-manager",
                      " ".join((self.folder / "held.txt").read_text().split()))
        other = self.folder / "other.json"
        self.person(url, "export", "harbour/chief-hospital", other, "--format", "json")
        self.assertNotIn(name, {each["id"] for each in
                                json.loads(other.read_text())["programmes"][0]["findings"]})

    def test_who_only_decided_is_held_too(self):
        url = self.database()
        self.good("import", SAMPLES / "harbour-broken", "--db", url)
        self.good("diagnose", "--db", url, "--day", "2026-06-30")
        name = self.sql(url, "select min(identity) from finding where private = 0")[0][0]
        self.good("findings", "accept", "--db", url, "--finding", name, "--by", "The sponsor")
        self.person(url, "add", "the sponsor")
        path = self.folder / "held.json"
        self.person(url, "export", "the sponsor", path, "--format", "json")
        (programme,) = json.loads(path.read_text())["programmes"]
        self.assertEqual([(finding["id"], finding["decisions"][0]["what"])
                          for finding in programme["findings"]], [(name, "accepted")])

    def test_a_namesake_elsewhere_is_left(self):
        """Names are compared in the same way on both, whatever their letters."""
        url = self.filled()
        self.save(url, SHEETS.format(key="three", note="").replace("Matron Eastwing", "The matron"),
                  "\u00c9LODIE  EASTWING")
        self.person(url, "add", "\u00c9lodie Eastwing", "--email", "e@example.org")
        self.person(url, "member", "add", "one", "e@example.org", "team")
        self.person(url, "export", "e@example.org", self.folder / "held.json", "--format", "json")
        held = json.loads((self.folder / "held.json").read_text())
        self.assertEqual([programme["key"] for programme in held["programmes"]], ["one", "three"])

        def erased(*arguments):
            return " ".join(self.person(url, "erase", "e@example.org", "--reason", "asked", *arguments).split())
        kept = self.kept(url, "three")
        for options in (("--dry-run",), ()):
            told = erased(*options)
            self.assertIn("answered or changed a step in three too. Nothing else links that", told)
            self.assertNotIn("In three", told)
        self.assertEqual(self.kept(url, "three"), kept)
        # Whoever looked, and knows that it is the same person.
        for options in (("--programme", "three"), ("--also", "\u00e9lodie eastwing")):
            self.person(url, "add", "\u00c9lodie Eastwing", "--email", "e@example.org")
            told = erased(*options, "--dry-run")
            self.assertIn("who saved, or why, in 1 revision", told.partition("In three")[2])
            if options[0] == "--also":
                erased(*options)
            self.sql(url, "delete from person where email = 'e@example.org'")
        self.assertEqual(self.sql(url, "select r.author from revision r join programme p on p.id ="
                                       " r.programme_id where p.key = 'three' and number = 1"),
                         [("[name erased]",)])

    def test_who_only_shared_is_held_too(self):
        url = self.filled()
        self.sql(url, "insert into shared_diagnosis select id, 1, '2026-07-01', 'The sponsor' from programme"
                      " where key = 'two'")
        self.sql(url, "insert into brought_file select p.id, 1, a.id, 'x', '2026-07-02', 'The sponsor', 'log.csv', '', '[]',"
                      " null, null, null, null, null from programme p, account a where p.key = 'two'")
        self.sql(url, "insert into document_file select id, 1, 'minutes', 'x', '2026-07-03', 'The sponsor', 'm.pdf',"
                      " 'application/pdf', 1, 'x' from programme where key = 'two'")
        self.person(url, "add", "the sponsor")
        for ending in ("json", "txt"):
            self.person(url, "export", "the sponsor", self.folder / f"held.{ending}", "--format",
                        "json" if ending == "json" else "text")
        (programme,) = json.loads((self.folder / "held.json").read_text())["programmes"]
        self.assertEqual(programme["shared"], [{"by": "The sponsor", "at": "2026-07-01"}])
        self.assertEqual(programme["lists"], [{"by": "The sponsor", "at": "2026-07-02", "file": "log.csv"}])
        self.assertEqual(programme["documents"],
                         [{"by": "The sponsor", "at": "2026-07-03", "file": "m.pdf", "document": "minutes"}])
        self.assertIn("2026-07-01, by The sponsor", (self.folder / "held.txt").read_text())

    def test_the_likeliest_hints_come_first_and_all_of_them(self):
        url = self.database()
        sheets = SHEETS.format(key="one", note="") + "[Actions]\nKey,Title,Note\n" + "".join(
            f"a{i},Ask the hospital,the trust rings\n" for i in range(20)) + (
                "z,Ask,By then and quite a while after that Dr Eastwing will ring us\n")
        self.save(url, sheets.replace("g,Matron Eastwing,", 'g,"Matron Eastwing, hospital trust",'), "porter")
        told = self.person(url, "erase", "one/matron-eastwing", "--reason", "asked", "--dry-run")
        hints = [line for line in told.split("the likeliest first", 1)[1].splitlines()
                 if line.startswith("  - ")]
        self.assertEqual(len([line for line in hints if "Actions, a" in line]), 40)
        first = [line for line in hints if "Eastwing" in line]
        self.assertTrue(any("Dr Eastwing will ring us" in line for line in first))
        self.assertEqual(hints[:len(first)], first)
        self.assertNotIn("Organisations, hospital, Key", told)
        self.assertIn("Organisations, hospital, Name", hints[-1])
