"""Texts about integrated care with names planted in them, by chance but the same for a seed, for test_leftover.py.

Names are put together from syllables, so that they are nobody's. What must be found is told with each text."""
import random

SYLLABLES = ("bra", "cor", "den", "el", "far", "gil", "hol", "ing", "jas", "kel", "lor", "mar", "nor", "os", "pel", "quin",
             "rav", "sel", "thorn", "ul", "ves", "wex", "yar", "zel", "bec", "dun", "fen", "gar", "hal", "mow")
FIRST_ENDS = ("a", "ia", "en", "o", "ette", "is", "ine", "us")
LAST_ENDS = ("ley", "ton", "worth", "sson", "field", "man", "by", "er", "ström", "ová", "ard", "well")
PLACES = ("ford", "ham", "mouth", "bury", "wick", "bridge", "dale", "combe")
ORGANISATIONS = ("{} NHS Foundation Trust", "{} Council", "{} County Council", "{} Community Trust", "{} Health Federation",
                 "{} Hospice", "{} Surgery", "{} Carers Forum", "{} Homes Ltd", "University Hospitals of {}",
                 "The {} Partnership", "{} and {} Integrated Care Board")
# Names that are everyday words as well: they count where they stand with a capital within a sentence.
EVERYDAY_FIRST = ("Will", "Grace", "Mark", "May", "Hope")
EVERYDAY_LAST = ("Price", "Wells", "Young", "Baker")

TEMPLATES = (
    "We asked {} to bring the two teams together, and it took until spring.",
    "In the end it was {} who told the board what the wards had known for months.",
    "The letter from {} came late, and nobody read it.",
    "Before that, {} had promised a ward clerk and two cars.",
    "Nobody knew whether {} could decide on the budget.",
    "The minutes say that {} would tell the practices; the practices heard nothing.",
    "When {} left, the weekly call stopped.",
    "Staff said they trusted {}, since their worries were heard there first.",
    "It helped that {} came to every meeting and said little.",
    "According to {}, the referrals fell by a third.",
    "People who use services wrote to {} twice.",
    "What changed was that {} visited, listened, and came again.",
    "The plan was drawn up with {} and signed in May.",
    "Neither the commissioners nor {} had the data.",
    "\"Ask {},\" everybody said, and everybody did.",
    "Later {} wrote: we should have begun with the carers.",
    "The GPs would only talk to {} at first.",
    "A note was left for {} on the shared drive.",
    "There was no money for it, as {} had said all along.",
    "It was agreed (by {} and the others) that the pilot would go on.",
    "The discharge team and {} shared one office; that did more than any policy.",
    "Two of us went to see {} in Wales, where a ward like ours had closed.",
    "The first to agree was {}. The others followed within a week.",
    "Thanks to {}, the nurses had laptops by June.",
    "We learned from {} that the rota had changed.",
    "A year on, {} chairs the group and the ICB pays for it.",
    "- {}: will draft the agreement",
    "Who to call: {} (mornings only).",
    "{} said that it was too fast.",
    "{} had not been asked, and stayed away.",
)
PLAIN = (
    "The Trust and the Council agreed in March that May would be too early.",
    "Will people come? Mark the day, said the chair, and hope for the best.",
    "The NHS pays for beds; the county pays for care at home. Nobody pays for talking.",
    "MDT meetings were held each Tuesday, with a GP, an OT and a social worker in the room.",
    "In 2017 there were 12 450 admissions, and 1,204 of them were put off.",
    "The Clinical Lead and the Network Manager met the Chief Executive on 3 December 2026.",
    "Our Hospital has 640 beds; the Community Trust has none.",
    "Each Surgery was asked the same five questions.",
    "It went well: fewer falls, fewer calls, better sleep.",
    "Grace was needed, and patience; we had little of both in Winter.",
    "They met at 14:30 on 2026-11-23 and again at 9.15 the week after.",
    "The Integrated Care Board asked for a plan by 31 March 2027.",
    "Version 2.10.3 of the plan was never read by anybody.",
    "Primary Care and Social Care sat at one table for the first time.",
    "The Discharge Team, the Falls Team and the Ward asked for one list.",
    "A budget of 1 250 000 pounds was promised, 400,000 came.",
    "What worked was small: a kettle, a shared fridge, one telephone.",
    "People felt that it was theirs. That is what we would keep.",
    "Nothing happened for nine months, and then everything in one week.",
    "The Department of Health wrote to every Council in England.",
    "See Table 3 of the paper, and Box 1, for how they counted.",
    "Some were angry; most were tired. Few left.",
    "A Partnership needs time. A Federation needs more of it.",
    "Older people were asked in their own homes, by people of their own age.",
    "It was hard to say no. It was harder to say when.",
)


