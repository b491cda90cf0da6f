"""The quote page: words, speaker, context and review state."""

import datetime as dt
import json

from django.contrib.auth.models import User
from django.test import TestCase
from django.utils import timezone

from articles.models import Article, Notice, Quote, Role
from articles.presenters.quote_context import public_history
from articles.speakers.corrections import correct
from tests.factories import make_article, make_quote, make_speaker, make_turn
from tests.views.queries import TWELVE, AtMost

BODY = (
    "It had rained. The director gave the order from her kitchen.\n\n"
    "“I could have a small flood,” Mrs Brask told the Courier. “Nobody will thank you.”\n\n"
    "The mayor disagreed. She said so twice."
)


class QuotePageTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.brask = make_speaker("Hedda Brask", slug="hedda-brask")
        cls.article = make_article(
            headline="Gates open", body=BODY, published_on=dt.date(2024, 12, 19),
            source_url="https://courier.example/corran",
        )  # fmt: skip
        cls.quote = make_quote(
            cls.article,
            "I could have a small flood,",
            "Nobody will thank you.",
            speaker=cls.brask,
            source="Mrs Brask",
            cue="told",
            role_as_printed="the director",
            rule="words, she told",
            confidence=0.978,
            start=BODY.index("“I could"),
            end=BODY.index("thank you.”") + len("thank you.”"),
        )

    def get(self, quote=None, **query):
        return self.client.get((quote or self.quote).get_absolute_url(), query)

    def test_the_words_are_shown_with_the_cut_between_them(self):
        self.assertContains(
            self.get(),
            '<p>“I could have a small flood,” <span class="gap">[…]</span> “Nobody will thank you.”</p>',
        )

    def test_it_asks_the_database_at_most_twelve_times(self):
        # The first search reads what changed since the index was built.
        self.get()
        # Two more begin and end a part of the test's own transaction.
        with self.assertNumQueries(AtMost(TWELVE + 2)):
            self.get()

    def test_own_words_are_told_from_the_reporters(self):
        self.assertContains(
            self.get(),
            '<span class="own">“I could have a small flood,”</span>'
            '<span class="relay"> Mrs Brask told the Courier. </span>',
        )

    def test_the_sentences_before_and_after_stand_around_it(self):
        response = self.get()
        self.assertContains(response, "… The director gave the order from her kitchen.")
        self.assertContains(response, "The mayor disagreed. …")
        self.assertNotContains(response, "It had rained.")

    def test_the_name_as_printed_stands_beside_the_speaker(self):
        response = self.get()
        self.assertContains(response, '<a href="/speakers/hedda-brask/">Hedda Brask</a>')
        self.assertContains(response, "Mrs Brask")
        self.assertContains(response, "the director")

    def test_how_it_was_found_and_that_nobody_has_read_it_is_said(self):
        response = self.get()
        self.assertContains(response, "automatically (97% confidence; rule: words, she told)")
        self.assertContains(response, "<dt>Checked</dt><dd>no, found automatically")

    def test_that_an_editor_has_read_it_is_said_without_the_name(self):
        editor = User.objects.create(username="ingrid.secret")
        Quote.objects.filter(pk=self.quote.pk).update(decided_by=editor, standing="confirmed")
        response = self.get()
        self.assertContains(response, "checked by an editor")
        self.assertNotContains(response, "ingrid")

    def test_it_is_one_link_from_its_place_in_the_article(self):
        self.assertContains(self.get(), f"{self.article.get_absolute_url()}#q{self.quote.pk}")

    def test_every_standing_that_readers_must_know_of_is_said(self):
        for standing, words in (
            ("disputed", "disputed"),
            ("misattributed", "misattributed"),
            ("corrected", "corrected"),
        ):
            with self.subTest(standing):
                Quote.objects.filter(pk=self.quote.pk).update(standing=standing)
                self.assertContains(self.get(), f'<strong class="standing">{words}</strong>')

    def test_whom_the_paper_named_wrongly_is_told(self):
        other = make_speaker("Hedda Brandt")
        Quote.objects.filter(pk=self.quote.pk).update(standing="misattributed", credited_to=other)
        self.assertContains(self.get(), "The publication attributed this to")
        self.assertContains(self.get(), "Hedda Brandt")

    def test_an_unknown_speaker_stays_unknown(self):
        quote = make_quote(self.article, "Nobody will thank you.")
        self.assertContains(self.get(quote), "Speaker unknown")

    def test_notices_on_quote_and_article_are_shown(self):
        for target in ({"quote": self.quote}, {"article": self.article}):
            Notice.objects.create(
                kind="correction", whose="ours", text=f"On the {next(iter(target))}.", **target
            )
        response = self.get()
        self.assertContains(response, "On the quote.")
        self.assertContains(response, "On the article.")

    def test_words_that_no_longer_stand_in_the_text_say_so(self):
        Quote.objects.filter(pk=self.quote.pk).update(
            lost_at=dt.datetime(2025, 1, 1, tzinfo=dt.UTC), start=None, end=None, spans=[]
        )
        response = self.get()
        self.assertContains(response, "The article has changed and no longer contains these words.")
        self.assertContains(response, "Nobody will thank you.")

    def test_its_record_has_the_promised_keys(self):
        record = json.loads(self.get(format="json").content)
        promised = "id url text spans kind source cue speaker role standing checked rule part start end"
        self.assertLessEqual({*promised.split(), "before", "after", "article"}, set(record))
        self.assertEqual(record["speaker"], {"slug": "hedda-brask", "name": "Hedda Brask"})
        self.assertEqual(record["checked"], "rule")

    def test_a_quote_in_a_caption_is_shown_in_it(self):
        article = make_article(captions=("“Mind the gate,” he said on Wednesday.",))
        image = article.images.get()
        quote = make_quote(article, "Mind the gate,", part="caption", image=image)
        self.assertContains(self.get(quote), '<span class="own">“Mind the gate,”</span>')

    def test_a_speaker_who_asked_search_engines_away_is_obeyed(self):
        type(self.brask).objects.filter(pk=self.brask.pk).update(noindex=True)
        self.assertContains(self.get(), '<meta name="robots" content="noindex">')


