"""Texts for property tests: prose-like fragments thrown together, and anything else that can be typed."""

from hypothesis import strategies as st

MARKS = [
    "“",
    "”",
    '"',
    "''",
    "‘",
    "’",
    "'",
    "„",
    "«",
    "»",
    "‚",
    "‹",
    "›",
    "(",
    ")",
    "[",
    "]",
    ":",
    ",",
    ".",
    "?",
    "!",
    "…",
]
ODDITIES = [
    "—",
    " ",
    "\n",
    "\n\n",
    "\r\n",
    "\u2028",
    "\x85",
    "\ud800",
    "\x00",
    "\u202e",
    "🙂",
    "é",
    "e\u0301",
]
WORDS = """
Ada Okafor|Tom Reyes|Mr Reyes|Okafor's|she|He|they|who|the ministry|a spokesman for|said|told reporters
according to|called it|added|saying|was asked|tweeted|reads|We will go|I do not know|you|Why?|interview|Q:|A:
Tom Reyes, a reporter:|((TR)) :|[laughs]|[added – ed.]|sagte|erklärte der Minister|fügte sie hinzu|powiedziała
dodał|on Tuesday|that|and|a-t-elle dit|s’est|l’|a déclaré la maire|—dijo ella—|según la alcaldesa|explica
ha detto lunedì|– mormora –|aldus|heeft|gezegd|laat|weten|disse-lhe|segundo|Von einer|sprach|als|bezeichnet
"""
FRAGMENTS = MARKS + ODDITIES + WORDS.strip().replace("\n", "|").split("|")

texts = st.one_of(
    st.lists(st.sampled_from(FRAGMENTS), max_size=60).map(" ".join),
    st.lists(st.sampled_from(FRAGMENTS), max_size=60).map("".join),
    st.text(max_size=200),
)
