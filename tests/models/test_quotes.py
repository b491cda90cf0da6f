"""Quotes: exact spans, and which quotes are public."""

import datetime as dt

from django.apps import apps
from django.contrib.auth import get_user_model
from django.db import transaction
from django.utils import timezone

from articles import search
from articles.models import Article, Image, Quote, QuoteDocument, SearchDocument, Speaker
from tests.factories import make_article, make_quote, make_speaker, make_turn

from .test_articles import Refusing

BODY = "“We had the cows out,” said Osric Pell. “The siren was for the television.”"


class ExactWordsTests(Refusing):
    def setUp(self):
        self.article = make_article(body=BODY)

    def test_a_split_quote_is_one_row_with_two_spans(self):
        quote = make_quote(self.article, "We had the cows out,", "The siren was for the television.")
        self.assertEqual(quote.text, "We had the cows out, […] The siren was for the television.")
        self.assertEqual([BODY[s:e] for s, e in quote.spans], quote.text.split(" […] "))

    def test_words_that_do_not_stand_there_are_refused(self):
        self.assert_refused(
            "quote_text_at_spans", Quote.objects.create, article=self.article, kind="direct", start=1, end=7,
            spans=[[1, 7]], text="We saw",
        )  # fmt: skip

    def test_changing_the_words_alone_is_refused_through_bulk_updates_too(self):
        make_quote(self.article, "We had the cows out,")
        self.assert_refused("quote_text_at_spans", Quote.objects.update, text="We had the sheep out,")

    def test_spans_out_of_order_or_over_each_other_are_refused(self):
        for spans in ([[9, 12], [1, 3]], [[1, 8], [4, 12]], [[5, 5]], [[0, 500]]):
            with self.subTest(spans):
                self.assert_refused(
                    "quote_text_at_spans", Quote.objects.create, article=self.article, kind="direct", start=0,
                    end=12, spans=spans, text="x",
                )  # fmt: skip

    def test_a_body_may_not_change_under_its_quotes(self):
        make_quote(self.article, "We had the cows out,")
        self.assert_refused("quote_text_at_spans", Article.objects.update, body="Nothing was said.")

    def test_text_and_spans_may_change_together_in_any_order(self):
        quote = make_quote(self.article, "We had the cows out,")
        with transaction.atomic():
            Article.objects.update(body=f"Corran. {BODY}")
            Quote.objects.filter(pk=quote.pk).update(start=9, end=29, spans=[[9, 29]])
        quote.refresh_from_db()
        self.assertEqual(quote.text, "We had the cows out,")

    def test_a_lost_quote_keeps_its_words_and_has_no_place(self):
        quote = make_quote(self.article, "We had the cows out,")
        with transaction.atomic():
            Quote.objects.filter(pk=quote.pk).update(start=None, end=None, spans=[], lost_at=timezone.now())
            Article.objects.update(body="Nothing was said.")
        self.assertEqual(Quote.objects.get().text, "We had the cows out,")

    def test_a_quote_in_a_caption_stands_in_that_caption(self):
        image = Image.objects.create(article=self.article, caption="“Never again,” says the sign.")
        make_quote(self.article, "Never again,", part="caption", image=image)
        self.assert_refused("quote_text_at_spans", Image.objects.update, caption="A sign.")

    def test_a_quote_cannot_be_tied_to_a_turn_of_another_article(self):
        turn = make_turn(make_article(body="Why? Because."), "Because.", "answer")
        self.assert_refused(
            "quote_within_its_article",
            make_quote,
            self.article,
            "We had the cows out,",
            kind="answer",
            turn=turn,
        )

    def test_an_answer_needs_its_turn(self):
        self.assert_refused(
            "quote_turn_for_questions_and_answers",
            make_quote,
            self.article,
            "We had the cows out,",
            kind="answer",
        )


def found(query):
    """The number of quotes that a search finds."""
    return search.count(search.ArticleFilter({"q": query}, "quotes").cleaned)


