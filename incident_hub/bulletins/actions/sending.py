"""Sending one message to many desks: a sheet, an entry and a debt for each, so that none learns of another."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from incident_hub.agencies import queries as agencies
from incident_hub.agencies.queries import Desk
from incident_hub.bulletins import queries
from incident_hub.bulletins.answers import may_instruct
from incident_hub.bulletins.models import NOUN, SENT, Bulletin, Sheet
from incident_hub.incidents import queries as incidents
from incident_hub.kernel import record
from incident_hub.kernel.database import db
from incident_hub.kernel.errors import BadInput, NotAllowed
from incident_hub.kernel.record import By, Draft
from incident_hub.kernel.saying import say
from incident_hub.kernel.text import opaque
from incident_hub.operations import queries as operations

from .ending import end

# More than this is many bulletins; each desk is an entry and a debt of its own.
MOST = 400


@dataclass(frozen=True)
class Outgoing:
    """What is sent, to whom, and by when it is to be answered.

    Shape: `to` are desks; `parties` and `agencies` stand for the duty desks of theirs that take part. `corrects` is the
    bulletin that this one takes the place of.
    """

    kind: str
    title: str
    words: str
    deadline: datetime
    to: Sequence[str] = ()
    parties: Sequence[str] = ()
    agencies: Sequence[str] = ()
    incident: str | None = None
    corrects: str | None = None


def send(operation: operations.Operation, out: Outgoing, at: datetime, by: By) -> str:
    """Send a bulletin. Tells: bulletin.sent, to the sender and one addressee each time.

    The incident behind it stands only in the entries of desks that may know it. What it corrects ends with it. Raises:
    BadInput for a deadline that has passed or a desk that does not take part; NotAllowed where the plan leaves
    instructions to others.
    """
    if out.deadline <= at:
        raise _fault("/deadline", "The deadline has passed; give those who are asked some time.")
    plan, seats = operations.plan_of(operation.plan_version), operations.seats(operation.id, {})
    if out.kind == "instruction" and (refusal := may_instruct(plan, by.agency, seats)):
        raise NotAllowed(refusal)
    if out.incident is not None:
        incidents.known(out.incident, by.desk_id)
    desks = _addressees(operation, out, by)
    earlier = _corrected(out, at, by)
    id = opaque()
    db.session.add(
        Bulletin(
            id=id, chain=operation.id, kind=out.kind, title=out.title, words=out.words or None, desk=by.desk,
            desk_id=by.desk_id, incident=out.incident, corrects=earlier, sent_at=at, due_at=out.deadline,
        )
    )  # fmt: skip
    db.session.flush()
    phoned = {one.code for one in agencies.agencies() if one.membership == "contact_only"}
    knowing = _knowing(operation, out)
    for desk in desks:
        _address(operation, out, id, desk, desk.agency in phoned, desk.id in knowing, at, by)
    over = queries.overseers(operation, {desk.agency for desk in desks})
    circle = dict.fromkeys(over, "informed") | {by.desk_id: "lead"}
    record.disclose_all(operation.id, (NOUN, id), circle, "full", at, by.desk)
    return id


def _corrected(out: Outgoing, at: datetime, by: By) -> str | None:
    if out.corrects is None:
        return None
    found = queries.known(out.corrects, by.desk_id)
    if not found.sent:
        raise NotAllowed("The desk that sent it corrects it; tell them what is wrong.")
    if found.row.ended is None:
        end(found, "corrected", "", at, by)
    return found.row.id


def _address(
    operation: operations.Operation, out: Outgoing, id: str, desk: Desk, phoned: bool, knows: bool, at: datetime, by: By
) -> None:
    ref = opaque()
    reached = "phone" if phoned else "hub"
    db.session.add(Sheet(ref=ref, bulletin=id, desk=desk.code, desk_id=desk.id, reached=reached))
    db.session.flush()
    # The sender shares the sheet as lead, so a ladder may tell it who stays silent.
    circle = {by.desk_id: "lead", desk.id: "informed"}
    record.disclose_all(operation.id, (NOUN, ref), circle, "full", at, by.desk)
    data: dict[str, Any] = {
        "bulletin": id, "kind": out.kind, "reached": reached, "addressed": [desk.code], "deadline": out.deadline,
    }  # fmt: skip
    data |= {"incident": out.incident} if knows else {}
    facts, texts = queries.facts(operation.id), {"title": out.title, "words": out.words}
    record.append(Draft(operation.id, SENT, at, by, (NOUN, ref), facts, data, texts))


def _addressees(operation: operations.Operation, out: Outgoing, by: By) -> list[Desk]:
    taking_part = set(operations.participants(operation.id))
    named = [_desk(code, taking_part, operation.code) for code in out.to]
    if any(desk.id == by.desk_id for desk in named):
        raise _fault("/to", "A bulletin goes to other desks; take your own out.")
    bound = operations.bound(operation.id)
    wanted = [*out.agencies, *(agency for party in out.parties for agency in _party(party, bound))]
    for agency in wanted:
        desk = agencies.duty_desk(agency)
        if desk is None or agency not in taking_part:
            raise _fault(
                "/agencies",
                say(
                    "There is no duty desk of {agency} taking part in {operation}.",
                    agency=agency,
                    operation=operation.code,
                ),
            )
        named.append(desk)
    found = {desk.id: desk for desk in named if desk.id != by.desk_id}
    if not found:
        raise _fault("/to", "It goes to nobody; choose at least one desk besides your own.")
    if len(found) > MOST:
        raise _fault(
            "/to",
            say(
                "It would go to {n} desks; send it to {most} at most, and the others after that.",
                n=len(found),
                most=MOST,
            ),
        )
    return sorted(found.values(), key=lambda desk: desk.code)


def _desk(code: str, taking_part: set[str], operation: str) -> Desk:
    desk = agencies.desk(code)
    if desk is None or desk.agency not in taking_part:
        raise _fault("/to", say("There is no desk {code} taking part in {operation}.", code=code, operation=operation))
    return desk


def _party(party: str, bound: dict[str, list[str]]) -> Iterable[str]:
    if party not in bound:
        raise _fault(
            "/parties", say("Nobody plays the party {party} here; there are {bound}.", party=party, bound=sorted(bound))
        )
    return bound[party]


def _knowing(operation: operations.Operation, out: Outgoing) -> set[int]:
    if out.incident is None:
        return set()
    return {row.desk_id for row in record.access(operation.id, ("incident", out.incident))}


def _fault(pointer: str, told: str) -> BadInput:
    return BadInput(told, errors=[{"pointer": pointer, "detail": told}])
