"""What all commands say of options that they cannot use."""
from support import SAMPLES, Case, ithaca

HARBOUR = SAMPLES / "harbour"
COMMANDS = {"check": [], "history": [], "decisions": [], "map": [], "network": [],
            "whatif": ["--sweep"]}


class Options(Case):
    def refused(self, arguments, message):
        result = ithaca(*arguments)
        self.assertEqual((result.returncode, result.stdout), (2, ""), arguments)
        self.assertIn(message, result.stderr)
        self.assertIn(f"`ithaca help {arguments[0]}` tells how it is used.", result.stderr)

    def test_what_cannot_be_used_is_named_with_what_would_be_right(self):
        for command, more in COMMANDS.items():
            call = [command, HARBOUR, *more]
            day = "--on" if command == "whatif" else "--as-of"
            self.refused([command, *more], "say which workbook, or which database with --db")
            self.refused([*call, HARBOUR], f'"{HARBOUR}" is not understood here.')
            self.refused([*call, "--colour"], '"--colour" is not understood here.')
            self.refused([*call, day, "May"], f'{day} takes a day like 2026-06-30, not "May".')
            self.refused([*call, day], f'{day} takes a day like 2026-06-30, not "".')
            self.refused([*call, "--format", "wax"], "--format takes one of these: text, ")
        for command in ("map", "network", "decisions"):
            self.refused([command, HARBOUR, "--output"], "--output needs a name behind it.")
        self.refused(["whatif", HARBOUR, "--without="], "--without needs a name behind it.")
        self.refused(["map", HARBOUR, "--ties", "rope"], 'not "rope".')
        self.refused(["check", HARBOUR, "--basis", "stated,gossip"], 'not "gossip".')
        self.refused(["check", HARBOUR, "--in-order=yes"], "is not understood here.")
        self.refused(["check", HARBOUR, "--audience", "person"], "say which person")

    def test_both_ways_to_write_a_value(self):
        for command, more in COMMANDS.items():
            day = "--on" if command == "whatif" else "--as-of"
            apart = ithaca(command, HARBOUR, *more, day, "2026-06-30", "--format", "csv")
            joined = ithaca(command, f"{day}=2026-06-30", "--format=csv", *more, HARBOUR)
            self.assertNotEqual(apart.stdout, "")
            self.assertEqual(apart.stdout, joined.stdout, command)
