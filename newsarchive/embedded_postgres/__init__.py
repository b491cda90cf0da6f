"""The database engine that brings its own PostgreSQL where ``DATABASE_URL`` names none.

Django loads ``base`` from here. Nothing is started by importing: the first connection starts the server.
"""
