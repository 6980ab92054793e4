"""Hazards as a desk may know them, what it may do about each, and how many there are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select

from incident_hub.agencies import queries as agencies
from incident_hub.agencies.standing import Asker, may
from incident_hub.files import queries as files
from incident_hub.kernel import record
from incident_hub.kernel.database import db
from incident_hub.kernel.errors import NotKnown
from incident_hub.kernel.record import By
from incident_hub.obligations import queries as obligations
from incident_hub.operations import queries as operations

from . import course
from .course import Standing, Who
from .models import Hazard, HazardLink, HazardStep

HANDS = ("settled", "evidenced")
# A page lists so many; the API goes on over pages.
LISTED = 500


@dataclass(frozen=True)
class Wanted:
    """Which hazards are asked for; empty means all."""

    state: str | None = None
    grade: str | None = None
    agency: str | None = None
    site: str | None = None
    overdue: bool | None = None


def known(ref: str, desk_id: int) -> Hazard:
    """The hazard, if this desk may know of it.

    Raises: NotKnown when there is none or it may not; the two look the same.
    """
    row = db.session.get(Hazard, ref)
    if row is None or record.may_know(row.chain, subject(row), desk_id) is None:
        raise NotKnown
    return row


def listed(
    chain: int, desk_id: int, wanted: Wanted, at: datetime, before: tuple[datetime, str] | None, limit: int
) -> tuple[list[dict[str, Any]], tuple[datetime, str] | None]:
    """The hazards of an operation that a desk may know of, newest first, with the place to go on from."""
    query = _wanted(_known_to(chain, desk_id), wanted, at)
    if before:
        found_at, ref = before
        query = query.where((Hazard.found_at < found_at) | ((Hazard.found_at == found_at) & (Hazard.ref < ref)))
    rows = list(db.session.scalars(query.order_by(Hazard.found_at.desc(), Hazard.ref.desc()).limit(limit + 1)))
    further = (rows[limit - 1].found_at, rows[limit - 1].ref) if len(rows) > limit else None
    return [shape(row, at) for row in rows[:limit]], further


def by_urgency(chain: int, desk_id: int, wanted: Wanted, at: datetime) -> list[dict[str, Any]]:
    """The same, what is overdue first and the longest, then what has a deadline, then by age; closed ones last."""
    rows = db.session.scalars(_wanted(_known_to(chain, desk_id), wanted, at).limit(LISTED))
    return sorted((shape(row, at) for row in rows), key=_urgency)


def overdue(chain: int, desk_id: int, at: datetime) -> list[dict[str, Any]]:
    """The hazards a desk may know of that should have been put right by now, the longest overdue first."""
    query = _known_to(chain, desk_id).where(_overdue(at)).order_by(Hazard.deadline, Hazard.ref)
    return [shape(row, at) for row in db.session.scalars(query)]


def of_incident(chain: int, incident: str, desk_id: int, at: datetime) -> list[dict[str, Any]]:
    """The hazards linked to an incident, as far as a desk that knows the incident may know of them too."""
    linked = select(HazardLink.ref, HazardLink.relation).where(HazardLink.incident == incident)
    relations = {ref: relation for ref, relation in db.session.execute(linked)}
    rows = db.session.scalars(_known_to(chain, desk_id).where(Hazard.ref.in_(relations)).order_by(Hazard.found_at))
    return [shape(row, at) | {"relation": relations[row.ref]} for row in rows]


def counted(chain: int, agency: str, site: str | None, since: datetime, until: datetime) -> dict[str, int]:
    """How many an agency, or one site of it, had: {found, closed, overdue}; overdue as of the end.

    Units: from `since` up to and without `until`.
    """
    here = (Hazard.chain == chain) & (Hazard.agency == agency)
    if site:
        here &= Hazard.site == site
    asked = {
        "found": (Hazard.found_at >= since) & (Hazard.found_at < until),
        "closed": (Hazard.closed_at >= since) & (Hazard.closed_at < until),
        "overdue": _overdue(until),
    }
    return {name: db.session.execute(select(func.count()).where(here, one)).scalar_one() for name, one in asked.items()}


def closure(chain: int, agency: str, at: datetime) -> tuple[int, int]:
    """How many of an agency's hazards were closed by an instant, of how many found by then."""
    here = (Hazard.chain == chain) & (Hazard.agency == agency) & (Hazard.found_at <= at)
    query = select(func.count(), func.count(Hazard.closed_at).filter(Hazard.closed_at <= at)).where(here)
    found, closed = db.session.execute(query).one()
    return closed, found


def page(row: Hazard, desk_id: int, at: datetime) -> dict[str, Any]:
    """All of one hazard: the five things, what was done, files, debts, and the links that this desk may know."""
    steps = [
        {
            "id": one.id, "deed": one.deed, "words": one.words, "further": one.further, "codes": one.codes,
            "at": one.at, "by": one.by,
        }
        for one in steps_of(row.ref)
    ]  # fmt: skip
    return shape(row, at) | {
        "steps": steps,
        "files": attached(row, desk_id),
        "obligations": obligations.of_subject(row.chain, row.ref, "hazard"),
        "links": _links(row, desk_id),
        "known_to": known_to(row),
    }


