"""Briefings that the plan wants at an hour: each desk is sent its own, once, and after an outage the newest alone."""

from __future__ import annotations

from datetime import datetime
from functools import partial

from incident_hub.briefings import actions
from incident_hub.briefings import queries as briefings
from incident_hub.briefings.period import Due
from incident_hub.kernel.database import db
from incident_hub.operations import queries as operations

from .passing import ENGINE, Pass, alone


def issue_briefings(going: Pass) -> bool:
    """Issue what came due since it was last looked at, a desk in each unit of work; never more to look for."""
    horizon = going.horizon()
    aside = going.aside.left_alone(horizon)
    for operation in operations.live():
        # Looked at afresh when the phase moves or another plan comes into force.
        key = f"{operation.id}/{operation.plan_version}/{operation.phase}/briefing"
        if key in aside or operations.plan_of(operation.plan_version).briefing is None:
            continue
        seen = going.rounds.get(key)
        since = seen or operations.ruled_since(operation)
        found = briefings.to_issue(operation, since, horizon, again=seen is not None)
        db.session.rollback()
        if _issued(going, key, operation, found):
            going.rounds[key] = horizon
    return False


def _issued(going: Pass, key: str, operation: operations.Operation, found: tuple[Due, list[str]] | None) -> bool:
    due, desks = found or (None, [])
    for desk in desks:
        if due is not None:
            alone(going, operation.id, key, partial(_act, operation, desk, due))
        if key in going.aside.left_alone(going.horizon()):
            return False
    return True


def _act(operation: operations.Operation, desk: str, due: Due, _key: str, at: datetime) -> bool:
    return actions.issue(operation, desk, due, at, ENGINE)
