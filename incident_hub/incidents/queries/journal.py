"""The journal of an incident, as a desk may read it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import func, select

from incident_hub.incidents import models
from incident_hub.kernel.database import db
from incident_hub.kernel.errors import NotKnown
from incident_hub.roster import queries as roster

from .knowing import Known


def journal_of(found: Known, desk: str, posts: Collection[str] = ()) -> list[dict[str, Any]]:
    """The journal as these posts of a desk may read it, newest last; who joined “from now” reads nothing older.

    Without posts nothing sealed is among it.
    """
    query = select(models.Journal).where(models.Journal.ref == found.incident.ref).order_by(models.Journal.place)
    if found.access.history == "from_now":
        query = query.where(models.Journal.at >= found.access.since)
    return [journal_shape(row) for row in db.session.scalars(query) if _may_read(row, desk, posts)]


def journal_entry(found: Known, desk: str, journal_id: str, posts: Collection[str] = ()) -> models.Journal:
    """One journal entry these posts of a desk may read.

    Raises: NotKnown otherwise.
    """
    row = db.session.get(models.Journal, journal_id)
    if row is None or row.ref != found.incident.ref or not _may_read(row, desk, posts):
        raise NotKnown
    if found.access.history == "from_now" and row.at < found.access.since:
        raise NotKnown
    return row


def journal_shape(row: models.Journal) -> dict[str, Any]:
    """A journal entry as the contract writes it."""
    struck = {"at": row.struck_at, "by": row.struck_by, "reason": row.struck_reason} if row.struck_at else None
    return {
        "id": row.id, "kind": row.kind, "text": row.text, "at": row.at, "occurred_at": row.occurred_at, "by": row.by,
        "via": row.via, "audience": "sealed" if row.posts else row.desks or "all", "posts": row.posts or [],
        "milestone": row.milestone, "decision": row.decision, "struck": struck,
    }  # fmt: skip


def posts_of(desk_id: int, member: str | None, post: str | None, at: datetime) -> list[str]:
    """The posts of a desk that somebody holds now: the one of their seat, and those the roster gives them."""
    held = roster.posts_held_at(desk_id, member, at) if member else []
    return sorted({*held, *([post] if post else [])})


def journal_keys(refs: Sequence[str]) -> set[tuple[str, str]]:
    """The (incident, source key) of every imported journal entry of these incidents."""
    rows = db.session.execute(
        select(models.Journal.ref, models.Journal.source_key).where(
            models.Journal.ref.in_(refs), models.Journal.source_key.is_not(None)
        )
    )
    return {(ref, str(key)) for ref, key in rows}


def next_place(ref: str) -> int:
    """The place the next journal entry of an incident takes."""
    return (db.session.scalar(select(func.max(models.Journal.place)).where(models.Journal.ref == ref)) or 0) + 1


def _may_read(row: models.Journal, desk: str, posts: Collection[str]) -> bool:
    if row.desks is not None and desk not in row.desks:
        return False
    return row.posts is None or not set(posts).isdisjoint(row.posts)
