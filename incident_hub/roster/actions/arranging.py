"""Arranging: a post is taken in turn, by a rotation, by another for a peak, by another on holidays."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import date, datetime

from sqlalchemy import or_, select

from incident_hub.kernel.database import db
from incident_hub.kernel.errors import BadInput, Conflict
from incident_hub.kernel.record import By
from incident_hub.kernel.text import opaque
from incident_hub.roster import models
from incident_hub.roster.queries.arranged import pattern_of
from incident_hub.roster.turns import Rotation, fault

from .expecting import expect
from .holding import someone
from .telling import tell


def set_rotation(post_id: int, rotation: Rotation, at: datetime, by: By) -> str:
    """Let crews take a post in turn from now on, or from the rotation's `since`; the one before ends there.

    Raises: BadInput for a rotation that cannot hold. Tells: rotation.set.
    """
    begins = rotation.since or at
    lasting = (models.Arrangement.post_id == post_id) & (models.Arrangement.kind == "rotation")
    still = lasting & or_(models.Arrangement.until.is_(None), models.Arrangement.until > begins)
    for before in db.session.scalars(select(models.Arrangement).where(still)):
        before.until = max(begins, before.since)
    return _arrange(post_id, "rotation", replace(rotation, since=begins), (), at, by)


def add_temporary(post_id: int, rotation: Rotation, at: datetime, by: By) -> str:
    """Let other crews have a post for the length of a peak; the rotation is silent between these two instants.

    Raises: BadInput without both instants. Tells: rotation.set.
    """
    if rotation.since is None or rotation.until is None:
        raise BadInput("A temporary rotation needs both instants: since when it holds, and until when.")
    return _arrange(post_id, "temporary", rotation, (), at, by)


def set_holidays(post_id: int, dates: Collection[date], rotation: Rotation, at: datetime, by: By) -> str:
    """Let other crews have a post on holidays, from the first hand-over of the day to that of the next day.

    Raises: BadInput without a date. Tells: rotation.set.
    """
    if not dates:
        raise BadInput("There is no holiday among the dates; name at least one.")
    if rotation.days != 1 or rotation.hours:
        raise BadInput("On holidays crews change by the day; leave out days and hours.")
    return _arrange(post_id, "holidays", replace(rotation, since=rotation.since or at), dates, at, by)


def end_rotation(arrangement_id: str, at: datetime, by: By) -> None:
    """End a rotation, a peak or what was arranged for holidays, from now on.

    Raises: Conflict when it has ended. Tells: rotation.ended.
    """
    row = db.session.get(models.Arrangement, arrangement_id)
    if row is None or (row.until is not None and row.until <= at):
        raise Conflict("This has ended already.")
    row.until = max(at, row.since)
    tell(models.ROTATION_ENDED, row.post_id, at, by, {"arrangement": row.id, "until": row.until})
    expect(row.post_id, at)


def _arrange(post_id: int, kind: str, rotation: Rotation, dates: Collection[date], at: datetime, by: By) -> str:
    if why := fault(rotation):
        raise BadInput(why)
    for member in {member for crew in rotation.crews for member in crew}:
        someone(member)
    if rotation.since is None or rotation.since < at:
        raise BadInput("It would begin in the past; who held a post is not changed afterwards.")
    pattern = pattern_of(rotation, dates)
    row = models.Arrangement(
        id=opaque(), post_id=post_id, kind=kind, since=rotation.since, until=rotation.until, pattern=pattern, set_at=at
    )
    db.session.add(row)
    db.session.flush()
    for turn, crew in enumerate(rotation.crews):
        for place, member in enumerate(crew):
            db.session.add(models.Turn(arrangement_id=row.id, turn=turn, place=place, member_id=member))
    crews = [list(crew) for crew in rotation.crews]
    told = {"arrangement": row.id, "kind": kind, "since": row.since, "until": row.until}
    tell(models.ROTATION_SET, post_id, at, by, told | {"pattern": pattern, "crews": crews})
    expect(post_id, at)
    return row.id
