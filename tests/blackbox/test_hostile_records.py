"""Odd questions and odd records: answered rightly, or refused with help; and whatever people are
called, pictures and files stay well-formed."""
import csv
import io
import json
import xml.etree.ElementTree as ElementTree

from support import SAMPLES, Case, ask, ithaca, read_folder, write_folder, write_sheets

HARBOUR = SAMPLES / "harbour"
ON = ("--on", "2026-06-30")
LEAVER = "geriatrician"
FIRST_DAY, LAST_DAY = "1000-01-01", "2999-12-31"  # that the program takes for days
COMMANDS = (["check"], ["decisions"], ["map"], ["network"], ["history"], ["whatif", "--sweep"])

FORMS = [["check"], ["check", "--format", "json"], ["check", "--format", "csv"],
         ["decisions"], ["decisions", "--format", "svg"], ["decisions", "--format", "csv"],
         ["decisions", "--format", "json"], ["map"], ["map", "--format", "svg"],
         ["map", "--format", "dot"], ["map", "--format", "graphml"], ["map", "--format", "csv"],
         ["network"], ["network", "--format", "json"], ["network", "--format", "csv"],
         ["history"], ["history", "--format", "svg"], ["history", "--format", "json"],
         ["history", "--format", "csv"], ["whatif", "--sweep"],
         ["whatif", "--sweep", "--format", "json"], ["whatif", "--sweep", "--format", "csv"],
         ["whatif", "--without", "k0"], ["whatif", "--without", "k0", "--format", "json"]]

NAMES = ['"><script>alert(1)</script>', "quotes ' \" ` “", "back\\slash \\n \\N \\G \\", "two\nlines",
         "</svg>", "a & b &amp; &#x41; &nope;", "]]> <![CDATA[ -->", "שלום עולם \u202eevil\u202c",
         "👩🏽‍⚕️ nurse 🏥", "=cmd|'/c calc'!A1", "{{person}} {{#x}}", "%s%n%d%100000d",
         "'; drop table person; --", "x' or '1'='1", "[t] ; -> {a b}", "e\u0301\u0301\u0301\u0301",
         "\u200b\ufeffhidden", "w" * 32767]


def well_formed(case, text, form):
    """Parses what was printed, by its form."""
    if form in ("svg", "graphml"):
        root = ElementTree.fromstring(text)
        tags = {element.tag.rpartition("}")[2] for element in root.iter()}
        case.assertFalse(tags & {"script", "a", "image", "foreignObject"})
        case.assertFalse([name for element in root.iter() for name in element.keys()
                          if name.startswith("on")])
        return root
    if form == "json":
        return json.loads(text)
    if form == "csv":
        lines = list(csv.reader(io.StringIO(text)))
        case.assertEqual(len({len(line) for line in lines}), 1, "every line has as many cells")
        for line in lines:
            for cell in line:
                case.assertNotRegex(cell, r"\A[=@]", "a spreadsheet would run this")
        return lines
    return text


def nothing_to_draw(arguments, result):
    """A map of no decisions is refused, and says what to write down."""
    return (arguments == ["decisions", "--format", "svg"] and result.returncode == 2 and
            not result.stdout and "There is no open decision to draw." in result.stderr)


def form_of(arguments):
    return arguments[arguments.index("--format") + 1] if "--format" in arguments else "text"


class Refusing(Case):
    def refused(self, *arguments, says):
        result = ithaca(*arguments)
        self.assertEqual((result.returncode, result.stdout), (2, ""), arguments)
        self.assertIn(says, " ".join(result.stderr.split()))
        self.assertLess(len(result.stderr), 20000)


