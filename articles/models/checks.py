"""Validators and constraint conditions that several models share."""

from django.core.validators import URLValidator
from django.db.models import Q

LANGUAGE_TAG = r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$"
web_address = URLValidator(schemes=["http", "https"])


def is_web_address(field: str) -> Q:
    """Constraint condition: empty, or an http(s) URL without whitespace or control characters."""
    return Q(**{field: ""}) | Q(**{f"{field}__iregex": r"^https?://[^\s\x01-\x1f]+$"})


def has_no_mark_characters(*fields: str) -> Q:
    """Constraint condition: no U+E000 or U+E001, which search uses to mark words in a text."""
    clean = Q()
    for field in fields:
        clean &= ~Q(**{f"{field}__regex": "[\ue000\ue001]"})
    return clean
