"""The Django project: settings, URLs, middleware and the embedded database."""
