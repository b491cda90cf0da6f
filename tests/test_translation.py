"""Every text that a user sees can be translated, and is written in plain words."""

import ast
import re
from itertools import pairwise
from pathlib import Path

import pytest
from django.template import Engine
from django.template.base import Lexer, TokenType

ROOT = Path(__file__).parent.parent
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
PYTHON = sorted([*(ROOT / "articles").rglob("*.py"), *(ROOT / "newsarchive").rglob("*.py")])
DOCUMENTS = [ROOT / f"{name}.md" for name in ("README", "CONTRIBUTING", "SECURITY")]
DOCUMENTS += sorted((ROOT / "docs").glob("*.md"))

TAG = re.compile(r"""<(?:[^<>"']|"[^"]*"|'[^']*')*>""")
SPOKEN_ATTRIBUTES = re.compile(
    r"""\b(?:title|aria-label|placeholder|alt|data-label)=(["'])(.*?)\1""", re.DOTALL
)
# Not read as English: code, keys on a keyboard, scripts, styles, and attributes in blocks of `base.html`.
NOT_PROSE = re.compile(
    r"""<(script|style|code|kbd)\b.*?</\1>|<!--.*?-->|aria-current="\w+\"""", re.DOTALL | re.IGNORECASE
)
# Words in a tag or filter that are not marked with `_()`, and plurals made of pieces.
WORDS_IN_TAGS = re.compile(
    r"""\b(?:default|default_if_none|yesno):"[^"]*[a-z]{2}|\btitle="[A-Z]|\|pluralize\b"""
)
# Names that are the same in every language.
NAMES = re.compile(
    r"\b(?:CSV|JSON|JSONL|Lines|RIS|BibTeX|CSL|Atom|RSS|OpenSearch|Wikidata|Wikinews|MB|UTC|ID|Ctrl|Enter|Shift)\b"
)
GETTEXT = {
    "gettext",
    "gettext_lazy",
    "gettext_noop",
    "ngettext",
    "ngettext_lazy",
    "pgettext",
    "npgettext",
    "_",
}
OLD_PHRASES = [
    "as it stands", "as they stand", "stands there", "of theirs", "by a person", "accepted by rule",
    "somebody", "anybody", "as printed", "own words", "part of a sentence", "the likeliest",
    "at the desk", "on the desk", "what waits", "what was done", "bring in", "brought in", "take back",
    "bears this name", "bear this name", "is here already", "told apart", "put right", "look at it again",
    "at present", "holdings show", "address of this",
]  # fmt: skip


def untranslated(template: str) -> list[str]:
    """The texts of a template outside `translate` and `blocktranslate`, with their lines."""
    pieces, inside = [], False
    for token in Lexer(template).tokenize():
        if token.token_type == TokenType.BLOCK:
            name = token.contents.split()[0]
            inside = name in ("blocktranslate", "blocktrans") or (
                inside and name not in ("endblocktranslate", "endblocktrans")
            )
        in_tag = token.token_type in (TokenType.BLOCK, TokenType.VAR)
        unmarked = in_tag and WORDS_IN_TAGS.search(token.contents)
        if unmarked or (token.token_type == TokenType.TEXT and not inside):
            pieces.append(token.contents)
        else:
            # A value, or a text that is marked. The line breaks keep the lines right.
            pieces.append("\x00" + "\n" * token.contents.count("\n"))
    page = NOT_PROSE.sub(lambda code: "\n" * code[0].count("\n"), "".join(pieces))
    tags = [(0, 0), *(tag.span() for tag in TAG.finditer(page)), (len(page), len(page))]
    texts = [(end, page[end:start]) for (_, end), (start, _) in pairwise(tags)]
    spoken = [(found.start(2), found[2]) for found in SPOKEN_ATTRIBUTES.finditer(page)]
    found = []
    for at, text in sorted(spoken + texts):
        if re.search(r"[^\W\d_]{2,}", NAMES.sub("", re.sub(r"&\w+;", "", text))):
            words = text.lstrip("\x00 \t\n")
            line = page.count("\n", 0, at + len(text) - len(words)) + 1
            found.append(f"{line}: {' '.join(words.replace(chr(0), '…').split())}")
    return found


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT / "templates")))
def test_a_template_has_no_text_that_cannot_be_translated(path):
    assert untranslated(path.read_text()) == []


