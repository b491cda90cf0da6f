"""backup writes a verified file; restore loads it into an empty archive, or in place of one."""

import json
import os
import tempfile
from io import StringIO
from pathlib import Path
from unittest import mock

from django.contrib.auth import get_user_model
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import TransactionTestCase
from django_otp.plugins.otp_static.models import StaticDevice
from django_otp.plugins.otp_totp.models import TOTPDevice
from psycopg.conninfo import conninfo_to_dict

from articles.models import Article, Speaker
from articles.operations import backup as operation
from articles.search.index import snapshot
from tests.factories import make_article, make_quote, make_speaker

PASSWORD = "weir keeper of Thane"


class BackupTests(TransactionTestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.file = Path(folder.name) / "archive.dump"
        article = make_article(headline="Flood closes the bridge", body="“We will appeal,” said Ada Okafor.")
        make_quote(article, "We will appeal,", speaker=make_speaker("Ada Okafor"))
        imke = get_user_model().objects.create_user("imke", password=PASSWORD)
        TOTPDevice.objects.create(user=imke)
        StaticDevice.objects.create(user=imke).token_set.create(token="aaaa2222")

    def run_command(self, name, *arguments):
        said = StringIO()
        try:
            call_command(name, str(self.file), *arguments, stdout=said, stderr=said)
        finally:
            snapshot.forget()
        return said.getvalue()

    def assert_fails(self, reason, name, *arguments):
        with self.assertRaisesMessage(CommandError, reason):
            self.run_command(name, *arguments)

    def files(self):
        return sorted(path.name for path in self.file.parent.iterdir())

    def test_a_backup_is_for_its_owner_alone_and_says_what_it_has(self):
        self.assertRegex(self.run_command("backup"), r"archive\.dump: \d+ rows of \d+ tables, [\d.]+ MB")
        self.assertEqual(self.files(), ["archive.dump", "archive.dump.manifest.json"])
        self.assertEqual({oct(path.stat().st_mode & 0o777) for path in self.file.parent.iterdir()}, {"0o600"})
        manifest = json.loads(operation.manifest_path(self.file).read_text())
        self.assertEqual(manifest["tables"]["articles_article"][0], 1)
        self.assertEqual(manifest["bytes"], self.file.stat().st_size)

    def test_what_was_changed_since_is_as_it_was_and_passwords_work(self):
        self.run_command("backup")
        before = operation.figures_of_tables()
        make_article(headline="Added later")
        TOTPDevice.objects.all().delete()
        Speaker.objects.update(name="Somebody else")
        self.assertIn("rows equal the backup", self.run_command("restore", "--replace", "--no-input"))
        self.assertEqual(Article.objects.get().headline, "Flood closes the bridge")
        self.assertEqual(Speaker.objects.get().name, "Ada Okafor")
        after = operation.figures_of_tables()
        self.assertEqual({name for name in before if before[name] != after[name]}, set())
        user = get_user_model().objects.get()
        self.assertTrue(user.check_password(PASSWORD))
        self.assertEqual(user.totpdevice_set.count(), 1)
        self.assertEqual(user.staticdevice_set.get().token_set.get().token, "aaaa2222")
        self.assertContains(self.client.get("/search/?q=flood"), "<mark>Flood</mark> closes the bridge")

    def test_an_archive_that_is_not_empty_is_not_replaced_unasked(self):
        self.run_command("backup")
        self.assert_fails("is not empty", "restore")
        with mock.patch("builtins.input", return_value="yes"):
            self.assert_fails("Nothing was changed", "restore", "--replace")
        self.assertTrue(Article.objects.exists())

    def test_a_damaged_file_is_refused_and_the_archive_stays(self):
        self.run_command("backup")
        whole = bytearray(self.file.read_bytes())
        whole[len(whole) // 2] ^= 1
        self.file.write_bytes(whole)
        self.assert_fails("is damaged", "restore", "--replace", "--no-input")
        self.assertEqual(Article.objects.get().headline, "Flood closes the bridge")

    def test_half_a_file_without_a_manifest_changes_nothing(self):
        self.run_command("backup")
        operation.manifest_path(self.file).unlink()
        os.truncate(self.file, self.file.stat().st_size // 2)
        self.assert_fails("Restoring failed", "restore", "--replace", "--no-input")
        self.assertEqual(Article.objects.get().headline, "Flood closes the bridge")

    def test_a_backup_that_fails_leaves_the_former_one(self):
        self.run_command("backup")
        former = self.file.read_bytes()
        with mock.patch.object(operation, "_verify", side_effect=operation.BackupError("rows are missing")):
            self.assert_fails("No backup was written: rows are missing", "backup")
        self.assertEqual(self.file.read_bytes(), former)
        self.assertEqual(len(self.files()), 2)

    def test_older_client_programs_are_given_no_option_of_a_newer_libpq_and_no_password(self):
        given = conninfo_to_dict(operation._address().removeprefix("--dbname="))
        self.assertEqual(given["dbname"], connection.settings_dict["NAME"])
        self.assertEqual(given.keys() - set(operation.OPTIONS), set())
        self.assertNotIn("password", operation.OPTIONS)

    def test_without_client_programs_of_the_server_s_version_one_line_says_so(self):
        with mock.patch.object(operation, "find_clients", return_value=[]):
            self.assert_fails("pg_dump", "backup")
        self.assertEqual(self.files(), [])
