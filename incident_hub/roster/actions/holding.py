"""Appointing: a member holds a post until relieved."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select

from incident_hub.agencies import queries as agencies
from incident_hub.kernel.database import db
from incident_hub.kernel.errors import BadInput, Conflict
from incident_hub.kernel.record import By
from incident_hub.roster import models

from .telling import tell


def appoint(post_id: int, member_id: str, at: datetime, by: By) -> None:
    """Give a post a holder from this instant on; several may hold one post, and all of them are called.

    Raises: BadInput when there is no such member, Conflict when the member holds the post already.
    Tells: post.appointed.
    """
    someone(member_id)
    if _holding(post_id, member_id):
        raise Conflict("This member holds the post already.")
    db.session.add(models.Holding(post_id=post_id, member_id=member_id, since=at, until=None))
    tell(models.APPOINTED, post_id, at, by, {"member": member_id})


def relieve(post_id: int, member_id: str, at: datetime, by: By) -> None:
    """End a holding; the debts stay with the post.

    Raises: Conflict when the member does not hold the post. Tells: post.relieved.
    """
    holding = _holding(post_id, member_id)
    if holding is None:
        raise Conflict("This member does not hold the post.")
    holding.until = at
    tell(models.RELIEVED, post_id, at, by, {"member": member_id})


def someone(member_id: str) -> None:
    """Make sure that a member is there and can come in.

    Raises: BadInput otherwise.
    """
    member = agencies.member(member_id)
    if member is None or member.disabled:
        raise BadInput("There is no such member, or the account is disabled; appoint somebody who can come in.")


def _holding(post_id: int, member_id: str) -> models.Holding | None:
    held = models.Holding
    query = select(held).where(held.post_id == post_id, held.member_id == member_id, held.until.is_(None))
    return db.session.scalars(query).first()
