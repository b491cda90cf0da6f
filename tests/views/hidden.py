"""Articles and speakers that are not public, with words that occur nowhere else."""

from __future__ import annotations

import datetime as dt
import itertools
import string
from dataclasses import dataclass

from django.db import connection
from django.utils import timezone

from articles.models import Alias, Article, Notice, OldAddress, Publication, Quote, Role, Speaker
from articles.revisions import change_text
from tests.factories import make_article, make_publication, make_quote, make_speaker, make_turn

WITHDRAWN, WITHHELD, EMBARGOED, DRAFT = "withdrawn", "withheld", "embargoed", "draft"
OPENING = "The opening flood stands here for all to read. " * 12


def moment() -> str:
    """The database's time, as an address gives it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        return cursor.fetchone()[0].isoformat().replace("+00:00", "Z")


@dataclass(frozen=True)
class Hidden:
    """An article that is not public, the one who is quoted there alone, and the quote."""

    article: Article
    speaker: Speaker
    quote: Quote


def make_hidden(way: str) -> Hidden:
    """Public so far, but for a draft. Its words and names that begin with zqhidden stand nowhere else."""
    mark = f"zqhidden{way}"
    speaker = make_speaker(
        f"Cyra {mark}speaker", slug=f"{way}-speaker", aliases=(f"Ceci {mark}alias",), description=f"{mark}is"
    )
    former = make_speaker(f"Old {mark}merged", slug=f"{way}-merged", merged_into=speaker)
    Role.objects.create(speaker=speaker, title=f"{mark}role")
    OldAddress.objects.create(
        kind="speaker", address=f"{way}-renamed", target="speaker", target_id=speaker.pk
    )
    Alias.objects.create(speaker=former, name=f"Older {mark}other")
    article = make_article(
        headline=f"Flood {mark}headline", kicker=f"{mark}kicker", standfirst=f"The flood {mark}standfirst",
        byline=f"By {mark}byline", body=f"Flood: “We saw the {mark}quote,” the flood {mark}body ended.",
        authors=(make_speaker(f"Dara {mark}author", slug=f"{way}-author"),),
        captions=(f"A flood {mark}caption",), status="draft" if way == DRAFT else "usable",
    )  # fmt: skip
    return Hidden(article, speaker, make_quote(article, f"We saw the {mark}quote,", speaker=speaker))


def hide(hidden: dict[str, Hidden]) -> None:
    """From now on none of them is public, each in its way."""
    tomorrow = timezone.now() + dt.timedelta(days=1)
    ways = {
        WITHDRAWN: {"status": "canceled"},
        WITHHELD: {"status": "withheld"},
        EMBARGOED: {"visible_from": tomorrow},
    }
    for way, values in ways.items():
        Article.objects.filter(pk=hidden[way].article.pk).update(**values)
    Notice.objects.create(
        article=hidden[WITHDRAWN].article, kind="retraction", whose="ours", text="It was invented."
    )


class ExcerptOnly:
    """Articles of which readers may see the opening and what is quoted, once they are closed.

    All other words begin with zqclosed. There is a quote with the reporter between its two stretches, an
    interview, an older version, and a copy.
    """

    def __init__(self) -> None:
        self._letters = map("".join, itertools.product(string.ascii_lowercase, repeat=3))
        said = [f"the flood indeed said {number}" for number in ("one", "two", "three")]
        lines = [
            f"Before the flood {self.word()}. Then the flood {self.word()} came. After {self.word()} came"
            for _ in range(12)
        ]
        split = f"“{said[0]},” the mayor told the {self.word()}, “{said[1]}.”"
        question, answer = f"What of the flood {self.word()}?", said[2]
        quoted = f"{lines[0]}. {split} Nobody {self.word()} clapped."
        rest = (f"{line}." for line in lines[1:])
        text = "\n\n".join([OPENING.strip(), quoted, question, answer, *rest])
        speaker = make_speaker("Ada Okafor", slug="ada-okafor")
        self.paper = paper = make_publication("Closed Gazette")
        self.article = make_article(
            publication=paper, headline="Flood closes bridge", body=text, section="Home news",
            topics=("Floods",), authors=(speaker,), captions=("A flooded bridge",),
            source_url="https://gazette.example/flood",
        )  # fmt: skip
        self.quote = make_quote(self.article, said[0], said[1], speaker=speaker, kind="mixed")
        make_turn(self.article, question, "question")
        turn = make_turn(self.article, answer, "answer", speaker=speaker)
        self.answer = make_quote(self.article, answer, speaker=speaker, kind="answer", turn=turn)
        self.copy = make_article(
            publication=paper, headline="Flood closes bridge", body=text, published_on=None
        )
        make_quote(self.copy, said[0], speaker=speaker)
        later = text.replace(lines[-1], f"the flood {self.word()}")
        change_text(Article.objects.get(pk=self.article.pk), body=later)

    def close(self) -> None:
        """From now on the excerpt alone may be shown."""
        Publication.objects.filter(pk=self.paper.pk).update(full_text=Publication.FullText.EXCERPT)

    def word(self) -> str:
        return f"zqclosed{next(self._letters)}"
