"""Citations in six forms: authors, newspaper, date at its precision, edition, page, URL."""

import datetime as dt
import json
from dataclasses import replace

import bibtexparser
import rispy
from django.test import SimpleTestCase, TestCase
from hypothesis import given
from hypothesis import strategies as st

from articles import citations
from articles.citations.names import Name, person
from tests.citations import csl_oracle
from tests.factories import make_article, make_quote, make_speaker

SITE = "https://archive.example"
TODAY = dt.date(2026, 11, 23)
PRINTED = st.text(st.characters(exclude_categories=["C", "Z"], include_characters=" "), min_size=1).filter(
    str.strip
)


def citation(**fields):
    known = {
        "key": "article-48213",
        "title": "River authority opens gates",
        "container": "Selwy Courier",
        "authors": (Name("Whitlock", "Jonas Peter"),),
        "issued": (2024, 12, 19),
        "edition": "morning",
        "page": "1",
        "section": "Home news",
        "language": "en",
        "url": f"{SITE}/articles/2024/12/19/48213-river/",
        "source_url": "",
        "accessed": TODAY,
    }
    return citations.Citation(**known | fields)


class NameTests(SimpleTestCase):
    def test_particles_stay_with_the_family_name(self):
        for name, expected in (
            ("Ada Okafor", Name("Okafor", "Ada")),
            ("Lena van der Meer", Name("van der Meer", "Lena")),
            ("J. P. de la Croix", Name("de la Croix", "J. P.")),
            ("Tom Reyes Jr.", Name("Reyes", "Tom", "Jr.")),
            ("Okafor", Name("Okafor")),
            ("Van Meer", Name("Meer", "Van")),
            ("Vincent Van Aard", Name("Van Aard", "Vincent")),
            ("José Ortuño y Galdós", Name("Ortuño y Galdós", "José")),
            ("Sofia von und zu Selwyn III", Name("von und zu Selwyn", "Sofia", "III")),
            ("Anna van ’t Hof", Name("van ’t Hof", "Anna")),
        ):
            with self.subTest(name):
                self.assertEqual(person(name), expected)

    def test_titles_and_letters_after_a_name_are_no_part_of_it(self):
        for name, expected in (
            ("Sir Alan Brook", Name("Brook", "Alan")),
            ("Dr. Ana María de los Ríos", Name("de los Ríos", "Ana María")),
            ("Rt Hon. Ada Okafor MP", Name("Okafor", "Ada")),
            ("Ada Okafor, OBE, PhD", Name("Okafor", "Ada")),
            ("Prof. Dr. Ilse Varga", Name("Varga", "Ilse")),
            ("Dr Okafor", Name("Okafor")),
            ("Lady Bird", Name("Lady Bird")),
            ("Jack Ma", Name("Ma", "Jack")),
        ):
            with self.subTest(name):
                self.assertEqual(person(name), expected)

    def test_a_title_in_a_sort_name_is_left_out_too(self):
        for sort_name, expected in (
            ("Brook, Sir Alan", Name("Brook", "Alan")),
            ("MP, Alan Brook", Name("Brook", "Alan")),
            ("Brook, Alan, Jr.", Name("Brook", "Alan", "Jr.")),
        ):
            with self.subTest(sort_name):
                self.assertEqual(person("Sir Alan Brook", sort_name), expected)

    def test_the_archives_own_sort_name_decides(self):
        self.assertEqual(person("Nguyen Bao", "Nguyen, Bao"), Name("Nguyen", "Bao"))

    def test_hyphened_given_names_keep_their_hyphen_as_initials(self):
        self.assertEqual(Name("Croix", "Jean-Paul Marie").initials, "J.-P. M.")


def search():
    return citations.cite_search(
        "Search for “dam & gates” in the quotes of Ada Okafor",
        archive="The News Archive",
        found="1,204 quotes",
        issued=dt.date(2026, 1, 5),
        url=f"{SITE}/speakers/ada-okafor/?q=dam&as_of=2026-01-05T12:00:00.000Z",
        accessed=TODAY,
        methods="It was searched.",
    )


