"""Words that no training saw, said and spelled by the exported model itself (`lm.int8.onnx`, greedy): from letters to phones and
from true phones to letters. The lexicon, which knows these words, is not asked. Words that a list holds out can still stand in
sentences that were learnt from; those are not asked either.

Only the dictionary's usual form counts as right; many a word has others that are no worse.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import onnxruntime

from training.checkpoints import read_json
from training.evaluate.not_measured import NotMeasured
from training.evaluate.rates import Clip, Rate, compared, pooled
from training.grammar.rows import say_as_row, spell_row
from training.grammar.vocabulary import END, FIRST_LETTER, FIRST_PHONE, FIRST_UNIT, LETTERS, PHONES, bare, letters
from training.stepper import Stepper
from training.text.lexicon import first_forms
from training.text.words import words as words_of
from training.units import read_units, units_files

MOST_TOKENS = 40  # of an answer


@dataclass(frozen=True)
class Words:
    """Rates of words that are wrong, over words; phones: of phones without stress"""

    said: Rate
    said_bare: Rate
    phones: Rate
    spelled: Rate


def never_seen(listed: Sequence[str], learnt: Iterable[Path]) -> list[str]:
    """learnt: units files or folders -> those of `listed` in no sentence of their training. @raises NotMeasured"""
    try:
        files = units_files(*learnt)
    except FileNotFoundError as missing:
        raise NotMeasured(str(missing)) from missing
    texts = {said.text for said in read_units(*files) if said.split == "train"}
    seen = {word for text in texts for word in words_of(text)}
    return [word for word in listed if word not in seen]


def held_out_words(models: Path, listed: Path, learnt: Iterable[Path], most: int) -> Words:
    """listed: `lm.json` of the model's run; learnt: the units that it learnt from. @raises NotMeasured where either, or the
    dictionary's form of all words, is missing"""
    if not listed.exists():
        raise NotMeasured(f"{listed}, which lists the words held out, is missing")
    forms = first_forms()
    words = [word for word in never_seen(read_json(listed)["held_out_words"], learnt) if word in forms][:most]
    if not words:
        raise NotMeasured("no word was held out")
    wanted = [forms[word] for word in words]
    voice_dims = read_json(models / "manifest.json")["voiceDim"]
    session = onnxruntime.InferenceSession(str(models / "lm.int8.onnx"), providers=["CPUExecutionProvider"])
    asked = [say_as_row(letters(word + "."), ()).tokens[:-1] for word in words]
    said = [
        [PHONES[token - FIRST_PHONE] for token in answer if PHONES[token - FIRST_PHONE] != "."]
        for answer in answers(session, voice_dims, asked, (FIRST_PHONE, FIRST_LETTER))
    ]
    asked = [spell_row([*phones, "."], []).tokens[:-1] for phones in wanted]
    spelled = [
        "".join(LETTERS[token - FIRST_LETTER] for token in answer).rstrip(".")
        for answer in answers(session, voice_dims, asked, (FIRST_LETTER, FIRST_UNIT))
    ]
    pairs = list(zip(said, wanted, strict=True))
    return Words(
        pooled([wrong(tuple(found) != true) for found, true in pairs]),
        pooled([wrong(bare(found) != bare(list(true))) for found, true in pairs]),
        pooled([compared(bare(found), bare(list(true))) for found, true in pairs]),
        pooled([wrong(found != word) for found, word in zip(spelled, words, strict=True)]),
    )


def wrong(is_wrong: bool) -> Clip:
    return Clip(int(is_wrong), 1)


def answers(
    session: onnxruntime.InferenceSession, voice_dims: int, asked: Sequence[list[int]], among: tuple[int, int]
) -> list[list[int]]:
    """The likeliest tokens among [first, end) or <eos>, one after the other, for prompts; those of one length go together."""
    by_length: dict[int, list[int]] = defaultdict(list)
    for place, tokens in enumerate(asked):
        by_length[len(tokens)].append(place)
    found: list[list[int]] = [[] for _ in asked]
    for places in by_length.values():
        prompts = np.array([asked[place] for place in places])
        stepper, voice = Stepper.start(session, len(places)), np.zeros((len(places), voice_dims), np.float32)
        for place, answer in zip(places, answer_all(stepper, voice, prompts, among), strict=True):
            found[place] = answer
    return found


def answer_all(stepper: Stepper, voice: np.ndarray, fed: np.ndarray, among: tuple[int, int]) -> list[list[int]]:
    """fed (B, S): the prompts"""
    allowed, streams = np.array([END, *range(*among)]), len(fed)
    at, found, going = 0, [list[int]() for _ in fed], np.ones(streams, bool)
    most = fed.shape[1] + MOST_TOKENS
    while going.any() and at < most:
        place = np.tile(np.arange(at, at + fed.shape[1]), (streams, 1))
        logits = stepper.step(fed, place, place, voice)
        at += fed.shape[1]
        best = allowed[logits[:, allowed].argmax(-1)]
        going &= best != END
        for answer, token in zip(np.flatnonzero(going), best[going], strict=True):
            found[answer].append(int(token))
        fed = best[:, None]
    return found
