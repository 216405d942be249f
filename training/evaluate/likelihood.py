"""python -m training.evaluate.likelihood MODEL LIST: how likely an outside recogniser finds what was said, as a JSON list of mean
natural logs a token of the text. LIST is a JSON file of [sound file, text]; as `recognise`, it needs nothing but faster-whisper.

The recogniser is told the text and only says how well it fits, which tells takes of a text apart long before a word is lost.
"""

import itertools
import json
import math
import sys
from pathlib import Path

MARGIN_FRAMES = 100  # of 10 ms: silence after the sound
LEAST_CHANCE = 1e-6  # of a token


def main() -> None:
    import ctranslate2
    import numpy as np
    from faster_whisper import WhisperModel
    from faster_whisper.audio import decode_audio
    from faster_whisper.tokenizer import Tokenizer

    model, told = sys.argv[1:]
    whisper = WhisperModel(model, device="cpu", compute_type="int8", cpu_threads=2)
    tokenizer = Tokenizer(whisper.hf_tokenizer, whisper.model.is_multilingual, task="transcribe", language="en")
    start = [*tokenizer.sot_sequence, tokenizer.no_timestamps]
    found = []
    for text, said in itertools.groupby(json.loads(Path(told).read_text(encoding="utf8")), key=lambda row: row[1]):
        heard = [whisper.feature_extractor(decode_audio(file)) for file, _ in said]
        frames = min(whisper.feature_extractor.nb_max_frames, max(mel.shape[1] for mel in heard) + MARGIN_FRAMES)
        whole = [mel[:, :frames] for mel in heard]
        mels = np.stack([np.pad(mel, ((0, 0), (0, frames - mel.shape[1]))) for mel in whole])
        tokens = tokenizer.encode(" " + as_sentence(text))
        encoded = whisper.model.encode(ctranslate2.StorageView.from_array(np.ascontiguousarray(mels, np.float32)))
        for aligned in whisper.model.align(encoded, start, [tokens] * len(heard), [frames] * len(heard)):
            logs = [math.log(max(chance, LEAST_CHANCE)) for chance in aligned.text_token_probs]
            found.append(sum(logs) / len(logs))
    print(json.dumps(found))


def as_sentence(text: str) -> str:
    """As the recogniser itself would write it, so that only the sound counts"""
    return text[:1].upper() + text[1:] + ("" if text[-1:] in ".?!" else ".")


if __name__ == "__main__":
    main()
