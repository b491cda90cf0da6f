"""A folder is read without following links, only when a file is complete, and nothing twice."""

import os
import tempfile
from pathlib import Path
from unittest import mock

from django.test import TestCase, override_settings

from articles.models import Article, ImportBatch, SourceState
from articles.sources import fetch_source, folders, troubles
from tests.factories import make_source

STORY = "The river rises\n\nBy Ada Okafor\n\nFarmers below the bridge had forty minutes, said Osric Pell.\n"
CSV = "headline,body,published_on\nWeir opens,It rained.,2019-05-30\nGates close,It froze.,2019-05-31\n"


class FolderCase(TestCase):
    def setUp(self):
        home = tempfile.TemporaryDirectory()
        self.addCleanup(home.cleanup)
        self.root = Path(home.name) / "sources"
        self.folder = self.root / "courier"
        self.folder.mkdir(parents=True)
        self.enterContext(override_settings(SOURCES_FOLDER=str(self.root)))
        self.enterContext(mock.patch.object(folders, "SETTLE_SECONDS", 0))
        self.source = make_source("Courier files", kind="folder", folder="courier")

    def put(self, name, content=STORY):
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    def run_source(self, **options):
        self.source.refresh_from_db()
        return fetch_source(self.source, **options)

    def headlines(self):
        return sorted(Article.objects.values_list("headline", flat=True))


class TakingTests(FolderCase):
    def test_files_of_several_formats_become_one_batch(self):
        self.put("2019/05/river.txt")
        self.put("stories.csv", CSV)
        self.put("photo.jpg", b"\xff\xd8\xff\xe0")
        result = self.run_source()
        self.assertEqual((result.fault, result.counts.added), ("", 3))
        self.assertEqual(self.headlines(), ["Gates close", "The river rises", "Weir opens"])
        self.assertEqual(set(Article.objects.values_list("publication__name", flat=True)), {"Selwy Courier"})
        self.assertEqual(ImportBatch.objects.get().source_items.count(), 2)

    def test_a_run_with_nothing_new_opens_no_file_and_makes_no_batch(self):
        self.put("river.txt")
        self.run_source()
        with mock.patch.object(folders, "_open_file", side_effect=AssertionError):
            self.assertIsNone(self.run_source().batch)
        self.assertEqual(ImportBatch.objects.count(), 1)

    def test_the_same_content_under_another_name_is_not_taken_again(self):
        path = self.put("river.txt")
        self.run_source()
        path.rename(self.folder / "river-2.txt")
        self.assertEqual(self.run_source().counts.read, 0)
        self.assertEqual(self.source.items.get().name, "river-2.txt")

    def test_a_dry_run_does_not_note_the_new_name_of_a_file(self):
        path = self.put("river.txt")
        self.run_source()
        path.rename(self.folder / "river-2.txt")
        self.run_source(dry_run=True)
        self.assertEqual(self.source.items.get().name, "river.txt")

    def test_another_content_under_the_same_name_is_taken(self):
        self.put("stories.csv", CSV)
        self.run_source()
        self.put("stories.csv", CSV + "Snow falls,It snowed.,2019-06-01\n")
        batch = self.run_source().batch
        self.assertEqual((batch.rows_added, batch.rows_present), (1, 2))
        self.assertEqual(Article.objects.count(), 3)

    def test_a_file_that_is_still_written_waits(self):
        self.put("river.txt")
        self.put("weir.txt.part")
        self.put(".hidden.txt")
        with mock.patch.object(folders, "SETTLE_SECONDS", 3600):
            self.assertEqual(self.run_source().counts.read, 0)
        self.assertEqual(self.run_source().counts.added, 1)

    def test_a_file_that_grows_while_it_is_read_is_read_again_and_nothing_is_twice(self):
        path = self.put("stories.csv", CSV)
        real = folders.lines_of

        def growing(format, stream, csv_map):
            lines = list(real(format, stream, csv_map))
            with path.open("a") as file:
                file.write("Snow falls,It snowed.,2019-06-01\n")
            return iter(lines)

        with mock.patch.object(folders, "lines_of", growing):
            self.run_source()
        self.assertEqual(Article.objects.count(), 2)
        self.run_source()
        self.assertEqual(self.headlines(), ["Gates close", "Snow falls", "Weir opens"])

    def test_no_file_is_moved_or_changed(self):
        path = self.put("river.txt")
        before = (path.stat().st_mtime_ns, path.read_bytes())
        self.run_source()
        self.assertEqual((path.stat().st_mtime_ns, path.read_bytes()), before)

    def test_a_table_with_other_columns_is_read_by_the_mapping_that_editors_saved(self):
        from articles.ingest.column_mappings import save_mapping
        from articles.parsing.tabular.mapping import read_map

        table = "Title,Text\nWeir opens,It rained in the valley.\n"
        self.put("table.csv", table)
        self.assertEqual(self.run_source().counts.bad, 1)
        self.assertIn("table.csv cannot be read: The columns have other names", troubles()[0].reason)
        mapping = read_map('[columns]\n"Title" = "headline"\n"Text" = "body"\n')
        save_mapping(self.source.publication, ("Title", "Text"), mapping)
        self.source.items.all().delete()
        self.assertEqual(self.run_source().counts.added, 1)
        self.assertEqual(troubles(), [])

    def test_more_files_than_one_run_takes_wait_for_the_next(self):
        for number in range(3):
            self.put(f"{number}.txt", STORY.replace("river", f"river {number}"))
        with mock.patch.object(folders, "MOST_NEW", 2):
            self.assertEqual(self.run_source().waiting, 1)
            self.assertIsNone(SourceState.objects.get().next_run_at)
            self.assertEqual(self.run_source().counts.added, 1)
        self.assertEqual(Article.objects.count(), 3)


