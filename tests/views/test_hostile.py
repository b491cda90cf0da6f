"""Hostile values in every public URL and parameter: no error 500, no ignored filter."""

import datetime as dt
import json
from html.parser import HTMLParser
from urllib.parse import quote, urlencode

import pytest
from django.test import Client, TestCase
from django.urls import URLPattern
from hypothesis import given, settings
from hypothesis import strategies as st

from articles import reader_reports, urls
from articles.models import Article, Image, Notice, Publication, Section, Speaker, Topic
from articles.search.request.canonical_url import ORDER
from tests.factories import make_article, make_publication, make_quote, make_speaker, make_topic, make_turn
from tests.sizes import size

# The worst first: the suite tries the first of them everywhere, the measuring run all.
NASTY = (
    *("\0", "9" * 5000, "x" * 501, "2019-02-30", "(((((( OR", "<script>", "\ud800", " ", "-1", "%ff"),
    *("'", '"', "\\", "%", "%00", "{{7*7}}", "${7*7}", "0", "1e9", "9" * 23, "١", "NaN", "null", "[]", "a b"),
    *("\n", "../../etc/passwd", "0000", "-99999d", "--", "OR", "(", "*", "a*", "NEAR/99 x", "speaker:"),
    *("publication:\x01", "- " * 40, "foo & | !", ":*", "ÄÖÜ", "東京", "🜁", "\u202e"),
)
FEW, FEWER = size(10, len(NASTY)), size(3, len(NASTY))
HEADLINE = "Hostile flood"


@pytest.fixture
def archive(db):
    """One of everything, with something to be found in it."""
    speaker = make_speaker("Ada Okafor", slug="ada-okafor", sort_name="Okafor, Ada")
    article = make_article(
        headline=HEADLINE, body="“We will appeal,” said Ada Okafor.", section="Home news", topics=("Floods",),
        published_on=dt.date(2019, 5, 30),
    )  # fmt: skip
    found = make_quote(article, "We will appeal,", speaker=speaker)
    token = reader_reports.receive(found, "speaker", "", reader_reports.new_token())
    return {"article": article, "quote": found, "token": token}


def addresses(archive):
    """An address for every public pattern, so that a new page is tested the day it is named."""
    article, found = archive["article"], archive["quote"]
    slugs = {
        "speaker": "ada-okafor",
        "publication": "selwy-courier",
        "section": "home-news",
        "topic": "floods",
    }
    kwargs = {"year": "2019", "month": "05", "day": "30"}
    for pattern in urls.urlpatterns:
        assert isinstance(pattern, URLPattern)
        path = "/" + str(pattern.pattern)
        for name, value in {
            "<yyyy:year>": kwargs["year"], "<mm:month>": kwargs["month"], "<mm:day>": kwargs["day"],
            "<id:pk>": str(found.pk if "quotes/" in path else article.pk),
            "<str:slug>": article.get_absolute_url().rstrip("/").split("-", 1)[1],
            "<slug:slug>": slugs.get(pattern.name, "ada-okafor"), "<slug:section>": "articles",
            "<speaker:slug>": "ada-okafor",
            "<slug:facet>": "publication", "<slug:token>": archive["token"],
        }.items():  # fmt: skip
            path = path.replace(name, value)
        yield path


def test_every_address_answers(client, archive):
    for path in addresses(archive):
        assert client.get(path, follow=True).status_code == 200, path


PARAMETERS = (*ORDER, "letter", "p", "colour")
SEARCHES = ("/search/", "/quotes/", "/speakers/ada-okafor/", "/speakers/")


@pytest.mark.parametrize("name", PARAMETERS)
def test_no_value_of_any_parameter_is_a_fault_on_any_search(client, archive, name):
    for path in SEARCHES:
        for value in NASTY[: FEW if path == "/search/" else FEWER]:
            response = client.get(f"{path}?{urlencode({name: value}, errors='surrogatepass')}", follow=True)
            assert response.status_code < 500, (path, name, value)


@pytest.mark.parametrize("path", SEARCHES)
def test_nothing_typed_into_a_search_box_is_a_fault(client, archive, path):
    for value in NASTY:
        response = client.get(f"{path}?{urlencode({'q': value}, errors='surrogatepass')}", follow=True)
        assert response.status_code < 500, value


