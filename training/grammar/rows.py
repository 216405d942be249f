"""An utterance or a pair of spellings as one row of tokens. V stands for the voice, in the place of <pad>.

speak    V <tts> ph1 .. phN <go> ph1 u u u ph2 u u .. <eos>    a phone comes before its units: its length is not said
listen   V <asr> u u u ph1 u ph2 u u .. <eos>                  a phone comes DELAY_FRAMES after its last unit
babble   V <cont> u u u .. <eos>
say as   V <g2p> letters <go> phones <eos>
spell    V <p2g> phones <go> letters <eos>
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

import numpy as np

from training.grammar.vocabulary import (
    BABBLE,
    DELAY_FRAMES,
    END,
    FIRST_UNIT,
    GO,
    LISTEN,
    PAD,
    PHONE_IDS,
    SAY_AS,
    SILENCE,
    SPEAK,
    SPELL,
)

MOST_FRAMES_PER_PHONE = 32  # 0.8 s: the grammar of speaking ends a longer one


@dataclass
class Utterance:
    """What was said, and when. lead + sum(durations) + tail = len(units), in frames of 25 ms."""

    text: str
    phones: list[str]
    lead: int
    durations: list[int]
    tail: int
    units: np.ndarray  # (frames,)
    voice: np.ndarray  # (voice dims,) float32
    voices: list[tuple[str, float]] = field(default_factory=list)  # the teacher's name and share
    split: str = "train"
    features: np.ndarray | None = None  # (frames, W) float16: Whisper's, of the sound as it arrived, where they were kept

    def spans(self) -> list[tuple[str, int]]:
        """(phone, frames), with the silences at both ends"""
        said = zip(self.phones, self.durations, strict=True)
        return [(SILENCE, self.lead), *said, (SILENCE, self.tail)]

    @property
    def fits(self) -> bool:
        return self.lead + sum(self.durations) + self.tail == len(self.units)


@dataclass
class Row:
    """tokens, time (frames so far), phone (phones so far): as long as each other. Tokens from `start` on are learnt, but for
    the places in `passed_over`."""

    tokens: list[int] = field(default_factory=list)
    time: list[int] = field(default_factory=list)
    phone: list[int] = field(default_factory=list)
    start: int = 0
    passed_over: set[int] = field(default_factory=set)

    def add(self, token: int, time: int = 0, phone: int = 0) -> None:
        self.tokens.append(token)
        self.time.append(time)
        self.phone.append(phone)


def begin(task: int) -> Row:
    row = Row()
    row.add(PAD)
    row.add(task)
    row.start = 2
    return row


def speak_row(said: Utterance) -> Row:
    row, spans, frame = begin(SPEAK), said.spans(), 0
    for number, (phone, _) in enumerate(spans, start=1):
        row.add(PHONE_IDS[phone], phone=number)
    row.add(GO)
    row.start = len(row.tokens)
    for number, (phone, frames) in enumerate(spans, start=1):
        row.add(PHONE_IDS[phone], frame, number)
        for unit in said.units[frame : frame + frames]:
            frame += 1
            row.add(FIRST_UNIT + int(unit), frame, number)
    row.add(END, frame, len(spans))
    return row


def due_frames(said: Utterance) -> list[int]:
    """Frames heard when each phone is to be said, at the latest all"""
    due = np.cumsum([said.lead, *said.durations])[1:] + DELAY_FRAMES
    return np.minimum(due, len(said.units)).tolist()


def listen_row(said: Utterance) -> Row:
    return history_row(said, list(zip(due_frames(said), said.phones, strict=True)), frozenset())


def history_row(said: Utterance, sayings: Sequence[tuple[int, str]], forgiven: Collection[int]) -> Row:
    """sayings: (frame, phone) in the order of saying; forgiven: frames whose unit is not learnt"""
    row, heard = begin(LISTEN), 0
    for frame, unit in enumerate(said.units, start=1):
        if frame in forgiven:
            row.passed_over.add(len(row.tokens))
        row.add(FIRST_UNIT + int(unit), frame, heard)
        while heard < len(sayings) and sayings[heard][0] <= frame:
            heard += 1
            row.add(PHONE_IDS[sayings[heard - 1][1]], frame, heard)
    row.add(END, len(said.units), heard)
    return row


def babble_row(said: Utterance) -> Row:
    row = begin(BABBLE)
    for frame, unit in enumerate(said.units, start=1):
        row.add(FIRST_UNIT + int(unit), frame)
    row.add(END, len(said.units))
    return row


def pair_row(task: int, given: Sequence[int], wanted: Sequence[int]) -> Row:
    """Ids of letters and phones; both positions simply count."""
    tokens = [PAD, task, *given, GO, *wanted, END]
    places = list(range(len(tokens)))
    return Row(tokens, places, list(places), start=3 + len(given))


def say_as_row(letters: Sequence[int], phones: Sequence[str]) -> Row:
    return pair_row(SAY_AS, letters, [PHONE_IDS[phone] for phone in phones])


def spell_row(phones: Sequence[str], letters: Sequence[int]) -> Row:
    return pair_row(SPELL, [PHONE_IDS[phone] for phone in phones], letters)
