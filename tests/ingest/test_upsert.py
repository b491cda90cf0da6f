"""The upserter stores every part in one transaction, skips duplicates, and never guesses a speaker."""

import datetime as dt
from unittest import mock

from django.test import TestCase

from articles.extraction import Person, Span
from articles.ingest.pipeline.duplicates import KnownArticles
from articles.ingest.pipeline.types import ImportOptions, IncomingArticle
from articles.ingest.pipeline.upsert import Upserter
from articles.models import (
    Article,
    ArticleEvent,
    Publication,
    Quote,
    QuoteEvent,
    Section,
    Speaker,
    Topic,
)
from articles.operations.integrity import faults
from articles.parsing import ParsedImage, RowError
from tests.factories import make_publication, make_speaker
from tests.search_index.found import found

from .readings import parsed, piece, reading, store, turn, turn_piece

BODY = (
    "“The river is high,” said Osric Pell. “It will be higher.” The mayor laughed.\n\n"
    "“We are ready,” she said. “Are we?”"
)
INTERVIEW = "Why did you stay?\n\nNobody asked. [laughs] They say “stay where the stove is” here."


def put(body=BODY, read=None, *, raw=None, **options):
    about = {name: options.pop(name) for name in list(options) if name in parsed(body).__dataclass_fields__}
    raw = raw or repr((body, about)).encode()
    return store(parsed(body, **about), read or reading(), raw, **options)


def incoming(body, **about):
    return IncomingArticle(
        parsed(body, **about), reading(), body.encode(), "application/json", "test, line 1"
    )


def osric(**fields):
    return piece(BODY, "The river is high,", "Osric Pell", **fields)


class EveryPartTests(TestCase):
    def test_the_fields_stand_as_they_were_read(self):
        article = put(
            byline="By Gwen Asher", dateline="Tarrin", kicker="Floods", standfirst="It rained.",
            section="Home news", topics=("Floods", "Rivers"), published_on=dt.date(2019, 5, 1),
            published_precision="month",
            source_url="http://www.courier.example/a/?utm_source=x", external_id="sc-1", page="5",
            edition="late", images=(ParsedImage("The bridge.", "Lise"), ParsedImage(url="https://a.example/b")),
            extra={"desk": "rural"},
        )  # fmt: skip
        self.assertEqual(article.status, "draft")
        self.assertEqual(article.source_url, "http://www.courier.example/a/?utm_source=x")
        self.assertEqual(article.canonical_url, "https://courier.example/a")
        self.assertEqual(article.publication.name, "Selwy Courier")
        self.assertEqual(article.section.slug, "home-news")
        self.assertEqual([t.name for t in article.topics.order_by("name")], ["Floods", "Rivers"])
        self.assertEqual([i.caption for i in article.images.all()], ["The bridge.", ""])
        self.assertEqual(article.extra, {"desk": "rural"})
        self.assertEqual(article.published_as_printed, "2019-05")

    def test_a_split_quote_is_one_proposal_with_its_context(self):
        read = reading(
            osric(),
            piece(BODY, "It will be higher.", "Osric Pell"),
            people=[Person("Osric Pell", "a farmer")],
        )
        quote = put(read=read).quotes.get()
        self.assertEqual(quote.text, "The river is high, […] It will be higher.")
        self.assertEqual([BODY[a:b] for a, b in quote.spans], ["The river is high,", "It will be higher."])
        self.assertEqual((quote.prefix, quote.suffix), ("", " The mayor laughed.\n\n“We are rea"))
        self.assertEqual(
            (quote.source, quote.speaker, quote.role_as_printed), ("Osric Pell", None, "a farmer")
        )
        self.assertEqual((quote.status, quote.rule, quote.confidence), ("pending", "tail", 0.95))

    def test_quotes_of_headline_and_captions_stand_in_their_parts(self):
        caption = "“We swam,” said Ada."
        read = reading(
            piece("“We swam”: a report", "We swam", group=1, part="headline"),
            piece(caption, "We swam,", group=2, part="caption", image=1),
        )
        article = put(
            headline="“We swam”: a report", images=(ParsedImage("A dog."), ParsedImage(caption)), read=read
        )
        parts = [(q.part, q.image and q.image.caption, q.text) for q in article.quotes.all()]
        self.assertEqual(parts, [("headline", None, "We swam"), ("caption", caption, "We swam,")])

    def test_of_an_answer_notes_and_relayed_words_are_not_its_own(self):
        answer = INTERVIEW[INTERVIEW.index("Nobody") :]
        note = INTERVIEW.index("[laughs]")
        read = reading(
            turn_piece(INTERVIEW, "Why did you stay?", "question", "Selwy Courier", group=1),
            turn_piece(INTERVIEW, answer, "answer", "Mira Tolland", group=2),
            piece(INTERVIEW, "stay where the stove is", None, group=3, inside=2),
            turns=[
                turn(INTERVIEW, "Why did you stay?", "question", "Selwy Courier"),
                turn(INTERVIEW, answer, "answer", "Mira Tolland"),
            ],
            notes=(Span(note, note + 8),),
        )
        article = put(INTERVIEW, read)
        asked, said, relayed = article.quotes.all()
        self.assertEqual((asked.turn.role, asked.text), ("question", "Why did you stay?"))
        self.assertEqual((said.turn.role, said.text), ("answer", "Nobody asked. […] They say […] here."))
        self.assertEqual((relayed.inside, relayed.turn), (said, None))
        self.assertEqual(article.notes.get().start, note)
        self.assertEqual(list(faults()), [])

    def test_a_candidate_that_does_not_stand_in_its_text_is_left_out(self):
        crooked = osric(marked=((30, 40), (1, 19)))
        self.assertEqual(put(read=reading(crooked)).quotes.count(), 0)

    def test_a_published_article_is_found_at_once_and_has_no_history(self):
        make_speaker("Osric Pell")
        article = put(read=reading(osric()), publish=True, accept_from=0.9)
        self.assertEqual(article.status, "usable")
        self.assertEqual(found("river"), {article.pk})
        self.assertEqual(list(faults()), [])
        self.assertEqual(ArticleEvent.objects.count() + QuoteEvent.objects.count(), 0)


