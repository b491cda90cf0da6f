"""A search has the same results on its page and in all files; the feed has its own order."""

import csv
import io
import json
import re
import xml.etree.ElementTree as ET

import bibtexparser
import pytest
import rispy
from django.db import connection

from tests.factories import make_article
from tests.search.invented import NOW, Inventor
from tests.search.oracle import Archive, splitmix64
from tests.search.questions import Questions
from tests.sizes import size

ATOM = "{http://www.w3.org/2005/Atom}"
PATHS = {"articles": "/search/", "quotes": "/quotes/", "speaker": "/speakers/s0/"}

# Such as find more than a page.
WIDE = (
    "/search/?sort=random&seed=42",
    "/search/?q=the+OR+of+OR+flood+OR+tax+OR+river",
    "/quotes/?sort=oldest",
)


@pytest.mark.django_db
@pytest.mark.parametrize("seed", range(700, 700 + size(3, 60)))
def test_every_form_of_a_random_question_holds_the_same_results_in_the_same_order(client, seed):
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE search_document, quote_document")
    inventor = Inventor(seed)
    inventor.archive(36)
    questions = Questions(seed, Archive(NOW), inventor.speakers[0])
    asked = [questions.question() for _ in range(8)]
    random_ones = [
        f"{PATHS[invented.scope]}?{re.sub(r'&(size|group)=[a-z0-9]*', '', invented.query)}"
        for invented in asked
    ]
    found = 0
    for path in (WIDE[seed % len(WIDE)], *random_ones):
        on_pages = ids_on_pages(client, path)
        for name, ids_of in FORMS.items():
            assert ids_of(client, path) == on_pages, (name, path)
        # A feed is always ordered by the date added.
        by_date_added = ids_on_pages(client, re.sub(r"&?(sort|seed)=[a-z0-9]*", "", path) + "&sort=added")
        assert in_atom(client, path) == by_date_added, path
        assert sorted(by_date_added) == sorted(on_pages), path
        found += len(on_pages)
    assert found > 20


@pytest.mark.django_db
def test_a_random_order_can_be_worked_out_anywhere_by_the_published_rule(client):
    made = [make_article().pk for _ in range(9)]
    for seed in (1, 42):
        # Ascending by the splitmix64 hash of seed and ID.
        expected = sorted(made, key=lambda pk: splitmix64(seed, pk))
        assert in_jsonl(client, f"/search/?sort=random&seed={seed}") == expected


def ids_on_pages(client, path):
    first = client.get(path, follow=True)
    assert first.status_code == 200, path
    answer = first.context["page"].answer
    found = list(answer.ids)
    for page in range(2, answer.pages + 1):
        found += client.get(f"{path}&page={page}", follow=True).context["page"].answer.ids
    assert len(found) == answer.count
    return found


def in_json(client, path):
    found, page = [], client.get(f"{path}&format=json").json()
    found += [result["id"] for result in page["results"]]
    while page["links"]["next"]:
        page = client.get(page["links"]["next"]).json()
        found += [result["id"] for result in page["results"]]
    return found


def in_atom(client, path):
    pages = client.get(f"{path}&format=json").json()["pages"]
    found = []
    for number in range(1, pages + 1):
        feed = ET.fromstring(client.get(f"{path}&format=atom&page={number}").content)  # noqa: S314
        found += [entry.find(f"{ATOM}id").text for entry in feed.findall(f"{ATOM}entry")]
    return [int(address.rstrip("/").rsplit("/", 1)[1]) for address in found]


def whole(client, path, name):
    response = client.get(f"{path}&format={name}")
    assert response.status_code == 200, path
    return b"".join(response.streaming_content).decode()


def in_csv(client, path):
    # As pandas and R read it with no option set: UTF-8 with its mark, the first row names the columns.
    text = whole(client, path, "csv").removeprefix("\ufeff")
    return [int(row["id"]) for row in csv.DictReader(io.StringIO(text, newline=""), strict=True)]


def in_jsonl(client, path):
    return [json.loads(line)["id"] for line in whole(client, path, "jsonl").splitlines()]


def in_ris(client, path):
    return [number(record["id"]) for record in rispy.loads(whole(client, path, "ris"))]


def in_bibtex(client, path):
    parser = bibtexparser.bparser.BibTexParser(common_strings=True)
    return [number(entry["ID"]) for entry in parser.parse(whole(client, path, "bibtex")).entries]


def in_csljson(client, path):
    return [number(item["id"]) for item in json.loads(whole(client, path, "csljson"))]


def number(key):
    return int(key.removeprefix("article-").removeprefix("quote-"))


FORMS = {
    "json": in_json,
    "csv": in_csv,
    "jsonl": in_jsonl,
    "ris": in_ris,
    "bibtex": in_bibtex,
    "csljson": in_csljson,
}
