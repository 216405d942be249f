"""python -m training.listen --config x.toml: tunes a finished language model to what the tokenizer emits."""

import sys

from training.listen.train import ListenConfig, train_listening
from training.stage.entry import main

if __name__ == "__main__":
    sys.exit(main(ListenConfig, train_listening, __doc__ or ""))