class SearchTests(SimpleTestCase):
    """A search is cited as a result of a database, by an address that keeps its moment."""

    address = "https://archive.example/speakers/ada-okafor/?q=dam&as_of=2026-01-05T12:00:00.000Z"

    def test_apa(self):
        self.assertEqual(
            citations.plain(citations.apa(search())),
            "The News Archive. (2026, January 5). Search for “dam & gates” in the quotes of Ada Okafor "
            f"[Search results: 1,204 quotes]. {self.address}",
        )
        self.assertEqual(
            [run.text for run in citations.apa(search()) if run.italic],
            ["Search for “dam & gates” in the quotes of Ada Okafor"],
        )

    def test_chicago(self):
        self.assertEqual(
            citations.plain(citations.chicago(search())),
            "The News Archive, “Search for ‘dam & gates’ in the quotes of Ada Okafor,” 1,204 quotes, "
            f"as of January 5, 2026, accessed November 23, 2026, {self.address}.",
        )

    def test_mla(self):
        self.assertEqual(
            citations.plain(citations.mla(search())),
            "“Search for ‘dam & gates’ in the quotes of Ada Okafor.” The News Archive, 5 Jan. 2026, "
            f"{self.address}. Accessed 23 Nov. 2026.",
        )

    def test_programs_read_a_web_page_of_the_archive(self):
        (entry,) = bibtexparser.loads(citations.bibtex(search())).entries
        self.assertEqual((entry["ENTRYTYPE"], entry["author"]), ("misc", "{The News Archive}"))
        self.assertEqual((entry["year"], entry["month"], entry["day"]), ("2026", "January", "5"))
        self.assertNotIn("journal", entry)
        self.assertEqual(entry["url"], self.address)
        (record,) = rispy.loads(citations.ris(search()))
        self.assertEqual((record["type_of_reference"], record["authors"]), ("ELEC", ["The News Archive"]))
        self.assertEqual(record["urls"], [self.address])
        item = citations.csl(search())
        self.assertEqual((item["type"], item["genre"]), ("webpage", "Search results: 1,204 quotes"))
        self.assertEqual(item["author"], [{"literal": "The News Archive"}])
        self.assertEqual(item["issued"], {"date-parts": [[2026, 1, 5]]})

    def test_two_searches_have_two_keys_and_one_has_always_the_same(self):
        self.assertEqual(search().key, search().key)
        other = citations.cite_search(
            "Search", archive="A", found="1 quote", issued=TODAY, url=SITE, accessed=TODAY, methods=""
        )
        self.assertNotEqual(search().key, other.key)


