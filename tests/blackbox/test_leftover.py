"""Names left in texts that are given to others: how many of those planted in 1,000 texts are found, and how often
something is taken for a name that is none (src/exchange/leftover.h, tests/leftover/texts.py)."""
import json
import os
import pathlib
import subprocess
import sys
import unittest

from support import ITHACA

sys.path.append(str(pathlib.Path(__file__).resolve().parent.parent / "leftover"))
from texts import Maker  # noqa: E402

TOOL = pathlib.Path(ITHACA).parent / "tests/unit/leftover_tool"
TEXTS = 1000


def found_in(known, texts):
    """For each text the spans found, in characters, and the text without them."""
    run = subprocess.run([TOOL], input=json.dumps({"known": known, "texts": texts}), capture_output=True, text=True,
                         check=True, env=os.environ)
    out = []
    for text, one in zip(texts, json.loads(run.stdout)):
        raw = text.encode()
        out.append(([(len(raw[:start].decode()), len(raw[:start + length].decode())) for start, length, *_ in one["found"]],
                    one["text"]))
    return out


def count(seed):
    maker = Maker(seed)
    made = [maker.text() for _ in range(TEXTS)]
    planted, missed, false, words = 0, [], [], 0
    for (text, spots), (spans, _) in zip(made, found_in(maker.known(), [text for text, _ in made])):
        words += len(text.split())
        for kind, name, start, end in spots:
            planted += 1
            covered = sum(min(end, b) - max(start, a) for a, b in spans if a < end and b > start)
            if covered < (end - start) * 0.6:
                missed.append((kind, name, text[max(0, start - 20):end + 20]))
        false += [text[a:b] for a, b in spans if not any(a < end and b > start for _, _, start, end in spots)]
    return planted, missed, false, words


class Leftover(unittest.TestCase):
    def check(self, seed):
        planted, missed, false, words = count(seed)
        self.assertGreater(planted, 2000)
        self.assertLess(len(missed) / planted, 0.01, missed[:20])
        self.assertLess(1000 * len(false) / words, 2, false[:20])

    def test_nearly_all_that_were_planted_are_found(self):
        self.check(1)

    def test_and_with_other_names(self):
        self.check(20261123)

    def test_roles_and_kinds_of_bodies_are_no_names(self):
        known = [["person", "Network Manager", "x"], ["organisation", "Hospital Trust", "x"]]
        text = "The network manager of the Hospital Trust asked the Network Manager of the trust."
        self.assertEqual(found_in(known, [text])[0], ([], text))

    def test_it_is_generalised(self):
        known = [["person", "Selia Thornmowley", "the clinical lead"], ["organisation", "Garwexford NHS Foundation Trust", "a hospital trust"]]
        text = "S. Thornmowley’s team at GARWEXFORD (selia@garwex.nhs.uk, 01865 123456) moved to OX3 9DU; see https://garwex.nhs.uk/x."
        self.assertEqual(found_in(known, [text])[0][1],
                         "the clinical lead’s team at a hospital trust ((an e-mail address), (a telephone number)) moved to "
                         "(a postcode); see (an address of the web).")

    def test_numbers_of_people(self):
        found = lambda text: [text[a:b] for a, b in found_in([], [text])[0][0]]
        self.assertEqual(found("NHS number 943 476 5919, not 943 476 5918"), ["943 476 5919"])  # the check digit
        self.assertEqual(found("QQ 12 34 56 C and QQ123456E"), ["QQ 12 34 56 C"])
        self.assertEqual(found("2026-11-23, 12 000 000, 1.2.3, 14:30"), [])

    def test_hostile_texts_are_read_to_their_end(self):
        name = ["person", "Selia Thornmowley", "x"]
        for text in ("", "@" * 100000, "(" * 100000, "a@" * 50000, "A" * 200000, "Dr " * 30000, "\u0301" * 1000, "ö" * 60000,
                     "1 " * 50000, "St of and " * 10000, "Selia\n" * 20000):
            found_in([name], [text])


if __name__ == "__main__":
    unittest.main()
