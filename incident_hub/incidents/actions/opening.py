"""Logging an incident: reported at once, or only heard of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from incident_hub.agencies import queries as agencies
from incident_hub.incidents import models, queries
from incident_hub.incidents.stated import Via, too_early
from incident_hub.kernel import record
from incident_hub.kernel.database import db
from incident_hub.kernel.errors import BadInput
from incident_hub.kernel.record import By, Draft
from incident_hub.kernel.saying import say
from incident_hub.kernel.text import instant, speakable
from incident_hub.operations import queries as operations
from incident_hub.plan.contingency import Plan

from .fields import areas_of, field_errors, owner_of, written
from .gathering import disclose, own_circle, plan_circle, told


@dataclass(frozen=True)
class NewIncident:
    """What an officer says when logging an incident.

    Shape: `access` gives the desks and roles when the plan's own circle is not wanted; [] means the plan's.
    """

    type: str
    title: str
    summary: str = ""
    occurred_at: datetime | None = None
    occurred_about: bool = False
    known_at: datetime | None = None
    discovered_at: datetime | None = None
    planned_at: datetime | None = None
    grade: str | None = None
    site: str | None = None
    place: Mapping[str, Any] | None = None
    methane: Mapping[str, Any] | None = None
    tlp: str | None = None
    attention: str | None = None
    status: str = "reported"
    access: tuple[tuple[str, str], ...] = ()
    via: Via | None = None
    figures: tuple[Mapping[str, Any], ...] = field(default_factory=tuple)


def open_incident(operation: operations.Operation, new: NewIncident, at: datetime, by: By) -> str:
    """Log an incident: the plan's circle may know of it at once, and its clocks run. Tells: incident.opened.

    What is only heard of stays with the desk that heard it until it is raised or dropped.
    Raises: BadInput naming the field that does not fit the plan, a site nobody knows, or an instant to come.
    """
    version_in_force, plan = operations.plan_in_force(operation.id)
    _refuse_misfits(operation, new, plan, at)
    incident = _row(operation.id, new, version_in_force, plan, at, by)
    if new.status == "heard":
        circle = own_circle(by)
    else:
        circle = plan_circle(operation.id, plan.types[new.type], queries.facts(incident), by, new.access)
    incident.lead = circle.lead
    db.session.add(incident)
    db.session.flush()
    granted = disclose(operation.id, incident.ref, circle, at, by)
    _first_figures(incident, new, at, by)
    data: dict[str, Any] = {"type": new.type, "grade": new.grade, "status": new.status}
    data |= told(circle, granted, by)
    data["figures"] = [{name: one[name] for name in ("id", "category", "n", "as_of")} for one in new.figures]
    texts = {"title": new.title, "summary": new.summary, **written({"place": new.place, "methane": new.methane})}
    entry = Draft(operation.id, models.OPENED, at, by, ("incident", incident.ref), queries.facts(incident), data, texts)
    if new.via:
        entry.data |= {"via": new.via.codes(), "stated_at": new.via.stated_at}
        entry.texts |= new.via.texts()
        entry.by = replace(by, assurance="relayed")
    record.append(entry)
    return incident.ref


def _row(chain: int, new: NewIncident, version: str, plan: Plan, at: datetime, by: By) -> models.Incident:
    kind = plan.types[new.type]
    return models.Incident(
        ref=new_ref(), chain=chain, type=new.type, title=new.title, summary=new.summary, category=kind.category,
        grade=new.grade, status=new.status, verification="unverified", attention=new.attention,
        life_safety=kind.life_safety, lead=by.agency, tlp=new.tlp or kind.tlp, site=new.site,
        site_owner=_owner(new, by), place=dict(new.place) if new.place else None,
        methane=dict(new.methane) if new.methane else None, areas=areas_of(new.site, new.place),
        occurred_at=new.occurred_at, occurred_about=new.occurred_about, discovered_at=new.discovered_at,
        planned_at=new.planned_at, known_at=_known(new, by), created_at=at, plan_version=version, moved={},
        lead_offer=None, source_key=None,
    )  # fmt: skip


def _refuse_misfits(operation: operations.Operation, new: NewIncident, plan: Plan, at: datetime) -> None:
    errors: list[dict[str, str]] = []
    if new.type not in plan.types:
        known = list(plan.types)
        errors.append(
            {
                "pointer": "/type",
                "detail": say("The plan has no type {type}; it has {known}.", type=new.type, known=known),
            }
        )
    if not new.title:
        errors.append({"pointer": "/title", "detail": "Say in one line what happened."})
    for name, value in (("known_at", new.known_at), ("stated_at", new.via.stated_at if new.via else None)):
        if refusal := too_early(name, value, at):
            errors.append({"pointer": f"/{name}", "detail": refusal})
    errors += field_errors({"site": new.site, "occurred_at": new.occurred_at}, at)
    errors += _access_errors(operation, new)
    if new.status == "heard" and new.access:
        words = "What is only heard of stays with your desk; raise it, and then share it."
        errors.append({"pointer": "/access", "detail": words})
    if errors:
        raise BadInput(errors[0]["detail"], errors=errors)


def _access_errors(operation: operations.Operation, new: NewIncident) -> list[dict[str, str]]:
    errors: list[dict[str, str]] = []
    for code, role in new.access:
        desk = agencies.desk(code)
        if desk is None or not record.may_know(operation.id, operation.subject, desk.id):
            errors.append(
                {
                    "pointer": "/access",
                    "detail": say(
                        "There is no desk {code} taking part in {operation}.", code=code, operation=operation.code
                    ),
                }
            )
        elif role == "lead":
            words = "The plan says who leads this type; share it as support or informed, and hand the lead over later."
            errors.append({"pointer": "/access", "detail": words})
    return errors


def _owner(new: NewIncident, by: By) -> str | None:
    if owner := owner_of(new.site):
        return owner
    reporter = agencies.agency(by.agency)
    return by.agency if reporter and reporter.kind == "carrier" else None


def _known(new: NewIncident, by: By) -> dict[str, str]:
    known: dict[str, str] = {}
    if new.via and new.via.stated_at and new.via.agency:
        known[new.via.agency] = instant(new.via.stated_at)
        known[by.agency] = instant(new.via.stated_at)
    if new.known_at:
        known[by.agency] = instant(new.known_at)
    return known


def _first_figures(incident: models.Incident, new: NewIncident, at: datetime, by: By) -> None:
    for place, figure in enumerate(new.figures, 1):
        row = models.Figure(
            id=figure["id"], ref=incident.ref, category=figure["category"], n=figure["n"], as_of=figure["as_of"],
            source=figure["source"], basis=figure["basis"], desk=by.desk, at=at, official=False, place=place,
        )  # fmt: skip
        db.session.add(row)


def new_ref() -> str:
    while True:
        ref = speakable()
        if db.session.get(models.Incident, ref) is None:
            return ref
