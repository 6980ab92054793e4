"""Questions to the roster: who holds a post at an instant, who will, and which posts somebody holds."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import select, union

from incident_hub.agencies import queries as agencies
from incident_hub.agencies.queries import Post
from incident_hub.kernel.database import db
from incident_hub.roster import rotation
from incident_hub.roster.models import Arrangement, Handover, Holding, Override, Turn
from incident_hub.roster.rotation import Schedule, Signing

from .arranged import schedules
from .handing import as_read, began, first_due_call, handover, handovers_of, next_call
from .reading import (
    arrangement,
    arrangements,
    calendar_of,
    calendar_shown,
    calendars_of,
    drawn,
    holes,
    overrides,
    planned,
    shifts,
    subscribed,
    swap,
    swaps,
)  # fmt: skip

__all__ = [
    "Handover", "arrangement", "arrangements", "as_read", "began", "calendar_of", "calendar_shown", "calendars_of",
    "drawn", "first_due_call", "handover", "handovers_of", "holders", "holders_of", "holders_of_many", "holes",
    "next_call", "on_duty", "overrides", "planned", "posts_held", "posts_held_at", "schedule_of", "schedules",
    "schedules_of", "shifts", "subscribed", "swap", "swaps",
]  # fmt: skip


def holders(post_id: int, at: datetime) -> list[str]:
    """The members who hold a post at an instant; whoever was due to go and was not relieved yet holds it too."""
    return holders_of_many([post_id], at)[post_id]


def holders_of_many(post_ids: Iterable[int], at: datetime, now: datetime | None = None) -> dict[int, list[str]]:
    """The same for many posts at once; after `now`, for an instant to come, hand-overs count as signed in time."""
    known = min(now or at, at)
    return {post: rotation.holders(_as_of(one, known), at) for post, one in schedules(post_ids).items()}


def holders_of(desk_id: int, post_code: str, at: datetime) -> list[str]:
    """The members who hold a desk's post at an instant; nobody when the desk has no such post."""
    post = agencies.post(desk_id, post_code)
    return holders(post.id, at) if post else []


def schedule_of(desk_id: int, post_code: str) -> Schedule:
    """What is arranged for a desk's post, for reckoning ahead: every hand-over counts as signed in time."""
    return schedules_of([desk_id]).get((desk_id, post_code), Schedule())


def schedules_of(desk_ids: Iterable[int]) -> dict[tuple[int, str], Schedule]:
    """The same for every post of a set of desks, by desk and post code."""
    posts = _posts(desk_ids)
    found = schedules(posts)
    return {(post.desk_id, post.code): replace(found[id], signing=None) for id, post in posts.items()}


def posts_held(member_id: str, at: datetime) -> list[int]:
    """The posts a member holds at an instant, by number."""
    query = union(
        select(Holding.post_id).where(Holding.member_id == member_id),
        select(Override.post_id).where(Override.member_id == member_id),
        select(Arrangement.post_id)
        .join(Turn, Turn.arrangement_id == Arrangement.id)
        .where(Turn.member_id == member_id),
    )
    found = holders_of_many(db.session.scalars(query), at)
    return sorted(post for post, members in found.items() if member_id in members)


def posts_held_at(desk_id: int, member_id: str, at: datetime) -> list[str]:
    """The codes of the posts a member holds at one desk."""
    posts = agencies.posts_of(desk_id)
    held = holders_of_many([post.id for post in posts], at)
    return [post.code for post in posts if member_id in held[post.id]]


def on_duty(desk_ids: Iterable[int], at: datetime, now: datetime | None = None) -> list[dict[str, Any]]:
    """Who is on duty at these desks, post by post; a vacant post has no names, and `now` is as for holders.

    Shape: [{desk, agency, post, title, kind, members: [{id, name}]}], without contacts (rulings 2).
    """
    desks = agencies.desks(desk_ids)
    names = {member.id: member for member in agencies.members() if not member.disabled}
    posts = _posts(desks)
    held = holders_of_many(posts, at, now)
    shown: list[dict[str, Any]] = []
    for post in sorted(posts.values(), key=lambda one: (desks[one.desk_id].code, one.id)):
        members = [{"id": id, "name": names[id].name} for id in held[post.id] if id in names]
        desk = desks[post.desk_id]
        told = {"desk": desk.code, "agency": desk.agency, "post": post.code, "title": post.title}
        shown.append(told | {"kind": post.kind, "members": members})
    return shown


def _posts(desk_ids: Iterable[int]) -> Mapping[int, Post]:
    return {post.id: post for desk in desk_ids for post in agencies.posts_of(desk)}


def _as_of(schedule: Schedule, known: datetime) -> Schedule:
    """The schedule as it is known at an instant: what falls due later counts as signed in time."""
    return replace(schedule, signing=replace(schedule.signing or Signing(), until=known))
