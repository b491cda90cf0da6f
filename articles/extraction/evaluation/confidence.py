"""The confidence of a piece: how often pieces of its class have the right span and speaker.

The rates were counted on annotated news (`calibration.py`) by kind, rule, sort of source and length; small
classes are shrunk towards the wider class. `manage.py score_extraction FILE --rates` counts them again;
without `--rates` it shows how well they hold on other texts.
"""

from __future__ import annotations

from collections.abc import Mapping

from articles.extraction.attribution.attribution_draft import CONTESTED, SURE, Draft
from articles.extraction.coreference.source_resolution import Source

SHORT, MIDDLING = 3, 6  # words
LEAST = 0.05
UNKNOWN = 0.3  # limit for pieces without a speaker
UNCOUNTED = 0.5
# Quotes from 0.9 are accepted in bulk: only classes with this rate, where the ranker agrees, come so far.
CERTAIN, UNSURE_AT_MOST, CONTESTED_AT_MOST = 0.93, 0.89, 0.5
# Lead of the antecedent of a pronoun over the next person, for each sort of pronoun.
PRONOUNS = ((4.0, "clear"), (1.5, "pronoun"), (-99.0, "close"))

BARE = "bare"  # a name that nothing shows to be of a person or a body: «Slate»

Classes = tuple[str, ...]  # kind, agreement of the ranker, rule, sort of source, length: from wide to narrow


def read_rates(table: str) -> dict[Classes, float]:
    """Parse lines such as «direct tail name .96»."""
    rows = [line.split() for line in table.splitlines() if line.strip()]
    return {tuple(row[:-1]): float(row[-1]) for row in rows}


