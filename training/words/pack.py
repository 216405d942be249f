"""`words.gzip`: the model as the page reads it. Little-endian, histories in order, the start of a sentence last:

    "CVW2", uint32 words, uint32 pairs, uint32 contexts, uint32 triples
    uint8 -ln P of each word, uint8 -ln back-off of each history (words + 1), in steps of STEP
    varint pairs of each history (words + 1); varint successor (pairs); uint8 -ln P (pairs)
    varint contexts of each history (words + 1): which words came after it; varint word (contexts)
    uint8 -ln back-off (contexts), from -BACKOFF_ZERO steps on, for some are above 1
    varint triples of each context (contexts); varint successor (triples); uint8 -ln P (triples)

Successors and words are differences from the one before in the same list.
"""

import struct

import numpy as np

from training.words.model import WordModel

STEP = 0.08  # nats
BACKOFF_ZERO = 64


def pack(model: WordModel) -> bytes:
    size = len(model.backoff)
    context = model.contexts[:, 0] * size + model.contexts[:, 1]
    of_triple = np.searchsorted(context, model.triples[:, 0] * size + model.triples[:, 1])
    header = struct.pack("<4s4I", b"CVW2", len(model.alone), len(model.pairs), len(model.contexts), len(model.triples))
    parts = [
        steps(model.alone),
        steps(model.backoff),
        *lists(model.pairs[:, 0], model.pairs[:, 1], size),
        steps(model.pair),
        *lists(model.contexts[:, 0], model.contexts[:, 1], size),
        steps(model.context_backoff, BACKOFF_ZERO),
        *lists(of_triple, model.triples[:, 2], len(model.contexts)),
        steps(model.triple),
    ]
    return header + b"".join(parts)


def steps(chances: np.ndarray, zero: int = 0) -> bytes:
    return np.clip(np.rint(-np.log(chances) / STEP) + zero, 0, 255).astype(np.uint8).tobytes()


def lists(owner: np.ndarray, word: np.ndarray, owners: int) -> tuple[bytes, bytes]:
    """Sorted by owner, then word -> how many each owner has; the words as differences within their list."""
    new = np.diff(owner, prepend=-1) != 0
    return varints(np.bincount(owner, minlength=owners)), varints(np.where(new, word, np.diff(word, prepend=0)))


def varints(numbers: np.ndarray) -> bytes:
    """LEB128: seven bits a byte, the lowest first; the high bit says that more follow."""
    rest, out = numbers.astype(np.int64), []
    while True:
        more = rest >= 128
        out.append(np.where(more, rest & 127 | 128, rest & 127))
        if not more.any():
            break
        rest = rest >> 7
    octets = np.stack(out, 1).astype(np.uint8)
    longer = np.cumprod(np.concatenate([np.ones((len(numbers), 1), int), octets[:, :-1] >= 128], 1), 1).astype(bool)
    return octets[longer].tobytes()