class AnswerPageTests(TestCase):
    def test_an_answer_is_shown_with_its_question_and_without_notes_or_others_words(self):
        body = "Q: How was it?\n\nA: Bad. [She laughs.] My father said: “Go.” I went."
        article = make_article(body=body)
        make_turn(article, "How was it?", "question", source="Q", labelled=True)
        turn = make_turn(article, "Bad. [She laughs.] My father said: “Go.” I went.", "answer", labelled=True)
        answer = make_quote(
            article, "Bad.", "My father said:", "I went.", kind="answer", turn=turn,
            start=turn.start, end=turn.end,
        )  # fmt: skip
        inner = make_quote(article, "Go.", inside=answer, source="My father")
        response = self.client.get(answer.get_absolute_url())
        self.assertContains(response, "<em>How was it?</em>")
        self.assertContains(
            response,
            'Bad. <span class="gap">[…]</span> My father said: <span class="gap">[…]</span> I went.</p>',
        )
        unchecked = '<span class="state state--rule">not checked</span>'
        self.assertContains(response, f'<a href="/quotes/{inner.pk}/">My father</a> {unchecked}')


class LeakTests(TestCase):
    def test_a_quote_within_a_quote_that_is_not_public_is_not_named(self):
        article = make_article(body="“He said: ‘Go.’ I went,” she said.")
        outer = make_quote(article, "He said: ‘Go.’ I went,")
        make_quote(article, "Go.", inside=outer, source="Secret Source", status="pending")
        self.assertNotContains(self.client.get(outer.get_absolute_url()), "Secret Source")

    def test_a_quote_inside_one_that_is_not_public_does_not_link_it(self):
        article = make_article(body="“He said: ‘Go.’ I went,” she said.")
        outer = make_quote(article, "He said: ‘Go.’ I went,", status="pending")
        inner = make_quote(article, "Go.", inside=outer)
        self.assertNotContains(self.client.get(inner.get_absolute_url()), f"/quotes/{outer.pk}/")

    def test_a_quote_follows_its_article(self):
        article = make_article(body="“Go,” he said.")
        quote = make_quote(article, "Go,")
        Article.objects.filter(pk=article.pk).update(status="withheld")
        self.assertEqual(self.client.get(quote.get_absolute_url()).status_code, 404)


