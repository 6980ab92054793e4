"""Rolling up: a level sends the day upward as it stands, and a later one of the same day amends it."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from incident_hub.agencies import queries as agencies
from incident_hub.kernel.database import db
from incident_hub.kernel.errors import Conflict, NotAllowed
from incident_hub.kernel.record import By
from incident_hub.kernel.saying import say_both
from incident_hub.kernel.text import canonical, opaque, sha256
from incident_hub.operations.queries import Operation
from incident_hub.returns import queries
from incident_hub.returns.models import ROLLED_UP, SentRollUp

from .circles import summing_desk
from .stating import state


def roll_up(operation: Operation, day: date, tier: str | None, remarks: str, at: datetime, by: By) -> SentRollUp:
    """Send a day upward: received n of m, the missing named, unknown still unknown; the figures are kept as they are.

    The one before of the same day is amended by it and stays. Raises: NotAllowed for a desk that sums up nothing,
    Conflict while the levels below still have time, without anything owed, or when nothing has come since.
    Tells: return.rolled_up, by which the plan settles what the level owed.
    """
    level, desk = queries.level_of(operation, by.desk, tier), agencies.desk(by.desk)
    if level is None or desk is None:
        raise NotAllowed("Your desk sums up no level of the daily return; see [zero_report] in the plan.")
    found = queries.compiled(operation, level, desk.id, day)
    if refusal := found.refusal(at):
        raise Conflict(say_both(refusal.en, refusal.zh), words={"zh": refusal.zh, "en": refusal.en})
    owing, before, figures = summing_desk(operation, level, desk, at, by), found.before, found.told
    row = SentRollUp(
        id=opaque(), chain=operation.id, owing=owing.ref, tier=level.code, date=day,
        number=before.number + 1 if before else 1, amends=before.id if before else None, cut_off=found.cut_off, at=at,
        by=by.desk, figures=figures, held=found.held, remarks=remarks,
        sha256=sha256(canonical({"figures": figures, "held": found.held})),
    )  # fmt: skip
    db.session.add(row)
    db.session.flush()
    told: dict[str, Any] = {
        "roll_up": row.id, "date": day.isoformat(), "tier": row.tier, "number": row.number, "amends": row.amends,
        "received": found.figures.received, "owed": found.figures.owed, "cut_off": row.cut_off, "sha256": row.sha256,
    }  # fmt: skip
    state(operation, row.owing, ROLLED_UP, at, by, told, {"remarks": remarks} if remarks else {})
    return row
