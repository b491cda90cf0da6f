"""The diff between a search of the past and the same search today: new, gone and corrected results."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from django.db import connection
from django.urls import reverse
from django.utils.translation import gettext

from articles.models import Article
from articles.search.engine.results import Results
from articles.search.engine.searcher import Searcher
from articles.search.history.as_of import PUBLIC_NOW
from articles.search.history.changes import FACTS, TEXTS, Changes, Reason, changes_sql, collect_changes
from articles.search.request.query import SearchRequest

# The number of results listed of each kind; the count is complete.
LISTED = 20
MOST_LISTED = 500


@dataclass(frozen=True)
class ChangedResult:
    """A result that differs. If readers may not see it, it has no title and no words in its URL."""

    id: int
    url: str
    title: str
    history_url: str
    reasons: tuple[Reason, ...]


@dataclass(frozen=True)
class DiffGroup:
    """The number of results of one kind, and the first of them."""

    count: int = 0
    listed: tuple[ChangedResult, ...] = ()


@dataclass(frozen=True)
class SearchDiff:
    """The differences. `withheld` counts all articles that were public then and are not now.

    `not_shown` counts the quotes among the results that were withdrawn or are no longer accepted.
    """

    moment: dt.datetime
    new: DiffGroup = field(default_factory=DiffGroup)
    gone: DiffGroup = field(default_factory=DiffGroup)
    corrected: DiffGroup = field(default_factory=DiffGroup)
    not_shown: int = 0
    withheld: int = 0


def compare_with_now(past: Results, searcher: Searcher, *, listed: int = LISTED) -> SearchDiff:
    """Compare the results of a past moment with today's."""
    request = past.request
    assert request.as_of is not None  # noqa: S101 - only for requests with as_of
    was, is_ = _Set.of(past), _Set.of(searcher.results(without_as_of(request)))
    kinds = _kinds(was, is_, _corrected_since(request))
    chosen = {kind: found.newest(listed) for kind, found in kinds.items()}
    counts, rows = _read(request, chosen, kinds["gone"].ids)
    changes = collect_changes(request.as_of, request.now, rows)
    groups = {
        kind: DiffGroup(
            len(found.ids),
            tuple(
                _changed(request, changes, id_, article)
                for id_, article in zip(*chosen[kind].pairs(), strict=True)
            ),
        )
        for kind, found in kinds.items()
    }
    not_shown, withheld = counts["not_shown"], counts["withheld"]
    return SearchDiff(request.as_of, not_shown=not_shown, withheld=withheld, **groups)


@dataclass(frozen=True)
class _Set:
    """Results with the ids of their articles and their days, ordered by id."""

    ids: np.ndarray
    articles: np.ndarray
    days: np.ndarray

    @classmethod
    def of(cls, results: Results) -> _Set:
        rows = results.rows
        ids = rows.column("ids")
        order = np.argsort(ids)
        return cls(ids[order], rows.column("article")[order], rows.column("published_on")[order])

    def chosen(self, keep: np.ndarray) -> _Set:
        return _Set(self.ids[keep], self.articles[keep], self.days[keep])

    def newest(self, number: int) -> _Set:
        return self.chosen(np.lexsort((-self.ids, -self.days))[:number])

    def pairs(self) -> tuple[list[int], list[int]]:
        return self.ids.tolist(), self.articles.tolist()


def _kinds(was: _Set, is_: _Set, corrected: np.ndarray) -> dict[str, _Set]:
    return {
        "new": is_.chosen(~np.isin(is_.ids, was.ids)),
        "gone": was.chosen(~np.isin(was.ids, is_.ids)),
        "corrected": is_.chosen(np.isin(is_.ids, was.ids) & np.isin(is_.ids, corrected)),
    }


def _corrected_since(request: SearchRequest) -> np.ndarray:
    """The ids of all articles or quotes that were corrected since the moment."""
    sql = _QUOTES_CORRECTED if request.of_quotes else _ARTICLES_CORRECTED
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT DISTINCT c.id FROM ({sql.replace('{moment}', '%(moment)s')}) AS c (id)",
            {"moment": request.as_of},
        )
        return np.array([id_ for (id_,) in cursor if id_ is not None], np.int64)


