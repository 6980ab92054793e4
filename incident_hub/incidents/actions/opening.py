"""Logging an incident, and changing its fields without losing anybody's change."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from incident_hub.agencies import queries as agencies
from incident_hub.incidents import models, queries
from incident_hub.incidents.lifecycle import merged
from incident_hub.incidents.stated import Via, too_early
from incident_hub.kernel import record
from incident_hub.kernel.database import db
from incident_hub.kernel.errors import BadInput, Stale
from incident_hub.kernel.record import By, Draft
from incident_hub.kernel.text import canonical, instant, speakable
from incident_hub.operations import queries as operations
from incident_hub.plan.contingency import Plan

from .drafting import draft, refuse_unless, version


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

    Raises: BadInput naming the field that does not fit the plan, a site nobody knows, or an instant to come.
    """
    version_in_force, plan = operations.plan_in_force(operation.id)
    _refuse_misfits(operation, new, plan, at)
    kind = plan.types[new.type]
    owner = _owner(new, by)
    seats = operations.seats(operation.id, {"lead": None, "site_owner": owner})
    leads = seats.get(kind.lead) or [(by.agency, by.desk, "nobody plays the lead the plan names")]
    lead = leads[0][0]
    incident = models.Incident(
        ref=new_ref(), chain=operation.id, type=new.type, title=new.title, summary=new.summary,
        category=kind.category, grade=new.grade, status=new.status, verification="unverified",
        attention=new.attention, life_safety=kind.life_safety, lead=lead, tlp=new.tlp or kind.tlp, site=new.site,
        site_owner=owner, place=dict(new.place) if new.place else None,
        methane=dict(new.methane) if new.methane else None, occurred_at=new.occurred_at,
        occurred_about=new.occurred_about, discovered_at=new.discovered_at, known_at=_known(new, by), created_at=at,
        plan_version=version_in_force, moved={}, source_key=None,
    )  # fmt: skip
    db.session.add(incident)
    db.session.flush()
    circle = _circle(new, by, leads[0][1], [seats.get(word, []) for word in kind.support])
    granted = _disclose(operation.id, incident.ref, circle, at, by)
    _first_figures(incident, new, at, by)
    data: dict[str, Any] = {"type": new.type, "grade": new.grade, "status": new.status, "lead": lead}
    data |= {"lead_why": leads[0][2], "access": [{"desk": d, "role": r} for d, r in granted]}
    # Who logs it knows it already; everybody else who works on it is asked to say that they have it.
    data["fresh"] = [desk for desk, role in granted if role in ("lead", "support") and desk != by.desk]
    data["figures"] = [{name: one[name] for name in ("id", "category", "n", "as_of")} for one in new.figures]
    texts = {"title": new.title, "summary": new.summary, **_written({"place": new.place, "methane": new.methane})}
    entry = Draft(operation.id, models.OPENED, at, by, ("incident", incident.ref), queries.facts(incident), data, texts)
    if new.via:
        entry.data |= {"via": new.via.codes(), "stated_at": new.via.stated_at}
        entry.texts |= new.via.texts()
        entry.by = replace(by, assurance="relayed")
    record.append(entry)
    return incident.ref


def amend(found: queries.Known, seen: int, changes: Mapping[str, Any], at: datetime, by: By) -> list[str]:
    """Change fields of an incident that nobody else has moved since `seen`. Tells: incident.amended.

    Shape: the names of the fields that changed.
    Raises: Stale with both values for every field that somebody else moved.
    """
    refuse_unless(found, "incident.amend")
    incident = found.incident
    present = {name: getattr(incident, name) for name in changes}
    clashes = merged(seen, incident.moved, present, dict(changes))
    if clashes:
        fields = [{"field": name, "yours": changes[name], "theirs": present[name]} for name in clashes]
        raise Stale(
            f"Somebody else changed {', '.join(clashes)} since you read it; choose which value stays.", fields=fields
        )
    changed = [name for name, value in changes.items() if present[name] != value]
    if not changed:
        return []
    _refuse_bad_fields(changes, at)
    number = version(found)
    for name in changed:
        setattr(incident, name, changes[name])
    incident.moved = incident.moved | dict.fromkeys(changed, number)
    plain = {name: changes[name] for name in changed if name in ("site", "occurred_at", "occurred_about", "attention")}
    texts = _written({name: changes[name] for name in changed if name not in plain})
    record.append(draft(found, models.AMENDED, at, by, {"fields": changed, **plain}, texts))
    return changed