class ResolvingTests(TestCase):
    def test_a_publication_is_known_by_name_alias_or_slug_in_any_case(self):
        courier = make_publication("Selwy Courier", aliases=["The Courier"])
        for printed in ["SELWY COURIER", "the courier", "selwy-courier"]:
            self.assertEqual(put(f"Text of {printed}.", publication=printed).publication, courier)
        self.assertEqual(Publication.objects.count(), 1)

    def test_a_name_that_two_publications_bear_is_refused_with_the_reason(self):
        make_publication("Corran Post", aliases=["The Post"])
        make_publication("Tarrin Post", aliases=["the post"])
        with self.assertRaisesMessage(RowError, "publication: 2 publications have this name"):
            put(publication="The Post")

    def test_topics_are_made_once(self):
        put("One.", topics=("Floods", "floods"))
        put("Two.", topics=("FLOODS",))
        self.assertEqual([t.name for t in Topic.objects.all()], ["Floods"])

    def test_what_another_run_made_since_the_names_were_read_is_not_made_again(self):
        first, other = Upserter(ImportOptions()), Upserter(ImportOptions())
        first.store([incoming("The ford is dry.")])
        other.store([incoming("The weir is full.", topics=("Floods",), section="Home news")])
        first.store([incoming("The mill is shut.", topics=("Floods",), section="home news")])
        self.assertEqual((Topic.objects.count(), Section.objects.count()), (1, 1))

    def test_a_speaker_whom_another_run_made_a_moment_ago_is_not_made_again(self):
        def meanwhile(model, names):
            if not Speaker.objects.exists():
                make_speaker("Osric Pell")

        with mock.patch("articles.ingest.pipeline.resolver.lock_names", meanwhile):
            put(read=reading(osric(confidence=0.95)), accept_from=0.9, create_speakers=True)
        self.assertEqual(Quote.objects.get().speaker, Speaker.objects.get())

    def test_authors_are_linked_only_where_exactly_one_speaker_bears_the_name(self):
        gwen = make_speaker("Gwen Asher")
        make_speaker("Tom Reyes")
        make_speaker("Thomas Reyes", aliases=("Tom Reyes",))
        article = put(
            byline="By Gwen Asher, Tom Reyes and N. N.", authors=("Gwen Asher", "Tom Reyes", "N. N.")
        )
        self.assertEqual(list(article.authors.all()), [gwen])
        self.assertEqual(article.byline, "By Gwen Asher, Tom Reyes and N. N.")
        self.assertEqual(Speaker.objects.count(), 3)


