"""The same act on many shards: in this process, in several, or as a Ray Data job on many machines.

With Ray the shards must lie where all machines see them. Ray (Apache-2.0) is wanted only when a config says `engine = "ray"`.
"""

from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import active_children, get_context
from typing import Any, Literal, TypeVar

from training.stage.stop import Stopped, StopRequest

R = TypeVar("R")
Engine = Literal["processes", "ray"]


def in_parallel(act: Callable[[int], R], numbers: Sequence[int], workers: int, engine: Engine) -> list[R]:
    """act(number) for every number -> the results in order"""
    if engine == "ray":
        return in_ray(act, numbers)
    if workers == 1:
        return [act(number) for number in numbers]
    with StopRequest(tell_children) as stop, ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        try:
            return list(pool.map(act, numbers))
        except (BrokenProcessPool, KeyboardInterrupt):
            if stop.asked:
                raise Stopped from None
            raise


def tell_children() -> None:
    """A terminal's Ctrl-C reaches them by itself, another signal does not."""
    for child in active_children():
        child.terminate()


def in_ray(act: Callable[[int], R], numbers: Sequence[int]) -> list[R]:
    """@raises ValueError where Ray is not installed"""
    try:
        import ray
        import ray.data
    except ModuleNotFoundError as missing:
        raise ValueError(
            f'engine = "ray" lacks the package {missing.name}: pip install -r training/requirements-ray.txt'
        ) from missing

    def one(row: dict[str, Any]) -> dict[str, Any]:
        return {"number": row["number"], "result": list(act(row["number"]))}  # type: ignore[call-overload]

    if not ray.is_initialized():
        ray.init(include_dashboard=False, log_to_driver=False)
    rows = ray.data.from_items([{"number": number} for number in numbers], override_num_blocks=len(numbers))
    found = sorted(rows.map(one).take_all(), key=lambda row: row["number"])
    return [tuple(row["result"]) for row in found]  # type: ignore[misc]
