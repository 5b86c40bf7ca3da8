#!/usr/bin/env python3
"""Writes the ten files of this folder, as different people would make them, with different programs.

Beside each file lies a .json: which kind of list it is, which column is what, and which cells are
doubtful, so that somebody has to be asked or shown. The files are kept: this is how they came about.
"""
import datetime
import json
import pathlib
import subprocess
import tempfile

import openpyxl
import xlsxwriter

HERE = pathlib.Path(__file__).parent
DAY = datetime.date


def told(name, kind, columns, doubtful, rows):
    """What a careful reader makes of the file `name`; columns by letter."""
    (HERE / name).with_suffix(".json").write_text(
        json.dumps({"list": kind, "columns": columns, "doubtful": doubtful, "rows": rows},
                   indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def with_openpyxl(name, rows, merged=(), sheet="Sheet1"):
    book = openpyxl.Workbook()
    page = book.active
    page.title = sheet
    for row in rows:
        page.append(row)
    for cells in merged:
        page.merge_cells(cells)
    for row in page.iter_rows():
        for cell in row:
            if isinstance(cell.value, DAY):
                cell.number_format = "DD/MM/YYYY"
    book.save(HERE / name)


def with_xlsxwriter(name, rows, merged=()):
    book = xlsxwriter.Workbook(HERE / name)
    page = book.add_worksheet("Blad1")
    bold, day = book.add_format({"bold": True}), book.add_format({"num_format": "d mmm yyyy"})
    for r, row in enumerate(rows):
        for c, value in enumerate(row):
            if isinstance(value, DAY):
                page.write_datetime(r, c, datetime.datetime.combine(value, datetime.time()), day)
            elif value is not None:
                page.write(r, c, value)
    for cells, words in merged:
        page.merge_range(cells, words, bold)
    book.close()


def with_text(name, rows, separator, encoding, end="\r\n"):
    (HERE / name).write_bytes(
        (end.join(separator.join(row) for row in rows) + end).encode(encoding))


def with_libreoffice(name, rows):
    with tempfile.TemporaryDirectory() as folder:
        source = pathlib.Path(folder, name).with_suffix(".csv")
        source.write_text("\n".join("\t".join(row) for row in rows) + "\n", encoding="utf-8")
        subprocess.run(["soffice", "--headless", "--infilter=CSV:9,34,UTF8,1,,2057,false,true",
                        "--convert-to", "xlsx", "--outdir", HERE, source],
                       check=True, stdout=subprocess.DEVNULL)


# English, title rows above the header, merged cells, initials, two owners, no dates where there
# should be some.
with_openpyxl("01-action-log.xlsx", [
    ["Frailty together: action log", None, None, None, None, None],
    ["Last updated by the programme office", None, None, None, None, None],
    [],
    ["Ref", "Action", "Owner", "Due date", "Status", "Comments"],
    ["A1", "Agree the information sharing rules", "John Snow", DAY(2026, 11, 30), "In progress", None],
    ["A2", "Find a room for the hub", "EGA", DAY(2026, 12, 1), "Open", "Ask the hospital first"],
    ["A3", "Invite carers to the next meeting", "Mary Seacole", "TBC", "Open", None],
    ["A4", "Write the falls pathway", "Florence Nightingale", DAY(2026, 9, 15), "Complete", None],
    ["A5", "Draw up the risk register", "Snow / Seacole", "ASAP", "Not started", None],
    ["A6", "Publish the newsletter", "Edward Jenner", DAY(2026, 10, 9), "On hold", None],
    ["A7", "Order the tablets", "Saunders", DAY(2027, 1, 12), "Closed", "Delivered"],
], merged=["A1:F1", "A2:F2"])
told("01-action-log.xlsx", "action",
     {"A": "key", "B": "title", "C": "owner", "D": "due", "E": "state", "F": "note"},
     ["C6", "D7", "C9", "D9", "C10", "E10", "C11"], 7)

# German, semicolons and Windows-1252 as Excel writes them there, surnames first.
with_text("02-massnahmen.csv", [
    ["Nr.", "Maßnahme", "Zuständig", "Frist", "Stand", "Erledigt am", "Bemerkung"],
    ["1", "Räume für die Sprechstunde finden", "Nightingale, Florence", "31.10.2026", "offen", "", ""],
    ["2", "Datenschutz klären", "Snow, John", "15.11.2026", "in Arbeit", "", "Anfrage läuft"],
    ["3", "Flyer drucken", "M. Seacole", "30.09.2026", "erledigt", "28.09.2026", ""],
    ["4", "Schulung planen", "Müller", "offen", "offen", "", ""],
], ";", "cp1252")
told("02-massnahmen.csv", "action",
     {"A": "key", "B": "title", "C": "owner", "D": "due", "E": "state", "F": "done", "G": "note"},
     ["C4", "C5", "D5"], 4)

# French, another order, dates that can be read in two ways.
with_text("03-suivi-des-actions.csv", [
    ["Échéance", "Responsable", "Action", "État", "Remarques"],
    ["03/04/2027", "Florence Nightingale", "Préparer la réunion", "à faire", ""],
    ["25/04/2027", "Joseph Lister", "Rédiger le protocole", "en cours", "Version 2"],
    ["à définir", "J. S.", "Former les équipes", "à faire", ""],
    ["01/02/2027", "Mary Seacole et John Snow", "Choisir le logiciel", "terminé", ""],
], ";", "utf-8-sig")
told("03-suivi-des-actions.csv", "action",
     {"A": "due", "B": "owner", "C": "title", "D": "state", "E": "note"},
     ["A2", "A4", "A5", "B4", "B5"], 4)

# Swedish contact list.
with_xlsxwriter("04-kontakter.xlsx", [
    [],
    [],
    ["Namn", "Befattning", "Organisation", "E-post", "Telefon"],
    ["Snow, John", "Verksamhetschef", "GP Federation", "john@example.org", "070-1"],
    ["Elsie Inglis", "Chief Executive", "St Thomas Hospital", "elsie@example.org", "070-2"],
    ["Emma Nutt", "Samordnare", "Borough Counsil", "emma@example.org", "070-3"],
], merged=[("A1:E1", "Kontaktlista")])
told("04-kontakter.xlsx", "person",
     {"A": "name", "B": "job_title", "C": "employer", "D": "-", "E": "-"},
     ["B4", "A5", "A6", "B6", "C6"], 3)

# English contact list with the name in two columns, and a column that nobody else has.
with_libreoffice("05-contact-list.xlsx", [
    ["Surname", "First name", "Job title", "Organisation", "Email address", "Mobile", "Parking permit"],
    ["Nightingale", "Florence", "Director of Finance", "St Thomas Hospital", "f@example.org", "1", "yes"],
    ["Bevan", "Aneurin", "Programme Director", "Borough Council", "a@example.org", "2", "no"],
    ["Lister", "Joseph", "", "St Thomas' Hospital", "j@example.org", "3", "no"],
])
told("05-contact-list.xlsx", "person",
     {"A": "family", "B": "given", "C": "job_title", "D": "employer", "E": "-", "F": "-", "G": "?"},
     ["G1", "A3"], 3)

# Attendance: people down, days across.
with_openpyxl("06-attendance.xlsx", [
    ["Steering Group attendance 2026", None, None, None, None],
    ["Name", "Organisation", DAY(2026, 1, 13), DAY(2026, 2, 10), DAY(2026, 3, 10)],
    ["Florence Nightingale", "St Thomas Hospital", "x", "x", "apologies"],
    ["John Snow", "GP Federation", "x", "A", None],
    ["Mary Seacole", "Borough Council", "apols", "deputy", "?"],
    ["Rosalind Paget", "Borough Council", "x", None, "x"],
], merged=["A1:E1"], sheet="2026")
told("06-attendance.xlsx", "attendance",
     {"A": "person", "B": "-", "C": "day", "D": "day", "E": "day"},
     ["D4", "E5", "A6"], 4)

# The same in German; the line above the headings is the name of a group that has another here.
with_text("07-anwesenheit.csv", [
    ["Lenkungsgruppe", "", "", ""],
    ["Teilnehmer", "13.01.2026", "10.02.2026", "24.03.2026"],
    ["Nightingale, Florence", "x", "entschuldigt", "x"],
    ["Lister, Joseph", "x", "x", "gefehlt"],
    ["E. G. A.", "", "x", "x"],
], ";", "cp1252")
told("07-anwesenheit.csv", "attendance",
     {"A": "person", "B": "day", "C": "day", "D": "day"}, ["C2", "A5"], 3)

# A scheme of delegation.
with_xlsxwriter("08-scheme-of-delegation.xlsx", [
    [],
    ["Approved by the board"],
    ["Decision", "Delegated to", "Limit (£)", "Notes"],
    ["Start the pilot in two practices", "Programme Director", "£50,000", None],
    ["Sign contracts with suppliers", "Chief Executive", 250000, None],
    ["Change the budget", "Finance Committee", "unlimited", "Reports to the board"],
    ["Hire temporary staff", "Head of Nursing", "10k", None],
], merged=[("A1:D1", "Scheme of delegation")])
told("08-scheme-of-delegation.xlsx", "decision_right",
     {"A": "decision", "B": "holder", "C": "up_to", "D": "note"},
     ["A5", "A6", "C6", "A7", "B7", "C7"], 4)

# Members of a group, in French.
with_openpyxl("09-membres.xlsx", [
    ["Groupe", "Membre", "Rôle", "Organisme", "Droit de vote", "Depuis"],
    ["Steering Group", "Nightingale Florence", "Présidente", "St Thomas Hospital", "oui", DAY(2026, 1, 1)],
    ["Steering Group", "J Snow", "membre", "GP Federation", "oui", DAY(2026, 1, 1)],
    ["Steering Group", "Mary Seacole", "observatrice", "Borough Council", "non", "mars 2026"],
    ["Finance Comittee", "James Simpson", "trésorier", "GP Federation", "oui", None],
])
told("09-membres.xlsx", "team_member",
     {"A": "team", "B": "person", "C": "role", "D": "organisation", "E": "vote", "F": "since"},
     ["B3", "F4", "A5", "C5"], 4)

# A decisions log, with the day first.
with_libreoffice("10-decision-log.xlsx", [
    ["Decisions of the Steering Group", "", "", "", ""],
    ["", "", "", "", ""],
    ["Date", "Decision taken", "Decided by", "Status", "Minute"],
    ["2026-03-10", "Start the pilot in two practices", "Steering Group", "Agreed", "4.1"],
    ["2026-03-10", "Buy one shared record system", "Steering Group", "Deferred", "4.2"],
    ["05/06/2026", "Appoint a carer representative", "Chief Executive", "Implemented", "3"],
])
told("10-decision-log.xlsx", "decision",
     {"A": "taken", "B": "title", "C": "taken_by", "D": "state", "E": "page"},
     ["D5"], 3)
