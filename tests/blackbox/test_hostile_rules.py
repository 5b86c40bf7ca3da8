"""Rule files that want to do harm or to take everything: refused with a message that names the file,
soon, in little memory, with nothing else disturbed. Time and memory are those of the program as
people have it (build/ithaca), beside those of a check with a good rule."""
import hashlib
import os
import pathlib
import resource
import subprocess
import tempfile

from support import ROOT, SAMPLES, Case, ithaca

PLAIN = ROOT / "build" / "ithaca"
AS_OF = ("--as-of", "2026-06-30")

RULE = """# A title

id: {id}
answers: none
barriers:
level: organisation
outcome: alignment
severity: high
effect: lacking
private: no
mechanisms:
competences:
source: own because we saw it
evidence: inferred
step: none
needs:
identity:
{more}finding: {finding}
in place: {in_place}

## What it means

{meaning}

## What to do

That.

```sql
{sql}
```
"""


def rule(sql, more="", finding="It is so.", in_place="It is not so.", meaning="This.", name="X1"):
    return RULE.format(sql=sql, more=more, finding=finding, in_place=in_place, meaning=meaning,
                       id=name)


GOOD = rule("select 'in place' as verdict", name="X0")
COUNT = "with recursive c(x) as (select 1 union all select x + 1 from c{limit}) "


def count_to(n):
    return COUNT.format(limit=f" where x < {n}")


