"""Pin the newest allowed version of every package, in requirements.txt and pyproject.toml: python .ci/pin.py

With ``--same`` the versions of the present lock are written again, and nothing is upgraded.
"""

import re
import subprocess
import sys
from pathlib import Path

PROJECT = Path("pyproject.toml")
LIST = re.compile(r"constraint-dependencies = \[\n.*?^\]\n", re.DOTALL | re.MULTILINE)
EXPORT = ["uv", "export", "--frozen", "--quiet", "--no-header", "--no-annotate", "--format=requirements-txt"]


def main() -> None:
    if "--same" not in sys.argv:
        PROJECT.write_text(LIST.sub("constraint-dependencies = [\n]\n", PROJECT.read_text()))
        subprocess.run(["uv", "lock", "--upgrade"], check=True)
    pins = re.findall(r"^([\w.-]+==[^\s;\\]+)", _exported("--no-hashes"), re.MULTILINE)
    lines = "".join(f'  "{pin}",\n' for pin in sorted(set(pins)))
    PROJECT.write_text(LIST.sub(f"constraint-dependencies = [\n{lines}]\n", PROJECT.read_text()))
    subprocess.run(["uv", "lock"], check=True)
    Path("requirements.txt").write_text(_exported("--no-dev"))


def _exported(*options: str) -> str:
    return subprocess.run([*EXPORT, *options], check=True, capture_output=True, text=True).stdout


if __name__ == "__main__":
    main()
