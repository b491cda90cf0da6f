"""A selection has the same content and order on its page and in all seven files."""

import csv
import io
import json
import random
import xml.etree.ElementTree as ET

import bibtexparser
import pytest
import rispy

from articles.models import Article, Quote
from tests.exports.test_one_set import ATOM
from tests.search.invented import Inventor
from tests.sizes import size


@pytest.mark.django_db
@pytest.mark.parametrize("seed", range(40, 40 + size(3, 60)))
def test_every_form_of_a_basket_holds_the_same_in_the_order_of_its_address(client, seed):
    Inventor(seed).archive(24)
    chance = random.Random(seed)  # noqa: S311 - a shuffle to be repeated
    articles = chance.sample([*Article.objects.values_list("pk", flat=True), 999_999], k=12)
    quotes = chance.sample([*Quote.objects.values_list("pk", flat=True), 999_999], k=12)
    address = f"/basket/?articles={','.join(map(str, articles))}&quotes={','.join(map(str, quotes))}"
    shown = client.get(address).context["page"].basket
    on_page = [
        f"{'quote' if isinstance(result.row, Quote) else 'article'}-{result.row.pk}"
        for result in shown.results
    ]
    assert len(on_page) == shown.article_count + shown.quote_count > 3
    assert len(on_page) + len(shown.left_out) == 24
    for name, keys_of in FORMS.items():
        response = client.get(f"{address}&format={name}")
        assert (response.status_code, keys_of(response.content.decode())) == (200, on_page), name


def in_atom(text):
    kinds = {"articles": "article", "quotes": "quote"}
    addresses = [entry.find(f"{ATOM}id").text for entry in ET.fromstring(text).findall(f"{ATOM}entry")]  # noqa: S314
    return [f"{kinds[kind]}-{pk}" for kind, pk in (url.strip("/").split("/")[-2:] for url in addresses)]


def keys(records):
    return [f"{record['what']}-{record['id']}" for record in records]


FORMS = {
    "json": lambda text: keys(json.loads(text)["results"]),
    "csv": lambda text: keys(
        csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline=""), strict=True)
    ),
    "jsonl": lambda text: keys(map(json.loads, text.splitlines())),
    "ris": lambda text: [record["id"] for record in rispy.loads(text)],
    "bibtex": lambda text: [
        entry["ID"] for entry in bibtexparser.bparser.BibTexParser(common_strings=True).parse(text).entries
    ],
    "csljson": lambda text: [item["id"] for item in json.loads(text)],
    "atom": in_atom,
}
