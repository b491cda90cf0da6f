"""Counts the facets of a large set of articles from bitmaps of postings.

A set is a CTE of bitmap blocks (`bits_…`) and a CTE of its few rows without postings (`fresh_…`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from articles.search.engine.conditions import Sql
from articles.search.engine.postings import Sets

# For each facet the prefix of its terms, and the cast from the rest of a term to the value.
_FAMILIES = {
    "publication": ("#p", "::bigint"),
    "section": ("#s", "::bigint"),
    "topic": ("#t", "::bigint"),
    "speaker": ("#k", "::bigint"),
    "author": ("#a", "::bigint"),
    "language": ("!l", ""),
    "year": ("#y", "::int"),
    "kind": ("!k", ""),
}
_KINDS = {"1": "direct", "2": "mixed", "4": "question", "8": "answer"}
# Facets with an unlimited number of values: the most frequent are counted first, others only if they could
# still rank before those.
MANY = ("topic", "speaker", "author")
FIRST = 64
PEOPLE = ("speaker", "author")


def tables(name: str, sets: Sets, columns: str) -> dict[str, Sql]:
    """The CTEs of a set: its bitmap blocks and its rows without postings."""
    blocks = sets.ids.in_blocks(sets[name] & ~sets.unposted)
    fresh = sets.ids.array(sets[name] & sets.unposted)
    return {
        f"bits_{name}": Sql(
            "SELECT block, bits::bit(30720) FROM unnest(%s::int[], %s::text[]) AS b (block, bits)",
            ([*blocks], [*blocks.values()]),
        ),
        f"fresh_{name}": rows(fresh, columns),
    }


def rows(ids: str, columns: str) -> Sql:
    """The rows of documents with these ids, given as a PostgreSQL array."""
    return Sql(f"SELECT {columns} FROM search_document d WHERE d.article_id = ANY(%s::bigint[])", (ids,))


def counts(
    source: str, names: Sequence[str], chosen: Mapping[str, Sequence[int]], least: Mapping[str, int]
) -> dict[str, Sql]:
    """CTEs with the count of each term of these facets in a set.

    For facets with many values: the terms of at least `least` documents, or else the most frequent ones; and
    those that are chosen or occur in rows without postings.
    """
    few = [_FAMILIES[name][0] for name in names if name not in MANY]
    parts = [Sql("SELECT term FROM posted_term WHERE family = ANY(%s)", (few,))]
    for name in set(names) & set(MANY):
        family, _ = _FAMILIES[name]
        if name in least:
            parts.append(Sql(_LEAST, (family, least[name])))
        else:
            parts.append(Sql(_FREQUENT, (family, FIRST)))
        parts.append(Sql("SELECT unnest(%s::text[])", ([f"{family}{id_}" for id_ in chosen.get(name, ())],)))
        parts.append(Sql(f"SELECT '{family}' || unnest({name}_ids) FROM fresh_{source}"))
    terms = " UNION ".join(f"({part.text})" for part in parts)
    found = {
        f"posted_{source}": Sql(
            _COUNTS.format(terms=terms, source=source),
            tuple(param for part in parts for param in part.params),
        )
    }
    if set(names) & set(PEOPLE):
        found[f"merged_{source}"] = Sql(_MERGED.format(source=source))
    return found


def counted(name: str, source: str, fresh: Sql) -> Sql:
    """The values of a facet with their counts in the set; `fresh` counts its rows without postings."""
    family, type_ = _FAMILIES[name]
    value = f"substr(term, 3){type_}"
    if name == "kind":
        kinds = " ".join(f"WHEN '{bit}' THEN '{kind}'" for bit, kind in _KINDS.items())
        value = f"(CASE {value} {kinds} END)"
    people = name in PEOPLE
    return Sql(
        _COUNTED.format(
            value=value,
            posted=f"posted_{source}",
            alone=f"AND {value} NOT IN (SELECT member FROM families)" if people else "",
            merged=f"UNION ALL SELECT v, n FROM merged_{source} WHERE family = '{family}'" if people else "",
            fresh=fresh.text,
        ),
        (family, *fresh.params),
    )


def next_number(name: str) -> Sql:
    """The number of documents of the most frequent value that is not counted at first."""
    family, _ = _FAMILIES[name]
    return Sql(
        f"SELECT 'next', '{name}', NULL, NULL, coalesce((SELECT number FROM posted_term WHERE family = %s "
        "ORDER BY number DESC OFFSET %s LIMIT 1), 0)",
        (family, FIRST),
    )


_FREQUENT = "SELECT term FROM posted_term WHERE family = %s ORDER BY number DESC LIMIT %s"
_LEAST = "SELECT term FROM posted_term WHERE family = %s AND number >= %s"
# Bits are counted before grouping, so that no bitmap is sorted.
_COUNTS = """
SELECT term, sum(n)::bigint AS n FROM (
  SELECT p.term, bit_count(p.bits & s.bits) AS n
  FROM ({terms}) AS t JOIN posting p ON p.term = t.term JOIN bits_{source} s ON s.block = p.block OFFSET 0
) AS c GROUP BY term
"""
# A speaker and those merged into them count once per document.
_MERGED = """
SELECT family, v, sum(bit_count(f.bits & s.bits))::bigint AS n FROM (
  SELECT letters AS family, f.final AS v, p.block, bit_or(p.bits) AS bits
  FROM families f CROSS JOIN unnest(ARRAY['#k', '#a']) AS letters
  JOIN posting p ON p.term = letters || f.member
  GROUP BY 1, 2, 3
) AS f JOIN bits_{source} s ON s.block = f.block GROUP BY 1, 2
"""
_COUNTED = """
SELECT v, sum(n)::bigint AS n FROM (
  SELECT {value} AS v, n FROM {posted} WHERE left(term, 2) = %s {alone} {merged} UNION ALL {fresh}
) AS c GROUP BY v HAVING sum(n) > 0
"""


def read_by_year() -> Sql:
    """Results reviewed by a person, by year; the year is null for undated ones."""
    return Sql(_READ_BY_YEAR)


_READ_BY_YEAR = """
WITH read AS MATERIALIZED (
  SELECT s.block, s.bits & p.bits AS bits
  FROM bits_hits s JOIN posting p ON p.term = '!r' AND p.block = s.block
), by_year AS MATERIALIZED (
  SELECT substr(term, 3) AS year, sum(n) AS n FROM (
    SELECT p.term, bit_count(p.bits & r.bits) AS n
    FROM posted_term t JOIN posting p ON p.term = t.term JOIN read r ON r.block = p.block
    WHERE t.family = '#y' OFFSET 0
  ) AS c GROUP BY 1
)
SELECT 'read', NULL, year, NULL, sum(n)::bigint FROM (
  SELECT year, n FROM by_year
  UNION ALL SELECT NULL, (SELECT sum(bit_count(bits)) FROM read) - (SELECT coalesce(sum(n), 0) FROM by_year)
  UNION ALL SELECT year::text, n FROM keys WHERE read
) AS c GROUP BY year HAVING sum(n) > 0
"""


def stretches(sets: Sets) -> Sql:
    """Results by publication period and review."""
    return Sql(
        "SELECT 'stretch', (d.quotes_state = 'read')::text, d.published_on::text, d.published_until::text, "
        "count(*) FROM search_document d WHERE get_bit(%s::bit varying, d.article_id::int) = 1 "
        "AND d.published_on IS NOT NULL GROUP BY 2, 3, 4",
        (sets.ids.written(sets["hits"]),),
    )
