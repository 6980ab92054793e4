"""Schedules out of the tables; what was read is kept until the house's record moves, since the engine asks often."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime, time
from typing import Any

from sqlalchemy import select

from incident_hub.kernel import feeds
from incident_hub.kernel.database import HOUSE, current_work, db
from incident_hub.roster.models import Arrangement, Handover, Holding, Override, Turn
from incident_hub.roster.rotation import Change, Holidays, Rotation, Schedule, Signing
from incident_hub.roster.rotation import Holding as Held

MOVED = "roster_moved"
# By database: the head of the house's record, and the schedules read at it. Every verb of the roster moves that head.
_kept: dict[str, tuple[str, dict[int, Schedule]]] = {}


def schedules(post_ids: Iterable[int]) -> dict[int, Schedule]:
    """What is arranged for posts, with every hand-over that was signed."""
    wanted = set(post_ids)
    if db.session.info.get("work") is not None and current_work().gathered.get(MOVED):
        # A verb of this very unit of work has changed the roster; its entry is not in the record yet.
        return _read(wanted)
    mark, place = feeds.mark(HOUSE), str(db.engine.url)
    kept = _kept.get(place)
    if kept is None or kept[0] != mark:
        kept = _kept[place] = (mark, {})
    missing = wanted - kept[1].keys()
    if missing:
        kept[1].update(_read(missing))
    return {post: kept[1][post] for post in wanted}


def moved() -> None:
    """The roster was changed in this unit of work; nothing that was read before counts in it."""
    current_work().gathered[MOVED] = True


def pattern_of(rotation: Rotation, dates: Iterable[date] = ()) -> dict[str, Any]:
    """A rotation as it is kept beside its crews."""
    return {
        "zone": rotation.zone, "first_on": rotation.first_on.isoformat(),
        "handovers": [at.strftime("%H:%M") for at in rotation.handovers], "days": rotation.days,
        "hours": rotation.hours, "signed": rotation.signed, "dates": sorted(one.isoformat() for one in dates),
    }  # fmt: skip


def _read(posts: set[int]) -> dict[int, Schedule]:
    if not posts:
        return {}
    db.session.flush()
    arranged = _arrangements(posts)
    changes: dict[int, list[Change]] = {}
    for row in db.session.scalars(select(Override).where(Override.post_id.in_(posts)).order_by(Override.id)):
        why = "swap" if row.swap_id else "override"
        one = Change(row.member_id, row.instead_of_id, row.since, row.until, why, row.ref)
        changes.setdefault(row.post_id, []).append(one)
    held: dict[int, list[Held]] = {}
    for row in db.session.scalars(
        select(Holding).where(Holding.post_id.in_(posts)).order_by(Holding.since, Holding.id)
    ):
        held.setdefault(row.post_id, []).append(Held(row.member_id, row.since, row.until))
    signed: dict[int, dict[datetime, datetime]] = {}
    for row in db.session.execute(
        select(Handover.post_id, Handover.due_at, Handover.signed_at).where(
            Handover.post_id.in_(posts), Handover.signed_at.is_not(None)
        )
    ):
        signed.setdefault(row.post_id, {})[row.due_at] = row.signed_at
    return {
        post: replace(
            arranged.get(post, Schedule()),
            changes=tuple(changes.get(post, ())),
            holdings=tuple(held.get(post, ())),
            signing=Signing(signed.get(post, {})),
        )
        for post in posts
    }


def _arrangements(posts: set[int]) -> dict[int, Schedule]:
    """The rotations, holidays and peaks of posts, each in the order they were set."""
    query = select(Arrangement).where(Arrangement.post_id.in_(posts))
    rows = list(db.session.scalars(query.order_by(Arrangement.set_at, Arrangement.since, Arrangement.id)))
    crews = _crews([row.id for row in rows])
    found: dict[int, Schedule] = {}
    for row in rows:
        rotation, so_far = _rotation(row, crews.get(row.id, ())), found.get(row.post_id, Schedule())
        if row.kind == "holidays":
            dates = frozenset(date.fromisoformat(one) for one in row.pattern["dates"])
            so_far = replace(so_far, holidays=(*so_far.holidays, Holidays(dates, rotation)))
        elif row.kind == "temporary":
            so_far = replace(so_far, temporary=(*so_far.temporary, rotation))
        else:
            so_far = replace(so_far, rotations=(*so_far.rotations, rotation))
        found[row.post_id] = so_far
    return found


def _crews(ids: Sequence[str]) -> dict[str, tuple[tuple[str, ...], ...]]:
    crews: dict[str, dict[int, list[str]]] = {}
    query = select(Turn).where(Turn.arrangement_id.in_(ids)).order_by(Turn.arrangement_id, Turn.turn, Turn.place)
    for row in db.session.scalars(query) if ids else ():
        crews.setdefault(row.arrangement_id, {}).setdefault(row.turn, []).append(row.member_id)
    return {id: tuple(tuple(crew) for crew in turns.values()) for id, turns in crews.items()}


def _rotation(row: Arrangement, crews: tuple[tuple[str, ...], ...]) -> Rotation:
    kept = row.pattern
    return Rotation(
        kept["zone"], date.fromisoformat(kept["first_on"]), crews,
        tuple(time.fromisoformat(at) for at in kept["handovers"]), kept["days"], kept["hours"],
        row.since, row.until, kept["signed"], row.id,
    )  # fmt: skip
