"""Many calls played at once, each step at its time and each call's steps in order, by a few threads. Pure."""

from __future__ import annotations

import heapq
import math
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar

T = TypeVar("T")


@dataclass
class Stage(Generic[T]):
    """Those waiting for their next step, the earliest first.

    Shape: `step` takes one step of one of them and says when its next one is due, or None when it is over. A step that
    fails is not caught here: it stops the stage and is raised by `play`.
    Units: instants are seconds since the beginning; no step due at `limit` or later is taken.
    """

    step: Callable[[T], float | None]
    limit: float = math.inf
    lag: float = 0.0
    stopped: threading.Event = field(default_factory=threading.Event)
    _waiting: list[tuple[float, int, T]] = field(default_factory=list[tuple[float, int, T]])
    _busy: int = 0
    _began: float = 0.0
    _turn: threading.Condition = field(default_factory=threading.Condition)
    _failure: BaseException | None = None

    def play(self, waiting: Sequence[tuple[float, T]], threads: int, watch: Callable[[], None]) -> None:
        """Play until nothing is left, the time is over, or the stage is stopped; `watch` runs about every second."""
        self._waiting = [(due, number, one) for number, (due, one) in enumerate(waiting)]
        heapq.heapify(self._waiting)
        self._began = time.monotonic()
        working = [threading.Thread(target=self._work, daemon=True) for _ in range(threads)]
        for thread in working:
            thread.start()
        try:
            for thread in working:
                while thread.is_alive():
                    thread.join(1.0)
                    watch()
        finally:
            self.stopped.set()
        if self._failure is not None:
            raise self._failure

    def _work(self) -> None:
        while taken := self._take():
            due, number, one = taken
            following: float | None = None
            try:
                following = self.step(one)
            except BaseException as fault:  # noqa: BLE001 - a thread has nobody else to tell; `play` raises it
                self._failure = fault
                self.stopped.set()
            with self._turn:
                self._busy -= 1
                if following is not None:
                    heapq.heappush(self._waiting, (max(following, due), number, one))
                self._turn.notify_all()

    def _take(self) -> tuple[float, int, T] | None:
        """The earliest one once it is due; None when there is nothing more to do."""
        with self._turn:
            while not self.stopped.is_set():
                present = time.monotonic() - self._began
                soonest = self._waiting[0][0] if self._waiting else math.inf
                if present >= self.limit or (soonest >= self.limit and not self._busy):
                    return None
                if soonest <= present:
                    self._busy += 1
                    self.lag = max(self.lag, present - soonest)
                    return heapq.heappop(self._waiting)
                self._turn.wait(min(soonest - present, 0.5))
        return None
