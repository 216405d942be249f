"""python -m training.evaluate --config x.toml: one report on a set of models, `report.md` and `report.json` in `out`."""

import sys

from training.evaluate.evaluate import EvaluateConfig, evaluate
from training.stage.entry import main

if __name__ == "__main__":
    sys.exit(main(EvaluateConfig, evaluate, __doc__ or ""))
