"""What comes round by itself: the debts of a rule that waits for the clock and for no event."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from incident_hub.kernel import record
from incident_hub.kernel.disclosure import Subject
from incident_hub.kernel.record import By, Draft
from incident_hub.obligations import models
from incident_hub.obligations.queries import came_round
from incident_hub.operations import queries as operations
from incident_hub.plan.owing import Opening

from .opening import open_all


def open_periodic(
    chain: int, occurrence: str, openings: Sequence[Opening], at: datetime, by: By, subject: Subject | None = None
) -> int:
    """Open what one occurrence of a rule demands, and say how many debts it opened. Tells: obligation.opened.

    Asked again for the same occurrence it opens only what is missing, so an engine that died in between may ask twice.

    Shape: `openings` are of one rule, a desk each; `occurrence` is its wall time in the operation, `2026-09-01T16:00`;
    `subject` is what it is owed on where not every desk of the operation is to know.
    """
    if not openings:
        return 0
    rule = openings[0].rule
    done = came_round(chain, rule, occurrence)
    wanted = [one for one in openings if one.desk not in done]
    if not wanted:
        return 0
    operation = operations.at(chain)
    facts = {"phase": operation.phase, "plan": operation.plan_version}
    data = {"rule": rule, "occurrence": occurrence}
    entry = Draft(chain, models.OPENED, at, by, subject or operation.subject, facts, data)
    entry.data["opens"] = open_all(entry, operation.plan_version, wanted, {}, occurrence=occurrence)
    record.append(entry)
    return len(wanted)
