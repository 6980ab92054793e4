"""The verbs of an exercise's control desk: load its injects, and play one of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select

from incident_hub.agencies import queries as agencies
from incident_hub.incidents import actions as incidents
from incident_hub.incidents import queries as known
from incident_hub.incidents.stated import Via
from incident_hub.kernel import record
from incident_hub.kernel.database import db
from incident_hub.kernel.disclosure import Access
from incident_hub.kernel.errors import BadInput, Conflict, Refusal
from incident_hub.kernel.record import By, Draft
from incident_hub.kernel.saying import say
from incident_hub.kernel.text import opaque
from incident_hub.operations import queries as operations
from incident_hub.operations.opening import ENDED

from . import models
from .injects import Inject
from .models import Inject as Row

# Whoever plays what did not happen; no real desk ever signs for it.
CONTROL = By(agency="house", desk="house/exercise", desk_id=0, assurance="service", name="EXERCISE CONTROL 演练导调")


def schedule(operation: operations.Operation, injects: Sequence[Inject], start: datetime, at: datetime, by: By) -> int:
    """Keep the injects of a file with their instants. Tells: inject.scheduled.

    Raises: Conflict for an operation that is real, or has ended: what is invented never enters a real one; BadInput
    for a desk that does not take part.
    """
    refuse_real(operation)
    if operation.phase in ENDED:
        raise Conflict(
            say(
                "The exercise {operation} is {phase}; open another one.",
                operation=operation.code,
                phase=operation.phase,
            )
        )
    _refuse_strangers(operation, injects)
    for one in injects:
        row = Row(
            id=opaque(), chain=operation.id, place=one.place, due_at=start + one.after, what=one.what,
            incident=one.incident, body=dict(one.body), state="armed", played_at=None, ref=None, refusal=None,
        )  # fmt: skip
        db.session.add(row)
    data = {"count": len(injects), "from": start + injects[0].after, "until": start + injects[-1].after}
    record.append(_draft(operation, models.SCHEDULED, data, at, by))
    return len(injects)


def play(inject: str, at: datetime) -> bool:
    """Do what one inject says, as the control desk; False when it was done already.

    What a verb refuses is said in the record and not tried again: the exercise goes on without it.
    Tells: inject.played, inject.refused.
    """
    row = db.session.get(Row, inject, with_for_update=True)
    if row is None or row.state != "armed":
        return False
    operation = operations.at(row.chain)
    refuse_real(operation)
    data: dict[str, Any] = {"inject": row.id, "place": row.place, "what": row.what, "due_at": row.due_at}
    try:
        # A verb refuses before it writes into the record, so what it has changed by then can be undone by itself.
        with db.session.begin_nested():
            ref = _do(operation, row, at)
    except Refusal as refusal:
        row.state, row.played_at, row.refusal = "refused", at, refusal.detail
        record.append(_draft(operation, models.REFUSED, data, at, CONTROL, {"refusal": refusal.detail}))
        return True
    row.state, row.played_at, row.ref = "played", at, ref
    data |= {"late_s": (at - row.due_at).total_seconds(), "ref": ref}
    record.append(_draft(operation, models.PLAYED, data, at, CONTROL))
    return True


def refuse_real(operation: operations.Operation) -> None:
    """Stop what belongs to exercises alone.

    Raises: Conflict for a real operation.
    """
    if not operation.exercise:
        raise Conflict(
            say(
                "{operation} is real; injects are played in exercises alone. Open one with exercise = true.",
                operation=operation.code,
            )
        )


def _do(operation: operations.Operation, row: Row, at: datetime) -> str | None:
    body = row.body
    if row.what == "say":
        _say(operation, row, at)
        return None
    if row.what == "open":
        plain = {name: body[name] for name in ("type", "title", "summary", "site", "attention") if name in body}
        place = {"text": body["place"]} if "place" in body else None
        return incidents.open_incident(
            operation, incidents.NewIncident(**plain, place=place, via=_via(body)), at, CONTROL
        )
    found = _found(operation, row)
    if row.what == "journal":
        audience = [body["to"]] if "to" in body else "all"
        written = incidents.Written(
            body.get("kind", "message"), body["text"], audience, milestone=body.get("milestone")
        )
        incidents.write(found, written, at, CONTROL)
    elif row.what == "figure":
        incidents.state_figure(
            found, body["category"], body["n"], at, body["source"], body.get("basis", ""), at, CONTROL
        )
    else:
        incidents.change_status(found, body["to"], body.get("reason"), None, at, CONTROL)
    return found.incident.ref


def _found(operation: operations.Operation, row: Row) -> known.Known:
    """The incident an inject speaks of: control invented it, so control may know of it."""
    opened = select(Row.ref).where(Row.chain == row.chain, Row.incident == row.incident, Row.what == "open")
    ref = db.session.scalars(opened.where(Row.state == "played").order_by(Row.due_at.desc())).first()
    rows = known.refs_of(row.chain, [ref]) if ref else []
    if not rows:
        raise Conflict(
            say("The incident {incident} was not opened, so nothing can be said of it.", incident=row.incident)
        )
    return known.Known(rows[0], operation, Access(CONTROL.desk_id, "lead", "full", rows[0].created_at, CONTROL.desk))


def _say(operation: operations.Operation, row: Row, at: datetime) -> None:
    desk = agencies.desk(row.body["to"])
    if desk is None:
        raise Conflict(say("There is no desk {desk}.", desk=row.body["to"]))
    data = {"inject": row.id, "to": desk.code, "post": row.body.get("post")}
    told = _draft(operation, models.SAID, data, at, CONTROL, {"text": row.body["text"]})
    told.desks = (desk.id,)
    record.append(told)


def _via(body: dict[str, str]) -> Via | None:
    if "from" not in body:
        return None
    agency, _, desk = body["from"].partition("/")
    return Via(body.get("channel", "phone"), agency, f"{agency}/{desk or 'duty'}", words=body.get("words"))


def _refuse_strangers(operation: operations.Operation, injects: Sequence[Inject]) -> None:
    taking_part = set(operations.participants(operation.id))
    named = [
        (one.place, str(one.body.get(key) or "")) for one in injects for key in ("to", "from") if one.what != "status"
    ]
    errors = [
        {"pointer": f"/inject/{place}", "detail": f"Inject {place}: {code} does not take part in {operation.code}."}
        for place, code in named
        if code and (code.partition("/")[0] not in taking_part or ("/" in code and agencies.desk(code) is None))
    ]
    if errors:
        raise BadInput(errors[0]["detail"], errors=errors)


def _draft(
    operation: operations.Operation, kind: str, data: Mapping[str, Any], at: datetime, by: By,
    texts: dict[str, str] | None = None,
) -> Draft:  # fmt: skip
    facts = {"phase": operation.phase, "plan": operation.plan_version}
    return Draft(operation.id, kind, at, by, operation.subject, facts, dict(data), texts or {})
