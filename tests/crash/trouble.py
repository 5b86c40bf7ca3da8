"""Full disks, places that may only be read, a clock that goes back, an answer that never comes: the
message is for people, and the store is as it was."""
import os
import pathlib
import resource
import shutil
import subprocess

import commands

FULL = "There is no more room on the disk. Nothing was changed."


def refused(result, *words):
    """Refused in words that anyone understands; gives them."""
    assert result.returncode == 2, f"ended with {result.returncode}: {result.stderr}"
    for part in words:
        assert part in result.words, f'"{part}" was not said: {result.stderr}'
    return result.words


def moments(writes, n):
    """Numbers of writes from the first to the last."""
    return sorted({1 + i * (writes - 1) // (n - 1) for i in range(n)})


# ---- SQLite ----

def full_at_any_time(kind, ithaca, engine, folder, n):
    """The disk gets full at one write after another. What was done all the same must be whole."""
    command = kind(engine, ithaca, folder)
    count = 0
    for moment in moments(command.writes, n):
        command.set_up()
        result = ithaca.run(*command.arguments(), misfortune=f"full:{moment}")
        found = command.found()
        assert found != "between", f"at write {moment}: something between\n{result.stderr}"
        if result.returncode == 0:
            assert found == "after", f"at write {moment}: not done\n{result.stdout}"
        else:
            refused(result, "no more room on the disk")
            assert found == "before", f"at write {moment}: done\n{result.stderr}"
            count += 1
        if found == "before":
            ithaca.must(*command.arguments())
            assert command.found() == "after", "not done when there was room again"
    assert count, "it was never full"
    return f"refused {count} of {len(moments(command.writes, n))} times"


def file_may_not_grow(ithaca, engine, folder):
    """The kernel's own limit to the size of files."""
    command = commands.Import(engine, ithaca, folder)
    size = pathlib.Path(engine.url("store")).stat().st_size
    for more in (0, 20000, 100000):
        command.set_up()
        limit = more + (size if more else 4096)
        result = ithaca.run(*command.arguments(), preexec_fn=lambda limit=limit: resource.setrlimit(
            resource.RLIMIT_FSIZE, (limit, limit)))
        if result.returncode == 0:
            assert command.found() == "after"
        else:
            refused(result, FULL)
            assert command.found() == "before"


def disk_is_small(ithaca, engine, folder):
    """A file system that has room for the store, and hardly more."""
    may = subprocess.run(["unshare", "-Urm", "true"], capture_output=True)
    if may.returncode != 0:
        return "skipped: mounting a small disk is not allowed here"
    command = commands.Import(engine, ithaca, folder)
    command.set_up()
    before = command.look()
    room = pathlib.Path(engine.url("store")).stat().st_size // 1024 + 64
    script = f"""
        mount -t tmpfs -o size={room}k tmpfs "$1" && cp "$2" "$1/store.db" || exit 9
        "$3" import "$4" --db "$1/store.db" --remove >&2; code=$?
        cp "$1"/store.db* "$5"; exit $code"""
    small, kept = folder / "small", folder / "out"
    small.mkdir()
    kept.mkdir()
    process = subprocess.run(
        ["unshare", "-Urm", "sh", "-c", script, "sh", small, engine.url("store"), ithaca.path,
         command.second, kept], capture_output=True, text=True)
    process.words = " ".join(process.stderr.split())
    refused(process, FULL)
    for path in kept.iterdir():
        shutil.copyfile(path, pathlib.Path(engine.url("store")).parent / path.name)
    assert command.look() == before, "the store was changed"


def nobody(arguments):
    """Who may not write everywhere: root becomes nobody."""
    return {**arguments, "user": 65534, "group": 65534, "extra_groups": []} \
        if os.geteuid() == 0 else arguments


def read_only(ithaca, engine, folder, mode_of_file, mode_of_folder):
    command = commands.Import(engine, ithaca, folder)
    command.set_up()
    path = pathlib.Path(engine.url("store"))
    for parent in (path.parent, path.parent.parent, path.parent.parent.parent, folder):
        os.chmod(parent, 0o755)
    before = command.look()
    if os.geteuid() == 0:
        os.chown(path.parent, 65534, 65534)
        os.chown(path, 65534, 65534)
    os.chmod(path, mode_of_file)
    os.chmod(path.parent, mode_of_folder)
    try:
        words = "may not be written to" if mode_of_file == 0o444 else "may only be read by you"
        refused(ithaca.run(*command.arguments(), **nobody({})), words, "Nothing was")
        if mode_of_folder == 0o555:
            refused(ithaca.run("backup", "--db", path, path.parent / "kept", **nobody({})),
                    "This cannot be written")
        listed = ithaca.run("programme", "list", "--db", path, **nobody({}))
        assert listed.returncode == 0, f"it cannot be read: {listed.stderr}"
    finally:
        os.chmod(path.parent, 0o755)
        os.chmod(path, 0o600)
    assert command.look() == before


# ---- PostgreSQL ----

def server_is_full(ithaca, engine, folder):
    """The server's disk gets full while it goes on running."""
    command = commands.Import(engine, ithaca, folder)
    command.set_up()
    engine.stop()
    full = engine.folder / "full"
    engine.start(misfortune=f"full:{full}", preload=ithaca.tools / "misfortune.so")
    try:
        full.touch()
        result = ithaca.run(*command.arguments())
        full.unlink()
        engine.wait()
        # A server may need room even to let somebody in; its own words tell then.
        words = "No space left on device" if "cannot connect" in result.stderr else \
            "no more room on the server's disk"
        refused(result, words, "Nothing was")
        assert command.found() == "before"
        ithaca.must(*command.arguments())
        assert command.found() == "after"
    finally:
        full.unlink(missing_ok=True)
        engine.stop()
        engine.start()


def server_is_read_only(ithaca, engine, folder):
    """A server whose owner lets it be read only, for a while or as a copy of another."""
    command = commands.Import(engine, ithaca, folder)
    command.set_up()
    before = command.look()
    engine.ask("postgres", "alter database store set default_transaction_read_only = on;")
    try:
        refused(ithaca.run(*command.arguments()), "This database may only be read.",
                "Nothing was changed")
    finally:
        engine.ask("postgres", "alter database store set default_transaction_read_only = off;")
    assert command.look() == before


def too_many_connections(ithaca, engine, folder):
    """More at once than the server lets in."""
    command = commands.Import(engine, ithaca, folder)
    command.set_up()
    engine.ask("postgres", "alter database store connection limit 0;",
               "create role guest login;", "grant all on database store to guest;")
    url = engine.url("store").replace("ithaca@", "guest@")
    result = ithaca.run("import", command.second, "--db", url)
    engine.ask("postgres", "alter database store connection limit -1;")
    refused(result, "try again later if too many others are connected")
    assert command.found() == "before"


def answer_is_lost(ithaca, engine, folder):
    """The connection breaks when all was sent and before the answer: the program finds out by
    itself that it was saved."""
    command = commands.Import(engine, ithaca, folder)
    command.set_up()
    result = ithaca.run(*command.arguments(), misfortune="deaf:")
    assert result.returncode == 0 and not result.stderr, result.stderr
    assert "Saved in" in result.stdout, result.stdout
    assert command.found() == "after"
    revisions = engine.rows("store")["revision"]
    assert len(revisions) == 2, "it was saved twice"


# ---- both ----

def clock_goes_back(ithaca, engine, folder):
    """Saved by a clock an hour fast, and again when it was put right: times never run backwards."""
    url = engine.make("clock")
    first = folder.parent / "first"
    second = folder / "second"
    shutil.copytree(first, second)
    commands.change(second / "actions.csv", lambda headings, rows: rows[:-1])
    for path, fast in ((first, 3600), (second, 0), (first, -86400)):
        result = ithaca.run("import", path, "--db", url, "--remove", misfortune=f"clock:{fast}")
        assert result.returncode == 0, result.stderr
    ithaca.must("audit", "verify", "--all", "--db", url)
    times = [row["at"] for row in sorted(engine.rows("clock")["revision"],
                                         key=lambda row: row["number"])]
    assert times == sorted(times) and len(times) == 3, times
    assert times[1] == times[0], "the clock was not fast"


def run(results, ithaca, engine, folder, n):
    """The disk gets full at `n` moments of each command."""
    def test(name, work, *arguments):
        work_folder = folder / f"{engine.name} {len(os.listdir(folder))}"
        work_folder.mkdir()
        if isinstance(work, type):
            results.test(f"{engine.name}: {name}",
                         lambda: full_at_any_time(work, ithaca, engine, work_folder, n))
        else:
            results.test(f"{engine.name}: {name}",
                         lambda: work(ithaca, engine, work_folder, *arguments))

    if engine.name == "SQLite":
        for kind in (commands.Import, commands.ImportNew, commands.Backup, commands.Restore):
            test(f"the disk gets full at any time, {kind.name}", kind)
        test("a file may not grow", file_may_not_grow)
        test("a small disk", disk_is_small)
        test("a file that may only be read", read_only, 0o444, 0o755)
        test("a folder that may only be read", read_only, 0o644, 0o555)
        test("a file and a folder that may only be read", read_only, 0o444, 0o555)
    else:
        test("the server's disk is full", server_is_full)
        test("a server that may only be read", server_is_read_only)
        test("too many connections", too_many_connections)
        test("the answer is lost", answer_is_lost)
    test("the clock goes back", clock_goes_back)
