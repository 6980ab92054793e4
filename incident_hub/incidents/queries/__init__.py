"""What is asked about incidents, always for a desk: what it may not know of is not there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select

from incident_hub.incidents import card, models
from incident_hub.incidents.lifecycle import FOLLOWS
from incident_hub.kernel import feeds, record
from incident_hub.kernel.database import db
from incident_hub.obligations import queries as obligations
from incident_hub.operations import queries as operations
from incident_hub.plan import grading

from .circle import circle_of, granted, past_circle
from .journal import journal_entry, journal_keys, journal_of, next_place, posts_of
from .knowing import Known, known, mark

__all__ = [
    "Known", "Wanted", "brought_in", "build_card", "circle_of", "facts", "figures_known", "figures_of", "journal_entry",
    "journal_keys", "journal_of", "known", "listed", "mark", "next_figure", "next_place", "page", "past_circle",
    "posts_of", "refs_of",
]  # fmt: skip


@dataclass(frozen=True)
class Wanted:
    """Which incidents are asked for; empty means all."""

    status: str | None = None
    grade: str | None = None
    type: str | None = None
    agency: str | None = None
    site: str | None = None
    q: str | None = None
    since: datetime | None = None
    until: datetime | None = None


def facts(incident: models.Incident) -> dict[str, Any]:
    """What rules, parties and audiences read of an incident (rulings 1)."""
    return {
        "type": incident.type, "category": incident.category, "grade": incident.grade, "tlp": incident.tlp,
        "attention": incident.attention, "life_safety": incident.life_safety, "lead": incident.lead,
        "site": incident.site, "site_owner": incident.site_owner, "area": next(iter(incident.areas or ()), None),
        "areas": incident.areas or [], "occurred_at": incident.occurred_at, "discovered_at": incident.discovered_at,
        "planned_at": incident.planned_at, "known_at": incident.known_at, "plan": incident.plan_version,
        "status": incident.status,
    }  # fmt: skip


def build_card(chain: int, ref: str, version: int, at: datetime) -> tuple[dict[str, Any], bool]:
    """The card of an incident as it stands inside this unit of work."""
    incident = db.session.get_one(models.Incident, ref)
    operation = operations.at(chain)
    names = ("ref", "type", "title", "summary", "category", "grade", "status", "verification", "attention", "tlp")
    names += ("life_safety", "lead", "site", "place", "occurred_at", "occurred_about", "discovered_at", "planned_at")
    names += ("created_at",)
    fields = {name: getattr(incident, name) for name in names}
    fields |= {"operation": operation.code, "exercise": operation.exercise, "known_at": incident.known_at}
    circle = circle_of(chain, ref)
    figures = card.newest_figures(figures_of(ref))
    taken = obligations.taken_by(chain, ref)
    debts = obligations.counts(chain, ref)
    return card.build(fields, circle, figures, taken, debts, version, at), card.on_board(incident.status)


def page(found: Known) -> dict[str, Any]:
    """All that the asker's desk may know of one incident: the card and what stands behind it."""
    body, _ = feeds.card(found.incident.chain, found.subject)
    incident = found.incident
    return body | {
        "methane": incident.methane,
        "site_owner": incident.site_owner,
        "areas": incident.areas or [],
        "lead_offer": incident.lead_offer,
        "plan_version": incident.plan_version,
        "next_status": list(FOLLOWS[incident.status]),
        "suggested_grade": _suggested(incident, body["figures"]),
        "my_role": found.access.role,
        "my_history": found.access.history,
        "circle": granted(record.access(incident.chain, found.subject)),
    }


def listed(
    operation: operations.Operation, desk_id: int, wanted: Wanted, before: tuple[datetime, str] | None, limit: int
) -> tuple[list[dict[str, Any]], tuple[datetime, str] | None]:
    """Incidents a desk may know of, newest first, with the place to go on from."""
    refs = record.known_refs(operation.id, desk_id, "incident")
    query = select(models.Incident.ref, models.Incident.created_at).where(models.Incident.ref.in_(refs))
    for name in ("status", "grade", "type", "site"):
        if value := getattr(wanted, name):
            query = query.where(getattr(models.Incident, name) == value)
    if wanted.agency:
        query = query.where(models.Incident.lead == wanted.agency)
    if wanted.since:
        query = query.where(models.Incident.created_at >= wanted.since)
    if wanted.until:
        query = query.where(models.Incident.created_at < wanted.until)
    if wanted.q:
        words = models.Incident.title.icontains(wanted.q, autoescape=True)
        query = query.where(words | models.Incident.summary.icontains(wanted.q, autoescape=True))
    if before:
        at, ref = before
        query = query.where(
            (models.Incident.created_at < at) | ((models.Incident.created_at == at) & (models.Incident.ref < ref))
        )
    rows = db.session.execute(
        query.order_by(models.Incident.created_at.desc(), models.Incident.ref.desc()).limit(limit + 1)
    ).all()
    bodies = feeds.cards_of(operation.id, [("incident", row.ref) for row in rows[:limit]])
    further = (rows[limit - 1].created_at, rows[limit - 1].ref) if len(rows) > limit else None
    return [bodies[row.ref] for row in rows[:limit]], further


def figures_of(ref: str) -> list[dict[str, Any]]:
    """Every figure ever stated of an incident, in order."""
    rows = db.session.scalars(select(models.Figure).where(models.Figure.ref == ref).order_by(models.Figure.place))
    names = ("id", "category", "n", "as_of", "source", "basis", "desk", "at", "official")
    return [{name: getattr(row, name) for name in names} for row in rows]


def figures_known(found: Known) -> list[dict[str, Any]]:
    """The figures as a desk may read them; who joined “from now” reads of the past only what the card says now."""
    rows = figures_of(found.incident.ref)
    if found.access.history != "from_now":
        return rows
    on_card = card.newest_figures(rows)
    names = ("n", "as_of", "source", "official")
    return [
        one
        for one in rows
        if one["at"] >= found.access.since or all(one[name] == on_card[one["category"]][name] for name in names)
    ]


def brought_in(chain: int, source_keys: Sequence[str]) -> Mapping[str, str]:
    """Which of these source keys were imported already, and as which incident."""
    rows = db.session.execute(
        select(models.Incident.source_key, models.Incident.ref).where(
            models.Incident.chain == chain, models.Incident.source_key.in_(source_keys)
        )
    )
    return {str(key): ref for key, ref in rows}


def next_figure(ref: str) -> int:
    """The place the next figure of an incident takes."""
    return (db.session.scalar(select(func.max(models.Figure.place)).where(models.Figure.ref == ref)) or 0) + 1


def refs_of(chain: int, refs: Sequence[str]) -> list[models.Incident]:
    """The incidents of these references, oldest first."""
    rows = select(models.Incident).where(models.Incident.chain == chain, models.Incident.ref.in_(refs))
    return list(db.session.scalars(rows.order_by(models.Incident.created_at, models.Incident.ref)))


def _suggested(incident: models.Incident, figures: Mapping[str, Any]) -> dict[str, Any] | None:
    """The grade the plan's criteria give for the figures so far; a person decides (nullable for what is not graded)."""
    plan = operations.plan_of(incident.plan_version)
    known = {name: figure["n"] for name, figure in figures.items() if figure["n"] is not None}
    grade, criterion = grading.suggest_grade(plan, known, incident.type)
    return {"grade": grade, "criterion": criterion} if grade else None
