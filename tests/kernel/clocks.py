"""A clock that goes on by itself and that a test can move, as somebody with the machine's password can."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any

from incident_hub.kernel import clock
from tests.night import NIGHT


class Moved:
    """Begins at the night the tests live in, and passes as fast as any other time."""

    held = False

    def __init__(self) -> None:
        self.offset = timedelta()
        self._began = time.monotonic()

    def now(self) -> datetime:
        """What the machine would say."""
        passed = timedelta(milliseconds=int((time.monotonic() - self._began) * 1000))
        return NIGHT + passed + self.offset

    def by(self, **span: Any) -> None:
        """Move it."""
        self.offset += timedelta(**span)

    @classmethod
    @contextmanager
    def in_use(cls) -> Iterator[Moved]:
        """This clock for the whole process until the block ends, and what was in use before it afterwards."""
        before, made = clock.used(), cls()
        clock.use(made)
        try:
            yield made
        finally:
            clock.use(before)
