"""Remove the second factor of an account whose owner has lost phone and recovery codes."""

from django.contrib.auth.models import User
from django.core.management.base import BaseCommand, CommandError, CommandParser

from articles import accounts


class Command(BaseCommand):
    help = (
        "Turn off two-step sign-in for a person who has lost their phone and recovery codes, and end their"
        " sessions. Make sure first that they are who they say they are. The audit log records it."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("username")

    def handle(self, *, username: str, **options: object) -> None:
        user = User.objects.filter(username=username).first()
        if user is None:
            raise CommandError(f"There is no account {username!r}.")
        if not accounts.reset(user):
            raise CommandError(f"Two-step sign-in of {username!r} is not on.")
        self.stdout.write(f"Two-step sign-in of {username!r} is off, and their sessions have ended.")
