"""The cases of broken input that no text file can show, each a line: CASES[class][name] is a function
that writes the case into a folder and gives its name there."""
import gzip
import io
import zipfile

PROGRAMME = "Key,Name\nharbour,Harbour\n"
ORGANISATIONS = "Key,Name,Part\ntrust,Harbour Trust,host\n"
CASES = {}


def case(kind, name, maker):
    CASES.setdefault(kind, {})[name] = maker


# ---- bytes ----

def raw(content, ending):
    """A file of these bytes."""
    def make(folder, name):
        (folder / (name + ending)).write_bytes(content)
        return name + ending
    return make


def csv_folder(**files):
    """A folder of CSV files, good but for those given (bytes by name; None takes one away)."""
    def make(folder, name):
        content = {"programme": PROGRAMME.encode(), "organisations": ORGANISATIONS.encode(), **files}
        (folder / name).mkdir()
        for sheet, text in content.items():
            if text is not None:
                (folder / name / f"{sheet}.csv").write_bytes(text)
        return name
    return make


def lines(count):
    return b"Key,Name\n" + b"".join(b"k%d,N\n" % i for i in range(count))


# ---- zips ----

MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
RELATIONS = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">%s' \
            "</Relationships>"
SHEETS = ("Programme", "Organisations", "Teams")


def cell(value):
    return f'<c t="inlineStr"><is><t>{value}</t></is></c>' if not value.startswith("<") else value


def rows(*table):
    return "".join(f"<row>{''.join(cell(value) for value in row)}</row>" for row in table)


def sheet(data):
    return f"<worksheet {MAIN}><sheetData>{data}</sheetData></worksheet>"


def relation(number, kind, target):
    return f'<Relationship Id="r{number}" Type="{REL}/{kind}" Target="{target}"/>'


def parts(teams=None, **changes):
    """The parts of a workbook that is good but for the sheet Teams; `changes` are parts by the last
    word of their name, None to leave one out."""
    book = "".join(f'<sheet name="{name}" sheetId="{i}" r:id="r{i}"/>'
                   for i, name in enumerate(SHEETS, 1))
    relations = "".join(relation(i, "worksheet", f"{name.lower()}.xml")
                        for i, name in enumerate(SHEETS, 1))
    good = {
        "types": ("[Content_Types].xml", "<Types/>"),
        "package": ("_rels/.rels", RELATIONS % relation(1, "officeDocument", "xl/workbook.xml")),
        "workbook": ("xl/workbook.xml",
                     f'<workbook {MAIN} xmlns:r="{REL}"><sheets>{book}</sheets></workbook>'),
        "relations": ("xl/_rels/workbook.xml.rels",
                      RELATIONS % (relations + relation(8, "sharedStrings", "strings.xml") +
                                   relation(9, "styles", "styles.xml"))),
        "strings": ("xl/strings.xml", f"<sst {MAIN}><si><t>Board</t></si></sst>"),
        "styles": ("xl/styles.xml", f"<styleSheet {MAIN}/>"),
        "programme": ("xl/programme.xml", sheet(rows(("Key", "Name"), ("harbour", "Harbour")))),
        "organisations": ("xl/organisations.xml",
                          sheet(rows(("Key", "Name", "Part"), ("trust", "Harbour Trust", "host")))),
        "teams": ("xl/teams.xml", teams or sheet(rows(("Key", "Name", "Type")))),
    }
    for word, text in changes.items():
        good[word] = (good[word][0], text) if word in good else (word, text)
    return {name: text for name, text in good.values() if text is not None}


def zipped(content, method=zipfile.ZIP_DEFLATED):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", method) as archive:
        for name, text in content.items():
            archive.writestr(name, text)
    return packed.getvalue()


def xlsx(**changes):
    return raw(zipped(parts(**changes)), ".xlsx")


def teams(*table):
    """A workbook in which the sheet Teams has these rows below its headings."""
    return xlsx(teams=sheet(rows(("Key", "Name", "Type", "Meets every", "Since"), *table)))


def also(name, text):
    """A good workbook with one part more."""
    return raw(zipped({**parts(), name: text}), ".xlsx")


def patched(change):
    """A good workbook whose bytes are changed afterwards."""
    def make(folder, name):
        return raw(bytes(change(bytearray(zipped(parts())))), ".xlsx")(folder, name)
    return make


