"""Pin the newest allowed version of every package, with its hashes: uv run .ci/pin.py

Writes the versions to pyproject.toml, the hashes of what operators install to requirements.txt, and those of
what the dependency groups add to requirements-dev.txt. With ``--same`` no version changes.
"""

import re
import subprocess
import sys
import tomllib
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

PROJECT = Path("pyproject.toml")
LIST = re.compile(r"constraint-dependencies = \[\n.*?^\]\n", re.DOTALL | re.MULTILINE)
UNTIL = re.compile(r'(?<=^exclude-newer = ")[^"]+', re.MULTILINE)
EXPORT = ["uv", "export", "--frozen", "--quiet", "--no-header", "--no-annotate", "--format=requirements-txt"]


def main() -> None:
    if "--same" not in sys.argv:
        _rewrite(LIST, "constraint-dependencies = [\n]\n")
        _rewrite(UNTIL, f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}")
        subprocess.run(["uv", "lock", "--upgrade"], check=True)
    _rewrite(LIST, "constraint-dependencies = [\n{}]\n".format("".join(f'  "{pin}",\n' for pin in _pins())))
    subprocess.run(["uv", "lock"], check=True)
    groups = tomllib.loads(PROJECT.read_text())["dependency-groups"]
    Path("requirements.txt").write_text(_exported("--no-default-groups"))
    Path("requirements-dev.txt").write_text(_exported(*(f"--only-group={group}" for group in groups)))


def _pins() -> list[str]:
    """Each package with its version; with a marker only if it has another version elsewhere."""
    lines = _exported("--all-groups", "--no-hashes").splitlines()
    pins = sorted({tuple(line.split(" ; ")) for line in lines if "==" in line})
    seen = Counter(pin.partition("==")[0] for pin, *_ in pins)
    return [" ; ".join(pin if seen[pin[0].partition("==")[0]] > 1 else pin[:1]) for pin in pins]


def _rewrite(pattern: re.Pattern[str], text: str) -> None:
    PROJECT.write_text(pattern.sub(text, PROJECT.read_text()))


def _exported(*options: str) -> str:
    return subprocess.run([*EXPORT, *options], check=True, capture_output=True, text=True).stdout


if __name__ == "__main__":
    main()
