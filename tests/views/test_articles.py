"""The article page: printed text, quotes, redirects."""

import datetime as dt
import json

from django.test import TestCase
from django.utils import timezone

from articles.models import Article, Note, Notice, OldAddress, Publication, Speaker
from articles.revisions import change_text
from tests.factories import make_article, make_publication, make_quote, make_speaker, make_turn
from tests.views.queries import TWELVE

BODY = (
    "LOWER TARRIN – The gates opened.\n\n"
    "“We had the cows out,” said Osric Pell. “The siren was for the television.”\n\n"
    "The mayor said the village had been “informed rather than warned” by telephone."
)


class ArticlePageTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.pell = make_speaker("Osric Pell", slug="osric-pell")
        cls.author = make_speaker("Jonas Whitlock", slug="jonas-whitlock")
        cls.article = make_article(
            headline="River authority opens the gates",
            kicker="The Corran gates",
            standfirst="Farmers were given forty minutes.",
            byline="By Jonas Whitlock",
            dateline="LOWER TARRIN",
            body=BODY,
            section="Home news",
            topics=("Floods",),
            authors=(cls.author,),
            captions=("The east gate on Wednesday.",),
            source_url="https://courier.example/corran",
            published_on=dt.date(2024, 12, 19),
            edition="morning",
            page="1",
        )
        cls.split = make_quote(
            cls.article,
            "We had the cows out,",
            "The siren was for the television.",
            speaker=cls.pell,
            source="Osric Pell",
        )
        cls.mixed = make_quote(
            cls.article, "informed rather than warned", kind="mixed", source="The mayor",
            standing="disputed",
        )  # fmt: skip

    def get(self, article=None, **query):
        return self.client.get((article or self.article).get_absolute_url(), query)

    def test_every_part_is_shown(self):
        response = self.get()
        for words in (
            "The Corran gates", "River authority opens the gates", "Farmers were given forty minutes.",
            "By Jonas Whitlock", '<span class="dateline">LOWER TARRIN</span>', "The east gate on Wednesday.",
            "Thursday 19 December 2024", "morning, 1", "Home news", "Floods", "courier.example",
        ):  # fmt: skip
            with self.subTest(words):
                self.assertContains(response, words)

    def test_it_asks_the_database_at_most_twelve_times(self):
        with self.assertNumQueries(TWELVE):
            self.get()

    def test_own_words_are_links_with_one_anchor_a_quote(self):
        response = self.get()
        self.assertContains(response, f'<a class="own" id="q{self.split.pk}"', count=1)
        self.assertContains(
            response, f'href="/quotes/{self.split.pk}/">“The siren was for the television.”</a>'
        )

    def test_the_reporters_words_about_part_of_a_sentence_are_not_the_speakers(self):
        self.assertContains(
            self.get(),
            f'The mayor said the village had been <a class="own" id="q{self.mixed.pk}" '
            f'href="/quotes/{self.mixed.pk}/">“informed rather than warned”',
        )

    def test_quotes_that_nobody_has_checked_say_so(self):
        self.assertContains(
            self.get(), 'Osric Pell</a></b> <span class="state state--rule">not checked</span>'
        )

    def test_an_article_that_nobody_has_read_says_so(self):
        self.assertContains(self.get(), "not checked yet")

    def test_a_disputed_quote_says_so_in_the_text_and_beside_it(self):
        response = self.get()
        self.assertContains(response, "2 disputed</span></a>")
        self.assertContains(response, '<strong class="standing">disputed</strong>')

    def test_a_quote_that_is_not_accepted_is_plain_text(self):
        type(self.mixed).objects.filter(pk=self.mixed.pk).update(status="pending")
        self.assertNotContains(self.get(), f"q{self.mixed.pk}")

    def test_an_unnamed_source_stands_as_printed(self):
        self.assertContains(self.get(), '<b class="said">The mayor</b>')

    def test_a_source_that_is_no_web_address_makes_no_link(self):
        """The database refuses it; a page made from an unsaved row would still print no link."""
        with self.assertRaisesMessage(Exception, "article_source_url_http"):
            Article.objects.filter(pk=self.article.pk).update(source_url="javascript:alert(1)")

    def test_the_words_of_the_search_are_marked_and_counted(self):
        response = self.get(hl="gate")
        self.assertContains(response, '<mark id="w1">gates</mark>', count=1)
        self.assertContains(response, "3 matches")

    def test_a_highlight_that_cannot_be_read_marks_nothing(self):
        self.assertEqual(self.get(hl="x" * 600).status_code, 200)

    def test_notices_stand_before_the_text(self):
        Notice.objects.create(
            article=self.article, kind="correction", whose="the paper's", text="At 5.20, not 4.20.",
            dated=dt.date(2024, 12, 21),
        )  # fmt: skip
        text = self.get().content.decode()
        self.assertLess(text.index("At 5.20, not 4.20."), text.index("The gates opened."))

    def test_an_editors_note_within_the_text_is_set_apart(self):
        start = BODY.index("by telephone")
        Note.objects.create(article=self.article, start=start, end=start + 12)
        self.assertContains(self.get(), '<span class="aside">by telephone</span>')

    def test_citations_are_offered(self):
        response = self.get()
        self.assertContains(response, "Whitlock, J. (2024, December 19).")
        self.assertContains(response, "http://localhost:8000/articles/2024/12/19/")

    def test_copies_in_other_papers_are_linked(self):
        copy = make_article(publication="Thane Record", body=BODY, copy_of=self.article)
        self.assertContains(self.get(), copy.get_absolute_url())
        self.assertContains(self.get(copy), self.article.get_absolute_url())

    def test_a_later_version_is_pointed_to(self):
        later = make_article(headline="The gates, corrected", body=BODY + " More.")
        Article.objects.filter(pk=self.article.pk).update(version_of=later)
        self.assertContains(self.get(), "A newer version is available:")
        self.assertContains(self.get(later), self.article.get_absolute_url())

    def test_a_draft_later_version_is_not(self):
        later = make_article(headline="The gates, corrected", body=BODY + " More.", status="draft")
        Article.objects.filter(pk=self.article.pk).update(version_of=later)
        self.assertNotContains(self.get(), "corrected")

    def test_text_in_another_language_says_which(self):
        french = make_article(headline="Le barrage", body="Il pleut.", language="fr")
        self.assertContains(self.get(french), '<article class="print" lang="fr"')

    def test_its_record_has_text_places_and_the_promised_keys(self):
        record = json.loads(self.get(format="json").content)
        promised = {
            "id", "url", "headline", "standfirst", "byline", "publication", "section", "published_at",
            "language", "source_url", "excerpts", "speakers", "quotes",
        }  # fmt: skip
        self.assertLessEqual(promised, set(record))
        for quote in record["quotes"]:
            cut = " […] ".join(record["body"][start:end] for start, end in quote["spans"])
            self.assertEqual(cut, quote["text"])

    def test_it_can_be_taken_as_a_citation(self):
        self.assertIn("TY  - NEWS", self.get(format="ris").content.decode())
        self.assertIn("@article", self.get(format="bibtex").content.decode())

    def test_an_unknown_format_is_refused_with_what_was_given(self):
        response = self.get(format="docx")
        self.assertEqual(response.status_code, 400)
        self.assertEqual(json.loads(response.content)["errors"]["format"][0]["value"], "docx")


