"""Form fields and filters for the URL parameters of a search; each error says what to enter."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable
from copy import copy
from typing import Any

import django_filters
from django import forms
from django.utils import timezone
from django.utils.translation import gettext

from articles.search.request.messages import any_of
from articles.search.request.periods import read_period

# Each value is repeated in every link of a result page and is a condition of every statement.
MOST_VALUES = 50
_WHOLE_NUMBER = re.compile(r"[0-9]{1,9}")


class ValuesField(forms.Field):
    """A parameter with several values: each is checked; the result is sorted and has no duplicates."""

    widget = forms.SelectMultiple

    def __init__(
        self,
        *,
        is_valid: Callable[[str], object],
        problem: Callable[[str], str],
        **kwargs: Any,  # of Field
    ) -> None:
        super().__init__(**kwargs)
        self.is_valid = is_valid
        self.problem = problem

    def clean(self, value: Iterable[str] | None) -> tuple[str, ...]:
        given = sorted({" ".join(item.lower().split()) for item in value or () if item.strip()})
        for item in given:
            if not self.is_valid(item):
                raise forms.ValidationError(self.problem(_shown(item)))
        if len(given) > MOST_VALUES:
            raise forms.ValidationError(gettext("Choose at most %(most)s values") % {"most": MOST_VALUES})
        return tuple(given)


class ChoiceField(forms.CharField):
    """One of a few words, or empty."""

    def __init__(self, *, words: Iterable[str], **kwargs: Any) -> None:  # of CharField
        super().__init__(**kwargs)
        self.words = tuple(words)

    def validate(self, value: str) -> None:
        if value and value not in self.words:
            raise forms.ValidationError(gettext("Choose %(values)s") % {"values": any_of(self.words)})


class NumberField(forms.CharField):
    """A whole number from 1, in ASCII digits."""

    def to_python(self, value: object) -> Any:  # a number
        text = super().to_python(value)
        if not text:
            return None
        if not _WHOLE_NUMBER.fullmatch(text) or int(text) < 1:
            raise forms.ValidationError(gettext("Enter a whole number from 1"))
        return int(text)


class PeriodField(forms.CharField):
    """A period as in `periods.read_period`; `today` must be set before cleaning."""

    today: dt.date

    def to_python(self, value: object) -> Any:  # a period
        text = super().to_python(value)
        if not text:
            return None
        try:
            return read_period(text, self.today)
        except ValueError as error:
            raise forms.ValidationError(str(error)) from None


class InstantField(forms.CharField):
    """A moment with its time zone; a date alone means the end of that day in the archive's time zone."""

    def to_python(self, value: object) -> Any:  # a moment
        # An unescaped plus sign arrives as a space.
        text = (super().to_python(value) or "").replace(" ", "+")
        if not text:
            return None
        try:
            if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text, re.ASCII):
                moment = dt.datetime.combine(dt.date.fromisoformat(text), dt.time.max)
            else:
                moment = dt.datetime.fromisoformat(text)
            if not 1000 <= moment.year <= 9000:
                raise OverflowError
            return (moment if moment.tzinfo else timezone.make_aware(moment)).astimezone(dt.UTC)
        except OverflowError:
            raise forms.ValidationError(gettext("Date out of range")) from None
        except ValueError:
            raise forms.ValidationError(
                gettext("Enter a date like 2024-05-30, or a time like 2024-05-30T12:00Z")
            ) from None


def _shown(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:59]}…"


class Declared(django_filters.Filter):
    """A filter that only declares its field. A shallow copy: the deep copy cost more than cleaning."""

    def __init__(self, field_class: type[forms.Field], **options: object) -> None:
        self.field_class = field_class
        super().__init__(**options)

    def __deepcopy__(self, memo: dict[int, object]) -> Declared:
        return copy(self)


class SharedFields(dict[str, forms.Field]):
    """The fields of a form class, which its forms share but for `PeriodField.today`.

    The deep copy that Django makes took half of the time of reading a request.
    """

    def __deepcopy__(self, memo: dict[int, object]) -> dict[str, forms.Field]:
        return {
            name: copy(field) if isinstance(field, PeriodField) else field for name, field in self.items()
        }
