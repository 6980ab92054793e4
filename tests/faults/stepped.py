"""`python -m tests.faults.stepped FILE COMMAND…`: a command of the Hub whose clock is off by what a file says.

The file holds seconds; whoever runs the test writes another number, and the Hub's clock has stepped.
"""

from __future__ import annotations

import sys

from gevent import monkey

monkey.patch_all()

from datetime import UTC, datetime, timedelta  # noqa: E402 - what is patched must be patched first
from pathlib import Path  # noqa: E402

from incident_hub.cli import main  # noqa: E402
from incident_hub.kernel import clock  # noqa: E402


class OffsetClock:
    """The machine's clock, and what somebody did to it."""

    held = False

    def __init__(self, file: Path) -> None:
        self.file = file

    def now(self) -> datetime:
        """The present instant as this machine would say it, in whole milliseconds."""
        present = datetime.now(UTC) + timedelta(seconds=float(self.file.read_text()))
        return present.replace(microsecond=present.microsecond // 1000 * 1000)


if __name__ == "__main__":
    clock.use(OffsetClock(Path(sys.argv.pop(1))))
    main()
