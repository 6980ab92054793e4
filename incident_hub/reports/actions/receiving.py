"""Receipt: the receiver says that the report is there, or whoever sent it rings and writes down who took it."""

from __future__ import annotations

from datetime import datetime

from incident_hub.incidents.stated import Via
from incident_hub.kernel.errors import BadInput, Conflict, NotKnown
from incident_hub.kernel.record import By
from incident_hub.kernel.saying import say
from incident_hub.reports import queries
from incident_hub.reports.models import RECEIVED, Sending

from .stating import state, who


def receive(found: queries.Found, sending: str | None, via: Via | None, at: datetime, by: By) -> None:
    """Say that a report was received. Tells: report.received, which settles the receipt that is owed.

    Shape: `sending` says which of the ways it went is meant; left out, it is the one to the desk that speaks. The
    receiver's own desk needs no `via`; the desk that sent it needs one, for it tells what the receiver said.
    Raises: Conflict when it was received already, BadInput when a sender speaks for the receiver without saying how.
    """
    if not found.reads:
        raise NotKnown
    way = _meant(queries.sendings_of([found.row.id]).get(found.row.id, []), sending, via, by)
    if way.received_at:
        raise Conflict("It was received already.")
    if way.to != by.desk and (via is None or via.desk != way.to):
        told = say("Say how {to} told you that it has it: via, with the channel and from that desk.", to=way.to)
        raise BadInput(told, errors=[{"pointer": "/via", "detail": told}])
    taken_at = min(via.stated_at, at) if via and via.stated_at else at
    # What people say has whole seconds; within the second of its sending it came after it.
    if taken_at < way.sent_at.replace(microsecond=0):
        told = "It cannot have been received before it was sent."
        raise BadInput(told, errors=[{"pointer": "/via/stated_at", "detail": told}])
    spoke = {"desk": way.to, "agency": way.to.partition("/")[0], "post": via.post if via else by.post}
    way.received_at = max(taken_at, way.sent_at)
    way.received_by = who(by) | spoke | {"name": via.words_by if via else by.name, "via": via.shape() if via else None}
    data = {"report": found.row.id, "sending": way.id, "form": found.row.form, "to": way.to, "from": way.desk}
    state(found.of, RECEIVED, at, by, data, {}, via)


def _meant(ways: list[Sending], sending: str | None, via: Via | None, by: By) -> Sending:
    """The way that is meant: named, or the one to the desk that says so."""
    receiver = (via.desk if via else None) or by.desk
    open_first = sorted(ways, key=lambda one: one.received_at is not None)
    named = [one for one in open_first if (one.id == sending if sending else one.to == receiver)]
    mine = [one for one in named if by.desk in (one.to, one.desk)]
    if not mine:
        raise NotKnown
    return mine[0]