class Asking(Refusing):
    def without(self, *keys, path=HARBOUR):
        options = [option for key in keys for option in ("--without", key)]
        return ["whatif", path, *options, *ON]

    def test_keys_that_nobody_has(self):
        for key, says in (("", "--without needs a name behind it"),
                          (":", "There is no \":\" on the sheet People"),
                          ("person:", "no \"\" on the sheet People"),
                          ("post:", "no \"\" on the sheet Posts"),
                          (":" + LEAVER, f"Did you mean \"{LEAVER}\"?"),
                          ("p:" + LEAVER, "There is no \"p:"), ("per:" + LEAVER, "There is no \"per:"),
                          ("x:y:z", "There is no \"x:y:z\""), ("person:x:y", "There is no \"x:y\""),
                          ("post:" + LEAVER, "on the sheet Posts"),
                          ("../../etc/passwd", "on the sheet People"),
                          ("%s%n%s", "There is no \"%s%n%s\""),
                          ("x" * 100000, "x…\" on the sheet People")):
            with self.subTest(key[:30]):
                self.refused(*self.without(key), says=says)

    def test_nobody_goes_twice(self):
        once = ithaca(*self.without(LEAVER))
        self.assertEqual(once.returncode, 0, once.stderr)
        self.assertEqual(ithaca(*self.without(LEAVER, "person:" + LEAVER, LEAVER)).stdout,
                         once.stdout)

    def test_days_before_and_after_everything(self):
        for day in ("0001-01-01", "9999-12-31", "2026-02-30", "0000-00-00", "-1", "2026-6-30",
                    "2026-06-30x", "٢٠٢٦-٠٦-٣٠"):
            for arguments in (["whatif", HARBOUR, "--without", LEAVER, "--on"],
                              ["check", HARBOUR, "--as-of"], ["decisions", HARBOUR, "--as-of"],
                              ["network", HARBOUR, "--as-of"], ["map", HARBOUR, "--as-of"],
                              ["history", HARBOUR, "--to"], ["history", HARBOUR, "--from"]):
                with self.subTest(f"{arguments[0]} {day}"):
                    self.refused(*arguments, day, says="takes a day like 2026-06-30")

    def test_first_and_last_day_there_is(self):
        for day in (FIRST_DAY, LAST_DAY):
            for form in FORMS:
                if form[0] == "history" or "k0" in form:
                    continue
                with self.subTest(f"{day} {form}"):
                    option = "--on" if form[0] == "whatif" else "--as-of"
                    result = ithaca(form[0], HARBOUR, *form[1:], option, day)
                    if not nothing_to_draw(form, result):
                        self.assertIn(result.returncode, (0, 1), result.stderr)
                        well_formed(self, result.stdout, form_of(form))

    def test_a_reader_who_has_left(self):
        workbook = read_folder(HARBOUR)
        headings, rows = workbook["people"]
        for row in rows:
            if row[headings.index("Key")] == LEAVER:
                row[headings.index("Until")] = "2020-01-01"
        write_folder(workbook, self.folder)
        for arguments in (["check", self.folder, "--as-of", "2026-06-30"],
                          ["whatif", self.folder, "--without", "gp-lead", *ON]):
            answer = ask(*arguments, "--audience", "person", LEAVER)
            private = [finding for finding in answer.get("findings", []) if finding["private"]]
            for finding in private:
                self.assertIn(LEAVER, json.dumps(finding["records"]),
                              "nobody reads what is said of another person")


class WithAFile(Refusing):
    def with_text(self, text):
        path = self.folder / "more.sheets"
        path.write_text(text, encoding="utf-8")
        return ["whatif", HARBOUR, "--with", path, *ON]

    def test_what_cannot_be_added(self):
        lines = "[posts]\nkey,title\nxa,A\nxb,B\n[reporting lines]\npost,line,reports to\n"
        for name, text, says in (
                ("nothing", "", "There is no sheet"),
                ("no sheet", "a,b\n1,2\n", "more.sheets"),
                ("another programme", "[programme]\nkey,name\nx,Second\n", "more than one programme"),
                ("a key that is there", f"[people]\nkey,name\n{LEAVER},Other\n", "already in use"),
                ("the same key twice", "[people]\nkey,name\nx,A\nx,B\n", "already in use in row 3"),
                ("another sheet", "[nonsense]\na,b\n1,2\n", "no sheet of this name"),
                ("another column", "[people]\nkey,name,employr\nx,A,1\n", "Did you mean \"Employer\""),
                ("the wrong kind", f"[people]\nkey,name,employer\nx,A,{LEAVER}\n",
                 "on the sheet Organisations"),
                ("no such value", "[organisations]\nkey,name,part\nq,Q,owner\n", "Write one of"),
                ("a circle", lines + "xa,line management,xb\nxb,line management,xa\n",
                 "goes in a circle"),
                ("a circle of one", lines + "xa,line management,xa\n", "more.sheets"),
                ("a circle of teams", "[teams]\nkey,name,type,parent\nx,X,board,y\ny,Y,board,x\n",
                 "goes in a circle"),
                ("too many rows", "[people]\nkey,name\n" + "".join(
                    f"z{i},N\n" for i in range(200001)), "more than 200000 rows"),
                ("too long a cell", "[people]\nkey,name\nx," + "é" * 70000 + "\n", "too long"),
                ("NUL bytes", "[people]\nkey,name\nx,a\0b\n", "more.sheets"),
                ("escape codes", "[people]\nkey,name\nx,\x1b[2Jb\n", "control character")):
            with self.subTest(name):
                self.refused(*self.with_text(text), says=says)

    def test_what_is_no_file(self):
        for path, says in ((self.folder, ".csv"), ("/dev/null", "neither a file nor a folder"),
                           (self.folder / "none", "no file or folder of this name"),
                           (HARBOUR, "more than one programme"), ("", "")):
            with self.subTest(str(path)):
                self.refused("whatif", HARBOUR, "--with", path, *ON, says=says)


