"""What an evaluator reads as another desk, and who reads or has read as which desk."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import orjson
from sqlalchemy import or_, select

from incident_hub.agencies.standing import Asker
from incident_hub.incidents import queries as incidents
from incident_hub.kernel import feeds
from incident_hub.kernel.database import db
from incident_hub.kernel.errors import NotKnown
from incident_hub.operations import queries as operations
from incident_hub.plan.marking import RED

from .models import Audit

# What a page lists; nobody audits that often.
LISTED = 200


def of_desk(operation: operations.Operation, desk_id: int, at: datetime) -> list[dict[str, Any]]:
    """The audits that a desk made and those in which it was read, the newest first."""
    mine = or_(Audit.desk_id == desk_id, Audit.by_id == desk_id)
    query = select(Audit).where(Audit.chain == operation.id, mine).order_by(Audit.since.desc(), Audit.id).limit(LISTED)
    return [shape(row, at) for row in db.session.scalars(query)]


def own(id: str, asker: Asker) -> Audit:
    """An audit, for the one who reads in it.

    Raises: NotKnown for everybody else.
    """
    row = db.session.get(Audit, id)
    if row is None or row.member != asker.member or row.by_id != asker.desk_id:
        raise NotKnown
    return row


def reading(id: str, asker: Asker, at: datetime) -> Audit:
    """An audit that runs still, for the one who reads in it.

    Raises: NotKnown once it is over; what was read under it is closed again.
    """
    row = own(id, asker)
    if asker.role != "evaluator" or not runs(row, at):
        raise NotKnown
    return row


def running(chain: int, member: str, desk: str, at: datetime) -> Audit | None:
    """The audit in which somebody reads as a desk now."""
    mine = (Audit.chain == chain) & (Audit.member == member) & (Audit.desk == desk)
    rows = db.session.scalars(select(Audit).where(mine, Audit.ended_at.is_(None), Audit.until > at))
    return rows.first()


def runs(row: Audit, at: datetime) -> bool:
    """Whether it may still be read in."""
    return row.ended_at is None and at < row.until


def board(row: Audit) -> list[dict[str, Any]]:
    """The cards on the desk's board; what is under TLP:RED is for exactly the listed desks, and no evaluator's."""
    cards = [orjson.loads(body) for _, body, _ in feeds.hung_cards(row.chain, row.desk_id)]
    return [card for card in cards if card["tlp"] != RED]


def incident(row: Audit, ref: str) -> dict[str, Any]:
    """One incident as the desk may know it, with the journal but for what is sealed.

    Raises: NotKnown for what the desk may not know, what is under TLP:RED, and another operation's.
    """
    found = incidents.known(ref, row.desk_id)
    if found.incident.chain != row.chain or found.incident.tlp == RED:
        raise NotKnown
    return incidents.page(found) | {"journal": incidents.journal_of(found, row.desk)}


def shape(row: Audit, at: datetime) -> dict[str, Any]:
    """An audit as it is told."""
    names = ("id", "by", "desk", "reason", "since", "until", "ended_at")
    return {name: getattr(row, name) for name in names} | {"runs": runs(row, at)}
