"""What happens after the five things stand: evidence, the look of somebody else, more time, links and enforcement."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from incident_hub.files import queries as files
from incident_hub.hazards import course, queries
from incident_hub.hazards.models import (
    ENFORCED,
    EVIDENCED,
    EXTENDED,
    LINKED,
    REJECTED,
    REOPENED,
    VERIFIED,
    Hazard,
    HazardLink,
)
from incident_hub.incidents import queries as incidents
from incident_hub.kernel import record
from incident_hub.kernel.database import db
from incident_hub.kernel.errors import BadInput, Conflict, NotAllowed, NotKnown
from incident_hub.kernel.record import By

from .stating import refuse_field, refuse_if_empty, state


def evidence(row: Hazard, words: str, at: datetime, by: By) -> None:
    """Show that it is put right, in words and with the files attached; somebody else then owes a look.

    Tells: hazard.evidenced.
    """
    refuse_if_empty("words", words, "Say what was done; photographs are attached beside it.")
    one = queries.standing(row)
    _refuse(one.state in course.TO_RECTIFY, course.may_rectify(one, queries.of(row, by)))
    row.state = "rectified"
    asked = course.verifier(one, row.finder, [desk.code for desk in queries.overseers(row)])
    attached = files.of(row.chain, queries.subject(row), by.desk_id)
    codes = {"files": [kept["id"] for kept in attached], "deadline": row.deadline, "addressed": _all(asked)}
    state(row, EVIDENCED, codes, at, by, words=words)


def verify(row: Hazard, accepted: bool, words: str, at: datetime, by: By) -> None:
    """Find it put right, which closes it, or hand it back with the reason. Never its owner.

    Tells: hazard.verified or hazard.rejected. Raises: NotAllowed for whoever may not judge it.
    """
    one = queries.standing(row)
    _refuse(one.state == "rectified", course.may_verify(one, queries.of(row, by)))
    if accepted:
        row.state, row.closed_at = "verified", at
        state(row, VERIFIED, {}, at, by, words=words)
        return
    refuse_if_empty("words", words, "Say what is not right yet.")
    row.state = "rejected"
    # The deadline stays where it was; what has passed already is due at once.
    state(row, REJECTED, {"deadline": row.deadline, "addressed": [row.owner]}, at, by, words=words)


def reopen(row: Hazard, reason: str, at: datetime, by: By) -> None:
    """Open it again; its five things are settled anew. Tells: hazard.reopened."""
    refuse_if_empty("reason", reason, "Say what has come back.")
    _refuse(False, course.may_reopen(queries.standing(row)))
    row.state, row.closed_at, row.deadline = "reopened", None, None
    state(row, REOPENED, {"addressed": [row.owner]}, at, by, words=reason)


def extend(row: Hazard, until: datetime, reason: str, monitoring: str, at: datetime, by: By) -> None:
    """Give more time, with the reason and how it is watched meanwhile; the old deadline stays in the history.

    Tells: hazard.extended. Raises: NotAllowed without the authority the plan names, Conflict once it has passed.
    """
    refuse_if_empty("reason", reason, "Say why it cannot be done in time.")
    refuse_if_empty("monitoring", monitoring, "Say how it is watched until then.")
    one = queries.standing(row)
    running = one.state in course.TO_RECTIFY and (one.deadline is None or one.deadline > at)
    allowed = course.may_extend(one, queries.of(row, by), queries.authority(row), queries.above(row), at)
    _refuse(running, allowed)
    if one.deadline and until <= one.deadline:
        raise refuse_field("until", "The new deadline is not later than the present one.")
    row.deadline = until
    codes = {"from": one.deadline, "deadline": until, "addressed": [row.owner]}
    state(row, EXTENDED, codes, at, by, words=reason, further=monitoring)


def link(row: Hazard, incident: str, relation: str, at: datetime, by: By) -> None:
    """Link it to an incident; told to those alone who may know both. Tells: hazard.linked.

    Raises: NotKnown for an incident that the actor may not know of.
    """
    found = incidents.known(incident, by.desk_id)
    if found.operation.id != row.chain:
        raise NotKnown
    if db.session.get(HazardLink, (row.ref, incident)):
        raise Conflict("They are linked already.")
    db.session.add(HazardLink(ref=row.ref, incident=incident, relation=relation, at=at))
    both = _desks(row.chain, queries.subject(row)) & _desks(row.chain, ("incident", incident))
    codes = {"incident": incident, "relation": relation}
    state(row, LINKED, codes, at, by, desks=tuple(sorted(both)))


def enforce(row: Hazard, outcome: str, basis: str, cause: str, at: datetime, by: By) -> None:
    """State what enforcement came of it. What a carrier found itself opens none without a cause of the authority's.

    Tells: hazard.enforced.
    """
    refuse_if_empty("basis", basis, "Say what it rests on.")
    one = queries.standing(row)
    whoever = queries.of(row, by)
    if refusal := course.may_enforce(one, whoever, cause or "to come"):
        raise NotAllowed(refusal)
    if refusal := course.may_enforce(one, whoever, cause):
        raise BadInput(refusal, errors=[{"pointer": "/cause", "detail": refusal}])
    state(row, ENFORCED, {"outcome": outcome}, at, by, words=basis, further=cause)


def _refuse(fits: bool, refusal: str | None) -> None:
    """Whoever may not is told so; what does not fit the state it is in is a conflict."""
    if refusal:
        raise (NotAllowed if fits else Conflict)(refusal)


def _all(asked: str | None) -> Sequence[str]:
    return [asked] if asked else []


def _desks(chain: int, subject: tuple[str, str]) -> set[int]:
    return {one.desk_id for one in record.access(chain, subject)}
