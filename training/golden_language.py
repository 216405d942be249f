"""Golden files of the language model: logits of one prefix of each task, a greedy take, a greedy transcript, spelling.

The rows are the first held-out sentence of the corpus. Logits are (1144,), of the last position.
"""

from typing import TYPE_CHECKING, Any

import numpy as np
import torch

from training.paths import REFERENCE
from training.prototype import prototype
from training.units import stored

if TYPE_CHECKING:
    from training.golden import Golden

TEXT, VOICE = "The quick brown fox jumps over the lazy dog.", "af_heart"
PREFIX_UNITS = 40
HELD_OUT_WORDS = 10


def held_out_row() -> tuple[dict[str, Any], np.ndarray, np.ndarray]:
    """-> the first row of split test_text, its units (frames,), its voice (32,)"""
    one = next(one for one in stored(REFERENCE / "units.npz") if one.row["split"] == "test_text")
    assert one.voice is not None
    return one.row, one.units, one.voice.astype(np.float32)


def language(golden: "Golden", pipe: Any, codes: np.ndarray) -> None:
    """codes (T,): the clip's integers by the default tokenizer"""
    logits(golden, pipe)
    greedy_take(golden, pipe)
    greedy_transcript(golden, pipe, codes)
    held_out_spelling(golden, pipe)


def logits(golden: "Golden", pipe: Any) -> None:
    lm = prototype()
    row, units, voice = held_out_row()
    none = np.zeros_like(voice)
    spoken, spelt = [lm.PH[phone] for phone in row["phones"]], lm.letters(row["text"])
    streams = {
        "speak": (lm.row_tts(row, units), voice),
        "listen": (lm.row_asr(row, units), none),
        "babble": (lm.row_cont(row, units), voice),
        "say-as": (lm.row_pair(lm.G2P, spelt, spoken), none),
        "spell": (lm.row_pair(lm.P2G, spoken, spelt), none),
    }
    records = []
    for task, ((tokens, time, phone, start), vector) in streams.items():
        length = min(start + (PREFIX_UNITS if task in ("speak", "listen", "babble") else 4), len(tokens) - 1)
        x, t, p = (torch.tensor([ids[:length]]) for ids in (tokens, time, phone))
        golden.array(f"lm_{task}", pipe.lm(x, t, p, torch.tensor(vector)[None])[0, -1])
        ids = {"tokens": tokens[:length], "time": time[:length], "phone": phone[:length]}
        records.append({"task": task, **ids, "voice": vector.tolist(), "logits": f"lm_{task}", "next": tokens[length]})
    golden.record("lm", records)


def greedy_take(golden: "Golden", pipe: Any) -> None:
    """durations: frames of each phone, silences at both ends included"""
    lm = prototype()
    phones = lm.T.phones(TEXT)
    voice = torch.tensor(pipe.info["voices"][VOICE])[None].float()
    units, durations, forced, done = lm.gen_tts(pipe.lm, [phones], voice, temp=0.0, top_p=1.0)
    take = {"text": TEXT, "voice": VOICE, "phones": phones, "units": units[0].tolist(), "durations": durations[0]}
    golden.record("greedy_take", {**take, "forced": int(forced[0]), "finished": done[0]})


def greedy_transcript(golden: "Golden", pipe: Any, codes: np.ndarray) -> None:
    """phones: (phone, frames heard when it was said)"""
    lm = prototype()
    heard = lm.gen_asr(pipe.lm, [codes], max_run=4, bias=0.0)[0]
    spelt = lm.gen_pair(pipe.lm, lm.P2G, [[lm.PH[phone] for phone, _ in heard]], lm.LE0, lm.U0)[0]
    text = "".join(lm.LETTERS[i - lm.LE0] for i in spelt)
    golden.record("greedy_transcript", {"units": codes.tolist(), "phones": heard, "text": text})


def held_out_spelling(golden: "Golden", pipe: Any) -> None:
    """Words are given with a full stop, as in training."""
    lm = prototype()
    words = [word + "." for word in pipe.info["held_out_words"][:HELD_OUT_WORDS]]
    said = lm.gen_pair(pipe.lm, lm.G2P, [lm.letters(word) for word in words], lm.PH0, lm.LE0)
    spelt = lm.gen_pair(pipe.lm, lm.P2G, said, lm.LE0, lm.U0)
    golden.record(
        "say_as",
        [
            {
                "letters": word,
                "phones": [lm.PHONES[i - lm.PH0] for i in phones],
                "spelt": "".join(lm.LETTERS[i - lm.LE0] for i in letters),
            }
            for word, phones, letters in zip(words, said, spelt, strict=True)
        ],
    )
