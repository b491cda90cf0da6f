"""An article before it is stored: validation, keys, and the unsaved row."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from django.utils.translation import gettext

from articles.extraction import Candidate
from articles.ingest.pipeline.duplicates import Keys, canonical_key, text_hash
from articles.ingest.pipeline.repair import in_time_zone, language_tag, storable, too_long
from articles.ingest.pipeline.resolver import Resolver
from articles.ingest.pipeline.types import ImportOptions, IncomingArticle
from articles.ingest.proposals.acceptance import may_accept
from articles.ingest.proposals.create import Texts, candidates_of, contradicted
from articles.models import Article, RulesOff
from articles.parsing import MAX_BODY, ParsedArticle, RowError
from articles.parsing.parsed import LIMITS, Problem

# Fields that are stored as they were read.
AS_READ = (
    "headline", "kicker", "standfirst", "byline", "dateline", "body", "edition", "page", "source_url",
    "archived_url", "published_on", "published_precision", "published_at",
)  # fmt: skip


@dataclass
class PendingArticle:
    """A parsed article with its quote candidates; `article` is set if it is stored as a new one."""

    incoming: IncomingArticle
    texts: Texts = field(init=False)
    candidates: dict[int, Candidate] = field(init=False)
    keys: Keys | None = None
    article: Article | None = None

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

    def notes(self) -> tuple[Problem, ...]:
        """Return the problems that the person who imports it must know."""
        parsed, withheld = self.incoming.parsed, self.incoming.withheld
        if not withheld:
            return parsed.problems
        said = gettext("imported as a draft, because the source does not publish it: %(reason)s") % {
            "reason": withheld
        }
        return (Problem("", parsed.headline, said), *parsed.problems)

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
        parsed = self.incoming.parsed
        check(parsed)
        publication = resolver.publications.find_or_make(parsed.publication) if parsed.publication else None
        if options.publish and publication is None and not self.incoming.withheld:
            raise RowError("publication", None, gettext("required for publishing"))
        self.set_day(resolver.time_zones.get(publication, ""))
        parsed = self.incoming.parsed
        self.keys = Keys(
            publication,
            parsed.external_id or None,
            canonical_key(parsed.canonical_url or parsed.source_url),
            text_hash(parsed.body),
            parsed.published_on,
            parsed.headline,
        )
        self.leave_out(resolver.rules_off, publication)

    def set_day(self, time_zone: str) -> None:
        """If no date is printed, take the date in the newspaper's time zone."""
        self.incoming = replace(self.incoming, parsed=in_time_zone(self.incoming.parsed, time_zone))

    def leave_out(self, off: RulesOff, publication: int | None) -> None:
        """Remove the candidates of rules that are disabled for this publication."""
        day = self.incoming.parsed.published_on
        self.candidates = {
            n: c for n, c in self.candidates.items() if not off.is_off(c.rule, publication, day)
        }

    def new_article(
        self, pk: int, resolver: Resolver, options: ImportOptions, copy_of: int | None
    ) -> Article:
        """Return the unsaved draft; it is published after all its parts are stored."""
        parsed, keys = self.incoming.parsed, self.sure_keys
        accepts = self.number_accepted(options.accept_from)
        return Article(
            pk=pk,
            **{name: getattr(parsed, name) for name in AS_READ},
            language=language_tag(parsed.language),
            publication_id=keys.publication,
            section_id=resolver.sections.find_or_make(parsed.section) if parsed.section else None,
            canonical_url=keys.canonical_url,
            external_id=parsed.external_id or None,
            quotes_state=Article.QuotesState.RULE if accepts else Article.QuotesState.UNREAD,
            copy_of_id=copy_of,
            import_batch=options.batch,
            extra=parsed.extra | self.warnings(),
        )

    def warnings(self) -> dict[str, list[str]]:
        """Return the warnings for `Article.extra`, which the page of a draft shows."""
        warnings = list(self.incoming.parsed.warnings)
        if self.incoming.withheld:
            withheld = gettext("The source does not publish this: %(reason)s") % {
                "reason": self.incoming.withheld
            }
            warnings.insert(0, withheld)
        return {"warnings": warnings} if warnings else {}


def check(parsed: ParsedArticle) -> None:
    """Raise `RowError` if the headline or body is missing or too long; nothing is ever truncated."""
    for column in ("headline", "body"):
        if not getattr(parsed, column):
            raise RowError(column, "", gettext("required"))
    if len(parsed.body) > MAX_BODY:
        raise RowError("body", parsed.body, too_long(parsed.body, MAX_BODY))
    if len(parsed.headline) > LIMITS["headline"]:
        raise RowError("headline", parsed.headline, too_long(parsed.headline, LIMITS["headline"]))
