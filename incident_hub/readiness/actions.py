"""Stating that something is in place, and what whoever oversees says to it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from incident_hub.agencies import queries as agencies
from incident_hub.files import actions as files
from incident_hub.kernel import record
from incident_hub.kernel.database import db
from incident_hub.kernel.errors import BadInput, Conflict, NotAllowed
from incident_hub.kernel.record import By, Draft
from incident_hub.kernel.saying import say
from incident_hub.kernel.text import opaque
from incident_hub.operations import queries as operations

from . import judgement, queries
from .models import CONFIRMED, OBJECTED, STATED, Statement


@dataclass(frozen=True)
class Said:
    """What a carrier states of one requirement. Shape: `value` by the kind of the requirement; none for a document."""

    item: str
    value: bool | int | str | None = None
    as_of: datetime | None = None
    expires_at: datetime | None = None
    words: str | None = None


def state(operation: operations.Operation, said: Said, at: datetime, by: By) -> str:
    """State of one's own agency that something is in place; whoever oversees it is told. Tells: readiness.stated.

    Shape: the id of the statement, to attach files to. Raises: NotAllowed for whoever owns no site here, BadInput.
    """
    if by.agency not in operations.site_owners(operation):
        raise NotAllowed(
            say(
                "Readiness is stated by the carriers of {operation}; {agency} is none of them.",
                operation=operation.code,
                agency=by.agency,
            )
        )
    asked = queries.requirement(operation, said.item)
    if asked is None:
        raise _fault("item", say("The plan asks for no {item}.", item=said.item))
    if refusal := judgement.refuses(asked, said.value):
        raise _fault("value", refusal)
    as_of = said.as_of or at
    if as_of > at:
        raise _fault("as_of", "It lies in the future; say of when it is true, no later than now.")
    if said.expires_at and said.expires_at <= as_of:
        raise _fault("expires_at", "It ends before it begins.")
    who = {"agency": by.agency, "desk": by.desk, "post": by.post, "name": by.name, "assurance": by.assurance}
    row = Statement(
        id=opaque(), chain=operation.id, agency=by.agency, item=said.item, value=said.value, as_of=as_of,
        expires_at=said.expires_at, words=said.words or None, at=at, by=who, desk=by.desk_id,
    )  # fmt: skip
    db.session.add(row)
    overseeing = operations.overseers(operation, by.agency, None)
    circle = dict.fromkeys([one.id for one in overseeing], "informed")
    own = [one.id for one in (agencies.duty_desk(by.agency),) if one]
    record.disclose_all(
        operation.id, queries.subject(row), circle | dict.fromkeys([*own, by.desk_id], "lead"), "full", at, by.desk
    )
    data = {"value": said.value, "as_of": as_of, "expires_at": said.expires_at}
    _tell(row, STATED, data | {"addressed": [one.code for one in overseeing]}, said.words or "", at, by)
    return row.id


def judge(row: Statement, accepted: bool, words: str, at: datetime, by: By) -> None:
    """Confirm a statement, or object to it with the reason; it then counts no more until it is stated anew.

    Tells: readiness.confirmed or readiness.objected. Raises: NotAllowed for whoever does not oversee the carrier.
    """
    if not queries.oversees(operations.at(row.chain), row.agency, by.desk):
        raise NotAllowed(say("Whoever oversees {agency} under the plan says whether this is so.", agency=row.agency))
    if row.verdict:
        raise Conflict(say("It was {verdict} already; what has changed is stated anew.", verdict=row.verdict))
    if not accepted and not words.strip():
        raise _fault("words", "Say what you object to.")
    row.verdict, row.verdict_words = "confirmed" if accepted else "objected", words or None
    row.verdict_at, row.verdict_by = at, by.agency
    desk = agencies.duty_desk(row.agency)
    _tell(row, CONFIRMED if accepted else OBJECTED, {"addressed": [desk.code] if desk else []}, words, at, by)


def attach(row: Statement, file: files.Sound, note: str | None, at: datetime, by: By) -> str:
    """Attach what one's own statement rests on. Tells: file.attached. Shape: the id of the file."""
    if by.agency != row.agency:
        raise NotAllowed(say("What {agency} states rests on what {agency} attaches.", agency=row.agency))
    return files.keep(row.chain, queries.subject(row), queries.facts(row), file, note, at, by)


def _tell(row: Statement, kind: str, data: dict[str, Any], words: str, at: datetime, by: By) -> None:
    db.session.flush()
    told = {"agency": row.agency, "item": row.item, **data}
    record.append(Draft(row.chain, kind, at, by, queries.subject(row), queries.facts(row), told, {"words": words}))


def _fault(field: str, told: str) -> BadInput:
    return BadInput(told, errors=[{"pointer": f"/{field}", "detail": told}])
