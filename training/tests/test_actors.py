"""A game's file and the lines in it; which of them have a text that is sure."""

import struct
from io import BytesIO

import numpy as np
import pytest
import soundfile

from training.actors import COUNT_AT, ENTRY, RATE_HZ, agreed, lines, spoken


def mp3(seconds: float, rate_hz: int = RATE_HZ) -> bytes:
    stream = BytesIO()
    tone = 0.3 * np.sin(2 * np.pi * 220 * np.arange(int(seconds * rate_hz)) / rate_hz)
    soundfile.write(stream, tone, rate_hz, format="MP3")
    return stream.getvalue()


def game(files: dict[str, bytes]) -> bytes:
    offset, listed = COUNT_AT + 2 + len(files) * ENTRY.size, b""
    for name, content in files.items():
        listed += ENTRY.pack(name.encode(), offset, len(content))
        offset += len(content)
    return bytes(COUNT_AT) + struct.pack(">H", len(files)) + listed + b"".join(files.values())


def test_what_is_speech_is_told_by_its_name() -> None:
    files = {"020001P2.SB": b"a line", "HOTEL.CUT": b"a scene", "1030SSSS.SB": b"a door", "C69G_292.SB": b"another"}
    assert list(spoken(game(files))) == [b"a line", b"another"]


def test_lines_of_a_fit_length_are_taken() -> None:
    found = list(lines(game({"1.SB": mp3(3), "2.SB": mp3(1), "3.SB": mp3(9), "4.SB": mp3(3, 22050)})))
    assert len(found) == 1
    assert found[0].dtype == np.int16
    assert len(found[0]) / RATE_HZ == pytest.approx(3, abs=0.2)  # MP3 pads what it packs


@pytest.mark.parametrize(
    ("one", "other", "text"),
    [
        ("You can't do that, can you?", "you can't do that can you", "you can't do that can you"),
        ("You can't do that.", "You can do that.", None),
        ("Not now.", "Not now.", None),
        ("There is a zxqv in here.", "There is a zxqv in here.", None),
    ],
)
def test_a_text_is_what_both_heard(one: str, other: str, text: str | None) -> None:
    assert agreed(one, other) == text
