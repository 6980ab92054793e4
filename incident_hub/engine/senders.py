"""Senders: a few threads for each channel, so that one that is slow or dead never holds up another (bulkheads).

Only as many deliveries are claimed as there are senders free; nothing queues here, what waits waits in the database.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Mapping

log = logging.getLogger(__name__)


class Senders:
    """Who sends, channel by channel. Shape: `at_once` is how many each channel has; `free` is told when one is done."""

    def __init__(self, at_once: Mapping[str, int], free: Callable[[], object]) -> None:
        self._at_once = dict(at_once)
        self._free = free
        self._lock = threading.Lock()
        self._under_way: dict[str, set[threading.Thread]] = {}

    def busy(self) -> list[str]:
        """The channels that have no sender free."""
        with self._lock:
            return [name for name, most in self._at_once.items() if len(self._under_way.get(name, ())) >= most]

    def send(self, channel: str, act: Callable[[], None]) -> None:
        """Have one delivery made beside everything else."""
        thread = threading.Thread(target=self._run, args=(channel, act), name=f"hub-send-{channel}", daemon=True)
        with self._lock:
            self._under_way.setdefault(channel, set()).add(thread)
        thread.start()

    def wait(self, patience: float) -> None:
        """Let what is under way come to its end. Units: seconds, for all together."""
        until = time.monotonic() + patience
        with self._lock:
            threads = [one for several in self._under_way.values() for one in several]
        for thread in threads:
            thread.join(max(0.0, until - time.monotonic()))

    def _run(self, channel: str, act: Callable[[], None]) -> None:
        try:
            act()
        except Exception:
            # The claim is given back when it has grown stale, and the delivery is made again under the same id.
            log.exception("a sender of %s failed after it had claimed", channel)
        finally:
            with self._lock:
                self._under_way[channel].discard(threading.current_thread())
            self._free()
