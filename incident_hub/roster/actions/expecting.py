"""Expecting: the next hand-over of a post is a row with an instant, so that the engine can ask for what is due."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import select

from incident_hub.kernel.database import db
from incident_hub.kernel.errors import Conflict
from incident_hub.kernel.text import opaque
from incident_hub.roster import models
from incident_hub.roster.queries.arranged import schedules
from incident_hub.roster.rotation import HELD_OVER, Handover, Schedule, handovers

_AHEAD = (timedelta(days=2), timedelta(days=32), timedelta(days=400))
_MOMENT = timedelta(microseconds=1)


def expect(post_id: int, at: datetime) -> None:
    """Have the last hand-over that was not signed and the next one as rows; drop those that are planned no longer."""
    schedule = schedules([post_id])[post_id]
    wanted = {one.due_at: one for one in (_last(schedule, at), _next(schedule, at)) if one is not None}
    open_ = (models.Handover.post_id == post_id) & models.Handover.state.in_(("expected", "prepared"))
    for row in db.session.scalars(select(models.Handover).where(open_)):
        planned = wanted.pop(row.due_at, None)
        if planned is not None:
            row.outgoing, row.incoming = list(planned.outgoing), list(planned.incoming)
        elif row.due_at > at and row.state == "expected":
            db.session.delete(row)
        elif row.due_at > at:
            row.call_at = None
    for due_at, one in wanted.items():
        if due_at not in (schedule.signing.signed if schedule.signing else {}):
            db.session.add(_row(post_id, one))


def next_handover(post_id: int, at: datetime) -> models.Handover:
    """The hand-over of a post that is to be prepared or signed now: the last one that was due, else the next.

    Raises: Conflict when none is planned.
    """
    expect(post_id, at)
    db.session.flush()
    open_ = (models.Handover.post_id == post_id) & models.Handover.state.in_(("expected", "prepared"))
    rows = [row for row in db.session.scalars(select(models.Handover).where(open_)) if row.due_at > at - HELD_OVER]
    due = max((row for row in rows if row.due_at <= at), key=lambda row: row.due_at, default=None)
    found = due or min(rows, key=lambda row: row.due_at, default=None)
    if found is None:
        raise Conflict("No hand-over is planned for this post; it has no rotation, or all of it is signed.")
    return found


def _row(post_id: int, one: Handover) -> models.Handover:
    return models.Handover(
        id=opaque(), post_id=post_id, due_at=one.due_at, outgoing=list(one.outgoing), incoming=list(one.incoming),
        state="expected", facts=None, note=None, prepared_at=None, prepared_by=None, signed_at=None, signed_by=None,
        call_at=one.due_at, calls=0,
    )  # fmt: skip


def _last(schedule: Schedule, at: datetime) -> Handover | None:
    found = handovers(schedule, at - HELD_OVER + _MOMENT, at + _MOMENT)
    return found[-1] if found else None


def _next(schedule: Schedule, at: datetime) -> Handover | None:
    """The first hand-over after an instant, looked for near at hand before far ahead."""
    return next((found[0] for ahead in _AHEAD if (found := handovers(schedule, at + _MOMENT, at + ahead))), None)
