"""How the incidents a desk may know of stood at an instant, and which figures held for them then."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import func, or_, select

from incident_hub.incidents import models
from incident_hub.incidents.card import newest_figures
from incident_hub.incidents.lifecycle import ENDED
from incident_hub.kernel import feeds, record
from incident_hub.kernel.database import db

_AT_ONCE = 500


@dataclass(frozen=True)
class Standing:
    """One incident as it stood. Shape: `ended_at` is when it reached the end it stood in; None while it goes on."""

    ref: str
    type: str
    category: str
    title: str
    lead: str
    tlp: str
    life_safety: bool
    created_at: datetime
    status: str
    grade: str | None
    ended_at: datetime | None = None

    @property
    def open(self) -> bool:
        """Whether it still went on."""
        return self.status not in ENDED


@dataclass(frozen=True)
class Placed:
    """An incident at a place.

    Shape: `agency` owns the site or reported it as its own; `at` is when it came to light.
    """

    ref: str
    type: str
    attention: str | None
    agency: str
    site: str | None
    at: datetime
    open: bool


def placed(chain: int, agencies: Collection[str], since: datetime, known_to: Collection[int] | None) -> list[Placed]:
    """What happened at some agencies from an instant on, or goes on still; what is only heard, or was none, did not.

    Shape: those alone that every desk in `known_to` may know of; None is for whoever shows nobody what it finds.
    """
    row = models.Incident
    came_to_light = func.coalesce(row.discovered_at, row.occurred_at, row.created_at)
    query = select(row).where(
        row.chain == chain, row.site_owner.in_(agencies), row.status.not_in(("heard", "false_alarm")),
        or_(came_to_light >= since, row.status.not_in(ENDED)),
    )  # fmt: skip
    for desk in known_to or ():
        query = query.where(row.ref.in_(record.known_refs(chain, desk, "incident")))
    return [
        Placed(
            one.ref, one.type, one.attention, str(one.site_owner), one.site,
            one.discovered_at or one.occurred_at or one.created_at, one.status not in ENDED,
        )
        for one in db.session.scalars(query.order_by(row.created_at, row.ref))
    ]  # fmt: skip


def standing(chain: int, desk_id: int, at: datetime) -> list[Standing]:
    """Every incident logged by `at` that a desk may know of today, as it stood at `at`, oldest first.

    Status and grade are taken back to what the record says of that instant; title and type are today's.
    """
    names = ("ref", "type", "category", "title", "lead", "tlp", "life_safety", "created_at", "status", "grade")
    known = record.known_refs(chain, desk_id, "incident")
    query = select(*(getattr(models.Incident, name) for name in names))
    query = query.where(models.Incident.ref.in_(known), models.Incident.created_at <= at)
    rows = db.session.execute(query.order_by(models.Incident.created_at, models.Incident.ref)).all()
    moves, grades = _told(chain, (models.STATUS_CHANGED, models.RAISED)), _told(chain, (models.GRADED,))
    return [_taken_back(Standing(*row), moves.get(row.ref, ()), grades.get(row.ref, ()), at) for row in rows]


def figures_at(chain: int, refs: Collection[str], at: datetime) -> dict[str, dict[str, Any]]:
    """The figure of each category that held for each incident at an instant, official ones first.

    Shape: {ref: {category: {n, as_of, source, official, differs}}}.
    """
    official = {
        (ref, entry["data"]["category"]): entry["data"]["figure"]
        for ref, entries in _told(chain, (models.FIGURE_OFFICIAL,)).items()
        for entry in entries
        if entry["at"] <= at
    }
    stated: defaultdict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in _figures(refs, at):
        figure = {name: getattr(row, name) for name in ("category", "n", "as_of", "source")}
        stated[row.ref].append(figure | {"official": official.get((row.ref, row.category)) == row.id})
    return {ref: newest_figures(figures) for ref, figures in stated.items()}


def _figures(refs: Collection[str], at: datetime) -> Iterable[models.Figure]:
    wanted = sorted(refs)
    for start in range(0, len(wanted), _AT_ONCE):
        some = models.Figure.ref.in_(wanted[start : start + _AT_ONCE])
        yield from db.session.scalars(select(models.Figure).where(some, models.Figure.at <= at).order_by(*_ORDER))


_ORDER = (models.Figure.ref, models.Figure.place)


def _told(chain: int, kinds: Collection[str]) -> dict[str, list[dict[str, Any]]]:
    """What the record says of these kinds, by incident, in order of the record."""
    found: defaultdict[str, list[dict[str, Any]]] = defaultdict(list)
    for kind in kinds:
        for entry in feeds.of_kind(chain, 0, kind):
            found[entry["subject"]["ref"]].append(entry)
    return {ref: sorted(entries, key=lambda one: one["at"]) for ref, entries in found.items()}


def _taken_back(
    today: Standing, moves: Collection[dict[str, Any]], grades: Collection[dict[str, Any]], at: datetime
) -> Standing:
    status, grade = today.status, today.grade
    for entry in reversed([*moves]):
        if entry["at"] > at:
            status = str(entry["data"]["from"])
    for entry in reversed([*grades]):
        if entry["at"] > at:
            grade = entry["data"]["from"]
    ended = [one["at"] for one in moves if one["at"] <= at and one["data"]["to"] in ENDED]
    ended_at = (ended[-1] if ended else today.created_at) if status in ENDED else None
    return replace(today, status=status, grade=grade, ended_at=ended_at)