def count_withheld(moment: dt.datetime) -> int:
    """The number of articles that were public at a moment and are not now; no search finds them."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) {_LEFT_OUT.format(moment='%(moment)s')}", {"moment": moment})
        return cursor.fetchone()[0]


def without_as_of(request: SearchRequest) -> SearchRequest:
    """The same request for today: names as resolved today, relative dates as of the past moment."""
    given = {
        (name, value)
        for asked in (request.any_of, request.none_of)
        for name, values in asked.items()
        for value in values
    }
    if request.speaker is not None:
        given.add(("speaker", request.speaker.slug))
    # An object whose name no longer resolves keeps its ids.
    same = {key: named for key, named in request.names.items() if key in given}
    return replace(request, as_of=None, day=request.today, names=same | dict(request.names_today))


def _read(
    request: SearchRequest, chosen: Mapping[str, _Set], gone: np.ndarray
) -> tuple[dict[str, int], list[tuple]]:
    """How many of the gone results and how many articles are not public now; the changes of the chosen."""
    moment = request.as_of
    assert moment is not None  # noqa: S101 - only for requests with as_of
    instant = f"'{moment.isoformat()}'::timestamptz"
    public = _PUBLIC_QUOTES if request.of_quotes else _PUBLIC
    ids = [id_ for found in chosen.values() for id_ in found.ids.tolist()]
    of = [id_ for found in chosen.values() for id_ in found.articles.tolist()]
    text = f"""
      WITH listed (id, article_id) AS MATERIALIZED (SELECT * FROM unnest(%s::bigint[], %s::bigint[]))
      SELECT 'not_shown', count(*), NULL::timestamptz, NULL::jsonb
        FROM unnest(%s::bigint[]) AS g (id) WHERE id NOT IN ({public})
      UNION ALL SELECT 'withheld', count(*), NULL, NULL {_LEFT_OUT.format(moment=instant)}
      UNION ALL {changes_sql(instant, of_quotes=request.of_quotes)}"""
    with connection.cursor() as cursor:
        cursor.execute(text, [ids, of, gone.tolist(), request.now])
        rows = cursor.fetchall()
    counts = {kind: number for kind, number, *_ in rows if kind in ("not_shown", "withheld")}
    return counts, [row for row in rows if row[0] not in counts]


_LEFT_OUT = f"""FROM search_document_past p WHERE since <= {{moment}} AND until > {{moment}}
        AND visible_from <= {{moment}} AND NOT {PUBLIC_NOW}"""
_PUBLIC = "SELECT article_id FROM search_document WHERE visible_from <= %s"
_PUBLIC_QUOTES = "SELECT quote_id FROM quote_document WHERE visible_from <= %s"
# The rows as they were before the first change since the moment.
_FIRST = """e.pgh_created_at > {moment} AND NOT EXISTS (
  SELECT FROM {events} f WHERE f.pgh_obj_id = e.pgh_obj_id AND f.pgh_created_at > {moment}
    AND f.pgh_id < e.pgh_id)"""


def _first(events: str) -> str:
    return _FIRST.replace("{events}", events)


_DATES = (*FACTS["date"], *FACTS["publication"])


def _row(alias: str, names: Sequence[str]) -> str:
    return f"({', '.join(f'{alias}.{name}' for name in names)})"


def _articles_since(names: Sequence[str]) -> str:
    """SQL for the articles whose values in these columns have changed."""
    return f"""
      SELECT a.id FROM articles_articleevent e JOIN articles_article a ON a.id = e.pgh_obj_id
      WHERE {_first("articles_articleevent")} AND {_row("a", names)} IS DISTINCT FROM {_row("e", names)}"""


# Confirming an unreviewed quote is no correction.
_STANDING = "CASE {alias}.standing WHEN 'unreviewed' THEN 'confirmed' ELSE {alias}.standing END"
_QUOTES_SINCE = f"""
  SELECT p.{{key}} FROM quote_document_past p LEFT JOIN quote_document d ON d.quote_id = p.quote_id
  LEFT JOIN articles_quote q ON q.id = p.quote_id
  LEFT JOIN articles_quoteevent e ON e.pgh_obj_id = p.quote_id AND {_first("articles_quoteevent")}
  WHERE p.since <= {{moment}} AND p.until > {{moment}} AND p.visible_from <= {{moment}} AND (
    d.quote_id IS NULL OR e.text <> q.text
    OR (d.speaker_id, d.kind, {_STANDING.format(alias="d")})
      IS DISTINCT FROM (p.speaker_id, p.kind, {_STANDING.format(alias="p")}))"""
_ARTICLES_CORRECTED = f"""
  {_articles_since((*TEXTS, *(column for columns in FACTS.values() for column in columns)))}
  UNION ALL SELECT p.article_id FROM search_document_past p
    CROSS JOIN LATERAL (SELECT * FROM search_document d WHERE d.article_id = p.article_id OFFSET 0) d
    WHERE p.since <= {{moment}} AND p.until > {{moment}}
      AND (d.topic_ids, d.author_ids) IS DISTINCT FROM (p.topic_ids, p.author_ids)
  UNION ALL SELECT e.article_id FROM articles_imageevent e
    LEFT JOIN articles_image i ON i.id = e.pgh_obj_id AND i.article_id = e.article_id
    WHERE {_first("articles_imageevent")} AND coalesce(i.caption, '') <> e.caption
      AND (e.added_at IS NULL OR e.added_at <= {{moment}})
  UNION ALL SELECT article_id FROM articles_image WHERE added_at > {{moment}} AND caption <> ''
  UNION ALL SELECT coalesce(n.article_id, q.article_id) FROM articles_notice n
    LEFT JOIN articles_quote q ON q.id = n.quote_id WHERE n.added_at > {{moment}}
  UNION ALL {_QUOTES_SINCE.replace("{key}", "article_id")}"""
_QUOTES_CORRECTED = f"""
  {_QUOTES_SINCE.replace("{key}", "quote_id")}
  UNION ALL SELECT quote_id FROM quote_document WHERE article_id IN (
    {_articles_since(_DATES)}
    UNION ALL SELECT article_id FROM articles_notice WHERE added_at > {{moment}})
  UNION ALL SELECT quote_id FROM articles_notice WHERE added_at > {{moment}} AND quote_id IS NOT NULL
  UNION ALL SELECT d.quote_id FROM quote_document d JOIN articles_speaker s ON s.id = d.speaker_id
    JOIN articles_speakerevent e ON e.pgh_obj_id = s.id
    WHERE {_first("articles_speakerevent")} AND e.merged_into_id IS DISTINCT FROM s.merged_into_id
      AND s.merged_into_id IS NOT NULL"""


def _changed(request: SearchRequest, changes: Changes, id_: int, article: int) -> ChangedResult:
    reasons = changes.of_quote(id_, article) if request.of_quotes else changes.of_article(article)
    row = changes.visible_article(article)
    if request.of_quotes:
        shown = row is not None and changes.quote_is_visible(id_)
        url = reverse("articles:quote", args=[id_])
    else:
        shown = row is not None
        # The URL of an article contains words of its headline; a hidden article gets a URL without them.
        url = reverse("articles:undated-article", args=[article, "article"])
    title = history = ""
    if shown and row is not None:
        title = row["headline"]
        day = row["published_on"] and dt.date.fromisoformat(row["published_on"])
        address = Article(pk=article, headline=title, published_on=day).get_absolute_url()
        url = url if request.of_quotes else address
        history = f"{address}history/" if any(reason.kind == "text" for reason in reasons) else ""
    if not reasons:
        text = gettext("a name, merged speaker or duplicate has changed what this search matches")
        reasons = [Reason("otherwise", text)]
    return ChangedResult(id_, url, title, history, tuple(reasons))
