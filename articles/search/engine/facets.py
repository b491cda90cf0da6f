"""Facets. The count of a value is the number of results if it alone were chosen."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from articles.search.engine import posted
from articles.search.engine.conditions import ARTICLES, QUOTES, Condition, Sql, either, every, to_sql
from articles.search.engine.documents import QUOTE_PARAMETERS, Compiler, flat, quotes_matter, select_hits
from articles.search.query.nodes import is_about_quotes
from articles.search.request.query import SearchRequest

SHOWN = 10
LABELS = {
    "publication": "Publication",
    "section": "Section",
    "topic": "Topic",
    "speaker": "Speaker",
    "author": "Author",
    "language": "Language",
    "kind": "Quote type",
    "year": "Year",
}
_NAMES = {
    "publication": "articles_publication",
    "section": "articles_section",
    "topic": "articles_topic",
    "speaker": "articles_speaker",
    "author": "articles_speaker",
}
_LISTS = {"topic": "topic_ids", "author": "author_ids", "speaker": "speaker_ids"}
_KINDS = "('direct', 1), ('mixed', 2), ('question', 4), ('answer', 8)"
_COLUMNS = {"publication": "publication_id", "section": "section_id", "speaker": "speaker_id"}

# Every column is materialized for each result, so optional ones are added only where needed.
ARTICLE_COLUMNS = (
    "d.article_id AS id, d.published_on, d.publication_id, d.section_id, d.topic_ids, d.author_ids, "
    "d.speaker_ids, d.language, d.year, d.kinds, d.published_until, d.quotes_state = 'read' AS read"
)
QUOTE_COLUMNS = (
    "q.quote_id AS id, q.article_id, q.published_on, q.publication_id, q.section_id, q.topic_ids, "
    "q.author_ids, q.speaker_id, q.language, q.year, q.kind, q.published_until, q.checked = 'person' AS read"
)
# Merged speakers and their canonical speaker; speakers in a merge cycle are their own.
FAMILIES = """
families (member, final) AS (
  WITH RECURSIVE up (member, final) AS (
    SELECT id, merged_into_id FROM articles_speaker WHERE merged_into_id IS NOT NULL
    UNION SELECT u.member, s.merged_into_id FROM up u JOIN articles_speaker s ON s.id = u.final
      WHERE s.merged_into_id IS NOT NULL
  ), ends AS (
    SELECT u.member, u.final FROM up u WHERE NOT EXISTS (SELECT FROM up w WHERE w.member = u.final)
  )
  SELECT member, final FROM ends UNION SELECT final, final FROM ends
)"""


@dataclass(frozen=True)
class FacetValue:
    value: str
    label: str
    count: int
    selected: bool
    excluded: bool
    url: str
    exclude_url: str


@dataclass(frozen=True)
class Facet:
    name: str
    label: str
    values: tuple[FacetValue, ...]
    more: bool


def names(question: SearchRequest) -> tuple[str, ...]:
    """The names of the facets of a request; a speaker's page has no speaker facet."""
    return tuple(name for name in LABELS if not (name == "speaker" and question.scope == "speaker"))


def columns(question: SearchRequest) -> str:
    table, always = (QUOTES, QUOTE_COLUMNS) if question.of_quotes else (ARTICLES, ARTICLE_COLUMNS)
    asked = ["first_public_at"] if question.sort == "added" else []
    if question.copies == "one":
        asked += ["copy_of"] if question.of_quotes else ["copy_of", "article_id"]
    return ", ".join([always, *map(table.column, asked)])


def sources(compilers: Sequence[Compiler]) -> dict[str, Sql]:
    """The sets besides `hits` in which facets count: results without the values chosen in the facet."""
    what = columns(compilers[0].question)
    return {name: select_hits(compilers, what, **how) for name, how in _beside(compilers[0].question).items()}


def conditions(compilers: Sequence[Compiler]) -> dict[str, Condition]:
    """The conditions of these sets."""
    beside = _beside(compilers[0].question)
    return {name: either(compiler.hits(**how) for compiler in compilers) for name, how in beside.items()}


def _beside(question: SearchRequest) -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = {}
    for name in names(question):
        source = _set(question, name)
        if source == "beside_quotes":
            found[source] = {"quotes": False}
        elif source == f"without_{name}":
            found[source] = {"without": name}
    return found


def can_be_of_bits(question: SearchRequest, dense: Collection[str]) -> bool:
    """Whether all facets can be counted from bitmaps of these sets."""
    if question.group and _set(question, question.group) in dense:
        return False
    dense_names = (name for name in names(question) if _set(question, name) in dense)
    return not any(_joins_quotes(question, name) for name in dense_names)


def keys(question: SearchRequest, source: str = "hits") -> Sql:
    """The results grouped by the columns with few values: one scan for five facets and the count."""
    kind = "kind" if question.of_quotes else "kinds"
    columns = f"publication_id, section_id, language, year, {kind}, read"
    return Sql(f"SELECT {columns}, count(*) AS n FROM {source} GROUP BY {columns}")


