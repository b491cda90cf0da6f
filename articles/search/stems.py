"""Stems as the server makes them, and the languages that the archive holds."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db import connection

from articles.querylang import Node, Words

# Each language is found by one step in the index of languages: a DISTINCT would read every document.
_STEMS = """
WITH RECURSIVE languages AS (
  (SELECT language FROM search_document ORDER BY language LIMIT 1)
  UNION ALL
  SELECT (SELECT d.language FROM search_document d WHERE d.language > l.language ORDER BY d.language LIMIT 1)
  FROM languages l WHERE l.language IS NOT NULL
)
SELECT l.language, w.word, public.archive_stem(w.word, l.language)
FROM languages l CROSS JOIN unnest(%s::text[]) AS w (word) WHERE l.language IS NOT NULL
"""


@dataclass(frozen=True)
class Tongue:
    """Languages in which the words of a query have the same stems; no languages means all of them."""

    languages: tuple[str, ...]
    stems: Mapping[str, str]


def plain_words(nodes: Iterable[Node]) -> list[str]:
    """The words that are searched by their stems."""
    found = {
        term.text
        for root in nodes
        for node in root.walk()
        if isinstance(node, Words) and not node.exact
        for term in node.terms
        if not term.prefix
    }
    return sorted(found)


def tongues(words: list[str]) -> list[Tongue]:
    """The languages of the archive, grouped by how these words are stemmed in them."""
    if not words:
        return [Tongue((), {})]
    stems: dict[str, dict[str, str]] = defaultdict(dict)
    with connection.cursor() as cursor:
        cursor.execute(_STEMS, [words])
        for language, word, stem in cursor:
            stems[language][word] = stem
    groups: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for language in sorted(stems):
        groups[tuple(stems[language][word] for word in words)].append(language)
    if len(groups) < 2:
        only = next(iter(groups), tuple(words))
        return [Tongue((), dict(zip(words, only, strict=True)))]
    return [Tongue(tuple(group), dict(zip(words, found, strict=True))) for found, group in groups.items()]


def stems_of(words: Mapping[str, Iterable[str]]) -> dict[tuple[str, str], str]:
    """The stems of many words, by language and word."""
    pairs = [(language, word) for language, given in words.items() for word in given]
    if not pairs:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT u.language, u.word, public.archive_stem(u.word, u.language) "
            "FROM unnest(%s::text[], %s::text[]) AS u (language, word)",
            [[language for language, _ in pairs], [word for _, word in pairs]],
        )
        return {(language, word): stem for language, word, stem in cursor}
