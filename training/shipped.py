"""python -m training.shipped DIR: the shipped networks as a finished run leaves them, tokenizer and language model in one folder,
so that a run can begin from what is shipped and not from what it was once tuned from. The decoder comes without its
postfilter, which is for hearing and not for learning on.
"""

import sys
from pathlib import Path

from training.checkpoints import shipped_set
from training.lm.result import Language, write_lm
from training.models.postfilter import NO_POSTFILTER
from training.origin import SHIPPED_STAGE
from training.paths import MODELS
from training.stage.record import RunRecord, data_hash
from training.tokenizer.parts import Parts, TokenizerShapes
from training.tokenizer.result import write_tokenizer

PARTS = {"tokenizer": "tokenizer-whisper", "mel_encoder": "tokenizer-mel", "voice": "voice", "decoder": "decoder"}


def write_shipped(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    trained = shipped_set(postfilter=NO_POSTFILTER)
    parts = Parts(TokenizerShapes(trained.codec), mel_encoder=True, whisper=True)
    for part, name in PARTS.items():
        getattr(parts, part).load_state_dict(trained.networks[name][0].state_dict())
    write_tokenizer(folder, parts)
    record = RunRecord(folder, SHIPPED_STAGE, {}, 0, data_hash([MODELS / f"{name}.onnx" for name in trained.networks]))
    record.state("finished", 0)
    facts = trained.language
    write_lm(folder, trained.networks["lm"][0], Language(facts["voices"], facts["held_out_words"], facts["validation"]))


if __name__ == "__main__":
    write_shipped(Path(sys.argv[1]))
