"""Several processes that train one model (`torchrun`, DistributedDataParallel). Alone, all of this does nothing.

Every process draws other batches (its seed is the run's plus its rank); gradients are averaged; the first one writes.
"""

import os

import torch
import torch.distributed as dist
from torch import nn
from torch.nn.parallel import DistributedDataParallel


def own_device() -> torch.device:
    """This process's GPU, where there is one."""
    if not torch.cuda.is_available():
        return torch.device("cpu")
    return torch.device("cuda", int(os.environ.get("LOCAL_RANK", "0")))


class Processes:
    def __init__(self) -> None:
        self.count = int(os.environ.get("WORLD_SIZE", "1"))
        self.rank = int(os.environ.get("RANK", "0"))
        self.device = own_device()
        cuda = self.device.type == "cuda"
        if cuda:
            torch.cuda.set_device(self.device)
        if self.count > 1 and not dist.is_initialized():
            dist.init_process_group("nccl" if cuda else "gloo")

    @property
    def first(self) -> bool:
        return self.rank == 0

    def join(self, module: nn.Module) -> nn.Module:
        """The module on this process's device, its gradients averaged over all processes."""
        module.to(self.device)
        if self.count == 1:
            return module
        return DistributedDataParallel(module)

    def any(self, flag: bool) -> bool:
        """True everywhere as soon as it is true somewhere, so that all stop at the same step."""
        if self.count == 1:
            return flag
        shared = torch.tensor([float(flag)], device=self.device)
        dist.all_reduce(shared, dist.ReduceOp.MAX)
        return bool(shared.item())

    def same(self, number: int) -> bool:
        """Whether all have this number."""
        if self.count == 1:
            return True
        shared = torch.tensor([number, -number], device=self.device)
        dist.all_reduce(shared, dist.ReduceOp.MAX)
        most, least = shared[0], -shared[1]
        return bool(most == least)

    def close(self) -> None:
        if self.count > 1 and dist.is_initialized():
            dist.barrier()
            dist.destroy_process_group()