class StyleTests(SimpleTestCase):
    def test_apa(self):
        self.assertEqual(
            citations.plain(citations.apa(citation())),
            "Whitlock, J. P. (2024, December 19). River authority opens gates. Selwy Courier, 1. "
            "https://archive.example/articles/2024/12/19/48213-river/",
        )

    def test_chicago(self):
        self.assertEqual(
            citations.plain(citations.chicago(citation())),
            "Jonas Peter Whitlock, “River authority opens gates,” Selwy Courier, December 19, 2024, "
            "morning edition, https://archive.example/articles/2024/12/19/48213-river/.",
        )

    def test_mla(self):
        self.assertEqual(
            citations.plain(citations.mla(citation())),
            "Whitlock, Jonas Peter. “River authority opens gates.” Selwy Courier, morning ed., 19 Dec. 2024, "
            "p. 1, https://archive.example/articles/2024/12/19/48213-river/. Accessed 23 Nov. 2026.",
        )

    def test_the_papers_name_is_in_italics(self):
        for style in (citations.apa, citations.chicago, citations.mla):
            self.assertEqual([run.text for run in style(citation()) if run.italic], ["Selwy Courier"])

    def test_without_an_author_the_title_stands_first(self):
        nobody = citation(authors=())
        self.assertTrue(
            citations.plain(citations.apa(nobody)).startswith("River authority opens gates. (2024")
        )
        self.assertTrue(
            citations.plain(citations.chicago(nobody)).startswith("“River authority opens gates,” ")
        )
        self.assertTrue(citations.plain(citations.mla(nobody)).startswith("“River authority opens gates.” "))

    def test_a_month_and_a_year_are_not_made_into_a_day(self):
        self.assertIn("(2019, May).", citations.plain(citations.apa(citation(issued=(2019, 5)))))
        self.assertIn(", May 2019, ", citations.plain(citations.chicago(citation(issued=(2019, 5)))))
        self.assertIn(", 2019, p. 1", citations.plain(citations.mla(citation(issued=(2019,)))))

    def test_an_undated_article_says_when_it_was_read(self):
        self.assertIn("(n.d.). ", citations.plain(citations.apa(citation(issued=()))))
        self.assertIn(
            "Retrieved November 23, 2026, from https", citations.plain(citations.apa(citation(issued=())))
        )
        cited = citations.plain(citations.chicago(citation(issued=())))
        self.assertIn("n.d., morning edition, accessed November 23, 2026,", cited)

    def test_two_and_many_authors(self):
        two = (Name("Whitlock", "Jonas"), Name("Reuss", "Ana"))
        four = (*two, Name("Farrow", "Imke"), Name("Asher", "Gwen"))
        self.assertTrue(
            citations.plain(citations.apa(citation(authors=two))).startswith("Whitlock, J., & Reuss, A. (")
        )
        self.assertTrue(
            citations.plain(citations.mla(citation(authors=two))).startswith(
                "Whitlock, Jonas, and Ana Reuss. “"
            )
        )
        self.assertTrue(
            citations.plain(citations.chicago(citation(authors=four))).startswith("Jonas Whitlock et al., “")
        )

    def test_of_more_than_twenty_authors_apa_names_nineteen_and_the_last(self):
        cited = citations.plain(citations.apa(citation(authors=authors(21))))
        self.assertIn("Author18, G., Author19, G., … Author21, G. (2024", cited)
        self.assertIn(
            "Author19, G., & Author20, G. (2024",
            citations.plain(citations.apa(citation(authors=authors(20)))),
        )

    def test_a_title_that_asks_keeps_its_mark_and_quotes_inside_turn_single(self):
        asked = citations.plain(citations.chicago(citation(title="Who said “no”?")))
        self.assertIn("“Who said ‘no’?” Selwy Courier", asked)

    def test_a_quote_is_cited_by_who_said_it(self):
        said = citation(speaker=Name("Brask", "Hedda"), words="It is an old list.")
        self.assertTrue(
            citations.plain(citations.chicago(said)).startswith(
                "Hedda Brask, quoted in Jonas Peter Whitlock, "
            )
        )
        self.assertTrue(
            citations.plain(citations.apa(said)).startswith("Hedda Brask, as quoted in Whitlock, J. P. (")
        )
        self.assertTrue(
            citations.plain(citations.mla(said)).startswith("Hedda Brask. Quoted in Whitlock, Jonas Peter. ")
        )


class CslTests(SimpleTestCase):
    """The published CSL styles print the same from our CSL-JSON, whatever the authors and the date."""

    def compare(self, cited, style, oracle, *, as_note=False):
        expected = csl_oracle.printed(citations.csl(cited), oracle, as_note=as_note)
        written = "".join(f"*{run.text}*" if run.italic else run.text for run in style(cited))
        self.assertEqual(csl_oracle.alike(written), csl_oracle.alike(expected))

    def cases(self, **fields):
        for number in (1, 2, 3, 4, 7, 20, 21, 25):
            yield f"{number} authors", citation(authors=authors(number), **fields)
        for issued in ((2019, 5), (2019,), ()):
            yield f"issued {issued}", citation(issued=issued, **fields)
        yield "no page", citation(page="", **fields)
        yield "a body", citation(authors=(Name("Selwy Press Association"),), **fields)
        two = (Name("van der Meer", "L."), Name("Reyes", "T.", "Jr."))
        yield "a particle and a suffix", citation(authors=two, **fields)

    def test_apa(self):
        for name, cited in self.cases():
            with self.subTest(name):
                self.compare(initialled(cited), citations.apa, csl_oracle.APA)

    def test_chicago_notes(self):
        # The style takes a section for a regular column, which ours are not.
        for name, cited in self.cases(section=""):
            with self.subTest(name):
                self.compare(initialled(cited), citations.chicago, csl_oracle.CHICAGO, as_note=True)

    def test_mla(self):
        # The style leaves «ed.» out, and citeproc-py prints a section at the end.
        for name, cited in self.cases(section="", edition=""):
            with self.subTest(name):
                self.compare(initialled(cited), mla_without_access, csl_oracle.MLA)


