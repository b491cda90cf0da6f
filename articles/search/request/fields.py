"""How one value of an address is read: fields that say what is wrong with it, and their filters."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from copy import copy
from typing import Any

import django_filters
from django import forms
from django.utils import timezone

from articles.search.request.periods import read_period

# Each value stands in every link of a page of results, and is a condition of every statement.
MOST_VALUES = 50
_WHOLE_NUMBER = re.compile(r"[0-9]{1,9}")


class ValuesField(forms.Field):
    """Every value given for a parameter, cleaned one by one, sorted, each once."""

    widget = forms.SelectMultiple

    def __init__(self, *, pattern: re.Pattern[str], problem: str, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.pattern = pattern
        self.problem = problem

    def clean(self, value: Iterable[str] | None) -> tuple[str, ...]:
        given = sorted({item.strip().lower() for item in value or () if item.strip()})
        for item in given:
            if not self.pattern.fullmatch(item):
                raise forms.ValidationError(f"“{_shown(item)}” {self.problem}")
        if len(given) > MOST_VALUES:
            raise forms.ValidationError(f"at most {MOST_VALUES} values can be given, not {len(given)}")
        return tuple(given)


class ChoiceField(forms.CharField):
    """One of a few words; empty is none of them."""

    def __init__(self, *, words: Iterable[str], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.words = tuple(words)

    def validate(self, value: str) -> None:
        if value and value not in self.words:
            raise forms.ValidationError(f"“{_shown(value)}” is none of {', '.join(self.words)}")


class NumberField(forms.CharField):
    """A whole number from 1 in plain digits."""

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value)
        if not text:
            return None
        if not _WHOLE_NUMBER.fullmatch(text) or int(text) < 1:
            raise forms.ValidationError(f"“{_shown(text)}” is not a whole number from 1")
        return int(text)


class PeriodField(forms.CharField):
    today: dt.date

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value)
        if not text:
            return None
        try:
            return read_period(text, self.today)
        except ValueError as error:
            raise forms.ValidationError(str(error)) from None


class InstantField(forms.CharField):
    """A moment with its zone; a day alone means its last moment, in the archive's own zone."""

    def to_python(self, value: Any) -> Any:
        # An unescaped plus sign arrives as a blank.
        text = super().to_python(value).replace(" ", "+")
        if not text:
            return None
        try:
            if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text, re.ASCII):
                moment = dt.datetime.combine(dt.date.fromisoformat(text), dt.time.max)
            else:
                moment = dt.datetime.fromisoformat(text)
            if not 1000 <= moment.year <= 9000:
                raise ValueError("outside every calendar that an archive needs")
            return (moment if moment.tzinfo else timezone.make_aware(moment)).astimezone(dt.UTC)
        except (ValueError, OverflowError):
            raise forms.ValidationError(
                f"“{_shown(text)}” is not a moment such as 2024-05-30T12:00Z"
            ) from None


def _shown(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:59]}…"


class Declared(django_filters.Filter):
    """A filter that only declares its field: to copy its parts each time cost more than to clean it."""

    def __deepcopy__(self, memo: dict[int, Any]) -> Declared:
        return copy(self)


class TextFilter(Declared):
    field_class = forms.CharField


class ValuesFilter(Declared):
    field_class = ValuesField


class ChoiceFilter(Declared):
    field_class = ChoiceField


class NumberFilter(Declared):
    field_class = NumberField


class PeriodFilter(Declared):
    field_class = PeriodField


class InstantFilter(Declared):
    field_class = InstantField
