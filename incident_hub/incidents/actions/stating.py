"""What is stated of an incident: its status, whether it is true, its grade, its figures, and that somebody has it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import update

from incident_hub.incidents import models, queries
from incident_hub.incidents.lifecycle import ENDED, VERIFICATIONS, may_follow
from incident_hub.incidents.stated import Via, too_early
from incident_hub.kernel import record
from incident_hub.kernel.database import db
from incident_hub.kernel.errors import BadInput, Conflict, NotKnown
from incident_hub.kernel.record import By
from incident_hub.kernel.saying import say
from incident_hub.kernel.text import opaque
from incident_hub.operations import queries as operations

from .drafting import draft, refuse_unless
from .raising import raise_heard


def change_status(found: queries.Known, to: str, reason: str | None, via: Via | None, at: datetime, by: By) -> None:
    """Move an incident to its next status; the lead's desk decides. Tells: incident.status_changed, or
    incident.raised when what was heard becomes a report.
    Raises: Conflict when it does not follow, or a reason is missing.
    """
    refuse_unless(found, "incident.status")
    incident = found.incident
    if incident.status == to:
        return
    if refusal := may_follow(incident.status, to, reason):
        raise Conflict(refusal)
    if incident.status == "heard" and to == "reported":
        raise_heard(found, via, at, by)
        return
    data = {"from": incident.status, "to": to}
    incident.status = to
    if to in ENDED:
        incident.lead_offer = None
    record.append(draft(found, models.STATUS_CHANGED, at, by, data, {"reason": reason or ""}, via))


def verify(found: queries.Known, state: str, basis: str, via: Via | None, at: datetime, by: By) -> None:
    """Say how sure it is that it happened, and on what basis. Tells: incident.verified."""
    refuse_unless(found, "incident.verify")
    if state not in VERIFICATIONS:
        raise BadInput(
            say(
                "There is no verification {state}; it is one of {verifications}.",
                state=state,
                verifications=VERIFICATIONS,
            )
        )
    data = {"from": found.incident.verification, "state": state}
    found.incident.verification = state
    record.append(draft(found, models.VERIFIED, at, by, data, {"basis": basis}, via))


def change_grade(found: queries.Known, grade: str | None, basis: str, via: Via | None, at: datetime, by: By) -> None:
    """Grade an incident, or say that it has none; running clocks stay, new ones begin now. Tells: incident.graded."""
    refuse_unless(found, "incident.grade")
    plan = operations.plan_of(found.incident.plan_version)
    grades = [one.code for one in plan.grades]
    if grade is not None and grade not in grades:
        raise BadInput(say("There is no grade {grade}; it is one of {grades}, or none.", grade=grade, grades=grades))
    if grade is not None and found.incident.category == "S":
        raise Conflict("Public-security incidents are not graded; give attention A, B or C instead.")
    data = {"from": found.incident.grade, "grade": grade}
    found.incident.grade = grade
    record.append(draft(found, models.GRADED, at, by, data, {"basis": basis}, via))


def change_mark(found: queries.Known, tlp: str, basis: str, at: datetime, by: By) -> None:
    """Put an incident under another TLP mark, and say on what basis; who knows of it stays. Tells: incident.marked.

    Raises: Conflict for the mark it bears already.
    """
    refuse_unless(found, "incident.mark")
    if tlp == found.incident.tlp:
        raise Conflict(say("It is under TLP:{tlp} already.", tlp=tlp))
    data = {"from": found.incident.tlp, "tlp": tlp}
    found.incident.tlp = tlp
    record.append(draft(found, models.MARKED, at, by, data, {"basis": basis}))


def acknowledge(
    found: queries.Known,
    kind: str,
    eta: datetime | None,
    for_desk: str | None,
    via: Via | None,
    at: datetime,
    by: By,
) -> None:
    """Say that it was seen, or that one's agency acts: taken stops one's own ladder. Tells: incident.acknowledged.

    Shape: `for_desk` is the desk that answered by telephone when somebody else types it.
    Raises: BadInput when that desk may not know of the incident.
    """
    refuse_unless(found, "incident.acknowledge")
    if kind not in ("seen", "taken"):
        raise BadInput("An acknowledgement is either seen or taken.")
    data: dict[str, Any] = {"kind": kind, "desk": by.desk, "post": by.post, "eta": eta}
    speaker = for_desk or (via and _speaker(via))
    if speaker and speaker != by.desk:
        if speaker not in {row["desk"] for row in queries.circle_of(found.incident.chain, found.incident.ref)}:
            words = say(
                "{speaker} may not know of this incident, so it cannot have answered; share it first.", speaker=speaker
            )
            raise BadInput(words, errors=[{"pointer": "/on_behalf_of", "detail": words}])
        data |= {"on_behalf_of": speaker, "post": via.post if via else None}
    record.append(draft(found, models.ACKNOWLEDGED, at, by, data, None, via))


def state_figure(
    found: queries.Known, category: str, n: int | None, as_of: datetime, source: str, basis: str, at: datetime, by: By
) -> str:
    """Add a count; earlier ones stay as they were said. Tells: figure.stated."""
    refuse_unless(found, "figure.state")
    if refusal := too_early("as_of", as_of, at):
        raise BadInput(refusal, errors=[{"pointer": "/as_of", "detail": refusal}])
    figure = models.Figure(
        id=opaque(), ref=found.incident.ref, category=category, n=n, as_of=as_of, source=source, basis=basis,
        desk=by.desk, at=at, official=False, place=queries.next_figure(found.incident.ref),
    )  # fmt: skip
    db.session.add(figure)
    db.session.flush()
    data = {"figure": figure.id, "category": category, "n": n, "as_of": as_of}
    record.append(draft(found, models.FIGURE_STATED, at, by, data, {"source": source, "basis": basis}))
    return figure.id


def make_official(found: queries.Known, figure_id: str, at: datetime, by: By) -> None:
    """Make one figure the official one of its category; only the lead may. Tells: figure.made_official."""
    refuse_unless(found, "figure.official")
    figure = db.session.get(models.Figure, figure_id)
    if figure is None or figure.ref != found.incident.ref:
        raise NotKnown
    same = (models.Figure.ref == figure.ref) & (models.Figure.category == figure.category)
    db.session.execute(update(models.Figure).where(same).values(official=False))
    figure.official = True
    data = {"figure": figure_id, "category": figure.category, "n": figure.n}
    record.append(draft(found, models.FIGURE_OFFICIAL, at, by, data))


def _speaker(via: Via) -> str | None:
    return via.desk or (f"{via.agency}/duty" if via.agency else None)
