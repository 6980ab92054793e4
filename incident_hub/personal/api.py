"""The doors of values of persons: locked away, found by a whole waybill, asked for, agreed to, shown once."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Annotated, Any, Literal

from pydantic import Field

from incident_hub.agencies.askers import allow, by_of
from incident_hub.agencies.standing import Asker
from incident_hub.incidents import queries as incidents
from incident_hub.kernel import clock, vault
from incident_hub.kernel.database import unit_of_work
from incident_hub.kernel.doors import Answer, Room, Shape, answer
from incident_hub.kernel.errors import Conflict
from incident_hub.kernel.record import By
from incident_hub.kernel.shapes import Listed
from incident_hub.kernel.vault import Value
from incident_hub.operations import queries as operations
from incident_hub.personal.shapes import RevealOut, Shown, ValueOut, ValuesOut, WithWaybill

from . import actions, queries, revealing

room = Room("personal")
READ, WRITE = "incidents:read", "incidents:write"
WRITES = (403, 404, 409, 422)
Reason = Annotated[str, Field(min_length=4, max_length=1000)]


class ValueIn(Shape):
    """A value and what it is needed for."""

    kind: Literal["waybill", "phone", "identity", "other"]
    value: Annotated[str, Field(min_length=1, max_length=200)]
    why: Reason


class WaybillIn(Shape):
    """A whole waybill number; parts of one find nothing."""

    number: Annotated[str, Field(min_length=6, max_length=40)]


class RevealIn(Shape):
    """Why it has to be read."""

    reason: Reason


class ConfirmationIn(Shape):
    """Whether the second person agrees."""

    agree: bool


@room.door("GET", "/incidents/<ref>/personal", scope=READ, gives=ValuesOut, errors=(403, 404))
def list_values(asker: Asker, ref: str) -> dict[str, Any]:
    """The values of persons of an incident: kind and last four, and where else the same waybill lies."""
    allow(asker, "board.read")
    found = incidents.known(ref, asker.desk_id)
    reveals = queries.reveals(found, asker, clock.now())
    return {"items": queries.listed(found, asker.desk_id), "reveals": reveals, "next": None}


@room.door(
    "POST", "/incidents/<ref>/personal", scope=WRITE, takes=ValueIn, gives=ValueOut, status=201, errors=WRITES,
    plain=True,
)  # fmt: skip
def keep_value(asker: Asker, body: ValueIn, ref: str) -> Answer:
    """Lock a value of a person away for an incident; only its kind and last four are told."""
    allow(asker, "board.read")
    chain = incidents.known(ref, asker.desk_id).incident.chain
    allow(asker, "personal.keep")
    with unit_of_work(chain) as at:
        found = incidents.known(ref, asker.desk_id)
        row = actions.keep(found, Value(body.kind, body.value), body.why, at, by_of(asker))
        told = next(one for one in queries.listed(found, asker.desk_id) if one["id"] == row.id)
        return answer(told, status=201)


@room.door(
    "POST", "/operations/<op>/waybills/search", scope=READ, takes=WaybillIn, gives=Listed[WithWaybill],
    errors=(403, 404, 422), plain=True,
)  # fmt: skip
def find_waybill(asker: Asker, body: WaybillIn, op: str) -> Answer:
    """The incidents with this waybill that the asker's desk may know of; the number asked for is kept nowhere."""
    allow(asker, "personal.find")
    operation = operations.for_desk(op, asker.desk_id)
    return Answer({"items": queries.with_waybill(operation, body.number, asker.desk_id), "next": None}, kept=False)


@room.door("POST", "/personal/<id>/reveals", scope=WRITE, takes=RevealIn, gives=RevealOut, status=201, errors=WRITES)
def ask_reveal(asker: Asker, body: RevealIn, id: str) -> Answer:
    """Ask to read a value; a second person at the same desk or one that oversees it has 15 minutes to agree."""
    allow(asker, "board.read")
    chain = queries.known(id, asker.desk_id)[0].chain
    allow(asker, "personal.reveal")
    with unit_of_work(chain) as at:
        value, found = queries.known(id, asker.desk_id)
        row = actions.ask(value, found, body.reason, queries.person(asker), at, by_of(asker))
        return answer(queries.shape(queries.Found(row, value, found), asker, at), status=201)


@room.door("GET", "/reveals/<id>", scope=READ, gives=RevealOut, errors=(403, 404))
def read_reveal(asker: Asker, id: str) -> dict[str, Any]:
    """How far a reveal has come, and what the asker may do with it."""
    allow(asker, "board.read")
    return queries.shape(queries.reveal(id, asker.desk_id), asker, clock.now())


@room.door("POST", "/reveals/<id>/confirmation", scope=WRITE, takes=ConfirmationIn, gives=RevealOut, errors=WRITES)
def confirm_reveal(asker: Asker, body: ConfirmationIn, id: str) -> Answer:
    """Agree to a reveal as the second person, or decline it."""
    with _revealing(asker, id) as (found, at, by):
        actions.answer(found, body.agree, queries.person(asker), at, by)
        return answer(queries.shape(found, asker, at))


@room.door("POST", "/reveals/<id>/showing", scope=WRITE, gives=Shown, errors=WRITES)
def show_value(asker: Asker, id: str) -> Answer:
    """Show the value, once, to whoever asked for it; that it is shown stands in the record before it is read."""
    with _revealing(asker, id) as (found, at, by):
        actions.show(found, queries.person(asker), at, by)
    # Committed: from here on it counts as seen, whether or not the answer arrives.
    row = vault.one(found.row.value)
    plain = vault.opened(row) if row else None
    if plain is None:
        raise Conflict("The value cannot be opened with the key in this folder; tell whoever runs the Hub.")
    until = at + timedelta(seconds=revealing.ON_SCREEN)
    return Answer({"kind": found.value.kind, "value": plain, "shown_at": at, "until": until}, kept=False)


@contextmanager
def _revealing(asker: Asker, id: str) -> Iterator[tuple[queries.Found, datetime, By]]:
    allow(asker, "board.read")
    chain = queries.reveal(id, asker.desk_id).value.chain
    allow(asker, "personal.reveal")
    with unit_of_work(chain) as at:
        # Read again inside, so that what was checked is what is changed.
        yield queries.reveal(id, asker.desk_id), at, by_of(asker)
