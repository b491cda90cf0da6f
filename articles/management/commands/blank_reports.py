"""Keep the promise of the report form: blank what readers wrote, some months after the decision."""

from django.core.management.base import BaseCommand, CommandError

from articles import reports


class Command(BaseCommand):
    help = "Blank what readers wrote in reports decided some months ago; decisions and reasons stay."

    def add_arguments(self, parser):
        parser.add_argument(
            "--months",
            type=int,
            default=reports.KEPT_MONTHS,
            help="after so many months; never more than the form promises (default: %(default)s)",
        )

    def handle(self, *args, **options):
        months = options["months"]
        if not 0 <= months <= reports.KEPT_MONTHS:
            raise CommandError(f"--months must be 0 to {reports.KEPT_MONTHS}", returncode=2)
        blanked, dropped = reports.blank(months), reports.drop_tallies()
        self.stderr.write(f"{blanked:,} reports blanked, {dropped:,} counts of senders dropped")
