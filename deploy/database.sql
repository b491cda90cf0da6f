-- Creates the database and its two roles, neither of them a superuser. Run once, as a superuser:
-- the owner of the tables, for commands, and the role of the web process (docs/operators.md, “Database roles”).
-- Through the socket, Debian's PostgreSQL lets each user of the machine in as the role of the same name. For
-- connections over a network, give both roles passwords: ALTER ROLE newsarchive PASSWORD '…'.
CREATE ROLE newsarchive LOGIN CREATEDB;
CREATE ROLE newsarchive_web LOGIN;
GRANT newsarchive_web TO newsarchive;
CREATE DATABASE newsarchive OWNER newsarchive TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C.UTF-8';
REVOKE CONNECT ON DATABASE newsarchive FROM PUBLIC;
GRANT CONNECT ON DATABASE newsarchive TO newsarchive_web;
