"""Texts about integrated care with names planted in them, by chance but the same for a seed, for test_leftover.py.

Names are put together from syllables, so that they are nobody's. What must be found is told with each text. The sentences
and the parts of names come from tuned.py or held_out.py, which tells what the letters in braces mean."""
import random
import re

TITLES = ("Dr", "Mrs", "Mr", "Prof", "Ms")
# Known to the records, but nobody's name: nothing of them may be found.
ROLES = ("network manager", "Clinical lead, hospital trust", "Chair of the GP federation")
BODIES = ("The hospital trust", "Community Trust", "GP federation", "The Falls Team")
UNACCENTED = str.maketrans("öáéåñ", "oaean")


class Maker:
    def __init__(self, seed, sentences):
        self.random, self.from_ = random.Random(seed), sentences
        self.people = [self.person(i) for i in range(40)]
        self.bodies = [self.body(sentences.ORGANISATIONS) for _ in range(20)]
        self.teams = [self.body(sentences.TEAMS) for _ in range(8)]
        # What says of a body only what it is may stay: "Trust".
        self.generic = set(re.findall(r"\w+", " ".join((*sentences.ORGANISATIONS, *sentences.TEAMS)).lower()))

    # ---- names ----

    def one(self, *choices):
        return self.random.choice(choices)

    def stem(self, n=2):
        return "".join(self.random.choice(self.from_.SYLLABLES) for _ in range(n))

    def last(self):
        return f"{self.stem(self.one(1, 2))}{self.random.choice(self.from_.LAST_ENDS)}".capitalize()

    def first(self):
        return f"{self.stem(1)}{self.random.choice(self.from_.FIRST_ENDS)}".capitalize()

    def person(self, i):
        first, last = self.first(), self.last()
        match i % 8:
            case 0:
                first = self.random.choice(self.from_.EVERYDAY_FIRST)
            case 1:
                last = self.random.choice(self.from_.EVERYDAY_LAST)
            case 2:
                last = f"{last}-{self.stem().capitalize()}"
            case 3:
                last = f"O'{last}"
            case 4:
                first = f"Dr {first}"
        return f"{first} {last}"

    def place(self):
        return f"{self.stem(self.one(1, 2))}{self.random.choice(self.from_.PLACES)}".capitalize()

    def body(self, forms):
        return self.random.choice(forms).format(self.place(), self.place())

    # ---- ways to write them ----

    def typed(self, name):
        """As word processors and tired people write it."""
        way = self.random.randrange(12)
        if way == 0:
            return name.replace(" ", "\n", 1)
        if way == 1:
            return name.replace(" ", "  ", 1)
        if way == 2:
            return name.replace(" ", "\u00a0")
        if way == 3:
            return name.replace("'", "\u2019").replace("-", self.one(" ", "\u2010", "\u2011"))
        if way == 4:
            return name.translate(UNACCENTED)
        if way == 5:
            return name + self.one("'s", "\u2019s") if not name.endswith("s") else name + self.one("'", "\u2019")
        if way == 6:
            return self.one("*{}*", "_{}_", "“{}”", "({})", "‘{}’", "**{}**").format(name)
        return name

    def person_written(self, name):
        titled, name = name.startswith("Dr "), name.removeprefix("Dr ")
        first, last = name.split(" ", 1)
        is_word = first in self.from_.EVERYDAY_FIRST or last in self.from_.EVERYDAY_LAST
        ways = [name, name, name.upper(), f"{last}, {first}", f"{last.upper()}, {first}", f"{first[0]}. {last}", f"{first[0]} {last}",
                f"{last}, {first[0]}.", f"{self.random.choice(TITLES)} {last}", f"{self.random.choice(TITLES)}. {last}"]
        if titled:
            ways += [f"Dr {name}", f"Dr. {name}"]
        plain_last = last.translate(UNACCENTED).replace("'", "").lower()
        if len(plain_last) > 4:
            ways += [f"{first}.{plain_last}".lower().translate(UNACCENTED), f"{first[0]}.{plain_last}".lower().translate(UNACCENTED),
                     f"{first[0]}{plain_last}".lower().translate(UNACCENTED)]
        if not is_word:
            ways += [name.lower(), last] + [first] * (len(first) > 2) + [last.lower()] * (len(last) > 4)
            ways += [first[0] + last[0]] * (last.isalpha() and first[0] + last[0] not in ("AI", "AE", "ED", "OT", "HR", "PM", "GP", "MP"))
        if len(last) >= 8 and last.isalpha():
            ways += [f"{first} {self.slip(last)}", self.slip(last)]
        way = self.random.choice(ways)
        return self.typed(way) if way[0].isupper() and len(way) > 2 else way

    def body_written(self, name):
        words = [word for word in name.split() if word not in ("The", "of", "and")]
        ways = [name, name, name.upper(), name.lower()]
        for end in (" NHS Foundation Trust", " NHS Trust", " Council", " County Council", " District Council", " Borough Council",
                    " Community Trust", " Homes Ltd", " Health Federation", " Healthcare NHS Trust", " Mental Health Trust",
                    " Housing Association", " Medical Practice"):
            if name.endswith(end):
                ways.append(name.removesuffix(end))
        if len(words) >= 3:
            ways.append("".join(word[0] for word in words))
        long = [word for word in words if len(word) >= 8 and word.lower() not in self.generic]
        if long:
            ways.append(name.replace(long[0], self.slip(long[0])))
        way = self.random.choice(ways)
        return self.typed(way) if " " in way else way

    def slip(self, word):
        at = self.random.randrange(2, len(word) - 1)
        return self.one(word[:at] + word[at + 1:], word[:at] + "x" + word[at + 1:], word[:at] + word[at] + word[at:],
                        word[:at] + word[at + 1] + word[at] + word[at + 2:])

    # ---- what is not in the records ----

    def digits(self, n):
        return "".join(self.random.choice("0123456789") for _ in range(n))

    def letters(self, n):
        return "".join(self.random.choice("ABCEHJKLMPRSTWXY") for _ in range(n))

    def phone(self):
        d = self.digits
        return self.one(f"01865 {d(6)}", f"01865{d(6)}", f"(01865) {d(6)}", f"01865 {d(3)} {d(3)}", f"07{d(3)} {d(6)}", f"07{d(3)}-{d(3)}-{d(3)}",
                        f"07{d(9)}", f"020 7{d(3)} {d(4)}", f"+44 20 7{d(3)} {d(4)}", f"+44 (0)20 7{d(3)} {d(4)}", f"+447{d(9)}",
                        f"0044 1865 {d(6)}", f"00 44 1865 {d(6)}", f"+46 8 {d(3)} {d(2)} {d(2)} 00", f"+1 212 555 {d(4)}", f"+353.1.{d(3)}.{d(4)}",
                        f"020 7{d(3)} {d(4)} ext 2{d(3)}", f"01865 {d(6)} x{d(3)}", f"01865 {d(6)}, extension {d(4)}", f"0800 {d(3)} {d(3)}",
                        f"0300\u00a0{d(3)}\u00a0{d(4)}")

    def mail(self):
        first, last, host = self.stem(1), self.stem(), self.stem()
        return self.one(f"{first}.{last}@{host}.nhs.uk", f"{last}@example.org", f"{first}_{last}+care@mail.{host}.co.uk",
                        f"{first}.{last}@{host}.gov.uk".upper(), f"<{first}{last}@{host}.com>", f"mailto:{last}@{host}.org.uk",
                        f"{first}-{last}2@{host}-{last}.nhs.net")

    def postcode(self):
        a, d = self.letters, self.digits
        area = self.one(f"{a(1)}{d(1)}", f"{a(2)}{d(1)}", f"{a(2)}{d(2)}", f"{a(1)}{d(2)}", f"{a(1)}{d(1)}W", f"{a(2)}{d(1)}A")
        return f"{area}{self.one(' ', ' ', '')}{d(1)}{a(2)}"

    def web(self):
        host = self.stem()
        return self.one(f"https://{host}.nhs.uk/falls?a=1", f"http://www.{host}.org", f"www.{host}.co.uk/care", f"{host}.nhs.uk",
                        f"{host}.org.uk/how", f"WWW.{host.upper()}.COM", f"HTTPS://{host}.gov.uk")

    def number(self):
        while True:
            d = self.digits(9)
            check = 11 - sum(int(d[i]) * (10 - i) for i in range(9)) % 11
            if check != 10 and d[0] not in "0":
                break
        d += str(check % 11)
        ni = self.digits(6)
        return self.one(d, f"{d[:3]} {d[3:6]} {d[6:]}", f"{d[:3]}-{d[3:6]}-{d[6:]}", f"AB {ni[:2]} {ni[2:4]} {ni[4:]} C", f"JK{ni}D", f"AB{ni} A")

    def unknown(self):
        return f"{self.one('Mr', 'Mrs', 'Ms', 'Miss', 'Dr', 'Professor', 'Mr.', 'Dr.', 'Cllr')} {self.one('', self.first() + ' ')}{self.last()}"

    def unknown_place(self):
        form = self.one("{} Hospital", "{} Road", "{} Street", "{} House", "{} Ward", "St {}'s Hospital", "{} Council", "{} Surgery", "{} Trust",
                        "{} and {} Hospital", "Royal {} Hospital", "{} General Hospital", "St. {}\u2019s Hospice", "{} Health Centre")
        return form.format(self.place(), self.place())

    def planted(self, letter):
        """How it is written, and the words in it that say nothing by themselves."""
        match letter:
            case "p":
                return self.person_written(self.random.choice(self.people)), {"dr", "mrs", "mr", "prof", "ms", "s"}
            case "o":
                return self.body_written(self.random.choice(self.bodies + self.teams)), self.generic | {"s"}
            case "u":
                return self.unknown(), {"mr", "mrs", "ms", "miss", "dr", "professor", "cllr"}
            case "b":
                return self.unknown_place(), {"hospital", "st", "s", "and"}
            case "m":
                return self.mail(), {"mailto"}
            case "t":
                return self.phone(), {"ext", "extension", "x"}
            case "x":
                return self.postcode(), set()
            case "w":
                return self.web(), {"https", "http", "www", "how", "care"}
            case "i":
                return self.number(), set()
        return f"@{self.stem()}{self.one('', '_', '_nhs', '7')}", set()

    def text(self):
        """A text, and what was planted in it: (letter, start, end, words that may stay) in characters."""
        out, spots = "", []
        for _ in range(self.random.randrange(3, 8)):
            sentence = self.random.choice(self.from_.TEMPLATES if self.random.random() < 0.5 else self.from_.PLAIN)
            for piece in re.split(r"(\{.\})", sentence):
                if len(piece) != 3 or piece[0] != "{":
                    out += piece
                    continue
                words, idle = self.planted(piece[1])
                spots.append((piece[1], len(out), len(out) + len(words), idle))
                out += words
            out += self.one(" ", " ", "\n", "\n\n")
        return out, spots

    def known(self):
        return [["person", name, "a colleague"] for name in self.people] + \
            [["organisation", name, "a partner"] for name in self.bodies + self.teams] + \
            [["person", role, "x"] for role in ROLES] + [["organisation", body, "x"] for body in BODIES]
