"""The roster as it is shown: what is arranged, shifts with names, gaps and overlaps, swaps, subscriptions."""

from __future__ import annotations

import hmac
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import select

from incident_hub.agencies import queries as agencies
from incident_hub.kernel.database import db
from incident_hub.kernel.errors import NotKnown
from incident_hub.kernel.text import sha256
from incident_hub.roster import days, rotation
from incident_hub.roster.models import Arrangement, Calendar, Override, Swap, Turn
from incident_hub.roster.rotation import Schedule, Watch

from .arranged import schedules


def planned(desk_id: int) -> list[tuple[agencies.Post, Schedule]]:
    """The posts of a desk with what is arranged for each, every hand-over taken as signed in time."""
    posts = agencies.posts_of(desk_id)
    found = schedules(post.id for post in posts)
    return [(post, replace(found[post.id], signing=None)) for post in posts]


def shifts(desk_id: int, post: str | None, since: datetime, until: datetime) -> list[dict[str, Any]]:
    """The shifts of a desk's posts that touch a span."""
    names = _names()
    return [
        {"post": one.code, "since": shift.since, "until": shift.until, "why": shift.why,
         "members": [{"id": id, "name": names.get(id, "")} for id in shift.members]}
        for one, schedule in planned(desk_id) if post in (None, one.code)
        for shift in rotation.shifts(schedule, since, until)
    ]  # fmt: skip


def drawn(desk_id: int, zone: str, first: date, count: int) -> list[dict[str, Any]]:
    """The posts of a desk over some days, for the page: {post, title, kind, days: [[spell]]}, members by name."""
    names = _names()

    def shown(one: days.Spell) -> dict[str, Any]:
        members = [{"id": id, "name": names.get(id, "")} for id in one.members]
        return {"since": one.since, "until": one.until, "why": one.why, "members": members,
                "begins": one.begins, "ends": one.ends}  # fmt: skip

    return [
        {"post": post.code, "title": post.title, "kind": post.kind,
         "days": [[shown(one) for one in day] for day in days.row(schedule, zone, first, count)]}
        for post, schedule in planned(desk_id)
    ]  # fmt: skip


def holes(desk_id: int, since: datetime, until: datetime) -> list[dict[str, Any]]:
    """Where a desk's posts are held by nobody, or by more than one crew should have.

    Shape: posts that have nothing arranged and no holder at all are one gap from end to end.
    """
    names = _names()
    found: list[dict[str, Any]] = []
    for post, schedule in planned(desk_id):
        wanted = max((len(crew) for one in schedule.rotations for crew in one.crews), default=1)
        wanted += sum(1 for one in schedule.holdings if one.until is None) if schedule.rotations else 0
        many = max(wanted, len(schedule.holdings) if not schedule.rotations else 0)
        for kind, spans in (
            ("gap", rotation.gaps(schedule, since, until)),
            ("overlap", rotation.overlaps(schedule, since, until, many)),
        ):
            for one in spans:
                members = [{"id": id, "name": names.get(id, "")} for id in one.members]
                found.append(
                    {"post": post.code, "kind": kind, "since": one.since, "until": one.until, "members": members}
                )
    return found


def arrangements(desk_id: int, at: datetime) -> list[dict[str, Any]]:
    """What is arranged for a desk's posts and has not ended: rotations, peaks, holidays, with their crews."""
    posts = {post.id: post for post in agencies.posts_of(desk_id)}
    lasting = Arrangement.until.is_(None) | (Arrangement.until > at)
    rows = db.session.scalars(select(Arrangement).where(Arrangement.post_id.in_(posts), lasting)).all()
    crews: dict[str, dict[int, list[dict[str, str]]]] = {}
    names = _names()
    query = select(Turn).where(Turn.arrangement_id.in_([row.id for row in rows])).order_by(Turn.turn, Turn.place)
    for turn in db.session.scalars(query):
        crew = crews.setdefault(turn.arrangement_id, {}).setdefault(turn.turn, [])
        crew.append({"id": turn.member_id, "name": names.get(turn.member_id, "")})
    return [
        {"id": row.id, "post": posts[row.post_id].code, "kind": row.kind, "since": row.since, "until": row.until,
         **row.pattern, "crews": list(crews.get(row.id, {}).values())}
        for row in sorted(rows, key=lambda row: (posts[row.post_id].id, row.since))
    ]  # fmt: skip


