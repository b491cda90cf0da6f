"""Speakers: the index with fuzzy search, and the page with all quotes."""

import datetime as dt
from itertools import count

from django.test import TestCase

from articles.models import OldAddress, Publication, Role, Speaker
from articles.speakers import index
from articles.speakers.duplicates import mark_different
from tests.admin.desk import make_user
from tests.factories import make_article, make_quote, make_speaker
from tests.views.queries import TWELVE

NUMBERS = count(1)


def quoted(speaker, words="Yes,", **fields):
    body = f"“{words}” she said. There were {next(NUMBERS)} of them."
    return make_quote(make_article(body=body, **fields), words, speaker=speaker)


class DirectoryTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.okafor = make_speaker("Ada Okafor", sort_name="Okafor, Ada", aliases=("A. N. Okafor-Lorne",))
        cls.nunez = make_speaker("Pía Núñez", sort_name="Núñez, Pía")
        cls.angstrom = make_speaker("Åsa Ångström", sort_name="Ångström, Åsa")
        cls.silent = make_speaker("Silent Sam", sort_name="Sam, Silent")
        for speaker in (cls.okafor, cls.nunez, cls.angstrom):
            quoted(speaker)

    def names(self, **query):
        return [entry.speaker.name for entry in self.client.get("/speakers/", query).context["entries"]]

    def test_they_stand_in_the_order_of_an_index(self):
        self.assertEqual(self.names(), ["Åsa Ångström", "Pía Núñez", "Ada Okafor"])

    def test_accents_do_not_part_them_from_their_letter(self):
        self.assertEqual(self.names(letter="a"), ["Åsa Ångström"])
        self.assertEqual(self.names(letter="N"), ["Pía Núñez"])

    def test_names_are_found_under_other_spellings(self):
        for written, name in (
            ("nunez", "Pía Núñez"),
            ("Nuñes", "Pía Núñez"),
            ("okafer", "Ada Okafor"),
            ("OKAFOR", "Ada Okafor"),
            ("okafor-lorne", "Ada Okafor"),
            ("angstrom", "Åsa Ångström"),
            ("ada okafor", "Ada Okafor"),
        ):
            with self.subTest(written):
                self.assertEqual(self.names(q=written)[:1], [name])

    def test_the_other_name_that_was_asked_for_is_said(self):
        (entry,) = self.client.get("/speakers/", {"q": "okafor-lorne"}).context["entries"][:1]
        self.assertEqual(entry.speaker.found_as, "A. N. Okafor-Lorne")
        self.assertContains(self.client.get("/speakers/", {"q": "okafor-lorne"}), "A. N. Okafor-Lorne")

    def test_they_are_narrowed_by_role_organisation_and_publication(self):
        Role.objects.create(speaker=self.nunez, title="Harbour Māster", organisation="Selwy Port")
        former = make_speaker("A. Angstrom", merged_into=self.angstrom)
        Role.objects.create(speaker=former, title="Mayor")
        quoted(self.okafor, publication="Evening Bell")
        self.assertEqual(self.names(role="harbour master"), ["Pía Núñez"])
        self.assertEqual(self.names(organisation="port", letter="n"), ["Pía Núñez"])
        self.assertEqual(self.names(role="master", organisation="authority"), [])
        self.assertEqual(self.names(role="mayor"), ["Åsa Ångström"])
        self.assertEqual(
            self.names(publication=Publication.objects.get(name="Evening Bell").slug), ["Ada Okafor"]
        )
        self.assertEqual(self.names(q="okafor", role="mayor"), [])
        letters = self.client.get("/speakers/", {"role": "mayor"}).context["letters"]
        self.assertEqual(letters, [("a", 1)])

    def test_names_that_are_not_alike_are_not_offered(self):
        self.assertEqual(self.names(q="Whitlock"), [])

    def test_who_is_not_quoted_in_public_is_not_listed(self):
        self.assertNotContains(self.client.get("/speakers/"), "Silent")
        self.assertEqual(self.names(q="silent sam"), [])

    def test_it_asks_the_database_at_most_twelve_times(self):
        with self.assertNumQueries(TWELVE):
            self.client.get("/speakers/")

    def test_the_index_says_how_many_quotes_have_no_named_speaker(self):
        make_quote(make_article(body="“No,” said a man."), "No,")
        self.assertContains(self.client.get("/speakers/"), "1 quote has no known speaker.")

    def test_counts_hold_what_was_merged(self):
        old = make_speaker("H. Okafor")
        quoted(old)
        Speaker.objects.filter(pk=old.pk).update(merged_into=self.okafor)
        (entry,) = index.summaries([self.okafor])
        self.assertEqual(entry.quotes, 2)
        self.assertNotIn("H. Okafor", self.names())

    def test_who_is_quoted_only_under_a_merged_name_is_listed_under_the_final_one(self):
        first, second, last = (make_speaker(name) for name in ("One Pell", "Two Pell", "Three Pell"))
        quoted(first)
        Speaker.objects.filter(pk=first.pk).update(merged_into=second)
        Speaker.objects.filter(pk=second.pk).update(merged_into=last)
        self.assertIn("Three Pell", self.names())

    def test_pages_are_read_strictly(self):
        for page in ("0", "-1", "abc", "99", "9" * 5000, "١"):
            with self.subTest(page[:5]):
                self.assertEqual(self.client.get("/speakers/", {"page": page}).status_code, 404)


class SpeakerPageTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.brask = make_speaker("Hedda Brask", slug="hedda-brask", aliases=("H. Brask",))
        Role.objects.create(speaker=cls.brask, title="Director", organisation="Selwy River Authority",
                            since=dt.date(2016, 7, 1))  # fmt: skip
        for year in range(2012, 2024):
            for number in range(2):
                quoted(cls.brask, f"In {year} I said number {number},", published_on=dt.date(year, 5, 30))
        cls.other = quoted(make_speaker("Osric Pell"), "The siren of 2016,")

    def get(self, **query):
        return self.client.get("/speakers/hedda-brask/", query)

    def test_names_roles_and_counts_are_shown(self):
        response = self.get()
        for words in (
            "H. Brask",
            "Director, Selwy River Authority",
            "1 July 2016",
            "24 quotes",
            "24 articles",
            "2012 to 2023",
        ):
            with self.subTest(words):
                self.assertContains(response, words)

    def test_every_quote_is_reached_once_newest_first_or_oldest(self):
        for sort in ("newest", "oldest"):
            with self.subTest(sort):
                query = {} if sort == "newest" else {"sort": sort}
                pages = [self.get(**query), self.get(**query, page="2")]
                texts = [row.text for page in pages for row in page.context["page"].answer.rows]
                years = [text[3:7] for text in texts]
                self.assertEqual((len(texts), len(set(texts))), (24, 24))
                self.assertEqual(years, sorted(years, reverse=sort == "newest"))

    def test_nobody_elses_words_are_among_them(self):
        self.assertNotContains(self.get(q="siren"), "The siren of 2016")

    def test_it_is_searched_by_the_same_grammar(self):
        self.assertEqual(self.get(q='"number 1" NOT 2016').context["page"].answer.count, 11)

    def test_each_year_is_a_link_and_a_row_of_a_table(self):
        self.assertContains(self.get(), '<a href="?from=2016&amp;to=2016"><title>2016: 2 quotes</title>')
        table = self.client.get("/speakers/hedda-brask/over-time/")
        self.assertContains(table, '<a href="/speakers/hedda-brask/?from=2016&amp;to=2016">2016</a>')

    def test_it_asks_the_database_at_most_twelve_times(self):
        with self.assertNumQueries(TWELVE):
            self.get()

    def test_a_page_beyond_the_last_is_not_found(self):
        self.assertEqual(self.get(page="3").status_code, 404)

    def test_a_merged_speaker_leads_to_the_one_that_stands(self):
        for name, slug in (("H. Brask", "h-brask"), ("Hedda B.", "hedda-b")):
            last = make_speaker(name, slug=slug, merged_into=self.brask)
        Speaker.objects.filter(slug="h-brask").update(merged_into=last)
        response = self.client.get("/speakers/h-brask/?q=number")
        self.assertRedirects(response, "/speakers/hedda-brask/?q=number", 301, fetch_redirect_response=False)

    def test_a_former_slug_leads_to_the_one_of_today(self):
        OldAddress.objects.create(kind="speaker", address="brask", target="speaker", target_id=self.brask.pk)
        response = self.client.get("/speakers/brask/")
        self.assertRedirects(response, "/speakers/hedda-brask/", 301, fetch_redirect_response=False)

    def test_a_speaker_known_only_from_drafts_is_unknown(self):
        secret = make_speaker("Secret Source", slug="secret-source")
        quoted(secret, status="draft")
        self.assertEqual(self.client.get("/speakers/secret-source/").status_code, 404)

    def test_who_asked_search_engines_away_is_obeyed(self):
        Speaker.objects.filter(pk=self.brask.pk).update(noindex=True)
        self.assertContains(self.get(), '<meta name="robots" content="noindex">')
        self.assertNotContains(self.client.get("/sitemap-speakers.xml"), "hedda-brask")

    def test_quotes_say_who_has_checked_them_and_how_they_stand(self):
        self.other.__class__.objects.filter(speaker=self.brask).update(standing="disputed")
        response = self.get()
        self.assertContains(response, '<strong class="standing">disputed</strong>', count=20)
        self.assertContains(response, '<span class="state state--rule">not checked</span>', count=20)


