"""A stop reaches all shards: those that run end, those that wait do not begin."""

import os
import signal
import threading
import time
from functools import partial
from pathlib import Path

import pytest

from training.stage.parallel import in_parallel
from training.stage.stop import StopRequest

SHARDS, PATIENCE_S = 6, 60.0


def waits_for_a_stop(folder: Path, number: int, stop: StopRequest) -> tuple[int, bool]:
    (folder / str(number)).touch()
    end = time.monotonic() + PATIENCE_S
    while not stop.asked and time.monotonic() < end:
        time.sleep(0.02)
    return number, stop.asked


def fails(number: int, stop: StopRequest) -> int:
    if number == 1:
        raise ValueError("shard 1 is broken")
    return number


def doubled(number: int, stop: StopRequest) -> int:
    return 2 * number


def stop_when_begun(folder: Path, count: int) -> None:
    while len(list(folder.iterdir())) < count:
        time.sleep(0.02)
    os.kill(os.getpid(), signal.SIGTERM)


@pytest.mark.parametrize("workers", [1, 2])
def test_a_stop_ends_what_runs_and_begins_no_other(workers: int, tmp_path: Path) -> None:
    threading.Thread(target=stop_when_begun, args=(tmp_path, workers), daemon=True).start()
    results = in_parallel(partial(waits_for_a_stop, tmp_path), range(SHARDS), workers, "processes")
    assert results == [(number, True) for number in range(workers)]
    assert {file.name for file in tmp_path.iterdir()} == {str(number) for number in range(workers)}
    assert signal.getsignal(signal.SIGTERM) == signal.SIG_DFL


@pytest.mark.parametrize("workers", [1, 2])
def test_results_come_in_order_and_a_failure_is_told(workers: int) -> None:
    assert in_parallel(doubled, range(5), workers, "processes") == [0, 2, 4, 6, 8]
    with pytest.raises(ValueError, match="shard 1 is broken"):
        in_parallel(fails, range(3), workers, "processes")
