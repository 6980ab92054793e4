"""Questions about notices: what waits to be sent, and what was sent about a debt."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import func, select

from incident_hub.kernel.database import db

from .models import Notice
from .retry import STALE


def next_due() -> datetime | None:
    """The earliest instant at which a notice waits to be sent, or a dead sender's claim can be taken up."""
    waiting = db.session.scalar(select(func.min(Notice.next_try_at)).where(Notice.state == "prepared"))
    held = db.session.scalar(select(func.min(Notice.claimed_at)).where(Notice.state == "claimed"))
    return min((one for one in (waiting, held + STALE if held else None) if one), default=None)


def first_due(at: datetime, aside: Collection[str] = ()) -> str | None:
    """The notice that is to be sent next, not counting those set aside; None when none is due."""
    query = select(Notice.id).where(Notice.state == "prepared", Notice.next_try_at <= at)
    if aside:
        query = query.where(Notice.id.not_in(aside))
    return db.session.scalar(query.order_by(Notice.next_try_at, Notice.prepared_at, Notice.id).limit(1))


def stale_claims(at: datetime) -> int:
    """How many notices are held by senders that must have died."""
    query = select(func.count()).where(Notice.state == "claimed", Notice.claimed_at < at - STALE)
    return db.session.scalar(query) or 0


def of_obligation(obligation: str) -> list[dict[str, Any]]:
    """Every notice about a debt in order, without addresses."""
    query = select(Notice).where(Notice.obligation == obligation)
    names = ("id", "step", "occurrence", "member", "channel", "state", "attempt", "prepared_at", "sent_at", "fault")
    rows = db.session.scalars(query.order_by(Notice.prepared_at, Notice.step, Notice.occurrence, Notice.id))
    return [{name: getattr(row, name) for name in names} | {"delivery": row.carried} for row in rows]


def unread(member: str) -> list[dict[str, Any]]:
    """What was shown to a member in the application and not seen yet, oldest first."""
    query = select(Notice).where(Notice.member == member, Notice.channel == "in_app", Notice.state == "sent")
    names = ("id", "chain", "desk", "obligation", "step", "occurrence", "prepared_at")
    rows = db.session.scalars(query.order_by(Notice.prepared_at, Notice.id))
    return [{name: getattr(row, name) for name in names} for row in rows]
