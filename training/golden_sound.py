"""Golden files of everything that touches samples: loading, resampling, mels, tokenizers, decoder, synthesis.

Shapes: T frames of 25 ms. The crop is the clip's first 80 frames (2 s, 48,000 samples), treated as a whole utterance.
"""

from typing import TYPE_CHECKING, Any
from unittest.mock import patch

import numpy as np
import torch
from scipy.signal import resample_poly

from training.paths import LIBRIVOX, REFERENCE
from training.prototype import prototype

if TYPE_CHECKING:
    from training.golden import Golden

CLIP = "sense-0880.wav"  # the shortest
CROP_FRAMES, SAMPLES_PER_FRAME = 80, 600
DECODED_FRAMES, DECODED_FROM = 24, 400
VOICE = "af_heart"
START_PHASE = 0.25  # of a period
RATES_HZ = ((24000, 16000), (44100, 24000), (16000, 24000), (48000, 24000), (8000, 24000))


def sound(golden: "Golden", pipe: Any) -> np.ndarray:
    """-> the whole clip's integers by the default tokenizer (T,)"""
    whole = pipe.load(str(LIBRIVOX / CLIP))
    crop = whole[: CROP_FRAMES * SAMPLES_PER_FRAME]
    codes = pipe.encode(whole)
    golden.array("prepared", crop)  # (48000,) at 24 kHz
    golden.record(
        "audio",
        {
            "clip": CLIP,
            "samples": len(whole),
            "rms": float(np.sqrt((whole**2).mean())),
            "peak": float(np.abs(whole).max()),
            "codes_whisper": codes.tolist(),
            "codes_mel": pipe.encode(whole, "mel").tolist(),
        },
    )
    resampling(golden)
    tokenizers(golden, pipe, crop)
    synthesis(golden, pipe)
    return codes


def resampling(golden: "Golden") -> None:
    """A rising tone with noise, 50 ms, by scipy's resample_poly with its default window."""
    noise = np.random.default_rng(1)
    for source, target in RATES_HZ:
        t = np.arange(source // 20) / source
        x = (0.4 * np.sin(2 * np.pi * (200 + 40000 * t) * t) + 0.05 * noise.standard_normal(len(t))).astype(np.float32)
        common = np.gcd(source, target)
        golden.array(f"resample_{source}_{target}_in", x)
        golden.array(f"resample_{source}_{target}_out", resample_poly(x, target // common, source // common))


def tokenizers(golden: "Golden", pipe: Any, crop: np.ndarray) -> None:
    """Mels, networks' outputs and integers of the crop."""
    samples = torch.tensor(crop)[None]
    at_16k = torch.tensor(resample_poly(crop, 2, 3).astype(np.float32))[None]
    whisper_mel = prototype().logmel(torch.nn.functional.pad(at_16k, (0, 160)))
    codec_mel = pipe.codec.mel(samples)
    z = pipe.codec.enc(codec_mel)
    values, codes = pipe.codec.fsq(z)
    golden.array("whisper_mel", whisper_mel[0])  # (80, 201): 100 Hz, one frame more than the crop
    golden.array("codec_mel", codec_mel[0])  # (80, 2T)
    golden.array("tokenizer_mel_z", z[0])  # (T, 5), before tanh
    golden.array("fsq_values", values[0])  # (T, 5) in -1..1
    golden.array("voice", pipe.codec.voice(codec_mel)[0])  # (32,)
    features = pipe.whisper(whisper_mel)[:, : int(np.ceil(CROP_FRAMES * 1.25))]
    golden.array("tokenizer_whisper_logits", pipe.adapter(features, CROP_FRAMES)[0])  # (T, 5, 4)
    golden.record("codes", {"whisper": pipe.encode(crop).tolist(), "mel": codes[0].tolist()})


def synthesis(golden: "Golden", pipe: Any) -> None:
    """24 units of the corpus in one voice: controls, then sound with stated noise and start phase."""
    units = np.load(REFERENCE / "units.npz")["codes"][DECODED_FROM : DECODED_FROM + DECODED_FRAMES].astype(int)
    voice = torch.tensor(pipe.info["voices"][VOICE])[None].float()
    c = pipe.codec.dec(pipe.codec.fsq.values(torch.tensor(units)[None]), voice)
    noise = torch.randn(1, DECODED_FRAMES * SAMPLES_PER_FRAME, generator=torch.Generator().manual_seed(1))
    f0_hz, voiced = c["logf0"].exp(), (c["vuv"] > 0).float()
    with patch.object(torch, "rand", lambda *size, device, dtype: torch.full(size, START_PHASE, dtype=dtype)):
        pulses = pipe.codec.synth.pulses(f0_hz, voiced)
        waveform = pipe.codec.synth(c, f0_hz, voiced, noise)
    parts = [c["logf0"][..., None], c["vuv"][..., None], c["harm"], c["noise"], c["phase"]]
    golden.array("decoder_values", pipe.codec.fsq.values(torch.tensor(units)[None])[0])  # (T, 5)
    golden.array("decoder_controls", torch.cat(parts, -1)[0])  # (2T, 162)
    golden.array("synth_noise", noise[0])  # (600 T,)
    golden.array("synth_pulses", pulses[0])  # (600 T,)
    golden.array("synth_waveform", waveform[0])  # (600 T,) at 24 kHz
    golden.record("decoder", {"units": units.tolist(), "voice": VOICE, "start_phase": START_PHASE})
