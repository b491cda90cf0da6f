"""A migration that has landed never changes: archives out there have passed it as it was.

Where it imports from may change, since modules move; what it does may not.
"""

import hashlib
import re
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
LANDED = Path(__file__).with_name("landed.sha256")
OWN_IMPORT = re.compile(rb"(from|import) articles\b")
# Those of the squashed migrations, and of the ones before them.
UNNUMBERED = {
    *(
        "audit_log",
        "channels",
        "credits",
        "deeds",
        "documents",
        "failed_searches",
        "former",
        "guards",
        "holdings",
        "kinds",
    ),
    *("names", "notes", "past", "postings", "quote_words", "record", "vector", "words"),
}


def landed() -> dict[str, str]:
    lines = [line for line in LANDED.read_text().splitlines() if not line.startswith("#")]
    return {name: digest for digest, name in (line.split() for line in lines)}


def present() -> dict[str, str]:
    folder = ROOT / "articles/migrations"
    files = sorted([*folder.rglob("[0-9]*.py"), *folder.rglob("*.sql")])
    return {str(path.relative_to(ROOT)): digest(path) for path in files}


def digest(path: Path) -> str:
    """Of its lines but for imports from this project."""
    lines = path.read_bytes().splitlines(keepends=True)
    return hashlib.sha256(b"".join(line for line in lines if not OWN_IMPORT.match(line))).hexdigest()


def test_no_landed_migration_has_changed_or_gone():
    now = present()
    changed = [name for name, digest in landed().items() if now.get(name) != digest]
    assert changed == [], "write a new migration, with its own number, instead"


def test_every_migration_is_listed_with_what_it_is_made_of():
    new = sorted(present().keys() - landed().keys())
    add = f"python {Path(__file__).relative_to(ROOT)}"
    assert new == [], f"when they are final, and not to change any more: {add}"


def test_a_new_sql_file_has_the_name_of_its_migration():
    scripts = {Path(name).stem for name in present() if name.endswith(".py")}
    others = {Path(name).stem.removesuffix("_undo") for name in present() if name.endswith(".sql")} - scripts
    assert others == UNNUMBERED


if __name__ == "__main__":
    with LANDED.open("a") as file:
        for name in sorted(present().keys() - landed().keys()):
            file.write(f"{present()[name]}  {name}\n")
