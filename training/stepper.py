"""An exported language model, run on ONNX Runtime with a cache that is kept here."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import onnxruntime


@dataclass
class Stepper:
    """Streams may have different lengths. L layers, H heads of D, B streams, P cached positions."""

    lm: onnxruntime.InferenceSession
    past: np.ndarray  # (L, 2, B, H, P, D)
    length: np.ndarray  # (B,)

    @staticmethod
    def start(lm: onnxruntime.InferenceSession, streams: int = 1) -> "Stepper":
        layers, _, _, heads, _, head = next(given.shape for given in lm.get_inputs() if given.name == "past")
        return Stepper(lm, np.zeros((layers, 2, streams, heads, 0, head), np.float32), np.zeros(streams, int))

    def step(self, tokens: Any, time: Any, phone: Any, voice: np.ndarray) -> np.ndarray:
        """tokens, time, phone (B, S), voice (B, U) -> logits (B, V)"""
        ids = {"tokens": np.array(tokens), "time": np.array(time), "phone": np.array(phone)}
        feeds = {**ids, "voice": voice, "past": self.past, "past_length": self.length}
        logits, present = self.lm.run(None, feeds)
        self.past = np.concatenate([self.past, present], 4)
        self.length = self.length + ids["tokens"].shape[1]
        return logits
