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
# Quotes from 0.9 are accepted in bulk: only classes with this rate, where the ranker agrees and the speaker
# is a name that is clearly of a person or a body, come so far.
CERTAIN, UNSURE_AT_MOST, CONTESTED_AT_MOST = 0.95, 0.89, 0.5
# Lead of the antecedent of a pronoun over the next person, for each sort of pronoun.
PRONOUNS = ((4.0, "clear"), (1.5, "pronoun"), (-99.0, "close"))
NAME = "name"
BARE = "bare"  # a name that nothing shows to be of a person or a body: «Slate»

Classes = tuple[str, ...]  # kind, agreement of the ranker, rule, sort of source, length: from wide to narrow


def read_rates(table: str) -> dict[Classes, float]:
    """Parse lines such as «direct tail name .96»."""
    rows = [line.split() for line in table.splitlines() if line.strip()]
    return {tuple(row[:-1]): float(row[-1]) for row in rows}


RATES = read_rates("""
direct 0.883
direct contested 0.528
direct contested before 0.556
direct contested before name 0.591
direct contested before name long 0.607
direct contested clause 0.310
direct contested colon 0.386
direct contested fragment 0.261
direct contested head 0.538
direct contested intro 0.448
direct contested label 0.310
direct contested next 0.310
direct contested prior 0.292
direct contested reported 0.442
direct contested same 0.678
direct contested tail 0.349
direct contested unsaid 0.261
direct contested weak-before 0.226
direct contested weak-head 0.310
direct contested weak-intro 0.461
direct doubtful 0.612
direct doubtful alone 0.162
direct doubtful before 0.590
direct doubtful colon 0.441
direct doubtful fragment 0.301
direct doubtful head 0.718
direct doubtful head name 0.800
direct doubtful intro 0.448
direct doubtful label 0.591
direct doubtful next 0.378
direct doubtful noun 0.378
direct doubtful prior 0.271
direct doubtful same 0.782
direct doubtful same name 0.854
direct doubtful same name long 0.858
direct doubtful signature 0.591
direct doubtful tail 0.760
direct doubtful weak-call 0.537
direct doubtful weak-head 0.318
direct doubtful weak-intro 0.537
direct doubtful weak-prior 0.318
direct likely 0.748
direct likely before 0.632
direct likely call 0.520
direct likely colon 0.663
direct likely fragment 0.363
direct likely head 0.629
direct likely head name 0.604
direct likely head name long 0.640
direct likely intro 0.659
direct likely label 0.659
direct likely next 0.487
direct likely noun 0.659
direct likely prior 0.546
direct likely same 0.871
direct likely same description 0.868
direct likely same description long 0.876
direct likely same name 0.904
direct likely same name long 0.906
direct likely signature 0.516
direct likely tail 0.846
direct likely tail name 0.876
direct likely tail name long 0.914
direct likely unsaid 0.407
direct likely weak-call 0.407
direct likely weak-head 0.409
direct likely weak-same 0.732
direct likely weak-tail 0.732
direct sure 0.937
direct sure call 0.659
direct sure colon 0.659
direct sure fragment 0.458
direct sure head 0.865
direct sure head bare 0.764
direct sure head bare long 0.738
direct sure head clear 0.927
direct sure head clear long 0.968
direct sure head description 0.664
direct sure head description long 0.659
direct sure head name 0.966
direct sure head name long 0.973
direct sure head pronoun 0.616
direct sure head pronoun long 0.565
direct sure label 0.733
direct sure noun 0.886
direct sure reported 0.870
direct sure same 0.953
direct sure same bare 0.962
direct sure same bare long 0.981
direct sure same clear 0.874
direct sure same clear long 0.848
direct sure same close 0.799
direct sure same name 0.962
direct sure same name long 0.960
direct sure same name middling 0.970
direct sure same pronoun 0.972
direct sure same pronoun long 0.988
direct sure tail 0.952
direct sure tail bare 0.986
direct sure tail bare long 0.996
direct sure tail clear 0.931
direct sure tail clear long 0.927
direct sure tail close 0.820
direct sure tail close long 0.800
direct sure tail description 0.849
direct sure tail description long 0.832
direct sure tail name 0.965
direct sure tail name long 0.966
direct sure tail name middling 0.932
direct sure tail pronoun 0.871
direct sure tail pronoun long 0.860
direct sure weak-head 0.517
direct sure weak-prior 0.659
direct sure weak-tail 0.779
mixed 0.647
mixed contested 0.355
mixed contested call 0.320
mixed contested clause 0.403
mixed contested clause name 0.501
mixed contested head 0.127
mixed contested tail 0.127
mixed contested unsaid 0.147
mixed contested weak-call 0.174
mixed contested weak-clause 0.260
mixed contested weak-tail 0.127
mixed doubtful 0.585
mixed doubtful call 0.434
mixed doubtful call name 0.447
mixed doubtful clause 0.656
mixed doubtful clause description 0.696
mixed doubtful clause name 0.654
mixed doubtful clause name long 0.823
mixed doubtful clause name short 0.492
mixed doubtful head 0.483
mixed doubtful late 0.507
mixed doubtful noun 0.352
mixed doubtful tail 0.375
mixed doubtful unsaid 0.296
mixed doubtful weak-call 0.352
mixed doubtful weak-clause 0.425
mixed doubtful weak-late 0.507
mixed likely 0.628
mixed likely call 0.497
mixed likely call name 0.559
mixed likely call name middling 0.546
mixed likely call name short 0.546
mixed likely clause 0.712
mixed likely clause description 0.557
mixed likely clause name 0.811
mixed likely clause name long 0.867
mixed likely clause name middling 0.702
mixed likely clause name short 0.767
mixed likely head 0.526
mixed likely late 0.633
mixed likely tail 0.290
mixed likely unsaid 0.274
mixed likely weak-call 0.487
mixed likely weak-clause 0.437
mixed likely weak-head 0.378
mixed likely weak-tail 0.378
mixed sure 0.698
mixed sure call 0.622
mixed sure call name 0.641
mixed sure clause 0.749
mixed sure clause clear 0.693
mixed sure clause description 0.616
mixed sure clause name 0.796
mixed sure clause name long 0.785
mixed sure clause name middling 0.811
mixed sure clause name short 0.716
mixed sure clause pronoun 0.586
mixed sure clause pronoun long 0.653
mixed sure head 0.540
mixed sure label 0.620
mixed sure late 0.617
mixed sure noun 0.434
mixed sure tail 0.709
mixed sure tail name 0.840
mixed sure tail name long 0.859
mixed sure unsaid 0.202
mixed sure weak-call 0.334
mixed sure weak-clause 0.464
mixed sure weak-head 0.434
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
    if source.sort == NAME and not source.evident:
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
    elif classes[1:2] != (SURE,) or classes[3:4] != (NAME,) or rate < CERTAIN:
        rate = min(rate, UNSURE_AT_MOST)
    return round(max(LEAST, rate), 2)
