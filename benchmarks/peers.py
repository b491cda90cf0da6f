"""Other search engines that answer the same requests: Tantivy and SQLite FTS5.

Both give what the engine of the archive gives: the 20 best ids, the exact number of results and five exact
facets. They know nothing of visibility, explanations or excerpts.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Protocol

import tantivy
from django.db import connection

from articles.search import SearchRequest
from articles.search.index.stemmers import stem, stemmer_of
from articles.search.query import And, Near, Node, Not, Or, Words, words

FACETS = ("publication", "section", "year", "topic", "speaker")
SHOWN = 20
BATCH = 2_000
# More than the speakers of any benchmark.
MOST_VALUES = 65_000
ENGLISH = stemmer_of("en")
_ROWS = """
SELECT a.id, a.headline, a.body, a.publication_id, coalesce(a.section_id, 0),
  extract(year FROM a.published_on)::int, d.topic_ids, d.speaker_ids
FROM articles_article a JOIN search_document d ON d.article_id = a.id WHERE a.id > %s ORDER BY a.id LIMIT %s
"""


@dataclass(frozen=True)
class Row:
    """An article with its words, and its ids by facet."""

    id: int
    words: list[str]
    facets: dict[str, list[int]]


class Peer(Protocol):
    name: str

    def answer(self, request: SearchRequest) -> tuple[list[int], int]:
        """Return the first ids and the number of results; counts the facets too."""


def rows() -> Iterator[Row]:
    """All articles of the archive."""
    last = 0
    with connection.cursor() as cursor:
        while True:
            cursor.execute(_ROWS, [last, BATCH])
            found = cursor.fetchall()
            for last, headline, body, publication, section, year, topics, speakers in found:
                values = ([publication], [section], [year], topics, speakers)
                yield Row(last, words(f"{headline} {body}"), dict(zip(FACETS, values, strict=True)))
            if len(found) < BATCH:
                return


def _conditions(request: SearchRequest) -> Iterator[tuple[str, int, int]]:
    """The conditions of a benchmark's request as (facet, least, most)."""
    for name in ("publication", "speaker"):
        for value in request.any_of.get(name, ()):
            for id_ in request.named(name, value).ids[:1]:
                yield name, id_, id_
    if request.since and request.until:
        yield "year", request.since.first.year, request.until.last.year


class Tantivy:
    """One field of words and one of their stems, in memory-mapped files."""

    name = "tantivy"

    def __init__(self, folder: Path) -> None:
        builder = tantivy.SchemaBuilder()
        for name in ("word", "stem"):
            builder.add_text_field(name, tokenizer_name="whitespace")
        builder.add_integer_field("id", stored=True)
        for name in FACETS:
            builder.add_integer_field(name, fast=True, indexed=True)
        self.schema = builder.build()
        folder.mkdir(exist_ok=True)
        index = tantivy.Index(self.schema, str(folder))
        writer = index.writer(512_000_000, 2)
        for row in rows():
            document = tantivy.Document(id=row.id, **row.facets)
            document.add_text("word", " ".join(row.words))
            document.add_text("stem", " ".join(stem(ENGLISH, word) for word in row.words))
            writer.add_document(document)
        writer.commit()
        writer.wait_merging_threads()
        index.reload()
        self.searcher = index.searcher()

    def answer(self, request: SearchRequest) -> tuple[list[int], int]:
        query = self._with_conditions(request)
        found = self.searcher.search(query, SHOWN, count=True)
        self.searcher.aggregate(
            query, {name: {"terms": {"field": name, "size": MOST_VALUES}} for name in FACETS}
        )
        return [self.searcher.doc(place)["id"][0] for _, place in found.hits], found.count

    def _with_conditions(self, request: SearchRequest) -> tantivy.Query:
        must = [(tantivy.Occur.Must, self._query(request.parsed.root))]
        for name, least, most in _conditions(request):
            of = tantivy.Query.range_query(self.schema, name, tantivy.FieldType.Integer, least, most)
            must.append((tantivy.Occur.Must, of))
        return tantivy.Query.boolean_query(must)

    def _query(self, node: Node | None) -> tantivy.Query:
        query = tantivy.Query
        if node is None:
            return query.all_query()
        if isinstance(node, Words):
            return self._words(node)
        if isinstance(node, Near):
            sides = [stem(ENGLISH, each.terms[0].text) for each in (node.left, node.right)]  # type: ignore[attr-defined]  # words
            return query.phrase_query(self.schema, "stem", sides, slop=node.distance)
        if isinstance(node, Not):
            without = [
                (tantivy.Occur.Must, query.all_query()),
                (tantivy.Occur.MustNot, self._query(node.node)),
            ]
            return query.boolean_query(without)
        if not isinstance(node, And | Or):
            raise TypeError(node)
        occur = tantivy.Occur.Must if isinstance(node, And) else tantivy.Occur.Should
        parts = [
            (tantivy.Occur.MustNot, self._query(child.node))
            if isinstance(child, Not)
            else (occur, self._query(child))
            for child in node.nodes
        ]
        return query.boolean_query(parts)

    def _words(self, node: Words) -> tantivy.Query:
        query = tantivy.Query
        term = node.terms[0]
        if len(node.terms) > 1:
            return query.phrase_query(self.schema, "word", [each.text for each in node.terms])
        if term.prefix:
            return query.regex_query(self.schema, "word", f"{term.text}.*")
        if node.exact:
            return query.term_query(self.schema, "word", term.text)
        return query.term_query(self.schema, "stem", stem(ENGLISH, term.text))