def read_by_year() -> Sql:
    """Results reviewed by a person, by year; the year is null for undated ones."""
    return Sql("SELECT 'read', NULL, year::text, NULL, sum(n)::bigint FROM keys WHERE read GROUP BY year")


def stretches() -> Sql:
    """Results by publication period and review, if all lie within two years."""
    # The condition on `keys` is evaluated once; if it fails, `hits` is not scanned again.
    return Sql(
        "SELECT 'stretch', read::text, published_on::text, published_until::text, count(*) FROM hits "
        "WHERE (SELECT max(year) - min(year) FROM keys) < 2 AND published_on IS NOT NULL GROUP BY 2, 3, 4"
    )


def counts(
    compilers: Sequence[Compiler],
    name: str,
    *,
    what: str = "",
    shown: int = SHOWN,
    dense: Collection[str] = (),
) -> Sql:
    """The rows of one facet: name, id, slug, label and count of each value.

    Sets in `dense` are counted from bitmaps.
    """
    question = compilers[0].question
    source = _set(question, name)
    if source in dense:
        values = posted.counted(name, source, _counted(compilers, name, f"fresh_{source}"))
    else:
        values = _counted(compilers, name, source)
    ranked = f"SELECT v, n, row_number() OVER (ORDER BY n DESC, v) AS r FROM ({values.text}) AS c"
    chosen = question.any_of.get(name, ()) + question.none_of.get(name, ())
    if name in _NAMES:
        keep = [id_ for value in chosen for id_ in question.named(name, value).ids]
        text = (
            f"SELECT '{what or name}', t.id::text, t.slug, t.name, f.n FROM ({ranked}) AS f "
            f"JOIN {_NAMES[name]} t ON t.id = f.v WHERE f.r <= {shown + 1} OR f.v = ANY(%s::bigint[])"
        )
        return Sql(text, (*values.params, keep))
    limit = "" if name == "year" else f"WHERE f.r <= {shown + 1} OR f.v = ANY(%s::text[])"
    text = f"SELECT '{what or name}', f.v::text, f.v::text, f.v::text, f.n FROM ({ranked}) AS f {limit}"
    return Sql(text, values.params if name == "year" else (*values.params, list(chosen)))


def bits_counted(question: SearchRequest, dense: Collection[str], least: Mapping[str, int]) -> dict[str, Sql]:
    """CTEs that count the `dense` sets from bitmaps: all facets, or those with a `least`."""
    chosen = {
        name: question.ids(name, question.any_of.get(name, ()) + question.none_of.get(name, ()))
        for name in posted.MANY
    }
    found: dict[str, Sql] = {}
    for source in dense:
        counted = [name for name in least or names(question) if _set(question, name) == source]
        found |= posted.counts(source, counted, chosen, least)
    return found


def dense_in_many(question: SearchRequest, dense: Collection[str]) -> list[str]:
    """The facets with many values that are counted from bitmaps, at first only the most frequent."""
    return [name for name in names(question) if name in posted.MANY and _set(question, name) in dense]


def _counted(compilers: Sequence[Compiler], name: str, source: str) -> Sql:
    """The values of a facet and their counts in a set."""
    question = compilers[0].question
    of_people = name in ("speaker", "author")
    of_rows = name not in _LISTS and not of_people and not _joins_quotes(question, name)
    if of_rows and source.removeprefix("fresh_") == "hits":
        return Sql(_FROM_KEYS.format(pairs=_values("keys", "s.n", name, question)))
    pairs = _pairs(compilers, name, source)
    if question.copies == "one" and name != "year":
        if of_people:
            pairs = Sql(_FINAL.format(pairs=pairs.text), pairs.params)
        return Sql(_COUNTED.format(pairs=_ONE_COPY.format(pairs=pairs.text)), pairs.params)
    counted = _MERGED if of_people else _COUNTED
    return Sql(counted.format(pairs=pairs.text), pairs.params * counted.count("{pairs}"))


_FROM_KEYS = "SELECT v, sum(n)::bigint AS n FROM ({pairs}) AS p WHERE v IS NOT NULL GROUP BY v"
# Counts first and filters then (OFFSET 0 keeps the order): there are fewer values than pairs.
_COUNTED = """
SELECT v, n FROM (SELECT v, count(*) AS n FROM ({pairs}) AS p GROUP BY v OFFSET 0) AS c WHERE v IS NOT NULL"""
# count(DISTINCT) is slow, and only merged speakers can occur twice in one document; without merges there is
# no second scan.
_MERGED = f"""
{_COUNTED} AND v NOT IN (SELECT member FROM families)
UNION ALL
SELECT f.final, count(DISTINCT p.id) FROM ({{pairs}}) AS p JOIN families f ON f.member = p.v
WHERE EXISTS (SELECT FROM families) GROUP BY 1
"""
_FINAL = """
SELECT DISTINCT p.id, p.article_id, p.copy_of, coalesce(f.final, p.v) AS v
FROM ({pairs}) AS p LEFT JOIN families f ON f.member = p.v
"""
_ONE_COPY = """
SELECT id, v FROM (
  SELECT id, v, dense_rank() OVER (
    PARTITION BY v, coalesce(copy_of, article_id) ORDER BY copy_of IS NOT NULL, article_id
  ) AS r FROM ({pairs}) AS p
) AS ranked WHERE r = 1
"""


