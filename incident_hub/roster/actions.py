"""The verbs of the roster: appoint a holder, relieve one."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select

from incident_hub.agencies import queries as agencies
from incident_hub.kernel import record
from incident_hub.kernel.database import HOUSE, db
from incident_hub.kernel.errors import BadInput, Conflict
from incident_hub.kernel.record import By, Draft

from . import models


def appoint(post_id: int, member_id: str, at: datetime, by: By) -> None:
    """Give a post a holder from this instant on; several may hold one post, and all of them are called.

    Raises: BadInput when there is no such member, Conflict when the member holds the post already.
    Tells: post.appointed.
    """
    member = agencies.member(member_id)
    if member is None or member.disabled:
        raise BadInput("There is no such member, or the account is disabled; appoint somebody who can come in.")
    if _holding(post_id, member_id):
        raise Conflict("This member holds the post already.")
    db.session.add(models.Holding(post_id=post_id, member_id=member_id, since=at, until=None))
    record.append(_draft(models.APPOINTED, post_id, member_id, at, by))


def relieve(post_id: int, member_id: str, at: datetime, by: By) -> None:
    """End a holding; the debts stay with the post.

    Raises: Conflict when the member does not hold the post. Tells: post.relieved.
    """
    holding = _holding(post_id, member_id)
    if holding is None:
        raise Conflict("This member does not hold the post.")
    holding.until = at
    record.append(_draft(models.RELIEVED, post_id, member_id, at, by))


def _holding(post_id: int, member_id: str) -> models.Holding | None:
    held = models.Holding
    query = select(held).where(held.post_id == post_id, held.member_id == member_id, held.until.is_(None))
    return db.session.scalars(query).first()


def _draft(kind: str, post_id: int, member_id: str, at: datetime, by: By) -> Draft:
    data = {"post": post_id, "member": member_id}
    return Draft(HOUSE, kind, at, by, ("post", str(post_id)), data=data)
