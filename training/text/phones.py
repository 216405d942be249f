"""English text to ARPAbet phones, as the corpus was read: dictionary, endings, verb readings, weak forms.

Figures, abbreviations and unknown words are not read: such a text gives None and is left out of the corpus. (The page reads
them: `src/speech/1-letters` and `2-phones` are the fuller front end, with the same readings.)
"""

import re
import tomllib
from functools import cache
from pathlib import Path

from training.grammar.vocabulary import MARKS, SPACE
from training.text.lexicon import first_forms

Phones = list[str]
VERB_CALLERS = frozenset(
    "to will would can could should shall must may might did do does not don't didn't doesn't can't couldn't "
    "won't wouldn't cannot i you we they please let's i'll you'll we'll they'll he'll she'll never".split()
)
PAST_CALLERS = frozenset("i've he has had have been was were is are be being having".split())
ALWAYS_WEAK = frozenset("it me him her us them you".split())  # at the end of a clause too
VOICELESS, HISSING = frozenset("P T K F TH".split()), frozenset("S Z SH ZH CH JH".split())
ENDINGS = {"'ll": ("AH0", "L"), "'ve": ("AH0", "V"), "'re": ("ER0",), "'d": ("D",)}
BEFORE_VOWEL = {"the": "DH IY0", "to": "T UH0", "into": "IH0 N T UH0"}
PIECE = re.compile(r"[A-Za-z']+|[,.?!;:]|-+|\s+|.", re.DOTALL)
REPLACED = {"’": "'", "‘": "'", "“": '"', "”": '"', "—": ", ", "`": " ", "…": ", "}


@cache
def readings() -> dict[str, dict[str, tuple[str, ...]]]:
    tables = tomllib.loads((Path(__file__).parent / "readings.toml").read_text(encoding="utf8"))
    return {kind: {word: tuple(form.split()) for word, form in table.items()} for kind, table in tables.items()}


def is_vowel(phone: str) -> bool:
    return phone[-1] in "012"


def word_phones(word: str, before: str | None = None) -> Phones | None:
    """The full, stressed reading of one lower-case word after `before`; None where it is unknown."""
    verbs, forms = readings()["verbs"], first_forms()
    if word in verbs and before in VERB_CALLERS:
        return list(verbs[word])
    if word == "read" and before in PAST_CALLERS:
        return ["R", "EH1", "D"]
    if word in forms:
        return list(forms[word])
    return ending_phones(word)


def ending_phones(word: str) -> Phones | None:
    if word.endswith("s'"):
        return word_phones(word[:-1])
    if word.endswith("'s") and len(word) > 2:
        stem = word_phones(word[:-2])
        if stem is None:
            return None
        return stem + (["IH0", "Z"] if stem[-1] in HISSING else ["S"] if stem[-1] in VOICELESS else ["Z"])
    for ending, added in ENDINGS.items():
        if word.endswith(ending) and len(word) > len(ending):
            stem = word_phones(word[: -len(ending)])
            if stem is None:
                return None
            return stem + (["IH0", "D"] if ending == "'d" and stem[-1] in "TD" else list(added))
    inner = word.strip("'")
    return word_phones(inner) if inner and inner != word else None


def pieces(text: str) -> list[str] | None:
    """Lower-case words and marks, at most one mark after a word and one at the end; None where a sign can't be read."""
    for sign, plain in REPLACED.items():
        text = text.replace(sign, plain)
    text = re.sub(r"\b(Mr|Mrs|Ms|Dr|St)\.", r"\1", text)
    text = re.sub(r"\.\.\.+|--+| - ", ", ", text)
    if not re.search(r"[()\[\]]", text):
        text = text.replace('"', " ")
    found: list[str] = []
    for piece in PIECE.findall(text):
        if piece.isspace() or set(piece) == {"-"}:
            continue
        if piece in MARKS:
            add_mark(found, piece)
            continue
        word = "ay" if piece == "A" and found and found[-1] not in MARKS else piece.lower()  # the letter: "grade A milk"
        if not re.fullmatch(r"[a-z']+", word):
            return None
        if word.strip("'"):
            found.append(without_quotes(word))
    if not any(piece not in MARKS for piece in found):
        return None
    if found[-1] in ",;:":
        found[-1] = "."
    return found if found[-1] in MARKS else [*found, "."]


def add_mark(found: list[str], mark: str) -> None:
    """After another mark the stronger one stays."""
    if found and found[-1] in MARKS:
        if mark in "?!" or (mark == "." and found[-1] in ",;:"):
            found[-1] = mark
    elif found:
        found.append(mark)


def without_quotes(word: str) -> str:
    forms, inner = first_forms(), word.strip("'")
    if word not in forms and inner in forms and not word.endswith("s'"):
        return inner
    return word.lstrip("'") if word[0] == "'" and word not in forms else word


def text_phones(text: str) -> Phones | None:
    """ "The cat." -> DH AH0 _ K AE1 T . with " " between words; None where a word or a sign is unknown."""
    words = pieces(text)
    if words is None:
        return None
    full: list[Phones] = []
    before: str | None = None
    for word in words:
        said = [word] if word in MARKS else word_phones(word, before)
        if said is None:
            return None
        full.append(said)
        before = None if word in MARKS else word
    out: Phones = []
    for number, word in enumerate(words):
        if word not in MARKS and out:
            out.append(SPACE)
        out += full[number] if word in MARKS else in_context(words, full, number)
    return out


def in_context(words: list[str], full: list[Phones], number: int) -> Phones:
    """The weak form of a function word where it has one, else its full reading."""
    word, after = words[number], words[number + 1] if number + 1 < len(words) else "."
    alone = sum(other not in MARKS for other in words)
    weak = readings()["weak"]
    if word in weak and alone > 1 and (after not in MARKS or word in ALWAYS_WEAK):
        if after not in MARKS and word in BEFORE_VOWEL and is_vowel(full[number + 1][0]):
            return BEFORE_VOWEL[word].split()
        return ["Y", "UW0"] if word == "you" and alone == 2 else list(weak[word])
    return ["AY2"] if word == "i" and alone > 1 else full[number]
