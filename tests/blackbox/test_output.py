"""--output, which is the same for every command that has it."""
import resource

from support import SAMPLES, Case, ithaca

SAMPLE = [SAMPLES / "oxfordshire", "--as-of", "2017-12-31"]
COMMANDS = {
    "map": ["map", *SAMPLE, "--format", "graphml"],
    "network": ["network", *SAMPLE],
    "decisions": ["decisions", *SAMPLE],
    "history": ["history", *SAMPLE, "--from", "2017-06-01", "--format", "svg"],
}


class Output(Case):
    def test_the_file_holds_what_the_screen_would_show(self):
        for name, call in COMMANDS.items():
            path = self.folder / name
            result = ithaca(*call, "--output", path)
            self.assertIn(result.returncode, (0, 1), name)
            self.assertEqual(path.read_text(encoding="utf-8"), ithaca(*call).stdout, name)
            self.assertEqual("What opened and what closed" in result.stdout, name == "history")

    def test_what_is_there_is_left_alone(self):
        path = self.folder / "mine"
        path.write_text("mine", encoding="utf-8")
        for name, call in COMMANDS.items():
            result = ithaca(*call, "--output", path)
            self.assertEqual((result.returncode, result.stdout), (2, ""), name)
            self.assertIn("There is something of this name already, and nothing is written over.",
                          " ".join(result.stderr.split()), name)
        self.assertEqual(path.read_text(encoding="utf-8"), "mine")

    def test_a_file_that_cannot_be_finished_is_removed(self):
        def full_soon():
            resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))

        for name, call in COMMANDS.items():
            path = self.folder / name
            result = ithaca(*call, "--output", path, preexec_fn=full_soon)
            self.assertEqual((result.returncode, result.stdout), (2, ""), name)
            self.assertIn("This cannot be written: ", " ".join(result.stderr.split()), name)
            self.assertFalse(path.exists(), name)

    def test_a_folder_that_is_not_there_is_told(self):
        for name, call in COMMANDS.items():
            result = ithaca(*call, "--output", self.folder / "nowhere" / name)
            self.assertEqual((result.returncode, result.stdout), (2, ""), name)
            self.assertIn("This cannot be written: ", " ".join(result.stderr.split()), name)