def entry(content, name):
    """Where the local header and the entry in the directory of a part begin."""
    return content.index(name) - 30, content.rindex(name) - 46


def with_password(content):
    for local, central in [entry(content, b"xl/teams.xml")]:
        content[local + 6] |= 1
        content[central + 8] |= 1
    return content


def with_method(content):
    local, central = entry(content, b"xl/teams.xml")
    content[local + 8] = content[central + 10] = 97
    return content


def with_wrong_sum(content):
    local, central = entry(content, b"xl/teams.xml")
    content[local + 14] ^= 0x55
    content[central + 16] ^= 0x55
    return content


def with_garbage(content):
    local, _ = entry(content, b"xl/teams.xml")
    content[local + 44:local + 60] = b"\xff" * 16
    return content


def too_large(folder, name):
    """Small packed, and more than a quarter of a gigabyte unpacked."""
    with zipfile.ZipFile(folder / (name + ".xlsx"), "w", zipfile.ZIP_DEFLATED) as archive:
        for part, text in parts().items():
            if part != "xl/teams.xml":
                archive.writestr(part, text)
        with archive.open("xl/teams.xml", "w") as file:
            file.write(f"<worksheet {MAIN}><sheetData>".encode())
            for _ in range(260):
                file.write(b" " * (1 << 20))
            file.write(b"</sheetData></worksheet>")
    return name + ".xlsx"


def large_csv(folder, name):
    (folder / name).mkdir()
    (folder / name / "organisations.csv").write_text(ORGANISATIONS)
    with open(folder / name / "programme.csv", "wb") as file:
        file.write(PROGRAMME.encode())
        file.truncate((64 << 20) + 1)
    return name


def many_sheets():
    book = "".join(f'<sheet name="Notes {i}" sheetId="{i}" r:id="r3"/>' for i in range(1, 1002))
    return xlsx(workbook=f'<workbook {MAIN} xmlns:r="{REL}"><sheets>{book}</sheets></workbook>')


def document(*names):
    return zipped({name: "<x/>" for name in names})


OLE = bytes.fromhex("D0CF11E0A1B11AE1") + bytes(504)

# ---- structure: what is no workbook, and what to do with it ----

for ending in ("xls", "xlsm", "xlsb", "xltx", "ods", "numbers", "csv", "txt", "docx"):
    case("structure", "ending-" + ending, raw(b"x", "." + ending))
case("structure", "folder-without-csv",
     csv_folder(programme=None, organisations=None))
case("structure", "no-such-file", lambda folder, name: name + ".xlsx")
case("structure", "sheets-file-without-sheets", raw(b"# nothing yet\n", ".sheets"))
case("structure", "csv-of-another-name", csv_folder(sandwiches=b"Day,Number\nMonday,12\n"))

# ---- encoding ----

TEAMS = "Key,Name,Type\nboard,Café,board\n"
case("encoding", "utf-16", csv_folder(teams=TEAMS.encode("utf-16")))
case("encoding", "utf-16-big-end-first", csv_folder(teams=b"\xfe\xff" + TEAMS.encode("utf-16-be")))
case("encoding", "two-encodings-in-one-file",
     csv_folder(teams=TEAMS.encode() + "panel,Café,board\n".encode("cp1252")))
case("encoding", "cut-inside-a-letter", csv_folder(teams="Key,Name,Type\nboard,Café".encode()[:-1] +
                                                   b"\n\xc3\xa9,x,board\n"))
case("encoding", "bytes-of-no-letter", csv_folder(teams=b"Key,Name,Type\nboard,Caf\x8d,board\n"))
case("encoding", "nul", csv_folder(teams=b"Key,Name,Type\nboard,Bo\0ard,board\n"))
case("encoding", "overlong-slash", csv_folder(teams=b"Key,Name,Type\nboard,\xc0\xaf \xc3\xa9,board\n"))
case("encoding", "halves-of-characters",
     csv_folder(teams=b"Key,Name,Type\nboard,\xed\xa0\x80 \xc3\xa9,board\n"))
case("encoding", "utf-16-sheets", raw("[Teams]\nKey\n".encode("utf-16"), ".sheets"))
case("encoding", "packed-as-csv", csv_folder(teams=gzip.compress(TEAMS.encode(), mtime=0)))
case("encoding", "control-character-in-excel", teams(("board", "Bo_x001B_[2Jard", "board")))
case("encoding", "nul-in-excel", teams(("board", "Bo_x0000_ard", "board")))

