"""python -m training.align --config x.toml: units with exact times to a network that finds the times of other recordings."""

import sys

from training.align.train import AlignConfig, train_aligner
from training.stage.entry import main

if __name__ == "__main__":
    sys.exit(main(AlignConfig, train_aligner, __doc__ or ""))
