"""Runs manage.py's commands in children of one process that has loaded Django: they begin at once.

As a program, it reads a line of JSON for each command.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from pathlib import Path

from tests.newsarchive.served import ROOT


class Commands:
    """Starts commands. Close it to end the process."""

    def __init__(self, environment: dict[str, str], folder: Path) -> None:
        self.folder = folder
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.measure.faults.commands"],
            cwd=ROOT, env=environment, stdin=subprocess.PIPE, text=True,
        )  # fmt: skip

    def start(self, *words: str, **environment: str) -> Command:
        command = Command(Path(tempfile.mkdtemp(dir=self.folder)))
        row = {"words": words, "folder": str(command.folder), "environment": environment}
        assert self.process.stdin
        self.process.stdin.write(json.dumps(row) + "\n")
        self.process.stdin.flush()
        return command

    def close(self) -> None:
        assert self.process.stdin
        self.process.stdin.close()
        self.process.wait()


class Command:
    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def poll(self) -> int | None:
        """The exit code, negative if it was killed; None while it runs."""
        with suppress(OSError, ValueError):
            return int((self.folder / "code").read_text())
        return None

    def wait(self) -> int:
        while (code := self.poll()) is None:
            time.sleep(0.02)
        return code

    def said(self) -> str:
        return (self.folder / "said").read_text()

    def kill(self) -> None:
        with suppress(OSError, ValueError):
            os.kill(int((self.folder / "pid").read_text()), 9)


def _run(words: list[str], folder: Path, environment: dict[str, str]) -> None:
    """In a child: a grandchild runs the command, and its exit code is written to a file."""
    pid = os.fork()
    if pid:
        (folder / "pid").write_text(str(pid))
        code = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
        (folder / "code.new").write_text(str(code))
        (folder / "code.new").rename(folder / "code")
        return
    said = os.open(folder / "said", os.O_WRONLY | os.O_CREAT)
    for number in (1, 2):
        os.dup2(said, number)
    os.environ.update(environment)
    sys.argv = ["manage.py", *words]
    code = 0
    try:
        import manage

        manage.main()
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else 1
    except BaseException:
        import traceback

        traceback.print_exc()
        code = 70
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)


def main() -> None:
    import django

    django.setup()
    from django.core.management import get_commands, load_command_class

    for name in ("import_articles", "migrate", "backup"):
        load_command_class(get_commands()[name], name)
    for line in sys.stdin:
        row = json.loads(line)
        if os.fork() == 0:
            _run(row["words"], Path(row["folder"]), row["environment"])
            os._exit(0)
        with suppress(ChildProcessError):
            while os.waitpid(-1, os.WNOHANG)[0]:
                pass


if __name__ == "__main__":
    main()