# ---- keys and types in Excel: numbers that are shown otherwise ----

case("keys", "number-with-decimals", teams(("<c><v>1.5E-7</v></c>", "Board", "board"),
                                           ("<c><v>-1</v></c>", "Panel", "board"),
                                           ("<c><v>1e-7</v></c>", "Forum", "board"),
                                           ("<c><v>1e-7</v></c>", "Forum again", "board")))
case("types", "number-of-a-day-in-excel",
     teams(("board", "Board", "board", "<c/>", "<c><v>43100</v></c>")))
case("types", "yes-where-a-number-belongs",
     teams(("board", "Board", "board", '<c t="b"><v>1</v></c>')))
case("types", "day-as-text-in-excel", teams(("board", "Board", "board", "<c/>", "03/04/2016")))

# ---- limits ----

case("limits", "rows", csv_folder(people=lines(200001)))
case("limits", "columns",
     csv_folder(people=b"Key,Name" + b",x" * 255 + b"\n" + b"lead,Lead" + b",x" * 255 + b"\n"))
case("limits", "cell", csv_folder(people=b"Key,Name\nlead," + b"x" * 32768 + b"\n"))
case("limits", "cell-of-accents", csv_folder(people=b"Key,Name\nlead," + "é".encode() * 16384 + b"\n"))
case("limits", "cell-in-quotes", csv_folder(people=b'Key,Name\nlead,"' + b"x\n" * 20000 + b'"\n'))
case("limits", "file", large_csv)
case("limits", "cell-in-excel", teams(("board", "x" * 32768, "board")))
case("limits", "shared-text-in-excel",
     xlsx(teams=sheet(rows(("Key", "Name", "Type"), ("board", '<c t="s"><v>0</v></c>', "board"))),
          strings=f"<sst {MAIN}><si><t>{'x' * 40000}</t></si></sst>"))
case("limits", "column-in-excel", xlsx(teams=sheet(
    rows(("Key", "Name", "Type")) + '<row><c r="IW2"><v>1</v></c></row>')))
case("limits", "rows-in-excel",
     xlsx(teams=sheet(rows(("Key", "Name", "Type")) + "<row><c><v>1</v></c></row>" * 200001)))
case("limits", "sheets-in-excel", many_sheets())
case("limits", "note", csv_folder(people=b"Key,Name,Biography\nlead,Lead," + b"x" * 32760 + b"\n"))
case("limits", "key-as-long-as-a-page", csv_folder(people=b"Key,Name\n" + b"x y" * 600 + b",Lead\n"))
case("limits", "many-problems", csv_folder(people=b"Key,Name\n" + b"lead,a\x01b\n" * 150))

# ---- zip ----

