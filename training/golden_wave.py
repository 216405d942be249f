"""One golden file set for the vocoder alone: spoken words, not a pause, from the prototype's decoder and synthesis.

    python -m training.golden_wave    writes src/speech/4-wave/fixtures

The stretch holds voiced and voiceless sounds and a moving pitch, so the pulse train, both filters and the phase curve all
count. Arrays are raw little-endian float32, C-ordered; T frames of 25 ms.
"""

import json
from unittest.mock import patch

import numpy as np
import torch

from training.paths import REFERENCE, ROOT
from training.prototype import pipeline

FOLDER = ROOT / "src" / "speech" / "4-wave" / "fixtures"
FIRST_FRAME, FRAMES, SAMPLES_PER_FRAME = 20, 48, 600  # of the corpus's first utterance; 1.2 s
VOICE = "am_michael"
START_PHASE = 0.6  # of a period


@torch.no_grad()
def main() -> None:
    torch.set_num_threads(1)
    FOLDER.mkdir(parents=True, exist_ok=True)
    pipe = pipeline()
    units = np.load(REFERENCE / "units.npz")["codes"][FIRST_FRAME : FIRST_FRAME + FRAMES].astype(int)
    voice = torch.tensor(pipe.info["voices"][VOICE])[None].float()
    c = pipe.codec.dec(pipe.codec.fsq.values(torch.tensor(units)[None]), voice)
    noise = torch.randn(1, FRAMES * SAMPLES_PER_FRAME, generator=torch.Generator().manual_seed(2))
    with patch.object(torch, "rand", lambda *size, device, dtype: torch.full(size, START_PHASE, dtype=dtype)):
        waveform = pipe.codec.synth(c, c["logf0"].exp(), (c["vuv"] > 0).float(), noise)
    controls = torch.cat([c["logf0"][..., None], c["vuv"][..., None], c["harm"], c["noise"], c["phase"]], -1)
    for name, value in {"controls": controls, "noise": noise, "waveform": waveform}.items():
        (FOLDER / f"{name}.f32").write_bytes(value[0].numpy().astype("<f4").tobytes())
    facts = {
        "units": units.tolist(),
        "voice": VOICE,
        "start_phase": START_PHASE,
        "voiced_part": float((c["vuv"] > 0).float().mean()),
        "f0_hz": [float(f(c["logf0"].exp())) for f in (torch.min, torch.max)],
        "peak": float(waveform.abs().max()),
    }
    (FOLDER / "vocoder.json").write_text(json.dumps(facts, separators=(",", ":")) + "\n", encoding="utf8")
    print({name: value for name, value in facts.items() if name != "units"})


if __name__ == "__main__":
    main()
