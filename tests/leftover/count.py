"""How many of the names planted in 1,000 texts are found, and how often something is taken for a name that is none.

    tests/leftover/count.py [SEED...]    with the build in build-sanitize

Of the sentences that the finder may be tuned by, what went wrong is shown; of those held out, the two figures only."""
import collections
import json
import os
import pathlib
import re
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
sys.path.append(str(HERE))
import held_out  # noqa: E402
import tuned  # noqa: E402
from texts import Maker  # noqa: E402

ITHACA = os.environ.get("ITHACA", HERE.parent.parent / "build-sanitize/ithaca")
TOOL = pathlib.Path(ITHACA).parent / "tests/unit/leftover_tool"
TEXTS = 1000
# A title may be taken with a name; "the", an apostrophe and the like, too.
MAY_GO_WITH = {"dr", "mr", "mrs", "ms", "prof", "the", "s"}


def found_in(known, texts):
    """For each text the spans found, in characters, and the text as it is generalised."""
    run = subprocess.run([TOOL], input=json.dumps({"known": known, "texts": texts}), capture_output=True, text=True, check=True)
    out = []
    answers = json.loads(run.stdout)
    assert len(answers) == len(texts), f"{len(answers)} answers about {len(texts)} texts"
    for text, one in zip(texts, answers):
        raw = text.encode()
        assert one["text"] is not None, f"a span cuts through a character: {text!r}"
        spans = [(len(raw[:start].decode()), len(raw[:start + length].decode())) for start, length, *_ in one["found"]]
        out.append((spans, one["text"]))
    return out


def words_left(text, begin, end, taken, idle):
    """Words of text[begin:end] that are told, wholly or in part, by letters outside of all the spans taken."""
    for word in re.finditer(r"[^\W_]+", text[begin:end]):
        a, b = word.start() + begin, word.end() + begin
        if word.group().lower() not in idle and not any(x <= a and b <= y for x, y in taken):
            yield word.group()


class Count:
    def __init__(self, seed, sentences, texts=TEXTS, known=None):
        maker = Maker(seed, sentences)
        made = [maker.text() for _ in range(texts)]
        self.planted, self.missed, self.false, self.words = collections.Counter(), collections.defaultdict(list), [], 0
        for (text, spots), (spans, _) in zip(made, found_in(maker.known() if known is None else known, [text for text, _ in made])):
            self.words += len(text.split())
            self.add(text, spots, spans)

    def add(self, text, spots, spans):
        for letter, a, b, idle in spots:
            self.planted[letter] += 1
            if any(words_left(text, a, b, spans, idle)):
                self.missed[letter].append(text[max(0, a - 25):a] + "[" + text[a:b] + "]" + text[b:b + 15])
        places = [(a, b) for _, a, b, _ in spots]
        self.false += [text[max(0, a - 20):a] + "[" + text[a:b] + "]" + text[b:b + 10] for a, b in spans
                       if any(words_left(text, a, b, places, MAY_GO_WITH))]

    @property
    def recall(self):
        return 1 - sum(map(len, self.missed.values())) / self.planted.total()

    @property
    def false_per_thousand(self):
        return 1000 * len(self.false) / self.words

    def __str__(self):
        return f"{self.planted.total()} planted, {self.recall:.2%} found; " \
            f"{len(self.false)} false alarms in {self.words} words, {self.false_per_thousand:.2f} per 1,000"


def main():
    for seed in map(int, sys.argv[1:] or ("1", "20261123")):
        count = Count(seed, tuned)
        print(f"tuned, seed {seed}: {count}")
        for letter in sorted(count.planted):
            print(f"  {letter}: {count.planted[letter]} planted, {len(count.missed[letter])} missed")
            for one in count.missed[letter][:12]:
                print(f"     {one!r}")
        for one in count.false[:20]:
            print(f"  false: {one!r}")
        print(f"held out, seed {seed}: {Count(seed, held_out)}")


if __name__ == "__main__":
    main()
