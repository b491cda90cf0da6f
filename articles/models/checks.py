"""Conditions of constraints that several tables share."""

from django.db.models import Q


def is_web_address(field: str) -> Q:
    """A CHECK: empty, or http(s) without blanks or control characters."""
    return Q(**{field: ""}) | Q(**{f"{field}__iregex": r"^https?://[^\s\x01-\x1f]+$"})


def has_no_mark_characters(*fields: str) -> Q:
    """A CHECK: U+E000 and U+E001 are free for marking words, so no stored text holds them."""
    clean = Q()
    for field in fields:
        clean &= ~Q(**{f"{field}__regex": "[\ue000\ue001]"})
    return clean
