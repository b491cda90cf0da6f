"""The ModelAdmins: lists, actions, history and permissions."""

from django.test import TestCase
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase as HypothesisTestCase

from articles.models import Article, OldAddress, Quote
from articles.presenters.differences import Word
from articles.revisions import change_text
from tests.admin.desk import (
    fields_of,
    log_in,
    make_draft,
    make_user,
    open_form,
    post_confirmed,
    propose,
    send,
)
from tests.factories import make_article, make_publication, make_quote, make_speaker, make_topic
from tests.sizes import size

PAYLOADS = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "'-alert(1)-'",
    "</textarea><svg onload=alert(1)>",
    "</title><script>alert(1)</script>",
    "{{ 7|add:7 }}{% now 'Y' %}",
    "javascript:alert(1)",
    "\u202egnp.exe <b>bold</b>",
)


def table(name, page="changelist", *args):
    return reverse(f"admin:articles_{name}_{page}", args=args)


FIELDS = (
    "version", "sheet", "do", "date", "publication", "headline", "body", "quotes", "language", "source_url",
    "w-new", "s-new", "k-new", "d-1", "k-1", "page",
)  # fmt: skip


class BulkTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.editor = make_user("editor")

    def run_action(self, action, *articles):
        client = log_in(self.editor)
        chosen = {"action": action, "_selected_action": [article.pk for article in articles]}
        number = 1 if action == "withdraw_selected" else len(articles)
        chosen |= {"sure": str(number), "reason": "A complaint."}
        page = client.post(table("article"), chosen, follow=True)
        for article in articles:
            article.refresh_from_db()
        return [str(message) for message in page.context["messages"]]

    def test_whole_drafts_are_published_and_counted(self):
        drafts = [make_draft(body=f"Text {n}.") for n in range(3)]
        self.assertEqual(self.run_action("publish_selected", *drafts), ["3 articles published."])
        self.assertEqual({draft.status for draft in drafts}, {"usable"})

    def test_what_cannot_be_published_is_left_with_the_reason(self):
        whole, bare = make_draft(), make_draft(body="Text.", headline="No date", published_on=None)
        gone = make_article(status="canceled", headline="Discarded one")
        said = self.run_action("publish_selected", whole, bare, gone)
        self.assertEqual(said[0], "1 article published.")
        self.assertEqual(said[1], f"Skipped No date (ID {bare.pk}): missing date.")
        self.assertEqual(said[2], f"Skipped Discarded one (ID {gone.pk}): it was discarded.")
        self.assertEqual((bare.status, gone.status), ("draft", "canceled"))

    def test_of_two_that_are_the_same_one_is_published(self):
        drafts = [make_draft(), make_draft()]
        said = self.run_action("publish_selected", *drafts)
        self.assertEqual(sorted(draft.status for draft in drafts), ["draft", "usable"])
        self.assertIn("this article is already in the archive", said[1])

    def test_published_articles_are_withheld_and_counted(self):
        articles = [make_article(), make_article()]
        self.assertEqual(self.run_action("withhold_selected", *articles), ["2 articles withheld."])
        self.assertEqual(Article.objects.published().count(), 0)

    def test_a_withheld_article_is_published_again(self):
        article = make_article(status="withheld", published_on=None)
        self.assertEqual(self.run_action("publish_selected", article), ["1 article published."])

    def test_a_withdrawn_article_is_not_withheld(self):
        article = make_article(status="canceled", headline="Gone")
        said = self.run_action("withhold_selected", article)
        self.assertEqual(
            said, ["0 articles withheld.", f"Skipped Gone (ID {article.pk}): it is already withdrawn."]
        )

    def test_what_has_been_public_is_withdrawn_with_a_notice_that_says_why(self):
        noticed, bare, draft = (
            make_article(),
            make_article(headline="Untold"),
            make_draft(headline="Draft"),
        )
        noticed.notices.create(kind="retraction", whose="ours", text="The source withdrew it.")
        said = self.run_action("withdraw_selected", noticed, bare, draft)
        self.assertEqual(said[0], "1 article withdrawn.")
        self.assertIn(f"Skipped Untold (ID {bare.pk}): it needs a notice that tells readers why.", said)
        self.assertEqual([noticed.status, bare.status, draft.status], ["canceled", "usable", "draft"])

    def test_nothing_is_withdrawn_before_the_editor_has_seen_how_much(self):
        noticed, draft = make_article(), make_draft(headline="Draft")
        noticed.notices.create(kind="retraction", whose="ours", text="The source withdrew it.")
        make_quote(noticed, "council met")
        client = log_in(self.editor)
        chosen = {"action": "withdraw_selected", "_selected_action": [noticed.pk, draft.pk]}
        page = client.post(table("article"), chosen)
        for effect in ("1 article will be withdrawn", "1 public quote in", "1 article will be skipped"):
            self.assertContains(page, effect)
        noticed.refresh_from_db()
        self.assertEqual(noticed.status, "usable")
        client.post(table("article"), {**chosen, "sure": fields_of(page.content.decode(), "confirm")["sure"]})
        noticed.refresh_from_db()
        self.assertEqual(noticed.status, "canceled")

    def test_more_than_the_editor_saw_is_asked_again(self):
        noticed = make_article()
        noticed.notices.create(kind="retraction", whose="ours", text="The source withdrew it.")
        chosen = {"action": "withdraw_selected", "_selected_action": [noticed.pk], "sure": "0"}
        page = log_in(self.editor).post(table("article"), chosen)
        self.assertContains(page, "1 article will be withdrawn")

    def test_quotes_with_a_speaker_are_accepted_and_the_rest_left(self):
        article = make_article(body="One word and another word.")
        named = make_quote(article, "One word", status="pending", speaker=make_speaker())
        nameless = make_quote(article, "another word", status="pending")
        chosen = {"action": "accept_selected", "_selected_action": [named.pk, nameless.pk]}
        client = log_in(self.editor)
        asked = client.post(table("quote"), chosen)
        self.assertContains(asked, "<h1>Accept 1 quote?</h1>", html=True)
        self.assertContains(asked, "1 selected quote is skipped.")
        page = post_confirmed(client, table("quote"), chosen)
        said = [str(message) for message in page.context["messages"]]
        self.assertEqual(
            said, ["1 quote accepted.", "1 quote was skipped: no speaker; choose one on the review page."]
        )
        article.refresh_from_db()
        self.assertEqual(article.quotes_state, "part")

    def test_decided_quotes_are_not_counted_and_their_articles_not_changed(self):
        decided = make_quote(make_article(body="One word."), "One word", speaker=make_speaker("Ada Moss"))
        chosen = {"action": "reject_selected", "_selected_action": [decided.pk]}
        page = log_in(self.editor).post(table("quote"), chosen)
        self.assertContains(page, "<h1>Reject 0 quotes?</h1>", html=True)
        self.assertEqual(Article.objects.get(pk=decided.article_id).version, decided.article.version)


class HistoryTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.editor = make_user("editor")
        cls.article = make_draft()
        cls.quote, _ = propose(cls.article)

    def setUp(self):
        self.client = log_in(self.editor)
        fields = open_form(self.client, self.article)
        changed = {"kicker": "The gates", f"d-{self.quote.pk}": "reject"}
        send(self.client, self.article, {**fields, **changed})

    def test_every_change_records_its_user_and_channel(self):
        contexts = [event.pgh_context for event in [*self.article.events.all(), *self.quote.events.all()]]
        self.assertGreater(len(contexts), 1)
        for context in contexts:
            self.assertEqual((context["user"], context["through"]), (self.editor.pk, "desk"))

    def test_the_object_shows_who_changed_what_from_what_to_what(self):
        page = self.client.get(table("article", "history", self.article.pk))
        change = next(c for c in page.context["changes"] if ("kicker", [Word("The gates", "in")]) in c.fields)
        self.assertEqual(change.who, "editor")
        self.assertContains(page, "The gates")

    def test_the_history_marks_the_words_that_changed_and_leaves_out_what_follows_from_them(self):
        article = make_article(body="The gates opened at four.\n\nIt rained.")
        change_text(article, body="The gates opened at five.\n\nIt rained.")
        page = self.client.get(reverse("admin:articles_article_history", args=[article.pk]))
        self.assertContains(page, "opened at <del>four</del>.")
        self.assertContains(page, "opened at <ins>five</ins>.")
        for hidden in ("pgh", "hash of the text", "doesn’t have a change history"):
            self.assertNotContains(page, hidden)

    def test_a_change_in_a_table_is_signed_as_well(self):
        chief = make_user("chief editor")
        topic = make_topic("Floods")
        fields = {"name": "Floods and droughts", "slug": "floods", "aliases": ""}
        client = log_in(chief)
        seen = client.get(table("topic", "change", topic.pk)).context["adminform"].form.initial["seen"]
        client.post(table("topic", "change", topic.pk), {**fields, "seen": seen})
        event = topic.events.get()
        self.assertEqual(
            (event.name, event.pgh_context["user"], event.pgh_context["through"]),
            ("Floods", chief.pk, "desk"),
        )


class NamesTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.chief = make_user("chief editor")

    def test_a_changed_slug_goes_on_answering(self):
        post = make_publication("Northmoor Post")
        client, url = log_in(self.chief), table("publication", "change", post.pk)
        seen = client.get(url).context["adminform"].form.initial["seen"]
        client.post(
            url, {"name": post.name, "slug": "the-post", "aliases": "", "full_text": "public", "seen": seen}
        )
        old = OldAddress.objects.get()
        self.assertEqual((old.kind, old.address, old.target_id), ("publication", "northmoor-post", post.pk))


class MergingTests(TestCase):
    """The table of speakers can undo a merge; others are made on a page that shows what they do."""

    @classmethod
    def setUpTestData(cls):
        cls.chief, cls.kept = make_user("chief editor"), make_speaker("Ada Okafor")
        cls.merged = make_speaker("A. Okafor", merged_into=cls.kept)

    def setUp(self):
        self.client.force_login(self.chief)

    def save(self, speaker, into):
        url = table("speaker", "change", speaker.pk)
        fields = fields_of(self.client.get(url).content.decode(), "speaker_form")
        response = self.client.post(url, {**fields, "merged_into": into})
        speaker.refresh_from_db()
        return response

    def test_a_speaker_is_not_merged(self):
        page = self.client.get(table("speaker", "change", self.kept.pk))
        self.assertNotContains(page, "Merged into")
        self.save(self.kept, make_speaker("Osric Pell").pk)
        self.assertIsNone(self.kept.merged_into)

    def test_a_merge_is_undone_by_emptying_the_field(self):
        self.save(self.merged, "")
        self.assertIsNone(self.merged.merged_into)

    def test_a_merged_speaker_is_not_merged_into_another(self):
        page = self.save(self.merged, make_speaker("Osric Pell").pk)
        self.assertContains(page, "Empty this field to undo the merge.")
        self.assertEqual(self.merged.merged_into, self.kept)


class ListTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.root = make_user("", "root")
        cls.root.is_superuser = True
        cls.root.save()

    def setUp(self):
        self.client = log_in(self.root)

    def queries(self, name):
        from django.db import connection
        from django.test.utils import CaptureQueriesContext

        with CaptureQueriesContext(
            connection,
        ) as captured:
            self.client.get(table(name))
        return len(captured)

    def test_a_longer_list_asks_no_more_questions(self):
        names = ("article", "quote", "speaker", "publication", "notice", "rawdocument", "importbatch")

        def add():
            article = make_article(section="Home news", publication="Northmoor Post")
            make_quote(article, "council", speaker=make_speaker())
            article.notices.create(kind="correction", whose="ours", text="Amended.")
            article.raw_documents.create(bytes=b"raw", media_type="text/plain")

        add()
        few = {name: self.queries(name) for name in names}
        for _ in range(12):
            add()
        self.assertEqual({name: self.queries(name) for name in names}, few)

    def test_a_list_does_not_fetch_the_texts(self):
        make_article(body="A body that no list needs.")
        from django.db import connection
        from django.test.utils import CaptureQueriesContext

        for name in ("article", "quote", "notice", "rawdocument"):
            with CaptureQueriesContext(connection) as captured:
                self.client.get(table(name))
            for query in captured:
                self.assertNotIn('"articles_article"."body"', query["sql"])

    def test_drafts_are_found_by_headline_and_number(self):
        draft = make_draft(headline="The weir at Lower Thane")
        make_draft(headline="Another", body="Another.")
        for words in ("weir", str(draft.pk)):
            page = self.client.get(table("article"), {"q": words})
            self.assertEqual([row.pk for row in page.context["cl"].result_list], [draft.pk])
            page = self.client.get("/admin/desk/", {"q": words})
            self.assertEqual([row.pk for row in page.context["page"].object_list], [draft.pk])

    def test_speakers_are_found_by_alias(self):
        speaker = make_speaker("Ada Okafor", aliases=("A. B. Okafor",))
        page = self.client.get(table("speaker"), {"q": "A. B."})
        self.assertEqual(list(page.context["cl"].result_list), [speaker])
        offered = self.client.get("/admin/desk/speakers.json", {"q": "a. b."}).json()
        self.assertEqual([one["value"] for one in offered["speakers"]], ["Ada Okafor"])

    def test_words_of_an_article_are_read_only_in_its_table(self):
        article = make_article()
        form = self.client.get(table("article", "change", article.pk)).context["adminform"].form
        self.assertFalse({"headline", "standfirst", "body", "status", "kicker"} & set(form.fields))


