"""What the Hub knows of the days of some units, as far as the desk that is answered may know it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from sqlalchemy import select

from incident_hub.hazards.counting import queries as hazards
from incident_hub.incidents.counting import queries as incidents
from incident_hub.kernel.database import db
from incident_hub.operations import queries as operations
from incident_hub.plan.frame import Category
from incident_hub.returns.contradicting import Day, Fact, Place, at_unit, contradicted
from incident_hub.returns.contradicting import suggested as offered
from incident_hub.returns.models import Filing, OwingDesk, Unit, ZeroReport


def known_facts(chain: int, reports: Sequence[ZeroReport], desk_id: int) -> dict[str, list[Fact]]:
    """What both a desk and the desk that owes may know of each return's unit.

    Shape: by return, without those of whose unit nobody can say what was at it.
    What one of the two may not know is not read at all: the answer is the same, and as quick, as if it were not.
    """
    query = select(OwingDesk.ref, OwingDesk.desk).where(OwingDesk.ref.in_({report.owing for report in reports}))
    places = placed(reports)
    found: dict[str, list[Fact]] = {}
    for owing, desk in db.session.execute(query).all():
        ones = [report for report in reports if report.owing == owing]
        agencies = {places[one.unit].agency for one in ones}
        units = units_of(chain, agencies)
        every = facts(chain, agencies, min(one.since for one in ones), (desk, desk_id))
        for one in ones:
            place = places[one.unit]
            here = at_unit(every, place, units[place.agency])
            if here is not None:
                found[one.id] = here
    return found


def suggested(report: ZeroReport, desk_id: int, at: datetime) -> dict[str, int]:
    """What the Hub itself counts for a return, to be offered to a desk: {category: n}; a person states it."""
    known = known_facts(report.chain, [report], desk_id).get(report.id)
    return {} if known is None else offered(_categories(report.chain), known, covered(report, at))


def unexplained(report: ZeroReport, desk_id: int, at: datetime) -> list[str]:
    """The categories whose nought in the version that counts is contradicted by now, and nobody has said why."""
    filing = db.session.get(Filing, report.filing) if report.filing else None
    if filing is None or filing.explanation.strip():
        return []
    known = known_facts(report.chain, [report], desk_id).get(report.id, [])
    return list(contradicted(filing.counts, _categories(report.chain), known, covered(report, at)))


def covered(report: ZeroReport, at: datetime) -> Day:
    """The day of a return, as it can be judged at an instant."""
    return Day(report.since, report.due_at, min(report.due_at, at))


def placed(reports: Sequence[ZeroReport]) -> dict[str, Place]:
    """Where the unit of each return is, by unit."""
    query = select(Unit.ref, Unit.agency, Unit.site).where(Unit.ref.in_({report.unit for report in reports}))
    return {ref: Place(agency, site) for ref, agency, site in db.session.execute(query)}


def units_of(chain: int, agencies: Collection[str]) -> Mapping[str, list[Place]]:
    """Where every unit of some agencies is, by agency."""
    query = select(Unit.agency, Unit.site).where(Unit.chain == chain, Unit.agency.in_(agencies))
    found: dict[str, list[Place]] = {}
    for agency, site in db.session.execute(query):
        found.setdefault(agency, []).append(Place(agency, site))
    return found


def facts(chain: int, agencies: Collection[str], since: datetime, known_to: Collection[int] | None) -> list[Fact]:
    """The incidents and hazards of some agencies that a return from an instant on may have to tell of."""
    found = [
        Fact("incident", one.ref, Place(one.agency, one.site), one.at, one.type, one.attention, one.open)
        for one in incidents.placed(chain, agencies, since, known_to)
    ]
    return found + [
        Fact(
            "hazard", one.ref, Place(one.agency, one.site), one.found_at, closed_at=one.closed_at,
            deadline=one.deadline,
        )
        for one in hazards.placed(chain, agencies, since, known_to)
    ]  # fmt: skip


def _categories(chain: int) -> Sequence[Category]:
    asked = operations.plan_of(operations.at(chain).plan_version).zero_report
    return asked.categories if asked else ()
