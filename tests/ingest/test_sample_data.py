"""The sample archive has one of everything that a newcomer should see."""

import json
import re
import unittest
from collections import Counter
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

from django.contrib.auth import get_user_model
from django.test import TestCase
from django.utils import timezone

from articles.models import (
    Alias,
    Article,
    ImportBatch,
    Notice,
    Publication,
    Quote,
    RawDocument,
    Role,
    Speaker,
    Topic,
    Turn,
)
from articles.near_duplicates.pairs import near_duplicates_of
from articles.operations.sample_data import (
    FOLDER,
    load_samples,
    sample_plan,
    sample_rows,
)
from articles.parsing import normalise, read_row
from articles.parsing.tabular.rows import COLUMNS
from articles.search.query.syntax_reference import GROUPS, PLAIN_WORDS

PLAN = sample_plan()
LISTED = sample_rows(PLAN)
ROWS = {row["external_id"]: row for row in LISTED}
READ = {item["article"]: item["quotes"] for item in PLAN["read"]}
AGENCY = "Interland Wire"
GUIDE = (Path(__file__).parents[2] / "docs" / "researchers.md").read_text(encoding="utf-8")
STUDIES = GUIDE.partition("## Three studies")[2].partition("\n## ")[0]
STEP = re.compile(r"^\|[^|]+\| `(?P<address>/[^`]+)` \| (?P<found>[\d,]+) \|$", re.MULTILINE)


class SampleFiles(unittest.TestCase):
    def test_each_article_is_an_import_row_that_is_read_as_it_stands(self):
        for name, row in ROWS.items():
            with self.subTest(name):
                parsed = read_row(row)
                self.assertEqual(parsed.body, row["body"])
                self.assertEqual((parsed.removed, parsed.warnings, parsed.extra), ((), (), {}))

    def test_each_article_has_the_columns_of_an_import_and_no_others(self):
        for name, row in ROWS.items():
            with self.subTest(name):
                self.assertLessEqual(set(row), COLUMNS)
                self.assertTrue(all(row[column] for column in ("headline", "body", "publication", "section")))

    def test_every_line_of_every_file_is_in_an_article(self):
        written = "".join(path.read_text(encoding="utf-8") for path in FOLDER.glob("*.txt"))
        self.assertEqual(len(re.findall(r"^=== ", written, re.MULTILINE)), len(LISTED))
        self.assertEqual(
            len(re.findall(r"^caption: ", written, re.MULTILINE)), sum(len(row["images"]) for row in LISTED)
        )

    def test_every_id_is_given_once(self):
        self.assertEqual(len(ROWS), len(LISTED))

    def test_there_are_enough_articles_in_three_languages_and_six_newspapers(self):
        self.assertGreaterEqual(len(ROWS), 150)
        languages = Counter(row["language"] for row in ROWS.values())
        self.assertEqual(set(languages), {"en", "de", "pl"})
        self.assertGreaterEqual(min(languages.values()), 5)
        self.assertEqual(len({row["publication"] for row in ROWS.values()}), 6)

    def test_most_articles_have_120_to_600_words(self):
        ordinary = [name for name, row in ROWS.items() if 120 <= len(row["body"].split()) <= 600]
        self.assertGreater(len(ordinary), len(ROWS) * 4 / 5)

    def test_there_are_articles_from_every_year_from_1984_to_2026(self):
        years = {int(row["published_at"][:4]) for row in ROWS.values() if "published_at" in row}
        self.assertEqual(years, set(range(1984, 2027)))
        self.assertLessEqual(max(row.get("published_at", "") for row in ROWS.values()), "2026-11-20")

    def test_no_two_articles_begin_alike(self):
        leads = [" ".join(row["body"].split()[:5]) for row in ROWS.values() if row.get("byline") != AGENCY]
        self.assertEqual(max(Counter(leads).values()), 1)

    def test_every_address_is_an_invented_one(self):
        for row in ROWS.values():
            self.assertRegex(row["source_url"], r"^https://[a-z]+\.example/")
        for paper in PLAN["publications"]:
            self.assertRegex(paper["homepage"], r"^https://[a-z]+\.example/$")

    def test_texts_use_printers_marks_throughout(self):
        for name, row in ROWS.items():
            with self.subTest(name):
                self.assertNotRegex(row["headline"] + row["body"], "[\"'`]|--|  ")
                self.assertEqual(row["body"], normalise(row["body"]))

    def test_the_plan_names_only_articles_that_there_are(self):
        named = set(READ) | set(PLAN["unread"]) | set(PLAN["confirmed"])
        for part in ("notices", "statuses", "embargoes", "versions"):
            named |= {item["article"] for item in PLAN[part]}
        named |= {item["replaced_by"] for item in PLAN["versions"]}
        self.assertLessEqual(named, set(ROWS))
        listed = [*READ, *PLAN["unread"], *PLAN["confirmed"]]
        self.assertEqual(len(listed), len(set(listed)))


