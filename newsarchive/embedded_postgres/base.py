"""Django's PostgreSQL backend; starts the embedded server before a new connection if needed."""

from pathlib import Path
from typing import Any

from django.db.backends.postgresql import base, client

from newsarchive.embedded_postgres.launcher import Server, running_server


def _server(settings: dict[str, Any]) -> Server:
    return running_server(Path(settings["HOME"]), settings["CLUSTER"])


class DatabaseClient(client.DatabaseClient):
    """``dbshell`` with the psql of the server's own installation, if it has one."""

    @classmethod
    def settings_to_cmd_args_env(cls, settings_dict, parameters):
        server = _server(settings_dict)
        found = {**settings_dict, "HOST": str(server.socket), "PORT": server.port}
        arguments, environment = super().settings_to_cmd_args_env(found, parameters)
        if server.psql:
            arguments[0] = str(server.psql)
        return arguments, environment


class DatabaseWrapper(base.DatabaseWrapper):
    client_class = DatabaseClient

    def get_new_connection(self, conn_params):
        server = _server(self.settings_dict)
        return super().get_new_connection({**conn_params, "host": str(server.socket), "port": server.port})
