"""Set up a working archive with sample articles and serve it, for a first look or for development."""

import os
import secrets
import socket
import sys
from argparse import ArgumentTypeError
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.management import BaseCommand, CommandError, call_command
from django.core.management.base import CommandParser
from django.urls import reverse

from articles.models import Article, Speaker
from articles.operations.sample_data import load_samples
from articles.search import count_words
from newsarchive.env import read_secret_key

EDITOR = "editor"
LOOPBACK = "127.0.0.1"
SEARCH = "harbour bridge"
SPEAKER = "Tam Hollis"
INTERVIEW = "hp-2018-11-17-4"
TO_PASTE = settings.BASE_DIR / "fixtures" / "article-to-paste.txt"


class Command(BaseCommand):
    help = (
        "Create database, tables, sample articles and an editor's account if they are missing, then serve "
        "the archive to this machine only, over plain http. Running it again changes nothing that exists."
    )
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--port", type=port_number, default=8000)
        parser.add_argument("--no-serve", action="store_true", help="prepare everything, serve nothing")

    def handle(self, *, port: int, no_serve: bool, **options: object) -> None:
        listener = None if no_serve else listen(port)
        self.say("Creating the database …")
        call_command("migrate", verbosity=0)
        self.say("Loading the sample articles …")
        added = load_samples()
        if added:
            count_words()
            self.say(f"Added {added} articles.")
        self.make_editor()
        if listener:
            call_command("collectstatic", interactive=False, verbosity=0)
            address = f"http://{LOOPBACK}:{port}"
            for label, link in things_to_try(address):
                self.stdout.write(f"  {label:<16} {link}")
            self.stdout.write("Press Ctrl-C to stop.")
            self.stdout.flush()
            serve(listener, address)

    def say(self, message: str) -> None:
        self.stderr.write(message, self.style.NOTICE)

    def make_editor(self) -> None:
        users = get_user_model().objects
        if users.filter(username=EDITOR).exists():
            self.stdout.write(f"Sign in as {EDITOR}. For a new password: manage.py changepassword {EDITOR}")
            return
        password = secrets.token_urlsafe(12)
        editor = users.create_user(EDITOR, password=password, is_staff=True)
        editor.groups.add(Group.objects.get(name="chief editor"))
        self.stdout.write(f"Sign in as {EDITOR}, password: {password}   (shown only once)")


def things_to_try(address: str) -> list[tuple[str, str]]:
    """What to open first, with links; samples that have been removed are left out."""
    speaker = Speaker.objects.filter(name=SPEAKER, merged_into=None).first()
    interview = Article.objects.published().filter(external_id=INTERVIEW).first()
    pages = {
        "Home page": "/",
        "A search": f"/search/?{urlencode({'q': SEARCH})}",
        "A speaker": speaker and speaker.get_absolute_url(),
        "An interview": interview and interview.get_absolute_url(),
        "Add an article": reverse("admin:desk-paste"),
    }
    links = [(label, f"{address}{page}") for label, page in pages.items() if page]
    return [*links, ("  text to paste:", str(TO_PASTE))]


def port_number(text: str) -> int:
    if not (text.isascii() and text.isdecimal()) or not 0 < int(text) < 65536:
        raise ArgumentTypeError(f"{text!r} is not a port number")
    return int(text)


def listen(port: int) -> socket.socket:
    """Bind the port before anything else: a port in use is reported at once, and stays reserved."""
    listener = socket.socket()
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((LOOPBACK, port))
    except OSError as error:
        reason = error.strerror.lower() if error.strerror else "cannot be used"
        raise CommandError(f"port {port}: {reason}; choose another with --port", returncode=2) from None
    listener.listen()
    return listener


def serve(listener: socket.socket, address: str) -> None:
    """Replace this process by the web server, with settings for plain http."""
    os.set_inheritable(listener.fileno(), True)
    environment = {
        "SITE_URL": address,
        **os.environ,
        "INSECURE_HTTP": "1",
        "SECRET_KEY": read_secret_key(settings.NEWSARCHIVE_HOME, generated=True),
    }
    gunicorn = [sys.executable, "-m", "gunicorn", "newsarchive.wsgi", "--chdir", str(settings.BASE_DIR)]
    gunicorn += ["--bind", f"fd://{listener.fileno()}", "--workers", "2"]
    gunicorn += ["--threads", str(settings.WEB_THREADS), "--log-level", "warning", "--no-control-socket"]
    os.execve(sys.executable, gunicorn, environment)  # noqa: S606 - no shell needed