class PublicQuotesTests(Refusing):
    def test_accepted_means_accepted_of_a_published_article_and_not_withdrawn(self):
        article = make_article(body=BODY)
        words = "We had the cows out,"
        public = make_quote(article, words)
        make_quote(article, words, status="pending")
        make_quote(article, words, status="rejected")
        make_quote(article, words, standing="withdrawn")
        make_quote(make_article(body=BODY, status="withheld", publication="Northmoor Post"), words)
        make_quote(make_article(body=BODY, headline="Later", published_on=dt.date(2020, 1, 1),
                                visible_from=timezone.now() + dt.timedelta(days=1)), words)  # fmt: skip
        self.assertEqual(list(Quote.objects.accepted()), [public])

    def test_the_index_holds_accepted_quotes_of_usable_articles_alone(self):
        article = make_article(body=BODY)
        quote = make_quote(
            article, "We had the cows out,", status="pending", speaker=make_speaker("Osric Pell")
        )
        self.assertFalse(QuoteDocument.objects.exists())
        self.assertEqual(SearchDocument.objects.get().speaker_ids, [])
        Quote.objects.update(status="accepted")
        self.assertEqual(found("cows"), 1)
        self.assertEqual(SearchDocument.objects.get().speaker_ids, [quote.speaker_id])
        Quote.objects.update(standing="withdrawn")
        self.assertEqual(found("cows"), 0)
        self.assertFalse(QuoteDocument.objects.exists())
        self.assertEqual(SearchDocument.objects.get().speaker_ids, [])

    def test_a_phrase_cannot_cross_the_gap_between_two_stretches(self):
        article = make_article(body=BODY)
        make_quote(article, "We had the cows out,", "The siren was for the television.")
        self.assertEqual(
            [found('"cows out"'), found('"out the siren"'), found("out NEAR/50 siren")], [1, 0, 0]
        )

    def test_who_checked_it_is_said(self):
        article = make_article(body=BODY)
        editor = get_user_model().objects.create_user("l.amberley")
        pending = make_quote(article, "We had the cows out,", status="pending")
        self.assertEqual(pending.checked, "none")
        self.assertEqual(Quote.objects.accept(by=editor, through="desk"), 1)
        pending.refresh_from_db()
        self.assertEqual((pending.checked, pending.standing), ("person", "confirmed"))
        self.assertEqual(QuoteDocument.objects.get().checked, "person")
        self.assertEqual(make_quote(article, "The siren was for the television.").checked, "rule")

    def test_accepting_decides_nothing_twice(self):
        article = make_article(body=BODY)
        editor = get_user_model().objects.create_user("l.amberley")
        make_quote(article, "We had the cows out,", status="rejected")
        self.assertEqual(Quote.objects.accept(by=editor, through="desk"), 0)

    def test_the_history_of_a_quote_keeps_the_former_speaker(self):
        article = make_article(body=BODY)
        pell = make_speaker("Osric Pell")
        make_quote(article, "We had the cows out,", speaker=pell)
        Quote.objects.update(speaker=make_speaker("Edda Pell"))
        event = apps.get_model("articles", "QuoteEvent").objects.get()
        self.assertEqual((event.pgh_label, event.speaker_id), ("update", pell.pk))


class SpeakerTests(Refusing):
    def test_merging_moves_no_row_and_the_words_follow(self):
        kept, merged, older = (make_speaker(name) for name in ("Ada Okafor", "A. Okafor", "Ada Okafor-Reyes"))
        quote = make_quote(make_article(body=BODY), "We had the cows out,", speaker=older)
        Speaker.objects.filter(pk=older.pk).update(merged_into=merged)
        Speaker.objects.filter(pk=merged.pk).update(merged_into=kept)
        self.assertEqual(kept.family_ids(), sorted([kept.pk, merged.pk, older.pk]))
        self.assertEqual(list(Quote.objects.accepted().filter(speaker__canonical_speaker=kept)), [quote])
        Speaker.objects.update(merged_into=None)
        self.assertEqual(list(Quote.objects.accepted().filter(speaker__canonical_speaker=kept)), [])
        self.assertEqual(Quote.objects.get().speaker, older)

    def test_a_name_leads_to_the_speaker_it_was_merged_into(self):
        kept, merged = make_speaker("Ada Okafor"), make_speaker("A. Okafor", aliases=("Mrs Okafor",))
        Speaker.objects.filter(pk=merged.pk).update(merged_into=kept)
        self.assertEqual(list(Speaker.objects.named("Mrs Okafor")), [kept])

    def test_two_bearers_of_one_name_are_both_named(self):
        pair = {make_speaker("Ada Okafor"), make_speaker("Ada N. Okafor", aliases=("Ada Okafor",))}
        self.assertEqual(set(Speaker.objects.named("Ada Okafor")), pair)

    def test_nobody_is_merged_into_themselves(self):
        speaker = make_speaker()
        self.assert_refused(
            "speaker_not_merged_into_itself",
            Speaker.objects.filter(pk=speaker.pk).update,
            merged_into=speaker,
        )

    def test_the_role_on_a_day_is_unknown_where_two_would_fit(self):
        speaker = make_speaker()
        speaker.roles.create(title="engineer", until=dt.date(2016, 6, 30))
        speaker.roles.create(title="director", since=dt.date(2016, 7, 1))
        self.assertEqual(speaker.role_on(dt.date(2016, 6, 30)).title, "engineer")
        self.assertEqual(speaker.role_on(dt.date(2024, 1, 1)).title, "director")
        speaker.roles.create(title="chair", since=dt.date(2020, 1, 1))
        self.assertIsNone(speaker.role_on(dt.date(2024, 1, 1)))
        self.assertIsNone(speaker.role_on(None))
