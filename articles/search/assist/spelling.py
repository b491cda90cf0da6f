"""«Did you mean»: words of the archive that are written nearly so and are ten times as frequent."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.db import connection

from articles.search.query import And, Node, Not, Or, Term, Words
from articles.search.query.nodes import Field, Filter, Near, positive_words
from articles.search.request.query import Question

TIMES_AS_FREQUENT = 10
MOST = 3


@dataclass(frozen=True)
class Suggestion:
    """The query with one word exchanged, and in how many articles that word stands."""

    text: str
    word: str
    count: int
    url: str


_NEARLY = """
SELECT asked.word, w.word, w.documents
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
    """Count anew in how many articles each word of the archive stands, which reads every document.

    And how often each stands in quotes, against which the words of one speaker are held.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT public.archive_count_words()")
        cursor.execute("SELECT public.archive_count_quote_words()")


def count_words_if_grown() -> None:
    """Count anew when the archive has grown by a tenth: small imports need not read it all each time."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) * 10 > coalesce((SELECT documents FROM search_word WHERE word = ''), 0) * 11"
            " FROM search_document"
        )
        if cursor.fetchone() == (True,):
            count_words()


def suggest(question: Question) -> Iterator[Suggestion]:
    root = question.parsed.root
    typed = sorted(
        {term.text for words in positive_words(root) for term in words.terms if len(term.text) > 3}
    )
    if root is None or not typed:
        return
    with connection.cursor() as cursor:
        cursor.execute(_NEARLY, [typed, TIMES_AS_FREQUENT, MOST])
        for word, better, documents in cursor.fetchall():
            text = str(_exchanged(root, word, better))
            yield Suggestion(text, better, documents, question.address.url(q=text))


def _exchanged(node: Node, word: str, better: str) -> Node:
    match node:
        case Words():
            terms = tuple(Term(better, term.prefix) if term.text == word else term for term in node.terms)
            return Words(terms, node.exact)
        case And():
            return And(tuple(_exchanged(part, word, better) for part in node.nodes))
        case Or():
            return Or(tuple(_exchanged(part, word, better) for part in node.nodes))
        case Not():
            return Not(_exchanged(node.node, word, better))
        case Near():
            left, right = (_exchanged(side, word, better) for side in (node.left, node.right))
            return Near(left, right, node.distance)
        case Field():
            return Field(node.name, _exchanged(node.node, word, better))
        case Filter():
            return node
    raise TypeError(node)
