"""Running the program that is tested, with or without a misfortune (misfortune.c)."""
import os
import pathlib
import shutil
import subprocess
import sys


class Program:
    def __init__(self, path, folder):
        self.path, self.folder = pathlib.Path(path).resolve(), pathlib.Path(folder)
        self.tools = self.path.parent / "tests" / "crash"

    def build(self):
        subprocess.run(["ninja", "-C", self.path.parent, "--quiet", "ithaca",
                        "tests/crash/writers", "tests/crash/misfortune.so"], check=True,
                       stdout=subprocess.DEVNULL)

    def sample(self, source, target):
        shutil.copytree(source, target)

    def environment(self, misfortune):
        if not misfortune:
            return dict(os.environ)
        return {**os.environ, "MISFORTUNE": misfortune,
                "LD_PRELOAD": str(self.tools / "misfortune.so")}

    def start(self, *arguments, misfortune=None, **options):
        return subprocess.Popen([self.path, *map(str, arguments)], stdin=subprocess.DEVNULL,
                                stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
                                start_new_session=True,
                                env=self.environment(misfortune), **options)

    def run(self, *arguments, misfortune=None, **options):
        """The result has returncode, stdout, stderr (with its lines joined: `words`)."""
        process = self.start(*arguments, misfortune=misfortune, **options)
        process.stdout, process.stderr = process.communicate(timeout=120)
        process.words = " ".join(process.stderr.split())
        if process.returncode not in (0, 1, 2) or "Sanitizer" in process.stderr:
            raise AssertionError(f"{arguments}: ended with {process.returncode}\n{process.stderr}")
        return process

    def must(self, *arguments):
        result = self.run(*arguments)
        if result.returncode != 0:
            raise AssertionError(f"{arguments}: {result.stderr}")
        return result.stdout

    def writes(self, *arguments):
        """How often a command writes to files or to the server."""
        count = self.folder / "count"
        count.unlink(missing_ok=True)
        self.run(*arguments, misfortune=f"count:{count}")
        return int.from_bytes(count.read_bytes(), sys.byteorder)
