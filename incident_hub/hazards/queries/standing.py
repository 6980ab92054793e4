"""A hazard as judgement reads it, and whoever would act on it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select

from incident_hub.agencies import queries as agencies
from incident_hub.hazards.course import Standing, Who
from incident_hub.hazards.models import Hazard, HazardStep
from incident_hub.kernel import record
from incident_hub.kernel.database import db
from incident_hub.kernel.record import By
from incident_hub.operations import queries as operations

HANDS = ("settled", "evidenced")


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
