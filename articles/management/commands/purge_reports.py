"""Daily clean-up: blank old reader reports; delete old logs of logins and old uploads."""

from django.core.management.base import BaseCommand, CommandError, CommandParser

from articles import reader_reports
from articles.ingest.uploads import RETENTION_DAYS, drop_old_uploads
from articles.operations import login_log


class Command(BaseCommand):
    help = (
        "Delete readers' messages in reports decided some months ago (decisions and reasons stay), log"
        f" entries of sign-ins older than {login_log.RETENTION_DAYS} days, and files uploaded by editors more"
        f" than {RETENTION_DAYS} days ago."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--months",
            type=int,
            default=reader_reports.RETENTION_MONTHS,
            help="delete after this many months, up to the limit promised to readers (default: %(default)s)",
        )

    def handle(self, *, months: int, **options: object) -> None:
        if not 0 <= months <= reader_reports.RETENTION_MONTHS:
            raise CommandError(f"--months must be 0 to {reader_reports.RETENTION_MONTHS}", returncode=2)
        blanked, dropped, old = (
            reader_reports.purge_remarks(months),
            reader_reports.delete_old_tallies(),
            login_log.drop_old(),
        )
        uploads = drop_old_uploads()
        self.stderr.write(
            f"Deleted: messages of {blanked:,} reports, {dropped:,} sender counts, {old:,} old sign-ins,"
            f" {uploads:,} old uploads"
        )
