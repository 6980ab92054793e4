"""What the engine says: of itself, that it was silent or its clock moved; to people, what a lower room found due."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from incident_hub.agencies import queries as agencies
from incident_hub.kernel import feeds, record
from incident_hub.kernel.database import current_work
from incident_hub.kernel.record import By, Draft
from incident_hub.kernel.text import instant, opaque
from incident_hub.notify import actions as notify
from incident_hub.notify.messages import Matter
from incident_hub.operations import queries as operations
from incident_hub.roster import actions as roster

from .models import CLOCK_STEPPED, OUTAGE_STATED
from .silence import Gap

# In the application and by mail; a hand-over wakes nobody by telephone.
CHANNELS = ("in_app", "email")
WHAT = {
    "both": {"zh": "交接班待签收，签收前两班同时在岗", "en": "Sign the hand-over; until then both watches are on duty"},
    "leader": {"zh": "交接班逾期十分钟未签收", "en": "Nobody has signed the hand-over for ten minutes"},
}
TITLE = {"zh": "交接班", "en": "Hand-over"}


def call_for_handover(handover: str, at: datetime, by: By) -> bool:
    """Tell both watches that a hand-over is due, or their leader that nobody has signed it.

    Shape: True when the hand-over was called for. A desk that takes part in no operation is told nothing.
    """
    call = roster.call_for_handover(handover, at, by)
    if call is None:
        return False
    desk = agencies.desk_by_id(call.desk_id)
    found = [one for one in operations.known_to(call.desk_id) if one.phase not in ("closed", "archived")]
    if desk is None or not found:
        return True
    operation = found[0]
    occasion = notify.Occasion(operation.id, call.handover, 0 if call.to == "both" else 1, 0, late=False)
    matter = Matter(
        operation=operation.code, operation_title=operation.title, zone=operation.zone, exercise=operation.exercise,
        noun="operation", ref=operation.code, type_title=TITLE, what=WHAT[call.to], kind="remind", agency=desk.agency,
        due_at=call.due_at, missed=call.to == "leader", late_s=None,
        path=f"/operations/{operation.code}/handovers/{call.handover}",
    )  # fmt: skip
    for id in call.members:
        member = agencies.member(id)
        if member is not None and not member.disabled:
            for channel in CHANNELS:
                notify.prepare(occasion, member, desk.id, channel, matter, at)
    return True


def state_outage(operation: operations.Operation, gap: Gap, at: datetime, by: By) -> bool:
    """State to one operation, once, that nothing was chased for a while. Tells: engine.outage_stated.

    Counts stand in the reading and not here: what fell due is not for every desk to know.
    """
    told = feeds.of_kind(operation.id, 0, OUTAGE_STATED)
    if any(one["data"]["from"] == instant(gap.since) for one in told):
        return False
    data = {"outage": opaque(), "from": gap.since, "to": gap.until}
    record.append(Draft(operation.id, OUTAGE_STATED, at, by, operation.subject, _facts(operation), data))
    return True


def say_clock_stepped(operation: operations.Operation, moved: timedelta, at: datetime, by: By) -> None:
    """Keep the raw clock beside the record when somebody moved it. Tells: engine.clock_stepped."""
    data = {"step_s": round(moved.total_seconds(), 3), "raw_clock": instant(current_work().raw)}
    record.append(Draft(operation.id, CLOCK_STEPPED, at, by, operation.subject, _facts(operation), data))


def _facts(operation: operations.Operation) -> dict[str, Any]:
    return {"phase": operation.phase, "plan": operation.plan_version}
