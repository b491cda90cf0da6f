"""Merging a submitted review form into an article that another editor saved meanwhile."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, replace

from django.http import QueryDict

from articles.admin.review.context import ReviewContext
from articles.admin.review.decisions import REJECT, Answer, answers_in, line_values
from articles.admin.review.people import given_to
from articles.admin.three_way_merge import merge, read_signed
from articles.models import Article

# Fields of one quote, and of one person for all their quotes.
_OF_QUOTES = re.compile(r"[sdkw]-(\d{1,18}|p[0-9a-f]+)")
_TOPIC = re.compile(r"f-topic-\d{1,9}")


@dataclass(frozen=True)
class MergedSave:
    """The merged form; `theirs`: labels of fields taken from the other editor; `both`: conflicts."""

    data: QueryDict
    theirs: list[str]
    both: list[str]


def merged_save(article: Article, sent: QueryDict, page: int) -> MergedSave | None:
    """Merge the submitted form into the stored values; None if it lacks the hashes of the values shown."""
    shown = read_signed(str(sent.get("base", "")))
    if shown is None:
        return None
    # A topic that the other editor removed is not offered any more, but was on the page.
    now = ReviewContext(article, page=page, topics=[int(n[8:]) for n in shown if _TOPIC.fullmatch(n)])
    answers = _answers(sent, now)
    stored = now.shown_values
    merged = merge(shown, _sent_values(sent, answers, stored), stored)
    data = sent.copy()
    for name in [name for name in data if _OF_QUOTES.fullmatch(name)]:
        del data[name]
    for name in now.form.fields:
        if f"f-{name}" in merged.values:
            data[name] = merged.values[f"f-{name}"]
    for name in [name for name in now.form.ticked if not data.get(name)]:
        data.pop(name, None)
    data["quotes"] = json.dumps([_answer(line.quote.pk, merged.values) for line in now.lines])
    data["version"], data["base"] = now.version, now.base
    return MergedSave(data, _labels(now, merged.theirs), merged.both)


def _answers(sent: QueryDict, now: ReviewContext) -> dict[int, Answer]:
    """The answers sent, with the speaker that the form names for all quotes of a person."""
    answers = answers_in(sent)
    for line in now.lines:
        answer = answers.get(line.quote.pk)
        if line.stored.decision == REJECT:
            continue
        if answer is not None and (given := given_to(line.quote, answer, sent)):
            answers[line.quote.pk] = replace(answer, name=given.name, who=given.who)
    return answers


def _sent_values(sent: QueryDict, answers: dict[int, Answer], stored: dict[str, str]) -> dict[str, str]:
    values = {name: str(sent.get(name[2:], "")) for name in stored if name.startswith("f-")}
    for pk, answer in answers.items():
        values |= line_values(pk, answer)
    return values


def _answer(pk: int, values: dict[str, str]) -> dict[str, object]:
    who, _, name = values[f"s-{pk}"].partition(":")
    return {"id": pk, "d": values[f"d-{pk}"], "w": values[f"w-{pk}"], "s": name, "k": who}


def _labels(review: ReviewContext, names: list[str]) -> list[str]:
    labels = {str(line.quote.pk): line.label for line in review.lines}
    return list(
        dict.fromkeys(
            str(review.form[name[2:]].label) if name.startswith("f-") else labels[name[2:]] for name in names
        )
    )
