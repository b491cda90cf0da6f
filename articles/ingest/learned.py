"""Learns from editors' corrections how a publication prints its articles; nothing is used unconfirmed.

A correction is a difference between an article as it was parsed, which is its first state in the history, and
as it was published.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from articles.models import Article, Publication, PublicationProfile, Section, Speaker, Turn, events_of
from articles.models.audit import Event, change_group
from articles.parsing.house_style import byline_form, line_key, orders_of
from articles.parsing.normalization import tidy

# So many articles with the same correction make a suggestion.
ENOUGH = 3
# The latest published articles of the publication that are compared.
COMPARED = 60
_NEAR_EDGE = 3  # paragraphs
_LONGEST = {"cut_lines": 400, "labels": 80, "byline": 200}
LISTS = ("labels", "cut_lines")


@dataclass
class Suggestion:
    """A value of the profile, with the articles whose correction it would have spared."""

    field: str
    value: str
    articles: list[Article]
    used: bool = False

    @property
    def shown(self) -> str:
        """The value for the page: of a section its name."""
        if self.field == "section":
            return str(Section.objects.filter(pk=self.value).first() or "")
        if self.field == "date_order":
            return str(PublicationProfile.DateOrder(self.value).label)
        return self.value

    @property
    def label(self) -> str:
        return str(PublicationProfile._meta.get_field(self.field).verbose_name)  # type: ignore[union-attr]


def suggestions(publication: Publication) -> list[Suggestion]:
    """What the corrections of the latest articles agree on, also what is used already."""
    profile = PublicationProfile.objects.filter(publication=publication).first()
    rows = Article.objects.filter(publication=publication, status=Article.Status.USABLE)
    columns = ("pk", "headline", "body", "byline", "section", "published_on", "extra")
    articles = list(rows.order_by("-pk").only(*columns)[:COMPARED])
    parsed = _as_parsed(articles)
    found: dict[tuple[str, str], Suggestion] = {}
    for article in articles:
        before = parsed.get(article.pk)
        corrections = list(_corrections(before, article)) if before else []
        for name, value in dict.fromkeys(corrections):
            found.setdefault((name, value), Suggestion(name, value, [])).articles.append(article)
    for label, article in _labels_of_questions(articles):
        found.setdefault(("labels", label), Suggestion("labels", label, [])).articles.append(article)
    agreed = [
        one for one in found.values() if len(one.articles) >= ENOUGH and _is_agreed(one, found, articles)
    ]
    for one in agreed:
        one.used = profile is not None and _is_used(profile, one)
    return agreed


def _as_parsed(articles: Iterable[Article]) -> dict[int, Event]:
    """The first state with a text of each article that has been changed since, except by an import."""
    events = events_of(Article).filter(
        pgh_obj_id__in=[article.pk for article in articles], pgh_label="update"
    )
    imported = set(events.filter(pgh_context__through="import").values_list("pgh_obj_id", flat=True))
    first = events.exclude(body="").order_by("pgh_obj_id", "pgh_id").distinct("pgh_obj_id")
    return {event.pgh_obj_id: event for event in first if event.pgh_obj_id not in imported}


def _corrections(before: Event, article: Article) -> Iterator[tuple[str, str]]:
    """Field of the profile and value of each correction."""
    if before.section_id is None and article.section_id is not None:
        yield "section", str(article.section_id)
    if article.published_on != before.published_on:
        readings = [found for line in before.extra.get("removed", []) if (found := orders_of(line))]
        if len(readings) == 1:
            yield from (("date_order", o) for o, day in readings[0].items() if day == article.published_on)
    paragraphs = before.body.split("\n\n")
    moved = not before.byline and article.byline and article.byline in map(tidy, paragraphs)
    if moved and (form := byline_form(article.byline)):
        yield "byline", form
    kept = {line_key(one) for one in (*article.body.split("\n\n"), article.byline, article.headline)}
    for paragraph in (*paragraphs[:_NEAR_EDGE], *paragraphs[-_NEAR_EDGE:]):
        if len(paragraph) <= _LONGEST["cut_lines"] and line_key(paragraph) not in kept:
            yield "cut_lines", tidy(paragraph)


def _labels_of_questions(articles: Iterable[Article]) -> Iterator[tuple[str, Article]]:
    """The labels of each article whose turns an editor has made questions; names of people are left out."""
    by_id = {article.pk: article for article in articles}
    turns = Turn.objects.filter(article__in=by_id, labelled=True).exclude(source="").select_related("speaker")
    roles: dict[tuple[int, str], set[str]] = {}
    people = set()
    for turn in turns.order_by("article_id", "position"):
        key = (turn.article_id, tidy(turn.source).rstrip(":"))
        roles.setdefault(key, set()).add(turn.role)
        if turn.speaker and turn.speaker.kind == Speaker.Kind.PERSON:
            people.add(key)
    changed = events_of(Turn).filter(article_id__in=by_id, pgh_label="update", labelled=True)
    corrected = {
        (article, tidy(source).rstrip(":"))
        for article, source in changed.exclude(role=Turn.Role.QUESTION).values_list("article_id", "source")
    }
    for key, found in roles.items():
        asks = found == {Turn.Role.QUESTION} and key in corrected and key not in people
        if asks and len(key[1]) <= _LONGEST["labels"]:
            yield key[1], by_id[key[0]]


def _is_agreed(
    one: Suggestion, found: Mapping[tuple[str, str], Suggestion], articles: Iterable[Article]
) -> bool:
    """Whether no other article says the contrary: unknown is better than wrong."""
    if one.field == "cut_lines":
        key = line_key(one.value)
        return not any(key in map(line_key, article.body.split("\n\n")) for article in articles)
    return one.field == "labels" or all(name != one.field or value == one.value for name, value in found)


def _is_used(profile: PublicationProfile, one: Suggestion) -> bool:
    if one.field in LISTS:
        return line_key(one.value) in map(line_key, getattr(profile, one.field))
    return one.value == str(profile.section_id if one.field == "section" else getattr(profile, one.field))


def use(publication: Publication, one: Suggestion) -> None:
    """Put a confirmed suggestion into the profile, as one change that can be undone."""
    with change_group(f"Changed the profile of {publication}: {one.label}"):
        PublicationProfile.objects.get_or_create(publication=publication)
        profile = PublicationProfile.objects.select_for_update().get(publication=publication)
        if one.field in LISTS:
            if not _is_used(profile, one):
                setattr(profile, one.field, [*getattr(profile, one.field), one.value])
        elif one.field == "section":
            profile.section_id = int(one.value)
        else:
            setattr(profile, one.field, one.value)
        profile.save()
