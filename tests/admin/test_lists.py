"""All lists of the editors' pages read their filters, tabs and pages in the same way."""

import datetime as dt

from django.template import Context, Template
from django.test import SimpleTestCase, TestCase
from django.urls import reverse

from articles.models import clock
from articles.templatetags.desk import ago, labelled
from tests.addresses import make_examples
from tests.admin.desk import log_in, make_draft, make_user
from tests.factories import make_article, make_publication, make_speaker

NO_SUCH_LIST = "There is no such list. Choose one of these."
NOT_OFFERED = "Select a valid choice. nothing is not one of the available choices."
TOO_LONG = "Ensure this value has at most 200 characters (it has 201)."
# Each filter of each list, with a value that it cannot have and what is said about it.
WRONG = [
    ("desk", "what", "nothing", NO_SUCH_LIST),
    ("desk", "what", "batch-", NO_SUCH_LIST),
    ("desk", "what", "batch-x", NO_SUCH_LIST),
    ("desk", "what", "batch-١", NO_SUCH_LIST),
    ("desk", "q", "x" * 201, TOO_LONG),
    ("desk", "paper", "nothing", NOT_OFFERED),
    ("desk-withheld", "what", "nothing", NO_SUCH_LIST),
    ("desk-names", "q", "x" * 201, TOO_LONG),
    ("duplicate-speakers", "why", "nothing", NO_SUCH_LIST),
    ("duplicate-speakers", "q", "x" * 201, TOO_LONG),
    ("doubtful", "why", "nothing", NO_SUCH_LIST),
    ("desk-reports", "what", "nothing", NO_SUCH_LIST),
    ("desk-searches", "days", "5", NO_SUCH_LIST),
    ("desk-rules", "publication", "nothing", NOT_OFFERED),
    ("desk-log", "kind", "nothing", NOT_OFFERED),
    ("desk-log", "about", "nothing", NOT_OFFERED),
    ("desk-log", "number", "x", "Enter a whole number."),
    ("desk-log", "since", "2019-02-30", "Enter a valid date."),
]
# Each parameter that names a place in a list.
PLACES = [
    *((name, "page") for name in ("desk", "desk-withheld", "duplicate-speakers", "attribution-conflicts")),
    *((name, "page") for name in ("desk-reports", "desk-searches", "desk-imports", "desk-import")),
    *(("desk-splitting", "page"), ("desk-log", "before"), ("undo", "before"), ("desk-sample", "judged")),
    ("import-near-duplicates", "after"),
]  # fmt: skip