def attached(row: Hazard, desk_id: int) -> list[dict[str, Any]]:
    """The photographs and files of a hazard, for a desk that may know of it."""
    return files.of(row.chain, subject(row), desk_id)


def offered(row: Hazard, asker: Asker, at: datetime) -> list[str]:
    """What the asker may do about it now, in the order of its course."""
    one, whoever = standing(row), who(row, asker.agency, asker.desk, asker.member)
    refusals = {
        "settle": course.may_settle(one),
        "evidence": course.may_rectify(one, whoever),
        "verify": course.may_verify(one, whoever),
        "extend": course.may_extend(one, whoever, authority(row), above(row), at),
        "reopen": course.may_reopen(one),
        "enforce": course.may_enforce(one, whoever, "asked for by the form"),
        "link": None,
    }
    return [verb for verb, refusal in refusals.items() if refusal is None and may(asker, f"hazard.{verb}") is None]


def standing(row: Hazard) -> Standing:
    """A hazard as judgement reads it; who of its owner's had a hand in it counts since it was opened last."""
    hands: set[str] = set()
    for one in steps_of(row.ref):
        if one.deed == "reopened":
            hands.clear()
        if one.deed in HANDS and one.member and one.by["agency"] == row.agency:
            hands.add(one.member)
    return Standing(
        row.state, row.grade, row.origin, row.agency, row.owner, row.supervisor, row.deadline, frozenset(hands)
    )


def who(row: Hazard, agency: str, desk: str, member: str | None) -> Who:
    """Whoever would act on a hazard."""
    return Who(agency, desk, member, agency in [one.agency for one in overseers(row)])


def of(row: Hazard, by: By) -> Who:
    """Whoever acts on a hazard."""
    return who(row, by.agency, by.desk, by.member)


def overseers(row: Hazard) -> list[agencies.Desk]:
    """The duty desks that oversee the owner under the plan in force."""
    return operations.overseers(operations.at(row.chain), row.agency, row.site)


def authority(row: Hazard) -> str:
    """Whom the plan in force lets move a deadline."""
    return operations.plan_in_force(row.chain)[1].authority.extend


def above(row: Hazard) -> list[str]:
    """The agencies over the owner in this matter: its parents, who oversees it, and who supervises it."""
    parents = [one.code for one in agencies.parent_chain(row.agency)]
    supervising = [row.supervisor.partition("/")[0]] if row.supervisor else []
    return list(dict.fromkeys([*parents, *(one.agency for one in overseers(row)), *supervising]))


def known_to(row: Hazard) -> list[str]:
    """The desks that know of a hazard, in the order they came to."""
    rows = record.access(row.chain, subject(row))
    desks = agencies.desks([one.desk_id for one in rows])
    return [desks[one.desk_id].code for one in rows]


def steps_of(ref: str) -> Sequence[HazardStep]:
    """What was done about a hazard, in order."""
    query = select(HazardStep).where(HazardStep.ref == ref).order_by(HazardStep.number)
    return list(db.session.scalars(query))


def subject(row: Hazard) -> tuple[str, str]:
    """How the record names it."""
    return ("hazard", row.ref)


def facts(row: Hazard) -> dict[str, Any]:
    """What rules read of a hazard."""
    return {"site": row.site, "site_owner": row.agency, "phase": operations.at(row.chain).phase}


def shape(row: Hazard, at: datetime) -> dict[str, Any]:
    """A hazard in a list, as of an instant."""
    five = {name: getattr(row, name) for name in course.FIVE}
    names = ("ref", "title", "description", "clause", "source", "origin", "grade", "state", "agency", "site", "owner")
    return {name: getattr(row, name) for name in (*names, "finder", "supervisor", "found_at", "closed_at")} | {
        "operation": operations.at(row.chain).code,
        "five": five,
        "missing": course.missing(five) if row.state in course.TO_SETTLE else [],
        "overdue": course.overdue(row.state, row.deadline, at),
    }


def _known_to(chain: int, desk_id: int) -> Select[Hazard]:
    return select(Hazard).where(Hazard.chain == chain, Hazard.ref.in_(record.known_refs(chain, desk_id, "hazard")))


def _wanted(query: Select[Hazard], wanted: Wanted, at: datetime) -> Select[Hazard]:
    for name in ("state", "grade", "agency", "site"):
        if value := getattr(wanted, name):
            query = query.where(getattr(Hazard, name) == value)
    if wanted.overdue is not None:
        query = query.where(_overdue(at) == wanted.overdue)
    return query


def _overdue(at: datetime) -> ColumnElement[bool]:
    return Hazard.state.in_(course.TO_RECTIFY) & Hazard.deadline.is_not(None) & (Hazard.deadline < at)


def _urgency(one: dict[str, Any]) -> tuple[Any, ...]:
    deadline = one["five"]["deadline"]
    return (one["state"] == "verified", not one["overdue"], deadline is None, deadline or one["found_at"], one["ref"])


def _links(row: Hazard, desk_id: int) -> list[dict[str, Any]]:
    refs = record.known_refs(row.chain, desk_id, "incident")
    query = select(HazardLink).where(HazardLink.ref == row.ref, HazardLink.incident.in_(refs)).order_by(HazardLink.at)
    return [{"incident": one.incident, "relation": one.relation, "at": one.at} for one in db.session.scalars(query)]
