"""The same act on many shards: in this process, in several, or as a Ray Data job on many machines.

A stop is looked for before each shard, and the act looks for it within. With Ray the shards must lie where all machines see
them. Ray (Apache-2.0) is wanted only when a config says `engine = "ray"`.
"""

from collections.abc import Callable, Sequence
from concurrent.futures import CancelledError, Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import active_children, get_context
from typing import Any, Literal, TypeVar

from training.stage.stop import StopRequest

R = TypeVar("R")
Act = Callable[[int, StopRequest], R]
Engine = Literal["processes", "ray"]

of_child = StopRequest()  # a worker's, as long as it lives


def in_parallel(act: Act[R], numbers: Sequence[int], workers: int, engine: Engine) -> list[R]:
    """act(number, stop) for every number -> the results in order, after a stop of those that had begun"""
    if engine == "ray":
        return in_ray(act, numbers)
    if workers == 1:
        with StopRequest() as stop:
            return [result for number in numbers for result in begun(act, number, stop)]
    futures: list[Future[list[R]]] = []

    def stop_all() -> None:
        """A terminal's Ctrl-C reaches the children by itself, another signal does not."""
        for future in futures:
            future.cancel()
        for child in active_children():
            child.terminate()

    context = get_context("spawn")
    with StopRequest(stop_all) as stop, ProcessPoolExecutor(workers, context, hear_in_child) as pool:
        futures += [pool.submit(begun_in_child, act, number) for number in numbers]
        try:
            return [result for future in futures for result in ended(future, stop)]
        finally:
            pool.shutdown(cancel_futures=True)


def begun(act: Act[R], number: int, stop: StopRequest) -> list[R]:
    """-> the result, or nothing after a stop"""
    return [] if stop.asked else [act(number, stop)]


def hear_in_child() -> None:
    of_child.__enter__()


def begun_in_child(act: Act[R], number: int) -> list[R]:
    return begun(act, number, of_child)


def ended(future: Future[list[R]], stop: StopRequest) -> list[R]:
    """A child that a stop met while it was starting is gone, and takes the others with it; what is on disk is whole."""
    try:
        return future.result()
    except (CancelledError, BrokenProcessPool):
        if not stop.asked:
            raise
        return []


def in_ray(act: Act[R], numbers: Sequence[int]) -> list[R]:
    """@raises ValueError where Ray is not installed"""
    try:
        import ray
        import ray.data
    except ModuleNotFoundError as missing:
        raise ValueError(
            f'engine = "ray" lacks the package {missing.name}: pip install -r training/requirements-ray.txt'
        ) from missing

    def one(row: dict[str, Any]) -> dict[str, Any]:
        with StopRequest() as stop:
            return {"number": row["number"], "result": list(act(row["number"], stop))}  # type: ignore[call-overload]

    if not ray.is_initialized():
        ray.init(include_dashboard=False, log_to_driver=False)
    rows = ray.data.from_items([{"number": number} for number in numbers], override_num_blocks=len(numbers))
    found = sorted(rows.map(one).take_all(), key=lambda row: row["number"])
    return [tuple(row["result"]) for row in found]  # type: ignore[misc]