GOOD = zipped(parts())
case("zip", "empty", raw(b"", ".xlsx"))
case("zip", "two-bytes", raw(b"PK", ".xlsx"))
case("zip", "half", raw(GOOD[:len(GOOD) // 2], ".xlsx"))
case("zip", "end-cut-off", raw(GOOD[:-30], ".xlsx"))
case("zip", "beginning-cut-off", raw(GOOD[100:], ".xlsx"))
case("zip", "not-a-zip", raw(b"Harbour programme, people and posts\n", ".xlsx"))
case("zip", "web-page", raw(b"<html><table><tr><td>Key</td></tr></table></html>", ".xlsx"))
case("zip", "csv-by-another-name", raw(ORGANISATIONS.encode(), ".xlsx"))
case("zip", "pdf-by-another-name", raw(b"%PDF-1.7\n", ".xlsx"))
case("zip", "password-or-old-excel", raw(OLE, ".xlsx"))
case("zip", "password-without-an-ending", raw(OLE, ""))
case("zip", "password-of-the-zip", patched(with_password))
case("zip", "unknown-method", patched(with_method))
case("zip", "wrong-check-sum", patched(with_wrong_sum))
case("zip", "garbage-inside", patched(with_garbage))
case("zip", "word-document", raw(document("[Content_Types].xml", "word/document.xml"), ".xlsx"))
case("zip", "word-document-without-an-ending",
     raw(document("[Content_Types].xml", "word/document.xml"), ""))
case("zip", "open-document", raw(document("mimetype", "content.xml"), ".xlsx"))
case("zip", "macros", also("xl/vbaProject.bin", "x"))
case("zip", "binary-workbook", raw(document("[Content_Types].xml", "xl/workbook.bin"), ".xlsx"))
case("zip", "sheet-missing",
     raw(zipped({k: v for k, v in parts().items() if k != "xl/teams.xml"}), ".xlsx"))
case("zip", "relations-missing", xlsx(relations=None))
case("zip", "workbook-missing", xlsx(workbook=None))
case("zip", "texts-missing", xlsx(strings=None))
case("zip", "unpacks-to-too-much", too_large)
case("zip", "path-that-leaves-the-zip",
     xlsx(relations=RELATIONS % "".join(relation(i, "worksheet", "../../../etc/passwd")
                                        for i in (1, 2, 3))))

# ---- xml ----

case("xml", "sheet-cut-off", xlsx(teams=sheet(rows(("Key", "Name", "Type")))[:-30]))
case("xml", "tags-crossed", xlsx(teams="<worksheet><sheetData><row></sheetData></row></worksheet>"))
case("xml", "not-xml", xlsx(teams="Key,Name,Type\n"))
case("xml", "bytes-that-are-no-utf-8", xlsx(teams=sheet(rows(("Key",))).encode()
                                            .replace(b"Key", b"K\xff\xfe")))
case("xml", "entities-that-multiply",
     xlsx(teams='<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]>' +
          sheet(rows(("&b;",)))))
case("xml", "entity-of-a-file",
     xlsx(teams='<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>' + sheet(rows(("&a;",)))))
case("xml", "entity-nobody-defined", xlsx(teams=sheet(rows(("&a;",)))))
case("xml", "document-type", xlsx(strings="<!DOCTYPE sst><sst/>"))
case("xml", "too-deep", xlsx(teams=sheet("<row>" * 2000 + "</row>" * 2000)))
case("xml", "workbook-cut-off", xlsx(workbook=f"<workbook {MAIN}><sheets>"))
case("xml", "no-sheets", xlsx(workbook=f"<workbook {MAIN}><sheets/></workbook>"))
case("xml", "relations-cut-off", xlsx(relations=RELATIONS.replace("%s</Relationships>", "")))
case("xml", "package-cut-off", xlsx(package="<Relationships"))
case("xml", "sheet-without-a-relation", xlsx(relations=RELATIONS % relation(1, "worksheet",
                                                                          "programme.xml")))
case("xml", "texts-cut-off", xlsx(strings=f"<sst {MAIN}><si><t>Board"))
case("xml", "styles-cut-off", xlsx(styles=f"<styleSheet {MAIN}><cellXfs>"))
case("xml", "text-that-is-not-there", teams(("board", '<c t="s"><v>7</v></c>', "board")))
case("xml", "text-of-no-number", teams(("board", '<c t="s"><v>first</v></c>', "board")))

# ---- formulas ----

for word, error in (("division", "#DIV/0!"), ("not-available", "#N/A"), ("lost-reference", "#REF!"),
                    ("unknown-name", "#NAME?"), ("wrong-value", "#VALUE!")):
    case("formulas", word, teams(("board", f'<c t="e"><f>x</f><v>{error}</v></c>', "board")))
case("formulas", "error-without-a-formula",
     teams(("board", "Board", "board", '<c t="e"><v>#NUM!</v></c>')))
case("formulas", "never-worked-out", teams(("board", "<c><f>A1</f></c>", "board")))
case("formulas", "never-worked-out-by-a-library", teams(("board", "<c><f>A1</f><v></v></c>", "board")))
case("formulas", "value-of-the-wrong-type",
     teams(("board", "Board", "board", '<c t="str"><f>x</f><v>monthly</v></c>')))
case("formulas", "key-that-comes-out-twice",
     teams(('<c t="str"><f>x</f><v>board</v></c>', "Board", "board"),
           ('<c t="str"><f>x</f><v>board</v></c>', "Panel", "board")))
case("formulas", "text-of-a-formula-in-csv",
     csv_folder(teams=b"Key,Name,Type,Meets every\nboard,Board,board,=7*4\n"))
case("formulas", "difference-of-days-below-nothing",
     teams(("board", "Board", "board", "<c><f>x</f><v>-12</v></c>")))
