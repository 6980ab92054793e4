"""Issuing a briefing to one desk: it is fixed by its hash, and the holders of the posts are told where it stands."""

from __future__ import annotations

from datetime import datetime

from incident_hub.agencies import queries as agencies
from incident_hub.agencies.queries import Desk
from incident_hub.anchors import queries as anchors
from incident_hub.kernel import record
from incident_hub.kernel.record import By, Draft
from incident_hub.kernel.text import opaque
from incident_hub.notify import actions as notify
from incident_hub.notify.messages import Matter
from incident_hub.operations import queries as operations
from incident_hub.roster import queries as roster

from . import queries
from .models import ISSUED
from .period import Due, late_by

TITLE = {"zh": "值班简报", "en": "Duty briefing"}


def issue(operation: operations.Operation, desk: Desk, due: Due, sha256: str, at: datetime, by: By) -> bool:
    """Issue one briefing to one desk; False when that was done already. Tells: briefing.issued.

    A message carries no word of it: what a desk may know is read at the desk (decisions).

    Shape: `sha256` is of what it tells, counted before the record was locked.
    """
    done = queries.issued(operation, desk.code)
    if any(one["occurrence"] == due.occurrence for one in done):
        return False
    data = {
        "briefing": opaque(), "desk": desk.code, "occurrence": due.occurrence, "at": due.period.at,
        "from": due.period.since, "to": due.period.until, "sha256": sha256,
        "late_s": late_by(due.period.until, at), "skipped": list(due.skipped),
    }  # fmt: skip
    facts = {"phase": operation.phase, "plan": operation.plan_version}
    record.append(Draft(operation.id, ISSUED, at, by, operation.subject, facts, data, desks=(desk.id,)))
    _tell(operation, desk, due, str(data["briefing"]), at)
    return True


def _tell(operation: operations.Operation, desk: Desk, due: Due, briefing: str, at: datetime) -> None:
    plan = operations.plan_of(operation.plan_version)
    channels = plan.briefing.channels if plan.briefing else ()
    late = late_by(due.period.until, at)
    matter = Matter(
        operation=operation.code, operation_title=operation.title, zone=operation.zone, exercise=operation.exercise,
        noun="operation", ref=operation.code, type_title=TITLE, what=TITLE, kind="issued", agency=desk.agency,
        due_at=due.period.until, missed=False, late_s=late,
        path=f"/operations/{operation.code}/briefing?issued={briefing}&desk={desk.code}",
        anchor=anchors.newest_told(operation),
    )  # fmt: skip
    occasion = notify.Occasion(operation.id, None, 0, 0, late=late is not None)
    told: set[str] = set()
    for post in queries.posts_of(operation, desk.code):
        for id in roster.holders_of(desk.id, post, at):
            member = agencies.member(id)
            if member is None or member.disabled or id in told:
                continue
            told.add(id)
            for channel in channels:
                notify.prepare(occasion, member, desk.id, channel, matter, at)
