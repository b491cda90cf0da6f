"""The review page: decide proposals, correct fields and text, publish."""

import datetime as dt
import json
from unittest import mock

from django.test import TestCase, override_settings
from django.urls import reverse

from articles.models import Article, ArticleTopic, Quote, RawDocument, Speaker, Topic, clock
from articles.models.audit import audit_context, change_group
from tests.admin.desk import (
    confirmed,
    fields_of,
    log_in,
    make_draft,
    make_user,
    open_form,
    propose,
    review_url,
    send,
)
from tests.factories import make_article, make_publication, make_quote, make_section, make_speaker


class ReviewCase(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.editor = make_user("editor")
        cls.article = make_draft()
        cls.two_stretches, cls.part = propose(cls.article)

    def setUp(self):
        self.client = log_in(self.editor)

    def answer(self, do="draft", **answers):
        """Submit the page with these answers, named ``d1`` or ``s2`` by the number on the page."""
        fields = open_form(self.client, self.article)
        for name, value in answers.items():
            quote = (self.two_stretches, self.part)[int(name[1]) - 1]
            fields[f"{name[0]}-{quote.pk}"] = value
        response = send(self.client, self.article, fields, do)
        for row in (self.article, self.two_stretches, self.part):
            row.refresh_from_db()
        return response


class DecisionTests(ReviewCase):
    def test_accepting_makes_a_new_speaker_of_a_name_nobody_bears(self):
        self.answer(d1="accept", s1="Osric Pell", k1="new")
        self.assertEqual(self.two_stretches.status, "accepted")
        self.assertEqual(self.two_stretches.speaker.name, "Osric Pell")
        self.assertEqual(self.two_stretches.speaker.sort_name, "Pell, Osric")

    def test_a_decision_names_the_editor_and_the_desk(self):
        self.answer(d1="accept", s1="Osric Pell", k1="new")
        decided = (
            self.two_stretches.decided_by,
            self.two_stretches.decided_through,
            self.two_stretches.standing,
        )
        self.assertEqual(decided, (self.editor, "desk", "confirmed"))

    def test_a_known_name_or_alias_links_the_speaker_who_bears_it(self):
        pell = make_speaker("Osric Pell", aliases=("O. Pell",))
        self.answer(d1="accept", s1="O. Pell", k1="named")
        self.assertEqual(self.two_stretches.speaker, pell)

    def test_a_new_speaker_whose_name_another_has_is_asked_back(self):
        pell = make_speaker("Osric Pell", description="a footballer")
        page = self.answer(d1="accept", s1="Osric Pell", k1="new")
        self.assertContains(
            page, f"There is already a speaker with this name: Osric Pell (#{pell.pk}), a footballer"
        )
        self.assertEqual((Speaker.objects.count(), self.two_stretches.speaker), (1, None))

    def test_a_new_speaker_of_this_article_who_is_in_the_archive_since_is_the_same(self):
        pell = make_speaker("Osric Pell")
        Quote.objects.filter(pk=self.part.pk).update(speaker=pell)
        self.answer(d1="accept", s1="Osric Pell", k1="new")
        self.assertEqual(self.two_stretches.speaker, pell)
        self.assertEqual(Speaker.objects.count(), 1)

    def test_the_number_of_another_speaker_is_not_taken_for_the_name_before_it(self):
        pell = make_speaker("Osric Pell", aliases=("O. Pell",))
        page = self.answer(d1="accept", s1=f"Mira Tolland (#{pell.pk})")
        self.assertContains(page, f"The speaker with the ID {pell.pk} is Osric Pell.")
        self.assertEqual(self.two_stretches.speaker, None)
        self.answer(d1="accept", s1=f"o. pell (#{pell.pk})")
        self.assertEqual(self.two_stretches.speaker, pell)

    def test_another_of_this_name_is_somebody_else(self):
        pell = make_speaker("Osric Pell")
        page = self.answer(d1="accept", s1="Osric Pell", k1="another")
        self.assertEqual((Speaker.objects.count(), self.two_stretches.speaker), (1, None))
        self.assertContains(
            page, f"There is already a speaker with this name: Osric Pell (#{pell.pk}), 0 quotes."
        )
        send(self.client, self.article, fields_of(page.content.decode()))
        self.two_stretches.refresh_from_db()
        self.assertNotEqual(self.two_stretches.speaker, pell)
        self.assertEqual(self.two_stretches.speaker.name, "Osric Pell")

    def test_a_new_speaker_whose_name_somebody_bears_in_other_accents_is_asked_back(self):
        pell = make_speaker("Ósric Pell", aliases=("O. Pell",))
        for name in ("Osric Pell", "O. PELL"):
            page = self.answer(d1="accept", s1=name, k1="new")
            self.assertContains(page, f"Ósric Pell (#{pell.pk})")
            self.assertContains(page, f'value="{name}"')
        self.assertEqual(Speaker.objects.count(), 1)
        self.answer(d1="accept", s1=f"Ósric Pell (#{pell.pk})", k1="named")
        self.assertEqual(self.two_stretches.speaker, pell)

    def test_a_name_nobody_bears_is_not_made_a_speaker_unasked(self):
        response = self.answer(d1="accept", s1="Osrick Pell", k1="named")
        self.assertContains(response, "No speaker has this name")
        self.assertContains(response, 'value="Osrick Pell"')
        self.assertEqual((self.two_stretches.status, Speaker.objects.count()), ("pending", 0))

    def test_two_of_one_name_are_told_apart_by_number(self):
        first, second = make_speaker("Osric Pell"), make_speaker("Osric Pell")
        response = self.answer(d1="accept", s1="Osric Pell", k1="named")
        self.assertContains(response, f"Choose one: Osric Pell (#{first.pk}), Osric Pell (#{second.pk}).")
        self.answer(d1="accept", s1=f"Osric Pell (#{second.pk})", k1="named")
        self.assertEqual(self.two_stretches.speaker, second)

    def test_accepting_without_a_speaker_is_asked_back(self):
        response = self.answer(d1="accept", s1="", k1="named")
        self.assertContains(response, "Enter the speaker, or choose “Speaker unknown”.")
        self.assertEqual(self.two_stretches.status, "pending")

    def test_no_named_speaker_is_an_answer(self):
        self.answer(d2="accept", s2="", k2="nobody")
        self.assertEqual((self.part.status, self.part.speaker), ("accepted", None))

    def test_a_speaker_merged_into_another_gives_that_other(self):
        kept = make_speaker("Osric J. Pell")
        make_speaker("Osric Pell", merged_into=kept)
        self.answer(d1="accept", s1="Osric Pell", k1="named")
        self.assertEqual(self.two_stretches.speaker, kept)

    def test_a_new_name_on_an_undecided_quote_is_asked_back_and_kept(self):
        for who in ("new", "another"):
            page = self.answer(s1="Tilda Marsh", k1=who)
            self.assertContains(page, "Accept the quote to add this speaker.")
            self.assertContains(page, 'value="Tilda Marsh"')

    def test_a_new_name_does_not_remove_the_suggested_speaker(self):
        pell = make_speaker("Osric Pell")
        Quote.objects.filter(pk=self.two_stretches.pk).update(speaker=pell)
        page = self.answer(s1="Tilda Marsh", k1="new")
        self.assertContains(page, "Accept the quote to add this speaker.")
        self.assertEqual(self.two_stretches.speaker, pell)

    def test_names_filled_in_by_the_page_need_no_decision(self):
        Quote.objects.filter(pk=self.two_stretches.pk).update(name_as_printed="Osric Pell")
        fields = open_form(self.client, self.article)
        self.assertEqual(fields[f"k-{self.two_stretches.pk}"], "new")
        make_speaker("Osric Pell")
        page = send(self.client, self.article, fields)
        self.assertEqual(page.status_code, 302)

    def test_emptied_words_are_asked_back(self):
        self.answer(d1="accept", s1="Osric Pell", k1="new")
        page = self.answer(w1="")
        self.assertContains(page, "Enter the words, or reject the quote.")
        self.answer(d1="reject", w1="")
        self.assertEqual(self.two_stretches.status, "rejected")

    def test_rejecting_needs_no_speaker(self):
        self.answer(d1="reject", s1="nobody at all", k1="named")
        self.assertEqual(self.two_stretches.status, "rejected")

    def test_a_decision_can_be_taken_back(self):
        self.answer(d1="reject")
        self.answer(d1="")
        self.assertEqual((self.two_stretches.status, self.two_stretches.decided_by), ("pending", None))

    def test_saving_again_does_not_decide_again(self):
        self.answer(d1="accept", s1="Osric Pell", k1="new")
        decided_at = self.two_stretches.decided_at
        self.answer()
        self.assertEqual(self.two_stretches.decided_at, decided_at)

    def test_the_article_says_how_far_its_quotes_are_read(self):
        self.answer(d1="reject")
        self.assertEqual(self.article.quotes_state, "part")
        self.answer(d2="reject")
        self.assertEqual(self.article.quotes_state, "read")

    def test_one_wrong_answer_stores_none_and_keeps_all_in_the_page(self):
        response = self.answer(
            d1="accept", s1="Nobody Here", k1="named", d2="accept", s2="Mira Tolland", k2="new"
        )
        self.assertEqual((self.part.status, Speaker.objects.count()), ("pending", 0))
        self.assertContains(response, 'value="Nobody Here"')
        self.assertContains(response, 'value="Mira Tolland"')

    def test_accepting_the_sure_ones_leaves_those_without_a_speaker(self):
        make_quote(self.article, "forty minutes", status="pending", confidence=0.95, kind="mixed", position=9)
        response = self.answer("all", s1="Osric Pell", k1="new")
        self.assertEqual((self.two_stretches.status, self.part.status), ("accepted", "pending"))
        self.assertContains(self.client.get(response.url), "Not accepted: no speaker yet: 1.")


class WordsTests(ReviewCase):
    def test_fewer_words_are_found_where_they_stand(self):
        self.answer(
            w1="We had the cows out […] The siren was for the television.", d1="accept", s1="O P", k1="new"
        )
        self.assertEqual(self.two_stretches.text, "We had the cows out […] The siren was for the television.")
        start, end = self.two_stretches.spans[0]
        self.assertEqual(self.article.body[start:end], "We had the cows out")

    def test_words_over_a_line_end_are_found(self):
        self.answer(w2="informed  rather\r\nthan warned", d2="reject")
        self.assertEqual(self.part.text, "informed rather than warned")

    def test_the_nearest_of_several_places_is_taken(self):
        article = make_draft(body="“No,” she said. Then rain. “No,” she said. Then “No,” again.")
        at = article.body.rindex("“No,” she") + 1
        quote = Quote.objects.create(
            article=article, kind="direct", text="No,", start=at, end=at + 3, spans=[[at, at + 3]]
        )
        self.article, self.two_stretches, self.part = article, quote, quote
        self.answer(w1="No", d1="accept", k1="nobody")
        self.assertEqual(self.two_stretches.spans, [[at, at + 2]])

    def test_words_that_do_not_stand_in_the_text_are_refused_and_kept(self):
        response = self.answer(w1="We had the sheep out", d1="accept", s1="O P", k1="new")
        self.assertContains(response, "These words are not in the text.")
        self.assertContains(response, "We had the sheep out")
        self.assertEqual(self.two_stretches.status, "pending")

    def test_a_missed_quote_is_added_as_accepted(self):
        fields = open_form(self.client, self.article)
        fields |= {"w-new": "had forty minutes", "s-new": "Ada Okafor", "k-new": "new"}
        send(self.client, self.article, fields)
        added = Quote.objects.get(text="had forty minutes")
        self.assertEqual((added.status, added.speaker.name, added.kind), ("accepted", "Ada Okafor", "mixed"))

    def test_a_missed_quote_in_marks_is_a_direct_one_and_its_whole_holds_the_marks(self):
        self.part.delete()
        fields = open_form(self.client, self.article)
        fields |= {"w-new": "informed rather than warned", "k-new": "nobody"}
        send(self.client, self.article, fields)
        added = Quote.objects.get(text="informed rather than warned")
        self.assertEqual(self.article.body[added.start : added.end], "“informed rather than warned”")
        self.assertEqual(added.kind, "direct")

    def test_words_of_a_public_quote_that_change_say_that_they_were_corrected(self):
        self.answer("publish", d1="accept", s1="Osric Pell", k1="new")
        self.answer(w1="We had the cows out before the siren, […] The siren was for")
        self.assertEqual(self.two_stretches.standing, "corrected")


class TextTests(ReviewCase):
    def test_a_corrected_text_takes_its_quotes_along(self):
        fields = open_form(self.client, self.article)
        fields["body"] = fields["body"].replace("Farmers below", "All the farmers below")
        send(self.client, self.article, fields)
        self.part.refresh_from_db()
        self.article.refresh_from_db()
        start, end = self.part.spans[0]
        self.assertEqual(self.article.body[start:end], "informed rather than warned")

    def test_a_quote_whose_words_are_gone_is_marked_lost_and_said(self):
        fields = open_form(self.client, self.article)
        fields["body"] = fields["body"].replace("informed rather than warned", "told")
        response = send(self.client, self.article, fields)
        self.part.refresh_from_db()
        self.assertIsNotNone(self.part.lost_at)
        self.assertContains(self.client.get(response.url), "no longer in the text and ")

    def test_a_lost_quote_is_not_accepted_without_words_that_stand(self):
        self.test_a_quote_whose_words_are_gone_is_marked_lost_and_said()
        response = self.answer(d2="accept", k2="nobody")
        self.assertContains(response, "These words are no longer in the text.")

    def test_a_page_opened_and_saved_changes_no_text(self):
        before = self.article.body
        self.answer()
        self.assertEqual(self.article.body, before)

    def test_a_cut_line_goes_back_to_where_it_stood(self):
        RawDocument.objects.create(
            article=self.article, media_type="text/plain",
            bytes=("\n".join([*self.article.body.split("\n\n")[:1], "Share this", "“We had"])).encode(),
        )  # fmt: skip
        Article.objects.filter(pk=self.article.pk).update(extra={"removed": ["Share this", "Read more"]})
        self.answer("back:0")
        self.assertEqual(self.article.body.split("\n\n")[1], "Share this")
        self.assertEqual(self.article.extra["removed"], ["Read more"])

    def test_the_text_is_read_again_at_a_press_and_decisions_stay(self):
        fields = open_form(self.client, self.article)
        send(self.client, self.article, {**fields, f"d-{self.two_stretches.pk}": "reject"}, "again")
        self.two_stretches.refresh_from_db()
        self.assertEqual(self.two_stretches.status, "rejected")
        self.assertEqual(self.article.quotes.pending().get().text, "informed rather than warned")


class PartsTests(ReviewCase):
    def change(self, do="draft", **values):
        fields = open_form(self.client, self.article)
        response = send(self.client, self.article, {**fields, **values}, do)
        self.article.refresh_from_db()
        return response

    def test_a_date_is_kept_at_the_precision_at_which_it_is_given(self):
        for given, stored in (
            ("2019-05", "2019-05"),
            ("3 June 2019", "2019-06-03"),
            ("1987", "1987"),
            ("", ""),
        ):
            self.change(date=given)
            self.assertEqual(self.article.published_as_printed, stored)

    def test_what_is_no_date_is_refused_beside_its_field_and_kept(self):
        response = self.change(date="soon", headline="Kept headline")
        self.assertContains(response, "Enter a date, for example 2019, May 2019 or 30 May 2019.")
        self.assertContains(response, 'value="soon"')
        self.assertContains(response, 'value="Kept headline"')

    def test_an_address_must_be_of_the_web(self):
        response = self.change(source_url="javascript:alert(1)")
        self.assertContains(response, "Enter a valid URL")

    def test_a_text_that_is_too_long_is_refused_and_kept(self):
        response = self.change(body="x" * 500_001)
        self.assertContains(response, "The text has 500,001 characters. The limit is 500,000.")
        self.assertContains(response, "x" * 500_001)

    def test_publication_and_section_are_kept_for_the_next_article_of_the_same_style(self):
        post, farming = make_publication("Northmoor Post"), make_section("Farming")
        self.change(publication=str(post.pk), section=str(farming.pk))
        bare = make_draft(publication=None, body="Another text.")
        # In another session too.
        fields = open_form(log_in(self.editor), bare)
        self.assertEqual((fields["publication"], fields["section"]), (str(post.pk), str(farming.pk)))

    def test_a_publication_of_the_last_article_is_marked_until_somebody_chooses_one(self):
        post = make_publication("Northmoor Post")
        self.change(publication=str(post.pk))
        bare = make_draft(publication=None, body="Another text.", extra={"undated": True})
        send(self.client, bare, open_form(self.client, bare))
        self.assertContains(self.client.get(review_url(bare)), "Northmoor Post (from your last article)")
        fields = {**open_form(self.client, bare), "do": "publish"}
        asked = self.client.post(review_url(bare), fields, follow=True)
        self.assertContains(asked, "Publication: Northmoor Post, from your last article.")
        courier = make_publication("Corran Herald")
        send(self.client, bare, {**open_form(self.client, bare), "publication": str(courier.pk)})
        send(self.client, bare, {**open_form(self.client, bare), "publication": str(post.pk)})
        self.assertNotContains(self.client.get(review_url(bare)), "from your last article")

    def test_for_another_style_they_are_a_suggestion_to_confirm(self):
        post = make_publication("Northmoor Post")
        self.change(publication=str(post.pk))
        bare = make_draft(publication=None, body="Another text.", byline="From our own staff")
        page = self.client.get(review_url(bare))
        self.assertContains(page, "Use Northmoor Post")
        fields = fields_of(page.content.decode())
        self.assertEqual(fields["publication"], "")
        send(self.client, bare, fields, "last")
        bare.refresh_from_db()
        self.assertEqual(bare.publication, post)

    def test_topics_are_ticked_and_added(self):
        weirs = Topic.objects.create(name="Weirs", slug="weirs")
        ArticleTopic.objects.create(article=make_article(), topic=weirs)
        self.change(**{f"topic-{weirs.pk}": "on", "topic-new": "Floods"})
        self.assertEqual({topic.name for topic in self.article.topics.all()}, {"Weirs", "Floods"})
        fields = open_form(self.client, self.article)
        del fields[f"topic-{weirs.pk}"]
        send(self.client, self.article, fields)
        self.assertEqual([topic.name for topic in self.article.topics.all()], ["Floods"])

    def test_a_section_is_added_by_a_chief_editor_only_and_selected_at_once(self):
        Article.objects.filter(pk=self.article.pk).update(extra={"unknown": {"section": "Farming"}})
        page = self.client.get(review_url(self.article))
        self.assertContains(page, "To add a section, ask a chief editor.")
        fields = fields_of(page.content.decode())
        send(self.client, self.article, {**fields, "section-new": "Farming"}, "section")
        self.client = log_in(make_user("chief editor"))
        self.assertIsNone(Article.objects.get(pk=self.article.pk).section)
        send(self.client, self.article, open_form(self.client, self.article), "section")
        self.article.refresh_from_db()
        self.assertEqual((self.article.section.name, self.article.extra["unknown"]), ("Farming", {}))

    def test_the_same_text_elsewhere_is_offered(self):
        other = make_article(
            headline="Gates opened early", body=self.article.body, publication="Northmoor Post"
        )
        self.assertContains(self.client.get(review_url(self.article)), f"ID {other.pk}")


class VisibleChangesTests(TestCase):
    """What readers will see is asked first, also where the page was opened before they could see it."""

    @classmethod
    def setUpTestData(cls):
        cls.editor, cls.other = make_user("editor"), make_user("chief editor", "chief")
        before = clock.now() - dt.timedelta(days=1)
        cls.article = make_article(body="The gates opened at four.", kicker="Gates", visible_from=before)

    def setUp(self):
        self.client = log_in(self.editor)

    def post(self, do="draft", fields=None):
        fields = fields or open_form(self.client, self.article)
        return self.client.post(review_url(self.article), {**fields, "do": do}, follow=True)

    def confirm(self, page):
        answer = confirmed(self.client, page)
        return self.client.get(answer.url) if answer.status_code == 302 else answer

    def test_undoing_that_an_article_was_withheld_asks_first(self):
        with audit_context(user=self.editor.pk, through="desk"), change_group("Withheld it"):
            Article.objects.filter(pk=self.article.pk).mark_changed(status="withheld", withheld_reason="Why")
        self.article.refresh_from_db()
        page = self.post("undo")
        self.assertContains(page, "Readers see this article: your last change to it is undone")
        self.assertEqual(Article.objects.get().status, "withheld")
        self.confirm(page)
        self.assertEqual(Article.objects.get().status, "usable")

    def test_a_change_of_several_articles_is_not_undone_on_the_page_of_one(self):
        second = make_article(body="It rained.", visible_from=self.article.visible_from)
        with audit_context(user=self.editor.pk, through="desk"), change_group("Withheld two"):
            Article.objects.filter(pk__in=[self.article.pk, second.pk]).mark_changed(status="withheld")
        self.article.refresh_from_db()
        page = self.post("undo")
        page = self.confirm(page)
        self.assertContains(page, "Your last change is one of several articles. Undo it in Recent actions.")
        self.assertEqual(set(Article.objects.values_list("status", flat=True)), {"withheld"})

    def test_a_save_merged_after_the_article_was_published_asks_first(self):
        Article.objects.update(status="draft")
        mine = open_form(self.client, self.article)
        Article.objects.filter(pk=self.article.pk).mark_changed(status="usable")
        page = self.post(fields={**mine, "kicker": "Weirs"})
        self.assertTemplateUsed(page, "admin/desk/confirm.html")
        self.assertEqual(Article.objects.get().kicker, "Gates")
        self.confirm(page)
        self.assertEqual(Article.objects.get().kicker, "Weirs")

    def test_a_published_article_cannot_lose_its_headline_or_become_another(self):
        make_article(body=self.article.body, headline="The weir", publication=self.article.publication)
        for typed in ("", "The weir"):
            with self.subTest(typed):
                fields = {**open_form(self.client, self.article), "headline": typed}
                page = self.confirm(self.post(fields=fields))
                self.assertContains(page, "Not saved: a published article needs a headline")
                self.assertEqual(Article.objects.get(pk=self.article.pk).headline, self.article.headline)

    def test_a_withdrawn_article_is_not_published_again(self):
        Article.objects.update(status="canceled")
        page = self.client.get(review_url(self.article))
        self.assertNotContains(page, 'value="publish"')
        page = self.confirm(self.post("publish"))
        self.assertContains(page, "it was withdrawn")
        self.assertEqual(Article.objects.get().status, "canceled")


class PublishingTests(ReviewCase):
    def test_an_article_is_published_with_proposals_open(self):
        self.answer("publish")
        self.assertEqual((self.article.status, self.article.quotes_state), ("usable", "unread"))

    def test_open_proposals_stay_hidden_from_readers(self):
        self.answer("publish", d1="accept", k1="nobody")
        self.assertEqual(list(Quote.objects.accepted()), [self.two_stretches])

    def test_what_is_missing_is_said_and_what_was_typed_is_stored(self):
        Article.objects.filter(pk=self.article.pk).update(
            publication=None, published_on=None, published_precision=""
        )
        fields = open_form(self.client, self.article)
        response = send(
            self.client, self.article, {**fields, "headline": "", "byline": "By A Hand"}, "publish"
        )
        page = self.client.get(response.url)
        self.assertContains(page, "Saved, but not published: missing headline, publication, date")
        self.assertContains(page, "3 things to settle")
        asked = [field["bound"].name for field in page.context["review"].missing_fields]
        self.assertEqual(asked, ["headline", "publication", "date"])
        self.article.refresh_from_db()
        self.assertEqual((self.article.status, self.article.byline), ("draft", "By A Hand"))

    def test_undated_is_allowed_when_it_is_said(self):
        fields = open_form(self.client, self.article)
        send(self.client, self.article, {**fields, "date": ""}, "publish")
        self.article.refresh_from_db()
        self.assertEqual(self.article.status, "draft")
        fields = open_form(self.client, self.article)
        send(self.client, self.article, {**fields, "undated": "on"}, "publish")
        self.article.refresh_from_db()
        self.assertEqual((self.article.status, self.article.published_on), ("usable", None))

    def test_the_same_article_is_not_published_twice(self):
        other = make_article(headline=self.article.headline, body=self.article.body)
        response = self.answer("publish")
        self.assertContains(
            self.client.get(response.url), f"this article is already in the archive (ID {other.pk})"
        )
        self.assertEqual(self.article.status, "draft")

    def test_readers_see_nothing_before_the_editor_has_confirmed(self):
        self.answer("draft", d1="accept", s1="Osric Pell", k1="new")
        fields = open_form(self.client, self.article)
        asked = self.client.post(review_url(self.article), {**fields, "do": "publish"}, follow=True)
        self.article.refresh_from_db()
        self.assertEqual(self.article.status, "draft")
        self.assertContains(asked, "Readers will see 1 article from now on.")
        self.assertContains(asked, "Readers will see 1 quote.")
        self.assertContains(asked, "1 undecided quote stays hidden.")
        self.assertContains(asked, "Undo withholds the article")
        self.assertContains(asked, "Publication: Selwy Courier. Date published: 2019-05-30.")

    def test_an_article_is_scheduled_and_says_so(self):
        fields = open_form(self.client, self.article)
        page = send(self.client, self.article, {**fields, "publish-at": "2024-01-01T06:00"}, "schedule")
        self.assertContains(page, "Choose a time in the future")
        self.assertEqual(fields_of(page.content.decode())["publish-at"], "2024-01-01T06:00")
        fields = {**open_form(self.client, self.article), "publish-at": "2077-05-03T06:00"}
        asked = self.client.post(review_url(self.article), {**fields, "do": "schedule"}, follow=True)
        self.assertContains(
            asked, "If you undo this before then, its status is again: Draft. Later, it is withheld."
        )
        confirmed(self.client, asked)
        self.article.refresh_from_db()
        self.assertEqual((self.article.status, self.article.is_public), ("usable", False))
        self.assertContains(self.client.get(review_url(self.article)), "Scheduled for 3 May 2077, 06:00")
        self.answer("undo")
        self.assertEqual((self.article.status, self.article.visible_from.year < 2077), ("draft", True))

    def test_an_article_is_withheld_on_its_page_with_a_reason(self):
        self.answer("publish")
        fields = open_form(self.client, self.article)
        send(self.client, self.article, fields, "withhold")
        self.article.refresh_from_db()
        self.assertEqual(self.article.status, "usable")
        fields = open_form(self.client, self.article)
        send(self.client, self.article, {**fields, "withhold-reason": "A complaint."}, "withhold")
        self.assertContains(self.client.get(review_url(self.article)), "Withheld because: A complaint.")

    def test_a_notice_is_added_to_a_public_article(self):
        self.answer("publish")
        fields = open_form(self.client, self.article)
        notice = {"notice-kind": "correction", "notice-whose": "ours", "notice-text": "The gate was shut."}
        send(self.client, self.article, {**fields, **notice}, "notice")
        self.assertEqual(self.article.notices.get().text, "The gate was shut.")
        self.answer("undo")
        self.assertFalse(self.article.notices.exists())

    def test_a_topic_added_to_a_published_article_is_asked_about(self):
        self.answer("publish")
        for act in ("topic", "draft"):
            fields = {**open_form(self.client, self.article), "topic-new": "Rivers", "do": act}
            self.assertContains(self.client.post(review_url(self.article), fields), "<li>Topics</li>")
            self.assertFalse(self.article.topics.exists())
        send(self.client, self.article, fields)
        self.assertEqual(self.article.topics.get().name, "Rivers")

    def test_what_was_typed_for_another_act_stays_in_its_field(self):
        self.client = log_in(make_user("chief editor"))
        self.answer("publish")
        typed = {
            "notice-text": "The gate was shut.", "notice-kind": "correction", "notice-whose": "ours",
            "withhold-reason": "A complaint.", "section-new": "Weirs", "byline": "By Imke Farrow",
        }  # fmt: skip
        fields = {**open_form(self.client, self.article), **typed}
        self.client.get(send(self.client, self.article, fields).url)
        page = self.client.get(review_url(self.article))
        again = fields_of(page.content.decode())
        self.assertEqual({name: again[name] for name in typed}, typed)
        # The question whether to withhold is answered with Cancel, then with the button.
        self.client.post(review_url(self.article), {**again, "do": "withhold"})
        again = open_form(self.client, self.article)
        self.assertEqual(again["withhold-reason"], "A complaint.")
        send(self.client, self.article, again, "withhold")
        send(self.client, self.article, open_form(self.client, self.article), "section")
        self.article.refresh_from_db()
        self.assertEqual((self.article.status, self.article.section.name), ("withheld", "Weirs"))
        self.assertEqual(open_form(self.client, self.article)["section-new"], "")

    def test_what_was_typed_and_not_used_is_named(self):
        fields = {**open_form(self.client, self.article), "publish-at": "2077-05-03T06:00"}
        page = self.client.get(send(self.client, self.article, fields).url)
        self.assertContains(page, "Typed but not used yet: time to publish.")
        send(self.client, self.article, open_form(self.client, self.article), "schedule")
        page = self.client.get(review_url(self.article))
        self.assertEqual(fields_of(page.content.decode())["publish-at"], "")

    def test_names_typed_beside_an_error_are_in_their_fields_again(self):
        self.client = log_in(make_user("chief editor"))
        typed = {"section-new": "Weirs", "topic-new": "Rivers", "s-new": "Osric Pell"}
        page = self.client.post(
            review_url(self.article), {**open_form(self.client, self.article), **typed, "date": "soon"}
        )
        again = fields_of(page.content.decode())
        self.assertEqual({name: again[name] for name in typed}, typed)
        self.assertContains(page, "Enter the quoted words, or remove the speaker.")

    def test_a_change_of_a_published_article_is_asked_about_and_kept_meanwhile(self):
        self.answer("publish")
        fields = {
            **open_form(self.client, self.article),
            f"d-{self.part.pk}": "reject",
            "byline": "By A Hand",
        }
        fields |= {f"d-{self.two_stretches.pk}": "accept", f"k-{self.two_stretches.pk}": "nobody"}
        asked = self.client.post(review_url(self.article), {**fields, "do": "draft"})
        self.assertContains(asked, "Readers will see 2 changes.")
        self.two_stretches.refresh_from_db()
        self.assertEqual(self.two_stretches.status, "pending")
        self.assertIn(
            'value="By A Hand"', self.client.get(review_url(self.article) + "?unsaved=1").content.decode()
        )
        self.client.post(review_url(self.article), fields_of(asked.content.decode(), "confirm"))
        self.two_stretches.refresh_from_db()
        self.assertEqual(self.two_stretches.status, "accepted")

    def test_publish_and_next_goes_to_the_next_waiting(self):
        following = make_draft(headline="Waits", body="Waits.")
        response = self.answer("next")
        self.assertRedirects(response, review_url(following))

    def test_publish_and_next_goes_to_the_desk_when_nothing_waits(self):
        self.answer("draft", d1="reject", d2="reject")
        self.assertRedirects(self.answer("next"), reverse("admin:desk"))

    def test_publish_and_paste_goes_to_the_paste_page(self):
        self.assertRedirects(self.answer("paste"), reverse("admin:desk-paste"))

    def test_a_draft_can_be_discarded_and_is_not_deleted(self):
        self.answer("discard")
        self.assertEqual(self.article.status, "canceled")

    def test_a_published_article_is_never_discarded(self):
        self.answer("publish")
        self.answer("discard")
        self.assertEqual(self.article.status, "usable")


class UnreadableAnswersTests(ReviewCase):
    def test_answers_that_cannot_be_read_are_refused_whole(self):
        fields = {**open_form(self.client, self.article), "kicker": "Changed"}
        for answers in ("[", "{}", "[1]", '[{"id": "x"}]', "null", '[{"id": 1}]'):
            with self.subTest(answers=answers):
                response = send(self.client, self.article, {**fields, "quotes": answers})
                self.assertEqual(response.status_code, 400)
        self.article.refresh_from_db()
        self.assertEqual(self.article.kicker, "")


class ManyProposalsTests(TestCase):
    """Up to three hundred proposals on a page, sent as plain fields without JavaScript."""

    @classmethod
    def setUpTestData(cls):
        cls.editor = make_user("editor")

    def article_with(self, number):
        words = [f"“Word number {n} of many,” said one." for n in range(number)]
        article = make_draft(body="\n\n".join(words))
        rows = []
        for n in range(number):
            start = article.body.index(f"Word number {n} of")
            end = article.body.index("”", start)
            rows.append(
                Quote(article=article, kind="direct", start=start, end=end, spans=[[start, end]],
                      text=article.body[start:end], confidence=0.5, position=n)
            )  # fmt: skip
        Quote.objects.bulk_create(rows)
        return article

    def decide_all(self, number, script=False):
        article, client = self.article_with(number), log_in(self.editor)
        pages = 1
        page = 1
        while page <= pages:
            response = client.get(f"{review_url(article)}?page={page}")
            pages = response.context["review"].pages
            lines = response.context["review"].lines
            self.assertLessEqual(len(lines), 300)
            fields = open_form(client, article, f"?page={page}")
            fields |= {f"d-{line.quote.pk}": "reject" for line in lines}
            self.assertEqual(send(client, article, fields).status_code, 302)
            page += 1
        self.assertEqual(article.quotes.filter(status="rejected").count(), number)
        return pages

    def test_three_hundred_are_decided_on_one_page(self):
        self.assertEqual(self.decide_all(300), 1)

    @override_settings(DATA_UPLOAD_MAX_NUMBER_FIELDS=1000)
    def test_under_a_lower_limit_they_come_in_parts(self):
        self.assertEqual(self.decide_all(300), 2)

    def test_a_thousand_are_decided_in_four_parts(self):
        self.assertEqual(self.decide_all(1000), 4)

    @override_settings(DATA_UPLOAD_MAX_NUMBER_FIELDS=60)
    def test_one_field_of_json_carries_them_all(self):
        article, client = self.article_with(20), log_in(self.editor)
        with mock.patch("articles.admin.review.context.lines_on_a_page", return_value=300):
            fields = {n: v for n, v in open_form(client, article).items() if n[1] != "-" or n.endswith("new")}
            answers = [
                {"id": q.pk, "d": "reject", "s": "", "k": "named", "w": q.text} for q in article.quotes.all()
            ]
            send(client, article, {**fields, "quotes": json.dumps(answers)})
        self.assertEqual(article.quotes.filter(status="rejected").count(), 20)
