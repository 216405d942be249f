"""python -m training.tokenizer --config x.toml: sound to integers and back. Resumes from its last checkpoint.

Several processes: torchrun --nproc-per-node 2 -m training.tokenizer --config x.toml
"""

import sys

from training.stage.entry import main
from training.tokenizer.train import TokenizerConfig, train_tokenizer

if __name__ == "__main__":
    sys.exit(main(TokenizerConfig, train_tokenizer, __doc__ or ""))
