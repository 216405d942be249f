"""python -m training.prefer --config x.toml: tunes a finished language model to say what is understood better."""

import sys

from training.prefer.train import PreferConfig, train_preferring
from training.stage.entry import main

if __name__ == "__main__":
    sys.exit(main(PreferConfig, train_preferring, __doc__ or ""))