class Maker:
    def __init__(self, seed):
        self.random = random.Random(seed)
        self.people = [self.person(i) for i in range(40)]
        self.bodies = [self.body() for _ in range(20)]

    def stem(self, n=2):
        return "".join(self.random.choice(SYLLABLES) for _ in range(n))

    def person(self, i):
        if i % 8 == 0:
            return f"{self.random.choice(EVERYDAY_FIRST)} {self.stem().capitalize()}{self.random.choice(LAST_ENDS)}"
        first = f"{self.stem(1)}{self.random.choice(FIRST_ENDS)}".capitalize()
        if i % 8 == 1:
            return f"{first} {self.random.choice(EVERYDAY_LAST)}"
        last = f"{self.stem(self.random.choice((1, 2)))}{self.random.choice(LAST_ENDS)}".capitalize()
        if i % 8 == 2:
            last = f"{last}-{self.stem().capitalize()}"
        if i % 8 == 3:
            last = f"O'{last}"
        if i % 8 == 4:
            return f"Dr {first} {last}"
        return f"{first} {last}"

    def place(self):
        return f"{self.stem(self.random.choice((1, 2)))}{self.random.choice(PLACES)}".capitalize()

    def body(self):
        return self.random.choice(ORGANISATIONS).format(self.place(), self.place())

    # ---- ways to write them: the text, and whether only a capital tells it from a word ----

    def person_written(self, name):
        titled = name.startswith("Dr ")
        name = name.removeprefix("Dr ")
        first, last = name.split(" ", 1)
        ways = [name, name.upper(), name.lower(), f"{last}, {first}", f"{first[0]}. {last}", f"{first[0]} {last}", last,
                f"Dr {last}", f"Mrs {last}", f"{last}'s", f"{name}\u2019s", name.replace(" ", "\n"), name.replace(" ", "  "),
                f"{first}.{last}".lower(), self.plain(name), f"{first[0]}{last}".lower() if len(last) > 4 else name, first]
        if titled:
            ways.append(f"Dr {name}")
        way = self.random.choice(ways)
        is_word = first in EVERYDAY_FIRST or last in EVERYDAY_LAST
        if is_word and way in (name.lower(), last, first, self.plain(name)) or way == first and len(first) < 3:
            way = name
        if len(last) >= 8 and "-" not in last and "'" not in last and self.random.random() < 0.1:
            way = f"{first} {self.slip(last)}"
        return way

    def body_written(self, name):
        words = [word for word in name.split() if word not in ("The", "of")]
        ways = [name, name.upper(), name.lower(), f"{name}'s", name.replace(" ", "\n", 1)]
        for end in (" NHS Foundation Trust", " County Council", " Community Trust", " Homes Ltd", " Health Federation"):
            if name.endswith(end):
                ways.append(name.removesuffix(end))
        if len(words) >= 3 and "and" not in words:
            ways.append("".join(word[0] for word in words if word[0].isupper()))
        return self.random.choice(ways)

    @staticmethod
    def plain(name):
        return name.replace("ö", "o").replace("á", "a")

    def slip(self, word):
        at = self.random.randrange(2, len(word) - 1)
        return self.random.choice((word[:at] + word[at + 1:], word[:at] + "x" + word[at + 1:],
                                   word[:at] + word[at + 1] + word[at] + word[at + 2:]))

    def number(self):
        digits = "".join(self.random.choice("0123456789") for _ in range(9))
        return self.random.choice((f"01865 {digits[:6]}", f"07{digits[:3]} {digits[3:9]}", f"+44 20 7{digits[:3]} {digits[3:7]}",
                                   f"(01865) {digits[:6]}", f"020 7{digits[:3]} {digits[3:7]} ext 2{digits[:3]}",
                                   f"+46 8 {digits[:3]} {digits[3:5]} {digits[5:7]} 00"))

    def mail(self):
        first, last = self.stem(1), self.stem()
        return self.random.choice((f"{first}.{last}@{self.stem()}.nhs.uk", f"{last}@example.org",
                                   f"{first}_{last}+care@mail.{self.stem()}.co.uk"))

    def planted(self):
        """What is planted, of which kind."""
        kind = self.random.choice(("person", "person", "organisation", "organisation", "mail", "phone"))
        if kind == "person":
            return kind, self.person_written(self.random.choice(self.people))
        if kind == "organisation":
            return kind, self.body_written(self.random.choice(self.bodies))
        return kind, self.mail() if kind == "mail" else self.number()

    def text(self):
        """A text, and what was planted in it: (kind, start, end) in characters."""
        out, spots = "", []
        for _ in range(self.random.randrange(3, 8)):
            if self.random.random() < 0.6:
                template = self.random.choice(TEMPLATES)
                kind, words = self.planted()
                if template.startswith("{}"):
                    words = words[0].upper() + words[1:] if kind in ("person", "organisation") else words
                    if words.split()[0] in EVERYDAY_FIRST and len(words.split()) == 1:
                        words = self.people[5]
                start = len(out) + template.index("{}")
                out += template.replace("{}", words)
                spots.append((kind, words, start, start + len(words)))
            else:
                out += self.random.choice(PLAIN)
            out += self.random.choice((" ", " ", "\n", "\n\n"))
        return out, spots

    def known(self):
        return [["person", name, "a colleague"] for name in self.people] + \
            [["organisation", name, "a partner"] for name in self.bodies] + \
            [["person", role, "x"] for role in ("network manager", "Clinical lead, hospital trust", "Chair of the GP federation")] + \
            [["organisation", body, "x"] for body in ("The hospital trust", "Community Trust", "GP federation", "The Falls Team")]
