"""An article before it is stored: validation, keys, and the unsaved row."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from django.utils.translation import gettext

from articles.extraction import Candidate
from articles.extraction.coreference.mentions import NameLookup
from articles.ingest.pipeline.duplicates import Keys, canonical_key, text_hash
from articles.ingest.pipeline.newspapers import newspaper_of
from articles.ingest.pipeline.parse import extract
from articles.ingest.pipeline.repair import fitting, in_time_zone, language_tag, storable, too_long
from articles.ingest.pipeline.resolver import Names, Resolver
from articles.ingest.pipeline.types import ImportOptions, IncomingArticle
from articles.ingest.proposals.acceptance import may_accept
from articles.ingest.proposals.create import Texts, candidates_of, contradicted
from articles.models import Article, RulesOff
from articles.models.article import SAME_HEADLINE
from articles.parsing import MAX_BODY, ParsedArticle, RowError
from articles.parsing.house_style import HouseStyle, in_house_style
from articles.parsing.parsed import LIMITS, Problem

# Fields that are stored as they were read.
AS_READ = (
    "headline", "kicker", "standfirst", "byline", "dateline", "body", "edition", "page", "source_url",
    "archived_url", "published_on", "published_precision", "published_at",
)  # fmt: skip


def read_once(
    parsed: ParsedArticle,
    known_names: NameLookup,
    style: HouseStyle,
    **source: Any,  # further fields of IncomingArticle
) -> IncomingArticle:
    """Apply the newspaper's style, fit the article to its columns, and run the extraction on it.

    `source` is where it comes from.
    """
    parsed = fitting(in_house_style(parsed, style))
    return IncomingArticle(parsed, extract(parsed, known_names, style.labels), **source)


@dataclass
class PendingArticle:
    """A parsed article with its quote candidates; `article` is set if it is stored as a new one."""

    incoming: IncomingArticle
    texts: Texts = field(init=False)
    candidates: dict[int, Candidate] = field(init=False)
    keys: Keys | None = None
    article: Article | None = None
    topics: list[int] = field(default_factory=list)
    # Names of the publication, section and topics that the archive does not have, for the editor.
    unknown: dict[str, object] = field(default_factory=dict)
    # Found out while it is stored: names that several entries have, an identity that another article has.
    problems: list[Problem] = field(default_factory=list)
    # The article with its headline and date of which it may be a new version, although nothing else says so.
    same_headline: int | None = None

    def __post_init__(self) -> None:
        self.incoming = storable(self.incoming)
        parsed = self.incoming.parsed
        captions = [image.caption for image in parsed.images]
        self.texts = Texts(parsed.headline, parsed.standfirst, parsed.body, captions)
        self.candidates = candidates_of(self.incoming.reading, self.texts)

    @property
    def sure_keys(self) -> Keys:
        assert self.keys is not None, "prepare() comes first"  # noqa: S101
        return self.keys

    @property
    def stays_draft(self) -> bool:
        """Whether it is not published, whatever the options say."""
        return bool(self.incoming.withheld or self.same_headline)

    def notes(self) -> tuple[Problem, ...]:
        """Return the problems that the person who imports it must know."""
        withheld = self.incoming.withheld
        problems = (*self.incoming.parsed.problems, *self.problems)
        if self.same_headline:
            said = gettext(
                "imported as a draft, because it may be a new version of article %(id)s: it has the same"
                " headline and date, another text, and neither ID nor link"
            ) % {"id": self.same_headline}
            problems = (Problem("", self.incoming.parsed.headline, said), *problems)
        if not withheld:
            return problems
        said = gettext("imported as a draft, because the source does not publish it: %(reason)s") % {
            "reason": withheld
        }
        return (Problem("", self.incoming.parsed.headline, said), *problems)

    def names(self) -> Iterable[str]:
        """Yield all names that may be linked to a speaker."""
        yield from self.incoming.parsed.authors
        yield from (turn.speaker for turn in self.incoming.reading.turns if turn.speaker)
        yield from (candidate.speaker for candidate in self.candidates.values() if candidate.speaker)

    def names_to_make(self, accept_from: float | None) -> Iterable[str]:
        """Yield names of authors, and of the speakers of quotes that a rule accepts."""
        yield from self.incoming.parsed.authors
        yield from (candidate.speaker for candidate in self._accepted(accept_from) if candidate.speaker)

    def number_accepted(self, accept_from: float | None) -> int:
        return sum(1 for _ in self._accepted(accept_from))

    def _accepted(self, accept_from: float | None) -> Iterator[Candidate]:
        """Yield the candidates that a rule accepts."""
        never = self.contradicted
        for number, candidate in self.candidates.items() if accept_from is not None else ():
            text = self.texts.of(candidate.part, candidate.image)
            if number not in never and may_accept(candidate, text, accept_from or 0):
                yield candidate

    @property
    def contradicted(self) -> set[int]:
        """The numbers of candidates that a rule must not accept: their speaker contradicts the turn."""
        return contradicted(self.candidates, self.incoming.reading.turns)

    def prepare(self, resolver: Resolver, options: ImportOptions) -> None:
        """Validate the article and set its keys; raises `RowError`."""
        self.problems, self.same_headline = [], None
        check(self.incoming.parsed)
        publication = options.publication or self.find_publication(resolver)
        if options.publish and publication is None and not self.incoming.withheld:
            raise RowError("publication", None, gettext("required for publishing"))
        self.set_keys(resolver, publication)

    def find_publication(self, resolver: Resolver) -> int | None:
        """Return the publication that the article names; what to ask the editor goes into `unknown`."""
        newspaper = newspaper_of(self.incoming.named, resolver.publications)
        found = newspaper.pk or resolver.publications.resolve(self.incoming.parsed.publication)
        self.unknown = {} if found else dict(newspaper.unknown)
        return found

    def set_keys(self, resolver: Resolver, publication: int | None) -> None:
        """Set what depends on the publication: the day in its time zone, the keys, and the active rules."""
        time_zone = resolver.time_zones.get(publication, "")
        parsed = in_time_zone(self.incoming.parsed, time_zone)
        self.incoming = replace(self.incoming, parsed=parsed)
        self.keys = Keys(
            publication,
            parsed.external_id or None,
            canonical_key(parsed.canonical_url or parsed.source_url),
            text_hash(parsed.body),
            parsed.published_on,
            parsed.headline,
        )
        self.leave_out(resolver.rules_off, publication)

    def leave_identity(self, by: str, other: int) -> None:
        """Move an ID or link that a clearly different article has to `extra`, with a problem."""
        keys, parsed = self.sure_keys, self.incoming.parsed
        if by == "id":
            column, value = "external_id", keys.external_id
            said = gettext("also the ID of %(other)s, which has another headline, link and text")
        else:
            column, value = "canonical_url", keys.canonical_url
            said = gettext("also the link of %(other)s, which has another ID, headline and text")
        there = gettext("article %(id)s") % {"id": other} if other > 0 else gettext("an earlier row")
        reason = gettext("%(reason)s; imported without this value") % {"reason": said % {"other": there}}
        self.problems.append(Problem(column, value, reason))
        kept = getattr(parsed, column) or value
        self.incoming = replace(self.incoming, parsed=replace(parsed, extra={**parsed.extra, column: kept}))

    def leave_out(self, off: RulesOff, publication: int | None) -> None:
        """Remove the candidates of rules that are disabled for this publication."""
        day = self.incoming.parsed.published_on
        self.candidates = {
            n: c for n, c in self.candidates.items() if not off.is_off(c.rule, publication, day)
        }

    def fill(self, article: Article, resolver: Resolver, copy_of: int | None) -> None:
        """Set the columns of an unsaved article or an empty draft.

        This is the only way from a parsed article to a row.
        """
        parsed, keys = self.incoming.parsed, self.sure_keys
        for name in AS_READ:
            setattr(article, name, getattr(parsed, name))
        article.language = language_tag(parsed.language)
        article.publication_id = keys.publication
        article.canonical_url = keys.canonical_url
        article.external_id = keys.external_id
        article.copy_of_id = copy_of
        if parsed.section and article.section_id is None:
            article.section_id = self._resolve(resolver.sections, parsed.section)
            if article.section_id is None:
                self.unknown["section"] = parsed.section
        elif article.section_id is None:
            article.section_id = resolver.usual_sections.get(keys.publication)
        topics = {name: self._resolve(resolver.topics, name) for name in parsed.topics}
        self.topics = list(dict.fromkeys(pk for pk in topics.values() if pk is not None))
        if missing := [name for name, pk in topics.items() if pk is None]:
            self.unknown["topics"] = missing
        aside = {
            "warnings": self.warnings(),
            "removed": list(parsed.removed),
            "unknown": self.unknown,
            SAME_HEADLINE: self.same_headline,
        }
        article.extra = article.extra | parsed.extra | {name: value for name, value in aside.items() if value}
        self.article = article

    def _resolve(self, names: Names, name: str) -> int | None:
        """The id of a section or topic; None, with a problem, if the name is ambiguous."""
        try:
            return names.resolve(name)
        except RowError as error:
            said = gettext("%(reason)s; imported without this value") % {"reason": error.reason}
            self.problems.append(Problem(error.column, name, said))
            return None

    def warnings(self) -> list[str]:
        """Return the warnings that the page of a draft shows."""
        found = [*self.incoming.parsed.warnings, *map(str, self.problems)]
        if not self.incoming.withheld:
            return found
        withheld = gettext("The source does not publish this: %(reason)s") % {
            "reason": self.incoming.withheld
        }
        return [withheld, *found]


def check(parsed: ParsedArticle) -> None:
    """Raise `RowError` if the headline or body is missing or too long; nothing is ever truncated."""
    for column in ("headline", "body"):
        if not getattr(parsed, column):
            raise RowError(column, "", gettext("required"))
    if len(parsed.body) > MAX_BODY:
        raise RowError("body", parsed.body, too_long(parsed.body, MAX_BODY))
    if len(parsed.headline) > LIMITS["headline"]:
        raise RowError("headline", parsed.headline, too_long(parsed.headline, LIMITS["headline"]))