# What is to be refused: a name, the rule, words of the message.
REFUSED = {
    # Reaching out of the workbench.
    "attach": (rule("attach '/tmp/ithaca-attached.db' as other"), "not"),
    "detach": (rule("detach main"), "not"),
    "pragma": (rule("pragma writable_schema = on"), "not"),
    "pragma database_list": (rule("pragma database_list"), "not"),
    "vacuum into": (rule("vacuum into 'stolen.db'"), "not"),
    "load_extension": (rule("select load_extension('/lib/x.so') as verdict"), "load_extension"),
    "readfile": (rule("select readfile('/etc/passwd') as verdict"), "readfile"),
    "writefile": (rule("select writefile('x', 'y') as verdict"), "writefile"),
    "edit": (rule("select edit('x', 'vi') as verdict"), "edit"),
    "fts3_tokenizer": (rule("select fts3_tokenizer('simple') as verdict"), "fts3_tokenizer"),
    "random": (rule("select random() as verdict"), "random"),
    "sqlite_version": (rule("select sqlite_version() as verdict"), "sqlite_version"),
    "randomblob": (rule("select randomblob(1e9) as verdict"), "randomblob"),
    "zeroblob": (rule("select zeroblob(1e9) as verdict"), "zeroblob"),
    "hex": (rule("select hex('a') as verdict"), "hex"),
    "sqlite_schema": (rule("select sql as verdict from sqlite_schema"), "sqlite"),
    "sqlite_master": (rule("select sql as verdict from sqlite_master"), "sqlite"),
    "sqlite_master in capitals": (rule("select sql as verdict from SQLITE_MASTER"), "sqlite"),
    "sqlite_master counted": (rule("select count(*) as verdict from SQLITE_master"), "SQLITE"),
    "main.sqlite_schema": (rule("select name as verdict from main.sqlite_schema"), "sqlite"),
    "sqlite_temp_schema": (rule("select name as verdict from sqlite_temp_schema"), "sqlite"),
    "schema behind a with": (rule("with a as (select name from sqlite_schema) "
                                  "select name as verdict from a"), "sqlite"),
    "pragma_table_info": (rule("select name as verdict from pragma_table_info('person')"), "other than SELECT"),
    "pragma_table_list": (rule("select name as verdict from pragma_table_list"), "other than SELECT"),
    "pragma_ counted": (rule("select count(*) as verdict from Pragma_database_list"), "other than SELECT"),
    "pragma_function_list": (rule("select 'in place' as verdict where exists "
                                  "(select 1 from pragma_function_list)"), "other than SELECT"),
    "json_each": (rule("select value as verdict from json_each('[1]')"), "json_each"),
    "json_tree counted": (rule("select count(*) as verdict from json_tree('[1]')"), "json_tree"),
    "dbstat": (rule("select name as verdict from dbstat"), "dbstat"),
    "sqlite_dbpage": (rule("select data as verdict from sqlite_dbpage"), "sqlite_dbpage"),
    "other database": (rule("select name as verdict from other.person"), "other"),
    # Writing.
    "insert": (rule("insert into person(id) values ('x')"), "not"),
    "insert returning": (rule("insert into person(id) values ('x') returning id as verdict"), "not"),
    "with insert": (rule("with a as (select 1) insert into person(id) select * from a"), "not"),
    "update": (rule("update person set name = 'x'"), "not"),
    "delete": (rule("delete from person"), "not"),
    "delete of facts": (rule("delete from network_person"), "not"),
    "replace into": (rule("replace into person(id) values ('x')"), "not"),
    "create": (rule("create table x(y)"), "not"),
    "create temp trigger": (rule("create temp trigger t after insert on person begin select 1; end"),
                            "not"),
    "create virtual table": (rule("create virtual table x using fts5(y)"), "not"),
    "create view": (rule("create temp view person as select 1"), "not"),
    "drop": (rule("drop table partner"), "not"),
    "alter": (rule("alter table person rename to x"), "not"),
    "analyze": (rule("analyze"), "not"),
    "reindex": (rule("reindex"), "not"),
    "begin": (rule("begin"), "not"),
    "commit": (rule("commit"), "not"),
    "explain": (rule("explain select 1 as verdict"), "verdict"),
    "two statements": (rule("select 'clear' as verdict; drop table person"), "one SELECT"),
    "hidden second statement": (rule("select 'clear' as verdict /* ; */ ; -- ;\n"
                                     "delete from person"), "one SELECT"),
    "comment after the end": (rule("select 'clear' as verdict; -- ; drop table person"),
                              "nothing after it"),
    "nothing but a comment": (rule("-- select 'clear' as verdict"), "one SELECT"),
    "comment without an end": (rule("/* select 'clear' as verdict"), "one SELECT"),
    # Taking for ever.
    "endless recursion": (rule(COUNT.format(limit="") + "select count(*) as verdict from c"),
                          "it takes"),
    "endless rows": (rule(COUNT.format(limit="") + "select 'clear' as verdict from c"), "gives more"),
    "endless growing text": (rule("with recursive c(x) as (select 'x' union all select x || x from c)"
                                  "select 'clear' as verdict, x from c"), "too big"),
    "many growing texts": (rule("with recursive c(n, x) as (select 1, '' union select n + 1, "
                                "x || 'xxxxxxxxxxxxxxxxxxxx' from c) "
                                "select count(*) as verdict from c"), "stopped"),
    "cross joins": (rule("select count(*) as verdict from person a, person b, person c, person d, "
                         "person e, person f, person g, person h"), "it takes"),  # alone, or with others
    "cross join, sorted": (rule("select 'clear' as verdict from person a, person b, person c, "
                                "person d order by a.id || b.id || c.id || d.id"), "stopped"),
    "distinct of much": (rule(count_to(10 ** 7) + "select count(distinct x || 'abcdefghijk') "
                              "as verdict from c"), "stopped"),
    "window over much": (rule(count_to(10 ** 7) + "select max(y) as verdict from (select sum(x) "
                              "over (order by -x) as y from c)"), "stopped"),
    "group_concat": (rule(count_to(10 ** 7) + "select group_concat(x, printf('%99s', 'x')) "
                          "as verdict from c"), "stopped"),
    "printf": (rule("select printf('%.*c', 1e9, 'x') as verdict"), "stopped"),
    "format": (rule("select format('%1000000000d', 1) as verdict"), "verdict"),
    "replace": (rule("select replace(replace(replace(replace(printf('%.*c', 9999, 'a'), 'a', "
                     "'aaaaaaaaaa'), 'a', 'aaaaaaaaaa'), 'a', 'aaaaaaaaaa'), 'a', 'aaaaaaaaaa') "
                     "as verdict"), "too big"),
    "replace in vain": (rule(count_to(10 ** 6) + "select sum(length(replace(printf('%.*c', 900000, "
                             "'a'), printf('%.*c', 450000, 'a') || 'b', ''))) as verdict from c"),
                        "stopped"),
    "instr in vain": (rule("select instr(printf('%.*c', 900000, 'a'), printf('%.*c', 450000, 'a') "
                           "|| 'b') + sum(instr(printf('%.*c', 900000, 'a'), printf('%.*c', 450000,"
                           " 'a') || 'b')) as verdict from person"), "stopped"),
    "trim in vain": (rule("select ltrim(printf('%.*c', 900000, 'a'), printf('%.*c', 900000, 'b') || "
                          "'a') as verdict from person"), "stopped"),
    "like bomb": (rule("select sum(printf('%.*c', 900000, 'a') like '%a%a%a%a%a%a%a%b') as verdict "
                       "from person a, person b, person c"), "bad.md"),
    "long like": (rule("select 'a' like printf('%.*c', 40000, '%') as verdict"), "too complex"),
    "glob bomb": (rule("select sum(printf('%.*c', 900000, 'a') glob '*a*a*[^a-z]*a*a*b') as verdict "
                       "from person a, person b, person c"), "bad.md"),
    "parentheses": (rule("select " + "(" * 1000 + "1" + ")" * 1000 + " as verdict"), "SELECT"),
    "nots": (rule("select " + "not " * 5000 + "1 as verdict"), "SELECT"),
    "unions": (rule(" union all ".join(["select 'clear' as verdict"] * 500)), "SELECT"),
    "nested selects": (rule("select * from (" * 150 + "select 1 as verdict" + ")" * 150), "SELECT"),
    "tables joined": (rule("select 'clear' as verdict from " + ", ".join(
        f"person p{i}" for i in range(70))), "SELECT"),
    "doubling with": (rule("with a0(x) as (select 'clear'), " + ", ".join(
        f"a{i}(x) as (select p.x from a{i - 1} p, a{i - 1} q)" for i in range(1, 30)) +
        " select x as verdict from a29"), "bad.md"),
    "wide rows": (rule("select 'clear' as verdict, " + ", ".join(f"1 as c{i}" for i in range(2000))),
                  "too many columns"),
    "wide and long": (rule(count_to(10 ** 5) + "select 'clear' as verdict, " + ", ".join(
        f"null as c{i}" for i in range(199)) + " from c"), "gives more"),
    "many parameters": (rule("select 'clear' as verdict, ?32766 as x"), "SELECT"),
    # Saying too much.
    "many findings": (rule(count_to(49000) + "select 'broken' as verdict from c"),
                      "more than anybody can read"),
    "many records named": (rule(
        count_to(900) + ", everybody(y) as (select group_concat(id, ' ') from person) "
        "select 'broken' as verdict, y as person_list from c, everybody"),
        "more than anybody can read"),
    "long sentences": (rule(count_to(999) + "select 'broken' as verdict, printf('%.*c', 7000, 'x') "
                            "as long from c", finding="{{long}} " * 50), "too much memory"),
    "huge values spoken": (rule("select 'broken' as verdict, printf('%.*c', 999999, 'x') as long",
                                finding="{{long}} " * 60), "too much memory"),
    "lists of lists": (rule(count_to(5000) + ", long(y) as (select group_concat('p' || x, ' ') "
                            "from c) select 'in place' as verdict, y as person_list from long, "
                            "(select 1 from c limit 200)",
                            in_place="{{person_list}} " * 60), "stopped"),
    "too many gaps": (rule("select 'clear' as verdict", finding="{{verdict}}" * 100), "60 times"),
    "unknown verdict": (rule("select printf('%.*c', 900, 'x') as verdict"), "one of these: broken"),
    "unknown field": (rule("select 'unsaid' as verdict, 'nothing.here' as field"), "team.powers"),
    "field without a column": (rule("select 'unsaid' as verdict, 'bogus' as field"), "team.powers"),
    "many fields": (rule(count_to(40000) + "select 'unsaid' as verdict, 'team.x' || x as field "
                         "from c"), "team.powers"),
    "many wrong barriers": (rule(count_to(100000) + "select 'broken' as verdict, group_concat('x', "
                                 "',') as barriers from c"), "bad.md"),
    "wrong level": (rule("select 'broken' as verdict, 'moon' as level"), "no level"),
    "wrong day": (rule("select 'missing' as verdict, '9999-99-99' as needs_since"), "no day"),
    "bytes that are no text": (rule("select 'broken' as verdict, cast(x'fffe' as text) as x",
                                    finding="{{x}}"), "no text"),
    "escape codes": (rule("select 'broken' as verdict, cast(x'1b5d303b6861' as text) as x",
                          finding="{{x}}"), "cannot be printed"),
    # Files that are no rules.
    "empty": ("", "no title"),
    "huge": (rule("select 'clear' as verdict", meaning="word " * 300000), "64 KiB"),
    "NUL bytes": (rule("select 'clear' as verdict\0; drop table person"), "not a text file"),
    "not UTF-8": (b"# \xff\xfe\n" + GOOD.encode(), "not a text file"),
    "escape codes in the page": (rule("select 'broken' as verdict", finding="\x1b]0;ha\x07"),
                                 "control character"),
    "many header lines": (rule("select 'clear' as verdict", more="".join(
        f"a{i}: b\n" for i in range(6000))), "at most 500"),
    "no header lines": ("# A\n" + "x\n" * 30000, "not a header line"),
    "many sections": (GOOD + "## A\n" * 10000, "at most 500"),
    "long continued line": (rule("select 'clear' as verdict", more="identity2: a\n" + " b\n" * 15000),
                            "longer than"),
    "long section": (rule("select 'clear' as verdict", meaning="\n\nx" * 15000), "longer than"),
    "long title": ("# " + "x" * 50000 + GOOD[9:], "longer than"),
    "repeated needs": (GOOD.replace("needs:", "needs: team, team"), "twice"),
    "repeated identity": (GOOD.replace("identity:", "identity: verdict, verdict"), "twice"),
    "block without an end": (GOOD[:-4], "never closed"),
    "threshold nan": (rule("select 'clear' as verdict", more="threshold x: nan because\n"), "number"),
    "threshold inf": (rule("select 'clear' as verdict", more="threshold x: -inf because\n"), "number"),
    "threshold too big": (rule("select 'clear' as verdict", more="threshold x: 1e309 because\n"),
                          "number"),
    "threshold called today": (rule("select 'clear' as verdict", more="threshold today: 1 because\n"),
                               "today"),
    "unclosed gap": (rule("select 'clear' as verdict", finding="{{verdict"), "{{ without }}"),
    "unclosed part": (rule("select 'clear' as verdict", finding="{{#verdict}}x"), "is not ended"),
    "parts in parts": (rule("select 'clear' as verdict", finding="{{#verdict}}" * 50), "inside each"),
    "empty gap": (rule("select 'clear' as verdict", finding="{{}}"), "no column"),
    "format as a name": (rule("select 'clear' as verdict", finding="{{%s%n%s}}"), "%s%n%s"),
    "level of its own": (GOOD.replace("level: organisation", "level: %n%s%s"), "%n%s%s"),
    "id with a break": (GOOD.replace("id: X0", "id: ../../x y"), "id"),
}

