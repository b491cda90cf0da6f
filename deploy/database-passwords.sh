#!/bin/sh
# Gives the roles of database.sql the passwords of compose.yaml.
set -eu
psql --set=ON_ERROR_STOP=1 --set=owner="$DATABASE_PASSWORD" --set=web="$WEB_DATABASE_PASSWORD" <<'SQL'
ALTER ROLE newsarchive PASSWORD :'owner';
ALTER ROLE newsarchive_web PASSWORD :'web';
SQL
