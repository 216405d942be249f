"""Brings the five LibriVox test clips of pocketsphinx into e2e/fixtures/librivox.

    python -m training.librivox DIR    DIR: the package pocketsphinx-testdata, unpacked (`dpkg -x`)

The clips are 16 kHz, 16 bit, mono; they are copied as they are, with their transcripts and their licence.
"""

import json
import re
import shutil
import sys
from pathlib import Path

from training.paths import LIBRIVOX

CLIPS = Path("usr/share/pocketsphinx/test/data/librivox")
LICENCE = Path("usr/share/doc/pocketsphinx-testdata/copyright")
NOTE = """Five sentences of "Sense and Sensibility" (Jane Austen), chapter 1, read for LibriVox (public domain), as cut and
transcribed in the test data of pocketsphinx; from Debian's package pocketsphinx-testdata. Its licence follows.

"""
LINE = re.compile(r"<s> (?P<text>.*) </s> \((?P<clip>\S+)\)")


def transcripts(text: str) -> dict[str, str]:
    """pocketsphinx's transcription file -> clip name to text"""
    return {match["clip"]: match["text"] for match in LINE.finditer(text)}


def main() -> None:
    package = Path(sys.argv[1])
    LIBRIVOX.mkdir(parents=True, exist_ok=True)
    texts = transcripts((package / CLIPS / "transcription").read_text())
    short = {clip: f"sense-{clip.rsplit('-', 1)[1]}.wav" for clip in texts}
    for clip, name in short.items():
        shutil.copyfile(package / CLIPS / f"{clip}.wav", LIBRIVOX / name)
    content = {short[clip]: text for clip, text in texts.items()}
    (LIBRIVOX / "transcripts.json").write_text(json.dumps(content, indent=2) + "\n")
    terms = (package / LICENCE).read_text().split("\nFiles: doc/")[0]
    (LIBRIVOX / "LICENCE").write_text(NOTE + terms.rstrip() + "\n")


if __name__ == "__main__":
    main()
