"""Briefings that the plan wants at an hour: each desk is sent its own, once, and after an outage the newest alone."""

from __future__ import annotations

import logging
from datetime import datetime
from functools import partial

from incident_hub.agencies.queries import Desk
from incident_hub.briefings import actions
from incident_hub.briefings import queries as briefings
from incident_hub.briefings.period import Due
from incident_hub.kernel.database import db
from incident_hub.operations import queries as operations

from .passing import ENGINE, Pass, alone

log = logging.getLogger(__name__)


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


def _issued(going: Pass, key: str, operation: operations.Operation, found: tuple[Due, list[Desk]] | None) -> bool:
    if found is None:
        return True
    due, desks = found
    for desk in desks:
        try:
            # It may count for a second; nobody waits for the record meanwhile, for its cut-off has passed.
            mark = briefings.briefing(operation, desk.code, desk.id, due.period)["sha256"]
        except Exception:
            db.session.rollback()
            log.exception("the briefing of %s is put aside for %s", desk.code, going.aside.put(key, going.horizon()))
            return False
        db.session.rollback()
        alone(going, operation.id, key, partial(_act, operation, desk, due, mark))
        if key in going.aside.left_alone(going.horizon()):
            return False
    return True


def _act(operation: operations.Operation, desk: Desk, due: Due, mark: str, _key: str, at: datetime) -> bool:
    return actions.issue(operation, desk, due, mark, at, ENGINE)
