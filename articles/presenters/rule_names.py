"""Names of the extraction rules that say what they do; files and the API give the rules themselves."""

from __future__ import annotations

from django.utils.translation import gettext_lazy

RULES = {
    "tail": gettext_lazy("Name after the quote"),
    "head": gettext_lazy("Name before the quote"),
    "clause": gettext_lazy("Quoted words inside “said that …”"),
    "call": gettext_lazy("Called something with quoted words"),
    "colon": gettext_lazy("Name and colon before the quote"),
    "noun": gettext_lazy("“In a statement” or similar before the quote"),
    "label": gettext_lazy("Speaker’s label before the quote"),
    "late": gettext_lazy("“Said” later in the sentence"),
    "fragment": gettext_lazy("A few quoted words in a sentence"),
    "same": gettext_lazy("Same speaker as the quote before it"),
    "next": gettext_lazy("Name later in the paragraph"),
    "before": gettext_lazy("Speaker of the paragraph above"),
    "intro": gettext_lazy("Announced by the sentence before"),
    "prior": gettext_lazy("Named in the sentence before"),
    "reported": gettext_lazy("Speaker of the indirect speech before it"),
    "signature": gettext_lazy("Signature under the text"),
    "answered": gettext_lazy("Answer to a question in the text"),
    "echo": gettext_lazy("Same words elsewhere in the article"),
    "alone": gettext_lazy("No speaker near the quote"),
    "unsaid": gettext_lazy("Words that nobody said"),
    "namesakes": gettext_lazy("Two people with this surname"),
    "contested": gettext_lazy("Two possible speakers"),
    "turn": gettext_lazy("Interview turn with a label"),
    "inferred": gettext_lazy("Interview turn without a label"),
}


def rule_name(rule: str) -> str:
    """What the rule does, in a few words; the rule itself, with spaces for hyphens, if it has no name."""
    return str(RULES.get(rule, rule.replace("-", " ")))
