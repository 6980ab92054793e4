"""Bundling: calls to one person on one channel shortly after one another go out as one message. Pure.

What is grave (life safety, attention A, grades I and II) never waits and takes the waiting ones along.
"""

from __future__ import annotations

from datetime import datetime, timedelta


def not_before(
    at: datetime, bundle: timedelta | None, grave: bool, last_sent: datetime | None, waiting: datetime | None
) -> datetime:
    """The instant at which a call may go out.

    Units: `last_sent` is when the last call went out to this person on this channel; `waiting` when the call that is
    kept for the same person already will. Source: plan file, `bundle`.
    """
    if bundle is None or grave:
        return at
    if waiting is not None:
        return max(waiting, at)
    return max(at, last_sent + bundle) if last_sent is not None else at
