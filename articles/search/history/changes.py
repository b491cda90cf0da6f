"""The changes of articles and quotes since a moment, with their times, as reasons in plain words."""

from __future__ import annotations

import datetime as dt
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext

from articles.models import Article, Quote

Row = Mapping[str, Any]  # columns of an article or a quote, now or formerly

TEXTS = {
    "headline": "headline",
    "kicker": "kicker",
    "standfirst": "standfirst",
    "byline": "byline",
    "dateline": "dateline",
    "body_hash": "text",
}
FACTS = {
    "date": ("published_on", "published_precision", "published_at"),
    "publication": ("publication_id",),
    "section": ("section_id",),
    "language": ("language",),
    "edition or page": ("edition", "page"),
}
_ARTICLE = ", ".join(
    [
        "status",
        "visible_from",
        "first_public_at",
        *TEXTS,
        *(column for names in FACTS.values() for column in names),
    ]
)
_QUOTE = "article_id, text, speaker_id, kind, channel, standing, status, first_public_at"

# The changes of the rows in `listed`. Current rows have no time; an event has the row as it was until then.
# The moment and the key columns are placeholders. Ids are passed as arrays, so that the planner uses the
# indexes even where it misjudges the size of `listed`.
_CHANGES = f"""
SELECT 'article', id, NULL::bigint, NULL::timestamptz, to_jsonb(r) FROM (
  SELECT id, {_ARTICLE} FROM articles_article WHERE id = ANY(ARRAY(SELECT article_id FROM listed))) r
UNION ALL SELECT 'article', r.id, NULL, r.at, to_jsonb(r) FROM (
  SELECT pgh_obj_id AS id, pgh_created_at AS at, pgh_id, {_ARTICLE} FROM articles_articleevent
  WHERE pgh_obj_id = ANY(ARRAY(SELECT article_id FROM listed)) AND pgh_created_at > {{moment}}) r
UNION ALL SELECT 'quote', id, NULL, NULL, to_jsonb(r) FROM (
  SELECT q.id, {_QUOTE}, (SELECT name FROM articles_speaker s WHERE s.id = speaker_id) AS speaker
  FROM articles_quote q WHERE q.{{quote}} = ANY(ARRAY(SELECT id FROM listed))
    AND (q.first_public_at > {{moment}} OR EXISTS (
      SELECT FROM articles_quoteevent e WHERE e.pgh_obj_id = q.id AND e.pgh_created_at > {{moment}}))) r
UNION ALL SELECT 'quote', r.id, NULL, r.at, to_jsonb(r) FROM (
  SELECT pgh_obj_id AS id, pgh_created_at AS at, pgh_id, {_QUOTE},
    (SELECT name FROM articles_speaker s WHERE s.id = speaker_id) AS speaker
  FROM articles_quoteevent
  WHERE pgh_created_at > {{moment}} AND {{quote_event}} = ANY(ARRAY(SELECT id FROM listed))) r
UNION ALL SELECT 'filters', d.article_id, NULL, p.until, jsonb_build_object(
    'topics', d.topic_ids <> p.topic_ids, 'authors', d.author_ids <> p.author_ids)
  FROM search_document d JOIN search_document_past p ON p.article_id = d.article_id
  WHERE d.article_id = ANY(ARRAY(SELECT article_id FROM listed)) AND p.until > {{moment}}
UNION ALL SELECT 'caption', article_id, NULL, pgh_created_at, NULL FROM articles_imageevent e
  WHERE article_id = ANY(ARRAY(SELECT article_id FROM listed)) AND pgh_created_at > {{moment}}
    AND e.caption IS DISTINCT FROM (
      SELECT i.caption FROM articles_image i WHERE i.id = e.pgh_obj_id AND i.article_id = e.article_id)
UNION ALL SELECT 'caption', article_id, NULL, added_at, NULL FROM articles_image
  WHERE article_id = ANY(ARRAY(SELECT article_id FROM listed)) AND added_at > {{moment}} AND caption <> ''
UNION ALL SELECT 'notice', coalesce(n.article_id, q.article_id), NULL, n.added_at, to_jsonb(r)
  FROM articles_notice n LEFT JOIN articles_quote q ON q.id = n.quote_id
  CROSS JOIN LATERAL (SELECT n.kind, n.whose, n.quote_id) r
  WHERE n.added_at > {{moment}}
    AND coalesce(n.article_id, q.article_id) = ANY(ARRAY(SELECT article_id FROM listed))
UNION ALL SELECT 'merged', s.id, NULL, e.pgh_created_at, jsonb_build_object('name', f.name)
  FROM articles_speaker s
  JOIN articles_speakerevent e ON e.pgh_obj_id = s.id AND e.pgh_created_at > {{moment}}
  JOIN articles_speaker f ON f.id = s.merged_into_id
  WHERE e.merged_into_id IS DISTINCT FROM s.merged_into_id AND s.id IN (
    SELECT speaker_id FROM articles_quote WHERE {{quote}} = ANY(ARRAY(SELECT id FROM listed)))"""


