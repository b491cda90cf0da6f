"""“Installing on Debian” in docs/operators.md, followed word for word on a copy of this machine."""

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.measure.machine import Machine

ROOT = Path(__file__).parent.parent.parent
GUIDE = (ROOT / "docs" / "operators.md").read_text()
CURL = "curl --silent --show-error --insecure --resolve archive.example.org:443:127.0.0.1"


def blocks() -> list[str]:
    section = GUIDE.split("## Installing on Debian\n")[1].split("\n## ")[0]
    return [block.replace("\n    ", "\n").strip() for block in re.findall(r"(?:\n    .*)+", section)]


@pytest.fixture
def machine(tmp_path):
    if os.geteuid() or not shutil.which("unshare") or not shutil.which("apt-get"):
        pytest.skip("follows the guide as root, on Debian")
    archive = subprocess.run(["git", "archive", "HEAD"], cwd=ROOT, capture_output=True, check=True).stdout
    release = tmp_path / "release.tar"
    release.write_bytes(archive)
    folder = tmp_path / "machine"
    folder.mkdir()
    found = Machine(folder)
    found.run(f"mkdir /opt/newsarchive && tar --extract --file={release} --directory=/opt/newsarchive")
    yield found
    found.close()


def test_a_new_machine_serves_an_archive_and_every_unit_of_the_kit_runs(machine):
    for block in blocks():
        print(f"\n{block}")
        print(machine.run(f"cd /opt\n{block}"))
    site = f"{CURL} https://archive.example.org"
    assert '"ok"' in machine.run(f"{site}/readyz")
    assert "over the Tarrin opens" in machine.run(f"{site}/search/?q=bridge")
    head = machine.run(f"{site}/ --head").lower()
    assert "http/2 200" in head
    assert "strict-transport-security" in head
    assert " 404" in machine.run(f"{site}/metrics --head")
    assert "newsarchive_database_up 1" in machine.run("curl --silent http://127.0.0.1:8000/metrics")
    for timer in sorted((ROOT / "deploy" / "systemd").glob("*.timer")):
        (unit,) = re.findall(r"^Unit=(.*)$", timer.read_text(), re.MULTILINE)
        print(machine.run(f"systemctl start {unit}"))
