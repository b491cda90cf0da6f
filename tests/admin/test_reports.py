"""Reader reports: the queue, the decision, permissions and concurrent decisions."""

from django.contrib.auth.models import Permission
from django.test import TestCase
from django.urls import reverse

from articles import reader_reports
from articles.admin.lists import Tab
from articles.models import Quote, Report, Speaker
from tests.admin.desk import fields_of, log_in, make_user, post_confirmed
from tests.factories import make_article, make_quote, make_speaker
from tests.views.queries import TWELVE

BODY = "“Nobody had asked us,” he said. “Nobody ever does.”"


class DeskTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.editor = make_user()
        cls.pell, cls.tolland = (
            make_speaker("Osric Pell"),
            make_speaker("Mira Tolland", aliases=("M. Tolland",)),
        )
        cls.article = make_article(body=BODY)
        cls.quote = make_quote(cls.article, "Nobody had asked us,", speaker=cls.pell, source="he")

    def setUp(self):
        self.client = log_in(self.editor)
        self.queue = reverse("admin:desk-reports")

    def report(self, what="speaker", about=None, remark="It was <b>Mira</b>."):
        token = reader_reports.receive(about or self.quote, what, remark, reader_reports.new_token())
        return reader_reports.found_by(token)

    def page(self, report):
        return reverse("admin:desk-report", args=[report.pk])

    def decide(self, report, **given):
        url = self.page(report)
        fields = fields_of(self.client.get(url).content.decode(), "ruling")
        return post_confirmed(self.client, url, {**fields, "reason": "The recording says so.", **given})

    def stored(self):
        return Quote.objects.values().get(pk=self.quote.pk)

    def test_what_waits_is_listed_with_its_age_and_what_readers_wrote(self):
        self.report()
        self.report()
        self.report("date", self.article, "Another day.")
        with self.assertNumQueries(TWELVE):
            response = self.client.get(self.queue)
        self.assertContains(response, "It was &lt;b&gt;Mira&lt;/b&gt;.")
        self.assertContains(response, "Another day.")
        self.assertEqual([group.number for group in response.context["rows"]], [2, 1])
        self.assertEqual(response.context["tabs"][0], Tab("Open", "?", True, 3))

    def test_a_speaker_is_named_by_any_name_the_archive_knows(self):
        report = self.report()
        response = self.decide(report, outcome="ours", speaker="M. Tolland", who="named")
        self.assertContains(response, "Decision saved for 1 report.")
        self.assertEqual(Quote.objects.get(pk=self.quote.pk).speaker, self.tolland)
        report.refresh_from_db()
        self.assertEqual((report.outcome, report.decided_by), ("ours", self.editor))
        self.assertEqual(
            self.quote.events.order_by("-pgh_id").values_list("pgh_context__user", flat=True)[0],
            self.editor.pk,
        )

    def test_a_speaker_whom_the_archive_does_not_know_is_made(self):
        self.decide(self.report(), outcome="the paper's", speaker="Ruth Embry", who="new")
        quote = Quote.objects.get(pk=self.quote.pk)
        self.assertEqual((quote.speaker.name, quote.credited_to), ("Ruth Embry", self.pell))

    def test_a_new_speaker_with_a_known_name_is_refused_in_any_spelling(self):
        before = self.stored()
        for name, outcome in [
            ("Mira Tolland", "ours"),
            ("mira tolland", "the paper's"),
            ("Osric Pell", "ours"),
        ]:
            response = self.decide(self.report(), outcome=outcome, speaker=name, who="new")
            self.assertContains(response, "There is already a speaker with this name")
        self.assertEqual((self.stored(), Speaker.objects.count()), (before, 2))

    def test_a_different_person_with_a_known_name_is_made(self):
        self.decide(self.report(), outcome="ours", speaker="Mira Tolland", who="another")
        speaker = Quote.objects.get(pk=self.quote.pk).speaker
        self.assertEqual((speaker.name, speaker == self.tolland), ("Mira Tolland", False))

    def test_a_quote_is_not_misattributed_to_its_own_speaker(self):
        for who in ("named", "new"):
            response = self.decide(
                self.report(), outcome="the paper's", speaker=f"Osric Pell (#{self.pell.pk})", who=who
            )
            self.assertContains(response, "already has this speaker")

    def test_who_may_not_add_speakers_makes_none_from_a_report(self):
        allowed = Permission.objects.filter(group__name="editor").exclude(codename="add_speaker")
        other = make_user("", "clerk")
        other.user_permissions.set(allowed)
        self.client = log_in(other)
        for who in ("new", "another"):
            response = self.decide(self.report(), outcome="ours", speaker="Ruth Embry", who=who)
            self.assertContains(response, "You do not have permission to add speakers.")
        self.assertFalse(Speaker.objects.filter(name="Ruth Embry").exists())

    def test_the_question_before_a_decision_names_what_is_stored(self):
        given = {"outcome": "ours", "reason": "The recording says so."}
        for what, fields, said in [
            ("speaker", {"speaker": "M. Tolland", "who": "named"}, "Speaker: Mira Tolland."),
            (
                "speaker",
                {"speaker": "Ruth Embry", "who": "new"},
                "Speaker: Ruth Embry, added as a new speaker.",
            ),
            ("speaker", {"speaker": "", "who": "nobody"}, "Speaker: unknown."),
            ("words", {"words": "Nobody ever does."}, "Words: “Nobody ever does.”."),
            ("date", {"printed": "2018-04"}, "Date published: 2018-04."),
        ]:
            url = self.page(self.report(what))
            stored = fields_of(self.client.get(url).content.decode(), "ruling")
            self.assertContains(self.client.post(url, {**stored, **given, **fields}), said)

    def test_nobody_is_made_for_a_report_that_is_refused(self):
        self.decide(self.report(), outcome="refused", speaker="Ruth Embry", who="new")
        self.assertFalse(Speaker.objects.filter(name="Ruth Embry").exists())

    def test_what_cannot_be_is_said_beside_its_field_and_nothing_typed_is_lost(self):
        make_speaker("Mira Tolland")
        before = self.stored()
        for given, reason in [
            ({"speaker": "Mira Tolland"}, "2 speakers have this name"),
            ({"speaker": "Nobody Such"}, "No speaker has this name"),
            ({"speaker": "Osric Pell"}, "already has this speaker"),
            ({"speaker": ""}, "Enter the speaker"),
            ({"speaker": "X (#999999)"}, "no speaker with this ID"),
        ]:
            response = self.decide(self.report(), outcome="ours", who="named", **given)
            self.assertContains(response, reason)
            self.assertContains(response, "The recording says so.")
        response = self.decide(self.report("words"), outcome="ours", words="Not these words")
        self.assertContains(response, "These words are not in the text.")
        response = self.decide(self.report("date"), outcome="ours", printed="2019-13")
        self.assertContains(response, "Enter a date like")
        self.assertContains(self.decide(self.report("date"), outcome="ours"), "Correct the date")
        self.assertEqual(self.stored(), before)

    def test_words_are_taken_from_the_text(self):
        self.decide(self.report("words"), outcome="ours", words="Nobody had asked us, […] Nobody ever does.")
        quote = Quote.objects.get(pk=self.quote.pk)
        self.assertEqual((len(quote.spans), quote.standing, quote.speaker), (2, "corrected", self.pell))

    def test_a_date_is_put_right_at_its_own_precision(self):
        self.decide(self.report("date"), outcome="ours", printed="2018-04", said="2018-04-02")
        quote = Quote.objects.select_related("article").get(pk=self.quote.pk)
        self.assertEqual((quote.article.published_as_printed, str(quote.said_on)), ("2018-04", "2018-04-02"))

    def test_an_article_is_reported_and_decided_without_a_quote(self):
        report = self.report("other", self.article)
        self.decide(report, outcome="the paper's")
        self.assertEqual(self.article.notices.get().whose, "the paper's")

    def test_the_question_says_what_the_decision_does(self):
        for what, outcome, given, question in (
            (
                "speaker",
                "ours",
                {"speaker": "Mira Tolland", "who": "named"},
                "Correct this and answer 1 report?",
            ),
            (
                "speaker",
                "the paper's",
                {"who": "nobody"},
                "Mark this quote as misattributed and answer 1 report?",
            ),
            ("words", "the paper's", {}, "Mark this quote as disputed and answer 1 report?"),
            ("other", "ours", {}, "Answer 1 report?"),
        ):
            with self.subTest(what=what, outcome=outcome):
                url = self.page(self.report(what))
                fields = fields_of(self.client.get(url).content.decode(), "ruling")
                sent = {**fields, "reason": "The recording says so.", "outcome": outcome, **given}
                self.assertContains(self.client.post(url, sent), f"<h1>{question}</h1>", html=True)
                Report.objects.all().delete()

    def test_what_was_changed_while_the_page_was_open_is_looked_at_again(self):
        report = self.report()
        url = self.page(report)
        fields = fields_of(self.client.get(url).content.decode(), "ruling")
        fields |= {"outcome": "ours", "speaker": "Mira Tolland", "reason": "Because."}
        self.report()
        response = self.client.post(url, fields)
        self.assertContains(response, "have changed since you opened this page")
        self.assertContains(response, "Because.")
        again = fields_of(response.content.decode(), "ruling")
        self.client.post(url, {**again, "outcome": "ours", "sure": "2"})
        self.assertEqual(Report.objects.filter(outcome="ours").count(), 2)
        response = self.client.post(url, {**again, "outcome": "refused"})
        self.assertFalse(Report.objects.filter(outcome="refused").exists())

    def test_a_decision_is_undone_from_its_page_or_its_tab(self):
        before, report = self.stored(), self.report()
        self.decide(report, outcome="ours", speaker="Mira Tolland", who="named")
        self.assertContains(self.client.get(f"{self.queue}?what=ours"), "The recording says so.")
        self.assertContains(self.client.get(self.page(report)), "Undo</button>")
        response = post_confirmed(self.client, self.queue, {"back": report.pk})
        self.assertContains(response, "the report is open again")
        self.assertEqual(self.stored(), before)
        self.assertEqual(self.client.post(self.queue, {"back": report.pk}).status_code, 404)

    def test_a_text_sent_after_the_login_ended_comes_back_into_its_fields(self):
        report = self.report()
        url = self.page(report)
        fields = fields_of(self.client.get(url).content.decode(), "ruling")
        self.client.logout()
        sent = self.client.post(url, {**fields, "outcome": "refused", "reason": "A long and careful reason."})
        self.assertEqual(sent.status_code, 403)
        kept = {"path": url, "kept": sent.context["kept"], "username": "editor", "password": "pass"}
        self.assertContains(
            self.client.post(reverse("admin:login-again"), kept, follow=True), "A long and careful reason."
        )

    def test_pages_that_do_not_exist_are_not_found(self):
        for query in ("page=0", "page=2", "page=x", "page=" + "9" * 30):
            self.assertEqual(self.client.get(f"{self.queue}?{query}").status_code, 404, query)

    def test_a_reader_of_the_desk_sees_no_report(self):
        report = self.report()
        client = log_in(make_user("reader"))
        for url in (self.queue, self.page(report)):
            self.assertEqual(client.get(url).status_code, 403)
            self.assertEqual(client.post(url, {"outcome": "refused", "reason": "No."}).status_code, 403)
        self.assertNotContains(client.get(reverse("admin:desk")), "Reports</a>")