class HostileTests(HypothesisTestCase):
    """Every request to the editors' pages gets an answer, never a server error."""

    ADDRESSES = ("/admin/desk/", "/admin/desk/names/", "/admin/desk/imports/", "/admin/desk/speakers.json")

    @classmethod
    def setUpTestData(cls):
        cls.root = make_user("", "root")
        cls.root.is_superuser = True
        cls.root.save()
        cls.article = make_draft()

    def setUp(self):
        self.client = log_in(self.root)
        self.client.raise_request_exception = False

    def test_nul_and_nonsense_in_any_parameter(self):
        of_the_desk = ("q", "page", "what", "quote")
        of_tables = (
            "q", "p", "o", "title__contains", "headline__contains", "published_on__gte", "id__exact",
            "status__exact", "publication__id__exact", "_facets", "e",
        )  # fmt: skip
        values = (
            "\0",
            "a\0b",
            "abc",
            "-1",
            "0",
            "9" * 30,
            "٣",
            "9" * 5000,
            "\ud800",
            "'; drop",
            "%00",
            "2020-13-99",
        )
        read = dict.fromkeys((*self.ADDRESSES, f"/admin/desk/{self.article.pk}/"), of_the_desk)
        read |= {table(name): of_tables for name in ("article", "quote", "speaker")}
        failed = [
            (address, name, value[:10])
            for address, names in read.items()
            for name in names
            for value in values
            if self.client.get(address, {name: value.encode("utf-8", "surrogatepass")}).status_code >= 500
        ]
        self.assertEqual(failed, [])

    def test_numbers_that_are_none_are_not_found(self):
        for number in ("0", "9" * 30, "9" * 5000):
            for address in ("/admin/desk/{}/", "/admin/desk/imports/{}/"):
                self.assertEqual(self.client.get(address.format(number)).status_code, 404)

    @given(st.dictionaries(st.sampled_from(FIELDS), st.text(st.characters(), max_size=40)))
    def test_no_form_makes_the_review_fail(self, fields):
        sent = {name: value.encode("utf-8", "surrogatepass") for name, value in fields.items()}
        response = self.client.post(f"/admin/desk/{self.article.pk}/", sent)
        self.assertLess(response.status_code, 500)

    def test_hostile_words_are_shown_as_text(self):
        for payload in PAYLOADS:
            speaker = make_speaker(payload, description=payload)
            article = make_draft(
                headline=payload, kicker=payload, standfirst=payload, byline=payload, dateline=payload,
                body=f"{payload} said “{payload}” here {size(1, 1)}.", captions=(payload,),
                extra={"removed": [payload], "warnings": [payload]},
            )  # fmt: skip
            make_quote(article, payload, speaker=speaker, source=payload, status="pending")
            page = self.client.get(f"/admin/desk/{article.pk}/").content.decode()
            refused = self.client.post(
                f"/admin/desk/{article.pk}/",
                {"date": payload, "version": "0", "headline": payload, "w-new": payload},
            ).content.decode()
            waiting = self.client.get("/admin/desk/", {"q": payload}).content.decode()
            for html in (page, refused, waiting):
                with self.subTest(payload=payload):
                    self.assertNotIn("<script>alert", html)
                    self.assertNotIn("<img src=x", html)
                    self.assertNotIn("<svg onload", html)
                    self.assertNotIn("<b>bold", html)
                    self.assertNotIn('href="javascript:', html)
        self.assertEqual(Quote.objects.filter(status="pending").count(), len(PAYLOADS))
