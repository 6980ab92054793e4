"""What is kept in an operation, until when, what is held back, and what was destroyed."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import select

from incident_hub.incidents import queries as incidents
from incident_hub.kernel import destruction, disclosure, feeds
from incident_hub.kernel.database import db
from incident_hub.kernel.errors import NotKnown
from incident_hub.operations import queries as operations
from incident_hub.operations.queries import Operation

from . import classes
from .classes import Kept
from .models import Destruction, Hold

# An incident in one of these is over; in an operation that never stands down its values count from there.
OVER = ("closed", "false_alarm", "transferred")


def kept(operation: Operation) -> list[Kept]:
    """Every class of the plan in force with its days and when it is due."""
    plan = operations.plan_of(operation.plan_version)
    since = classes.stood_down_at(operations.phases(operation))
    found = [
        Kept(one.code, one.days, classes.due_at(since, one.days), one.basis, {"zh": one.title.zh, "en": one.title.en})
        for one in plan.retention
        if one.code in classes.PLANNED
    ]
    named = {one.code for one in found}
    missing = [(code, days) for code, days in classes.ALWAYS.items() if code not in named]
    every = found + [Kept(code, days, classes.due_at(since, days)) for code, days in missing]
    return [replace(one, due_at=None) if one.by_age else one for one in every]


def holds(chain: int, at: datetime) -> list[Hold]:
    """The holds that keep something at an instant."""
    query = select(Hold).where(Hold.chain == chain, Hold.released_at.is_(None), Hold.until > at)
    return list(db.session.scalars(query.order_by(Hold.at, Hold.id)))


def held_subjects(operation: Operation, at: datetime) -> set[str] | None:
    """What is held back at an instant; None when the whole operation is."""
    subjects = {one.subject for one in holds(operation.id, at)}
    return None if f"operation/{operation.code}" in subjects else subjects


def hold(id: str, desk_id: int) -> tuple[Hold, Operation]:
    """One hold, for a desk that may know of what is held. Raises: NotKnown otherwise."""
    row = db.session.get(Hold, id)
    if row is None:
        raise NotKnown
    noun, _, ref = row.subject.partition("/")
    if not disclosure.may_know(row.chain, (noun, ref), desk_id):
        raise NotKnown
    return row, operations.at(row.chain)


def page(operation: Operation, desk_id: int, at: datetime) -> dict[str, Any]:
    """What is kept, held and destroyed, as a desk of the operation may know it.

    Shape: {at, stood_down_at, classes: [{code, title, days, basis, due_at, over}], holds, destroyed, words_destroyed}.
    """
    rows = holds(operation.id, at)
    mine = [one for one in rows if disclosure.may_know(operation.id, _split(one.subject), desk_id)]
    done = db.session.scalars(
        select(Destruction).where(Destruction.chain == operation.id).order_by(Destruction.begun_at.desc())
    )
    return {
        "at": at,
        "stood_down_at": classes.stood_down_at(operations.phases(operation)),
        "classes": [
            {"code": one.code, "title": one.title, "days": one.days, "basis": one.basis, "due_at": one.due_at,
             "over": one.over(at), "by_age": one.by_age}
            for one in kept(operation)
        ],
        "holds": [hold_shape(one) for one in mine],
        "destroyed": [
            {"code": one.code, "due_at": one.due_at, "begun_at": one.begun_at, "finished_at": one.finished_at,
             "n": sum(one.counts.values())}
            for one in done
        ],
        "words_destroyed": destruction.destroyed_words(operation.id),
    }  # fmt: skip


def hold_shape(row: Hold) -> dict[str, Any]:
    """One hold as it is told."""
    names = ("id", "subject", "reason", "desk", "at", "until", "reviewed_at", "released_at")
    return {name: getattr(row, name) for name in names}


def ended_at(operation: Operation, subject: str) -> datetime | None:
    """From when the days of a value count: the stand-down, or where an operation never stands down the closing."""
    since = classes.stood_down_at(operations.phases(operation))
    if since is not None or operation.kind != "standing" or not subject.startswith("incident/"):
        return since
    found = incidents.refs_of(operation.id, [subject.partition("/")[2]])
    if not found or found[0].status not in OVER:
        return None
    moves = feeds.entries_of(operation.id, _split(subject), ("incident.status_changed",))
    return moves[-1]["at"] if moves else None


def _split(subject: str) -> tuple[str, str]:
    noun, _, ref = subject.partition("/")
    return noun, ref
