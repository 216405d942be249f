"""Phone error rate of the prototype's listening, so that other implementations can be compared on the same files.

    python -m training.prototype_figures [DIR] [--tokenizer whisper|mel] [--json OUT]

DIR holds WAV files and transcripts.json {file: text}; without one, the LibriVox clips. PER without stress: digits stripped,
punctuation, space and silence dropped, edits summed over the clips / summed reference length. Greedy, max_run 4, bias 0.
"""

import argparse
import json
from pathlib import Path
from typing import Any

from training.evaluate.listening import transcripts
from training.evaluate.rates import edits
from training.grammar.vocabulary import bare
from training.paths import LIBRIVOX
from training.prototype import pipeline, prototype


def figures(folder: Path, tokenizer: str) -> dict[str, Any]:
    """-> {per, edits, reference_phones, clips: [...]}; a clip whose transcript has an unknown word is listed as skipped"""
    proto, pipe = prototype(), pipeline()
    clips: list[dict[str, Any]] = []
    skipped: list[str] = []
    for file, text in transcripts(folder).items():
        wanted = proto.T.phones(text)
        if wanted is None:
            skipped.append(file)
            continue
        units = pipe.encode(pipe.load(str(folder / file)), tokenizer)
        heard = [phone for phone, _ in proto.gen_asr(pipe.lm, [units], max_run=4, bias=0.0)[0]]
        reference = bare(wanted)
        wrong = edits(bare(heard), reference)
        clips.append({"file": file, "edits": wrong, "reference_phones": len(reference), "phones": " ".join(heard)})
    total = sum(clip["reference_phones"] for clip in clips)
    wrong = sum(clip["edits"] for clip in clips)
    summary = {"tokenizer": tokenizer, "per": wrong / max(total, 1), "edits": wrong, "reference_phones": total}
    return {**summary, "clips": clips, "skipped": skipped}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", nargs="?", type=Path, default=LIBRIVOX)
    parser.add_argument("--tokenizer", choices=["whisper", "mel"], default="whisper")
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    text = json.dumps(figures(options.folder, options.tokenizer), indent=2)
    if options.json:
        options.json.write_text(text + "\n", encoding="utf8")
    print(text)


if __name__ == "__main__":
    main()