class SafetyTests(FolderCase):
    def setUp(self):
        super().setUp()
        self.outside = self.root.parent / "outside"
        self.outside.mkdir()
        (self.outside / "secret.txt").write_text(STORY)

    def test_links_and_pipes_are_not_followed(self):
        (self.folder / "link.txt").symlink_to(self.outside / "secret.txt")
        (self.folder / "links").symlink_to(self.outside)
        os.mkfifo(self.folder / "pipe.txt")
        self.assertEqual(self.run_source().counts.read, 0)

    def test_a_folder_that_is_a_link_is_refused(self):
        (self.root / "away").symlink_to(self.outside)
        self.source.folder = "away"
        self.source.save()
        self.assertIn("The folder cannot be opened", self.run_source().fault)

    def test_a_file_that_becomes_a_link_while_the_folder_is_read_is_not_followed(self):
        path = self.put("river.txt")
        real = folders.files_in

        def swapped(folder):
            found = real(folder)
            path.unlink()
            path.symlink_to(self.outside / "secret.txt")
            return found

        with mock.patch.object(folders, "files_in", swapped):
            result = self.run_source()
        self.assertEqual((result.counts.added, result.counts.bad), (0, 1))

    def test_a_file_that_is_too_large_is_named(self):
        self.put("river.txt")
        with mock.patch.object(folders, "LARGEST", 10):
            self.assertEqual(self.run_source().counts.bad, 1)
        self.assertIn("river.txt cannot be read: it is larger", troubles()[0].reason)

    def test_a_name_that_is_not_utf_8_is_shown_with_its_bytes(self):
        for name in (b"caf\xe9.txt", b"caf\xea.txt"):
            Path(os.fsdecode(os.fsencode(self.folder) + b"/" + name)).write_text(STORY + name.hex())
        self.assertEqual(self.run_source().counts.added, 2)
        names = sorted(self.source.items.values_list("name", flat=True))
        self.assertEqual(names, ["caf\\xe9.txt", "caf\\xea.txt"])
        self.assertEqual(self.run_source().counts.read, 0)

    def test_a_date_beyond_what_the_database_can_store_stops_nothing(self):
        os.utime(self.put("river.txt"), ns=(10**19, 10**19))
        self.assertEqual(self.run_source().counts.added, 1)
        self.assertEqual(self.run_source().counts.read, 0)

    def test_a_missing_folder_is_a_fault_until_it_is_there(self):
        self.folder.rmdir()
        self.assertEqual(self.run_source().fault, "The folder cannot be opened: No such file or directory.")
        self.folder.mkdir()
        self.run_source()
        self.assertEqual(troubles(), [])

    def test_without_the_setting_no_folder_is_read(self):
        self.put("river.txt")
        with self.settings(SOURCES_FOLDER=""):
            self.assertIn("has not set SOURCES_FOLDER", self.run_source().fault)
        self.assertFalse(Article.objects.exists())
