"""The form field of an editor's reason."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from articles.parsing import tidy


class ReasonField(forms.CharField):
    """A reason of some lines. The browser is not told the limit: it would truncate a long text silently."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs = {
            "label": gettext_lazy("Reason"),
            "widget": forms.Textarea(attrs={"rows": 4}),
            "error_messages": {"required": gettext_lazy("Enter a reason.")},
            **kwargs,
        }
        super().__init__(**kwargs)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {name: value for name, value in super().widget_attrs(widget).items() if name != "maxlength"}

    def to_python(self, value: Any) -> str:
        return tidy(super().to_python(value) or "")
