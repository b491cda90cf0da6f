"""How often pieces found in this way have both span and speaker right.

The rates were counted on annotated news, each by rule, kind, sort of source and length, and drawn towards
the rate of the wider class where a class is small. `manage.py score_extraction FILE --rates` counts them
anew, and without `--rates` shows how far they can be trusted on texts they were not counted on.
"""

from __future__ import annotations

from collections.abc import Mapping

from articles.extraction.drafts import Draft

SHORT, MIDDLING = 3, 6  # words
LEAST = 0.05
UNKNOWN = 0.3  # nobody is named, and so no speaker can be right
UNCOUNTED = 0.5

Classes = tuple[str, ...]  # kind, rule, sort of source, length: ever narrower


def read_rates(table: str) -> dict[Classes, float]:
    """From lines like «direct tail name .96»."""
    rows = [line.split() for line in table.splitlines() if line.strip()]
    return {tuple(row[:-1]): float(row[-1]) for row in rows}


RATES = read_rates("""
mixed .59
direct .84
mixed call .38
direct tail .94
direct same .93
direct before .38
mixed label .69
mixed clause .66
mixed head .37
mixed tail .61
direct fragment .37
direct label .65
direct intro .51
mixed late .66
direct head .72
direct colon .73
direct call .41
direct noun .79
direct prior .46
direct alone .20
direct late .76
direct next .61
mixed noun .44
direct clause .72
mixed call name .43
direct tail name .96
direct same name .95
direct before name .38
mixed label name .71
mixed clause name .74
mixed head name .48
direct tail description .90
direct same description .91
mixed tail name .77
direct tail pronoun .84
direct same pronoun .85
direct fragment name .29
direct label name .57
direct before description .18
mixed late name .82
direct head name .82
mixed late description .57
direct colon description .76
mixed tail pronoun .51
direct head description .57
mixed clause pronoun .45
mixed head pronoun .20
mixed head description .29
mixed call pronoun .34
mixed clause description .58
mixed tail description .38
direct head pronoun .60
direct call name .42
direct intro name .42
direct prior name .32
mixed call description .29
direct alone none .05
direct before none .19
direct before pronoun .49
mixed clause none .36
mixed late pronoun .54
direct call pronoun .32
direct call description .29
direct colon name .76
mixed call name long .50
direct tail name long .97
direct same name long .95
direct before name long .39
mixed label name long .64
mixed clause name long .82
mixed head name long .63
direct tail description long .92
direct same description long .90
mixed tail name short .89
direct tail pronoun long .83
direct same pronoun middling .93
direct fragment name long .26
direct label name long .65
direct tail name middling .92
direct before description long .08
mixed late name long .90
mixed clause name short .65
mixed clause name middling .74
direct head name long .86
mixed call name short .39
direct label name middling .55
direct same pronoun long .83
direct colon description long .78
mixed call name middling .43
mixed tail pronoun short .41
direct head description short .44
mixed clause pronoun middling .35
mixed head name middling .39
mixed call pronoun short .34
mixed head pronoun short .20
mixed clause description middling .55
mixed label name short .75
mixed label name middling .77
mixed clause pronoun short .36
mixed clause description short .48
mixed tail description long .52
direct head pronoun long .61
mixed clause pronoun long .55
direct call name short .25
direct intro name long .38
direct prior name long .29
direct head name middling .59
mixed call description long .34
direct alone none long .01
direct before none long .11
direct before pronoun long .50
mixed clause description long .73
direct head description middling .50
mixed head name short .49
mixed tail name long .82
direct head description long .61
mixed call description short .27
mixed tail name middling .64
direct tail pronoun middling .92
mixed tail pronoun long .53
direct tail name short .90
mixed call pronoun long .37
mixed call description middling .23
mixed late name short .84
direct same name middling .99
mixed tail description short .17
direct call name middling .55
direct call pronoun short .27
mixed late pronoun long .43
mixed late name middling .79
direct tail description middling .78
""")


def classes_of(draft: Draft) -> Classes:
    """The narrowest class of a draft; its beginnings are the wider ones."""
    cue = draft.cue
    # A cue that is a noun as often is a class by itself.
    rule = f"weak-{draft.rule}" if cue is not None and cue.weak else draft.rule
    length = "short" if draft.words < SHORT else "middling" if draft.words < MIDDLING else "long"
    return draft.kind, rule, draft.source.sort if draft.source else "none", length


def confidence_in(classes: Classes, *, named: bool, rates: Mapping[Classes, float] = RATES) -> float:
    """The rate of the narrowest class that was counted."""
    rate = UNCOUNTED
    for width in range(len(classes), 0, -1):
        if classes[:width] in rates:
            rate = rates[classes[:width]]
            break
    return round(max(LEAST, rate if named else min(rate, UNKNOWN)), 2)
