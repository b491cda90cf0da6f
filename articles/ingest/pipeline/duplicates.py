"""Find exact duplicates: the same address, the same id in the source, or the same headline and text."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from collections.abc import Iterable
from typing import NamedTuple
from urllib.parse import parse_qsl, quote, unquote, urlencode, urlsplit

from django.db.models import Q
from django.db.models.functions import Left

from articles.models import Article, ImportBatch
from articles.models.article import ArticleQuerySet
from articles.parsing.name_variants import spelling_key

# Parameters that track where a reader came from and never select an article.
_TRACKERS = re.compile(
    r"""
    (?:utm|mtm|piwik|matomo|hsa|guce|at|ns|fb_action)_.* | pk_(?:campaign|kwd|source|medium|content|cid)
    | fbclid | gclid | gclsrc | dclid | gbraid | wbraid | msclkid | twclid | ttclid | yclid | ysclid
    | li_fat_id | igshid | igsh | rdt_cid | epik | mc_[ce]id | mkt_tok | _hsenc | _hsmi | hsctatracking
    | vero_id | __s | wickedid | oly_(?:anon|enc)_id | _ga | _gl | _openstat | cmp | cmpid | icid | ncid
    | ocid | ito | s_cid | xtor | wt[._]mc.* | ref | ref_src | ref_url | smid | smtyp | sr_share | soc_src
    | soc_trk | fb_source | fb_ref | dicbo | guccounter | __twitter_impression | usqp | amp_js_v | amp_gsa
    | amp
    """,
    re.IGNORECASE | re.VERBOSE,
)
# A copy for phones: «/amp» in the path or «.amp» at its end, and Google's two addresses of the same page.
_AMP = re.compile(r"/amp(?=/|$)|\.amp(?=\.html?$|$)", re.IGNORECASE)
_CACHED = re.compile(
    r"https?://(?:[\w-]+\.cdn\.ampproject\.org/\w|(?:www\.)?google\.[a-z.]+/amp)(?:/s)?/(?=[^/]+\.)",
    re.IGNORECASE,
)
# Characters of the body that are compared, and how many are too few to tell articles apart.
_OPENING, _SHORT = 300, 100
_MOBILE = re.compile(r"^(www\d?|m|mobile|amp)\.(?=[^.]+\.)")
_INDEX = re.compile(r"/(index|default)\.(html?|php|aspx?)$", re.IGNORECASE)
_SESSION = re.compile(r";(jsessionid|phpsessid|sid)=[^/]*", re.IGNORECASE)
_SAFE_IN_PATH = "/:@!$&'()*+,;=~-._"
_MAX_LENGTH = 2_000


def canonical_key(url: str) -> str | None:
    """Normalize the address of an article for `canonical_url`; None for a site's root.

    >>> canonical_key("http://www.courier.example/News/1/amp/?utm_source=mail&b=2&a=1#top")
    'https://courier.example/News/1?a=1&b=2'
    """
    try:
        parts = urlsplit(_CACHED.sub("https://", url.strip()))
        host, port = (parts.hostname or "").rstrip("."), parts.port
    except ValueError:
        return None
    if parts.scheme not in ("http", "https") or not host:
        return None
    path = _without_amp(_INDEX.sub("/", _path(parts.path)).rstrip("/"))
    given = parse_qsl(parts.query, keep_blank_values=True, errors="surrogateescape")
    parameters = sorted((key, value) for key, value in given if not _is_tracker(key, value))
    query = urlencode(parameters, errors="surrogateescape")
    if not path and not query:
        return None
    where = _host(host) + (f":{port}" if port and port not in (80, 443) else "")
    key = f"https://{where}{path or '/'}" + (f"?{query}" if query else "")
    return key if len(key) <= _MAX_LENGTH else None


def _path(path: str) -> str:
    """Normalize escapes and double slashes; keep the case, which servers may distinguish."""
    decoded = unquote(re.sub(r"%2[Ff]", "%252F", _SESSION.sub("", path)), errors="surrogateescape")
    plain = quote(re.sub(r"/{2,}", "/", decoded), safe=_SAFE_IN_PATH, errors="surrogateescape")
    return plain.replace("%252F", "%2F")


def _without_amp(path: str) -> str:
    """The path of the page whose copy for phones this is; «/amp» alone may be a page about amplifiers."""
    return _AMP.sub("", path) or path


def _is_tracker(key: str, value: str) -> bool:
    return bool(_TRACKERS.fullmatch(key)) or (key.casefold(), value.casefold()) == ("outputtype", "amp")


def _host(host: str) -> str:
    try:
        host = host.encode("ascii").decode() if host.isascii() else host.encode("idna").decode()
    except UnicodeError:
        host = quote(host)
    return _MOBILE.sub("", host.lower())


def text_hash(body: str) -> str:
    """Return the hash that the database stores in `body_hash`."""
    return hashlib.sha256(body.encode()).hexdigest()


class Keys(NamedTuple):
    """The keys that identify an article, the strongest first."""

    publication: int | None
    external_id: str | None
    canonical_url: str | None
    body_hash: str
    published_on: dt.date | None
    headline: str = ""

    def names(self) -> list[tuple]:
        """Return each key as a comparable value; articles that share one are the same."""
        found: list[tuple] = []
        if self.external_id and self.publication:
            found.append(("id", self.publication, self.external_id))
        if self.canonical_url:
            found.append(("url", self.canonical_url))
        return [*found, ("text", self.publication, self.body_hash, self.published_on, self.headline)]


class Known(NamedTuple):
    """A stored article, with the columns needed to find duplicates."""

    pk: int
    publication: int | None
    body_hash: str
    published_on: dt.date | None
    copy_of: int | None
    headline: str = ""
    external_id: str | None = None
    canonical_url: str | None = None


class KnownArticles:
    """An index of stored articles by key and by text; new articles can be added to it."""

    def __init__(self) -> None:
        self.by_key: dict[tuple, Known] = {}
        self.by_text: dict[str, list[Known]] = {}
        # Of articles that are not stored yet.
        self.openings: dict[int, str] = {}

    def find(self, keys: Iterable[Keys]) -> None:
        """Look up all stored articles that share a key or a text with these."""
        wanted = list(keys)
        for article in _sharing(wanted):
            superseded = article.pop("version_of")
            known = Known(**article)
            live = None if superseded else known.canonical_url
            text = (known.body_hash, known.published_on, known.headline)
            self.put(Keys(known.publication, known.external_id, live, *text), known)

    def add(self, pk: int, keys: Keys, body: str, copy_of: int | None) -> None:
        """Add an article that is about to be stored."""
        publication, external_id, canonical_url, body_hash, published_on, headline = keys
        known = Known(pk, publication, body_hash, published_on, copy_of, headline, external_id, canonical_url)
        self.openings[pk] = body[:_OPENING]
        self.put(keys, known)

    def put(self, keys: Keys, known: Known) -> None:
        for name in keys.names():
            self.by_key.setdefault(name, known)
        texts = self.by_text.setdefault(known.body_hash, [])
        if known not in texts:
            texts.append(known)

    def replace(self, known: Known, keys: Keys) -> None:
        """Update the index after the article's text was replaced."""
        changed = known._replace(body_hash=keys.body_hash, headline=keys.headline)
        for name in [name for name, article in self.by_key.items() if article == known and name[0] != "text"]:
            self.by_key[name] = changed
        self.put(keys, changed)

    def match(self, keys: Keys, body: str) -> Known | None:
        """The article that this is: by ID, then by link, then by text with headline and date."""
        for name in keys.names():
            known = self.by_key.get(name)
            if known and (name[0] == "text" or self._is_version(name[0], keys, body, known)):
                return known
        return None

    def taken(self, keys: Keys) -> dict[str, Known]:
        """The articles that have the ID or the link; by `id` and `url`."""
        return {name[0]: self.by_key[name] for name in keys.names() if name in self.by_key}

    def _is_version(self, by: str, keys: Keys, body: str, known: Known) -> bool:
        """Whether the article with the same ID or link is another version of this one.

        It is if the link, the headline or half of the words at the beginning are the same too; where the
        links do not differ, half of the headline's words are enough. With the same link it is, unless the
        source gives the two different IDs.
        """
        if by == "url":
            ids = {keys.external_id, known.external_id}
            if None in ids or len(ids) == 1 or keys.publication != known.publication:
                return True
        elif keys.canonical_url and keys.canonical_url == known.canonical_url:
            return True
        one, other = spelling_key(keys.headline), spelling_key(known.headline)
        if keys.headline == known.headline or one == other != "":
            return True
        if not (keys.canonical_url and known.canonical_url) and _share_half(one, other):
            return True
        opening, known_opening = body[:_OPENING], self._opening(known)
        # Short texts, such as «Read more», say nothing.
        return min(len(opening), len(known_opening)) >= _SHORT and _share_half(opening, known_opening)

    def _opening(self, known: Known) -> str:
        if known.pk in self.openings:
            return self.openings[known.pk]
        return Article.objects.filter(pk=known.pk).values_list(Left("body", _OPENING), flat=True).get()

    def without_taken(self, keys: Keys) -> Keys:
        """Return the keys without those that another article has: the editor decides which one keeps them."""
        taken = self.taken(keys)
        return keys._replace(
            external_id=None if "id" in taken else keys.external_id,
            canonical_url=None if "url" in taken else keys.canonical_url,
        )

    def original(self, keys: Keys) -> int | None:
        """Return the earliest article of another publication with this text that is not itself a copy."""
        others = [k for k in self.by_text.get(keys.body_hash, ()) if k.publication != keys.publication]
        roots = [k for k in others if k.copy_of is None] or others
        first = min(roots, key=lambda k: (k.published_on or dt.date.max, k.pk < 0, abs(k.pk)), default=None)
        return (first.copy_of or first.pk) if first else None


