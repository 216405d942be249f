"""python -m training.evaluate.recognise MODEL FILES..: what an outside recogniser hears, as a JSON list. It needs nothing but
faster-whisper, so that it can run under an interpreter of its own.
"""

import json
import sys


def main() -> None:
    from faster_whisper import WhisperModel

    model, *files = sys.argv[1:]
    whisper = WhisperModel(model, device="cpu", compute_type="int8", cpu_threads=2)
    heard = []
    for file in files:
        segments, _ = whisper.transcribe(
            file,
            language="en",
            beam_size=5,
            condition_on_previous_text=False,
            without_timestamps=True,
            temperature=0.0,
        )
        heard.append(" ".join(segment.text.strip() for segment in segments))
    print(json.dumps(heard))


if __name__ == "__main__":
    main()
