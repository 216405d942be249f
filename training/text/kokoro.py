"""ARPAbet to the symbols of the teacher Kokoro (its own IPA), one list of token ids a phone.

American reduced vowels, flapped T and syllabic L and N are written as the teacher was trained on them.
"""

from collections.abc import Mapping, Sequence

from training.grammar.vocabulary import MARKS, SPACE
from training.text.phones import is_vowel

PLAIN = {
    "AA": "ɑ", "AE": "æ", "AH": "ʌ", "AO": "ɔ", "AW": "W", "AY": "I", "EH": "ɛ", "ER": "ɜɹ", "EY": "A", "IH": "ɪ", "IY": "i",
    "OW": "O", "OY": "Y", "UH": "ʊ", "UW": "u", "B": "b", "CH": "ʧ", "D": "d", "DH": "ð", "F": "f", "G": "ɡ", "HH": "h",
    "JH": "ʤ", "K": "k", "L": "l", "M": "m", "N": "n", "NG": "ŋ", "P": "p", "R": "ɹ", "S": "s", "SH": "ʃ", "T": "t",
    "TH": "θ", "V": "v", "W": "w", "Y": "j", "Z": "z", "ZH": "ʒ",
}  # fmt: skip
STRESS = {"0": "", "1": "ˈ", "2": "ˌ"}
WHOLE_WORDS = {
    "AH0": "ɐ",
    "AH0 N": "ɐ n",
    "AH0 V": "ʌ v",
    "W AH0 Z": "w ʌ z",
    "F R AH0 M": "f ɹ ʌ m",
    "B AH0 T": "b ʌ t",
    "D AH0 Z": "d ʌ z",
    "M AH0 S T": "m ʌ s t",
    "AH0 S": "ʌ s",
    "W ER0": "w ɜɹ",
    "HH ER0": "h ɜɹ",
}
NOT_BEFORE_SYLLABIC = frozenset("R L W Y HH".split())
SYLLABIC_N_AFTER = frozenset("T D S Z".split())


def schwa(word: Sequence[str], place: int) -> str:
    before, after, second = (word[place + d] if 0 <= place + d < len(word) else "" for d in (-1, 1, 2))
    consonant = bool(before) and not is_vowel(before) and before not in NOT_BEFORE_SYLLABIC
    open_syllable = bool(second) and is_vowel(second)
    syllabic = after == "L" or (after == "N" and before in SYLLABIC_N_AFTER)
    return "ᵊ" if consonant and syllabic and not open_syllable else "ə"


def vowel(word: Sequence[str], place: int) -> str:
    phone = word[place]
    after = word[place + 1] if place + 1 < len(word) else ""
    if phone == "AH0":
        return schwa(word, place)
    if phone == "ER0":
        return "əɹ"
    symbol = {"IY": "ɪ", "UW": "ʊ"}.get(phone[:-1]) if after == "R" else None
    return STRESS[phone[-1]] + (symbol or PLAIN[phone[:-1]])


def is_flap(word: Sequence[str], place: int) -> bool:
    """T between a vowel or R and an unstressed vowel, but not before a syllabic N."""
    if word[place] != "T" or place == 0 or place + 1 == len(word):
        return False
    before, after = word[place - 1], word[place + 1]
    button = after == "AH0" and word[place + 2 : place + 3] == ["N"]
    return (is_vowel(before) or before == "R") and after.endswith("0") and not button


def word_symbols(word: list[str]) -> list[str]:
    whole = WHOLE_WORDS.get(" ".join(word))
    if whole:
        return whole.split()
    return [
        vowel(word, place) if is_vowel(phone) else "ɾ" if is_flap(word, place) else PLAIN[phone]
        for place, phone in enumerate(word)
    ]


def symbols(phones: Sequence[str]) -> list[str]:
    """One string a phone."""
    out: list[str] = []
    word: list[str] = []
    for phone in phones:
        if phone == SPACE or phone in MARKS:
            out += [*word_symbols(word), phone]
            word = []
        else:
            word.append(phone)
    return out + word_symbols(word)


def tokens(phones: Sequence[str], vocabulary: Mapping[str, int]) -> list[list[int]]:
    """Token ids of each phone, in the teacher's vocabulary"""
    return [[vocabulary[sign] for sign in symbol] for symbol in symbols(phones)]
