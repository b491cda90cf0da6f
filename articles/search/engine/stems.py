"""Stems from the database server, and groups of languages with equal stems."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db import connection

from articles.search.query import Node, Words

# Stems may differ between server releases, so they are cached for each release.
_KNOWN: dict[int, dict[tuple[str, str], str]] = {}
_MOST_KNOWN = 200_000
# Finds each language with one index look-up (loose index scan): DISTINCT would read every document. Includes
# past languages, so that a search of the past is compiled like the same search today.
_LANGUAGES_OF = """
{name} AS (
  (SELECT language FROM public.{table} ORDER BY language LIMIT 1)
  UNION ALL
  SELECT (SELECT d.language FROM public.{table} d WHERE d.language > l.language ORDER BY d.language LIMIT 1)
  FROM {name} l WHERE l.language IS NOT NULL
)"""
_LANGUAGES = f"""
WITH RECURSIVE {_LANGUAGES_OF.format(name="present", table="search_document")},
{_LANGUAGES_OF.format(name="past", table="search_document_past")}
SELECT language FROM present WHERE language IS NOT NULL
UNION SELECT language FROM past WHERE language IS NOT NULL
"""


@dataclass(frozen=True)
class Tongue:
    """A group of languages in which the words of a query have the same stems; empty means all."""

    languages: tuple[str, ...]
    stems: Mapping[str, str]


def plain_words(nodes: Iterable[Node]) -> list[str]:
    """The words that are searched by stem."""
    found = {
        term.text
        for root in nodes
        for node in root.walk()
        if isinstance(node, Words) and not node.exact
        for term in node.terms
        if not term.prefix
    }
    return sorted(found)


def stems_by_language(words: list[str]) -> dict[str, dict[str, str]]:
    """The stem of each word in each language of the archive."""
    with connection.cursor() as cursor:
        cursor.execute(_LANGUAGES)
        languages = [language for (language,) in cursor]
    stems: dict[str, dict[str, str]] = defaultdict(dict)
    for (language, word), stem in stems_of(dict.fromkeys(languages, words)).items():
        stems[language][word] = stem
    return stems


def tongues(words: list[str], stems: Mapping[str, Mapping[str, str]]) -> list[Tongue]:
    """The languages of the archive, grouped by the stems of these words."""
    if not words:
        return [Tongue((), {})]
    groups: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for language in sorted(stems):
        groups[tuple(stems[language][word] for word in words)].append(language)
    if len(groups) < 2:
        only = next(iter(groups), tuple(words))
        return [Tongue((), dict(zip(words, only, strict=True)))]
    return [Tongue(tuple(group), dict(zip(words, found, strict=True))) for found, group in groups.items()]


def _release() -> int:
    return connection.pg_version  # type: ignore[attr-defined]  # of this database's own wrapper


def stems_met(language: str, words: Iterable[str]) -> dict[tuple[str, str], str]:
    """The stems in the cache of this process, without a query."""
    known = _KNOWN.get(_release(), {})
    return {pair: stem for word in words if (stem := known.get(pair := (language, word))) is not None}


def stems_of(words: Mapping[str, Iterable[str]]) -> dict[tuple[str, str], str]:
    """The stems of words by (language, word), from the cache or the database."""
    known = _KNOWN.setdefault(_release(), {})
    asked = {(language, word) for language, given in words.items() for word in given}
    found = {pair: known[pair] for pair in asked if pair in known}
    if unknown := asked - found.keys():
        stemmed = _stemmed(sorted(unknown))
        # Safe for other threads: they hold a reference to the old dict.
        if len(known) > _MOST_KNOWN:
            known = _KNOWN[_release()] = {}
        known.update(stemmed)
        found.update(stemmed)
    return found


def _stemmed(pairs: Sequence[tuple[str, str]]) -> dict[tuple[str, str], str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT u.language, u.word, public.archive_stem(u.word, u.language) "
            "FROM unnest(%s::text[], %s::text[]) AS u (language, word)",
            [[language for language, _ in pairs], [word for _, word in pairs]],
        )
        return {(language, word): stem for language, word, stem in cursor}
