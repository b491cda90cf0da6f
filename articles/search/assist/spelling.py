"""Other spellings: similar words that are ten times as frequent, and words written as one or as two."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from django.db import connection, transaction

from articles.search.assist.relaxations import Relaxation, of_words
from articles.search.assist.spelling_variants import Variant, attempts_of, variants_of, words_of
from articles.search.engine.searcher import Searcher
from articles.search.index.frequencies import frequencies
from articles.search.index.snapshot import one_snapshot
from articles.search.query import And, Node, Not, Or, Term, Words
from articles.search.query.nodes import Field, Near, positive_words
from articles.search.request.query import SearchRequest

# Words are corrected, and divided at every place, for answers with fewer results than this.
FEW = 5
TIMES_AS_FREQUENT = 10
MOST = 3
# Shorter words are not corrected.
SHORTEST = 4


_SIMILAR = """
SELECT asked.word, w.word
FROM unnest(%s::text[]) AS asked (word)
LEFT JOIN search_word known ON known.word = asked.word
CROSS JOIN LATERAL (
  SELECT s.word, s.documents FROM search_word s
  WHERE s.word %% asked.word AND s.word <> asked.word
    AND s.documents >= %s * greatest(1, coalesce(known.documents, 0))
    AND abs(length(s.word) - length(asked.word)) <= 2
  ORDER BY similarity(s.word, asked.word) DESC, s.documents DESC, s.word LIMIT 1
) w
ORDER BY similarity(w.word, asked.word) DESC, w.word
LIMIT %s
"""


def count_words() -> None:
    """Recount the words of public articles and quotes from all postings.

    The frequencies in quotes are the reference corpus of `speakers.keyness`. The empty word is all documents,
    and all uses; a word in a single document is left out.
    """
    with one_snapshot():
        articles, quotes = frequencies("article"), frequencies("quote")
    uses = sum(number for _, number in quotes.words.values())
    with transaction.atomic(), connection.cursor() as cursor:
        # One at a time; readers see the former count until the new one is complete.
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('count_words'))")
        cursor.execute("DELETE FROM search_word; DELETE FROM quote_word")
        with cursor.copy("COPY search_word (word, documents) FROM STDIN") as copy:
            copy.write_row(("", articles.documents))
            for word, (documents, _) in articles.words.items():
                if documents > 1 and len(word) >= SHORTEST:
                    copy.write_row((word, documents))
        with cursor.copy("COPY quote_word (word, quotes, uses) FROM STDIN") as copy:
            copy.write_row(("", quotes.documents, uses))
            for word, (documents, number) in quotes.words.items():
                if documents > 1:
                    copy.write_row((word, documents, number))


def count_words_if_grown() -> None:
    """Recount when the archive has grown by a tenth, so that small imports do not read every document."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) * 10 > coalesce((SELECT documents FROM search_word WHERE word = ''), 0) * 11"
            " FROM search_document"
        )
        if cursor.fetchone() == (True,):
            count_words()


def spellings(
    request: SearchRequest, count: int, searcher: Searcher
) -> tuple[tuple[Relaxation, ...], tuple[Variant, ...]]:
    """Other spellings for a query with so many results, and other ways to write its words.

    Words of more than three letters are corrected where a search of today has few results: all of them, then
    each alone, the most similar first.
    """
    root = request.parsed.root
    words = (term.text for words in positive_words(root) for term in words.terms)
    # Word frequencies are those of today's archive.
    suggest = count < FEW and not request.as_of
    typed = sorted({word for word in words if len(word) >= SHORTEST}) if suggest else []
    attempts = list(attempts_of(root, everywhere=count < FEW))
    if root is None or not (typed or attempts):
        return (), ()
    similar: list[tuple[str, str]] = []
    if typed:
        with connection.cursor() as cursor:
            cursor.execute(_SIMILAR, [typed, TIMES_AS_FREQUENT, MOST])
            similar = cursor.fetchall()
    known = searcher.known_words(request, words_of(attempts))
    variants = variants_of(request.parsed.text, attempts, known)
    return tuple(_suggestions(request, root, similar)), tuple(variants)


def _suggestions(
    request: SearchRequest, root: Node, similar: Sequence[tuple[str, str]]
) -> Iterator[Relaxation]:
    for pairs in ([similar] if len(similar) > 1 else []) + [[pair] for pair in similar]:
        corrected = root
        for word, better in pairs:
            corrected = _replace_word(corrected, word, better)
        yield from of_words(request, "spelling", pairs[0][1], str(corrected))


def _replace_word(node: Node, word: str, better: str) -> Node:
    match node:
        case Words():
            terms = tuple(Term(better, term.prefix) if term.text == word else term for term in node.terms)
            return replace(node, terms=terms)
        case And() | Or():
            return replace(node, nodes=tuple(_replace_word(part, word, better) for part in node.nodes))
        case Near():
            left, right = (_replace_word(side, word, better) for side in (node.left, node.right))
            return replace(node, left=left, right=right)
        case Not() | Field():
            return replace(node, node=_replace_word(node.node, word, better))
    return node
