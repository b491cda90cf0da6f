#!/usr/bin/env python
"""Run a command of the archive: ``manage.py help`` lists them."""

import importlib
import os
import sys
from pathlib import Path

from newsarchive.pinned_packages import unlisted_files

# These know texts alone: started without the models, they begin in half the time.
WITHOUT_MODELS = {"find_quotes", "score_extraction"}


def run() -> None:
    if sys.argv[1:] and sys.argv[1] in WITHOUT_MODELS:
        importlib.import_module(f"articles.management.commands.{sys.argv[1]}").Command().run_from_argv(
            sys.argv
        )
        return
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)


def main() -> None:
    if unlisted := unlisted_files(Path(__file__).parent):
        print(
            f"newsarchive: the hash of {unlisted[0]} is not in requirements.txt. Delete uv.lock and .venv, "
            "and start again. If you have changed the packages, run: uv run .ci/pin.py",
            file=sys.stderr,
        )
        sys.exit(2)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsarchive.settings")
    # The audit log names the command that made a change.
    os.environ.setdefault("PGAPPNAME", " ".join(["manage.py", *sys.argv[1:2]]))
    from newsarchive.embedded_postgres import ServerUnavailable

    try:
        run()
    except ServerUnavailable as error:
        print(f"newsarchive: {error}", file=sys.stderr)
        sys.exit(2)
    except KeyboardInterrupt:
        sys.exit(130)
    except Exception as error:
        from newsarchive.error_pages import is_the_database

        if not is_the_database(error):
            raise
        print(f"newsarchive: the database: {str(error).strip().splitlines()[0]}", file=sys.stderr)
        sys.exit(2)


if __name__ == "__main__":
    main()
