"""Every action of the editors' pages is listed in Recent actions, and undoing it restores every record."""

from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from django.contrib.auth.models import User
from django.db import transaction
from django.test import TestCase, override_settings
from django.urls import reverse

from articles.models import Article, OldAddress, Quote
from articles.revisions.recent_changes import recent_changes
from articles.revisions.undo import restorable
from tests.addresses import make_examples
from tests.admin.desk import confirmed, fields_of, log_in, make_talk, open_form, post_confirmed, review_url
from tests.newsarchive.acts import every_act

# Counters, and memories of having been public.
NOT_COMPARED = {"version", "modified_at", "first_public_at"}
# These have a page of their own for undoing, or change nothing that editors see in the archive.
ELSEWHERE = (
    "imports/",
    "speakers/import/",
    "/keep/",
    "/throw-away/",
    "/take-over/",
    "acts/",
    "sample/",
    "account/",
)
# Only undoes a decision.
UNDOES = {"reports/"}


@contextmanager
def rolled_back():
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def records():
    """Every record with a history, and every redirect."""
    found = {}
    for name, model in restorable().items():
        columns = [f.attname for f in model._meta.concrete_fields if f.name not in NOT_COMPARED]
        for row in model._base_manager.values("pk", *columns):
            found[name, row["pk"]] = row
    for row in OldAddress.objects.values("kind", "address", "target", "target_id"):
        found["oldaddress", row["kind"], row["address"]] = row
    return found


def differences(before, after):
    """The columns that differ, by record; all columns of a record that is not in both."""
    found = {}
    for key in before.keys() | after.keys():
        one, other = before.get(key), after.get(key)
        if one is None or other is None:
            found[key] = "missing" if other is None else "left over"
        elif columns := {name: (one[name], other[name]) for name in one if one[name] != other[name]}:
            found[key] = columns
    return found


class EveryActionTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.examples = make_examples()
        cls.root = User.objects.create_superuser("root", password="pass")

    def setUp(self):
        home = TemporaryDirectory()
        self.addCleanup(home.cleanup)
        self.enterContext(override_settings(NEWSARCHIVE_HOME=Path(home.name)))
        self.client = log_in(self.root)

    def undo_since(self, last):
        """Undo what was done since an entry, the latest first; returns how much was done."""
        done = [change for change in recent_changes() if change.number > last]
        for change in done:
            self.assertTrue(change.what)
            page = post_confirmed(self.client, reverse("admin:undo"), {"key": change.pk})
            self.assertContains(page, "Undone: ")
            self.assertNotContains(page, "was not undone")
        return done

    def assert_undone(self, address, fields, allowed=None):
        """Send the form, undo what it did, and compare all records."""
        last = max((change.number for change in recent_changes()), default=0)
        before = records()
        response = confirmed(self.client, self.client.post(address, fields))
        self.assertIn(response.status_code, (200, 302))
        changed = differences(before, records())
        self.assertTrue(changed, "nothing was changed")
        self.assertTrue(self.undo_since(last), f"not listed: {changed}")
        left = differences(before, records())
        if allowed:
            left = {key: value for key, value in left.items() if not allowed(key, value)}
        self.assertEqual(left, {})

    def test_each_form_of_the_editors_pages(self):
        acts = [act for act in every_act(self.client, self.examples) if "/auth/" not in act.route]
        done = 0
        for act in acts:
            route = act.route.removeprefix("admin/desk/")
            if "password" in route or route in UNDOES or any(part in route for part in ELSEWHERE):
                continue
            shown = {key: str(value)[:40] for key, value in act.fields.items()}
            with self.subTest(act.route, **shown), rolled_back():
                address = self.examples.address(act.route) + act.query
                self.assert_undone(address, act.fields, _allowed(act.route))
            done += 1
        self.assertGreater(done, 25)

    def test_each_button_of_an_interview(self):
        talk = make_talk()
        question, answer, second, _ = talk.turns.order_by("position")
        for do in (
            *(f"flip:{question.pk}", f"flipon:{answer.pk}", f"narrate:{second.pk}", f"join:{second.pk}"),
            *("again", "turns", "all"),
        ):
            with self.subTest(do), rolled_back():
                # Something else is there to be found.
                Quote.objects.filter(article=talk, position=3).update(rule="gone")
                fields = open_form(self.client, talk)
                self.assert_undone(review_url(talk), {**fields, "kicker": "A talk", "do": do})

    def test_a_text_that_was_corrected_with_its_quotes_and_topics(self):
        article = self.examples.article
        fields = open_form(self.client, article)
        body = fields["body"].replace("We will appeal,", "We shall appeal,")
        self.assert_undone(review_url(article), {**fields, "body": body, "kicker": "Courts", "do": "draft"})

    def test_a_changed_link_name_still_leads_to_the_record(self):
        topic = self.examples.rows["topic"]
        url = f"/admin/articles/topic/{topic.pk}/change/"
        fields = fields_of(self.client.get(url).content.decode(), "topic_form")
        last = recent_changes()[0].number if recent_changes() else 0
        confirmed(self.client, self.client.post(url, {**fields, "slug": "high-water"}))
        self.assertRedirects(self.client.get("/topics/floods/"), "/topics/high-water/", 301)
        self.undo_since(last)
        self.assertRedirects(self.client.get("/topics/high-water/"), "/topics/floods/", 301)

    def test_what_readers_have_seen_is_withheld_when_publishing_is_undone(self):
        draft = self.examples.rows["article"]
        chosen = {"act": "publish", "pick": "chosen", "article": [draft.pk], "sure": "1"}
        last = recent_changes()[0].number if recent_changes() else 0
        self.client.post(reverse("admin:desk-selected"), chosen)
        self.assertEqual(Article.objects.get(pk=draft.pk).status, "usable")
        self.undo_since(last)
        self.assertEqual(Article.objects.get(pk=draft.pk).status, "withheld")


def _allowed(route):
    if route.endswith("paste/"):
        # The draft is discarded, with all that was found in it.
        return lambda key, value: value == "left over"
    if "publish_selected" in route or route.endswith("articles/article/"):
        return lambda key, value: key[0] == "article" and set(value) <= {"status", "withheld_reason"}
    return None
