"""Django's PostgreSQL backend, which makes sure that the embedded server runs before each new connection."""

from pathlib import Path

from django.db.backends.postgresql import base, client

from newsarchive.embedded_postgres.launcher import running_server


class DatabaseClient(client.DatabaseClient):
    """``dbshell`` with the psql that belongs to the server, where there is one."""

    @classmethod
    def settings_to_cmd_args_env(cls, settings_dict, parameters):
        server = running_server(Path(settings_dict["HOME"]))
        found = {**settings_dict, "HOST": str(server.socket), "PORT": server.port}
        arguments, environment = super().settings_to_cmd_args_env(found, parameters)
        if server.psql:
            arguments[0] = str(server.psql)
        return arguments, environment


class DatabaseWrapper(base.DatabaseWrapper):
    client_class = DatabaseClient

    def get_new_connection(self, conn_params):
        server = running_server(Path(self.settings_dict["HOME"]))
        return super().get_new_connection({**conn_params, "host": str(server.socket), "port": server.port})
