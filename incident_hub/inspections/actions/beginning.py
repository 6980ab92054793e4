"""Beginning a visit: who inspects whom, by which check-lists, and who knows of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from incident_hub.agencies import queries as agencies
from incident_hub.inspections.models import BEGUN, Inspection
from incident_hub.inspections.visit import hands, known_before, may_begin, may_visit
from incident_hub.kernel import record
from incident_hub.kernel.database import db
from incident_hub.kernel.errors import BadInput
from incident_hub.kernel.record import By
from incident_hub.kernel.saying import say
from incident_hub.kernel.text import opaque
from incident_hub.operations import queries as operations

from .stating import inspected, refuse_field, refuse_seat, state


@dataclass(frozen=True)
class Planned:
    """What a visit is to be."""

    visit: str
    origin: str
    agency: str
    site: str | None
    inspectors: Sequence[Mapping[str, str]]
    checklists: Sequence[str]


def begin(operation: operations.Operation, planned: Planned, at: datetime, by: By) -> str:
    """Begin a visit; every agency that inspects knows of it, and the inspected do unless it is a mystery check.

    Tells: inspection.begun. Shape: its reference.
    """
    _refuse_unknown(operation, planned)
    looked_after = operations.site_owners(operation)
    refusal = may_begin(planned.origin, by.agency, planned.agency, planned.inspectors, looked_after)
    if refusal := refusal or may_visit(planned.visit, planned.agency, planned.inspectors):
        raise BadInput(refusal)
    ref = opaque()
    row = Inspection(
        ref=ref, chain=operation.id, visit=planned.visit, origin=planned.origin, agency=planned.agency,
        site=planned.site, inspectors=[dict(one) for one in planned.inspectors], checklists=list(planned.checklists),
        plan_version=operation.plan_version, desk=by.desk_id, begun_at=at,
    )  # fmt: skip
    db.session.add(row)
    record.disclose_all(operation.id, ("inspection", ref), _circle(operation, planned, by), "full", at, by.desk)
    data = {name: value for name, value in asdict(planned).items() if name != "inspectors"}
    state(row, BEGUN, at, by, data | {"inspectors": row.inspectors})
    return ref


def _circle(operation: operations.Operation, planned: Planned, by: By) -> dict[int, str]:
    circle = inspected(planned.agency) if known_before(planned.visit) else {}
    circle |= {one.id: "informed" for one in operations.overseers(operation, planned.agency, planned.site)}
    inspecting = hands(planned.origin, by.agency, planned.agency, planned.inspectors)
    desks = [agencies.duty_desk(one) for one in inspecting if one != by.agency]
    return circle | {one.id: "support" for one in desks if one} | {by.desk_id: "lead"}


def _refuse_unknown(operation: operations.Operation, planned: Planned) -> None:
    taking_part = operations.participants(operation.id)
    if planned.agency not in taking_part:
        raise refuse_field(
            "agency", say("{agency} takes no part in {operation}.", agency=planned.agency, operation=operation.code)
        )
    site = agencies.site(planned.site) if planned.site else None
    if planned.site and (site is None or site.agency != planned.agency):
        raise refuse_field("site", say("{agency} has no site {site}.", agency=planned.agency, site=planned.site))
    for number, one in enumerate(planned.inspectors):
        refuse_seat(f"inspectors/{number}", one, taking_part)
    known = {one.code: one for one in operations.plan_of(operation.plan_version).checklists}
    for code in planned.checklists:
        if code not in known or planned.visit not in known[code].visits:
            usable = [one.code for one in known.values() if planned.visit in one.visits] or "none"
            raise refuse_field(
                "checklists",
                say("The plan has no check-list {code} for such a visit; it has {usable}.", code=code, usable=usable),
            )