def arrangement(id: str, post_id: int) -> str:
    """The id of something arranged for this post.

    Raises: NotKnown when there is no such thing.
    """
    row = db.session.get(Arrangement, id)
    if row is None or row.post_id != post_id:
        raise NotKnown
    return row.id


def overrides(desk_id: int, since: datetime) -> list[dict[str, Any]]:
    """Who stands in for whom at a desk, as far as it has not ended before an instant."""
    posts, names = {post.id: post.code for post in agencies.posts_of(desk_id)}, _names()
    query = select(Override).where(Override.post_id.in_(posts), Override.until > since).order_by(Override.id)
    return [
        {"id": row.ref, "post": posts[row.post_id], "member": _person(row.member_id, names),
         "instead_of": _person(row.instead_of_id, names), "since": row.since, "until": row.until,
         "swap": row.swap_id}
        for row in db.session.scalars(query)
    ]  # fmt: skip


def swaps(desk_id: int, since: datetime) -> list[dict[str, Any]]:
    """The exchanges of a desk's own people whose shifts have not both ended before an instant."""
    posts, names = {post.id: post.code for post in agencies.posts_of(desk_id)}, _names()
    later = (Swap.until > since) | (Swap.other_until > since)
    query = select(Swap).where(Swap.post_id.in_(posts), later).order_by(Swap.proposed_at, Swap.id)
    return [
        {"id": row.id, "post": posts[row.post_id], "state": row.state, "member": _person(row.member_id, names),
         "since": row.since, "until": row.until, "other": _person(row.other_id, names),
         "other_since": row.other_since, "other_until": row.other_until}
        for row in db.session.scalars(query)
    ]  # fmt: skip


def swap(id: str, desk_id: int) -> Swap:
    """An exchange at this desk.

    Raises: NotKnown for another desk's.
    """
    row = db.session.get(Swap, id)
    post = agencies.post_by_id(row.post_id) if row else None
    if row is None or post is None or post.desk_id != desk_id:
        raise NotKnown
    return row


def calendar_shown(token: str, op_desks: Iterable[int]) -> Calendar:
    """The subscription behind an address that still shows something.

    Raises: NotKnown when it was revoked, its member may not come in any more or sits at that desk no longer, or the
    desk takes no part in the operation.
    """
    id, _, secret = token.partition(".")
    row = db.session.get(Calendar, id)
    if row is None or row.revoked_at is not None or not hmac.compare_digest(row.hash, sha256(secret.encode())):
        raise NotKnown
    member = agencies.member(row.member_id)
    sits = member is not None and not member.disabled
    seats = {desk.id for desk, _, _ in agencies.seats_of(row.member_id)} if sits else set[int]()
    if row.desk_id not in seats or row.desk_id not in set(op_desks):
        raise NotKnown
    return row


def calendar_of(id: str, member_id: str) -> Calendar:
    """One's own subscription.

    Raises: NotKnown for somebody else's.
    """
    row = db.session.get(Calendar, id)
    if row is None or row.member_id != member_id:
        raise NotKnown
    return row


def calendars_of(member_id: str, desk_id: int) -> list[dict[str, Any]]:
    """One's subscriptions at a desk that are not revoked."""
    mine = (Calendar.member_id == member_id) & (Calendar.desk_id == desk_id) & Calendar.revoked_at.is_(None)
    rows = db.session.scalars(select(Calendar).where(mine).order_by(Calendar.made_at, Calendar.id))
    return [{"id": row.id, "post": row.post, "scope": row.scope, "made_at": row.made_at} for row in rows]


def subscribed(row: Calendar, since: datetime, until: datetime) -> list[tuple[agencies.Post, Watch]]:
    """The watches that a subscription shows in a span."""
    return [
        (post, one)
        for post, schedule in planned(row.desk_id) if row.post in (None, post.code)
        for one in rotation.watches(schedule, since, until)
        if one.why != "appointed" and (row.scope == "all" or one.member == row.member_id)
    ]  # fmt: skip


def _names() -> Mapping[str, str]:
    return {one.id: one.name for one in agencies.members()}


def _person(id: str | None, names: Mapping[str, str]) -> dict[str, str] | None:
    return {"id": id, "name": names.get(id, "")} if id else None
