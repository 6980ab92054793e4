"""Hand-overs of a desk's posts: what is expected, what was prepared and signed, and which the engine is to call for."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select

from incident_hub.agencies import queries as agencies
from incident_hub.kernel.database import db
from incident_hub.kernel.errors import NotKnown
from incident_hub.roster import rotation
from incident_hub.roster.models import Handover

from .arranged import schedules

_MOMENT = timedelta(microseconds=1)


def first_due_call(horizon: datetime, aside: Collection[str] = ()) -> str | None:
    """The hand-over that has waited longest to be called for."""
    due = select(Handover.id).where(Handover.call_at <= horizon)
    if aside:
        due = due.where(Handover.id.not_in(aside))
    return db.session.scalars(due.order_by(Handover.call_at, Handover.id).limit(1)).first()


def next_call() -> datetime | None:
    """When a hand-over is to be called for next; None when none is."""
    due = select(Handover.call_at).where(Handover.call_at.is_not(None))
    return db.session.scalars(due.order_by(Handover.call_at).limit(1)).first()


def handover(id: str, desk_id: int) -> Handover:
    """A hand-over of this desk's own posts.

    Raises: NotKnown for another desk's, which looks like none (rulings 2).
    """
    row = db.session.get(Handover, id)
    post = agencies.post_by_id(row.post_id) if row else None
    if row is None or post is None or post.desk_id != desk_id:
        raise NotKnown
    return row


def began(row: Handover) -> datetime:
    """When the watch that goes began."""
    ending = rotation.watches(schedules([row.post_id])[row.post_id], row.due_at - _MOMENT, row.due_at)
    return min((one.since for one in ending if one.member in row.outgoing), default=row.due_at - rotation.HELD_OVER)


def handovers_of(desk_id: int, since: datetime) -> list[dict[str, Any]]:
    """The hand-overs of a desk's posts from an instant on, and those before it that nobody signed; the newest first."""
    posts = {post.id: post for post in agencies.posts_of(desk_id)}
    late = Handover.signed_at.is_(None) & Handover.call_at.is_not(None)
    query = select(Handover).where(Handover.post_id.in_(posts), (Handover.due_at >= since) | late)
    rows = list(db.session.scalars(query.order_by(Handover.due_at.desc(), Handover.id)))
    return [_shape(row, posts[row.post_id]) for row in rows]


def as_read(row: Handover) -> dict[str, Any]:
    """A hand-over as its own desk reads it."""
    post = agencies.post_by_id(row.post_id)
    if post is None:
        raise NotKnown
    return _shape(row, post)


def _shape(row: Handover, post: agencies.Post) -> dict[str, Any]:
    names = {one.id: one.name for one in agencies.members()}

    def people(ids: Collection[str | None]) -> list[dict[str, Any]]:
        return [{"id": id, "name": names.get(id, "")} for id in ids if id]

    return {
        "id": row.id, "post": post.code, "title": post.title, "due_at": row.due_at, "state": row.state,
        "outgoing": people(row.outgoing), "incoming": people(row.incoming), "facts": row.facts, "note": row.note,
        "prepared_at": row.prepared_at, "prepared_by": next(iter(people([row.prepared_by])), None),
        "signed_at": row.signed_at, "signed_by": next(iter(people([row.signed_by])), None),
        "leader_told": row.calls > 1,
    }  # fmt: skip
