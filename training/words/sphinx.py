"""Reads the trigram model of American English that CMU Sphinx ships (BSD-2-Clause): `en-us.lm.bin` of Debian's package
pocketsphinx-en-us, or of PyPI's pocketsphinx.

The file is a trie of reversed n-grams, after KenLM (Heafield 2011): a word, under it the words before it. Little-endian:

    "Trie Language Model", uint8 order = 3, uint32 counts of the three orders, uint32 quantiser
    float32 (3, 65536): chances of pairs, back-offs of pairs, chances of triples
    (float32 chance, float32 back-off, uint32 first pair) a word, and one more
    bit-packed pairs: the word before, back-off, chance, first triple; and one more
    bit-packed triples: the word before those, chance
    uint32 length, then the words, each ended by a zero

Chances are logarithms to the base 1.0001; here they are ln.
"""

import struct
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

MAGIC = b"Trie Language Model"
LN_BASE = np.log(1.0001)
BINS, BIN_BITS = 1 << 16, 16
WORD = np.dtype([("chance", "<f4"), ("backoff", "<f4"), ("first", "<u4")])
SPARE_BYTES = 8  # after each bit-packed array
START = "<s>"


@dataclass
class Sphinx:
    """alone, alone_backoff (words,); pairs (n, 2) of word numbers in speaking order, with chance and back-off (n,); triples
    (m, 3), with their chance (m,). All ln."""

    words: list[str]
    alone: np.ndarray
    alone_backoff: np.ndarray
    pairs: np.ndarray
    pair: np.ndarray
    pair_backoff: np.ndarray
    triples: np.ndarray
    triple: np.ndarray


def read_sphinx(file: Path) -> Sphinx:
    """@raises FileNotFoundError, ValueError"""
    if not file.exists():
        raise FileNotFoundError(f"no {file}: apt-get install pocketsphinx-en-us")
    data = file.read_bytes()
    at = len(MAGIC) + 1
    if data[:at] != MAGIC + b"\3":
        raise ValueError(f"{file} is no trigram model of Sphinx")
    counts = struct.unpack_from("<3I", data, at)
    at += 16
    bins = np.frombuffer(data, "<f4", 3 * BINS, at).reshape(3, BINS) * LN_BASE
    at += bins.size * 4
    words = np.frombuffer(data, WORD, counts[0] + 1, at)
    at += words.nbytes

    word_bits, next_bits = counts[0].bit_length(), counts[2].bit_length()
    widths = [word_bits, BIN_BITS, BIN_BITS, next_bits]
    filled = int(words["first"][-1])
    before, backoff, chance, first = unpack(data, at, filled + 1, widths)
    at += packed_bytes(counts[1], sum(widths))
    before2, chance2 = unpack(data, at, counts[2], [word_bits, BIN_BITS])
    at += packed_bytes(counts[2], word_bits + BIN_BITS)
    length = struct.unpack_from("<I", data, at)[0]
    names = data[at + 4 : at + 4 + length].split(b"\0")[: counts[0]]

    last = np.repeat(np.arange(counts[0]), np.diff(words["first"].astype(np.int64)))
    pairs = np.stack([before[:-1], last], 1)
    under = np.repeat(np.arange(filled), np.diff(first))
    return Sphinx(
        [name.decode() for name in names],
        words["chance"][:-1] * LN_BASE,
        words["backoff"][:-1] * LN_BASE,
        pairs,
        bins[0][chance[:-1]],
        bins[1][backoff[:-1]],
        np.concatenate([before2[:, None], pairs[under]], 1),
        bins[2][chance2],
    )


def packed_bytes(entries: int, bits: int) -> int:
    return ((1 + entries) * bits + 7) // 8 + SPARE_BYTES


def unpack(data: bytes, at: int, count: int, widths: Sequence[int]) -> list[np.ndarray]:
    """`count` entries of fields of so many bits, the lowest bit first, from byte `at` on -> (count,) of each field"""
    octets = np.frombuffer(data, np.uint8, offset=at)
    fields, start = [], np.arange(count) * sum(widths)
    for width in widths:
        value = np.zeros(count, np.int64)
        for octet in range((width + 14) // 8):
            value |= octets[(start >> 3) + octet].astype(np.int64) << 8 * octet
        fields.append(value >> (start & 7) & (1 << width) - 1)
        start = start + width
    return fields