class InterviewTests(TestCase):
    BODY = (
        "The kettle is old.\n\nImke Farrow: How did you sleep?\n\n"
        "Hedda Brask: In instalments. [She laughs.] And badly.\n\nShe leaves."
    )

    @classmethod
    def setUpTestData(cls):
        cls.brask = make_speaker("Hedda Brask", slug="hedda-brask")
        cls.article = make_article(headline="A dam is a promise", body=cls.BODY)
        cls.question = make_turn(
            cls.article, "How did you sleep?", "question", source="Imke Farrow", labelled=True
        )
        cls.turn = make_turn(
            cls.article, "In instalments. [She laughs.] And badly.", "answer", source="Hedda Brask",
            speaker=cls.brask, labelled=True,
        )  # fmt: skip
        start = cls.BODY.index("[She")
        Note.objects.create(article=cls.article, start=start, end=start + len("[She laughs.]"))
        cls.answer = make_quote(
            cls.article, "In instalments.", "And badly.", kind="answer", turn=cls.turn, speaker=cls.brask
        )

    def test_questions_and_answers_stand_with_their_names(self):
        response = self.client.get(self.article.get_absolute_url())
        unchecked = '<span class="state state--rule">not checked</span>'
        self.assertContains(response, 'class="turn turn--q"><p class="turn__who">Imke Farrow</p>')
        self.assertContains(
            response, f'<p class="turn__who"><a href="/speakers/hedda-brask/">Hedda Brask</a> {unchecked} <a '
        )

    def test_the_label_is_not_printed_twice(self):
        response = self.client.get(self.article.get_absolute_url())
        self.assertNotContains(response, "Imke Farrow: ")

    def test_a_note_within_an_answer_is_set_apart(self):
        response = self.client.get(self.article.get_absolute_url())
        self.assertContains(response, '<span class="aside">[She laughs.]</span>')

    def test_the_answer_has_the_anchor_of_its_quote_and_a_link_but_no_bare_number(self):
        response = self.client.get(self.article.get_absolute_url())
        self.assertContains(response, f'<p id="q{self.answer.pk}">In instalments.', count=1)
        self.assertContains(response, f'href="/quotes/{self.answer.pk}/">Quote page</a>')
        self.assertNotContains(response, 'class="ref"')
        self.assertNotContains(response, 'class="voices__numbers"')

    def test_narration_belongs_to_nobody(self):
        response = self.client.get(self.article.get_absolute_url())
        self.assertContains(
            response, '<div class="turn__who"></div><div class="turn__text"><p>She leaves.</p>'
        )


class ExcerptOnlyTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        paper = make_publication("Closed Gazette", full_text=Publication.FullText.EXCERPT)
        body = "The opening stands here. " * 23 + "\n\n" + "“The secret ending,” she said. " * 3
        cls.article = make_article(publication=paper, body=body)
        cls.quote = make_quote(cls.article, "The secret ending,")

    def test_only_the_beginning_of_the_text_is_shown(self):
        response = self.client.get(self.article.get_absolute_url())
        self.assertContains(response, "The opening stands here.")
        self.assertNotContains(response, "The secret ending")
        self.assertContains(response, "This is an extract.")

    def test_no_other_form_shows_more(self):
        record = self.client.get(self.article.get_absolute_url(), {"format": "json"}).json()
        self.assertTrue(record["excerpt_only"])
        self.assertNotIn("secret", record["body"])

    def test_a_hit_beyond_the_excerpt_says_that_it_cannot_be_shown(self):
        response = self.client.get("/search/", {"q": '"secret ending"'})
        self.assertContains(response, "a part of the text that Closed Gazette does not allow us to show")
        for lines in ({}, {"lines": "right"}):
            response = self.client.get("/search/", {"q": '"secret ending"', "view": "kwic", **lines})
            self.assertContains(response, "1 article has matches only in text that its publication")
            self.assertNotContains(response, "she said")

    def test_a_quote_within_the_excerpt_has_its_sentences_around(self):
        quote = make_quote(self.article, "opening stands")
        response = self.client.get(quote.get_absolute_url())
        self.assertContains(response, "The opening stands here.")
        self.assertNotContains(response, "she said")

    def test_a_quote_beyond_the_excerpt_is_linked_by_its_own_page(self):
        response = self.client.get(self.article.get_absolute_url())
        self.assertNotContains(response, f'href="#q{self.quote.pk}"')
        self.assertContains(response, f'href="/quotes/{self.quote.pk}/"')

    def test_the_quotes_page_shows_its_words_and_nothing_around_them(self):
        response = self.client.get(self.quote.get_absolute_url())
        self.assertContains(response, "The secret ending,")
        self.assertNotContains(response, "The opening stands here.")


class AddressTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.article = make_article(headline="Flood closes the bridge", published_on=dt.date(2019, 5, 30))

    def test_the_id_decides_and_the_rest_is_put_right(self):
        right = self.article.get_absolute_url()
        for wrong in (
            f"/articles/2018/05/30/{self.article.pk}-flood-closes-the-bridge/",
            f"/articles/2019/5/30/{self.article.pk}-flood-closes-the-bridge/",
            f"/articles/2019/05/30/{self.article.pk}-another-word/",
            f"/articles/undated/{self.article.pk}-x/",
            f"/articles/{self.article.pk}/",
        ):
            with self.subTest(wrong):
                self.assertRedirects(self.client.get(wrong), right, 301, fetch_redirect_response=False)

    def test_what_was_asked_of_the_wrong_address_is_asked_of_the_right_one(self):
        response = self.client.get(f"/articles/{self.article.pk}/?hl=flood")
        self.assertEqual(response["Location"], f"{self.article.get_absolute_url()}?hl=flood")

    def test_headlines_without_latin_letters_have_addresses(self):
        for headline in ("東京の洪水", "Ψήφος", "!!!", "a" * 200, "Ada/Okafor?#&"):
            with self.subTest(headline):
                article = make_article(headline=headline)
                self.assertEqual(self.client.get(article.get_absolute_url()).status_code, 200)

    def test_ids_that_cannot_be_are_not_found(self):
        for pk in ("0", "9" * 19, "9" * 5000):
            with self.subTest(pk[:20]):
                self.assertEqual(self.client.get(f"/articles/{pk}/").status_code, 404)

    def test_a_former_path_leads_on(self):
        OldAddress.objects.create(
            kind="path", address="/news/2019/bridge.html", target="article", target_id=self.article.pk
        )
        response = self.client.get("/news/2019/bridge.html")
        self.assertRedirects(response, self.article.get_absolute_url(), 301, fetch_redirect_response=False)


# Within one transaction the database's clock stands still: what is to have been public is so since long.
LONG_AGO = dt.datetime(2019, 6, 1, tzinfo=dt.UTC)


