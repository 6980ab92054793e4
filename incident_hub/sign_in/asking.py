"""What an agency asks of those who sign in for it. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

# How long whoever is signed in already may go on when an agency begins to ask for more: the watch on duty goes off
# before it holds. Set anew it may hold at once, and never later than sessions last by themselves.
GRACE, LONGEST_GRACE = timedelta(hours=12), timedelta(days=7)

# How long a shared desk waits before it asks for the PIN again. Units: minutes.
IDLE_MINUTES = 15
IDLE_BOUNDS = (1, 240)


@dataclass(frozen=True)
class Policy:
    """An agency's rules.

    Shape: `alone` are the roles that may go on with a password alone; from `open_from` on the rules hold for sessions
    too that were opened before.
    """

    agency: str
    second_from: datetime | None = None
    alone: Sequence[str] = ()
    idle_minutes: int = IDLE_MINUTES
    open_from: datetime | None = None


def second_wanted(seats: Iterable[tuple[Policy, str]], at: datetime) -> bool:
    """Whether a member needs a second factor: one seat that asks for it is enough.

    Shape: each seat is its agency's policy and the role held there.
    """
    return any(
        policy.second_from is not None and policy.second_from <= at and role not in policy.alone
        for policy, role in seats
    )


def awaited(wanted: bool, holds: bool) -> str | None:
    """What is still owed after the password: who has a factor shows it, whether asked to or not."""
    if holds:
        return "factor"
    return "enrolment" if wanted else None


def holds_for_open(second_from: datetime | None, wish: datetime | None, at: datetime) -> datetime | None:
    """From when on sessions that are open already are asked too; None when no second factor is."""
    if second_from is None:
        return None
    begins = max(second_from, at)
    return begins + GRACE if wish is None else min(max(wish, begins), begins + LONGEST_GRACE)
