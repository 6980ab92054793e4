"""Questions to the roster: who holds a post at an instant, and which posts somebody holds."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, or_, select

from incident_hub.agencies import queries as agencies
from incident_hub.kernel.database import db

from .models import Holding


def holders(post_id: int, at: datetime) -> list[str]:
    """The members who hold a post at an instant, the longest holder first."""
    query = select(Holding.member_id).where(Holding.post_id == post_id, _lasts(at))
    return list(db.session.scalars(query.order_by(Holding.since, Holding.id)))


def holders_of(desk_id: int, post_code: str, at: datetime) -> list[str]:
    """The members who hold a desk's post at an instant; nobody when the desk has no such post."""
    post = agencies.post(desk_id, post_code)
    return holders(post.id, at) if post else []


def posts_held(member_id: str, at: datetime) -> list[int]:
    """The posts a member holds at an instant, by number."""
    query = select(Holding.post_id).where(Holding.member_id == member_id, _lasts(at))
    return list(db.session.scalars(query.order_by(Holding.since, Holding.id)))


def posts_held_at(desk_id: int, member_id: str, at: datetime) -> list[str]:
    """The codes of the posts a member holds at one desk."""
    held = set(posts_held(member_id, at))
    return [post.code for post in agencies.posts_of(desk_id) if post.id in held]


def on_duty(desk_ids: Iterable[int], at: datetime) -> list[dict[str, Any]]:
    """Who is on duty at these desks, post by post; a vacant post has no names.

    Shape: [{desk, agency, post, title, kind, members: [{id, name}]}], without contacts (rulings 2).
    """
    desks = agencies.desks(desk_ids)
    names = {member.id: member for member in agencies.members() if not member.disabled}
    shown: list[dict[str, Any]] = []
    for desk in sorted(desks.values(), key=lambda one: one.code):
        for post in agencies.posts_of(desk.id):
            members = [{"id": id, "name": names[id].name} for id in holders(post.id, at) if id in names]
            held = {"desk": desk.code, "agency": desk.agency, "post": post.code, "title": post.title}
            shown.append(held | {"kind": post.kind, "members": members})
    return shown


def _lasts(at: datetime) -> ColumnElement[bool]:
    return (Holding.since <= at) & or_(Holding.until.is_(None), Holding.until > at)