def _share_half(one: str, other: str) -> bool:
    """Whether the texts have half of the words of the one with fewer; words of four letters or more."""
    first, second = (set(re.findall(r"\w{4,}", text.casefold())) for text in (one, other))
    return 2 * len(first & second) >= min(len(first), len(second)) > 0


def _sharing(keys: list[Keys]) -> Iterable[dict]:
    externals = [k.external_id for k in keys if k.external_id]
    canonicals = [k.canonical_url for k in keys if k.canonical_url]
    columns = (
        "pk",
        "publication",
        "body_hash",
        "published_on",
        "copy_of",
        "headline",
        "external_id",
        "canonical_url",
        "version_of",
    )
    # Three index look-ups: one OR over three columns would scan the whole table.
    seen: dict[int, dict] = {}
    for condition in (
        Q(external_id__in=externals, publication__in={k.publication for k in keys}),
        Q(canonical_url__in=canonicals),
        Q(body_hash__in={k.body_hash for k in keys}),
    ):
        for article in not_undone().filter(condition).order_by("pk").values(*columns):
            seen[article["pk"]] = article
    return seen.values()


def same_headlines(keys: Iterable[Keys], batch: ImportBatch | None) -> dict[Keys, int]:
    """The newest article with the headline, date and publication of each that has neither ID nor link.

    Discarded drafts, superseded versions and articles of this batch are left out: what is in the source at
    the same time is no version of one another.
    """
    sought = [key for key in keys if key.publication and not (key.external_id or key.canonical_url)]
    if not sought:
        return {}
    days = {key.published_on for key in sought}
    dated = Q(published_on__in=days - {None}) | (Q(published_on=None) if None in days else Q(pk__in=[]))
    stored = comparable_articles().filter(
        dated,
        publication__in={key.publication for key in sought},
        headline__in={key.headline for key in sought},
        version_of=None,
    )
    if batch:
        stored = stored.exclude(import_batch=batch)
    columns = stored.order_by("pk").values_list("publication", "published_on", "headline", "pk")
    newest = {tuple(values): pk for *values, pk in columns}
    found = {key: newest.get((key.publication, key.published_on, key.headline)) for key in sought}
    return {key: pk for key, pk in found.items() if pk}


