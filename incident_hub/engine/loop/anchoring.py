"""Anchors by the clock: every minute the head of each record is sealed, and every hour desks' own systems are told."""

from __future__ import annotations

import logging
from datetime import timedelta
from pathlib import Path
from typing import Any

from flask import Flask

from incident_hub.anchors import actions
from incident_hub.anchors import queries as anchors
from incident_hub.anchors.mark import outward
from incident_hub.engine import lease
from incident_hub.kernel import chains
from incident_hub.kernel.database import db, unit_of_work
from incident_hub.notify import actions as notify
from incident_hub.notify.messages import anchored
from incident_hub.operations import queries as operations

from .passing import Pass

EVERY = timedelta(seconds=60)
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
            _seal(going, operations.at(chain))
        except lease.LeaseLost:
            raise
        except Exception:
            db.session.rollback()
            log.exception("the head of record %s is put aside for %s", chain, going.aside.put(key, horizon))
    return False


def _seal(going: Pass, operation: operations.Operation) -> None:
    folder = _folder(going.app)
    key = chains.signing_key(folder)
    actions.complete(folder, operation)
    before = anchors.newest_told(operation)
    with unit_of_work(operation.id) as at:
        going.guard()
        sealed = actions.seal(operation, key, at)
        # The first of every hour.
        if before is None or _hour(before["at"]) != _hour(sealed.at):
            matter = anchored(_words(operation), outward(sealed), at)
            notify.tell_systems(operation.id, operation.subject, matter, at)
    # Once it is committed: a mark on the disk that the database never had would look like one that was taken away.
    actions.keep(folder, sealed)


def _words(operation: operations.Operation) -> dict[str, Any]:
    return {name: getattr(operation, name) for name in ("code", "title", "zone", "exercise")}


def _hour(at: str) -> str:
    return at[:13]


def _folder(app: Flask) -> Path:
    return Path(app.config["HUB_FOLDER"])
