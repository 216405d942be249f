"""Festival (University of Edinburgh, X11-like), the program of Debian's package `festival` with the diphone voice of
`festvox-kdlpc16k`. It tells when each of its phones ends.
"""

import json
import shutil
import tempfile
from pathlib import Path

from training.corpus.lines import Line
from training.corpus.teachers.flite import NAMES, read_24k, timed
from training.corpus.teachers.teacher import Speech, TeacherAbsent
from training.program import run_program

SCRIPT = """(voice_{voice}_diphone)
(Parameter.set 'Duration_Stretch {stretch:.3f})
(set! said (utt.synth (Utterance Text {text})))
(utt.save.wave said "{sound}" 'riff)
(utt.save.segs said "{segments}")
"""


class Festival:
    voices = ("festival_ked",)

    def __init__(self) -> None:
        if shutil.which("festival") is None:
            raise TeacherAbsent("the teacher festival lacks the program: apt-get install festival festvox-kdlpc16k")

    def say(self, line: Line) -> Speech:
        with tempfile.TemporaryDirectory() as folder:
            sound, segments, script = (Path(folder) / name for name in ("said.wav", "said.lab", "say.scm"))
            voice, text = line.voices[0][0].removeprefix("festival_"), json.dumps(line.text)
            asked = SCRIPT.format(voice=voice, stretch=1 / line.speed, text=text, sound=sound, segments=segments)
            script.write_text(asked, encoding="utf8")
            run_program(["festival", "-b", str(script)])
            told = [row.split() for row in segments.read_text(encoding="utf8").splitlines()[1:]]  # the first is a "#"
            said = read_24k(sound)
        names = [NAMES.get(name.upper(), name.upper()) for _, _, name in told]
        return timed(said, line.phones, names, [float(end) for end, _, _ in told])