class AcceptingByRuleTests(TestCase):
    def test_what_a_rule_accepts_says_so(self):
        pell = make_speaker("Osric Pell")
        article = put(
            read=reading(osric(), piece(BODY, "We are ready,", group=2, confidence=0.5)), accept_from=0.9
        )
        taken, left = article.quotes.all()
        self.assertEqual((taken.status, taken.standing, taken.speaker), ("accepted", "unreviewed", pell))
        self.assertEqual((taken.decided_by, taken.decided_through, taken.checked), (None, "command", "rule"))
        self.assertIsNotNone(taken.decided_at)
        self.assertEqual((left.status, left.checked, left.decided_at), ("pending", "none", None))
        self.assertEqual(article.quotes_state, "rule")

    def test_no_rule_accepts_the_one_who_asks_under_the_label_of_another(self):
        answer = INTERVIEW.partition("\n\n")[2]
        asked, said = "Why did you stay?", {"confidence": 0.98}
        article = put(
            INTERVIEW,
            reading(
                turn_piece(INTERVIEW, asked, "question", "Imke Farrow", group=1, **said),
                turn_piece(INTERVIEW, answer, "answer", "Imke Farrow", group=2, **said),
                turns=[
                    turn(INTERVIEW, asked, "question", "Imke Farrow"),
                    turn(INTERVIEW, answer, "answer", "Mira Tolland"),
                ],
            ),
            accept_from=0.9,
            create_speakers=True,
        )
        self.assertEqual(
            list(article.quotes.values_list("kind", "status", "speaker__name")),
            [("question", "accepted", "Imke Farrow"), ("answer", "pending", "Imke Farrow")],
        )

    def test_where_nothing_was_accepted_the_article_is_unread(self):
        article = put(read=reading(osric(confidence=0.5)), accept_from=0.9)
        self.assertEqual(article.quotes_state, "unread")

    def test_of_two_bearers_none_is_guessed_and_none_is_made(self):
        make_speaker("Osric Pell")
        make_speaker("Young Pell", aliases=("Osric Pell",))
        quote = put(read=reading(osric()), accept_from=0.9, create_speakers=True).quotes.get()
        self.assertEqual((quote.status, quote.speaker, quote.source), ("accepted", None, "Osric Pell"))
        self.assertEqual(Speaker.objects.count(), 2)

    def test_speakers_are_made_only_when_asked_and_only_of_full_names_that_were_accepted(self):
        read = reading(
            osric(),
            piece(BODY, "It will be higher.", "a spokesman for the council", group=2),
            piece(BODY, "We are ready,", "Ada Okafor", group=3, confidence=0.5),
        )
        put(read=read, accept_from=0.9)
        self.assertEqual(Speaker.objects.count(), 0)
        put(BODY + " Again.", read, accept_from=0.9, create_speakers=True, authors=("Gwen Asher", "Staff"))
        made = Speaker.objects.values_list("name", "kind", "sort_name", "slug")
        self.assertEqual(
            set(made),
            {
                ("Osric Pell", "person", "Pell, Osric", "osric-pell"),
                ("Gwen Asher", "person", "Asher, Gwen", "gwen-asher"),
            },
        )

    def test_no_speaker_is_made_of_a_newspaper_or_a_place(self):
        put(read=reading(), authors=("Selwy Courier", "Palo Alto", "Gwen Asher"), create_speakers=True)
        self.assertEqual(list(Speaker.objects.values_list("name", flat=True)), ["Gwen Asher"])

    def test_two_spellings_of_a_new_name_make_one_speaker(self):
        for text, author in (
            ("One.", "Mary-Jane Pell"),
            ("Two.", "Mary Jane Pell"),
            ("Three.", "MARY-JANE PELL"),
        ):
            put(text, read=reading(), authors=(author,), create_speakers=True)
        self.assertEqual(Speaker.objects.count(), 1)
        self.assertEqual(Speaker.objects.get().articles_written.count(), 3)

    def test_accepted_quotes_of_a_published_article_are_public_from_the_same_moment(self):
        article = put(read=reading(osric()), accept_from=0.9, publish=True)
        self.assertEqual(Quote.objects.accepted().get().first_public_at, article.first_public_at)


