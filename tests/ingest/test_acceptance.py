"""What no rule may accept, however low the confidence asked for."""

import io
import json
import tempfile
from pathlib import Path

from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.test import TestCase

from articles.ingest.proposals.acceptance import MOST_CHARACTERS, MOST_PIECES
from articles.models import Article, Quote
from articles.operations.integrity import faults
from tests.factories import make_article, make_quote

LONG = "The river is high and it rises. " * (MOST_CHARACTERS // 30)


def bring_in(body, *options):
    row = {
        "headline": "The river rises",
        "body": body,
        "publication": "Selwy Courier",
        "published_at": "2019-05-30",
        "language": "en",
    }
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "articles.jsonl"
        path.write_text(json.dumps(row))
        call_command("import_articles", str(path), *options, stdout=io.StringIO(), stderr=io.StringIO())


class AcceptanceTests(TestCase):
    def taken(self, body):
        """The words that are accepted from a confidence of 0.05 on."""
        bring_in(body, "--publish", "--accept-quotes", "0.05")
        return list(Quote.objects.accepted().values_list("text", flat=True))

    def test_a_quote_that_was_said_is_accepted(self):
        self.assertEqual(self.taken("“The river is high,” said Osric Pell."), ["The river is high,"])

    def test_words_that_nobody_said_wait_for_an_editor(self):
        body = (
            "“The river is high,” Osric Pell did not say.\n\n“The dam is dry,” Hedda Brask might have added."
        )
        self.assertEqual(self.taken(body), [])
        self.assertEqual(Quote.objects.pending().count(), 2)

    def test_a_quote_of_one_of_two_namesakes_waits_for_an_editor(self):
        self.assertEqual(self.taken("Anna Pell met Osric Pell. “The river is high,” said Pell."), [])

    def test_a_quote_whose_speaker_the_ranker_contests_waits_for_an_editor(self):
        body = "Osric Pell told the board that Hedda Brask had gone. He left.\n\n“It creaks at night.”"
        self.assertEqual(self.taken(body), [])
        waiting = Quote.objects.pending().get()
        self.assertEqual((waiting.rule, waiting.confidence <= 0.5), ("contested", True))

    def test_a_quote_of_thousands_of_characters_waits_for_an_editor(self):
        self.assertEqual(self.taken(f"“{LONG}” said Osric Pell."), [])

    def test_a_quote_of_dozens_of_pieces_waits_for_an_editor(self):
        more = " ".join(f"“It rose {number} inches.”" for number in range(MOST_PIECES + 1))
        self.assertEqual(self.taken(f"“The river is high,” said Osric Pell. {more}"), [])

    def test_a_story_with_stated_and_a_colon_comes_in_whole(self):
        body = (
            "The weir was shut on Monday.\n\nStated Ada Okafor:\n\n“The weir is gone.”\n\nThe board met.\n\n"
            "Continued Ada Okafor:\n\n“Who will pay for it?”\n\nThe board left at one."
        )
        bring_in(body)
        article = Article.objects.get()
        self.assertEqual((article.body, article.turns.count()), (body, 0))


class AlreadyAcceptedTests(TestCase):
    def fault(self, body, words, **fields):
        quote = make_quote(make_article(body=body), words, status="accepted", rule="quote", **fields)
        return [line.removeprefix(f"quote {quote.pk}, article {quote.article_id}: ") for line in faults()]

    def test_the_check_lists_a_rule_s_quote_of_thousands_of_characters(self):
        words = LONG.strip()
        told = f"accepted automatically, but has {len(words):,} characters (limit {MOST_CHARACTERS:,})"
        self.assertEqual(self.fault(f"“{words}” said Osric Pell.", words), [told])

    def test_the_check_lists_a_rule_s_quote_without_marks(self):
        told = "accepted automatically, but has no quotation marks and not a turn"
        self.assertEqual(self.fault("The river is high today.", "The river is high today."), [told])

    def test_the_check_says_nothing_of_what_an_editor_has_accepted(self):
        editor = get_user_model().objects.create_user("gwen")
        self.assertEqual(self.fault("The river is high.", "The river is high.", decided_by=editor), [])
