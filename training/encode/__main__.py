"""python -m training.encode --config x.toml: a corpus through a trained tokenizer, to units files."""

import sys

from training.encode.encode import EncodeConfig, encode_corpora
from training.stage.entry import main

if __name__ == "__main__":
    sys.exit(main(EncodeConfig, encode_corpora, __doc__ or ""))