def comparable_articles() -> ArticleQuerySet:
    """Articles worth comparing with: all except discarded drafts and rolled-back imports."""
    return not_undone().exclude(status=Article.Status.CANCELED, first_public_at__isnull=True)


def not_undone() -> ArticleQuerySet:
    """All articles except those withdrawn by the rollback of their import; these may be imported again."""
    return Article.objects.exclude(status=Article.Status.CANCELED, import_batch__undone_at__isnull=False)


def already_here(article: Article) -> ArticleQuerySet:
    """Return duplicates: the same address, the same id, or the same text, headline, publication and date.

    A draft without a headline is compared without it.
    """
    same = Q(
        body_hash=article.body_hash or text_hash(article.body),
        publication=article.publication_id,
        published_on=article.published_on,
    )
    if article.headline:
        same &= Q(headline=article.headline)
    if not article.body:
        same = Q(pk__in=[])
    address = article.canonical_url or canonical_key(article.source_url)
    if address:
        same |= Q(canonical_url=address, version_of__isnull=True)
    if article.external_id:
        same |= Q(external_id=article.external_id, publication=article.publication_id)
    return not_undone().filter(same).exclude(pk=article.pk)


def copies(article: Article) -> ArticleQuerySet:
    """Return articles with the same text in other publications."""
    same = not_undone().filter(body_hash=article.body_hash).exclude(pk=article.pk)
    return same.exclude(publication=article.publication_id) if article.body else same.none()
