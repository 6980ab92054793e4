"""Finding a hazard: by oneself, by the authority, jointly, or by a mystery check."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from incident_hub.agencies import queries as agencies
from incident_hub.hazards import course
from incident_hub.hazards.models import FOUND, Hazard
from incident_hub.kernel import record
from incident_hub.kernel.database import db
from incident_hub.kernel.errors import NotAllowed
from incident_hub.kernel.record import By
from incident_hub.kernel.saying import say
from incident_hub.kernel.text import opaque
from incident_hub.operations import queries as operations

from .stating import refuse_field, state


@dataclass(frozen=True)
class Found:
    """What was found, at whose place, and by whom.

    Shape: `owner` is the desk that owes it, the duty desk of the agency unless another is named; `clause` is a code;
    `source` is what it came out of, as the record writes it; `beside` are the desks that found it together.
    """

    title: str
    origin: str
    agency: str
    grade: str = "general"
    description: str | None = None
    clause: str | None = None
    site: str | None = None
    owner: str | None = None
    interim: str | None = None
    source: str | None = None
    beside: Sequence[int] = ()


def find(operation: operations.Operation, found: Found, at: datetime, by: By) -> str:
    """Raise a hazard; the owner's desk, the finder's and whoever oversees know of it. Tells: hazard.found.

    Shape: its reference. Raises: BadInput for a place that is not there, NotAllowed where it is not theirs to find.
    """
    owner = _owner(operation, found)
    if refusal := course.may_find(found.origin, by.agency, found.agency, operations.site_owners(operation)):
        raise NotAllowed(refusal)
    row = Hazard(
        ref=opaque(), chain=operation.id, title=found.title, description=found.description or None,
        clause=found.clause, source=found.source, origin=found.origin, grade=found.grade, agency=found.agency,
        site=found.site, owner=owner.code, finder=by.desk, found_at=at, state="found", interim=found.interim or None,
    )  # fmt: skip
    db.session.add(row)
    duty = agencies.duty_desk(found.agency)
    overseeing = operations.overseers(operation, found.agency, found.site)
    circle = dict.fromkeys([one.id for one in (duty, *overseeing) if one], "informed")
    circle |= dict.fromkeys([*found.beside, by.desk_id], "support") | {owner.id: "lead"}
    record.disclose_all(operation.id, ("hazard", row.ref), circle, "full", at, by.desk)
    codes = {"clause": found.clause, "source": found.source, "owner": owner.code, "addressed": [owner.code]}
    texts = {"title": found.title, "interim": found.interim or ""}
    state(row, FOUND, codes, at, by, words=found.description or "", texts=texts)
    return row.ref


def _owner(operation: operations.Operation, found: Found) -> agencies.Desk:
    if found.agency not in operations.participants(operation.id):
        raise refuse_field(
            "agency", say("{agency} takes no part in {operation}.", agency=found.agency, operation=operation.code)
        )
    site = agencies.site(found.site) if found.site else None
    if found.site and (site is None or site.agency != found.agency):
        raise refuse_field("site", say("{agency} has no site {site}.", agency=found.agency, site=found.site))
    desk = agencies.desk(found.owner) if found.owner else agencies.duty_desk(found.agency)
    if desk is None or desk.agency != found.agency:
        raise refuse_field(
            "owner", say("{agency} has no such desk to own it; leave it out for the duty desk.", agency=found.agency)
        )
    return desk
