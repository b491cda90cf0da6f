"""A room imports from itself and from lower floors: never upward, and never from a neighbour."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
ARTICLES = ROOT / "articles"

FLOORS = {
    "0": {"formats", "extraction", "querylang", "typesetting", "charts"},
    "1": {"models"},
    "2a": {"people", "revisions", "fetching", "holdings", "logins", "reports"},
    "2b": {"search", "ingest", "citations"},
    "2c": {"exports", "feeds", "alerts", "reading"},
    "3": {"views", "admin", "sitemaps", "management", "templatetags"},
    "4": {"urls"},
}
# Django's own entries into the app: they are read, and nothing imports them.
OUTSIDE = {"apps", "migrations"}
FLOOR_OF = {room: floor for floor, rooms in FLOORS.items() for room in rooms}

NOT_ON_FLOOR_0 = {
    *("django", "psycopg", "pghistory", "pgtrigger", "newsarchive"),
    *(
        "time",
        "os",
        "io",
        "pathlib",
        "shutil",
        "tempfile",
        "subprocess",
        "socket",
        "random",
        "secrets",
        "logging",
    ),
    *("urllib.request", "http.client", "importlib.resources"),
}
ASKS_THE_CLOCK = {"now", "utcnow", "today"}
OPENS_FILES = {"open", "read_text", "read_bytes", "write_text", "write_bytes"}


def room_of(path: Path) -> str:
    return path.relative_to(ARTICLES).parts[0].removesuffix(".py")


def modules() -> list[Path]:
    return sorted(path for path in ARTICLES.rglob("*.py") if room_of(path) not in {"__init__", *OUTSIDE})


def imported(tree: ast.Module, path: Path) -> Iterator[tuple[int, str]]:
    """Line and dotted name of all that is imported, also inside functions, relative names resolved."""
    package = path.relative_to(ROOT).with_suffix("").parts[:-1]
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else ()
            module = ".".join([*base, *filter(None, [node.module])])
            yield from ((node.lineno, f"{module}.{alias.name}") for alias in node.names)


def faults_of_import(path: Path, tree: ast.Module) -> Iterator[str]:
    own = room_of(path)
    for line, name in imported(tree, path):
        if not name.startswith("articles."):
            continue
        other = name.split(".")[1]
        if other != own and (other not in FLOOR_OF or FLOOR_OF[other] >= FLOOR_OF[own]):
            yield f"{path.relative_to(ROOT)}:{line}: {own} (floor {FLOOR_OF[own]}) imports {name}"


def faults_of_purity(path: Path, tree: ast.Module) -> Iterator[str]:
    place = path.relative_to(ROOT)
    for line, name in imported(tree, path):
        if any(name == banned or name.startswith(f"{banned}.") for banned in NOT_ON_FLOOR_0):
            yield f"{place}:{line}: imports {name}"
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            if called in ASKS_THE_CLOCK | OPENS_FILES:
                yield f"{place}:{node.lineno}: calls {called}()"


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(ARTICLES)))
def test_a_module_stays_on_its_floor(path):
    tree = ast.parse(path.read_text())
    assert room_of(path) in FLOOR_OF, f"{room_of(path)} stands on no floor: name it in FLOORS"
    faults = list(faults_of_import(path, tree))
    if FLOOR_OF[room_of(path)] == "0":
        faults += faults_of_purity(path, tree)
    assert faults == []


def test_what_floor_0_hands_out_is_frozen():
    """A room's own drafts may change while it works; what its ``__init__`` names may not."""
    loose = []
    for room in FLOORS["0"]:
        door = ARTICLES / room / "__init__.py"
        handed_out = set(re.findall(r"\w+", door.read_text())) if door.exists() else set()
        for path in (path for path in modules() if room_of(path) == room):
            loose += [
                f"{path.relative_to(ROOT)}:{node.lineno}: {node.name}"
                for node in ast.walk(ast.parse(path.read_text()))
                if isinstance(node, ast.ClassDef) and (node.name in handed_out or not door.exists())
                for decorator in map(ast.unparse, node.decorator_list)
                if "dataclass" in decorator and "frozen=True" not in decorator
            ]
    assert loose == []


def test_the_project_folder_knows_nothing_of_the_trade():
    """newsarchive/ wires things together: urls, admin site and pages of failures name the rooms they open."""
    faults = [
        f"{path.relative_to(ROOT)}:{line}: imports {name}"
        for path in sorted((ROOT / "newsarchive").rglob("*.py"))
        if path.name not in {"urls.py", "admin.py", "apps.py", "failures.py"}
        for line, name in imported(ast.parse(path.read_text()), path)
        if name.startswith("articles")
    ]
    assert faults == []


@pytest.mark.parametrize(
    ("room", "code"),
    [
        ("models", "from articles.search import answer"),
        ("formats", "from ..extraction import read"),
        ("search", "def f():\n    from articles.ingest import store"),
        ("formats", "import django.utils.html"),
        ("extraction", "from datetime import datetime\ndatetime.now()"),
        ("querylang", "open('table')"),
    ],
)
def test_each_rule_is_seen_to_be_broken(room, code):
    path, tree = ARTICLES / room / "made_up.py", ast.parse(code)
    assert [*faults_of_import(path, tree), *faults_of_purity(path, tree)]
