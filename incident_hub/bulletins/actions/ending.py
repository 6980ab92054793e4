"""Ending a bulletin: recalled, closed or corrected, and nobody owes an answer any more."""

from __future__ import annotations

from datetime import datetime

from incident_hub.bulletins import queries
from incident_hub.bulletins.models import CLOSED, NOUN
from incident_hub.kernel import record
from incident_hub.kernel.errors import BadInput, Conflict, NotAllowed
from incident_hub.kernel.record import By, Draft
from incident_hub.kernel.saying import say


def end(found: queries.Known, how: str, reason: str, at: datetime, by: By) -> None:
    """End a bulletin. Tells: bulletin.closed, to the sender and one addressee each time.

    Shape: `how` is closed (what it wanted is done), recalled (it should not have gone out as it did) or corrected (a
    new one says what was meant, and is the reason). What was missed until then stays missed.
    """
    row = found.row
    if not found.sent:
        raise NotAllowed("The desk that sent it ends it; yours answers it.")
    if row.ended:
        raise Conflict(say("It was {ended} already.", ended=row.ended))
    if not reason and how != "corrected":
        told = "Say why, so that those who were asked know."
        raise BadInput(told, errors=[{"pointer": "/reason", "detail": told}])
    row.ended, row.ended_at, row.reason = how, at, reason or None
    facts = queries.facts(row.chain)
    for sheet in queries.sheets_of([row.id]):
        data = {"bulletin": row.id, "kind": row.kind, "how": how}
        record.append(Draft(row.chain, CLOSED, at, by, (NOUN, sheet.ref), facts, data, {"reason": reason}))
