"""python -m training.corpus --config x.toml: texts to a teacher's speech in shards. A second run goes on where one stopped."""

import sys

from training.corpus.make import CorpusConfig, make_corpus
from training.stage.entry import main

if __name__ == "__main__":
    sys.exit(main(CorpusConfig, make_corpus, __doc__ or ""))
