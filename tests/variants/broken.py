"""Harbour after five misfortunes: what Ithaca finds is what the README of the sample says.

The README tells the story, and in a table which finding comes of which misfortune. Each finding
must stand there, each line must be found, and every misfortune must have been noticed.
"""
import re
from pathlib import Path

DAY = "2026-12-31"
SAMPLE = Path(__file__).resolve().parent.parent.parent / "samples" / "harbour-broken"


def table_read():
    """From a finding's id to the number of its misfortune, and the numbers that the story tells."""
    text = (SAMPLE / "README.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| ([A-Z]\S+) \| (\d+) \|$", text, re.MULTILINE)
    told = {int(number) for number in re.findall(r"^### (\d+)\. ", text, re.MULTILINE)}
    table = {finding: int(number) for finding, number in rows}
    if len(table) != len(rows):
        raise ValueError("the table in the README has a line twice")
    return table, told


def complaints(answer):
    """What to say about a diagnosis of the sample; nothing if it is as the README says."""
    table, told = table_read()
    found = {finding["id"]: finding["sentence"] for finding in answer["findings"]}
    said = [f"found, and not in the table: {key}: {found[key]}" for key in found.keys() - table]
    said += [f"in the table, and not found: {key}" for key in table.keys() - found.keys()]
    said += [f"misfortune {number} is not told" for number in set(table.values()) - told]
    said += [f"nothing comes of misfortune {number}" for number in told - set(table.values())]
    said += [f"cannot tell {unknown['rule']}" for unknown in answer["cannot_tell"]]
    return sorted(said), len(table)
