"""python -m training.lm --config x.toml: units and spellings to a language model. Resumes from its last checkpoint.

Several processes: torchrun --nproc-per-node 2 -m training.lm --config x.toml
"""

import sys

from training.lm.train import LmConfig, train_lm
from training.stage.entry import main

if __name__ == "__main__":
    sys.exit(main(LmConfig, train_lm, __doc__ or ""))
