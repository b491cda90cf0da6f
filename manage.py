#!/usr/bin/env python
"""Run a command of the archive: ``manage.py help`` lists them."""

import os
import sys


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsarchive.settings")
    from django.core.management import execute_from_command_line

    from newsarchive.database.errors import ServerUnavailable

    try:
        execute_from_command_line(sys.argv)
    except ServerUnavailable as error:
        print(f"newsarchive: {error}", file=sys.stderr)
        sys.exit(2)
    except KeyboardInterrupt:
        sys.exit(130)
    except Exception as error:
        from newsarchive.failures import is_the_database

        if not is_the_database(error):
            raise
        print(f"newsarchive: the database: {str(error).strip().splitlines()[0]}", file=sys.stderr)
        sys.exit(2)


if __name__ == "__main__":
    main()
