"""One hazard as a desk is shown it, and what it may do about it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import select

from incident_hub.agencies.standing import Asker, may
from incident_hub.files import queries as files
from incident_hub.hazards import course
from incident_hub.hazards.models import Hazard, HazardLink
from incident_hub.kernel import record, registry
from incident_hub.kernel.database import db
from incident_hub.obligations import queries as obligations
from incident_hub.operations import queries as operations

from .standing import above, authority, known_to, standing, steps_of, subject, who


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
        "came_from": _came_from(row, desk_id),
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


def _links(row: Hazard, desk_id: int) -> list[dict[str, Any]]:
    refs = record.known_refs(row.chain, desk_id, "incident")
    query = select(HazardLink).where(HazardLink.ref == row.ref, HazardLink.incident.in_(refs)).order_by(HazardLink.at)
    return [{"incident": one.incident, "relation": one.relation, "at": one.at} for one in db.session.scalars(query)]


def _came_from(row: Hazard, desk_id: int) -> str | None:
    """The page of what it came out of, for a desk that may know that too."""
    name, _, rest = (row.source or "").partition("/")
    ref = rest.partition("/")[0]
    if name not in registry.nouns or record.may_know(row.chain, (name, ref), desk_id) is None:
        return None
    return registry.nouns[name].format(ref=ref)
