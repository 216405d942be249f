"""One step of the language model's training, for `lm` and `listen` alike: a task is drawn by its share, then a batch of it."""

import random
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Protocol

import torch

from training.grammar.vocabulary import BABBLE, LISTEN, SAY_AS, SPEAK, SPELL
from training.lm.losses import LmLosses
from training.lm.result import Language, write_lm
from training.lm.tables import Batch, Table
from training.stage.average import Average
from training.stage.processes import Processes
from training.stage.update import update

TASKS = {"speak": SPEAK, "listen": LISTEN, "babble": BABBLE, "say_as": SAY_AS, "spell": SPELL}
MOST_GRADIENT = 1.0
CHECK_ROWS = 32


class Drawn(Protocol):
    def draw(self, budget: int) -> Batch: ...


class LmStage:
    """tables: task -> what is learnt; checks: figure's name -> (task, rows never learnt); shares: task -> weight; half:
    bfloat16 for the matrices, on a GPU unless said (a CPU with AVX-512 bfloat16 gains half again as much speed)"""

    def __init__(
        self,
        losses: LmLosses,
        tables: Mapping[str, Drawn],
        checks: Mapping[str, tuple[str, Table]],
        shares: Mapping[str, float],
        tokens: int,
        language: Language,
        processes: Processes,
        weight_decay: float = 0.1,
        half: bool | None = None,
    ):
        unknown = set(shares) - set(tables)
        if unknown:
            raise ValueError(f"no such task: {', '.join(sorted(unknown))}; the tasks are {', '.join(TASKS)}")
        self.losses, self.tables, self.checks, self.shares = losses, tables, checks, shares
        self.tokens, self.language, self.processes = tokens, language, processes
        self.shared = processes.join(losses)
        self.average = Average(losses)
        matrices = [weight for weight in losses.parameters() if weight.dim() == 2]
        vectors = [weight for weight in losses.parameters() if weight.dim() != 2]
        groups = [{"params": matrices, "weight_decay": weight_decay}, {"params": vectors, "weight_decay": 0.0}]
        self.optimiser = torch.optim.AdamW(groups, betas=(0.9, 0.97))
        self.half = processes.device.type == "cuda" if half is None else half

    def step(self, step: int, rate: float) -> dict[str, float]:
        self.losses.train()
        task = random.choices(list(self.shares), list(self.shares.values()))[0]
        batch = self.tables[task].draw(self.tokens).to(self.processes.device)
        with torch.autocast(self.processes.device.type, torch.bfloat16, enabled=self.half):
            loss, shown = self.shared(batch, TASKS[task])
        update(self.optimiser, self.losses, loss, rate, MOST_GRADIENT)
        self.average.follow(self.losses, step)
        return {task: shown.item(), "tokens": float(batch.tokens.numel())}

    @torch.no_grad()
    def validation(self) -> dict[str, float]:
        """Of the averaged weights: nats a token, of listening a phone"""
        judge = self.average.module.eval()
        found = {}
        for name, (task, table) in self.checks.items():
            places = range(0, len(table), CHECK_ROWS)
            batches = [table.get(range(first, min(first + CHECK_ROWS, len(table)))) for first in places]
            shown = [judge(batch.to(self.processes.device), TASKS[task])[1].item() for batch in batches]
            found[name] = round(sum(shown) / len(shown), 4)
        return found

    def stateful(self) -> dict[str, Any]:
        return {"losses": self.losses, "average": self.average.module, "optimiser": self.optimiser}

    def finish(self, folder: Path) -> None:
        validation = self.validation()
        print(f"validation {validation}", flush=True)
        language = Language(self.language.voices, self.language.held_out_words, validation)
        write_lm(folder, self.average.module.lm, language)