def authors(number):
    return tuple(Name(f"Author{i}", "G.") for i in range(1, number + 1))


def initialled(cited):
    """With given names as initials, which is all that citeproc-py prints."""
    return replace(cited, authors=tuple(replace(name, given=name.initials) for name in cited.authors))


def mla_without_access(cited):
    """MLA makes the day of access optional; the style gives it for undated works alone."""
    *runs, last = citations.mla(cited)
    return [*runs, citations.Run(last.text.partition(" Accessed ")[0] if cited.issued else last.text)]


class FormatTests(SimpleTestCase):
    def test_ris_is_read_back_by_an_independent_parser(self):
        (entry,) = rispy.loads(citations.ris(citation()))
        self.assertEqual(entry["type_of_reference"], "NEWS")
        self.assertEqual(entry["title"], "River authority opens gates")
        self.assertEqual(entry["authors"], ["Whitlock, Jonas Peter"])
        self.assertEqual(entry["date"], "2024/12/19/")
        self.assertEqual(entry["secondary_title"], "Selwy Courier")
        self.assertEqual(entry["urls"], [citation().url])

    def test_ris_keeps_a_month_a_month(self):
        self.assertIn("DA  - 2019/05//\r\n", citations.ris(citation(issued=(2019, 5))))

    def test_bibtex_is_read_back_by_an_independent_parser(self):
        (entry,) = bibtexparser.loads(citations.bibtex(citation())).entries
        self.assertEqual(entry["ENTRYTYPE"], "article")
        self.assertEqual(entry["title"], "{River authority opens gates}")
        self.assertEqual(entry["author"], "Whitlock, Jonas Peter")
        self.assertEqual((entry["date"], entry["year"]), ("2024-12-19", "2024"))
        self.assertEqual(entry["journal"], "Selwy Courier")

    def test_bibtex_escapes_what_tex_would_obey(self):
        self.assertIn(
            r"title = {{Fish \& chips: 100\% \$5 \textbraceleft{}sic\textbraceright{}}}",
            citations.bibtex(citation(title="Fish & chips: 100% $5 {sic}")),
        )

    def test_csl_json_has_the_printed_date_and_leaves_out_what_is_unknown(self):
        item = json.loads(
            citations.csl_json(citation(issued=(2019, 5), edition="", authors=(Name("The Bureau"),)))
        )
        self.assertEqual(item["issued"], {"date-parts": [[2019, 5]]})
        self.assertEqual(item["author"], [{"literal": "The Bureau"}])
        self.assertNotIn("edition", item)

    @given(title=PRINTED, container=PRINTED, family=PRINTED)
    def test_any_printed_words_survive_ris_and_never_break_a_record(self, title, container, family):
        cited = citation(title=title, container=container, authors=(Name(family),))
        (entry,) = rispy.loads(citations.ris(cited))
        self.assertEqual(entry["title"], " ".join(title.split()))
        self.assertEqual(entry["secondary_title"], " ".join(container.split()))

    @given(title=PRINTED)
    def test_any_title_leaves_bibtex_with_balanced_braces(self, title):
        written = citations.bibtex(citation(title=title))
        self.assertEqual(written.count("{"), written.count("}"))
        self.assertEqual(len(bibtexparser.loads(citations.bibtex(citation(title=title))).entries), 1)