class OddRecords(Case):
    def everybody(self, names, more=""):
        """One programme with people of these names, each tied to the next, in everything."""
        keys = [f"k{i}" for i in range(len(names))]
        one = names[0] if names else "One"
        path = self.folder / "odd.sheets"
        write_sheets({
            "programme": (["key", "name", "aim"], [["p", one, one]]),
            "organisations": (["key", "name", "part"], [["o", one, "host"],
                                                        ["q", names[-1] if names else "Q",
                                                         "partner"]]),
            "people": (["key", "name", "employer"],
                       [[key, name, "oq"[i % 2]] for i, (key, name) in enumerate(zip(keys, names))]),
            "posts": (["key", "title", "organisation"],
                      [["post-" + key, name, "o"] for key, name in zip(keys, names)]),
            "post holders": (["post", "person"], [["post-" + key, key] for key in keys]),
            "teams": (["key", "name", "type", "since"], [["t", one, "transformation team", "2026-01-01"]]),
            "team members": (["team", "person"], [["t", key] for key in keys]),
            "decisions": (["key", "title", "due", "concerns"],
                          [["d-" + key, name, "2026-02-01", "o"] for key, name in zip(keys, names)]),
            "decision rights": (["decision", "right held", "post"],
                                [["d-" + key, "decides", "post-" + key] for key in keys]),
            "relationships": (["person", "type", "other"],
                              [[a, "works with", b] for a, b in zip(keys, keys[1:])]),
        }, path)
        with open(path, "a", encoding="utf-8") as file:
            file.write(more)
        return path

    def run_form(self, path, form):
        result = ithaca(form[0], path, *form[1:])
        if nothing_to_draw(form, result):
            return None, ""
        self.assertIn(result.returncode, (0, 1), f"{form}: {result.stderr[:2000]}")
        self.assertNotIn("\x1b", result.stdout)
        return well_formed(self, result.stdout, form_of(form)), result.stdout

    def test_whatever_people_are_called(self):
        for names in (NAMES[:9], NAMES[9:]):  # few enough for a map of decisions
            path = self.everybody(names)
            for form in FORMS:
                with self.subTest(f"{names[0]}: {' '.join(form)}"):
                    result, _ = self.run_form(path, form)
                    self.assertIsNotNone(result)

    def test_long_names_stay_apart(self):
        """A picture leaves out their middle, and still has a node for each."""
        root, _ = self.run_form(self.everybody(["w" * 32767] * 3), ["map", "--format", "svg"])
        titles = {element.text for element in root.iter() if element.tag.endswith("title")}
        for key in ("k0", "k1", "k2"):
            self.assertTrue([title for title in titles if title.endswith(f"w [{key}]")])

    def test_names_arrive_whole(self):
        path = self.everybody(NAMES)
        root, _ = self.run_form(path, ["map", "--format", "graphml"])
        texts = {element.text for element in root.iter()}
        people, _ = self.run_form(path, ["map", "--format", "csv"])
        cells = {cell for line in people for cell in line}
        for name in NAMES:
            with self.subTest(name[:30]):
                kept = name.strip("\ufeff")
                self.assertIn(kept, texts)
                self.assertTrue({kept, "'" + kept} & cells)

    def test_next_to_nothing(self):
        for names in ([], ["Only one"], ["One", "Two"]):
            path = self.everybody(names)
            for form in FORMS:
                if "k0" in form and not names:
                    continue
                with self.subTest(f"{len(names)} people, {' '.join(form)}"):
                    self.run_form(path, form)

    def test_a_bare_programme(self):
        path = self.sheets("[programme]\nkey,name\np,P\n[organisations]\nkey,name,part\no,O,host\n"
                           "[people]\nkey,name\nk0,Only one\n")
        for form in FORMS:
            with self.subTest(" ".join(form)):
                _, text = self.run_form(path, form)
                self.assertNotRegex(text, r"(?i)\bnan\b|\binf\b|-nan")

    def test_an_empty_template_is_refused_with_help(self):
        path = self.folder / "organisations.csv"
        path.write_text("Key,Name,Part\n")
        (self.folder / "programme.csv").write_text("Key,Name\n")
        for arguments in COMMANDS:
            with self.subTest(" ".join(arguments)):
                result = ithaca(arguments[0], self.folder, *arguments[1:])
                self.assertEqual((result.returncode, result.stdout), (2, ""))
                self.assertIn("Programme", result.stderr)

    def test_large_teams_tie_nobody(self):
        """Who sits with more than 40 others is not tied to them by that alone."""
        for size, pairs in ((41, 41 * 40 // 2), (42, 0), (300, 0)):
            with self.subTest(size):
                people = "".join(f"k{i},N {i}\n" for i in range(size))
                seats = "".join(f"t,k{i}\n" for i in range(size))
                path = self.sheets("[programme]\nkey,name\np,P\n[organisations]\nkey,name,part\n"
                                   f"o,O,host\n[people]\nkey,name\n{people}[teams]\nkey,name,type\n"
                                   f"t,T,board\n[team members]\nteam,person\n{seats}")
                answer, _ = self.run_form(path, ["network", "--format", "json"])
                values = {measure["measure"]: measure["value"] for measure in answer["measures"]
                          if not measure["group"]}
                self.assertEqual(values["people"], size)
                self.assertEqual(values["ties"], pairs)
                self.run_form(path, ["check", "--format", "json"])
                self.run_form(path, ["map", "--format", "graphml"])
