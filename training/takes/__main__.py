"""python -m training.takes --config x.toml: what a language model says and understands itself, to units files."""

import sys

from training.stage.entry import main
from training.takes.make import TakesConfig, make_takes

if __name__ == "__main__":
    sys.exit(main(TakesConfig, make_takes, __doc__ or ""))
