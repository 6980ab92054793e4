"""Bringing in what happened elsewhere: no clock is started by it, and nothing is brought in twice (rulings 15)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from incident_hub.agencies import queries as agencies
from incident_hub.incidents import models, queries
from incident_hub.kernel import record
from incident_hub.kernel.database import db
from incident_hub.kernel.record import By, Draft
from incident_hub.kernel.text import opaque
from incident_hub.operations import queries as operations

from .fields import areas_of
from .opening import new_ref


@dataclass(frozen=True)
class Arrived:
    """An incident as another system kept it.

    Shape: `lead` is an agency's code; `circle` gives (desk, role) of everyone who may know, the lead's first.
    """

    source_key: str
    type: str
    title: str
    summary: str
    occurred_at: datetime
    status: str
    lead: str
    circle: tuple[tuple[str, str], ...]
    place: Mapping[str, Any] | None = None
    grade: str | None = None


@dataclass(frozen=True)
class ArrivedWord:
    """One line of another system's log about an incident."""

    source_key: str
    text: str
    occurred_at: datetime
    kind: str = "message"
    milestone: str | None = None


def bring_in(operation: operations.Operation, arrived: Arrived, at: datetime, by: By) -> str:
    """Bring in one incident with the instants it had there. Tells: incident.imported."""
    version, plan = operations.plan_in_force(operation.id)
    kind = plan.types[arrived.type]
    incident = models.Incident(
        ref=new_ref(), chain=operation.id, type=arrived.type, title=arrived.title, summary=arrived.summary,
        category=kind.category, grade=arrived.grade, status=arrived.status, verification="unverified",
        attention=None, life_safety=kind.life_safety, lead=arrived.lead, tlp=kind.tlp, site=None, site_owner=None,
        place=dict(arrived.place) if arrived.place else None, methane=None, occurred_at=arrived.occurred_at,
        areas=areas_of(None, arrived.place), occurred_about=False, discovered_at=None, planned_at=None, known_at={},
        created_at=at, plan_version=version, moved={}, lead_offer=None, source_key=arrived.source_key,
    )  # fmt: skip
    db.session.add(incident)
    db.session.flush()
    for code, role in arrived.circle:
        desk = agencies.desk(code)
        if desk is not None:
            record.disclose(operation.id, ("incident", incident.ref), desk.id, role, "full", at, "import")
    data = {"type": arrived.type, "status": arrived.status, "lead": arrived.lead, "occurred_at": arrived.occurred_at}
    data |= {"source_key": arrived.source_key, "access": [{"desk": d, "role": r} for d, r in arrived.circle]}
    texts = {"title": arrived.title, "summary": arrived.summary}
    facts = queries.facts(incident)
    record.append(Draft(operation.id, models.IMPORTED, at, by, ("incident", incident.ref), facts, data, texts))
    return incident.ref


def bring_in_word(
    operation: operations.Operation,
    ref: str,
    place: int,
    word: ArrivedWord,
    facts: Mapping[str, Any],
    at: datetime,
    by: By,
) -> str:
    """Bring in one line of the log of an imported incident, at its place. Tells: journal.imported."""
    journal_id = opaque()
    entry_by = {"agency": by.agency, "desk": by.desk, "post": by.post, "name": by.name, "assurance": by.assurance}
    row = models.Journal(
        id=journal_id, ref=ref, kind=word.kind, text=word.text, at=at, occurred_at=word.occurred_at, by=entry_by,
        via=None, desks=None, milestone=word.milestone, decision=None, source_key=word.source_key, place=place,
    )  # fmt: skip
    db.session.add(row)
    data = {"id": journal_id, "kind": word.kind, "milestone": word.milestone, "occurred_at": word.occurred_at}
    data["source_key"] = word.source_key
    draft = Draft(operation.id, models.JOURNAL_IMPORTED, at, by, ("incident", ref), facts, data, {"text": word.text})
    record.append(draft)
    return journal_id