class AlreadyHereTests(TestCase):
    def take(self, body, **fields):
        options = ImportOptions(**{n: fields.pop(n) for n in ("publish", "changed") if n in fields})
        raw = fields.pop("raw", repr((body, fields)).encode())
        [outcome] = (
            Upserter(options)
            .store([IncomingArticle(parsed(body, **fields), reading(), raw, "x", "x")])
            .outcomes
        )
        return outcome

    def test_the_same_article_twice_in_one_lot_comes_in_once(self):
        one = IncomingArticle(parsed("The river rose."), reading(), b"1", "x", "x")
        stored = Upserter(ImportOptions(publish=True)).store([one, one])
        self.assertEqual([o.became for o in stored.outcomes], ["added", "present"])

    def test_the_same_text_in_another_paper_is_a_copy_of_the_first(self):
        first = self.take("The river rose.", publish=True)
        second = self.take("The river rose.", publication="Corran Post", publish=True)
        self.assertEqual(second.became, "added")
        self.assertEqual(Article.objects.get(pk=second.article_id).copy_of_id, first.article_id)

    def test_copies_in_one_lot_are_told_apart_too(self):
        articles = [
            IncomingArticle(parsed("It rose.", publication=p), reading(), b"1", "x", "x")
            for p in ("Post", "Bell")
        ]
        first, second = (o.article_id for o in Upserter(ImportOptions()).store(articles).outcomes)
        self.assertEqual(Article.objects.get(pk=second).copy_of_id, first)

    def test_updating_takes_the_new_text_and_history_keeps_the_old(self):
        self.take("The river rose.", source_url="https://courier.example/1", publish=True)
        outcome = self.take(
            "The river rose again.", source_url="http://m.courier.example/1/", changed="update"
        )
        self.assertEqual(outcome.became, "updated")
        article = Article.objects.get()
        self.assertEqual(
            (article.body, article.version, article.status), ("The river rose again.", 2, "usable")
        )
        self.assertIn("The river rose.", ArticleEvent.objects.values_list("body", flat=True))
        self.assertEqual(article.raw_documents.count(), 2)
        self.assertEqual(list(faults()), [])

    def test_an_article_that_somebody_worked_on_is_not_updated(self):
        first = self.take("The river rose.", external_id="sc-1")
        article = Article.objects.get()
        article.headline = "The river, risen"
        article.save()
        outcome = self.take("The river rose again.", external_id="sc-1", changed="update")
        self.assertEqual((outcome.became, outcome.article_id), ("left", first.article_id))
        self.assertIn("an editor has worked on it", outcome.error.reason)
        self.assertEqual(Article.objects.get().body, "The river rose.")

    def test_the_same_bytes_again_are_no_change_whatever_was_edited_here(self):
        self.take("The rivr rose.", external_id="sc-1", raw=b"row")
        Article.objects.update(body="The river rose.")
        self.assertEqual(self.take("The rivr rose.", external_id="sc-1", raw=b"row").became, "present")

    def test_another_day_is_another_article(self):
        for day in (1, 2):
            self.take("The weather is fine.", published_on=dt.date(2019, 5, day), published_precision="day")
        self.assertEqual(Article.objects.count(), 2)


class RefusingTests(TestCase):
    def test_what_no_column_holds_is_refused_with_column_and_reason(self):
        for column, fields in {
            "headline": {"headline": ""},
            "body": {"body": ""},
            "publication": {"publication": "", "publish": True},
        }.items():
            with self.subTest(column), self.assertRaises(RowError) as caught:
                put(fields.pop("body", BODY), **fields)
            self.assertEqual(caught.exception.column, column)
        self.assertEqual(Article.objects.count(), 0)

    def test_one_that_the_database_refuses_does_not_take_the_others_with_it(self):
        articles = [
            IncomingArticle(parsed(f"Text {n}.", published_at=at), reading(), b"x", "x", "x")
            for n, at in enumerate([None, dt.datetime(2019, 5, 30, tzinfo=dt.UTC), None])
        ]
        # As if our own reading had not found the fault.
        with mock.patch("articles.ingest.pipeline.pending_article.storable", lambda one: one):
            stored = Upserter(ImportOptions(publish=True)).store(articles)
        self.assertEqual([o.became for o in stored.outcomes], ["added", "bad", "added"])
        self.assertEqual(stored.outcomes[1].error.column, "article_published_at_has_day")
        self.assertEqual((stored.counts.added, stored.counts.bad), (2, 1))
        self.assertEqual(list(faults()), [])

    def test_two_published_at_the_same_moment_are_told_apart_at_the_second_look(self):
        """What the other run stored after this one had looked is refused by the database, not by a crash."""
        when = {"published_on": dt.date(2019, 5, 30), "published_precision": "day"}
        text = incoming("The ford is dry.", **when)
        put("The ford is dry.", publish=True, **when)
        late = KnownArticles.find

        def looked_too_early(known, keys, times=[]):  # noqa: B006 - counts the looks
            times.append(1)
            if len(times) > 1:
                late(known, keys)

        with mock.patch.object(KnownArticles, "find", looked_too_early):
            stored = Upserter(ImportOptions(publish=True)).store([text])
        self.assertEqual([outcome.became for outcome in stored.outcomes], ["present"])
        self.assertEqual(Article.objects.count(), 1)