RATES = read_rates("""
direct 0.881
direct contested 0.527
direct contested before 0.565
direct contested before name 0.580
direct contested before name long 0.586
direct contested clause 0.308
direct contested colon 0.446
direct contested fragment 0.225
direct contested head 0.509
direct contested intro 0.446
direct contested label 0.308
direct contested next 0.308
direct contested prior 0.348
direct contested reported 0.441
direct contested same 0.677
direct contested tail 0.348
direct contested unsaid 0.260
direct contested weak-before 0.225
direct contested weak-head 0.308
direct contested weak-intro 0.459
direct doubtful 0.539
direct doubtful alone 0.137
direct doubtful before 0.474
direct doubtful colon 0.267
direct doubtful fragment 0.181
direct doubtful head 0.660
direct doubtful head name 0.713
direct doubtful intro 0.393
direct doubtful label 0.530
direct doubtful next 0.317
direct doubtful noun 0.317
direct doubtful prior 0.181
direct doubtful same 0.699
direct doubtful same name 0.773
direct doubtful same name long 0.786
direct doubtful signature 0.579
direct doubtful tail 0.651
direct doubtful weak-call 0.469
direct doubtful weak-head 0.338
direct doubtful weak-intro 0.469
direct doubtful weak-prior 0.267
direct likely 0.748
direct likely before 0.632
direct likely call 0.520
direct likely colon 0.690
direct likely fragment 0.499
direct likely head 0.624
direct likely head name 0.658
direct likely head name long 0.700
direct likely intro 0.659
direct likely label 0.659
direct likely next 0.487
direct likely noun 0.659
direct likely prior 0.546
direct likely same 0.885
direct likely same description 0.866
direct likely same description long 0.869
direct likely same name 0.911
direct likely same name long 0.910
direct likely signature 0.467
direct likely tail 0.819
direct likely tail description 0.908
direct likely tail description long 0.957
direct likely tail name 0.778
direct likely tail name long 0.818
direct likely unsaid 0.407
direct likely weak-call 0.407
direct likely weak-head 0.409
direct likely weak-same 0.732
direct likely weak-tail 0.700
direct sure 0.938
direct sure call 0.661
direct sure colon 0.661
direct sure fragment 0.469
direct sure head 0.872
direct sure head clear 0.840
direct sure head clear long 0.887
direct sure head description 0.666
direct sure head description long 0.659
direct sure head name 0.935
direct sure head name long 0.934
direct sure head pronoun 0.719
direct sure head pronoun long 0.687
direct sure label 0.734
direct sure noun 0.888
direct sure reported 0.872
direct sure same 0.950
direct sure same clear 0.877
direct sure same clear long 0.854
direct sure same name 0.964
direct sure same name long 0.962
direct sure same name middling 0.971
direct sure same pronoun 0.864
direct sure same pronoun long 0.840
direct sure tail 0.951
direct sure tail clear 0.928
direct sure tail clear long 0.925
direct sure tail close 0.754
direct sure tail close long 0.725
direct sure tail description 0.849
direct sure tail description long 0.832
direct sure tail name 0.968
direct sure tail name long 0.968
direct sure tail name middling 0.936
direct sure tail pronoun 0.905
direct sure tail pronoun long 0.897
direct sure weak-head 0.734
direct sure weak-prior 0.661
direct sure weak-tail 0.791
mixed 0.650
mixed contested 0.338
mixed contested call 0.235
mixed contested clause 0.401
mixed contested clause description 0.458
mixed contested clause name 0.400
mixed contested head 0.118
mixed contested tail 0.118
mixed contested unsaid 0.136
mixed contested weak-call 0.161
mixed contested weak-clause 0.248
mixed contested weak-tail 0.118
mixed doubtful 0.616
mixed doubtful call 0.479
mixed doubtful call name 0.491
mixed doubtful clause 0.705
mixed doubtful clause name 0.722
mixed doubtful clause name long 0.843
mixed doubtful clause name short 0.588
mixed doubtful head 0.451
mixed doubtful late 0.540
mixed doubtful noun 0.381
mixed doubtful tail 0.393
mixed doubtful unsaid 0.321
mixed doubtful weak-call 0.381
mixed doubtful weak-clause 0.451
mixed doubtful weak-late 0.540
mixed likely 0.620
mixed likely call 0.504
mixed likely call name 0.544
mixed likely call name middling 0.499
mixed likely call name short 0.549
mixed likely clause 0.694
mixed likely clause description 0.552
mixed likely clause name 0.762
mixed likely clause name long 0.862
mixed likely clause name middling 0.641
mixed likely clause name short 0.662
mixed likely head 0.556
mixed likely late 0.626
mixed likely tail 0.287
mixed likely unsaid 0.236
mixed likely weak-call 0.435
mixed likely weak-clause 0.433
mixed likely weak-head 0.370
mixed likely weak-tail 0.370
mixed sure 0.705
mixed sure call 0.642
mixed sure call name 0.624
mixed sure call name long 0.628
mixed sure call name middling 0.507
mixed sure clause 0.754
mixed sure clause clear 0.696
mixed sure clause clear long 0.722
mixed sure clause description 0.617
mixed sure clause name 0.791
mixed sure clause name long 0.766
mixed sure clause name middling 0.844
mixed sure clause name short 0.681
mixed sure clause pronoun 0.605
mixed sure head 0.543
mixed sure label 0.623
mixed sure late 0.618
mixed sure late name 0.692
mixed sure noun 0.441
mixed sure tail 0.710
mixed sure tail name 0.823
mixed sure tail name long 0.860
mixed sure unsaid 0.225
mixed sure weak-call 0.386
mixed sure weak-clause 0.467
mixed sure weak-head 0.441
""")


def classes_of(draft: Draft) -> Classes:
    """The narrowest class of a draft; its prefixes are the wider classes."""
    cue = draft.cue
    # Cues that may be nouns have a class of their own.
    rule = f"weak-{draft.rule}" if cue is not None and cue.weak else draft.rule
    length = "short" if draft.words < SHORT else "middling" if draft.words < MIDDLING else "long"
    return draft.kind, draft.agreement, rule, _sort_of(draft.source), length


def _sort_of(source: Source | None) -> str:
    """The sort of a source: a pronoun with a second possible person is close, an unproven name bare."""
    if source is None:
        return "none"
    if source.sort == "name" and not source.evident:
        return BARE
    if source.sort != "pronoun" or source.speaker is None:
        return source.sort
    return next(sort for least, sort in PRONOUNS if source.lead >= least)


def confidence_in(classes: Classes, *, named: bool, rates: Mapping[Classes, float] = RATES) -> float:
    """The rate of the narrowest counted class, limited for pieces without a speaker that is sure."""
    rate = UNCOUNTED
    for width in range(len(classes), 0, -1):
        if classes[:width] in rates:
            rate = rates[classes[:width]]
            break
    if not named:
        rate = min(rate, UNKNOWN)
    elif classes[1:2] == (CONTESTED,):
        rate = min(rate, CONTESTED_AT_MOST)
    elif classes[1:2] != (SURE,) or classes[3:4] == (BARE,) or rate < CERTAIN:
        rate = min(rate, UNSURE_AT_MOST)
    return round(max(LEAST, rate), 2)
