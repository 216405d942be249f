"""Makes the tuning set `tune/actors`: people whom no model has heard, the actors of a game's dialogue.

    python -m training.actors DIR PYTHON MODEL MODEL
        DIR: Debian's package flight-of-the-amazon-queen, unpacked (`dpkg -x`); PYTHON: an interpreter that has faster-whisper;
        MODEL: two different models of it

To choose between models by, and to count what they mishear; no network learns from them: the recordings may be passed on with their
game alone and free of charge, and what is made of them likewise. Nothing of them is kept outside the cache. A line is
taken where both models hear the same words, so that its text needs no other source: such lines are rather clearer than the rest.
"""

import random
import struct
import sys
from collections.abc import Iterator
from io import BytesIO
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import soundfile

from training.evaluate.judges import Recogniser, transcribe
from training.recordings import LEAST_WORDS, write_set, write_wav
from training.text.phones import text_phones
from training.text.words import words

GAME = Path("usr/share/scummvm/flight-of-the-amazon-queen/queen.1c")
RATE_HZ = 11025
SHORTEST_S, LONGEST_S = 2.0, 6.0
ASKED, WANTED = 240, 100
COUNT_AT, ENTRY = 13, struct.Struct(">12sxII")  # name, offset, size in bytes


def spoken(game: bytes) -> Iterator[bytes]:
    """The game's one file, as ScummVM's engine `queen` packs it -> its lines, each an MP3 stream; what is not speech has a name
    filled with S"""
    (count,) = struct.unpack_from(">H", game, COUNT_AT)
    for place in range(count):
        name, offset, size = ENTRY.unpack_from(game, COUNT_AT + 2 + place * ENTRY.size)
        if name.rstrip(b"\0").endswith(b".SB") and b"SS" not in name:
            yield game[offset : offset + size]


def lines(game: bytes) -> Iterator[np.ndarray]:
    """Samples (N,) int16 at RATE_HZ of lines of a fit length, in an order of chance"""
    every = list(spoken(game))
    for stream in random.Random(0).sample(every, len(every)):
        samples, rate = soundfile.read(BytesIO(stream), dtype="int16")
        if rate == RATE_HZ and SHORTEST_S <= len(samples) / RATE_HZ <= LONGEST_S:
            yield samples


def agreed(one: str, other: str) -> str | None:
    """What two recognisers both heard, in the words of the dictionary"""
    heard = words(one)
    text = " ".join(heard)
    return text if heard == words(other) and len(heard) >= LEAST_WORDS and text_phones(text) else None


def main() -> None:
    package, python, *models = map(Path, sys.argv[1:])
    chosen = list(islice(lines((package / GAME).read_bytes()), ASKED))
    with TemporaryDirectory() as folder:
        files = [Path(folder) / f"{number:03}.wav" for number in range(len(chosen))]
        for samples, file in zip(chosen, files, strict=True):
            write_wav(file, samples, RATE_HZ)
        one, other = (transcribe(Recogniser(model, python), files) for model in models)
    texts = {}
    for samples, *heard in zip(chosen, one, other, strict=True):
        text = agreed(*heard)
        if text:
            texts.setdefault(text, samples)
    write_set("tune/actors", list(texts)[:WANTED], lambda text, path: write_wav(path, texts[text], RATE_HZ))


if __name__ == "__main__":
    main()