class Fts5:
    """A contentless FTS5 table with the Porter stemmer; phrases and exact words match stems."""

    name = "sqlite fts5"

    def __init__(self, folder: Path) -> None:
        folder.mkdir(exist_ok=True)
        self.database = sqlite3.connect(folder / "fts5.db")
        self.database.executescript(
            "PRAGMA journal_mode = off; PRAGMA synchronous = off;"
            "CREATE VIRTUAL TABLE text USING fts5(words, content = '', tokenize = 'porter unicode61');"
            "CREATE TABLE value (name TEXT, id INTEGER, article INTEGER);"
        )
        every = rows()
        while batch := list(islice(every, BATCH)):
            self.database.executemany(
                "INSERT INTO text (rowid, words) VALUES (?, ?)",
                ((row.id, " ".join(row.words)) for row in batch),
            )
            self.database.executemany(
                "INSERT INTO value VALUES (?, ?, ?)",
                ((name, id_, row.id) for row in batch for name, ids in row.facets.items() for id_ in ids),
            )
        self.database.executescript(
            "CREATE INDEX by_article ON value (article, name, id); CREATE INDEX by_value ON value (name, id);"
            "CREATE TEMP TABLE hit (id INTEGER PRIMARY KEY, rank REAL); ANALYZE;"
        )

    def answer(self, request: SearchRequest) -> tuple[list[int], int]:
        run = self.database.execute
        run("DELETE FROM hit")
        where, params = ["1"], []
        for name, least, most in _conditions(request):
            where.append("rowid IN (SELECT article FROM value WHERE name = ? AND id BETWEEN ? AND ?)")
            params += [name, least, most]
        if request.parsed.root is None:
            run("INSERT INTO hit SELECT DISTINCT article, 0 FROM value WHERE name = 'publication'")
        else:
            run(
                f"INSERT INTO hit SELECT rowid, rank FROM text WHERE text MATCH ? AND {' AND '.join(where)}",
                [_expression(request.parsed.root), *params],
            )
        ids = [id_ for (id_,) in run("SELECT id FROM hit ORDER BY rank LIMIT ?", [SHOWN])]
        for name in FACETS:
            run(
                # CROSS JOIN: the hits first.
                "SELECT value.id, count(*) FROM hit CROSS JOIN value"
                " ON article = hit.id AND name = ? GROUP BY 1",
                [name],
            ).fetchall()
        (number,) = run("SELECT count(*) FROM hit").fetchone()
        return ids, number


def _expression(node: Node) -> str:
    """The query in FTS5's language."""
    if isinstance(node, Words):
        text = '"' + " ".join(term.text for term in node.terms) + '"'
        return f"{text}*" if node.terms[-1].prefix else text
    if isinstance(node, Near):
        return f"NEAR({_expression(node.left)} {_expression(node.right)}, {node.distance})"
    if isinstance(node, Or):
        return "(" + " OR ".join(map(_expression, node.nodes)) + ")"
    if not isinstance(node, And):
        raise TypeError(node)
    wanted = [_expression(child) for child in node.nodes if not isinstance(child, Not)]
    unwanted = [_expression(child.node) for child in node.nodes if isinstance(child, Not)]
    return "(" + " NOT ".join([f"({' AND '.join(wanted)})", *unwanted]) + ")"


def opened(folder: Path) -> list[Peer]:
    """Build all peers from the articles of the archive."""
    return [Tantivy(folder / "tantivy"), Fts5(folder / "fts5")]