def _refuse_misfits(operation: operations.Operation, new: NewIncident, plan: Plan, at: datetime) -> None:
    errors: list[dict[str, str]] = []
    if new.type not in plan.types:
        known = ", ".join(plan.types)
        errors.append({"pointer": "/type", "detail": f"The plan has no type {new.type}; it has {known}."})
    if not new.title:
        errors.append({"pointer": "/title", "detail": "Say in one line what happened."})
    for name, value in (("known_at", new.known_at), ("stated_at", new.via.stated_at if new.via else None)):
        if refusal := too_early(name, value, at):
            errors.append({"pointer": f"/{name}", "detail": refusal})
    errors += _field_errors({"site": new.site, "occurred_at": new.occurred_at}, at)
    errors += _access_errors(operation, new)
    if errors:
        raise BadInput(errors[0]["detail"], errors=errors)


def _access_errors(operation: operations.Operation, new: NewIncident) -> list[dict[str, str]]:
    errors: list[dict[str, str]] = []
    for code, role in new.access:
        desk = agencies.desk(code)
        if desk is None or not record.may_know(operation.id, operation.subject, desk.id):
            errors.append({"pointer": "/access", "detail": f"There is no desk {code} taking part in {operation.code}."})
        elif role == "lead":
            words = "The plan says who leads this type; share it as support or informed, and hand the lead over later."
            errors.append({"pointer": "/access", "detail": words})
    return errors


def _refuse_bad_fields(changes: Mapping[str, Any], at: datetime) -> None:
    errors = _field_errors(changes, at)
    if "title" in changes and not changes["title"]:
        errors.append({"pointer": "/title", "detail": "Say in one line what happened."})
    if errors:
        raise BadInput(errors[0]["detail"], errors=errors)


def _written(fields: Mapping[str, Any]) -> dict[str, str]:
    """Fields as the record keeps them beside the entry: words as they are, structures as canonical JSON."""
    given = {name: value for name, value in fields.items() if value is not None}
    return {name: value if isinstance(value, str) else canonical(value).decode() for name, value in given.items()}


def _field_errors(fields: Mapping[str, Any], at: datetime) -> list[dict[str, str]]:
    errors: list[dict[str, str]] = []
    site = fields.get("site")
    if site and agencies.site(site) is None:
        errors.append({"pointer": "/site", "detail": f"There is no site {site}; give its code, or a place in words."})
    if refusal := too_early("occurred_at", fields.get("occurred_at"), at):
        errors.append({"pointer": "/occurred_at", "detail": refusal})
    return errors


def _owner(new: NewIncident, by: By) -> str | None:
    site = agencies.site(new.site) if new.site else None
    if site:
        return site.agency
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


def _circle(new: NewIncident, by: By, lead: str, support: list[list[tuple[str, str, str]]]) -> list[tuple[str, str]]:
    wanted: dict[str, str] = {lead: "lead"}
    if new.access:
        # Whoever is named otherwise, the lead the plan gives stays the lead.
        wanted = {**dict(new.access), **wanted}
    else:
        wanted = dict.fromkeys((desk for found in support for _, desk, _ in found), "support") | wanted
    wanted.setdefault(by.desk, "support")
    return list(wanted.items())


def _disclose(chain: int, ref: str, circle: list[tuple[str, str]], at: datetime, by: By) -> list[tuple[str, str]]:
    found = {code: agencies.desk(code) for code, _ in circle}
    roles = {desk.id: role for code, role in circle if (desk := found[code])}
    record.disclose_all(chain, ("incident", ref), roles, "full", at, by.desk)
    return [(code, role) for code, role in circle if found[code]]


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
