"""Where hazards are, and how each stood at an instant, taken back to what the record says of it."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import or_, select

from incident_hub.hazards import course
from incident_hub.hazards.course import TO_RECTIFY
from incident_hub.hazards.models import FOUND, SETTLED, Hazard, HazardStep
from incident_hub.kernel import feeds, record
from incident_hub.kernel.database import db
from incident_hub.kernel.text import read_instant

_AT_ONCE = 500
# What each step makes of a hazard; the others leave it as it is.
_BECOMES = {
    "found": "found", "settled": "settled", "evidenced": "rectified", "rejected": "rejected", "verified": "verified",
    "reopened": "reopened",
}  # fmt: skip


@dataclass(frozen=True)
class Placed:
    """A hazard at a place. Shape: `deadline` is None once it is put right. Units: aware UTC."""

    ref: str
    agency: str
    site: str | None
    found_at: datetime
    closed_at: datetime | None
    deadline: datetime | None


@dataclass(frozen=True)
class Stood:
    """One hazard as it stood. Shape: `closed_at` is when it was verified; None while it goes on."""

    ref: str
    title: str
    agency: str
    found_at: datetime
    grade: str = "general"
    state: str = "found"
    deadline: datetime | None = None
    closed_at: datetime | None = None

    def overdue(self, at: datetime) -> bool:
        """Whether it should have been put right by then and was not."""
        return course.overdue(self.state, self.deadline, at)


def placed(chain: int, agencies: Collection[str], since: datetime, known_to: Collection[int] | None) -> list[Placed]:
    """The hazards of some agencies that were found or closed from an instant on, or are still to be put right.

    Shape: those alone that every desk in `known_to` may know of; None is for whoever shows nobody what it finds.
    """
    lately = or_(Hazard.found_at >= since, Hazard.closed_at >= since, Hazard.state.in_(TO_RECTIFY))
    query = select(Hazard).where(Hazard.chain == chain, Hazard.agency.in_(agencies), lately)
    for desk in known_to or ():
        query = query.where(Hazard.ref.in_(record.known_refs(chain, desk, "hazard")))
    return [
        Placed(
            row.ref, row.agency, row.site, row.found_at, row.closed_at,
            row.deadline if row.state in TO_RECTIFY else None,
        )
        for row in db.session.scalars(query.order_by(Hazard.found_at, Hazard.ref))
    ]  # fmt: skip


def stood(chain: int, desk_id: int, at: datetime) -> list[Stood]:
    """Every hazard found by `at` that a desk may know of today, as it stood at `at`, oldest first."""
    row = Hazard
    query = select(row.ref, row.title, row.agency, row.found_at).where(
        row.chain == chain, row.found_at <= at, row.ref.in_(record.known_refs(chain, desk_id, "hazard"))
    )
    found = {one.ref: Stood(*one) for one in db.session.execute(query.order_by(row.found_at, row.ref))}
    for step in _steps(found, at):
        found[step.ref] = _after(found[step.ref], step)
    # How grave it is was said when it was found, and may have been raised when it was settled.
    for kind in (FOUND, SETTLED):
        for entry in feeds.of_kind(chain, 0, kind):
            ref = entry["subject"]["ref"]
            if ref in found and entry["at"] <= at:
                found[ref] = replace(found[ref], grade=entry["data"]["grade"])
    return list(found.values())


def _steps(refs: Collection[str], at: datetime) -> Iterable[HazardStep]:
    wanted, step = sorted(refs), HazardStep
    for start in range(0, len(wanted), _AT_ONCE):
        some = step.ref.in_(wanted[start : start + _AT_ONCE])
        yield from db.session.scalars(select(step).where(some, step.at <= at).order_by(step.ref, step.number))


def _after(one: Stood, step: HazardStep) -> Stood:
    state, deadline = _BECOMES.get(step.deed, one.state), one.deadline
    if step.deed in ("settled", "extended"):
        deadline = read_instant(step.codes["deadline"])
    elif step.deed == "reopened":
        deadline = None
    return replace(one, state=state, deadline=deadline, closed_at=step.at if state == "verified" else None)