class RecordTests(TestCase):
    def test_linked_authors_are_cited_by_their_sort_names(self):
        author = make_speaker("Nguyen Bao", sort_name="Nguyen, Bao")
        cited = citations.cite_article(make_article(authors=(author,)), site_url=SITE, accessed=TODAY)
        self.assertEqual(cited.authors, (Name("Nguyen", "Bao"),))

    def test_the_byline_as_printed_serves_where_no_author_is_linked(self):
        article = make_article(byline="By Jonas Whitlock and Ana Reuss")
        cited = citations.cite_article(article, site_url=SITE, accessed=TODAY)
        self.assertEqual([name.straight for name in cited.authors], ["Jonas Whitlock", "Ana Reuss"])

    def test_a_linked_author_does_not_push_out_the_others_of_the_byline(self):
        known = make_speaker("Bao Nguyen", sort_name="Nguyen, Bao")
        article = make_article(byline="By Jonas Whitlock and Bao Nguyen", authors=(known,))
        cited = citations.cite_article(article, site_url=SITE, accessed=TODAY)
        self.assertEqual([name.inverted for name in cited.authors], ["Whitlock, Jonas", "Nguyen, Bao"])

    def test_an_author_printed_by_an_initial_or_a_pen_name_is_cited_once(self):
        pen = make_speaker("Ana Reuss", aliases=("Bea Lark",))
        initial = make_speaker("Jonas Whitlock")
        article = make_article(byline="By Bea Lark and J. Whitlock", authors=(initial, pen))
        cited = citations.cite_article(article, site_url=SITE, accessed=TODAY)
        self.assertEqual([name.straight for name in cited.authors], ["Ana Reuss", "Jonas Whitlock"])

    def test_an_author_merged_into_another_is_cited_once(self):
        final = make_speaker("Ana Reuss-Lark")
        merged = make_speaker("Ana Reuss", merged_into=final)
        article = make_article(byline="By Ana Reuss", authors=(merged,))
        cited = citations.cite_article(article, site_url=SITE, accessed=TODAY)
        self.assertEqual([name.straight for name in cited.authors], ["Ana Reuss-Lark"])

    def test_a_file_of_citations_names_all_authors(self):
        make_article(byline="By Jonas Whitlock and Bao Nguyen", authors=(make_speaker("Bao Nguyen"),))
        found = rispy.loads(self.client.get("/search/?format=ris").getvalue().decode())
        self.assertEqual(found[0]["authors"], ["Whitlock, Jonas", "Nguyen, Bao"])

    def test_an_article_is_cited_with_its_corrections(self):
        article = make_article()
        article.notices.create(
            kind="correction", whose="the paper's", text="At 5.20, not at 4.20.", dated="2024-12-21"
        )
        cited = citations.cite_article(article, site_url=SITE, accessed=TODAY)
        self.assertIn("At 5.20, not at 4.20.", citations.ris(cited))

    def test_a_quote_has_its_own_address_and_the_words_with_the_gap_shown(self):
        article = make_article(body="“It is a good list,” he said. “It is an old list.”")
        quote = make_quote(
            article, "It is a good list,", "It is an old list.", speaker=make_speaker("Hedda Brask")
        )
        cited = citations.cite_quote(quote, site_url=SITE, accessed=TODAY)
        self.assertEqual(cited.url, f"{SITE}/quotes/{quote.pk}/")
        self.assertIn("“It is a good list, […] It is an old list.”", citations.csl(cited)["note"])
        self.assertEqual(citations.csl(cited)["original-author"], [{"family": "Brask", "given": "Hedda"}])

    def test_an_unnamed_source_is_cited_as_printed_and_said_to_be_unnamed(self):
        article = make_article(body="“It is an old list,” said a former clerk.")
        quote = make_quote(article, "It is an old list,", source="a former clerk")
        note = citations.csl(citations.cite_quote(quote, site_url=SITE, accessed=TODAY))["note"]
        self.assertIn("Said by an unknown speaker, named in the article as “a former clerk”", note)
