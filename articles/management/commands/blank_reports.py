"""The former name of `purge_reports`, for one release."""

from articles.management.commands import purge_reports


class Command(purge_reports.Command):
    help = "The former name of purge_reports, which will be removed in the next release."

    def handle(self, *, months: int, **options: object) -> None:
        self.stderr.write("blank_reports is now called purge_reports; the old name will be removed")
        super().handle(months=months, **options)
