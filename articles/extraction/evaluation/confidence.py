"""The confidence of a piece: how often pieces of its class have the right span and speaker.

The rates were counted on annotated news (`calibration.py`) by kind, rule, sort of source and length; small
classes are shrunk towards the wider class. `manage.py score_extraction FILE --rates` counts them again;
without `--rates` it shows how well they hold on other texts.
"""

from __future__ import annotations

from collections.abc import Mapping

from articles.extraction.attribution.attribution_draft import Draft

SHORT, MIDDLING = 3, 6  # words
LEAST = 0.05
UNKNOWN = 0.3  # limit for pieces without a speaker
UNCOUNTED = 0.5

Classes = tuple[str, ...]  # kind, rule, sort of source, length: from wide to narrow


def read_rates(table: str) -> dict[Classes, float]:
    """Parse lines such as «direct tail name .96»."""
    rows = [line.split() for line in table.splitlines() if line.strip()]
    return {tuple(row[:-1]): float(row[-1]) for row in rows}


RATES = read_rates("""
direct 0.874
direct alone 0.186
direct alone none 0.028
direct before 0.582
direct before name 0.591
direct before name long 0.618
direct call 0.549
direct clause 0.593
direct colon 0.635
direct fragment 0.273
direct head 0.780
direct head description 0.663
direct head description long 0.689
direct head name 0.843
direct head name long 0.860
direct head name middling 0.649
direct head pronoun 0.619
direct head pronoun long 0.610
direct intro 0.735
direct label 0.698
direct next 0.423
direct noun 0.710
direct prior 0.374
direct reported 0.589
direct same 0.929
direct same description 0.850
direct same description long 0.842
direct same name 0.948
direct same name long 0.945
direct same name middling 0.966
direct same pronoun 0.827
direct same pronoun long 0.798
direct signature 0.653
direct tail 0.939
direct tail description 0.861
direct tail description long 0.881
direct tail name 0.957
direct tail name long 0.962
direct tail name middling 0.897
direct tail pronoun 0.851
direct tail pronoun long 0.841
direct weak-before 0.423
direct weak-call 0.546
direct weak-head 0.398
direct weak-intro 0.810
direct weak-prior 0.423
direct weak-same 0.831
direct weak-tail 0.698
mixed 0.636
mixed call 0.546
mixed call description 0.360
mixed call name 0.599
mixed call name long 0.611
mixed call name middling 0.546
mixed call name short 0.574
mixed call pronoun 0.480
mixed call pronoun short 0.436
mixed clause 0.687
mixed clause description 0.624
mixed clause description long 0.752
mixed clause description middling 0.501
mixed clause description short 0.516
mixed clause name 0.740
mixed clause name long 0.820
mixed clause name middling 0.699
mixed clause name short 0.616
mixed clause pronoun 0.479
mixed clause pronoun long 0.564
mixed clause pronoun middling 0.298
mixed clause pronoun short 0.349
mixed head 0.406
mixed head name 0.520
mixed label 0.587
mixed late 0.635
mixed late name 0.738
mixed noun 0.313
mixed tail 0.580
mixed tail description 0.311
mixed tail name 0.695
mixed tail name long 0.776
mixed tail pronoun 0.453
mixed tail pronoun long 0.484
mixed weak-call 0.254
mixed weak-clause 0.395
mixed weak-head 0.270
mixed weak-late 0.530
mixed weak-tail 0.270
""")


def classes_of(draft: Draft) -> Classes:
    """The narrowest class of a draft; its prefixes are the wider classes."""
    cue = draft.cue
    # Cues that may be nouns have a class of their own.
    rule = f"weak-{draft.rule}" if cue is not None and cue.weak else draft.rule
    length = "short" if draft.words < SHORT else "middling" if draft.words < MIDDLING else "long"
    return draft.kind, rule, draft.source.sort if draft.source else "none", length


def confidence_in(classes: Classes, *, named: bool, rates: Mapping[Classes, float] = RATES) -> float:
    """The rate of the narrowest counted class, limited for pieces without a named speaker."""
    rate = UNCOUNTED
    for width in range(len(classes), 0, -1):
        if classes[:width] in rates:
            rate = rates[classes[:width]]
            break
    return round(max(LEAST, rate if named else min(rate, UNKNOWN)), 2)
