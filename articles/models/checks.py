"""Validators and conditions of constraints that several tables share."""

from django.core.validators import URLValidator
from django.db.models import Q

LANGUAGE_TAG = r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$"
web_address = URLValidator(schemes=["http", "https"])


def is_web_address(field: str) -> Q:
    """A CHECK: empty, or http(s) without blanks or control characters."""
    return Q(**{field: ""}) | Q(**{f"{field}__iregex": r"^https?://[^\s\x01-\x1f]+$"})


def has_no_mark_characters(*fields: str) -> Q:
    """A CHECK: U+E000 and U+E001 are free for marking words, so no stored text holds them."""
    clean = Q()
    for field in fields:
        clean &= ~Q(**{f"{field}__regex": "[\ue000\ue001]"})
    return clean
