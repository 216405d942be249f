"""How well a set of models listens: phone error rate without stress (greedy), word error rate (search), on folders of WAV files
with `transcripts.json` {file: text}.
"""

import json
from dataclasses import dataclass
from pathlib import Path

from training.evaluate.converge import Converge
from training.evaluate.not_measured import NotMeasured
from training.evaluate.rates import Clip, compared, words_compared
from training.grammar.vocabulary import bare
from training.text.phones import text_phones
from training.text.words import words


@dataclass(frozen=True)
class Listened:
    """phones, words: of each clip; unread: clips whose transcript has a word that the dictionary lacks, which have no phones"""

    phones: list[Clip]
    words: list[Clip]
    unread: int


def transcripts(folder: Path) -> dict[str, str]:
    """What is said in each file of a set, in order of name. @raises NotMeasured where the folder is not there"""
    listed = folder / "transcripts.json"
    if not listed.exists():
        raise NotMeasured(f"{folder} is missing (training/README.md says which command makes it)")
    return dict(sorted(json.loads(listed.read_text(encoding="utf8")).items()))


def listen_to(converge: Converge, folder: Path, tokenizer: str, most: int | None) -> Listened:
    """@raises NotMeasured where the folder is not there"""
    texts = dict(list(transcripts(folder).items())[:most])
    files = [folder / name for name in texts]
    greedy, searched = converge.listen(files, tokenizer, 1), converge.listen(files, tokenizer)
    phones, spelt, unread = [], [], 0
    for text, heard, found in zip(texts.values(), greedy, searched, strict=True):
        spelt.append(words_compared(words(found["text"]), words(text)))
        wanted = text_phones(text)
        if wanted is None:
            unread += 1
            continue
        phones.append(compared(bare([one["phone"] for one in heard["phones"]]), bare(wanted)))
    return Listened(phones, spelt, unread)