@pytest.mark.parametrize("value", NASTY[:FEW])
def test_no_value_is_a_fault_on_any_address(client, archive, value):
    query = "&".join(
        f"{name}={quote(value, errors='surrogatepass')}" for name in ("page", "hl", "format", "q")
    )
    for path in addresses(archive):
        assert client.get(f"{path}?{query}", follow=True).status_code < 500, path


@pytest.mark.parametrize("value", NASTY)
def test_no_word_in_a_path_is_a_fault(client, archive, value):
    word = quote(value, safe="", errors="surrogatepass")
    for path in ("/articles/{}/", "/articles/2019/05/30/{}-x/", "/articles/undated/1-{}/", "/quotes/{}/",
                 "/speakers/{}/", "/publications/{}/", "/topics/{}/", "/archive/{}/", "/archive/2019/{}/",
                 "/sitemap-{}.xml", "/{}"):  # fmt: skip
        assert client.get(path.format(word)).status_code < 500, path


@pytest.mark.parametrize(
    "name", ["from", "to", "added", "as_of", "page", "size", "sort", "kind", "format", "standing"]
)
def test_what_cannot_be_read_never_finds_everything(client, archive, name):
    for path in SEARCHES[:3]:
        for value in ("junk", "2019-02-30", "<script>"):
            response = client.get(path, {name: value})
            assert HEADLINE not in response.content.decode(), (path, name, value)
            assert "appeal" not in response.content.decode(), (path, name, value)


@pytest.mark.django_db
@settings(max_examples=size(25, 5000))
@given(st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=80))
def test_nothing_typed_is_a_fault(text):
    for path in ("/search/", "/quotes/", "/speakers/"):
        assert Client().get(path, {"q": text}, follow=True).status_code in (200, 404)


