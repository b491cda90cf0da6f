"""Applies settings such as ``statement_timeout`` to each transaction with ``SET LOCAL``.

Startup options or ``SET`` do not work with a connection pooler in transaction mode.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

import psycopg
from django.db.backends.postgresql.base import Cursor
from psycopg.pq import TransactionStatus

_statement_timeout: ContextVar[str] = ContextVar("statement_timeout", default="")


@contextmanager
def statements_may_take(time: str) -> Iterator[None]:
    """Allow longer statements in this block, in a process that limits them."""
    token = _statement_timeout.set(time)
    try:
        yield
    finally:
        _statement_timeout.reset(token)


def limited_cursor(settings: Mapping[str, str]) -> type[Cursor]:
    """A ``cursor_factory`` that sends ``SET LOCAL`` before the first statement of each transaction.

    A single statement is a transaction too. Later ``SET LOCAL`` statements take precedence.
    """

    class LimitedCursor(Cursor, psycopg.ClientCursor):  # the stubs of the first do not name the second
        # Any: all that psycopg takes is passed on.
        def execute(self, query: Any, params: Any = None, **options: Any) -> Any:
            if self._begins():
                text = query if isinstance(query, str) else self.mogrify(query)
                super().execute(_set_local(settings) + text, params, **options)
                while self.nextset():
                    pass
                return self
            return super().execute(query, params, **options)

        def executemany(self, query: Any, params_seq: Any, **options: Any) -> None:
            self._set_before()
            super().executemany(query, params_seq, **options)

        def copy(self, statement: Any, *args: Any, **options: Any) -> Any:
            self._set_before()
            return super().copy(statement, *args, **options)

        def _set_before(self) -> None:
            if self._begins() and not self.connection.autocommit:
                super().execute(_set_local(settings))

        def _begins(self) -> bool:
            return self.connection.info.transaction_status == TransactionStatus.IDLE

    return LimitedCursor


def _set_local(settings: Mapping[str, str]) -> str:
    if longer := _statement_timeout.get():
        settings = {**settings, "statement_timeout": longer}
    return "".join(f"SET LOCAL {name} = '{value}'; " for name, value in settings.items())
