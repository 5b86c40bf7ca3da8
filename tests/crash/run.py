#!/usr/bin/env python3
"""Nothing is lost, and nothing is half done: commands are killed, servers stopped and disks filled,
and afterwards the store must be as it was before or as it should be after.

    tests/crash/run.py [--kills N] [--engine ENGINE] [PART...]    parts: kills writers trouble answers

Uses the program named in ITHACA (build/ithaca), and the tools built beside it. With --engine they
must be built already. Prints a line per test, a table of the kills, and "N passed, N failed" last."""
import argparse
import os
import pathlib
import random
import re
import signal
import subprocess
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
sys.path.insert(0, str(HERE))

import answers  # noqa: E402
import commands  # noqa: E402
import engines  # noqa: E402
import trouble  # noqa: E402
from program import Program  # noqa: E402

ENGINES = ["SQLite", "PostgreSQL"]
COMMANDS = [commands.Import, commands.ImportNew, commands.Migrate, commands.Backup,
            commands.Restore, commands.Diagnose]


class Results:
    passed = failed = 0

    def test(self, name, work):
        """Runs one test: it fails by an AssertionError."""
        began = time.monotonic()
        try:
            words = work()
        except AssertionError as error:
            self.failed += 1
            print(f"FAILED {name}\n{error}", flush=True)
            return
        self.passed += 1
        print(f"ok {name}{f': {words}' if words else ''} ({time.monotonic() - began:.1f} s)",
              flush=True)


# ---- ways to be killed: each starts the command and gives what came of it ----

def at_a_moment(command):
    """At any time from its start to when it is usually done."""
    process = command.ithaca.start(*command.arguments())
    time.sleep(random.uniform(0, command.usual))
    os.killpg(process.pid, signal.SIGKILL)
    return process


def at_a_write(command):
    """Just before one of the calls by which it writes to files or to the server."""
    return command.ithaca.start(*command.arguments(),
                                misfortune=f"kill:{random.randint(1, command.writes)}")


def its_connection(command):
    """The process of the server that serves it, at any time."""
    process = command.ithaca.start(*command.arguments())
    time.sleep(random.uniform(0, command.usual))
    command.engine.disconnect("store")
    return process


def the_server(command):
    """All of the server, which is started again."""
    process = command.ithaca.start(*command.arguments())
    time.sleep(random.uniform(0, command.usual))
    command.engine.kill()
    process.wait()
    command.engine.start()
    return process


def kill_once(command, way):
    """What was found after one kill; fails where something is wrong with it."""
    command.set_up()
    process = way(command)
    output, words = process.communicate()
    engines.reap(process.pid)
    found = command.found()
    assert found != "between", f"{command.name}: found something between before and after"
    if process.returncode == 0:
        assert found == "after", f"said it was done, and it was not:\n{output}{words}"
    denied = process.returncode > 0 and "Nothing was changed" in " ".join(words.split())
    if denied and command.is_one_write:
        assert found == "before", f"said that nothing was changed:\n{words}"
    assert "Sanitizer" not in words, words
    command.look_with_program()
    if found == "before" or command.may_be_repeated:
        command.ithaca.must(*command.arguments())
        command.look_last()
        assert command.found() == "after", "the next run did not finish the work"
    return found


def shares(engine, n):
    """How many kills of which way: where there are few, all together are as many."""
    files, few = engine.name == "SQLite", n < 100
    if files:
        return [(at_a_moment, n // 2 if few else n), (at_a_write, n // 2 if few else n // 4)]
    return [(at_a_moment, n * 4 // 10 if few else n), (at_a_write, n // 5 if few else n // 4),
            (its_connection, n // 5 if few else n // 10), (the_server, n // 5 if few else n // 10)]


def kills(results, ithaca, engine, folder, n):
    ways = shares(engine, n)
    for kind in COMMANDS:
        work = folder / f"{kind.name} {engine.name}"
        work.mkdir()
        command = kind(engine, ithaca, work)
        for way, times in ways:
            def test(way=way, times=times):
                found = [kill_once(command, way) for _ in range(times)]
                line = (kind.name, engine.name, way.__name__.replace("_", " "), times,
                        found.count("before"), found.count("after"))
                table.append(line)
                return f"{times} kills, {line[4]} before, {line[5]} after, 0 between"
            results.test(f"kills: {kind.name}, {engine.name}, {way.__name__.replace('_', ' ')}",
                         test)


table = []


def table_print():
    print(f"\n{'Command':14}{'Store':12}{'Killed':16}{'Kills':>6}{'Before':>8}{'After':>7}"
          f"{'Between':>9}")
    for command, engine, way, times, before, after in table:
        print(f"{command:14}{engine:12}{way:16}{times:6}{before:8}{after:7}"
              f"{times - before - after:9}")
    print()


def writers(results, ithaca, engine, folder, n):
    def test():
        for _ in range(1 if n < 100 else 3):
            result = subprocess.run(
                [ithaca.tools / "writers", engine.make("writers"), folder / "first", str(n)],
                capture_output=True, text=True, timeout=600)
            assert result.returncode == 0, result.stdout + result.stderr
        return result.stdout.strip()
    results.test(f"writers: {n} at once, {engine.name}", test)


def both_at_once(arguments):
    """The engines beside each other, since each waits a lot; the lines of one after the other's."""
    outputs = [tempfile.TemporaryFile("w+") for _ in ENGINES]
    processes = [subprocess.Popen([sys.executable, __file__, "--engine", name, *arguments],
                                  stdout=output)
                 for name, output in zip(ENGINES, outputs)]
    passed = failed = 0
    for process, output in zip(processes, outputs):
        process.wait()
        output.seek(0)
        *lines, last = output.read().splitlines() or [""]
        print("\n".join(lines), flush=True)
        counts = re.fullmatch(r"(\d+) passed, (\d+) failed", last)
        passed += int(counts[1]) if counts else 0
        failed += int(counts[2]) if counts else 1
    print(f"{passed} passed, {failed} failed")
    return 1 if failed or not passed else 0


def main():
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--engine", choices=ENGINES)
    parser.add_argument("parts", nargs="*", default=[])
    options = parser.parse_args()
    parts = options.parts or ["kills", "writers", "trouble", "answers"]
    few = options.kills < 100
    engines.adopt_orphans()
    path = os.environ.get("ITHACA", ROOT / "build" / "ithaca")
    if not options.engine:
        Program(path, HERE).build()
        return both_at_once(sys.argv[1:])
    results = Results()
    with tempfile.TemporaryDirectory(prefix="ithaca-crash-") as name:
        folder = pathlib.Path(name)
        ithaca = Program(path, folder)
        ithaca.sample(ROOT / "samples" / "harbour", folder / "first")
        engine = {"SQLite": engines.Files, "PostgreSQL": engines.Server}[options.engine](folder)
        try:
            if "kills" in parts:
                kills(results, ithaca, engine, folder, options.kills)
            if "writers" in parts:
                many = {"SQLite": 20, "PostgreSQL": 40 if few else 200}[engine.name]
                writers(results, ithaca, engine, folder, many)
            if "trouble" in parts:
                trouble.run(results, ithaca, engine, folder, 4 if few else 40)
            if "answers" in parts:
                answers.run(results, ithaca, engine, folder)
        finally:
            engine.stop()
    if table:
        table_print()
    print(f"{results.passed} passed, {results.failed} failed")
    return 1 if results.failed or not results.passed else 0


sys.exit(main())