class RolesOverTimeTests(TestCase):
    def test_where_all_is_of_one_day_no_heading_stands_over_nothing(self):
        pell = make_speaker("Osric Pell", slug="osric-pell")
        quoted(pell, published_on=dt.date(2020, 4, 30))
        page = self.client.get("/speakers/osric-pell/")
        self.assertNotContains(page, '<h2 class="label">Quotes by')
        self.assertContains(page, "Not checked yet")
        quoted(pell, published_on=dt.date(2020, 4, 28))
        self.assertContains(self.client.get("/speakers/osric-pell/"), '<h2 class="label">Quotes by')

    def test_roles_lie_beneath_the_years_in_which_they_were_held(self):
        brask = make_speaker("Hedda Brask", slug="hedda-brask")
        for year in (2016, 2019):
            quoted(brask, published_on=dt.date(year, 3, 1))
        Role.objects.create(
            speaker=brask, title="Director", since=dt.date(2017, 1, 1), until=dt.date(2017, 12, 31)
        )
        Role.objects.create(speaker=brask, title="Chair", since=dt.date(2018, 1, 1))
        Role.objects.create(speaker=brask, title="Engineer", until=dt.date(2010, 1, 1))
        intervals = self.client.get("/speakers/hedda-brask/over-time/").context["over"].counts.intervals
        found = [(interval.label, interval.first, interval.last) for interval in intervals]
        self.assertEqual(found, [("Director", 0.25, 0.5), ("Chair", 0.5, 1.0)])


class PossiblyAlsoTests(TestCase):
    """Until an editor decides, the page names who may be the same person, with one link to both."""

    def setUp(self):
        self.article = make_article(body="“It holds,” said A. Okafor. “It does,” said Ada Okafor.")
        self.ada, self.initial = make_speaker("Ada Okafor"), make_speaker("A. Okafor")
        make_quote(self.article, "It does,", speaker=self.ada)
        make_quote(self.article, "It holds,", speaker=self.initial)

    def test_it_leads_to_the_quotes_of_both(self):
        page = self.client.get(self.ada.get_absolute_url())
        self.assertContains(page, "Possibly also:")
        both = f"/quotes/?speaker={self.initial.slug}&speaker={self.ada.slug}"
        self.assertContains(page, both.replace("&", "&amp;"))
        self.assertEqual(self.client.get(both).context["page"].answer.count, 2)

    def test_one_who_is_not_public_is_not_named(self):
        self.initial.quotes.all().update(status="rejected", first_public_at=None)
        self.assertNotContains(self.client.get(self.ada.get_absolute_url()), "Possibly also:")

    def test_a_ruling_of_an_editor_ends_it(self):
        mark_different(self.ada, self.initial, by=make_user("editor"))
        self.assertNotContains(self.client.get(self.ada.get_absolute_url()), "Possibly also:")

    def test_father_and_son_are_never_merged_by_themselves(self):
        for name in ("Tom Reyes", "Tom Reyes Jr.", "Tom W. Reyes"):
            quote = make_quote(
                make_article(body=f"“Well,” said {name}."), "Well,", speaker=make_speaker(name)
            )
            page = self.client.get(quote.speaker.get_absolute_url())
            self.assertContains(page, f"<h1>{name}</h1>")
        self.assertEqual(Speaker.objects.filter(name__contains="Reyes", merged_into=None).count(), 3)
