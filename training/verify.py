"""Exported files against the prototype, on real speech: the figures that training/README.md quotes.

    python -m training.verify

`export --check` compares with our own definitions on random inputs; this compares ONNX Runtime with the prototype itself,
decodes the LM one token at a time, and says what int8 costs. Errors are absolute, float32.
"""

from typing import Any

import numpy as np
import onnxruntime
import torch
from scipy.signal import resample_poly

from training.golden_language import held_out_row
from training.golden_sound import CLIP, VOICE
from training.paths import LIBRIVOX, MODELS
from training.prototype import pipeline, prototype
from training.stepper import Stepper

Row = tuple[list[int], list[int], list[int], np.ndarray]  # tokens, time, phone, voice (32,)


def session(name: str) -> onnxruntime.InferenceSession:
    return onnxruntime.InferenceSession(str(MODELS / f"{name}.onnx"), providers=["CPUExecutionProvider"])


def run(name: str, **inputs: Any) -> np.ndarray:
    return session(name).run(None, {key: np.asarray(value) for key, value in inputs.items()})[0]


def error(a: Any, b: Any) -> float:
    return float(np.abs(np.asarray(a) - np.asarray(b)).max())


def sound_networks(pipe: Any) -> None:
    whole = pipe.load(str(LIBRIVOX / CLIP))
    frames = len(whole) // 600
    at_16k = torch.tensor(resample_poly(whole, 2, 3).astype(np.float32))[None]
    mel = prototype().logmel(torch.nn.functional.pad(at_16k, (0, 160)))
    wanted = pipe.adapter(pipe.whisper(mel)[:, : int(np.ceil(frames * 1.25))], frames)
    found = run("tokenizer-whisper", mel=mel, frames=np.array([frames]))
    agree = (found.argmax(-1) == wanted.numpy().argmax(-1)).mean()
    print(f"tokenizer-whisper: logits within {error(found, wanted):.1e}, digits equal {agree:.2%}")
    mel = pipe.codec.mel(torch.tensor(whole)[None])
    wanted = pipe.codec.enc(mel)
    found = run("tokenizer-mel", mel=mel)
    codes = pipe.codec.fsq(torch.tensor(found))[1] == pipe.codec.fsq(wanted)[1]
    print(f"tokenizer-mel: z within {error(found, wanted):.1e}, codes equal {codes.float().mean():.2%}")
    print(f"voice: within {error(run('voice', mel=mel), pipe.codec.voice(mel)):.1e}")
    values = pipe.codec.fsq(wanted)[0]
    voice = torch.tensor(pipe.info["voices"][VOICE])[None].float()
    c = pipe.codec.dec(values, voice)
    wanted = torch.cat([c["logf0"][..., None], c["vuv"][..., None], c["harm"], c["noise"], c["phase"]], -1)
    print(f"decoder: controls within {error(run('decoder', values=values, voice=voice), wanted):.1e}")


def one_by_one(name: str, row: Row) -> np.ndarray:
    """Teacher-forced, a token a step -> logits (S, V)"""
    tokens, time, phone, voice = row
    stepper = Stepper.start(session(name))
    return np.concatenate(
        [stepper.step([[x]], [[t]], [[p]], voice[None]) for x, t, p in zip(tokens, time, phone, strict=True)]
    )


def ragged(row: Row) -> float:
    """Two streams of different lengths in one batch against each alone -> largest error"""
    tokens, time, phone, voice = row
    lengths, worst = (20, 13), 0.0
    alone = [Stepper.start(session("lm")) for _ in lengths]
    for stepper, n in zip(alone, lengths, strict=True):
        stepper.step([tokens[:n]], [time[:n]], [phone[:n]], voice[None])
    both = Stepper.start(session("lm"), 2)
    layers, _, _, heads, _, head = alone[0].past.shape
    both.past = np.full((layers, 2, 2, heads, max(lengths) + 3, head), 1e3, np.float32)  # what is stale must not matter
    both.length = np.array(lengths)
    for b, (stepper, n) in enumerate(zip(alone, lengths, strict=True)):
        both.past[:, :, b, :, :n] = stepper.past[:, :, 0]
    new = [[ids[n : n + 4] for n in lengths] for ids in (tokens, time, phone)]
    together = both.step(*new, np.stack([voice, voice]))
    for b, stepper in enumerate(alone):
        x, t, p = ([ids[b]] for ids in new)
        worst = max(worst, error(stepper.step(x, t, p, voice[None])[0], together[b]))
    return worst


def nats(logits: np.ndarray, tokens: list[int], start: int) -> float:
    """Mean cross-entropy of tokens[start:] from the logits before them."""
    wide = torch.tensor(logits[start - 1 : -1])
    return float(torch.nn.functional.cross_entropy(wide, torch.tensor(tokens[start:])))


def language(pipe: Any) -> None:
    lm = prototype()
    row, units, voice = held_out_row()
    for task, (tokens, time, phone, start), vector in (
        ("speak", lm.row_tts(row, units), voice),
        ("listen", lm.row_asr(row, units), np.zeros_like(voice)),
    ):
        full = pipe.lm(*(torch.tensor([ids]) for ids in (tokens, time, phone)), torch.tensor(vector)[None])[0].numpy()
        stream = (tokens, time, phone, vector)
        exact, small = one_by_one("lm", stream), one_by_one("lm.int8", stream)
        print(f"lm, {task}: {len(tokens)} single steps against one full pass, logits within {error(exact, full):.1e}")
        cosine = (small * full).sum(-1) / np.linalg.norm(small, axis=-1) / np.linalg.norm(full, axis=-1)
        top = (small.argmax(-1) == full.argmax(-1))[start - 1 :].mean()
        print(
            f"lm.int8, {task}: logits within {error(small, full):.2f} (cosine at least {cosine.min():.5f}), same best "
            f"token {top:.1%}, {nats(small, tokens, start):.3f} nats a token instead of {nats(full, tokens, start):.3f}"
        )
        print(f"lm, {task}: two streams of different lengths at once, within {ragged(stream):.1e}")


def main() -> None:
    pipe = pipeline()
    sound_networks(pipe)
    language(pipe)


if __name__ == "__main__":
    main()
