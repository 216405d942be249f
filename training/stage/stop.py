"""A clean stop: the first SIGINT or SIGTERM asks the stage to finish its step and to keep a checkpoint; a second one ends the
process as usual.
"""

import signal
from collections.abc import Callable
from types import FrameType, TracebackType

SIGNALS = (signal.SIGINT, signal.SIGTERM)


class StopRequest:
    """`with StopRequest() as stop:` then look at `stop.asked` between steps. `then` is called when the first signal comes."""

    def __init__(self, then: Callable[[], None] = lambda: None) -> None:
        self.asked, self.then = False, then

    def __enter__(self) -> "StopRequest":
        self.before = {number: signal.signal(number, self.hear) for number in SIGNALS}
        return self

    def hear(self, number: int, frame: FrameType | None) -> None:
        self.asked = True
        signal.signal(number, self.before[signal.Signals(number)])
        self.then()

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        for number, handler in self.before.items():
            signal.signal(number, handler)