PAYLOADS = (
    *("<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "<svg/onload=alert(1)>", "<<b>script>"),
    *('"><script>alert(1)</script>', "'><script>alert(1)</script>", "javascript:alert(1)", "<BODY onload=x>"),
    *(
        "</title><script>alert(1)//",
        "</textarea><script>alert(1)</script>",
        "<a href=javascript:alert(1)>x</a>",
    ),
    *("<iframe src=//evil.example>", "<style>*{display:none}</style>", "<base href=//evil.example/>"),
    *("<meta http-equiv=refresh content=0>", "<form action=//evil.example>", "<input autofocus onfocus=x>"),
    *("<details open ontoggle=alert(1)>", "<math><mtext></mtext><script>x</script></math>", "<mark>x</mark>"),
    *("<!--<script>alert(1)</script>-->", "]]><script>alert(1)</script>", "&lt;script&gt;x&lt;/script&gt;"),
    *("&#60;script&#62;", "%3Cscript%3Ealert(1)%3C/script%3E", "{{constructor.constructor('x')()}}"),
    *("${alert(1)}", "<SCRIPT SRC=//evil.example>", "<object data=//x>", "<link rel=stylesheet href=//x>"),
)
TOGETHER = [" ".join(PAYLOADS[at : at + 6]) for at in range(0, len(PAYLOADS), 6)]


class Tags(HTMLParser):
    """Elements and attributes of a page that no page of ours has."""

    known = frozenset(
        [
            *("html", "head", "meta", "title", "link", "script", "body", "header", "main", "footer", "nav"),
            *(
                "section",
                "article",
                "aside",
                "div",
                "h1",
                "h2",
                "h3",
                "p",
                "ul",
                "ol",
                "li",
                "dl",
                "dt",
                "dd",
            ),
            *("form", "label", "input", "button", "fieldset", "legend", "details", "summary", "figure"),
            "noscript",
            *(
                "figcaption",
                "blockquote",
                "table",
                "caption",
                "thead",
                "tbody",
                "tr",
                "th",
                "td",
                "svg",
                "line",
            ),
            *(
                "rect",
                "text",
                "a",
                "b",
                "i",
                "strong",
                "em",
                "code",
                "kbd",
                "span",
                "time",
                "mark",
                "abbr",
                "small",
            ),
            *("br", "del", "ins", "pre", "select", "option", "textarea"),
        ]
    )

    def __init__(self):
        super().__init__()
        self.strange = []
        self.scripts = 0
        self.in_data = False

    def handle_data(self, text):
        """What the page says of itself as data is whole, whatever stands in it: else this raises."""
        if self.in_data:
            json.loads(text)

    def handle_endtag(self, tag):
        self.in_data = False

    def handle_starttag(self, tag, attributes):
        named = dict(attributes)
        self.in_data = tag == "script" and attributes == [("type", "application/ld+json")]
        self.scripts += tag == "script" and not self.in_data
        if tag not in self.known or any(name.startswith("on") or name == "style" for name in named):
            self.strange.append((tag, attributes))
        for address in (named.get("href") or "", named.get("src") or "", named.get("action") or ""):
            if "evil.example" in address.split("?")[0] or address.strip().lower().startswith(
                ("javascript:", "data:")
            ):
                self.strange.append((tag, attributes))


class PayloadTests(TestCase):
    """Each payload in every field that a reader may see."""

    def pages(self, payload):
        paper = make_publication(f"Paper {payload}", slug="paper", rights=payload, aliases=[payload])
        speaker = make_speaker(
            f"Ada {payload}", slug="ada", aliases=(payload,), description=payload, sort_name=payload
        )
        body = f"{payload}\n\n“Words {payload} said,” she said. {payload}\n\nQ: {payload}"
        article = make_article(
            publication=paper, headline=payload, kicker=payload, standfirst=payload, byline=payload,
            dateline=payload, body=body, authors=(speaker,), edition=payload[:100], page=payload[:50],
            section=Section.objects.create(name=payload, slug="section"),
            topics=(make_topic(payload, slug="topic"),),
        )  # fmt: skip
        image = Image.objects.create(article=article, caption=payload, credit=payload)
        found = make_quote(
            article, f"Words {payload} said,", speaker=speaker, source=payload, cue=payload,
            role_as_printed=payload, rule=payload[:60], said_as_printed=payload[:200],
        )  # fmt: skip
        make_quote(article, payload, part="caption", image=image, source=payload)
        make_turn(article, payload, "question", source=payload)
        Notice.objects.create(article=article, kind="correction", whose="ours", text=payload)
        Notice.objects.create(quote=found, kind="correction", whose="ours", text=payload)
        Article.objects.filter(pk=article.pk).update(headline=f"{payload} changed")
        article.refresh_from_db()
        asked = urlencode({"q": payload})
        return [
            "/", article.get_absolute_url(), f"{article.get_absolute_url()}history/",
            f"{article.get_absolute_url()}?{urlencode({'hl': payload})}", found.get_absolute_url(),
            "/speakers/", f"/speakers/?{asked}", "/speakers/ada/", f"/speakers/ada/?{asked}",
            f"/search/?{asked}", f"/quotes/?{asked}", "/search/?group=publication",
            "/search/?q=words&view=kwic",
            f"/search/?{urlencode({'from': payload})}", f"/search/?{urlencode({'speaker': payload})}",
            f"/search/?{urlencode({payload: 'x'})}", "/publications/", "/publications/paper/",
            "/sections/section/",
            "/topics/topic/", "/archive/2019/05/", "/about/holdings/", "/corrections/", "/feeds/",
            f"/basket/?articles={article.pk}&quotes={found.pk}",
            f"/basket/?{urlencode({'articles': payload})}", f"/basket/?{urlencode({'add': payload})}",
        ]  # fmt: skip

    def test_every_payload_is_shown_as_text_on_every_page(self):
        for payload in TOGETHER:
            for model in (Article, Speaker, Publication, Section, Topic):
                self.assertEqual(model.objects.count(), 0)
            for path in self.pages(payload):
                with self.subTest(payload, path=path):
                    response = self.client.get(path, follow=True)
                    self.assertEqual(response.status_code, 200)
                    tags = Tags()
                    tags.feed(response.content.decode())
                    self.assertEqual((tags.strange, tags.scripts), ([], 2))
            self._empty()

    def _empty(self):
        Article.objects.all().delete()
        for model in (Speaker, Publication, Section, Topic):
            model.objects.all().delete()
