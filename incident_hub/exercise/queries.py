"""Questions about an exercise: what is due, what has been played, and what control said to a desk."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import func, select

from incident_hub.kernel.database import db

from .models import Inject


def first_due(at: datetime, aside: Collection[str] = ()) -> tuple[int, str] | None:
    """The chain and id of the inject that has been due longest; `aside` are those to leave alone for now."""
    query = select(Inject.chain, Inject.id).where(Inject.state == "armed", Inject.due_at <= at)
    if aside:
        query = query.where(Inject.id.not_in(list(aside)))
    row = db.session.execute(query.order_by(Inject.due_at, Inject.place, Inject.id).limit(1)).first()
    return (row.chain, row.id) if row else None


def next_due() -> datetime | None:
    """The earliest instant at which an inject is to be played."""
    return db.session.scalar(select(func.min(Inject.due_at)).where(Inject.state == "armed"))


def injects_of(chain: int) -> list[dict[str, Any]]:
    """All injects of an exercise in the order they are played; for those who control it."""
    query = select(Inject).where(Inject.chain == chain).order_by(Inject.due_at, Inject.place)
    return [_shape(one) for one in db.session.scalars(query)]


def said_to(chains: Collection[int], desk: str) -> list[dict[str, Any]]:
    """What the control desks of these exercises have said to a desk, newest first: [{chain, at, post, text}]."""
    query = select(Inject).where(Inject.chain.in_(chains), Inject.what == "say", Inject.state == "played")
    rows = db.session.scalars(query.order_by(Inject.played_at.desc(), Inject.place.desc()))
    mine = [one for one in rows if one.body["to"] == desk]
    return [
        {"chain": one.chain, "at": one.played_at, "post": one.body.get("post"), "text": one.body["text"]}
        for one in mine
    ]


def _shape(one: Inject) -> dict[str, Any]:
    names = ("id", "due_at", "what", "incident", "body", "state", "played_at", "ref", "refusal")
    return {name: getattr(one, name) for name in names}
