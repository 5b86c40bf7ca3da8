"""Names left in texts that are given to others: how many of those planted in 1,000 texts are found, and how often
something is taken for a name that is none (src/exchange/leftover.h, tests/leftover)."""
import pathlib
import sys
import unittest

sys.path.append(str(pathlib.Path(__file__).resolve().parent.parent / "leftover"))
import held_out  # noqa: E402
import tuned  # noqa: E402
from count import Count, found_in  # noqa: E402


class Leftover(unittest.TestCase):
    def check(self, seed, sentences, shows):
        count = Count(seed, sentences)
        self.assertGreater(count.planted.total(), 2000)
        self.assertEqual(set(count.planted), set("poutmxwibh"))
        self.assertGreaterEqual(count.recall, 0.99, (str(count), shows and count.missed))
        self.assertLess(count.false_per_thousand, 2, (str(count), shows and count.false))

    def test_nearly_all_that_were_planted_are_found(self):
        self.check(1, tuned, True)

    def test_and_with_other_names(self):
        self.check(20261123, tuned, True)

    def test_and_in_sentences_held_out(self):
        self.check(7, held_out, False)

    def test_there_are_sentences_enough_and_none_twice(self):
        all_of_them = [*tuned.TEMPLATES, *held_out.TEMPLATES]
        self.assertGreaterEqual(len(all_of_them), 150)
        self.assertEqual(len(all_of_them), len({*all_of_them}))

    def test_a_finder_that_knows_nothing_would_fail(self):
        count = Count(1, tuned, texts=100, known=[])
        self.assertLess(count.recall, 0.5)

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
