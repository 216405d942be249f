"""eSpeak NG (Debian's package `espeak-ng`, GPL-3; a program that is run, its sound is its user's): a formant synthesiser of many
voices, as unlike recorded speech as speech can be. It tells no times: flite reads the same line and is warped onto it.
"""

import shutil
import tempfile
from pathlib import Path

from training.corpus.lines import Line
from training.corpus.teachers.flite import read_24k
from training.corpus.teachers.guide import Guide
from training.corpus.teachers.teacher import Speech, TeacherAbsent
from training.program import run_program

WORDS_A_MINUTE = 160
PEAK = 0.6
VARIANTS = "m1 m3 m5 m7 f2 f4 f5 klatt2 klatt4 anika Gene linda steph rob".split()


class Espeak:
    voices = ("espeak_en-us", "espeak_en-us-nyc+m2", *(f"espeak_en-us+{variant}" for variant in VARIANTS))

    def __init__(self) -> None:
        if shutil.which("espeak-ng") is None:
            raise TeacherAbsent("the teacher espeak lacks the program: apt-get install espeak-ng")
        self.guide = Guide()

    def say(self, line: Line) -> Speech:
        voice, speed = line.voices[0][0].removeprefix("espeak_"), round(WORDS_A_MINUTE * line.speed)
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "said.wav"
            run_program(["espeak-ng", "-v", voice, "-s", str(speed), "-w", str(file), line.text])
            sound = read_24k(file)
        return self.guide.timed(line, sound * (PEAK / max(1e-3, abs(sound).max())))