def changes_sql(moment: str, *, of_quotes: bool) -> str:
    """SQL for the changes of all listed rows; for articles it includes their quotes."""
    quote, event = ("id", "pgh_obj_id") if of_quotes else ("article_id", "article_id")
    return _CHANGES.format(moment=moment, quote=quote, quote_event=event)


@dataclass(frozen=True)
class Reason:
    """One change: a word for programs, a text for readers, and its time if known."""

    kind: str
    text: str
    at: dt.datetime | None = None


@dataclass
class RowHistory:
    """The former versions of a row with their end times, and the current one; None if it was deleted."""

    past: list[tuple[dt.datetime, Row]] = field(default_factory=list)
    now: Row | None = None

    @property
    def then(self) -> Row | None:
        return self.past[0][1] if self.past else self.now

    def differs(self, *columns: str) -> bool:
        """Whether one of the columns differs between then and now."""
        then, now = self.then, self.now
        return then is not None and now is not None and any(then[name] != now[name] for name in columns)

    def changed_at(self, *columns: str) -> dt.datetime | None:
        """The last time at which these columns changed to their current values."""
        times = [
            at
            for at, row in self.past
            if self.now is None or any(row[name] != self.now[name] for name in columns)
        ]
        return times[-1] if times else None


@dataclass(frozen=True)
class Changes:
    """The histories of the listed articles and quotes since a moment."""

    moment: dt.datetime
    now: dt.datetime
    articles: Mapping[int, RowHistory]
    quotes: Mapping[int, RowHistory]
    more: Mapping[tuple[str, int], Sequence[tuple[dt.datetime, Row]]]

    def of_article(self, id_: int) -> list[Reason]:
        """The reasons why an article is new, gone or corrected."""
        course = self.articles.get(id_, RowHistory())
        if (change := self._of_visibility(course)) is not None:
            return [change]
        of_quotes = (
            reason
            for _, its in sorted(self.quotes.items())
            if (its.then or {}).get("article_id") == id_
            for reason in self._of_quote(its)
        )
        return [*self._of_record(id_, course), *_without_repeats(of_quotes)]

    def of_quote(self, id_: int, article: int) -> list[Reason]:
        """The reasons why a quote is new, gone or corrected; ignores other changes of its article."""
        whole = self.articles.get(article, RowHistory())
        if (change := self._of_visibility(whole)) is not None:
            return [change]
        its = self.quotes.get(id_)
        of_quote = [*self._of_quote(its), *self._merged(its)] if its else []
        facts = self._of_facts(whole, ("date", "publication"))
        return [*of_quote, *facts, *self._notices(article, id_)]

    def visible_article(self, id_: int) -> Row | None:
        """The current row of an article if it is public, otherwise None."""
        row = self.articles.get(id_, RowHistory()).now
        return row if self._is_public(row, self.now) else None

    def quote_is_visible(self, id_: int) -> bool:
        """Whether the quote is accepted now; its article may still not be public."""
        return id_ not in self.quotes or _is_accepted(self.quotes[id_].now)

    # Articles --------------------------------------------------------------------------------------

    def _is_public(self, row: Row | None, at: dt.datetime) -> bool:
        if row is None or row["status"] != Article.Status.USABLE:
            return False
        return dt.datetime.fromisoformat(row["visible_from"]) <= at

    def _of_visibility(self, course: RowHistory) -> Reason | None:
        """The reason that an article became public; it makes all other reasons superfluous."""
        now = course.now
        if now is None:
            return None
        first = now["first_public_at"] and dt.datetime.fromisoformat(now["first_public_at"])
        if first and first > self.moment:
            return Reason("published", gettext("published here"), first)
        if not self._is_public(course.then, self.moment):
            return Reason(
                "public again", gettext("public again"), course.changed_at("status", "visible_from")
            )
        return None

    def _of_record(self, id_: int, course: RowHistory) -> Iterator[Reason]:
        edited = [word for column, word in TEXTS.items() if course.differs(column)]
        if edited:
            at = course.changed_at(*(column for column in TEXTS if course.differs(column)))
            yield Reason("text", gettext("changed: %(parts)s") % {"parts": _listed(edited)}, at)
        yield from self._of_facts(course, FACTS)
        filters = self.more.get(("filters", id_), ())
        for name in ("topics", "authors"):
            if filters and filters[0][1][name]:
                text = gettext("topics changed") if name == "topics" else gettext("authors changed")
                yield Reason(name, text, max(at for at, row in filters if row[name]))
        if captions := self.more.get(("caption", id_)):
            yield Reason("caption", gettext("captions changed"), captions[-1][0])
        yield from self._notices(id_)

    def _of_facts(self, course: RowHistory, names: Iterable[str]) -> Iterator[Reason]:
        for name in names:
            if course.differs(*FACTS[name]):
                text = gettext("changed: %(parts)s") % {"parts": name}
                yield Reason(name, text, course.changed_at(*FACTS[name]))

    def _notices(self, article: int, quote: int | None = None) -> Iterator[Reason]:
        for at, row in self.more.get(("notice", article), ()):
            if quote is None or row["quote_id"] in (None, quote):
                by = gettext("%(kind)s by the publication")
                if row["whose"] == "ours":
                    by = gettext("%(kind)s by the archive")
                yield Reason("notice", by % {"kind": row["kind"]}, at)

    # Quotes ----------------------------------------------------------------------------------------

    def _of_quote(self, course: RowHistory) -> Iterator[Reason]:
        then, now = course.then, course.now
        if now is None:
            yield Reason("quote removed", gettext("a quote was removed"), course.changed_at())
            return
        public = now["first_public_at"] and dt.datetime.fromisoformat(now["first_public_at"])
        if not _is_accepted(now):
            if _is_accepted(then):
                withdrawn = now["standing"] == Quote.Standing.WITHDRAWN
                text = gettext("quote withdrawn") if withdrawn else gettext("quote no longer accepted")
                yield Reason("quote gone", text, course.changed_at("status", "standing"))
            return
        if not _is_accepted(then) or (public and public > self.moment):
            at = course.changed_at("status", "standing") or public
            yield Reason("quote accepted", gettext("quote accepted"), at)
            return
        if course.differs("text"):
            yield Reason("words", gettext("words of a quote corrected"), course.changed_at("text"))
        if course.differs("speaker_id") and then is not None:
            unknown = gettext("unknown")
            names = {"old": then["speaker"] or unknown, "new": now["speaker"] or unknown}
            text = gettext("speaker changed from %(old)s to %(new)s") % names
            yield Reason("speaker", text, course.changed_at("speaker_id"))
        if course.differs("kind"):
            yield Reason(
                "kind",
                gettext("type changed to %(value)s") % {"value": now["kind"]},
                course.changed_at("kind"),
            )
        if course.differs("channel"):
            yield Reason(
                "channel",
                gettext("changed to %(value)s") % {"value": now["channel"]},
                course.changed_at("channel"),
            )
        if then is not None and _comparable_standing(then) != _comparable_standing(now):
            yield Reason(
                "standing",
                gettext("status changed to %(value)s") % {"value": now["standing"]},
                course.changed_at("standing"),
            )

    def _merged(self, course: RowHistory) -> Iterator[Reason]:
        speaker = (course.now or {}).get("speaker_id")
        for at, row in self.more.get(("merged", speaker), ()) if speaker else ():
            yield Reason("merged", gettext("speaker merged with %(name)s") % {"name": row["name"]}, at)


