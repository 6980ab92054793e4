"""Retry: when a notice that could not be delivered is tried again. Pure."""

from __future__ import annotations

from datetime import datetime, timedelta

MOST_ATTEMPTS = 8
FIRST_PAUSE = timedelta(seconds=5)
LONGEST_PAUSE = timedelta(minutes=10)
# A claim older than this belongs to a sender that died; another may take it up. No channel takes half as long.
STALE = timedelta(seconds=60)


def next_try(attempt: int, at: datetime, jitter: float, asked: timedelta | None = None) -> datetime | None:
    """When to try again after this many attempts; None when it is given up.

    The pause doubles from 5 s up to 10 min; a receiver that asked for a longer one (Retry-After) gets it, up to the
    same 10 min. Units: `attempt` counts from 1; `jitter` is from 0 to 1 and stretches the pause by up to a quarter, so
    that what failed together is not tried together.
    """
    if attempt >= MOST_ATTEMPTS:
        return None
    pause = min(max(FIRST_PAUSE * 2 ** (attempt - 1), asked or timedelta()), LONGEST_PAUSE)
    return at + pause * (1 + jitter / 4)