class ListCase(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.editor = make_user("chief editor")

    def setUp(self):
        self.client = log_in(self.editor)


class NarrowListTests(ListCase):
    def test_each_cell_has_the_label_of_its_column_and_keeps_its_role(self):
        make_draft(headline="Gates opened")
        for page, label in (
            (reverse("admin:desk"), "Undecided quotes"),
            (reverse("admin:articles_article_changelist"), "Date published"),
        ):
            with self.subTest(page):
                self.assertContains(self.client.get(page), f'role="cell" data-label="{label}"', count=1)

    def test_a_label_is_escaped_and_a_cell_over_several_columns_has_none(self):
        rows = '<tr><td colspan="2">a</td><td class="n">b</td></tr><tr><th>c</th></tr>'
        self.assertEqual(
            labelled(rows, ["One", "Two", "<Three>"]),
            '<tr role="row"><td role="cell" colspan="2">a</td>'
            '<td role="cell" data-label="&lt;Three&gt;" class="n">b</td></tr>'
            '<tr role="row"><th role="rowheader" data-label="One">c</th></tr>',
        )

    def test_what_was_added_within_the_last_minute_was_added_just_now(self):
        make_draft()
        page = self.client.get(reverse("admin:desk"))
        self.assertContains(page, "just now")
        self.assertNotContains(page, "0\xa0minutes")
        self.assertEqual(ago(clock.now() - dt.timedelta(hours=3)), "3\xa0hours ago")


class WrongValueTests(ListCase):
    @classmethod
    def setUpTestData(cls):
        super().setUpTestData()
        cls.examples = make_examples()
        cls.keys = {
            "desk-import": cls.examples.rows["importbatch"].pk,
            "import-near-duplicates": cls.examples.rows["importbatch"].pk,
            "desk-splitting": cls.examples.rows["speaker"].pk,
        }

    def url(self, name):
        return reverse(f"admin:{name}", args=[self.keys[name]] if name in self.keys else [])

    def test_a_wrong_value_has_a_message_and_the_list_has_no_rows(self):
        for name, parameter, value, message in WRONG:
            with self.subTest(name, **{parameter: value}):
                page = self.client.get(self.url(name), {parameter: value})
                self.assertContains(page, message, status_code=400)
                self.assertEqual(len(page.context.get("rows", ())), 0)

    def test_a_place_that_the_list_does_not_have_is_not_found(self):
        for name, parameter in PLACES:
            for value in ("999", "x", "-1", "9" * 30):
                with self.subTest(name, **{parameter: value}):
                    self.assertEqual(self.client.get(self.url(name), {parameter: value}).status_code, 404)


class LinkTests(ListCase):
    def test_a_tab_keeps_the_search_and_goes_to_its_first_page(self):
        for number in range(51):
            make_draft(headline=f"The gate {number}")
        page = self.client.get(reverse("admin:desk"), {"q": "gate", "page": "2"})
        self.assertContains(page, 'href="?q=gate&amp;what=drafts"')
        self.assertContains(page, 'href="?q=gate&amp;page=1" rel="prev"')

    def test_a_search_keeps_the_tab(self):
        make_draft(headline="The gate")
        page = self.client.get(reverse("admin:desk"), {"what": "drafts"})
        self.assertContains(page, '<input type="hidden" name="what" value="drafts" id="what">', html=True)

    def test_the_chosen_tab_is_marked(self):
        make_article(status="withheld", withheld_reason="A court order.")
        page = self.client.get(reverse("admin:desk-withheld"), {"what": "due"})
        self.assertContains(page, '<a href="?what=due" aria-current="page">Review due</a>', html=True)

    def test_each_publication_has_the_number_of_its_articles_in_this_list(self):
        post, courier = make_publication("Weir Post"), make_publication("Selwy Courier")
        later = dt.datetime(2999, 5, 3, 6, tzinfo=dt.UTC)
        make_article(publication=post, visible_from=later, quotes_state="read")
        make_draft(headline="The gate", publication=courier), make_draft(publication=courier)
        for query, labels in (
            ({}, ["Selwy Courier (2)", "Weir Post"]),
            ({"what": "scheduled"}, ["Selwy Courier", "Weir Post (1)"]),
            ({"q": "the gate"}, ["Selwy Courier (1)", "Weir Post"]),
            ({"paper": "weir-post"}, ["Selwy Courier (2)", "Weir Post"]),
        ):
            with self.subTest(query):
                page = self.client.get(reverse("admin:desk"), query)
                choices = page.context["filters"].fields["paper"].choices
                self.assertEqual([label for _, label in choices], ["All", *labels])

    def test_a_reason_without_pairs_has_no_tab(self):
        make_speaker("Osric Pell"), make_speaker("O. Pell")
        page = self.client.get(reverse("admin:duplicate-speakers"), {"q": "pell"})
        labels = [(tab.label, tab.url, tab.number) for tab in page.context["tabs"]]
        initials = ("Initials or a middle name", "?q=pell&why=initials", 1)
        self.assertEqual(labels, [("All", "?q=pell", 1), initials])


class TableTests(SimpleTestCase):
    def test_a_table_has_a_name_and_its_numbers_and_columns_are_marked(self):
        page = Template(
            '{% load desk %}{% desktable "Names & articles" "Name" missing "Quotes" numeric="3" %}'
            "<tr><td>{{ name }}</td><td>3</td></tr>{% enddesktable %}"
        ).render(Context({"name": "O’Neil & Co"}))
        self.assertHTMLEqual(
            page,
            '<div class="scroll" tabindex="0" role="region" aria-label="Names &amp; articles">'
            '<table class="table desktable stacked" role="table"><thead role="rowgroup"><tr role="row">'
            '<th scope="col" role="columnheader">Name</th>'
            '<th scope="col" role="columnheader" class="n">Quotes</th></tr></thead>'
            '<tbody role="rowgroup"><tr role="row"><td role="cell" data-label="Name">O’Neil &amp; Co</td>'
            '<td role="cell" data-label="Quotes">3</td></tr></tbody></table></div>',
        )