class StandingHistoryTests(TestCase):
    """What readers were told of a quote stays to be read; who changed it does not."""

    @classmethod
    def setUpTestData(cls):
        cls.brask, cls.brandt = make_speaker("Hedda Brask"), make_speaker("Hedda Brandt")
        cls.editor = User.objects.create(username="ingrid.secret")

    def quote(self, **fields):
        article = make_article(
            body="“We will appeal,” said Ms Brandt.", source_url="https://courier.example/a#top"
        )
        return make_quote(article, "We will appeal,", speaker=self.brandt, **fields)

    def page(self, quote):
        return self.client.get(quote.get_absolute_url())

    def test_a_change_of_speaker_and_standing_is_told(self):
        quote = Quote.objects.get(pk=self.quote().pk)
        quote.first_public_at = timezone.now() - dt.timedelta(days=3)
        quote.save()
        correct(quote, by=self.editor, speaker=self.brask)
        steps = public_history(Quote.objects.get(pk=quote.pk))
        self.assertEqual(
            [[(c.what, c.before, c.after) for c in step.changes] for step in steps],
            [
                [
                    ("speaker", "Hedda Brandt", "Hedda Brask"),
                    ("standing", "not reviewed", "corrected"),
                    ("checked", "found automatically, not checked", "checked by an editor"),
                ],
                [],
            ],
        )
        response = self.page(quote)
        self.assertContains(response, "speaker changed from Hedda Brandt to Hedda Brask")
        self.assertNotContains(response, "ingrid")

    def test_what_was_changed_before_it_was_public_is_not_told(self):
        quote = Quote.objects.get(pk=self.quote(status="pending").pk)
        quote.speaker = self.brask
        quote.save()
        quote.accept(by=self.editor)
        response = self.page(quote)
        self.assertNotContains(response, "changed from")
        self.assertNotContains(response, "Hedda Brandt")

    def test_the_source_is_opened_at_the_words(self):
        self.assertContains(
            self.page(self.quote()), 'href="https://courier.example/a#top:~:text=We%20will%20appeal%2C"'
        )

    def test_the_role_held_then_stands_beside_the_one_printed(self):
        Role.objects.create(speaker=self.brandt, title="Clerk", until=dt.date(2018, 12, 31))
        Role.objects.create(speaker=self.brandt, title="Mayor", since=dt.date(2019, 1, 1))
        response = self.page(self.quote(role_as_printed="a councillor"))
        self.assertContains(response, "a councillor")
        self.assertContains(response, "Mayor at the time")

    def test_a_role_that_ended_within_the_year_printed_is_not_known_to_have_been_held(self):
        Role.objects.create(speaker=self.brandt, title="Mayor", until=dt.date(2019, 6, 30))
        article = make_article(
            body="“We will appeal,” she said.", published_on=dt.date(2019, 1, 1), published_precision="year"
        )
        quote = make_quote(article, "We will appeal,", speaker=self.brandt)
        self.assertNotContains(self.page(quote), "Mayor at the time")

    def test_who_relays_the_words_is_named(self):
        article = make_article(body="“My father said ‘Go’ and I went,” Ms Brask said.")
        outer = make_quote(article, "My father said ‘Go’ and I went,", speaker=self.brask)
        inner = make_quote(article, "Go", source="My father", inside=outer)
        self.assertContains(
            self.page(inner), f'quoted by <a href="{outer.get_absolute_url()}">Hedda Brask</a>'
        )
