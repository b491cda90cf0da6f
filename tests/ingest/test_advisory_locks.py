"""A lock that only one process holds is free again as soon as its block ends."""

from django.test import TestCase

from articles.ingest.advisory_locks import only_one


class OnlyOneTests(TestCase):
    def test_the_next_block_has_the_lock_at_once(self):
        for _ in range(200):
            with only_one("source 1") as mine:
                self.assertTrue(mine)

    def test_two_blocks_do_not_have_it_together(self):
        with only_one("source 1"), only_one("source 1") as second:
            self.assertFalse(second)
