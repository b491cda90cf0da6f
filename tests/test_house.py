"""Rules of this repository that no linter knows. Linters and type checks are steps of `.ci/lint`."""

import re
from pathlib import Path

import pytest
from django.core.management import call_command

ROOT = Path(__file__).parent.parent
FOLDERS = ("articles", "newsarchive", "templates", "static", "tests", "docs", "fixtures", ".ci")
TEXT = {".py", ".html", ".css", ".js", ".sql", ".md", ".toml", ".txt", ".json", ".jsonl", ".svg", ".xml", ""}
# The one place that turns marked words into HTML: it escapes first and marks second.
MAY_MARK_SAFE = {f"articles/templatetags/{name}.py" for name in ("archive", "desk", "printed_text")}


def files(*suffixes: str, under: tuple[str, ...] = FOLDERS) -> list[Path]:
    found = [path for folder in under for path in (ROOT / folder).rglob("*") if path.is_file()]
    if under == FOLDERS:
        found += [path for path in ROOT.iterdir() if path.is_file() and path.name != "uv.lock"]
    return sorted(path for path in found if path.suffix in suffixes and "__pycache__" not in path.parts)


def lines_with(pattern: str, paths: list[Path]) -> list[str]:
    wanted = re.compile(pattern, re.IGNORECASE)
    return [
        f"{path.relative_to(ROOT)}:{number}: {line.strip()[:100]}"
        for path in paths
        if path != Path(__file__)
        for number, line in enumerate(path.read_text(errors="replace").splitlines(), 1)
        if wanted.search(line)
    ]


@pytest.mark.django_db
def test_no_migration_is_missing():
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def test_nothing_is_marked_safe_but_in_the_one_place():
    outside = [path for path in files(".py", ".html") if str(path.relative_to(ROOT)) not in MAY_MARK_SAFE]
    product = [path for path in outside if "tests" not in path.parts]
    assert lines_with(r"\|\s*safe\b|\bmark_safe\b|autoescape off|SafeString\(", product) == []


def test_no_template_holds_style_or_script():
    templates = files(".html", under=("templates",))
    inline = r"<style|\sstyle\s*=|\son[a-z]+\s*=\s*[\"']|javascript:|data:[a-z]+/"
    inline += r"|<script(?![^>]*\ssrc=)(?![^>]*application/)"
    assert lines_with(inline, templates) == []


def test_no_search_is_of_the_raw_type():
    assert lines_with(r"search_type\s*=\s*[\"']raw", files(".py", under=("articles",))) == []


def test_no_module_has_a_name_that_says_nothing():
    banned = {"utils", "helpers", "services", "common", "misc", "tools", "signals"}
    assert [path for path in files(".py", under=("articles", "newsarchive")) if path.stem in banned] == []
    assert [path for path in (ROOT / "articles").rglob("*") if path.is_dir() and path.name in banned] == []


def test_no_module_has_more_than_400_lines():
    modules = files(".py", under=("articles", "newsarchive"))
    sizes = {path: len(path.read_text().splitlines()) for path in modules if "migrations" not in path.parts}
    assert [path for path, lines in sizes.items() if lines > 400] == []


def test_nothing_happens_by_signal():
    signals = r"django\.db\.models\.signals|django\.dispatch|@receiver|\.connect\(\s*\w+\s*,\s*sender"
    assert lines_with(signals, files(".py", under=("articles", "newsarchive"))) == []


def test_no_file_names_a_registry():
    registries = r"\b(pypi\.org|pythonhosted|npmjs|unpkg|jsdelivr|deb\.debian|cdnjs|fonts\.googleapis)\b"
    assert lines_with(registries, files(*TEXT)) == []
