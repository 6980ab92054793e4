"""Readiness as a desk may know it: whoever oversees sees every carrier they oversee, a carrier itself alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import select

from incident_hub.agencies import queries as agencies
from incident_hub.agencies.standing import Asker, may
from incident_hub.files import queries as files
from incident_hub.hazards import queries as hazards
from incident_hub.kernel import record
from incident_hub.kernel.database import db
from incident_hub.kernel.errors import NotKnown
from incident_hub.operations import queries as operations
from incident_hub.plan.contingency import Requirement

from . import judgement
from .judgement import Stated
from .models import Statement


def known(id: str, desk_id: int) -> Statement:
    """The statement, if this desk may know of it.

    Raises: NotKnown when there is none or it may not; the two look the same.
    """
    row = db.session.get(Statement, id)
    if row is None or record.may_know(row.chain, subject(row), desk_id) is None:
        raise NotKnown
    return row


def seen_by(operation: operations.Operation, desk: str) -> list[str]:
    """The carriers whose readiness a desk may know: its own, from the duty desk, and those it oversees."""
    return [
        agency
        for agency in operations.site_owners(operation)
        if desk == _duty(agency) or oversees(operation, agency, desk)
    ]


def oversees(operation: operations.Operation, agency: str, desk: str) -> bool:
    """Whether a desk oversees a carrier under the plan in force."""
    return desk in [one.code for one in operations.overseers(operation, agency, None)]


def readiness(operation: operations.Operation, asker: Asker, at: datetime, agency: str | None = None) -> dict[str, Any]:
    """Who is ready and who is not, carrier by carrier and part by part, as of an instant.

    Shape: {at, items: [{agency, ready, oversees, parts: {part: {ready, items}}}]}; each item with its state.
    """
    asked = operations.plan_of(operation.plan_version).readiness
    carriers = [one for one in seen_by(operation, asker.desk) if agency in (None, one)]
    return {"at": at, "items": [_carrier(operation, asked, one, asker, at) for one in carriers]}


def standing(operation: operations.Operation, desk: str, desk_id: int, at: datetime) -> list[dict[str, Any]]:
    """What each carrier that a desk may know of lacks: {agency, asked, lacking: [{code, part, title, state}]}."""
    asked = operations.plan_of(operation.plan_version).readiness
    found: list[dict[str, Any]] = []
    for agency in seen_by(operation, desk) if asked else []:
        newest = _newest(operation.id, agency, desk_id, at)
        states = {
            one: judgement.judge(one, _stated(operation, one, agency, newest.get(one.code), at), at, operation.zone)
            for one in asked
        }
        lacking = [
            {"code": one.code, "part": one.part, "title": asdict(one.title), "state": state}
            for one, state in states.items()
            if state not in judgement.IN_PLACE
        ]
        found.append({"agency": agency, "asked": len(states), "lacking": lacking})
    return found


def requirement(operation: operations.Operation, code: str) -> Requirement | None:
    """What the plan in force asks under a code."""
    found = operations.plan_of(operation.plan_version).readiness
    return next((one for one in found if one.code == code), None)


def attached(row: Statement, desk_id: int) -> list[dict[str, Any]]:
    """The files of a statement, for a desk that may know of it."""
    return files.of(row.chain, subject(row), desk_id)


def subject(row: Statement) -> tuple[str, str]:
    """How the record names it."""
    return ("readiness", row.id)


def facts(row: Statement) -> dict[str, Any]:
    """What rules read of a statement."""
    return {"site": None, "site_owner": row.agency, "phase": operations.at(row.chain).phase}


def _carrier(
    operation: operations.Operation, asked: tuple[Requirement, ...], agency: str, asker: Asker, at: datetime
) -> dict[str, Any]:
    newest = _newest(operation.id, agency, asker.desk_id, at)
    over = oversees(operation, agency, asker.desk)
    judges = over and may(asker, "readiness.judge") is None
    items = [_item(operation, one, agency, newest.get(one.code), at, judges, asker.desk_id) for one in asked]
    parts = {part: [one for one in items if one["part"] == part] for part in judgement.PARTS}
    told = {
        part: {"ready": judgement.ready([one["state"] for one in found]), "items": found}
        for part, found in parts.items()
    }
    return {
        "agency": agency, "ready": judgement.ready([one["state"] for one in items]), "oversees": over,
        "may_state": asker.agency == agency and may(asker, "readiness.state") is None, "parts": told,
    }  # fmt: skip


def _item(
    operation: operations.Operation, asked: Requirement, agency: str, row: Statement | None, at: datetime,
    judges: bool, desk_id: int,
) -> dict[str, Any]:  # fmt: skip
    stated, found = _stated(operation, asked, agency, row, at), attached(row, desk_id) if row else []
    told = {name: getattr(asked, name) for name in ("code", "part", "kind", "at_least", "at_most", "measured", "basis")}
    return told | {
        "title": asdict(asked.title),
        "confirmed": asked.confirmed,
        "state": judgement.judge(asked, stated, at, operation.zone),
        "value": stated.value if stated else None,
        "as_of": stated.as_of if stated else None,
        "expires_at": judgement.ends(asked, stated, operation.zone) if stated else None,
        "statement": _shape(row, at) | {"files": found} if row else None,
        "may_judge": judges and row is not None and stated is not None and stated.verdict is None,
    }


def _stated(
    operation: operations.Operation, asked: Requirement, agency: str, row: Statement | None, at: datetime
) -> Stated | None:
    if asked.measured == "hazard_closure":
        return Stated(judgement.closure(*hazards.closure(operation.id, agency, at)), at)
    if row is None:
        return None
    count = files.count(row.chain, subject(row), at)
    return Stated(row.value, row.as_of, row.expires_at, count, row.verdict if _said(row, at) else None)


def _newest(chain: int, agency: str, desk_id: int, at: datetime) -> Mapping[str, Statement]:
    """The last statement of each item that was made by an instant and that this desk may know of."""
    query = select(Statement).where(
        Statement.chain == chain,
        Statement.agency == agency,
        Statement.at <= at,
        Statement.id.in_(record.known_refs(chain, desk_id, "readiness")),
    )
    return {row.item: row for row in db.session.scalars(query.order_by(Statement.at, Statement.id))}


def _said(row: Statement, at: datetime) -> bool:
    return row.verdict_at is not None and row.verdict_at <= at


def _shape(row: Statement, at: datetime) -> dict[str, Any]:
    verdict = {"verdict": row.verdict, "words": row.verdict_words, "at": row.verdict_at, "by": row.verdict_by}
    return {
        "id": row.id, "words": row.words, "at": row.at, "by": row.by,
        "verdict": verdict if _said(row, at) else None,
    }  # fmt: skip


def _duty(agency: str) -> str | None:
    desk = agencies.duty_desk(agency)
    return desk.code if desk else None
