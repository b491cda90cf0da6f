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

Classes = tuple[str, ...]  # kind, agreement of the ranker, rule, sort of source, length: from wide to narrow


def read_rates(table: str) -> dict[Classes, float]:
    """Parse lines such as «direct tail name .96»."""
    rows = [line.split() for line in table.splitlines() if line.strip()]
    return {tuple(row[:-1]): float(row[-1]) for row in rows}


RATES = read_rates("""
direct 0.879
direct contested 0.536
direct contested before 0.566
direct contested before name 0.614
direct contested before name long 0.630
direct contested clause 0.315
direct contested colon 0.452
direct contested fragment 0.202
direct contested head 0.531
direct contested intro 0.452
direct contested label 0.315
direct contested next 0.315
direct contested prior 0.352
direct contested reported 0.445
direct contested same 0.714
direct contested tail 0.352
direct contested unsaid 0.265
direct contested weak-before 0.229
direct contested weak-head 0.315
direct contested weak-intro 0.466
direct doubtful 0.507
direct doubtful alone 0.101
direct doubtful before 0.461
direct doubtful colon 0.317
direct doubtful fragment 0.186
direct doubtful head 0.582
direct doubtful intro 0.368
direct doubtful label 0.503
direct doubtful next 0.290
direct doubtful noun 0.290
direct doubtful prior 0.166
direct doubtful same 0.731
direct doubtful signature 0.439
direct doubtful tail 0.563
direct doubtful weak-call 0.439
direct doubtful weak-head 0.317
direct doubtful weak-intro 0.439
direct doubtful weak-prior 0.245
direct doubtful weak-same 0.503
direct likely 0.765
direct likely before 0.643
direct likely call 0.527
direct likely colon 0.674
direct likely fragment 0.508
direct likely head 0.667
direct likely head description 0.655
direct likely head name 0.695
direct likely head name long 0.723
direct likely intro 0.676
direct likely label 0.676
direct likely next 0.502
direct likely noun 0.715
direct likely prior 0.502
direct likely same 0.846
direct likely same description 0.844
direct likely same description long 0.856
direct likely same name 0.852
direct likely same name long 0.847
direct likely signature 0.567
direct likely tail 0.870
direct likely tail description 0.931
direct likely tail description long 0.967
direct likely tail name 0.848
direct likely tail name long 0.870
direct likely unsaid 0.420
direct likely weak-call 0.420
direct likely weak-head 0.478
direct likely weak-same 0.676
direct likely weak-tail 0.770
direct sure 0.937
direct sure call 0.659
direct sure colon 0.659
direct sure fragment 0.467
direct sure head 0.864
direct sure head clear 0.838
direct sure head clear long 0.886
direct sure head description 0.616
direct sure head description long 0.635
direct sure head name 0.925
direct sure head name long 0.935
direct sure head pronoun 0.656
direct sure head pronoun long 0.608
direct sure label 0.733
direct sure noun 0.869
direct sure prior 0.869
direct sure reported 0.869
direct sure same 0.955
direct sure same clear 0.879
direct sure same clear long 0.854
direct sure same name 0.972
direct sure same name long 0.971
direct sure same name middling 0.976
direct sure same pronoun 0.860
direct sure same pronoun long 0.833
direct sure tail 0.948
direct sure tail clear 0.924
direct sure tail clear long 0.920
direct sure tail close 0.759
direct sure tail close long 0.732
direct sure tail description 0.849
direct sure tail description long 0.832
direct sure tail name 0.965
direct sure tail name long 0.965
direct sure tail name middling 0.935
direct sure tail pronoun 0.906
direct sure tail pronoun long 0.898
direct sure weak-head 0.632
direct sure weak-prior 0.659
direct sure weak-tail 0.765
mixed 0.653
mixed contested 0.333
mixed contested call 0.256
mixed contested clause 0.387
mixed contested clause name 0.435
mixed contested clause name short 0.367
mixed contested head 0.115
mixed contested tail 0.115
mixed contested unsaid 0.101
mixed contested weak-clause 0.244
mixed contested weak-tail 0.133
mixed doubtful 0.641
mixed doubtful call 0.531
mixed doubtful clause 0.688
mixed doubtful clause description 0.723
mixed doubtful clause name 0.684
mixed doubtful clause name long 0.832
mixed doubtful clause name short 0.521
mixed doubtful head 0.569
mixed doubtful late 0.564
mixed doubtful noun 0.402
mixed doubtful tail 0.406
mixed doubtful weak-call 0.338
mixed doubtful weak-clause 0.564
mixed doubtful weak-late 0.564
mixed likely 0.606
mixed likely call 0.485
mixed likely call name 0.531
mixed likely call name middling 0.501
mixed likely call name short 0.517
mixed likely clause 0.679
mixed likely clause description 0.556
mixed likely clause name 0.745
mixed likely clause name long 0.841
mixed likely clause name middling 0.608
mixed likely clause name short 0.660
mixed likely head 0.474
mixed likely label 0.514
mixed likely late 0.615
mixed likely tail 0.282
mixed likely unsaid 0.228
mixed likely weak-call 0.426
mixed likely weak-clause 0.379
mixed likely weak-head 0.358
mixed likely weak-tail 0.358
mixed sure 0.716
mixed sure call 0.637
mixed sure call name 0.615
mixed sure call name long 0.624
mixed sure call name middling 0.497
mixed sure clause 0.775
mixed sure clause clear 0.722
mixed sure clause clear long 0.732
mixed sure clause description 0.636
mixed sure clause name 0.822
mixed sure clause name long 0.787
mixed sure clause name middling 0.897
mixed sure clause name short 0.712
mixed sure clause pronoun 0.600
mixed sure head 0.548
mixed sure label 0.602
mixed sure late 0.620
mixed sure late name 0.693
mixed sure noun 0.451
mixed sure tail 0.724
mixed sure tail name 0.826
mixed sure tail name long 0.860
mixed sure unsaid 0.230
mixed sure weak-call 0.392
mixed sure weak-clause 0.504
mixed sure weak-head 0.451
""")


def classes_of(draft: Draft) -> Classes:
    """The narrowest class of a draft; its prefixes are the wider classes."""
    cue = draft.cue
    # Cues that may be nouns have a class of their own.
    rule = f"weak-{draft.rule}" if cue is not None and cue.weak else draft.rule
    length = "short" if draft.words < SHORT else "middling" if draft.words < MIDDLING else "long"
    return draft.kind, draft.agreement, rule, _sort_of(draft.source), length


def _sort_of(source: Source | None) -> str:
    """The sort of a source; a pronoun with two possible antecedents is a close one."""
    if source is None:
        return "none"
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
    elif classes[1:2] != (SURE,) or rate < CERTAIN:
        rate = min(rate, UNSURE_AT_MOST)
    return round(max(LEAST, rate), 2)
