"""Where things lie, all relative to the repository. Owns no data; nothing here opens a file."""

from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
REFERENCE = ROOT.parent / "shared" / "reference"  # trained checkpoints, read only
PROTOTYPE = ROOT.parent / "shared" / "prototype"  # the scripts that made them: the exact specification
CORPUS = ROOT.parent / "shared" / "corpus" / "sentences.jsonl.xz"
MODELS = ROOT / "public" / "models"
KNOWN_ANSWER = ROOT / "src" / "gpu" / "ladder" / "known-answer.json"  # the shipped language model's
GOLDEN = ROOT / "src" / "speech" / "fixtures" / "golden"
LIBRIVOX = ROOT / "e2e" / "fixtures" / "librivox"
LISTEN_SENTENCES = ROOT / "bench" / "listen-sentences.json"
LISTEN_SETS = ROOT / ".cache" / "listen"  # speech to tune and to test listening with; never shipped
KOKORO_VOICES = ROOT / ".cache" / "kokoro-js" / "package" / "voices"  # of the npm package kokoro-js 1.2.1, unpacked
