"""Golden file of text to phones: sentences spread over the corpus, and cases for every rule of the prototype's text.py.

`phones` is null where the prototype gives up: an unknown word, or a sign it cannot read.
"""

import json
import lzma
from typing import TYPE_CHECKING

from training.paths import CORPUS
from training.prototype import prototype

if TYPE_CHECKING:
    from training.golden import Golden

EVERY = 601  # of 83,322 sentences: 139 of them
CASES = (
    "I use the use of it.",
    "They read what he has read; please read it.",
    "We will record a record, won't we?",
    "Close the door; they close near the close house.",
    "You must present the present to the subject.",
    "To lead with lead, to wind in the wind.",
    "The apple and the pear, to eat or to drink.",
    "He went into it, into an inn, into the house.",
    "Thank you.",
    "It was for you, and of her.",
    "What are you looking at?",
    "A",
    "grade A milk",
    "I",
    "I am what I am.",
    "The dog's bone, the boss's desk, the dogs' bowls, the cat's tail.",
    "It'll do; that'd be it. They'd've gone?",
    "'Tis the season, rockin' round.",
    "Dr. Smith met Mr. Jones on St. John Street.",
    "Wait... what?! No!!",
    "Well — yes -- maybe - no.",
    "a well-known mother-in-law",
    'She said "hello" to us.',
    "hello (world)",
    "two, three; four: five,",
    "“Curly quotes,” he said, it’s fine.",
    "The zyxqwv is unknown.",
    "It costs 5 dollars.",
    "  spaces   between  words ",
    "...",
    "",
    "THE QUICK BROWN FOX",
    "She does; he doesn't. Can you? I can.",
    "This is some of that, which is so.",
)


def readings(golden: "Golden") -> None:
    phones = prototype().T.phones
    with lzma.open(CORPUS, "rt", encoding="utf8") as lines:
        corpus = [json.loads(line)["text"] for i, line in enumerate(lines) if i % EVERY == 0]
    golden.record("phones", [{"text": text, "phones": phones(text)} for text in [*CASES, *corpus]])
