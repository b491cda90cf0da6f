"""The errors of a submitted review form."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext

if TYPE_CHECKING:
    from articles.admin.review.context import ReviewContext


def problems_of(review: ReviewContext) -> list[tuple[str, str]]:
    """Return the id of the field and the message of each error, those of the article's fields first."""
    form = review.form
    found = [
        (form[name].auto_id, f"{form[name].label}: {' '.join(map(str, errors))}")
        for name, errors in form.errors.items()
        if name in form.fields
    ]
    rows = {line.quote.pk: person for person in review.people for line in person.lines}
    for line in [*review.lines, review.missed]:
        pk, who = line.quote.pk or "new", line.label if line.number else gettext("Missed quote")
        if "speaker" in line.errors:
            person = rows.get(line.quote.pk) if line.voiced else None
            at, of = (person.key, person.answer.name) if person else (pk, who)
            found.append((f"s-{at}", f"{of}: {line.errors['speaker']}"))
        if "words" in line.errors:
            found.append((f"w-{pk}", f"{who}: {line.errors['words']}"))
    return list(dict.fromkeys([*found, *review.act_problems]))
