"""The watchdog: whether an engine still completes its passes, and how long the oldest due step has waited."""

from __future__ import annotations

from datetime import datetime, timedelta

from incident_hub.notify import queries as notices
from incident_hub.obligations import queries as obligations

from . import lease

SILENCE = timedelta(seconds=60)


def alive(at: datetime) -> bool:
    """Whether an engine on this database completed a pass within the last 60 seconds."""
    last = lease.passed_at()
    return last is not None and at - last <= SILENCE


def overdue(at: datetime) -> float:
    """Seconds that the oldest due step, deadline or notice has waited; 0 when nothing waits."""
    due = min((one for one in (obligations.next_due(), notices.next_due()) if one), default=at)
    return max(0.0, (at - due).total_seconds())
