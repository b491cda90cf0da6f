"""Django's PostgreSQL backend; starts the embedded server before a new connection if needed."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import psycopg
from django.db.backends.postgresql import base, client

from newsarchive.embedded_postgres.launcher import Server, running_server

Database = dict[str, Any]  # settings of Django: texts, numbers and dictionaries


def _server(settings: Database) -> Server:
    return running_server(Path(settings["HOME"]), settings["CLUSTER"])


class DatabaseClient(client.DatabaseClient):
    """``dbshell`` with the psql of the server's own installation, if it has one."""

    @classmethod
    def settings_to_cmd_args_env(
        cls, settings_dict: Database, parameters: Iterable[str]
    ) -> tuple[list[str], dict[str, str] | None]:
        server = _server(settings_dict)
        found = {**settings_dict, "HOST": str(server.socket), "PORT": server.port}
        arguments, environment = super().settings_to_cmd_args_env(found, parameters)
        if server.psql:
            arguments[0] = str(server.psql)
        return arguments, environment


class DatabaseWrapper(base.DatabaseWrapper):
    client_class = DatabaseClient

    def get_new_connection(self, conn_params: Database) -> psycopg.Connection:
        server = _server(self.settings_dict)
        return super().get_new_connection({**conn_params, "host": str(server.socket), "port": server.port})
