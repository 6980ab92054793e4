"""Who may know of the returns of a desk: itself, its agency's duty desk, whoever oversees, and the way upward."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select

from incident_hub.agencies import queries as agencies
from incident_hub.agencies.queries import Desk
from incident_hub.kernel import record
from incident_hub.kernel.database import db
from incident_hub.kernel.record import By
from incident_hub.kernel.text import opaque
from incident_hub.operations import queries as operations
from incident_hub.operations.queries import Operation
from incident_hub.plan.frame import Tier
from incident_hub.returns.models import ABOVE, OwingDesk


def owing_desk(operation: Operation, desk: Desk, at: datetime, by: By) -> OwingDesk:
    """The place of a desk that owes for units; whoever oversees, and every level above, knows what is there."""
    asked = operations.plan_of(operation.plan_version).zero_report
    circle: dict[int, str] = {}
    if asked is not None:
        seats = operations.seats(operation.id, {"site_owner": desk.agency})
        circle |= _at(
            [place[1] for tier in asked.above(asked.units) for place in seats.get(tier.party or "", [])], ABOVE
        )
        circle |= _at([place[1] for place in seats.get(asked.oversees, [])], "informed")
    return _placed(operation, desk, circle, at, by)


def summing_desk(operation: Operation, tier: Tier, desk: Desk, at: datetime, by: By) -> OwingDesk:
    """The place of a desk that sums up: what it sends, and whether it is late, is known to the levels above it."""
    asked = operations.plan_of(operation.plan_version).zero_report
    seats = operations.seats(operation.id, {})
    higher = [place[1] for one in (asked.above(tier) if asked else ()) for place in seats.get(one.party or "", [])]
    return _placed(operation, desk, _at(higher, ABOVE), at, by)


def _at(desks: list[str], role: str) -> dict[int, str]:
    return {desk.id: role for desk in (agencies.desk(code) for code in desks) if desk}


def _placed(operation: Operation, desk: Desk, circle: dict[int, str], at: datetime, by: By) -> OwingDesk:
    query = select(OwingDesk).where(OwingDesk.chain == operation.id, OwingDesk.desk == desk.id)
    found = db.session.scalars(query).first()
    fresh = found is None
    if found is None:
        found = OwingDesk(ref=opaque(), chain=operation.id, desk=desk.id)
        db.session.add(found)
        db.session.flush()
    duty = agencies.duty_desk(desk.agency)
    every = {**circle, **({duty.id: "support"} if duty else {}), desk.id: "lead"}
    subject = ("return", found.ref)
    there = set() if fresh else {row.desk_id for row in record.access(operation.id, subject)}
    missing = {id: role for id, role in every.items() if id not in there}
    if missing:
        record.disclose_all(operation.id, subject, missing, "full", at, by.desk)
    return found
