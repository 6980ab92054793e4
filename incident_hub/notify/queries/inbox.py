"""What a member or a desk was sent, how each delivery went, and what a desk has to call about by telephone."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import and_, or_, select

from incident_hub.agencies import queries as agencies
from incident_hub.kernel import record, registry
from incident_hub.kernel.database import db
from incident_hub.kernel.errors import NotKnown
from incident_hub.notify import states
from incident_hub.notify.channels import wording
from incident_hub.notify.messages import Message, restored
from incident_hub.notify.models import Notice

from . import history, outward

# How long what was called stays on the call sheet.
SHOWN = timedelta(hours=24)
_NAMES = (
    "id", "channel", "member", "post", "state", "prepared_at", "sent_at", "delivered_at", "read_at", "late", "fault",
)  # fmt: skip


def listed(
    desk_id: int, member: str | None, after: tuple[datetime, str] | None, limit: int
) -> tuple[list[dict[str, Any]], tuple[datetime, str] | None]:
    """A page of a desk's notices, or of those to one member there, the newest first; and where the next one begins."""
    query = select(Notice).where(Notice.desk == desk_id)
    if member is not None:
        query = query.where(Notice.member == member)
    if after is not None:
        at, id = after
        query = query.where(or_(Notice.prepared_at < at, and_(Notice.prepared_at == at, Notice.id < id)))
    query = query.order_by(Notice.prepared_at.desc(), Notice.id.desc()).limit(limit + 1)
    rows = list(db.session.scalars(query))
    further = (rows[limit - 1].prepared_at, rows[limit - 1].id) if len(rows) > limit else None
    return _shapes(rows[:limit]), further


def whole(id: str, desk_id: int) -> dict[str, Any]:
    """One notice of a desk with its history.

    Raises: NotKnown when it is another desk's.
    """
    row = db.session.get(Notice, id)
    if row is None or row.desk != desk_id:
        raise NotKnown
    return _shapes([row])[0] | {"history": history(row)}


def deliveries_of(webhook: str) -> list[dict[str, Any]]:
    """What was sent to a webhook, the newest first."""
    query = select(Notice).where(Notice.channel == "webhook", Notice.address == webhook)
    return _shapes(list(db.session.scalars(query.order_by(Notice.prepared_at.desc(), Notice.id).limit(200))))


def calls_of(desk_id: int, at: datetime) -> list[dict[str, Any]]:
    """The calls a desk has to make, the most urgent first, and after them those of the last day."""
    since = at - SHOWN
    query = select(Notice).where(Notice.caller == desk_id, Notice.channel == "desk_call")
    query = query.where(or_(Notice.state == states.PREPARED, Notice.prepared_at > since)).limit(200)
    rows = sorted(db.session.scalars(query), key=lambda one: (one.state != states.PREPARED, one.prepared_at, one.id))
    return [_call(row) for row in rows]


def call(id: str, desk_id: int) -> Notice:
    """One call of a desk's call sheet.

    Raises: NotKnown when it is another desk's to make.
    """
    row = db.session.get(Notice, id)
    if row is None or row.channel != "desk_call" or row.caller != desk_id:
        raise NotKnown
    return row


def _call(row: Notice) -> dict[str, Any]:
    matter, desk = outward(row), agencies.desk_by_id(row.desk)
    agency = agencies.agency(desk.agency) if desk else None
    person = agencies.member(row.member) if row.member else None
    sentence = {
        language: wording.spoken(Message(row.delivery_id, "", language, row.prepared_at, (matter,)))
        for language in ("zh", "en")
    }
    answer = "understood" if row.state == states.READ else row.fault
    return {
        "id": row.id, "operation": matter.operation, "exercise": matter.exercise, "desk": desk.code if desk else "",
        "agency": agency.title if agency else {}, "post": row.post, "name": person.name if person else None,
        "number": row.address or "", "sentence": sentence, "prepared_at": row.prepared_at, "due_at": matter.due_at,
        "state": row.state, "answer": answer,
    }  # fmt: skip


def _shapes(rows: list[Notice]) -> list[dict[str, Any]]:
    names = {one: agencies.member(one) for one in {row.member for row in rows} if one is not None}
    return [_shape(row, names.get(row.member or "")) for row in rows]


def _shape(row: Notice, person: agencies.Member | None) -> dict[str, Any]:
    matter = restored(row.matter)
    # What a desk may know of no longer it was sent all the same; what it was about is not said again.
    known = row.obligation is None or record.may_know(row.chain, (matter.noun, matter.ref), row.desk) is not None
    about = {
        "subject": {"kind": matter.noun, "ref": matter.ref, "label": registry.label(matter.noun, matter.ref)},
        "what": dict(matter.what), "due_at": matter.due_at,
        "path": matter.path,
    }  # fmt: skip
    told: dict[str, Any] = {name: getattr(row, name) for name in _NAMES}
    told |= {"operation": matter.operation, "exercise": matter.exercise, "kind": matter.kind, "attempts": row.attempt}
    told |= {"name": person.name if person else None, "delivery": row.carried}
    return told | (about if known else dict.fromkeys(about))
