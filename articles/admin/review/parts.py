"""The form of an article's text, metadata and pictures on the review page."""

import re
from collections import Counter
from collections.abc import Iterable
from typing import Any, Literal

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Max
from django.forms import BoundField
from django.utils.translation import gettext, gettext_lazy

from articles.models import Article, ArticleTopic, Image, Topic
from articles.models.checks import web_address
from articles.models.partial_dates import as_printed
from articles.parsing import MAX_BODY, normalise, tidy
from articles.parsing.dates.parser import UnclearDate, read_date
from articles.revisions.edit_text import Texts

ONE_LINE = ["headline", "kicker", "byline", "dateline", "edition", "page"]
PLACED: list[Literal["headline", "standfirst", "body"]] = ["headline", "standfirst", "body"]
# More pictures than these would exceed the number of fields that a form can send.
PICTURES = 20
TOPICS = 12
# Key in `extra`: the publication that was filled in from the editor's last article.
FROM_LAST = "from_last"
# The topics offered are the most frequent of this many articles' latest topics.
LATEST_TOPICS = 300


class PartsForm(forms.ModelForm):
    """All fields may be empty in a draft; `missing_parts` checks them before publishing."""

    date = forms.CharField(
        label=gettext_lazy("Date published"),
        required=False,
        max_length=100,
        help_text=gettext_lazy("For example 2024, 2024-12 or 19 December 2024."),
    )
    undated = forms.BooleanField(label=gettext_lazy("No date given"), required=False)

    class Meta:
        model = Article
        fields = [
            "publication", "section", "byline", "kicker", "dateline", "headline", "standfirst", "body",
            "language", "edition", "page", "source_url",
        ]  # fmt: skip
        labels = {
            "publication": gettext_lazy("Publication"),
            "source_url": gettext_lazy("Link"),
            "body": gettext_lazy("Text"),
        }

    def __init__(self, *args: Any, offered: Iterable[int] = (), **kwargs: Any) -> None:  # of ModelForm
        super().__init__(*args, **{"label_suffix": "", **kwargs})
        self.initial["date"] = as_printed(self.instance.published_on, self.instance.published_precision)
        self.initial["undated"] = bool(self.instance.extra.get("undated"))
        for name in ("headline", "standfirst", "body", "byline", "kicker"):
            # With maxlength the browser would truncate a long paste silently.
            self.fields[name].widget.attrs.pop("maxlength", None)
        self.fields["standfirst"].widget.attrs["rows"] = 2
        self.fields["body"].widget.attrs["rows"] = 16
        if isinstance(body := self.fields["body"], forms.CharField):
            body.strip = False
        # The length is checked after line endings are normalized.
        self.fields["body"].validators = []
        for name, label, longest in (
            ("caption", gettext_lazy("Caption"), 5000),
            ("credit", gettext_lazy("Credit"), 500),
        ):
            self.fields[f"{name}-new"] = forms.CharField(label=label, required=False, max_length=longest)
            self.fields[f"{name}-new"].widget.attrs.pop("maxlength", None)
        self.fields["url-new"] = forms.URLField(
            label=gettext_lazy("Link"),
            required=False,
            max_length=2000,
            assume_scheme="https",
            validators=[web_address],
        )
        self.pictures = [self._picture(image) for image in self.instance.images.all()[:PICTURES]]
        self.stored_topics = set(self.instance.topics.values_list("pk", flat=True))
        self.topics = self._offered_topics(offered)
        for topic in self.topics:
            self.fields[f"topic-{topic.pk}"] = forms.BooleanField(
                label=topic.name, required=False, initial=topic.pk in self.stored_topics
            )

    @property
    def ticked(self) -> list[str]:
        """The names of the checkboxes, which a browser sends only when they are ticked."""
        return ["undated", *(f"topic-{topic.pk}" for topic in self.topics)]

    def _offered_topics(self, offered: Iterable[int]) -> list[Topic]:
        """The topics of the article, those offered, and others that were used lately."""
        latest = ArticleTopic.objects.order_by("-pk").values_list("topic_id", flat=True)[:LATEST_TOPICS]
        frequent = [pk for pk, _ in Counter(latest).most_common(TOPICS)]
        others = TOPICS - len(self.stored_topics)
        wanted = {*self.stored_topics, *offered} | set(
            [pk for pk in frequent if pk not in self.stored_topics][: max(others, 0)]
        )
        if self.is_bound:
            # A topic that the page offered stays a field of the form, whatever is frequent now.
            wanted |= {int(name[6:]) for name in self.data if re.fullmatch(r"topic-\d{1,9}", name)}
        return list(Topic.objects.filter(pk__in=wanted))

    def _picture(self, image: Image) -> Image:
        texts = forms.Textarea(attrs={"rows": 2})
        self.fields[f"caption-{image.pk}"] = forms.CharField(
            label=gettext_lazy("Caption"),
            required=False,
            max_length=5000,
            widget=texts,
            initial=image.caption,
        )
        self.fields[f"credit-{image.pk}"] = forms.CharField(
            label=gettext_lazy("Credit"), required=False, max_length=500, initial=image.credit
        )
        for name in (f"caption-{image.pk}", f"credit-{image.pk}"):
            self.fields[name].widget.attrs.pop("maxlength", None)
        return image

    def clean(self) -> None:
        super().clean()
        cleaned = self.cleaned_data
        for name in [*ONE_LINE, "standfirst", *(f"caption-{image.pk}" for image in self.pictures)]:
            cleaned[name] = tidy(cleaned.get(name) or "")
        for image in self.pictures:
            cleaned[f"credit-{image.pk}"] = tidy(cleaned.get(f"credit-{image.pk}") or "")

    def clean_body(self) -> str:
        body = normalise(self.cleaned_data["body"])
        if len(body) > MAX_BODY:
            raise ValidationError(
                gettext("The text has %(n)s characters. The limit is %(most)s.")
                % {"n": f"{len(body):,}", "most": f"{MAX_BODY:,}"}
            )
        return body

    def clean_date(self) -> str:
        printed = self.cleaned_data["date"].strip()
        if not printed:
            self.printed = None
            return ""
        try:
            self.printed = read_date(printed, self.instance.language)
        except UnclearDate as unclear:
            if unclear.reason == "not a date":
                words = gettext("Enter a date, for example 2019, May 2019 or 30 May 2019.")
            else:
                words = gettext("Check the date: %(problem)s.") % {"problem": unclear}
            raise ValidationError(words) from unclear
        return printed

    @property
    def texts_changed(self) -> Texts:
        """The changed parts that can contain quotes, as arguments of ``change_text``."""
        stored = Article.objects.get(pk=self.instance.pk)
        changed = Texts()
        for name in PLACED:
            if self.cleaned_data[name] != getattr(stored, name):
                changed[name] = self.cleaned_data[name]
        captions = {
            image.pk: text
            for image in self.pictures
            if (text := self.cleaned_data[f"caption-{image.pk}"]) != image.caption
        }
        if captions:
            changed["captions"] = captions
        return changed

    def save_facts(self) -> None:
        """Save all fields but the texts that can contain quotes; ``change_text`` saves those."""
        article, cleaned = self.instance, self.cleaned_data
        facts = {name: cleaned[name] for name in self.Meta.fields if name not in PLACED}
        facts["extra"] = (
            {**article.extra, "undated": True} if cleaned["undated"] else _without(article.extra, "undated")
        )
        facts["extra"] = {**_without(facts["extra"], FROM_LAST), **self._marked_as_guess()}
        if cleaned["date"] != self.initial["date"]:
            on, precision, at = (
                (self.printed.on, self.printed.precision, self.printed.at)
                if self.printed
                else (None, "", None)
            )
            facts |= {"published_on": on, "published_precision": precision, "published_at": at}
        Article.objects.filter(pk=article.pk).update(**facts)
        for image in self.pictures:
            Image.objects.filter(pk=image.pk).exclude(credit=cleaned[f"credit-{image.pk}"]).update(
                credit=cleaned[f"credit-{image.pk}"]
            )
        self._add_picture()
        self._save_topics()

    def _marked_as_guess(self) -> dict[str, int]:
        """The mark that the publication was filled in from the editor's last article, and nobody chose it."""
        publication, before = self.cleaned_data["publication"], self.initial.get("publication")
        is_guess = publication is not None and self.data.get("from-last") == str(publication.pk)
        untouched = before is None or self.instance.extra.get(FROM_LAST) == before
        return {FROM_LAST: publication.pk} if is_guess and untouched else {}

    def _save_topics(self) -> None:
        chosen = {topic.pk for topic in self.topics if self.cleaned_data[f"topic-{topic.pk}"]}
        ArticleTopic.objects.filter(
            article_id=self.instance.pk, topic_id__in=self.stored_topics - chosen
        ).delete()
        added = sorted(chosen - self.stored_topics)
        ArticleTopic.objects.bulk_create(
            [ArticleTopic(article_id=self.instance.pk, topic_id=pk) for pk in added], ignore_conflicts=True
        )

    def _add_picture(self) -> None:
        new = {
            name: tidy(self.cleaned_data.get(f"{name}-new") or "") for name in ("caption", "credit", "url")
        }
        if any(new.values()):
            last = self.instance.images.aggregate(last=Max("position"))["last"]
            position = 0 if last is None else last + 1
            Image.objects.create(article_id=self.instance.pk, position=position, **new)


def _without(extra: dict, key: str) -> dict:
    return {name: value for name, value in extra.items() if name != key}


def described(bound: BoundField, missing: bool) -> dict[str, object]:
    """A field for the template, with the aria attributes of its error and note."""
    widget, notes = bound.field.widget, []
    if bound.errors or missing:
        widget.attrs["aria-invalid"] = "true"
        notes.append(f"{bound.auto_id}-error")
    if bound.help_text:
        notes.append(f"{bound.auto_id}-note")
    if notes:
        widget.attrs["aria-describedby"] = " ".join(notes)
    return {"bound": bound, "missing": missing}