@pytest.mark.parametrize(
    ("template", "found"),
    [
        ("<p>Two words</p>", ["1: Two words"]),
        ("<p>{% translate 'Two words' %}</p>", []),
        ("<p>{% blocktranslate %}Two words{% endblocktranslate %}\n {{ n }} words</p>", ["2: words"]),
        ('<a title="Two words" class="some class">{{ x }}</a>', ["1: Two words"]),
        ('{{ name|default:"no name" }}', ['1: name|default:"no name"']),
        ('{{ name|default:_("no name") }} {{ n }} {{ word|pluralize }}', ["1: word|pluralize"]),
        ("<p>CSV, <code>q=dam</code> <kbd>Enter</kbd> · {{ n }}</p>", []),
    ],
)
def test_untranslated_text_is_found(template, found):
    assert untranslated(template) == found


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT / "templates")))
def test_the_translatable_blocks_of_a_template_compile(path):
    engine = Engine.get_default()
    source = path.read_text()
    engine.from_string(source)
    if re.search(r"{% (?:block)?translate\b|_\(", source):
        assert re.search(r"{% load [^%]*\bi18n\b", source), "the template does not load i18n"


def _literal(node: ast.expr) -> bool:
    """Whether xgettext can read the argument: a string, or a name whose string is marked elsewhere."""
    if isinstance(node, ast.Constant):
        return isinstance(node.value, str)
    return isinstance(node, ast.Name | ast.Attribute)


@pytest.mark.parametrize("path", PYTHON, ids=lambda path: str(path.relative_to(ROOT)))
def test_marked_strings_can_be_extracted(path):
    wrong = []
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in GETTEXT:
            texts = node.args[:2] if node.func.id.startswith("n") else node.args[:1]
            wrong += [f"{node.lineno}: {ast.unparse(one)}" for one in texts if not _literal(one)]
    assert wrong == []


def test_a_marked_string_that_is_put_together_cannot_be_extracted():
    call = ast.parse('gettext(f"{n} words")', mode="eval").body
    assert isinstance(call, ast.Call)
    assert not _literal(call.args[0])


def shown_in_python(source: str) -> str:
    """The strings of a module without docstrings and without single words, which are names and values."""
    tree = ast.parse(source)
    statements = {id(n.value) for n in ast.walk(tree) if isinstance(n, ast.Expr)}
    strings = (n.value for n in ast.walk(tree) if isinstance(n, ast.Constant) and id(n) not in statements)
    return "\n".join(one for one in strings if isinstance(one, str) and " " in one)


def prose_of(path: Path) -> str:
    """What a reader sees of a file: strings, texts of a template, a document without examples and code."""
    source = path.read_text()
    if path.suffix == ".py":
        return shown_in_python(source)
    if path.suffix == ".html":
        return re.sub(r"{#.*?#}|{{.*?}}", "", NOT_PROSE.sub("", source))
    # The glossary of the guide for developers lists words that are no longer used.
    source = re.sub(r"^## Glossary$.*?^## ", "", source, flags=re.MULTILINE | re.DOTALL)
    return re.sub(r"^\| \d+ \|[^\n]*$|^    [^\n]*$|`[^`\n]*`", "", source, flags=re.MULTILINE)


@pytest.mark.parametrize(
    "path",
    # The extraction knows English words, and shows none.
    [*TEMPLATES, *DOCUMENTS, *(one for one in PYTHON if not {"migrations", "extraction"} & set(one.parts))],
    ids=lambda path: str(path.relative_to(ROOT)),
)
def test_no_phrase_of_the_old_house_style_is_left(path):
    text = re.sub(r"\s+", " ", prose_of(path)).casefold()
    assert [phrase for phrase in OLD_PHRASES if re.search(rf"\b{phrase}\b", text)] == []
