"""A package imports from itself, from lower layers, and beside it only what is listed here."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
ARTICLES = ROOT / "articles"

LAYERS = {
    0: {"text", "parsing", "extraction", "search.query"},
    1: {"models"},
    2: {
        *("search", "ingest", "near_duplicates", "speakers", "revisions", "reader_reports", "fetching"),
        *("accuracy", "holdings", "accounts", "sources"),
    },
    3: {"presenters", "exports", "citations", "operations"},
    4: {"views", "admin", "feeds", "sitemaps", "paging", "templatetags"},
    5: {"urls", "management", "apps"},
}
LAYER_OF = {package: layer for layer, packages in LAYERS.items() for package in packages}

# What a package of layer 0 or 2 may import of its own layer.
BESIDE = {
    "parsing": {"text"},
    "search.query": {"text"},
    "extraction": {"text"},
    "search": {"speakers", "holdings"},
    "ingest": {"near_duplicates", "speakers", "revisions", "fetching", "search"},
    # The hash of a text is the identity of an article, and a signature's key.
    "near_duplicates": {"ingest"},
    "revisions": {"near_duplicates"},
    "accuracy": {"ingest"},
    "sources": {"ingest", "fetching"},
    "reader_reports": {"speakers"},
    "views": {"feeds", "paging"},
    "admin": {"paging"},
}
# What each part of a large package may import of the others; modules beside the parts are for all of them.
INSIDE: dict[str, dict[str, set[str]]] = {
    "search": {
        "query": set(),
        "request": {"query", "history"},
        "index": {"query", "history"},
        "engine": {"query", "request", "index", "history"},
        "history": {"request", "engine"},
        "results": {"query", "request", "index", "engine", "history", "assist"},
        "assist": {"query", "request", "index", "engine"},
        "reuse": {"query", "request", "index", "engine", "results"},
        "speakers": {"query", "request", "index", "engine", "history", "results"},
    },
    "parsing": {
        "plain": {"dates"},
        "html": {"plain", "dates"},
        "tabular": {"html", "dates"},
        "feeds": {"html", "tabular", "dates"},
        "agency": {"html", "tabular"},
        "documents": {"html", "plain", "dates"},
        "dates": {"html", "plain"},
    },
    "extraction": {
        "languages": set(),
        "coreference": {"languages"},
        "syntax": {"coreference", "cues", "languages"},
        "cues": {"attribution", "syntax", "languages"},
        "attribution": {"coreference", "cues", "syntax", "languages"},
        "interviews": {"coreference", "languages"},
        "evaluation": {"attribution", "coreference", "languages"},
    },
    "ingest": {
        "speakers": {"pipeline"},
        "proposals": {"pipeline", "speakers"},
        "pipeline": {"proposals", "speakers"},
    },
    "admin": {
        "tables": {"queue", "review"},
        "queue": {"review", "tables"},
        "review": {"queue"},
        "intake": set(),
        "speakers": set(),
        "reader_reports": {"review", "speakers", "tables"},
        "audit": set(),
        "accounts": set(),
    },
}

NOT_IN_LAYER_0 = {
    *("django", "psycopg", "pghistory", "pgtrigger", "newsarchive"),
    *("time", "os", "io", "pathlib", "shutil", "tempfile", "subprocess", "socket", "random", "secrets"),
    *("logging", "urllib.request", "http.client", "importlib.resources"),
}
ASKS_THE_CLOCK = {"now", "utcnow", "today"}
OPENS_FILES = {"open", "read_text", "read_bytes", "write_text", "write_bytes"}
# Words that named other things than they say; see the glossary in docs/developers.md.
NOT_NAMES = {
    *("room", "rooms", "floor", "floors", "door", "doors", "bench", "shelf", "deed", "deeds", "lot", "lots"),
    *("likeness", "alike", "nearly", "nearby", "respoken", "wishes", "hears"),
}


def package_of(name: str) -> str:
    """Of a dotted name below articles: ``search.query`` has a layer of its own."""
    parts = name.split(".")
    return "search.query" if parts[:2] == ["search", "query"] else parts[0]


def name_of(path: Path) -> str:
    """``search.request.filters`` for articles/search/request/filters.py."""
    return ".".join(path.relative_to(ARTICLES).with_suffix("").parts).removesuffix(".__init__")


def modules() -> list[Path]:
    found = (path for path in ARTICLES.rglob("*.py") if path.parent != ARTICLES or path.name != "__init__.py")
    return sorted(path for path in found if "migrations" not in path.parts)


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


def faults_of_layers(path: Path, tree: ast.Module) -> Iterator[str]:
    own = package_of(name_of(path))
    for line, name in imported(tree, path):
        if not name.startswith("articles."):
            continue
        other = package_of(name.removeprefix("articles."))
        lower = LAYER_OF.get(other, 99) < LAYER_OF[own]
        if other != own and not lower and other not in BESIDE.get(own, ()):
            yield f"{path.relative_to(ROOT)}:{line}: {own} (layer {LAYER_OF[own]}) imports {name}"


def part_of(name: str, package: str) -> str:
    """The sub-package of a dotted name in a large package; empty for a module beside the sub-packages."""
    parts = name.split(".")
    inside = parts[0] == package and len(parts) > 1 and (ARTICLES / package / parts[1]).is_dir()
    return parts[1] if inside else ""


def faults_inside(path: Path, tree: ast.Module) -> Iterator[str]:
    name = name_of(path)
    package = name.split(".")[0]
    own = part_of(name, package)
    if package not in INSIDE or not own:
        return
    for line, full in imported(tree, path):
        other = part_of(full.removeprefix("articles."), package) if full.startswith("articles.") else ""
        if other and other != own and other not in INSIDE[package].get(own, set()):
            yield f"{path.relative_to(ROOT)}:{line}: {package}.{own} imports {full}"


def faults_of_purity(path: Path, tree: ast.Module) -> Iterator[str]:
    place = path.relative_to(ROOT)
    for line, name in imported(tree, path):
        if any(name == banned or name.startswith(f"{banned}.") for banned in NOT_IN_LAYER_0):
            yield f"{place}:{line}: imports {name}"
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            if called in ASKS_THE_CLOCK | OPENS_FILES:
                yield f"{place}:{node.lineno}: calls {called}()"


def faults_of_names(path: Path, tree: ast.Module) -> Iterator[str]:
    """Modules, classes, functions and arguments with a word that says something else."""
    file = path.relative_to(ROOT).as_posix()
    named = [(1, path.stem)]
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            named.append((node.lineno, node.name))
        elif isinstance(node, ast.arg):
            named.append((node.lineno, node.arg))
            if node.arg == "told":
                yield f"{file}:{node.lineno}: a callback says what it is for: on_progress, on_fault"
    for line, name in named:
        words = {word.lower() for word in re.findall(r"[A-Z]?[a-z]+", name)}
        if words & NOT_NAMES:
            yield f"{file}:{line}: {name}"


@pytest.mark.parametrize("path", modules(), ids=name_of)
def test_a_module_imports_only_what_its_layer_allows(path):
    tree = ast.parse(path.read_text())
    own = package_of(name_of(path))
    assert own in LAYER_OF, f"{own} has no layer: name it in LAYERS"
    faults = [*faults_of_layers(path, tree), *faults_inside(path, tree), *faults_of_names(path, tree)]
    if LAYER_OF[own] == 0:
        faults += faults_of_purity(path, tree)
    assert faults == []


OUTSIDE = ("newsarchive", "benchmarks", "training")
PROJECT = [path for folder in OUTSIDE for path in sorted((ROOT / folder).rglob("*.py"))]


@pytest.mark.parametrize("path", PROJECT, ids=lambda path: str(path.relative_to(ROOT)))
def test_names_outside_the_app_mean_what_they_say(path):
    assert list(faults_of_names(path, ast.parse(path.read_text()))) == []


def test_every_part_of_a_large_package_is_listed():
    found = {
        package: {path.name for path in (ARTICLES / package).iterdir() if (path / "__init__.py").exists()}
        for package in INSIDE
    }
    assert {package: parts - INSIDE[package].keys() for package, parts in found.items()} == {
        package: set() for package in INSIDE
    }


def test_no_permission_is_listed_that_nobody_uses():
    used = {package: {part: set() for part in parts} for package, parts in INSIDE.items()}
    for path in modules():
        package = name_of(path).split(".")[0]
        own = part_of(name_of(path), package)
        if package in INSIDE and own:
            for _, full in imported(ast.parse(path.read_text()), path):
                other = part_of(full.removeprefix("articles."), package)
                if full.startswith("articles.") and other and other != own:
                    used[package][own].add(other)
    assert used == INSIDE


def test_what_layer_0_hands_out_is_frozen():
    """A package's own drafts may change while it works; what its ``__init__`` names may not."""
    loose = []
    for package in LAYERS[0]:
        entry = ARTICLES.joinpath(*package.split("."), "__init__.py")
        handed_out = set(re.findall(r"\w+", entry.read_text()))
        for path in (path for path in modules() if package_of(name_of(path)) == package):
            loose += [
                f"{path.relative_to(ROOT)}:{node.lineno}: {node.name}"
                for node in ast.walk(ast.parse(path.read_text()))
                if isinstance(node, ast.ClassDef) and node.name in handed_out
                for decorator in map(ast.unparse, node.decorator_list)
                if "dataclass" in decorator and "frozen=True" not in decorator
            ]
    assert loose == []


