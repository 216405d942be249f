"""Kokoro's symbols of a line as espeak's, one string a phone: what Piper's voices were trained on."""

from collections.abc import Sequence

from training.text.kokoro import symbols

WRITTEN_OUT = {
    "ɜɹ": "ɜː", "əɹ": "ɚ", "ᵊ": "ə", "W": "aʊ", "I": "aɪ", "A": "eɪ", "O": "oʊ", "Y": "ɔɪ", "ʧ": "tʃ", "ʤ": "dʒ",
    "ɑ": "ɑː", "ɔ": "ɔː", "i": "iː", "u": "uː",
}  # fmt: skip
STRESS_SIGNS = "ˈˌ"


def espeak_symbols(phones: Sequence[str]) -> list[str]:
    found = []
    for symbol in symbols(phones):
        plain = symbol.lstrip(STRESS_SIGNS)
        stress = symbol[: len(symbol) - len(plain)]
        found.append("i" if plain == "i" and not stress else stress + WRITTEN_OUT.get(plain, plain))
    return found
