"""How log lines are written and sent: as text or JSON, and errors by email."""

from __future__ import annotations

import json
import logging
import time

from django.core.mail import mail_admins


class JsonFormatter(logging.Formatter):
    """One JSON object per line, with the fields of an access line."""

    def format(self, record: logging.LogRecord) -> str:
        line = {
            "time": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(record.created)),
            "level": record.levelname,
            "logger": record.name,
            "request_id": getattr(record, "request_id", "-"),
            "message": record.getMessage(),
            **getattr(record, "fields", {}),
        }
        if record.exc_info:
            line["traceback"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False)


class ErrorMailHandler(logging.Handler):
    """Mails errors of the program to `ADMINS`, one a minute at most, without the reader's request.

    Django's own handler also sends cookies and what was typed.
    """

    SECONDS = 60

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self._sent = -float(self.SECONDS)
        self._left_out = 0

    def emit(self, record: logging.LogRecord) -> None:
        if not record.exc_info:
            return
        now = time.monotonic()
        if now - self._sent < self.SECONDS:
            self._left_out += 1
            return
        more = f"\n\n{self._left_out} more errors since the last message." if self._left_out else ""
        self._sent, self._left_out = now, 0
        kind = record.exc_info[0].__name__ if record.exc_info[0] else "error"
        mail_admins(
            f"{kind} [{getattr(record, 'request_id', '-')}]", self.format(record) + more, fail_silently=True
        )
