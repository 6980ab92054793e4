"""Noughts that something speaks against: which there are, and which of them a desk may be shown.

Shown to those alone who may know both the return and what speaks against it, and never to the agency that filed it: to
the unit nothing is different, whatever others know.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import select

from incident_hub.agencies import queries as agencies
from incident_hub.kernel import record
from incident_hub.kernel.database import db
from incident_hub.operations import queries as operations
from incident_hub.operations.queries import Operation
from incident_hub.returns.contradicting import Fact, Place, at_unit, contradicted
from incident_hub.returns.models import Filing, Flag, OwingDesk, Unit, ZeroReport

from .knowing import covered, facts

# Returns that were due so long ago are looked at again when something comes to light.
LOOK_BACK = timedelta(days=3)


@dataclass(frozen=True)
class Doubt:
    """A nought of the version that counts, and what speaks against it. Shape: `subject` as the record writes it."""

    report: ZeroReport
    unit: str
    agency: str
    category: str
    subject: record.Subject

    @property
    def key(self) -> tuple[str | None, str, str]:
        """What tells one from another."""
        return (self.report.filing, self.category, record.written(self.subject))


def doubts(operation: Operation, at: datetime) -> list[Doubt]:
    """Every nought of the last days that is contradicted, unless the desk that owes knows by what and explained it."""
    asked = operations.plan_of(operation.plan_version).zero_report
    categories = [one for one in asked.categories if one.contradicted_by] if asked else []
    concerned = _concerned(operation.id, at) if categories else {}
    query = (
        select(ZeroReport, Filing, Unit.code, Unit.agency, OwingDesk.desk)
        .join(Filing, Filing.id == ZeroReport.filing)
        .join(Unit, Unit.ref == ZeroReport.unit)
        .join(OwingDesk, OwingDesk.ref == ZeroReport.owing)
        .where(ZeroReport.unit.in_(concerned), ZeroReport.state == "received", ZeroReport.due_at >= at - LOOK_BACK)
    )
    found: list[Doubt] = []
    for report, filing, code, agency, desk in db.session.execute(query.order_by(ZeroReport.date, Unit.code)):
        against = contradicted(filing.counts, categories, concerned[report.unit], covered(report, at))
        for category, ones in against.items():
            for subject in ((one.noun, one.ref) for one in ones):
                explained = filing.explanation.strip() and record.may_know(operation.id, subject, desk)
                if not explained:
                    found.append(Doubt(report, code, agency, category, subject))
    return found


def to_flag(operation: Operation, at: datetime) -> bool:
    """Whether something is to be flagged, or a flag to be lifted."""
    return {one.key for one in doubts(operation, at)} != set(standing(operation.id, at))


def standing(chain: int, at: datetime) -> dict[tuple[str | None, str, str], Flag]:
    """The flags of the last days that were not lifted."""
    query = (
        select(Flag)
        .join(ZeroReport, ZeroReport.id == Flag.zero_report)
        .where(ZeroReport.chain == chain, ZeroReport.due_at >= at - LOOK_BACK, Flag.lifted_at.is_(None))
    )
    return {(row.filing, row.category, row.subject): row for row in db.session.scalars(query)}


def shown(doubt: Doubt) -> tuple[int, ...]:
    """The desks that may know both sides, without those of the agency that filed."""
    chain = doubt.report.chain
    both = _knowing(chain, ("return", doubt.report.owing)) & _knowing(chain, doubt.subject)
    return tuple(sorted(both - {one.id for one in agencies.desks_of_agency(doubt.agency)}))


def flagged(chain: int, desk_id: int, since: date, until: date) -> dict[str, list[dict[str, Any]]]:
    """The flags of some days that a desk may be shown: by return, {category, noun, ref}."""
    desk = agencies.desks([desk_id]).get(desk_id)
    query = (
        select(Flag.zero_report, Flag.category, Flag.subject)
        .join(ZeroReport, ZeroReport.filing == Flag.filing)
        .join(Unit, Unit.ref == ZeroReport.unit)
        .where(
            ZeroReport.chain == chain,
            ZeroReport.date.between(since, until),
            ZeroReport.state == "received",
            ZeroReport.owing.in_(record.known_refs(chain, desk_id, "return")),
            Unit.agency != (desk.agency if desk else ""),
            Flag.lifted_at.is_(None),
            Flag.subject.in_(record.known_subjects(chain, desk_id)),
        )
    )
    found: dict[str, list[dict[str, Any]]] = {}
    for report, category, subject in db.session.execute(query.order_by(Flag.at, Flag.category, Flag.subject)):
        noun, _, ref = subject.partition("/")
        found.setdefault(report, []).append({"category": category, "noun": noun, "ref": ref})
    return found


def _concerned(chain: int, at: datetime) -> Mapping[str, Sequence[Fact]]:
    units = db.session.execute(select(Unit.ref, Unit.agency, Unit.site).where(Unit.chain == chain)).all()
    present = {agency for _, agency, _ in units}
    every: dict[str, list[Fact]] = {}
    # A return that was due then covers what happened the day before.
    for fact in facts(chain, present, at - LOOK_BACK - timedelta(days=2), None):
        every.setdefault(fact.place.agency, []).append(fact)
    places = {ref: Place(agency, site) for ref, agency, site in units if agency in every}
    of: dict[str, list[Place]] = {}
    for place in places.values():
        of.setdefault(place.agency, []).append(place)
    each = {ref: at_unit(every[place.agency], place, of[place.agency]) for ref, place in places.items()}
    return {ref: ones for ref, ones in each.items() if ones}


def _knowing(chain: int, subject: record.Subject) -> set[int]:
    return {one.desk_id for one in record.access(chain, subject)}