@pytest.mark.parametrize("folder", ["newsarchive", "benchmarks"])
def test_the_project_package_does_not_import_the_app(folder):
    faults = [
        f"{path.relative_to(ROOT)}:{line}: imports {name}"
        for path in sorted((ROOT / folder).rglob("*.py"))
        for line, name in imported(ast.parse(path.read_text()), path)
        if name.startswith("articles") and folder == "newsarchive"
    ]
    assert faults == []


def test_the_embedded_server_knows_nothing_of_the_product():
    faults = [
        f"{path.name}:{line}: imports {name}"
        for path in sorted((ROOT / "newsarchive" / "embedded_postgres").rglob("*.py"))
        for line, name in imported(ast.parse(path.read_text()), path)
        if name.startswith(("articles", "newsarchive")) and "embedded_postgres" not in name
    ]
    assert faults == []


@pytest.mark.parametrize(
    ("package", "code"),
    [
        ("models", "from articles.search import answer"),
        ("parsing", "from ..extraction import read"),
        ("search", "def f():\n    from articles.views import search"),
        ("parsing", "import django.utils.html"),
        ("extraction", "from datetime import datetime\ndatetime.now()"),
        ("text", "open('table')"),
        ("views", "def nearly(told): pass"),
    ],
)
def test_each_rule_is_seen_to_be_broken(package, code):
    path, tree = ARTICLES / package / "made_up.py", ast.parse(code)
    assert [*faults_of_layers(path, tree), *faults_of_purity(path, tree), *faults_of_names(path, tree)]