class WithdrawnTests(TestCase):
    def setUp(self):
        self.article = make_article(visible_from=LONG_AGO, body="“We will appeal,” she said.")
        self.quote = make_quote(self.article, "We will appeal,")

    def status(self, **fields):
        Article.objects.filter(pk=self.article.pk).update(**fields)
        found = [self.article.get_absolute_url(), f"{self.article.get_absolute_url()}history/"]
        return {self.client.get(path).status_code for path in [*found, self.quote.get_absolute_url()]}

    def test_what_was_public_and_is_canceled_is_gone_with_its_notice(self):
        Notice.objects.create(article=self.article, kind="retraction", whose="ours", text="It was invented.")
        self.assertEqual(self.status(status="canceled"), {410})
        response = self.client.get(self.article.get_absolute_url())
        self.assertContains(response, "withdrawn", status_code=410)
        self.assertContains(response, "It was invented.", status_code=410)
        self.assertNotContains(response, self.article.headline, status_code=410)

    def test_every_other_state_is_the_page_of_an_unknown_id(self):
        unknown = self.client.get("/articles/999999999/")
        for fields in (
            {"status": "withheld"},
            {"status": "draft"},
            {"visible_from": timezone.now() + dt.timedelta(days=1)},
        ):
            with self.subTest(fields):
                self.article.refresh_from_db()
                self.assertEqual(self.status(**{"status": "usable", **fields}), {404})
                shown = self.client.get(self.article.get_absolute_url())
                self.assertEqual(shown.content, unknown.content)

    def test_a_draft_that_was_never_public_is_not_gone_but_unknown(self):
        draft = make_article(status="draft")
        Article.objects.filter(pk=draft.pk).update(status="canceled")
        self.assertEqual(self.client.get(draft.get_absolute_url()).status_code, 404)

    def test_what_has_a_successor_leads_there(self):
        later = make_article(headline="The same, corrected")
        Article.objects.filter(pk=self.article.pk).update(status="canceled", version_of=later)
        response = self.client.get(self.article.get_absolute_url())
        self.assertRedirects(response, later.get_absolute_url(), 301, fetch_redirect_response=False)

    def test_a_withdrawn_quote_is_gone_and_its_article_stays(self):
        type(self.quote).objects.filter(pk=self.quote.pk).update(standing="withdrawn")
        self.assertEqual(self.client.get(self.quote.get_absolute_url()).status_code, 410)
        response = self.client.get(self.article.get_absolute_url())
        self.assertNotContains(response, f"/quotes/{self.quote.pk}/")

    def test_a_proposed_quote_is_unknown(self):
        quote = make_quote(self.article, "We will appeal,", status="pending")
        self.assertEqual(self.client.get(quote.get_absolute_url()).status_code, 404)


class HistoryTests(TestCase):
    def setUp(self):
        self.article = make_article(
            headline="Gates opened", body="The gates opened at 4.20.\n\nIt rained.", visible_from=LONG_AGO
        )

    def history(self):
        self.article.refresh_from_db()
        return self.client.get(f"{self.article.get_absolute_url()}history/")

    def test_a_change_of_the_public_text_is_shown_word_by_word(self):
        change_text(self.article, body="The gates opened at 5.20.\n\nIt rained.")
        response = self.history()
        self.assertContains(response, "<del>4</del><ins>5</ins>")
        self.assertNotContains(response, "It rained.")
        self.assertContains(response, "1 unchanged paragraph")

    def test_what_changed_before_publication_is_nobodys_business(self):
        draft = make_article(status="draft", body="The unlawful draft.")
        change_text(draft, body="The lawful text.")
        Article.objects.filter(pk=draft.pk).update(status="usable")
        draft.refresh_from_db()
        response = self.client.get(f"{draft.get_absolute_url()}history/")
        self.assertContains(response, "1 published version.")
        self.assertNotContains(response, "unlawful")

    def test_changes_that_are_not_shown_are_no_versions(self):
        Article.objects.filter(pk=self.article.pk).update(quotes_state="read")
        self.assertContains(self.history(), "1 published version.")

    def test_what_was_typed_is_shown_as_text(self):
        change_text(self.article, body="<script>alert(1)</script>\n\nIt rained.")
        self.assertNotContains(self.history(), "<script>alert")


class MergedTests(TestCase):
    def test_names_on_an_article_are_those_that_stand_today(self):
        old, new = make_speaker("H. Brask"), make_speaker("Hedda Brask", slug="hedda-brask")
        article = make_article(body="“Yes,” she said.", authors=(old,))
        make_quote(article, "Yes,", speaker=old)
        Speaker.objects.filter(pk=old.pk).update(merged_into=new)
        response = self.client.get(article.get_absolute_url())
        self.assertContains(response, "/speakers/hedda-brask/", count=2)
        self.assertNotContains(response, old.get_absolute_url())
