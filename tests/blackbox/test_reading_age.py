"""How old one must be to read what Ithaca says, by GNU style (Debian's diction): about twelve. A school grade of
Kincaid's is the age less five or six; so the sixth is what we write for, and nothing is above the eighth."""
import pathlib
import re
import subprocess
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
MEAN, MOST = 6.5, 8.0  # of all groups of texts together; of each


def of_content(path):
    lines = [line for line in path.read_text().splitlines() if not re.match(r"#|[\w-]+: ", line)]
    return re.sub(r"\[(\d{3}|ours)[^\]]*\]", "", re.sub(r"(?m)^- (.*?)\.?$", r"\1.", "\n".join(lines)))


def of_rule(path):
    """What it means, and what to do; without its SQL."""
    said = path.read_text().partition("\n## ")[2].partition("```")[0]
    return re.sub(r"(?m)^(#.*|What it means)$", "", said)


def of_template(path):
    """Paragraphs and hints: what is read as sentences."""
    text = re.sub(r"\{%.*?%\}", " ", path.read_text(), flags=re.DOTALL)
    text = re.sub(r"\{\{.*?\}\}", "this", text)
    found = re.findall(r'<(?:p|li|div class="nhsuk-hint")[^>]*>(.*?)</(?:p|li|div)>', text, flags=re.DOTALL)
    plain = [re.sub(r"\s+", " ", re.sub(r"<[^>]*>", "", one)).strip() for one in found]
    return "\n".join(one for one in plain if one.endswith(".") and len(one.split()) > 4)


def grade(texts):
    with tempfile.NamedTemporaryFile("w", suffix=".txt") as file:
        file.write("\n\n".join(texts))
        file.flush()
        told = subprocess.run(["style", file.name], capture_output=True, text=True, check=True).stdout
    words = int(re.search(r"(\d+) words", told).group(1))
    return float(re.search(r"Kincaid: ([\d.]+)", told).group(1)), words


class ReadingAge(unittest.TestCase):
    def test_what_is_said_can_be_read_at_twelve(self):
        groups = {f"content/{folder.name}": [of_content(path) for path in folder.glob("*.md")]
                  for folder in (ROOT / "content").iterdir()
                  if folder.is_dir() and folder.name in ("competences", "mechanisms", "configurations", "barriers", "guidance",
                                                         "steps", "learning", "cases", "frameworks")}
        groups["screens"] = [of_template(path) for path in (ROOT / "src").rglob("*.html")]
        groups["rules"] = [of_rule(path) for path in (ROOT / "rules").rglob("*.md")]
        grades = {name: grade(texts) for name, texts in groups.items()}
        for name, (found, words) in sorted(grades.items()):
            self.assertGreater(words, 300, name)
            self.assertLess(found, MOST, f"{name}: {grades}")
        mean = sum(found * words for found, words in grades.values()) / sum(words for _, words in grades.values())
        self.assertLess(mean, MEAN, grades)


if __name__ == "__main__":
    unittest.main()