class LoadedSamples(TestCase):
    """What stands in an archive after the samples have been loaded once."""

    @classmethod
    def setUpTestData(cls):
        cls.loaded = load_samples()
        cls.brask = Speaker.objects.get(name="Hedda Brask")

    def article(self, name):
        return Article.objects.get(external_id=name)

    def by(self, name):
        return Quote.objects.accepted().filter(speaker__canonical_speaker=Speaker.objects.get(name=name))

    def test_all_articles_come_in_through_the_import_that_any_file_goes_through(self):
        self.assertEqual(self.loaded, len(ROWS))
        self.assertEqual(Article.objects.count(), len(ROWS))
        batches = ImportBatch.objects.all()
        self.assertEqual(sum(batch.rows_added for batch in batches), len(ROWS))
        self.assertEqual({(batch.rows_bad, bool(batch.finished_at)) for batch in batches}, {(0, True)})

    def test_each_article_keeps_the_row_it_came_from(self):
        kept = [json.loads(bytes(raw.bytes)) for raw in RawDocument.objects.all()]
        self.assertEqual({row["external_id"]: row for row in kept}, ROWS)

    def test_there_is_one_of_everything_that_a_newcomer_should_see(self):
        articles, quotes, shown = Article.objects, Quote.objects.accepted(), Article.objects.published()
        for what, found in {
            "many articles that a person has read": shown.filter(quotes_state="read")[49:],
            "many articles with quotes that only a rule has accepted": shown.filter(quotes_state="rule")[49:],
            "articles that nobody has read": shown.filter(quotes_state="unread")[9:],
            "a date of a month": articles.filter(published_precision="month"),
            "a date of a year": articles.filter(published_precision="year"),
            "no date": articles.filter(published_on=None),
            "authors": articles.filter(authors__isnull=False),
            "a copy": articles.filter(copy_of__isnull=False),
            "an early version": articles.filter(version_of__isnull=False),
            "a withdrawn article that says why": articles.filter(
                status="canceled", notices__kind="retraction"
            ),
            "a withheld article": articles.filter(status="withheld"),
            "an embargo": articles.filter(status="usable", visible_from__gt=timezone.now()),
            "a correction of the paper's own": Notice.objects.filter(kind="correction", whose="the paper's"),
            "a note of ours": Notice.objects.filter(kind="editor's note", whose="ours"),
            "a quote in a headline": quotes.filter(part="headline"),
            "a quote in a caption": quotes.filter(part="caption"),
            "an unnamed speaker": quotes.filter(speaker__kind="unnamed"),
            "an organisation that speaks": quotes.filter(speaker__kind="organisation"),
            "a source who is nobody known": quotes.filter(speaker=None).exclude(source=""),
            "a speaker in many articles": self.by("Hedda Brask").values("article").distinct()[11:],
            "a speaker with several roles and spellings": Speaker.objects.filter(
                roles__gt=0, aliases__kind="transliteration"
            ),
            "a quote that was credited to another": quotes.filter(
                standing="corrected", credited_to__isnull=False
            ),
        }.items():
            with self.subTest(what):
                self.assertTrue(found.exists())

    def test_an_article_read_by_a_person_holds_exactly_the_quotes_that_the_person_found(self):
        for name, listed in READ.items():
            with self.subTest(name):
                quotes = self.article(name).quotes.filter(status="accepted").select_related("speaker")
                found = [
                    (q.part, q.kind, q.speaker and q.speaker.name, q.source, q.text)
                    for q in sorted(quotes, key=lambda q: q.position)
                ]
                self.assertEqual(len(found), len(listed))
                for (part, kind, speaker, source, text), item in zip(found, listed, strict=True):
                    self.assertEqual(
                        (part, kind, speaker, source),
                        (item.get("part", "body"), item["kind"], item["speaker"], item.get("source", "")),
                    )
                    self.assertTrue(text.startswith(item["words"][0][0]), text)
                    self.assertTrue(text.endswith(item["words"][-1][-1]), text)

    def test_an_article_read_by_a_person_leaves_nothing_undecided(self):
        for name in READ:
            with self.subTest(name):
                article = self.article(name)
                self.assertEqual(article.quotes_state, "read")
                self.assertFalse(article.quotes.filter(decided_by=None).exists())

    def test_a_rule_accepts_only_what_it_is_sure_of_and_says_so(self):
        by_rule = Quote.objects.filter(status="accepted", decided_by=None)
        self.assertGreaterEqual(by_rule.count(), 5)
        for quote in by_rule:
            self.assertGreaterEqual(quote.confidence, 0.9)
            self.assertEqual(quote.standing, "unreviewed")

    def test_an_article_not_yet_read_shows_no_quote_and_has_some_waiting(self):
        waiting = Quote.objects.filter(article__external_id__in=PLAN["unread"])
        self.assertEqual(set(waiting.values_list("status", flat=True)), {"pending"})
        self.assertEqual(waiting.values("article").distinct().count(), len(PLAN["unread"]))

    def test_a_quote_in_several_paragraphs_is_one_quote(self):
        halloran = self.by("Noor Halloran").get(article__external_id="sc-2023-08-19-1")
        paragraphs = {halloran.article.body.count("\n\n", 0, start) for start, end in halloran.spans}
        self.assertEqual(len(paragraphs), 3)
        self.assertNotRegex(halloran.text, "[“”]")

    def test_words_quoted_within_a_quote_are_a_quote_of_their_own(self):
        inner = self.by("Mira Tolland").get(text="Who is it visiting?")
        self.assertEqual(inner.inside.speaker.name, "Josiah Temm")
        self.assertNotIn("visiting", inner.inside.text)
        self.assertEqual(
            self.by("Wyn Pell").get(text__startswith="Nowhere").inside.speaker.name, "Calder Voss"
        )
        self.assertEqual(
            self.by("Calder Voss").get(text__startswith="Then I").inside.speaker.name, "Tilda Marrow"
        )

    def test_titles_and_scare_quotes_are_no_quotes(self):
        for words in ("Low Water", "garden furniture", "Tarrin tone", "Bergstein", "the one where Pell"):
            with self.subTest(words):
                self.assertTrue(Article.objects.filter(body__contains=words).exists())
                self.assertFalse(Quote.objects.accepted().filter(text__startswith=words).exists())

    def test_interviews_come_with_names_initials_labels_once_and_none_at_all(self):
        labels = {
            name: Counter(self.article(name).turns.exclude(role="narration").values_list("source", flat=True))
            for name in ("hp-2024-12-14-4", "sc-2022-10-15-1", "wt-2023-07-08-5", "sc-2025-09-20-4")
        }
        self.assertEqual(labels["hp-2024-12-14-4"], {"Imke Farrow": 6, "Hedda Brask": 6})
        self.assertEqual(labels["sc-2022-10-15-1"], {"A.R.": 5, "C.V.": 5})
        once = {"Merle Dankwart": 1, "Almut Sievenkamp": 1, "": 8}
        self.assertEqual(labels["wt-2023-07-08-5"], once)
        self.assertEqual(labels["sc-2025-09-20-4"], {"": 12})

    def test_in_an_interview_each_party_has_its_own_words_only(self):
        for quote in Quote.objects.accepted().filter(kind="answer"):
            with self.subTest(quote.text[:40]):
                self.assertNotIn("[", quote.text.replace(" […] ", ""))
                self.assertFalse(quote.text.rstrip().endswith("?"))
        asked = Quote.objects.accepted().filter(kind="question", text__contains="Does that sting?").get()
        self.assertNotIn("wall", asked.text)
        self.assertEqual(asked.relayed.get().speaker.name, "Mira Tolland")

    def test_an_editors_words_in_brackets_are_notes(self):
        for name in ("hp-2024-12-14-4", "sc-2022-10-15-1", "sc-2025-09-20-4", "wt-2023-07-08-5"):
            with self.subTest(name):
                article = self.article(name)
                noted = [article.body[note.start : note.end] for note in article.notes.all()]
                self.assertEqual(noted, re.findall(r"\[.+?\]", article.body))

    def test_an_agency_story_printed_with_small_changes_is_found_as_a_near_duplicate(self):
        found = near_duplicates_of(self.article("ng-2018-09-06-7"))
        self.assertIn("sc-2018-09-06-4", [near.article.external_id for near in found])

    def test_a_misattributed_sentence_is_shown_with_its_first_printing(self):
        wrong = self.article("sc-2020-03-12-5").quotes.get(standing="corrected")
        self.assertEqual(wrong.credited_to.name, "Priya Venkataram")
        first = self.by("Lionel Corvane").order_by("article__published_on").first()
        self.assertEqual(first.article.external_id, "hp-2014-07-02-3")
        self.assertTrue(first.text.startswith(wrong.text.rstrip(".")))

    # What the guide for researchers and the search help say of it

    def found(self, address):
        path, query = urlsplit(address).path, parse_qsl(urlsplit(address).query)
        return self.client.get(path, [*query, ("format", "json")]).json()

    def test_every_step_finds_as_many_as_the_guide_says(self):
        steps = STEP.findall(STUDIES)
        self.assertEqual(len(steps), 15)
        for address, number in steps:
            with self.subTest(address):
                self.assertEqual(self.found(address)["count"], int(number))

    def test_each_operator_has_an_example_that_finds_something(self):
        groups = self.client.get("/help/search/").context["groups"]
        examples = [example for _, group in groups for example in group]
        chosen = {operator.example(PLAIN_WORDS) for group in GROUPS for operator in group.operators}
        self.assertEqual({example.text for example in examples}, chosen)
        self.assertNotIn(0, [example.count for example in examples])

    def test_the_sample_archive_is_as_large_as_the_guide_says(self):
        self.assertIn(
            f"({Article.objects.published().count()} published articles from six invented publications)",
            STUDIES,
        )

    def test_what_the_studies_conclude_is_so(self):
        oldest = self.found("/quotes/?q=gauge&sort=oldest")["results"][0]
        self.assertTrue(oldest["article"]["published_at"].startswith("2014"))
        short, long = self.found('/quotes/?q="before the siren"&sort=oldest')["results"]
        self.assertEqual({short["speaker"]["slug"]}, {long["speaker"]["slug"]})
        self.assertLess(len(short["text"]), len(long["text"]))
        self.assertEqual(self.found("/quotes/?topic=corran-dam&checked=rule")["count"], 8)
        answers = self.found("/quotes/?topic=corran-dam&speaker=hedda-brask&kind=answer")
        self.assertEqual(answers["count"], 6)

    # Loading again

    def test_loading_again_adds_nothing(self):
        before = _counts()
        self.assertEqual(load_samples(), 0)
        self.assertEqual(_counts(), before)

    def test_loading_again_undoes_nothing_that_people_have_done(self):
        quote = self.by("Noor Halloran").first()
        quote.reject(by=get_user_model().objects.create_user("chief"))
        Speaker.objects.filter(name="Tilda Marrow").update(description="baker, retired")
        load_samples()
        quote.refresh_from_db()
        self.assertEqual(quote.status, "rejected")
        self.assertEqual(Speaker.objects.get(name="Tilda Marrow").description, "baker, retired")

    def test_an_article_that_was_deleted_comes_back_read(self):
        Article.objects.get(external_id="sc-2009-03-14-1").delete()
        self.assertEqual(load_samples(), 1)
        again = self.article("sc-2009-03-14-1")
        self.assertEqual(again.quotes_state, "read")
        self.assertEqual(again.quotes.filter(status="accepted").count(), len(READ["sc-2009-03-14-1"]))

    def test_nobody_can_log_in_as_the_samples_own_reader(self):
        reader = (
            Quote.objects.filter(decided_by__isnull=False).values_list("decided_by", flat=True).distinct()
        )
        account = get_user_model().objects.get(pk=reader.get())
        self.assertFalse(account.is_active or account.is_staff or account.has_usable_password())


class SomeSamples(TestCase):
    def test_one_story_can_be_loaded_alone(self):
        load_samples(stories="elections")
        self.assertFalse(Article.objects.exclude(topics__name="Elections").exists())
        self.assertLess(Article.objects.count(), len(ROWS) / 2)


def _counts():
    counted = (
        Article,
        Quote,
        Turn,
        Speaker,
        Alias,
        Role,
        Notice,
        ImportBatch,
        RawDocument,
        Publication,
        Topic,
    )
    return {model.__name__: model.objects.count() for model in (*counted, get_user_model())}
