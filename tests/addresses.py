"""Every address of the project: its route as it is written, and an example of it that leads somewhere."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from axes.models import AccessAttempt, AccessFailureLog, AccessLog
from django.contrib.auth.models import Group, User
from django.contrib.contenttypes.models import ContentType
from django.db.models import Model
from django.urls import URLResolver, get_resolver

from articles import reader_reports
from articles.models import Article, ImportBatch, Notice, Quote, RawDocument, Speaker
from tests.admin.desk import make_draft, propose
from tests.factories import make_article, make_quote, make_section, make_source, make_speaker, make_topic

PLACEHOLDER = re.compile(r"<(?:[a-z]+:)?([a-z_]+)>")
# What stands for the row in an address of the desk, where it is not an article.
DESK_ROWS = {
    "quotes": "quote", "imports": "importbatch", "splitting": "speaker", "reports": "report",
    "publications": "publication", "sources": "source",
}  # fmt: skip
SLUGS = {"speakers": "ada", "publications": "selwy-courier", "sections": "home-news", "topics": "floods"}
PARTS = {"year": "2019", "month": "05", "day": "30", "facet": "publication", "section": "articles"}


def routes(patterns: list | None = None, before: str = "") -> Iterator[str]:
    """Each route from the root on, once: that of a page nobody has thought of here as well."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        route = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from routes(pattern.url_patterns, route)
        else:
            yield route


@dataclass(frozen=True)
class Examples:
    """Few rows, one of every table that has pages; and what stands in an address for them."""

    rows: Mapping[str, Model]
    article: Article
    undated: Article
    quote: Quote
    token: str
    slugs: Mapping[str, str] = field(default_factory=lambda: SLUGS)

    def address(self, route: str) -> str:
        """An address of this route at which something stands."""
        if "(?P<app_label>" in route:
            return "/admin/articles/"
        if "(?P<url>" in route:
            return "/admin/nothing-here/"
        return "/" + PLACEHOLDER.sub(lambda found: self._value(route, found[1]), route)

    def _value(self, route: str, name: str) -> str:
        first, _, rest = route.partition("/")
        if first == "admin":
            return self._in_the_admin(rest.split("/"), name)
        if name == "token":
            return self.token
        article = self.undated if rest.startswith("undated/") else self.article
        if name == "pk":
            return str(self.quote.pk if first == "quotes" else article.pk)
        if name == "slug" and first == "articles":
            return article.get_absolute_url().rstrip("/").rpartition("/")[2].partition("-")[2]
        return self.slugs[first] if name == "slug" else PARTS[name]

    def _in_the_admin(self, steps: list[str], name: str) -> str:
        if steps[0] == "r":
            kind = ContentType.objects.get_for_model(Article)
            return str(kind.pk if name == "content_type_id" else self.article.pk)
        if name == "number":
            return str(self.rows["article"].events.latest("pgh_id").pk)
        table = DESK_ROWS.get(steps[1], "article") if steps[0] == "desk" else steps[1]
        return str(self.rows[table].pk)


def make_examples() -> Examples:
    """A draft with proposals, articles that are public, and a row of every other table."""
    draft = make_draft()
    quotes = propose(draft)
    Article.objects.filter(pk=draft.pk).update(kicker="The gates")
    speaker = make_speaker(slug="ada")
    public = make_article(
        headline="Gates opened", body="“We will appeal,” said Ada Okafor.", section="Home news",
        topics=("Floods",),
    )  # fmt: skip
    found = make_quote(public, "We will appeal,", speaker=speaker, source="Ada Okafor")
    token = reader_reports.receive(found, "speaker", "", reader_reports.new_token())
    tried = {"username": "mallory", "ip_address": "192.0.2.9", "user_agent": "", "path_info": "/admin/login/"}
    rows: dict[str, Model | None] = {
        "article": draft,
        "quote": quotes[0],
        "speaker": Speaker.objects.get(pk=speaker.pk),
        "publication": public.publication,
        "section": make_section(),
        "topic": make_topic(),
        "notice": Notice.objects.create(article=public, kind="correction", whose="ours", text="Amended."),
        "importbatch": ImportBatch.objects.create(source="articles.csv"),
        "rawdocument": RawDocument.objects.create(article=draft, bytes=b"raw", media_type="text/plain"),
        "source": make_source(),
        "report": reader_reports.found_by(token),
        "user": User.objects.create_user("somebody"),
        "group": Group.objects.create(name="some group"),
        "accessattempt": AccessAttempt.objects.create(
            failures_since_start=1, get_data="", post_data="", **tried
        ),
        "accesslog": AccessLog.objects.create(**tried),
        "accessfailurelog": AccessFailureLog.objects.create(locked_out=False, **tried),
    }
    undated = make_article(headline="A leaflet", published_on=None)
    return Examples(rows, public, undated, found, token)