def collect_changes(moment: dt.datetime, now: dt.datetime, rows: Iterable[tuple]) -> Changes:
    """Group the rows of `changes_sql`, given as (kind, id, end time, row as JSON)."""
    courses: dict[str, dict[int, RowHistory]] = {
        "article": defaultdict(RowHistory),
        "quote": defaultdict(RowHistory),
    }
    more: dict[tuple[str, int], list[tuple[dt.datetime, Row]]] = defaultdict(list)
    for kind, id_, at, text in rows:
        row = json.loads(text) if text else {}
        if kind not in courses:
            more[kind, id_].append((at, row))
        elif at is None:
            courses[kind][id_].now = row
        else:
            courses[kind][id_].past.append((at, row))
    for course in (course for known in courses.values() for course in known.values()):
        # Of several events at one time the first has the row before all of them.
        course.past.sort(key=lambda item: (item[0], item[1]["pgh_id"]))
    for known in more.values():
        known.sort(key=lambda item: item[0])
    return Changes(moment, now, dict(courses["article"]), dict(courses["quote"]), dict(more))


def _is_accepted(row: Row | None) -> bool:
    if row is None:
        return False
    return row["status"] == Quote.Status.ACCEPTED and row["standing"] != Quote.Standing.WITHDRAWN


def _comparable_standing(row: Row) -> str:
    """The standing for comparisons: confirming an unreviewed quote is no correction."""
    same = {Quote.Standing.UNREVIEWED, Quote.Standing.CONFIRMED}
    return Quote.Standing.CONFIRMED if row["standing"] in same else row["standing"]


def _without_repeats(reasons: Iterable[Reason]) -> list[Reason]:
    """Merge equal reasons of several quotes into one with the latest time."""
    last: dict[tuple[str, str], Reason] = {}
    for reason in reasons:
        known = last.get((reason.kind, reason.text))
        if known is None or (reason.at and (known.at is None or reason.at > known.at)):
            last[reason.kind, reason.text] = reason
    return list(last.values())


def _listed(words: Sequence[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"
