"""Memory and rows per second of a file with a hundred thousand articles."""

import csv
import io
import json
import resource
import time

from django.test import TransactionTestCase

from tests.factories import make_article
from tests.measure.many import ROWS, copy_article

# What the process may grow by while it streams: some chunks, not the set.
MOST_MEGABYTES = 32


class StreamTests(TransactionTestCase):
    def setUp(self):
        article = make_article(body="The council met and heard a long report on the river. " * 60)
        copy_article(article)

    def test_memory_stays_the_same_however_long_the_file(self):
        self.read("csv", "&q=report+NOT+river")
        for name, query in (
            ("csv", ""),
            ("jsonl", ""),
            ("ris", ""),
            ("csv", "&q=council"),
            ("csv", "&sort=random"),
        ):
            before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
            started = time.perf_counter()
            rows, size = self.read(name, query)
            seconds = time.perf_counter() - started
            grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
            print(
                f"\n{name}{query}: {rows:,} rows, {size / 1e6:.0f} MB in {seconds:.0f} s, "
                f"{rows / seconds:,.0f} rows a second, {before / 1024:.0f} MB + {grown:.0f} MB at most"
            )
            self.assertEqual(rows, ROWS)
            self.assertLess(grown, MOST_MEGABYTES)

    def read(self, name, query):
        """How many records there are and how many bytes, none of them kept."""
        response = self.client.get(f"/search/?format={name}{query}")
        self.assertEqual(response.status_code, 200)
        lines = io.TextIOWrapper(Chunks(response.streaming_content), encoding="utf-8", newline="")
        if name == "csv":
            rows = sum(1 for _ in csv.DictReader(lines, strict=True))
        elif name == "jsonl":
            rows = sum("id" in json.loads(line) for line in lines)
        else:
            rows = sum(line.startswith("ER  -") for line in lines)
        return rows, lines.buffer.size


class Chunks(io.RawIOBase):
    """Chunks as a file to be read from."""

    def __init__(self, chunks):
        self.chunks = iter(chunks)
        self.rest = b""
        self.size = 0

    def readable(self):
        return True

    def readinto(self, buffer):
        while not self.rest:
            try:
                self.rest = next(self.chunks)
            except StopIteration:
                return 0
        taken, self.rest = self.rest[: len(buffer)], self.rest[len(buffer) :]
        buffer[: len(taken)] = taken
        self.size += len(taken)
        return len(taken)
