"""The sample archive has one of everything that a newcomer should see."""

import datetime as dt
import json
import re
import unittest
from collections import Counter
from itertools import pairwise

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
    Section,
    Speaker,
    Topic,
    Turn,
)
from articles.near_duplicates.pairs import near_duplicates_of
from articles.operations.sample_data import (
    FOLDER,
    SamplesLoaded,
    load_samples,
    sample_plan,
    sample_rows,
)
from articles.parsing import normalise, read_row
from articles.parsing.tabular.rows import COLUMNS

PLAN = sample_plan()
LISTED = sample_rows(PLAN)
ROWS = {row["external_id"]: row for row in LISTED}
READ = {item["article"]: item["quotes"] for item in PLAN["read"]}
AGENCY = "Interland Wire"


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

    # What came in

    def test_all_articles_come_in_through_the_import_that_any_file_goes_through(self):
        self.assertEqual(self.loaded.articles, len(ROWS))
        self.assertEqual(Article.objects.count(), len(ROWS))
        batches = ImportBatch.objects.all()
        self.assertEqual(sum(batch.rows_added for batch in batches), len(ROWS))
        self.assertEqual({(batch.rows_bad, bool(batch.finished_at)) for batch in batches}, {(0, True)})

    def test_each_article_keeps_the_row_it_came_from(self):
        kept = [json.loads(bytes(raw.bytes)) for raw in RawDocument.objects.all()]
        self.assertEqual({row["external_id"]: row for row in kept}, ROWS)

    def test_the_newspapers_share_their_sections_and_topics_across_languages(self):
        self.assertEqual(Section.objects.count(), len(PLAN["sections"]))
        self.assertEqual(Topic.objects.count(), len(PLAN["topics"]))
        self.assertFalse(Article.objects.filter(section=None).exists())
        floods = Article.objects.filter(topics__name="Floods")
        self.assertEqual(set(floods.values_list("language", flat=True)), {"en", "de", "pl"})

    def test_papers_have_homepage_country_language_zone_and_rights(self):
        for paper in Publication.objects.all():
            with self.subTest(paper.name):
                self.assertTrue(
                    all([paper.homepage, paper.country, paper.language, paper.time_zone, paper.rights])
                )

    def test_authors_are_linked_and_the_byline_stays(self):
        flood = self.article("sc-2019-02-18-1")
        self.assertEqual(flood.byline, "By Jonas Whitlock and Gwen Asher")
        authors = flood.authors.order_by("authorship__position").values_list("name", flat=True)
        self.assertEqual(list(authors), ["Jonas Whitlock", "Gwen Asher"])

    def test_there_are_dates_of_a_month_and_of_a_year_and_none(self):
        self.assertEqual(self.article("sc-2011-05-1").published_as_printed, "2011-05")
        self.assertEqual(self.article("hp-2010-1").published_as_printed, "2010")
        self.assertIsNone(self.article("sc-undated-ferryman").published_on)

    # What has been read

    def test_every_state_of_reading_can_be_seen(self):
        states = Counter(Article.objects.published().values_list("quotes_state", flat=True))
        self.assertGreaterEqual(states["read"], 50)
        self.assertGreaterEqual(states["rule"], 50)
        self.assertGreaterEqual(states["unread"], 10)

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
        self.assertEqual(by_rule.count(), self.loaded.quotes_by_rule)
        self.assertGreaterEqual(self.loaded.quotes_by_rule, 5)
        for quote in by_rule:
            self.assertGreaterEqual(quote.confidence, 0.9)
            self.assertEqual(quote.standing, "unreviewed")

    def test_an_article_not_yet_read_shows_no_quote_and_has_some_waiting(self):
        waiting = Quote.objects.filter(article__external_id__in=PLAN["unread"])
        self.assertEqual(set(waiting.values_list("status", flat=True)), {"pending"})
        self.assertEqual(waiting.values("article").distinct().count(), len(PLAN["unread"]))

    # Who speaks

    def test_the_leading_figure_is_quoted_in_many_articles_over_all_the_years(self):
        quotes = Quote.objects.accepted().filter(speaker__canonical_speaker=self.brask)
        self.assertGreaterEqual(quotes.values("article").distinct().count(), 12)
        years = {day.year for day in quotes.values_list("article__published_on", flat=True)}
        self.assertLessEqual({2012, 2014, 2016, 2019, 2022, 2024, 2025}, years)
        self.assertGreaterEqual(quotes.values("article__publication").distinct().count(), 4)

    def test_a_person_keeps_one_page_through_forty_years_and_several_roles(self):
        hollis = Speaker.objects.get(name="Tam Hollis")
        years = {
            day.year for day in _days(Quote.objects.accepted().filter(speaker__canonical_speaker=hollis))
        }
        self.assertLessEqual(min(years), 1986)
        self.assertGreaterEqual(max(years), 2023)
        titles = [hollis.role_on(dt.date(year, 6, 1)).title for year in (1986, 1993, 2001, 2023)]
        self.assertEqual(titles, ["shop steward", "branch secretary", "regional secretary", "secretary"])

    def test_a_role_is_the_one_of_the_day(self):
        okafor = Speaker.objects.get(name="Ada Okafor")
        roles = [okafor.role_on(dt.date(year, 3, 1)).title for year in (2014, 2020, 2023, 2026)]
        self.assertEqual(len(set(roles)), 4)
        self.assertEqual(self.brask.role_on(dt.date(2012, 3, 8)).title, "engineer")
        self.assertEqual(self.brask.role_on(dt.date(2019, 2, 18)).organisation, "Selwy River Authority")

    def test_a_person_printed_under_three_spellings_is_one_speaker(self):
        orvechin = Speaker.objects.get(name="Danil Orvechin")
        for spelling in ("Danil Orvechin", "Danil Orwetschin", "Danylo Orvechyn"):
            with self.subTest(spelling):
                self.assertEqual(Speaker.objects.named(spelling).get(), orvechin)
                self.assertTrue(Article.objects.filter(body__contains=spelling).exists())

    def test_two_people_of_one_surname_are_kept_apart_in_one_article(self):
        speakers = self.article("sc-2019-09-07-1").quotes.filter(status="accepted")
        names = set(speakers.values_list("speaker__name", flat=True))
        self.assertLessEqual({"Osric Pell", "Dorrit Pell"}, names)

    def test_there_are_an_unnamed_spokesman_an_organisation_and_people_unknown(self):
        accepted = Quote.objects.accepted()
        self.assertTrue(accepted.filter(speaker__kind="unnamed").exists())
        self.assertTrue(accepted.filter(speaker__kind="organisation").exists())
        self.assertTrue(accepted.filter(speaker=None).exclude(source="").exists())

    # How they are quoted

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

    def test_headlines_hold_quotes_too(self):
        spoken = Quote.objects.accepted().filter(part="headline")
        self.assertGreaterEqual(spoken.count(), 5)

    def test_a_caption_holds_a_quote_too(self):
        quote = self.by("Mira Tolland").get(part="caption")
        self.assertIn(quote.text, quote.image.caption)

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

    def test_every_turn_of_an_interview_is_whole_and_in_order(self):
        for article in Article.objects.filter(turns__isnull=False).distinct():
            turns = list(article.turns.order_by("position"))
            for earlier, later in pairwise(turns):
                self.assertLessEqual(earlier.end, later.start, article)

    # What befell an article afterwards

    def test_a_wire_story_in_two_papers_is_a_copy(self):
        original, copy = self.article("hp-2019-02-20-2"), self.article("sc-2019-02-20-3")
        self.assertEqual((copy.copy_of, original.copy_of), (original, None))
        self.assertEqual(copy.body_hash, original.body_hash)

    def test_an_early_version_names_what_took_its_place(self):
        self.assertEqual(self.article("sc-2024-12-18-9").version_of, self.article("sc-2024-12-19-1"))

    def test_a_withdrawn_article_had_been_public_and_says_why_it_went(self):
        gone = self.article("hp-2021-11-16-4")
        self.assertEqual(gone.status, "canceled")
        self.assertIsNotNone(gone.first_public_at)
        self.assertEqual(gone.notices.get().kind, "retraction")
        self.assertFalse(Quote.objects.accepted().filter(article=gone).exists())

    def test_an_embargoed_article_has_never_been_public(self):
        held = self.article("hp-2026-06-12-9")
        self.assertEqual((held.status, held.visible_from.year), ("usable", 2061))
        self.assertFalse(Article.objects.published().filter(pk=held.pk).exists())
        self.assertGreater(held.first_public_at, timezone.now())
        self.assertFalse(Quote.objects.accepted().filter(article=held).exists())

    def test_corrections_stand_as_dated_notices_ours_and_the_papers(self):
        self.assertLessEqual({"correction", "retraction", "editor's note"}, _values(Notice, "kind"))
        self.assertEqual(_values(Notice, "whose"), {"ours", "the paper's"})

    def test_an_agency_story_printed_with_small_changes_is_found_as_a_near_duplicate(self):
        found = near_duplicates_of(self.article("ng-2018-09-06-7"))
        self.assertIn("sc-2018-09-06-4", [near.article.external_id for near in found])

    def test_an_article_can_be_withheld(self):
        self.assertEqual(self.article("hp-1996-08-15-4").status, "withheld")

    def test_a_misattributed_sentence_is_shown_with_its_first_printing(self):
        wrong = self.article("sc-2020-03-12-5").quotes.get(standing="corrected")
        self.assertEqual(wrong.credited_to.name, "Priya Venkataram")
        first = self.by("Lionel Corvane").order_by("article__published_on").first()
        self.assertEqual(first.article.external_id, "hp-2014-07-02-3")
        self.assertTrue(first.text.startswith(wrong.text.rstrip(".")))

    def test_a_wrongly_credited_quote_stands_with_who_said_it(self):
        quote = self.by("Hedda Brandt").get()
        self.assertEqual((quote.standing, quote.credited_to), ("corrected", self.brask))
        self.assertEqual(quote.source, "Hedda Brask")

    # Loading again

    def test_loading_again_adds_nothing(self):
        before = _counts()
        self.assertEqual(load_samples(), SamplesLoaded(0, 0, 0, 0))
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
        again = load_samples()
        self.assertEqual((again.articles, again.quotes_read), (1, len(READ["sc-2009-03-14-1"])))
        self.assertEqual(self.article("sc-2009-03-14-1").quotes_state, "read")

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

    def test_quotes_are_decided_by_the_editor_who_is_named(self):
        editor = get_user_model().objects.create_user("editor")
        loaded = load_samples(by=editor, stories="elections")
        self.assertEqual(
            loaded.quotes_read, Quote.objects.filter(status="accepted", decided_by=editor).count()
        )
        self.assertFalse(get_user_model().objects.exclude(pk=editor.pk).exists())


def _days(quotes):
    return quotes.exclude(article__published_on=None).values_list("article__published_on", flat=True)


def _values(model, field):
    return set(model.objects.values_list(field, flat=True))


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
