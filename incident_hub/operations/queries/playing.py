"""Who takes part in an operation and who plays which role of its plan."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from sqlalchemy import select

from incident_hub.agencies import queries as agencies
from incident_hub.kernel.database import db
from incident_hub.operations import models
from incident_hub.operations.binding import Places, resolve
from incident_hub.plan.contingency import Plan
from incident_hub.plan.owing import Place


def bound(chain: int) -> dict[str, list[str]]:
    """The agencies that play each role of the plan, in the order they are asked."""
    rows = db.session.execute(
        select(models.Binding.party, models.Binding.agency)
        .where(models.Binding.operation == chain)
        .order_by(models.Binding.party, models.Binding.rank)
    )
    found: dict[str, list[str]] = {}
    for party, agency in rows:
        found.setdefault(party, []).append(agency)
    return found


def participants(chain: int) -> list[str]:
    """The agencies that take part."""
    rows = select(models.Participation.agency).where(models.Participation.operation == chain)
    return list(db.session.scalars(rows.order_by(models.Participation.agency)))


def titles(chain: int) -> list[dict[str, Any]]:
    """The agencies taking part with their names, for pages."""
    taking_part = set(participants(chain))
    return [{"code": one.code, "title": one.title} for one in agencies.agencies() if one.code in taking_part]


def places(chain: int, plan: Plan) -> Places:
    """The agencies and areas around an operation, as far as finding the parties of this plan needs them.

    This is asked for with every entry, so what no party of the plan is found by is not read.
    """
    unmanned = agencies.unmanned()
    by_area = any(party.by == "area" for party in plan.parties.values())
    return Places(
        answers=agencies.answered_areas() if by_area else {},
        parents={one.code: one.parent for one in agencies.agencies()} if unmanned else {},
        around=agencies.around() if by_area else {},
        present=frozenset(participants(chain)) if unmanned else frozenset(),
        unmanned=unmanned,
    )


def play(chain: int, plan: Plan, facts: Mapping[str, Any]) -> dict[str, list[Place]]:
    """Who plays each role of a plan for an incident with these facts, read once for each unit of work."""
    work = db.session.info.get("work")
    kept: dict[Any, tuple[dict[str, list[str]], Places]] = work.gathered.setdefault("playing", {}) if work else {}
    key = (chain, plan.text_sha256)
    if key not in kept:
        kept[key] = (bound(chain), places(chain, plan))
    bindings, around = kept[key]
    if facts.get("site") and any(party.by == "area" for party in plan.parties.values()):
        site = agencies.site(str(facts["site"]))
        around = replace(around, site_area=site.area if site else None)
    return resolve(plan, bindings, around, facts)
