"""Compiles a search request to conditions on the search documents."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from django.utils import timezone

from articles.search.engine.conditions import (
    ARTICLES,
    EVERYTHING,
    NOTHING,
    QUOTES,
    Any_,
    Condition,
    Family,
    Lexemes,
    Plain,
    Sql,
    Table,
    any_lexeme,
    either,
    every,
    lexeme,
    neither,
    to_sql,
)
from articles.search.engine.stems import Tongue
from articles.search.query import And, Field, Filter, Near, Node, Not, Or, Words
from articles.search.query.nodes import PART_FIELDS, Term, is_about_quotes
from articles.search.request.periods import read_period
from articles.search.request.query import Period, SearchRequest

# How the words of a part are indexed: with a prefix of their lexemes, or by a weight label of positions.
FAMILIES = {"headline": "h", "caption": "c", "byline": "b", "kicker": "k"}
LABELS = {"standfirst": "B", "body": "C"}
QUOTE_PARAMETERS = {"speaker", "kind", "standing", "channel"}
LETTERS = {
    "publication": "#p",
    "section": "#s",
    "topic": "#t",
    "author": "#a",
    "speaker": "#k",
    "quoting": "#k",
}
# Longer periods are not looked up by the terms of their years.
MOST_YEARS = 30
# A NEAR with more combinations is decided on the text instead of by a tsquery.
MOST_COMBINATIONS = 1500


@dataclass(frozen=True)
class Atom:
    """A clause about positions. Vectors of long texts lack some positions; then the text decides."""

    table: Table
    node: Words | Near
    place: str


@dataclass(frozen=True)
class Doubt:
    """An atom that must be rechecked on the text of documents that match `loose`.

    `exact` is the tsquery for complete vectors, or None; `sound` if its matches are right even in long texts.
    """

    atom: Atom
    exact: str | None
    loose: str
    sound: bool
    languages: tuple[str, ...]


@dataclass(frozen=True)
class Decided:
    """The result of a recheck: ids that match although their vector does not, and the reverse."""

    missed: tuple[int, ...] = ()
    wrong: tuple[int, ...] = ()


@dataclass
class Compiler:
    """Compiles a request to conditions for the documents of one group of languages."""

    question: SearchRequest
    tongue: Tongue
    decided: Mapping[Atom, Decided] = field(default_factory=dict)
    doubts: list[Doubt] = field(default_factory=list)

    @property
    def table(self) -> Table:
        return QUOTES if self.question.of_quotes else ARTICLES

    def hits(
        self, nodes: Sequence[Node] | None = None, *, without: str = "", quotes: bool = True
    ) -> Condition:
        """The condition of a result: the query (or only these nodes) and all parameters.

        `without` names a parameter whose “any of” values are ignored; `quotes=False` ignores conditions on
        quotes.
        """
        roots = (self.question.parsed.root,) if nodes is None else nodes
        asked = [part for node in roots for part in flat(node) if quotes or not is_about_quotes(part)]
        words = self.group(asked, "", self.table, top=without if quotes else None)
        parts = [*self.frame(), *self.parameters(without), words]
        if self.tongue.languages:
            parts.append(self.in_languages())
        return every(parts)

    def in_languages(self) -> Condition:
        languages = self.tongue.languages
        named = any_lexeme([f"!l{language}" for language in languages if language])
        unnamed = [neither(Family("!l"))] if "" in languages else []
        written = Sql(f"{self.table.column('language')} = ANY(%s)", (list(languages),))
        return Plain(written, same=either([named, *unnamed]))

    def quote(self, *, without: str = "") -> Condition:
        """The conditions of the request on one quote of an article, except those of one parameter."""
        wanted, unwanted = self.quote_parameters(without)
        about = [node for node in flat(self.question.parsed.root) if is_about_quotes(node)]
        return every([*(self.read(node, "", QUOTES) for node in about), *wanted, *map(neither, unwanted)])

    def frame(self) -> list[Condition]:
        """The conditions of visibility and periods. Undated articles are in no period."""
        question, column = self.question, self.table.column
        parts = self.visible(self.table)
        if question.since:
            parts.append(self.ends_after(question.since.first, self.table))
        if question.until:
            parts.append(self.begins_before(question.until.last, self.table))
        parts += self.years()
        if question.added:
            start, end = _moments(question.added)
            parts.append(_true(f"{column('first_public_at')} >= %s", start))
            if not question.added.text.startswith("-"):
                parts.append(_true(f"{column('first_public_at')} < %s", end))
        if question.speaker is not None:
            parts.append(any_lexeme([f"#k{id_}" for id_ in self.ids("speaker", question.speaker.slug)]))
        return parts

    def years(self) -> list[Condition]:
        """The terms of the years of the period; every document lies within one year."""
        since, until = self.question.since, self.question.until
        if since is None or until is None or until.last.year - since.first.year >= MOST_YEARS:
            return []
        return [any_lexeme([f"#y{year}" for year in range(since.first.year, until.last.year + 1)])]

    def ends_after(self, day: dt.date, table: Table) -> Condition:
        """The publication period ends on the day or later. Periods lie within one year."""
        asked = _true(f"{table.column('published_until')} >= %s", day)
        later = Family("#y", day.year + 1, dt.MAXYEAR)
        within = every([any_lexeme([f"#y{day.year}"]), asked])
        whole = (day.month, day.day) == (1, 1)
        return replace(asked, same=Family("#y", day.year, dt.MAXYEAR) if whole else either([later, within]))

    def begins_before(self, day: dt.date, table: Table) -> Condition:
        asked = _true(f"{table.column('published_on')} <= %s", day)
        earlier = Family("#y", 0, day.year - 1)
        within = every([any_lexeme([f"#y{day.year}"]), asked])
        whole = (day.month, day.day) == (12, 31)
        return replace(asked, same=Family("#y", 0, day.year) if whole else either([earlier, within]))

    def visible(self, table: Table) -> list[Condition]:
        # Every document has it, and posted documents are public.
        public = Sql(f"{table.column('visible_from')} <= %s", (self.question.moment,))
        return [Plain(public, same=EVERYTHING)]

    def parameters(self, without: str) -> list[Condition]:
        """The conditions of the parameters on the document itself."""
        parts = []
        for name, values in self.question.any_of.items():
            if name != without and name not in QUOTE_PARAMETERS:
                parts.append(either(self.is_one(name, value) for value in values))
        for name, values in self.question.none_of.items():
            if name not in QUOTE_PARAMETERS:
                parts.append(neither(either(self.is_one(name, value) for value in values)))
        return parts

    def is_one(self, name: str, value: str) -> Condition:
        """The document or quote has this value of a parameter."""
        if name in LETTERS:
            return any_lexeme([f"{LETTERS[name]}{id_}" for id_ in self.ids(name, value)])
        if name == "language":
            return Lexemes(lexeme(f"#l:{value.lower()}"))
        return _true(f"{QUOTES.column(name)} = %s", value)

    def ids(self, name: str, value: str) -> tuple[int, ...]:
        return self.question.named(name, value).ids

    # Quotes: all conditions of one group must hold for the same quote. ------------------------------

    def group(self, nodes: Sequence[Node], place: str, table: Table, *, top: str | None = None) -> Condition:
        """All of the nodes; at top level also the parameters on quotes, except the one named `top`."""
        more_wanted, more_unwanted = ([], []) if top is None else self.quote_parameters(top)
        if table is QUOTES:
            parts = [self.read(node, place, table) for node in nodes]
            return every([*parts, *more_wanted, *(neither(part) for part in more_unwanted)])
        about = [node for node in nodes if is_about_quotes(node)]
        wanted = [self.read(node, "", QUOTES) for node in about if not isinstance(node, Not)] + more_wanted
        unwanted = [
            self.read(node.node, "", QUOTES) for node in about if isinstance(node, Not)
        ] + more_unwanted
        rest = [self.read(node, place, table) for node in nodes if not is_about_quotes(node)]
        if wanted:
            return every([*rest, self.has_quote([*wanted, *(neither(part) for part in unwanted)])])
        # Only negated conditions on quotes: no quote of the article may meet any of them.
        return every([*rest, *(neither(self.has_quote([part])) for part in unwanted)])

    def quote_parameters(self, without: str) -> tuple[list[Condition], list[Condition]]:
        """The positive and the negated conditions of the parameters on a quote."""
        question = self.question
        wanted = [
            either(self.is_one(name, value) for value in values)
            for name, values in question.any_of.items()
            if name in QUOTE_PARAMETERS and name != without
        ]
        unwanted = [
            either(self.is_one(name, value) for value in values)
            for name, values in question.none_of.items()
            if name in QUOTE_PARAMETERS
        ]
        if question.checked != "any":
            wanted.append(_true(f"{QUOTES.column('checked')} = %s", question.checked))
        return wanted, unwanted

    def has_quote(self, parts: Sequence[Condition]) -> Condition:
        """The article has a public quote that meets all of these conditions."""
        asked = every(parts)
        if asked == NOTHING:
            return NOTHING
        if _only_speakers(asked):
            return asked
        where = to_sql(every([*self.visible(QUOTES), asked]), QUOTES)
        chosen = QUOTES.select("q.article_id", where)
        return Plain(Sql(f"{ARTICLES.column('article_id')} IN ({chosen.text})", chosen.params))

    # Words ----------------------------------------------------------------------------------------

    def read(self, node: Node, place: str = "", table: Table | None = None) -> Condition:
        """The condition of a query node on a document of the table."""
        table = table or self.table
        if table is ARTICLES and is_about_quotes(node):
            return self.group([node], place, table)
        match node:
            case And():
                return self.group(node.nodes, place, table)
            case Or():
                return either(self.read(part, place, table) for part in node.nodes)
            case Not():
                return neither(self.read(node.node, place, table))
            case Field():
                return self.field(node, table)
            case Filter():
                return self.filter(node, table)
            case Words():
                return self.words(node, place, table)
            case Near():
                return self.near(node, place, table)
        raise TypeError(node)

    def field(self, node: Field, table: Table) -> Condition:
        if node.name in PART_FIELDS:
            inside = self.read(node.node, node.name, ARTICLES)
            return inside if table is ARTICLES else self.in_article(inside)
        own_words = self.read(node.node, "", QUOTES)
        if node.name == "quote":
            return own_words
        return every([own_words, _true(f"{QUOTES.column('kind')} = %s", node.name)])

    def filter(self, node: Filter, table: Table) -> Condition:
        if node.name == "quoting":
            # The document of an article has the speakers of all its quotes.
            quoted = self.is_one("quoting", node.value)
            return quoted if table is ARTICLES else self.in_article(quoted)
        if node.name not in ("before", "after"):
            return self.is_one(node.name, node.value)
        try:
            period = read_period(node.value, self.question.today)
        except ValueError:
            return NOTHING
        if node.name == "before" and period.first == dt.date.min:
            return NOTHING
        if node.name == "before":
            return self.begins_before(period.first - dt.timedelta(days=1), table)
        return self.ends_after(period.first, table)

    def in_article(self, condition: Condition) -> Condition:
        """For a quote: its article meets this condition."""
        chosen = ARTICLES.select("d.article_id", to_sql(condition, ARTICLES))
        return Plain(Sql(f"{QUOTES.column('article_id')} IN ({chosen.text})", chosen.params))

    def words(self, node: Words, place: str, table: Table) -> Condition:
        exact = self.side_by_side(node, place)
        if len(node.terms) == 1 and place not in LABELS:
            return Lexemes(exact, terms=self.posted(node.terms[0], node.exact, place))
        return self.positional(Atom(table, node, place), exact, self.together(node, place))

    def near(self, node: Near, place: str, table: Table) -> Condition:
        return self.positional(Atom(table, node, place), self.close(node, place), self.together(node, place))

    def positional(self, atom: Atom, exact: str | None, loose: str) -> Condition:
        sound = atom.place not in LABELS
        self.doubts.append(Doubt(atom, exact, loose, sound, self.tongue.languages))
        decided = self.decided.get(atom, Decided())
        found: Condition = NOTHING if exact is None else Lexemes(exact)
        if decided.wrong:
            found = every([found, neither(_one_of(atom.table, decided.wrong))])
        if decided.missed:
            found = either([found, _one_of(atom.table, decided.missed)])
        return found

    def term(self, term: Term, exact: bool, place: str, label: str = "") -> str:
        return lexeme(self.word(term, exact, place), prefix=term.prefix, label=label)

    def word(self, term: Term, exact: bool, place: str) -> str:
        """The lexeme of a term, or the prefix of its lexemes."""
        family = FAMILIES.get(place, "")
        if term.prefix or exact:
            return f"{family}={term.text[:255]}"
        stem = self.tongue.stems[term.text]
        return f"{family}:{stem}" if family else stem

    def posted(self, term: Term, exact: bool, place: str) -> tuple[str, ...]:
        return () if term.prefix else (self.word(term, exact, place),)

    def side_by_side(self, node: Words, place: str) -> str:
        label = LABELS.get(place, "")
        terms = [self.term(term, node.exact, place, label) for term in node.terms]
        return terms[0] if len(terms) == 1 else f"({' <-> '.join(terms)})"

    def together(self, node: Node, place: str) -> str:
        """A tsquery without positions that is a necessary condition of the node."""
        if isinstance(node, Words):
            return f"({' & '.join(self.term(term, node.exact, place) for term in node.terms)})"
        sign = " & " if isinstance(node, Near) else " | "
        return f"({sign.join(self.together(child, place) for child in node.children())})"

    def close(self, node: Near, place: str) -> str | None:
        """NEAR as an OR of all distances in both orders; None if it is nested or has too many."""
        left, right = _alternatives(node.left), _alternatives(node.right)
        if left is None or right is None or len(left) * len(right) * node.distance * 2 > MOST_COMBINATIONS:
            return None
        pairs = [(self.side_by_side(a, place), self.side_by_side(b, place)) for a in left for b in right]
        distances = range(1, node.distance + 1)
        found = [f"{a} <{n}> {b} | {b} <{n}> {a}" for a, b in pairs for n in distances]
        return f"({' | '.join(found)})"


def quotes_matter(question: SearchRequest) -> bool:
    """Whether the request has conditions on quotes, so that other quotes of an article do not count."""
    if question.checked != "any":
        return True
    parameters = {*question.any_of, *question.none_of}
    return bool(parameters & QUOTE_PARAMETERS) or any(
        is_about_quotes(node) for node in flat(question.parsed.root)
    )


def flat(node: Node | None) -> list[Node]:
    """The clauses of the top-level AND."""
    if node is None:
        return []
    return list(node.nodes) if isinstance(node, And) else [node]


def _alternatives(node: Node) -> list[Words] | None:
    if isinstance(node, Words):
        return [node]
    if isinstance(node, Near):
        return None
    found = [_alternatives(child) for child in node.children()]
    return None if any(part is None for part in found) else [words for part in found for words in part or ()]


def _true(text: str, *params: object) -> Plain:
    """A condition that is false where a column is null, so that its negation is true."""
    return Plain(Sql(f"({text}) IS TRUE", params))


def _one_of(table: Table, ids: tuple[int, ...]) -> Condition:
    return Plain(Sql(f"{table.column(table.key)} = ANY(%s)", (list(ids),)))


def _only_speakers(asked: Condition) -> bool:
    """Whether the condition is only about speakers, which the document of the article also has."""
    if isinstance(asked, Any_):
        return all(_only_speakers(part) for part in asked.parts)
    return isinstance(asked, Lexemes) and all(word.startswith("'#k") for word in asked.query.split(" | "))


def _moments(period: Period) -> tuple[dt.datetime, dt.datetime]:
    """The first moment of a period and the first after it, in the archive's time zone."""
    zone = timezone.get_current_timezone()
    end = min(period.last, dt.date.max - dt.timedelta(days=1)) + dt.timedelta(days=1)
    return (
        dt.datetime.combine(period.first, dt.time(), zone),
        dt.datetime.combine(end, dt.time(), zone),
    )


def select_hits(
    compilers: Iterable[Compiler],
    what: str,
    nodes: Sequence[Node] | None = None,
    *,
    without: str = "",
    quotes: bool = True,
) -> Sql:
    """The SELECT of the results, a UNION ALL over the groups of languages."""
    parts = [
        compiler.table.select(
            what, to_sql(compiler.hits(nodes, without=without, quotes=quotes), compiler.table)
        )
        for compiler in compilers
    ]
    params = tuple(param for part in parts for param in part.params)
    return Sql(" UNION ALL ".join(part.text for part in parts), params)
