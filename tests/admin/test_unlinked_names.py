"""Unlinked printed names: one ruling per name, for stored and for future quotes."""

import datetime as dt
from itertools import count

from django.test import TestCase
from django.urls import reverse

from articles.ingest.proposals.refresh import propose
from articles.ingest.speakers.name_rulings import AmbiguousName, KnownNames, decide, revoke
from articles.models import Alias, NameDecision, Quote, Speaker
from tests.admin.desk import log_in, make_user, post_confirmed
from tests.factories import make_article, make_publication, make_quote, make_speaker
from tests.ingest.readings import store

BODY = "“The bell is out,” said {name}. “The bell stays out,” {name} said. Report {number}."
NUMBERS = count(1)


def print_name(name="Osric Pell", **fields):
    """An article with two unlinked quotes of this printed name."""
    article = make_article(body=BODY.format(name=name, number=next(NUMBERS)), **fields)
    for words in ("The bell is out,", "The bell stays out,"):
        make_quote(article, words, source=name, name_as_printed=name, status="pending", confidence=0.9)
    return article


class NamesCase(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.editor = make_user("editor")

    def setUp(self):
        self.client = log_in(self.editor)

    def page(self, **query):
        return self.client.get(reverse("admin:desk-names"), query)

    def answer(self, **answers):
        """Submit the page; keys are printed names with underscores for spaces."""
        return post_confirmed(self.client, reverse("admin:desk-names"), fields_for(answers))

    def speakers(self):
        return list(Quote.objects.order_by("pk").values_list("speaker__name", flat=True))


def fields_for(answers):
    """The fields of the page; keys are printed names with underscores for spaces."""
    fields = {}
    for number, (name, answer) in enumerate(answers.items()):
        fields |= {f"n-{number}": name.replace("_", " "), f"m-{number}": answer}
    return fields


class RowTests(NamesCase):
    def test_a_name_is_one_row_with_its_quotes_papers_years_and_three_contexts(self):
        print_name(published_on=dt.date(2016, 3, 1))
        print_name(publication="Northmoor Post", published_on=dt.date(2019, 3, 1))
        (row,) = self.page().context["rows"]
        self.assertEqual((row.name, row.quotes, row.articles), ("Osric Pell", 4, 2))
        self.assertEqual(
            (row.papers, row.first.year, row.last.year), (["Northmoor Post", "Selwy Courier"], 2016, 2019)
        )
        self.assertEqual(len(row.contexts), 3)

    def test_the_most_frequent_stands_first_and_words_narrow(self):
        print_name("Mira Tolland")
        print_name(), print_name(headline="Again")
        self.assertEqual([row.name for row in self.page().context["rows"]], ["Osric Pell", "Mira Tolland"])
        self.assertEqual([row.name for row in self.page(q="toll").context["rows"]], ["Mira Tolland"])

    def test_those_of_the_same_surname_are_suggested(self):
        pell = make_speaker("Osric J. Pell", sort_name="Pell, Osric J.")
        make_speaker("Mira Tolland", sort_name="Tolland, Mira")
        print_name()
        self.assertEqual(self.page().context["rows"][0].offered, [pell])

    def test_an_alias_in_another_spelling_is_suggested_with_the_identifier(self):
        address = "https://www.wikidata.org/wiki/Q4711"
        warden = make_speaker("The Warden", aliases=("Ósric Pell",), same_as=address)
        print_name()
        page = self.page()
        self.assertEqual(page.context["rows"][0].offered, [warden])
        self.assertContains(page, address)

    def test_what_is_rejected_or_accepted_as_nobody_is_no_row(self):
        article = print_name()
        article.quotes.filter(text__contains="stays").update(status="rejected")
        article.quotes.filter(text__contains="is out").update(status="accepted", decided_by=self.editor)
        self.assertContains(self.page(), "All names are linked.")

    def test_the_number_of_questions_does_not_grow_with_the_rows(self):
        print_name()
        with self.assertNumQueries(13):
            self.page()
        for name in ("Mira Tolland", "Ilmar Vance", "Hedda Brask"):
            print_name(name)
        with self.assertNumQueries(13):
            self.page()


class DecisionTests(NamesCase):
    def test_a_link_covers_every_quote_of_the_name(self):
        pell = make_speaker("Osric J. Pell")
        print_name(), print_name(headline="Again")
        self.assertContains(self.answer(Osric_Pell=f"to:{pell.pk}"), "Names saved: 1. Quotes linked: 4.")
        self.assertEqual(self.speakers(), ["Osric J. Pell"] * 4)

    def test_the_number_of_statements_grows_with_neither_names_nor_quotes(self):
        names = ["Osric Pell", "Mira Tolland", "Ilmar Vance", "Hedda Brask", "the clerk"]
        for name in names:
            print_name(name), print_name(name)
        self.answer(Osric_Pell="new")
        for quotes, answers in (
            (4, {"Mira_Tolland": "new"}),
            (12, {"Ilmar_Vance": "new", "Hedda_Brask": "new", "the_clerk": "description"}),
        ):
            with self.assertNumQueries(32):
                self.client.post(reverse("admin:desk-names"), fields_for(answers) | {"sure": str(quotes)})
        self.assertEqual(NameDecision.objects.count(), 5)

    def test_two_spellings_of_a_new_name_in_one_form_are_not_two_speakers(self):
        print_name("Osric Pell"), print_name("OSRIC PELL"), print_name("Pell")
        page = self.answer(Osric_Pell="new", OSRIC_PELL="new", Pell="new")
        self.assertContains(page, "Not saved: there is already a speaker called OSRIC PELL. Check below.")
        self.assertContains(page, "Not saved: several speakers are called Pell.")
        self.assertEqual([speaker.name for speaker in Speaker.objects.all()], ["Osric Pell"])

    def test_a_new_speaker_is_made_once(self):
        print_name()
        self.answer(Osric_Pell="new")
        self.assertEqual(Speaker.objects.get().sort_name, "Pell, Osric")
        self.assertEqual(self.speakers(), ["Osric Pell"] * 2)

    def test_a_suggested_speaker_merged_meanwhile_leaves_only_its_own_row(self):
        kept, merged = make_speaker("Osric Pell"), make_speaker("Osrick Pell")
        print_name("Pell"), print_name("Mira Tolland")
        merged.merged_into = kept
        merged.save()
        page = self.answer(Pell=f"to:{merged.pk}", Mira_Tolland="new")
        self.assertContains(page, "Not saved: the speaker chosen for Pell has been merged or deleted.")
        self.assertContains(page, "Names saved: 1.")
        self.assertEqual(self.speakers(), [None, None, "Mira Tolland", "Mira Tolland"])

    def test_later_decides_nothing(self):
        print_name()
        self.answer(Osric_Pell="")
        self.assertEqual((NameDecision.objects.count(), self.speakers()), (0, [None, None]))

    def test_a_description_and_no_source_leave_the_desk_and_link_nobody(self):
        print_name("the clerk"), print_name("Low Water")
        self.answer(the_clerk="description", Low_Water="nosource")
        self.assertEqual((self.page().context["rows"], set(self.speakers())), ([], {None}))
        form = self.client.get(reverse("admin:desk-review", args=[Quote.objects.first().article_id]))
        # Both quotes, and the person who said them.
        self.assertContains(form, '<option value="nobody" selected>', count=3)

    def test_sent_twice_it_happens_once(self):
        print_name()
        self.answer(Osric_Pell="new")
        self.answer(Osric_Pell="new")
        self.assertEqual((NameDecision.objects.count(), Speaker.objects.count()), (1, 1))

    def test_an_open_review_page_does_not_save_over_it(self):
        article = print_name()
        self.answer(Osric_Pell="new")
        version = article.version
        article.refresh_from_db()
        self.assertGreater(article.version, version)

    def test_it_never_reaches_over_two_bearers(self):
        first = make_speaker("Osric Pell")
        make_speaker("Osric Pell")
        print_name()
        page = self.answer(Osric_Pell=f"to:{first.pk}")
        self.assertContains(page, "Not saved: several speakers are called")
        self.assertContains(page, "Several speakers have this name. Choose one in each article:")
        self.assertEqual(self.speakers(), [None, None])

    def test_a_surname_alone_may_mean_every_person_of_it(self):
        osric = make_speaker("Osric Pell", sort_name="Pell, Osric")
        print_name("Pell")
        decide("Pell", "speaker", by=self.editor, speaker=osric)
        self.assertEqual(self.speakers(), ["Osric Pell"] * 2)
        make_speaker("Mina Pell", sort_name="Pell, Mina")
        print_name("Pell", headline="Again")
        with self.assertRaises(AmbiguousName):
            decide("Pell", "speaker", by=self.editor, speaker=osric)

    def test_a_reader_decides_nothing(self):
        print_name()
        self.client = log_in(make_user("reader"))
        self.assertEqual(self.answer(Osric_Pell="new").status_code, 403)
        self.assertNotContains(self.page(), 'value="new"')


class StandingTests(NamesCase):
    """A ruling also applies to later imports, in the same newspapers and years."""

    def setUp(self):
        super().setUp()
        self.pell = make_speaker("Osric J. Pell", sort_name="Pell, Osric J.")
        print_name("O. Pell")
        self.decision = decide("O. Pell", "speaker", by=self.editor, speaker=self.pell).decision

    def later(self, **fields):
        """The speaker in a new article that prints the same name."""
        body = f"“We start again on Monday,” said O. Pell. Report {next(NUMBERS)}."
        article = make_article(headline=f"Later {fields}", body=body, **fields)
        propose(article)
        quote = article.quotes.get()
        self.assertEqual(quote.name_as_printed, "O. Pell")
        return quote.speaker

    def test_the_same_paper_and_year_is_linked(self):
        self.assertEqual(self.later(), self.pell)

    def test_another_year_and_another_paper_are_not(self):
        self.assertIsNone(self.later(published_on=dt.date(2003, 5, 30)))
        self.assertIsNone(self.later(publication=make_publication("Northmoor Post")))

    def test_a_second_bearer_ends_it(self):
        Alias.objects.create(speaker=make_speaker("Oda Pell"), name="O. Pell")
        self.assertIsNone(self.later(edition="late"))

    def test_one_merged_meanwhile_gives_the_other(self):
        kept = make_speaker("Osric Julian Pell")
        Speaker.objects.filter(pk=self.pell.pk).update(merged_into=kept)
        self.assertEqual(self.later(), kept)

    def test_a_revoked_ruling_unlinks_its_quotes_and_applies_no_more(self):
        self.later()
        url = reverse("admin:desk-names")
        page = self.client.post(url, {"back": self.decision.pk}, follow=True)
        self.assertContains(page, "Undone: 3 quotes of “O. Pell” have no speaker again.")
        self.assertEqual(set(self.speakers()), {None})
        self.assertIsNone(self.later(edition="late"))
        self.assertEqual(self.client.post(url, {"back": self.decision.pk}).status_code, 404)

    def test_undoing_what_readers_see_asks_first(self):
        Quote.objects.update(status="accepted")
        self.decision.quotes.update(speaker=self.pell)
        page = self.client.post(reverse("admin:desk-names"), {"back": self.decision.pk})
        self.assertContains(page, "2 quotes that readers see have no speaker again.")
        post_confirmed(self.client, reverse("admin:desk-names"), {"back": self.decision.pk})
        self.assertEqual(set(self.speakers()), {None})

    def test_what_a_person_has_read_since_stays(self):
        read = Quote.objects.first()
        read.accept(by=self.editor)
        self.assertEqual(revoke(self.decision), 1)
        read.refresh_from_db()
        self.assertEqual(read.speaker, self.pell)

    def test_an_import_honours_it(self):
        from articles.ingest.pipeline.parse import extract
        from articles.parsing import ParsedArticle

        parsed = ParsedArticle(
            headline="Imported", body="“We start again on Monday,” said O. Pell.",
            publication="Selwy Courier", published_on=dt.date(2019, 9, 2), published_precision="day",
        )  # fmt: skip
        stored = store(parsed, extract(parsed))
        self.assertEqual(stored.quotes.get().speaker, self.pell)


class KnownNamesTests(TestCase):
    def test_the_extraction_hears_of_names_and_aliases_and_asks_for_each_once(self):
        make_speaker("Jan van der Meer", aliases=("Jan Meer",))
        known = KnownNames()
        with self.assertNumQueries(1):
            found = known(["Jan van der Meer", "Jan Meer", "Tarrin Bridge"])
        self.assertEqual(found, ["Jan van der Meer", "Jan Meer"])
        with self.assertNumQueries(0):
            self.assertEqual(known(["Tarrin Bridge", "Jan Meer"]), ["Jan Meer"])
