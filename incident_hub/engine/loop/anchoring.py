"""Anchors by the clock: every minute the head of each record is sealed, and every hour desks' own systems are told."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from flask import Flask

from incident_hub.anchors import actions
from incident_hub.anchors import queries as anchors
from incident_hub.anchors.mark import Sealed, outward
from incident_hub.engine import lease
from incident_hub.kernel import chains
from incident_hub.kernel.database import db, unit_of_work
from incident_hub.notify import actions as notify
from incident_hub.notify.messages import anchored
from incident_hub.operations import queries as operations

from .passing import Pass

EVERY, TOLD = timedelta(seconds=60), timedelta(hours=1)
log = logging.getLogger(__name__)


def seal_heads(going: Pass) -> bool:
    """Seal what is due, an operation in each unit of work; never more to look for."""
    horizon = going.horizon()
    aside = going.aside.left_alone(horizon)
    for chain in anchors.due(horizon - EVERY):
        key = f"{chain}/anchor"
        if key in aside:
            continue
        db.session.rollback()
        try:
            sealed = _seal(going, operations.at(chain))
            if _is_due(going, f"{chain}/anchor-told", horizon):
                _tell(going, operations.at(chain), sealed)
        except lease.LeaseLost:
            raise
        except Exception:
            db.session.rollback()
            log.exception("the head of record %s is put aside for %s", chain, going.aside.put(key, horizon))
    return False


def _seal(going: Pass, operation: operations.Operation) -> Sealed:
    folder = _folder(going.app)
    key = chains.signing_key(folder)
    actions.complete(folder, operation)
    with unit_of_work(operation.id) as at:
        going.guard()
        sealed = actions.seal(operation, key, at)
    # Once it is committed: a mark on the disk that the database never had would look like one that was taken away.
    actions.keep(folder, sealed)
    return sealed


def _tell(going: Pass, operation: operations.Operation, sealed: Sealed) -> None:
    with unit_of_work(operation.id) as at:
        going.guard()
        notify.tell_systems(operation.id, operation.subject, anchored(_words(operation), outward(sealed), at), at)


def _words(operation: operations.Operation) -> dict[str, Any]:
    return {name: getattr(operation, name) for name in ("code", "title", "zone", "exercise")}


def _is_due(going: Pass, key: str, at: datetime) -> bool:
    """Whether an hour has passed since the last time; the first time after a start counts."""
    last = going.rounds.get(key)
    if last is not None and at - last < TOLD:
        return False
    going.rounds[key] = at
    return True


def _folder(app: Flask) -> Path:
    return Path(app.config["HUB_FOLDER"])
