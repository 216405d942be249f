"""How well takes are understood. A judge gives each a figure, more where it is understood better: the language model itself, which
needs no sound, or an outside recogniser, which hears them.
"""

from collections.abc import Callable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import soundfile
import torch
from torch import Tensor

from training.evaluate.judges import Recogniser, likelihoods
from training.evaluate.not_measured import NotMeasured
from training.grammar.rows import Utterance, listen_row
from training.lm.losses import listening_nats, logits_of
from training.lm.tables import batch, pack
from training.models.lm import LM
from training.models.mel import CODEC_HZ
from training.tokenizer.decoded import sound_of
from training.tokenizer.parts import Parts

Judge = Callable[
    [Sequence[Sequence[Utterance]]], list[np.ndarray]
]  # of each text several takes -> of each text a figure a take
NOISES = 2  # of the vocoder, with which a recogniser hears each take


def own_ear(lm: LM) -> Judge:
    """Natural logs a phone, listening to the takes' own units"""
    return lambda texts: [-nats_a_phone(lm, takes).numpy() for takes in texts]


@torch.no_grad()
def nats_a_phone(lm: LM, takes: Sequence[Utterance]) -> Tensor:
    """-> (takes,): what listening is trained to, the end of the row among it"""
    no_voice = np.zeros(lm.shape.voice, np.float32)
    rows = batch([pack(listen_row(take)) for take in takes], [no_voice] * len(takes)).to(lm.emb.weight.device)
    logits = logits_of(lm, rows, rows.tokens, rows.voice).float()
    learnt = rows.learnt[:, 1:]
    nats, _, is_unit = listening_nats(logits, rows.tokens[:, 1:])
    return ((nats * learnt).sum(1) / (learnt & ~is_unit).sum(1)).cpu()


def outside_ear(parts: Parts, recogniser: Recogniser) -> Judge:
    """Natural logs a token of the text, the mean of `NOISES` hearings. @raises ValueError where the recogniser does not run"""
    heard(recogniser, [])  # refused before anything is drawn

    def judge(texts: Sequence[Sequence[Utterance]]) -> list[np.ndarray]:
        with TemporaryDirectory() as folder:
            said = []
            for take in (take for takes in texts for take in takes):
                for sound in sounds(parts, take):
                    file = Path(folder) / f"{len(said):06}.wav"
                    soundfile.write(file, sound, CODEC_HZ)
                    said.append((file, take.text))
            found = iter(np.reshape(heard(recogniser, said), (-1, NOISES)).mean(1))
        return [np.array([next(found) for _ in takes]) for takes in texts]

    return judge


def heard(recogniser: Recogniser, said: Sequence[tuple[Path, str]]) -> list[float]:
    """As `likelihoods`. @raises ValueError"""
    try:
        return likelihoods(recogniser, said)
    except NotMeasured as failed:
        raise ValueError(str(failed)) from failed


def sounds(parts: Parts, take: Utterance) -> np.ndarray:
    """-> (NOISES, N)"""
    units = torch.from_numpy(take.units.astype(np.int64)).expand(NOISES, -1).to(parts.device)
    voice = torch.from_numpy(take.voice).expand(NOISES, -1).to(parts.device)
    return sound_of(parts, units, voice, 0.0, 0.0).cpu().numpy()