# What looks bad and does none: the diagnosis is as always.
HARMLESS = {
    "threshold 1e308": rule("select date(:today, '-' || :x || ' months') as d, 'clear' as verdict",
                            more="threshold x: 1e308 because\n"),
    "semicolons in comments": rule("select 'clear' as verdict -- ; drop table person;\n/* ; */"),
    "semicolons in text": rule("select 'clear' as verdict, '; drop table person; --' as x"),
    "a table of that name": rule("with json_each(value) as (select 'clear') "
                                 "select value as verdict from json_each"),
    "a with that is counted": rule("with a(x) as (select 1) select 'clear' as verdict "
                                   "where (select count(*) from a) = 1"),
    "all measures": rule("select 'clear' as verdict from network_person"),
    "no rows": rule("select 'clear' as verdict where 0"),
    "windows": rule("select 'clear' as verdict from (select id, row_number() over (order by id) "
                    "from person)").replace("\n", "\r\n"),
}


def tree(folder):
    """Every file below, with what is in it."""
    return {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
            for path in sorted(pathlib.Path(folder).rglob("*")) if path.is_file()}


class Hostile(Case):
    SECONDS = 1.0   # beyond a check with a good rule
    MEBIBYTES = 64

    @classmethod
    def setUpClass(cls):
        subprocess.run(["make", "--no-print-directory", "build/ithaca"], cwd=ROOT, check=True,
                       stdout=subprocess.DEVNULL)
        with tempfile.TemporaryDirectory() as folder:
            pathlib.Path(folder, "good.md").write_text(GOOD)
            cls.usual = cls.measure(folder, folder)

    @staticmethod
    def measure(rules, where, *arguments):
        """Exit code, what was printed, processor seconds and MiB of a check with these rules."""
        with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
            process = subprocess.Popen(
                [PLAIN, "check", SAMPLES / "harbour", *AS_OF, "--rules", rules, *arguments],
                stdin=subprocess.DEVNULL, stdout=out, stderr=err, cwd=where,
                env={**os.environ, "TMPDIR": str(where), "SQLITE_TMPDIR": str(where)},
                preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_CPU, (20, 20)))
            _, status, usage = os.wait4(process.pid, 0)
            process.returncode = os.waitstatus_to_exitcode(status)
            out.seek(0)
            err.seek(0)
            return (process.returncode, out.read().decode("utf-8", "backslashreplace"),
                    err.read().decode("utf-8", "backslashreplace"),
                    usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)

    def setUp(self):
        super().setUp()
        self.rules, self.where = self.folder / "rules", self.folder / "where"
        self.rules.mkdir()
        self.where.mkdir()
        (self.rules / "a-good.md").write_text(GOOD)

    def attack(self, *arguments):
        """Checks with the rules; that nothing is disturbed and little is taken. Gives the rest."""
        before = tree(SAMPLES / "harbour"), tree(self.rules)
        code, out, err, seconds, mebibytes = self.measure(self.rules, self.where, *arguments)
        self.assertEqual((tree(SAMPLES / "harbour"), tree(self.rules)), before)
        self.assertEqual(os.listdir(self.where), [])
        self.assertLess(seconds, self.usual[3] + self.SECONDS)
        self.assertLess(mebibytes, self.usual[4] + self.MEBIBYTES)
        return code, out, err

    def assert_refused(self, code, out, err, words):
        self.assertEqual(code, 2, err[:2000])
        self.assertEqual(out, "", "nothing may be half-done")
        self.assertRegex(" ".join(err.split()), r"bad\.md(, line [0-9]+)?:")
        self.assertIn(words, " ".join(err.split()))
        self.assertLessEqual(max(map(len, [line for line in err.splitlines()
                                           if " " in line.strip()]), default=0), 100)

    def test_what_is_refused(self):
        for name, (text, words) in REFUSED.items():
            with self.subTest(name):
                (self.rules / "bad.md").write_bytes(text if isinstance(text, bytes)
                                                    else text.encode())
                self.assert_refused(*self.attack(), words)

    def test_a_place_with_a_line(self):
        (self.rules / "bad.md").write_text(rule("select 'clear' as verdict\nfrom sqlite_schema"))
        _, _, err = self.attack()
        self.assertIn("bad.md, line ", err)

    def test_what_is_harmless(self):
        for name, text in HARMLESS.items():
            with self.subTest(name):
                (self.rules / "bad.md").write_bytes(text.encode())
                code, out, err = self.attack()
                self.assertEqual((code, err), (0, ""))
                self.assertIn("No finding.", out)

    def test_many_rules_together(self):
        """Each stays below the limits of a query; together they may not take longer than one."""
        for i in range(150):
            (self.rules / f"bad-{i}-bad.md").write_text(rule(
                count_to(3 * 10 ** 5) + "select 'clear' as verdict, sum(x) from c", name=f"Z{i}"))
        self.assert_refused(*self.attack(), "takes too long")

    def test_many_rules_full_of_rows(self):
        for i in range(150):
            (self.rules / f"bad-{i}-bad.md").write_text(rule(
                count_to(9000) + "select 'clear' as verdict, x, x, x, x, x from c", name=f"Z{i}"))
        self.assert_refused(*self.attack(), "too much memory")

    def test_a_folder_that_is_no_folder_of_rules(self):
        def loop():
            (self.rules / "again").symlink_to(self.rules)
            (self.rules / "and-again").symlink_to(self.rules)

        def many():
            for i in range(300):
                (self.rules / f"bad{i}.md").write_text(GOOD.replace("X0", f"Z{i}"))

        for name, make, words in (
                ("a circle", loop, "deep in each other"),
                ("a pipe", lambda: os.mkfifo(self.rules / "bad.md"), "no file that can be read"),
                ("a device", lambda: (self.rules / "bad.md").symlink_to("/dev/zero"),
                 "no file that can be read"),
                ("many files", many, "more than 200 files")):
            with self.subTest(name):
                self.setUp()
                make()
                code, out, err, seconds, _ = self.measure(self.rules, self.where)
                self.assertEqual((code, out), (2, ""), err[:2000])
                self.assertIn(words, " ".join(err.split()))
                self.assertLess(seconds, self.usual[3] + self.SECONDS)

    def test_as_json_too(self):
        for name in ("bytes that are no text", "escape codes", "many findings", "cross joins"):
            with self.subTest(name):
                (self.rules / "bad.md").write_text(REFUSED[name][0])
                self.assert_refused(*self.attack("--format", "json"), REFUSED[name][1])

    def test_most_findings_that_can_be(self):
        """Just below the limits: it may fill the screen, not the machine."""
        (self.rules / "bad.md").write_text(rule(
            count_to(990) + "select 'broken' as verdict, printf('%.*c', 900, 'x ') as long from c",
            finding="{{long}}", meaning="word " * 1500))
        for form in ("text", "json", "csv"):
            with self.subTest(form):
                code, out, _ = self.attack("--format", form)
                self.assertEqual(code, 1)
                self.assertIn("xxxx", out.replace(" ", ""))

    def test_the_other_commands_refuse_too(self):
        for name in ("unknown field", "cross joins", "unclosed gap", "sqlite_schema"):
            text, words = REFUSED[name]
            (self.rules / "bad.md").write_text(text)
            for arguments in (["whatif", SAMPLES / "harbour", "--without", "gp-lead", "--on",
                               "2026-06-30"],
                              ["history", SAMPLES / "harbour", "--to", "2026-06-30"]):
                with self.subTest(f"{name}, {arguments[0]}"):
                    result = ithaca(*arguments, "--rules", self.rules)
                    self.assertEqual((result.returncode, result.stdout), (2, ""))
                    self.assertIn("bad.md", result.stderr)
                    self.assertIn(words, " ".join(result.stderr.split()))

    def test_measures_are_there_however_a_rule_asks(self):
        """They are worked out only where a rule reads them, and SQL does not mind capitals."""
        for columns in ("betweenness", "BETWEENNESS as betweenness", "*"):
            with self.subTest(columns):
                (self.rules / "bad.md").write_text(rule(
                    f"with a as (select {columns} from network_person) select 'broken' as verdict, "
                    "count(betweenness) as n from a having count(betweenness) > 0",
                    finding="{{n:measure|measures}}"))
                _, out, err = self.attack()
                self.assertIn("measures", out + err)
