"""Reads the weights of a CTranslate2 model: the binary file `model.bin`, version 6, as OpenNMT's converters write it.

Little-endian: version, name of the specification, its revision, number of tensors; for each tensor its name, rank,
sizes, type and bytes; then names that stand for others. Strings end in a zero that their length counts.
"""

import struct
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

VERSION = 6
TYPES = (np.float32, np.int8, np.int16, np.int32, np.float16)


@dataclass
class Reader:
    data: bytes
    at: int = 0

    def number(self, form: str) -> int:
        value = struct.unpack_from("<" + form, self.data, self.at)[0]
        self.at += struct.calcsize("<" + form)
        return value

    def text(self) -> str:
        length = self.number("H")
        self.at += length
        return self.data[self.at - length : self.at - 1].decode()

    def tensor(self) -> NDArray:
        sizes = [self.number("I") for _ in range(self.number("B"))]
        dtype = np.dtype(TYPES[self.number("B")])
        length = self.number("I")
        self.at += length
        return np.frombuffer(self.data, dtype, length // dtype.itemsize, self.at - length).reshape(sizes)


def read_weights(data: bytes) -> dict[str, NDArray]:
    """Name -> tensor as stored. @raises ValueError for another version"""
    reader = Reader(data)
    version = reader.number("I")
    if version != VERSION:
        raise ValueError(f"a CTranslate2 model of version {version}; only version {VERSION} can be read here")
    reader.text(), reader.number("I")
    count = reader.number("I")
    return {reader.text(): reader.tensor() for _ in range(count)}