def _pairs(compilers: Sequence[Compiler], name: str, source: str) -> Sql:
    """Pairs of a document of a set and a value."""
    question = compilers[0].question
    if _joins_quotes(question, name):
        return _quote_pairs(compilers, name, source)
    return Sql(_values(source, _known_of(question), name, question))


def _known_of(question: SearchRequest) -> str:
    """The columns of the document in a pair."""
    return "s.id, s.article_id, s.copy_of" if question.copies == "one" else "s.id"


def _values(source: str, what: str, name: str, question: SearchRequest) -> str:
    if name in _LISTS and not (name == "speaker" and question.of_quotes):
        # unnest() in the select list is ten times as fast as a lateral call for every row.
        values = f"s.{_LISTS[name]}"
        return f"SELECT {what}, unnest({values}) AS v FROM {source} s WHERE cardinality({values}) > 0"
    if name == "kind" and not question.of_quotes:
        kinds = f"(VALUES {_KINDS}) AS k (name, bit)"
        return f"SELECT {what}, k.name AS v FROM {source} s JOIN {kinds} ON s.kinds & k.bit <> 0"
    column = "nullif(s.language, '')" if name == "language" else f"s.{_COLUMNS.get(name, name)}"
    return f"SELECT {what}, {column} AS v FROM {source} s"


def without_speaker(compilers: Sequence[Compiler]) -> Sql:
    """The row with the number of results without a named speaker."""
    question, params = compilers[0].question, ()
    if question.of_quotes:
        where = "s.speaker_id IS NULL"
    elif _joins_quotes(question, "speaker"):
        pairs = _quote_pairs(compilers, "speaker", "hits")
        where = f"s.id NOT IN (SELECT id FROM ({pairs.text}) AS p WHERE v IS NOT NULL)"
        params = pairs.params
    else:
        where = "cardinality(s.speaker_ids) = 0"
    return Sql(f"SELECT 'without speaker', NULL, NULL, NULL, count(*) FROM hits s WHERE {where}", params)


def says_without_speaker(question: SearchRequest) -> bool:
    """Whether results without a speaker are counted: for quotes, and for articles grouped by speaker."""
    return question.group == "speaker" or question.scope == "quotes"


def _set(question: SearchRequest, name: str) -> str:
    """The set in which a facet counts: the results if nothing were chosen in it."""
    if _joins_quotes(question, name) and not _one_quote_is_meant(question, name):
        return "beside_quotes"
    if question.any_of.get(name) and not _joins_quotes(question, name):
        return f"without_{name}"
    # Years count the copies shown; every other facet chooses its own copy.
    return "copied" if question.copies == "one" and name != "year" else "hits"


def _quote_pairs(compilers: Sequence[Compiler], name: str, source: str) -> Sql:
    """Pairs of an article and the speakers or kinds of its quotes that meet the conditions on quotes."""
    what = _known_of(compilers[0].question)
    parts = []
    for compiler in compilers:
        asked = every([*compiler.visible(QUOTES), compiler.quote(without=name)])
        where = to_sql(asked, QUOTES)
        join = f"JOIN quote_document q ON q.article_id = s.id WHERE {where.text}"
        params = where.params
        if compiler.tongue.languages:
            join += " AND q.language = ANY(%s)"
            params = (*params, list(compiler.tongue.languages))
        value = "speaker_id" if name == "speaker" else "kind"
        parts.append(
            Sql(
                f"SELECT DISTINCT {what}, q.{value} AS v FROM {source} s {join}",
                params,
            )
        )
    return Sql(
        " UNION ALL ".join(part.text for part in parts), tuple(p for part in parts for p in part.params)
    )


def _joins_quotes(question: SearchRequest, name: str) -> bool:
    """Whether the facet must be counted from quotes instead of from the documents of articles."""
    if question.of_quotes or name not in ("speaker", "kind") or not quotes_matter(question):
        return False
    # If a speaker is the only condition on quotes, all quotes of the other speakers count.
    nothing_else = not question.as_of and question.checked == "any" and not _quote_values(question.none_of)
    asked = any(is_about_quotes(node) for node in flat(question.parsed.root))
    alone = nothing_else and not asked and _quote_values(question.any_of) == {"speaker"}
    return not (alone and name == "speaker")


def _one_quote_is_meant(question: SearchRequest, name: str) -> bool:
    """Whether values are chosen only in another facet of quotes; then the facet counts in the results."""
    return not question.any_of.get(name) and bool(_quote_values(question.any_of))


def _quote_values(asked: Mapping[str, tuple[str, ...]]) -> set[str]:
    return {name for name, values in asked.items() if values and name in QUOTE_PARAMETERS}
