"""Tasks as a desk may know them: those on an incident it may know, and those between it and another desk."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import and_, or_, select

from incident_hub.files import queries as files
from incident_hub.incidents import queries as incidents
from incident_hub.kernel import record
from incident_hub.kernel.database import db
from incident_hub.kernel.errors import NotKnown
from incident_hub.kernel.record import Subject
from incident_hub.operations import queries as operations

from .models import NOUN, Task

_NAMES = (
    "id", "incident", "desk", "to", "post", "words", "again", "asked_at", "due_at", "state", "moved_at", "said", "via",
    "evidence",
)  # fmt: skip


def known(id: str, desk_id: int) -> Task:
    """The task, if this desk may know what it is about.

    Raises: NotKnown when there is none or it may not; the two look the same.
    """
    row = db.session.get(Task, id)
    if row is None:
        raise NotKnown
    access = record.may_know(row.chain, subject(row), desk_id)
    if access is None or not _since(access, row, desk_id):
        raise NotKnown
    return row


def of_incident(found: incidents.Known, desk_id: int) -> list[dict[str, Any]]:
    """The tasks of an incident, newest first; who joined “from now” is shown nothing older but what it is asked."""
    query = select(Task).where(Task.chain == found.incident.chain, Task.incident == found.incident.ref)
    rows = db.session.scalars(query.order_by(Task.asked_at.desc(), Task.id.desc()))
    return [shape(row) for row in rows if _since(found.access, row, desk_id)]


def of_desk(
    chain: int, desk_id: int, before: tuple[datetime, str] | None = None, limit: int = 100
) -> tuple[list[dict[str, Any]], tuple[datetime, str] | None]:
    """What a desk asked or is asked in an operation, the newest first, with the place to go on from."""
    mine = (Task.desk_id == desk_id) | (Task.to_id == desk_id)
    about = (Task.incident.in_(record.known_refs(chain, desk_id, "incident"))) | (
        Task.incident.is_(None) & Task.id.in_(record.known_refs(chain, desk_id, NOUN))
    )
    query = select(Task).where(Task.chain == chain, mine, about)
    if before:
        asked_at, id = before
        query = query.where(or_(Task.asked_at < asked_at, and_(Task.asked_at == asked_at, Task.id < id)))
    rows = list(db.session.scalars(query.order_by(Task.asked_at.desc(), Task.id.desc()).limit(limit + 1)))
    further = (rows[limit - 1].asked_at, rows[limit - 1].id) if len(rows) > limit else None
    return [shape(row) for row in rows[:limit]], further


def attached(row: Task, desk_id: int) -> list[dict[str, Any]]:
    """The files beside a task: those of what it is about."""
    return files.of(row.chain, subject(row), desk_id)


def subject(row: Task) -> Subject:
    """How the record names what it is about: its incident, or the task itself."""
    return ("incident", row.incident) if row.incident else (NOUN, row.id)


def facts(row: Task, desk_id: int) -> dict[str, Any]:
    """What rules read of it: the facts of its incident, or the operation's alone."""
    if row.incident:
        return incidents.facts(incidents.known(row.incident, desk_id).incident)
    operation = operations.at(row.chain)
    return {"phase": operation.phase, "plan": operation.plan_version}


def shape(row: Task) -> dict[str, Any]:
    """One task in the contract's shape."""
    return {name: getattr(row, name) for name in _NAMES}


def _since(access: Any, row: Task, desk_id: int) -> bool:
    mine = desk_id in (row.desk_id, row.to_id)
    return mine or access.history != "from_now" or row.asked_at >= access.since
