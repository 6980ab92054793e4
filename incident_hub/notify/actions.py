"""The verbs of a notice: prepare it with the step that needs it, claim it, settle it, give it back, read it.

Sending lies between claiming and settling, with no transaction open (`channels.send`).
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select, update

from incident_hub.agencies import queries as agencies
from incident_hub.agencies.queries import Member
from incident_hub.kernel import record
from incident_hub.kernel.database import db
from incident_hub.kernel.text import opaque

from . import retry
from .channels import CHANNELS
from .messages import Matter, Message, Outcome, restored, worst_first
from .models import Notice


@dataclass(frozen=True)
class Occasion:
    """The rung of a ladder that a notice belongs to; `late` says that it is taken after an outage."""

    chain: int
    obligation: str
    step: int
    occurrence: int
    late: bool


@dataclass(frozen=True)
class Claimed:
    """One delivery that is ours to make: a notice, or several late ones for one person in one message."""

    claim: str
    channel: str
    attempt: int
    message: Message


def prepare(occasion: Occasion, member: Member, desk_id: int, channel: str, matter: Matter, at: datetime) -> str | None:
    """Make a notice in the transaction of the step that needs it; the sender finds it after the commit.

    Shape: None when all went well, otherwise why this person cannot be reached that way, as a code.
    """
    way = CHANNELS.get(channel)
    if way is None:
        return "no_channel"
    address = way.address_of(member)
    if address is None:
        return "no_address"
    notice = Notice(
        id=opaque(), chain=occasion.chain, obligation=occasion.obligation, step=occasion.step,
        occurrence=occasion.occurrence, member=member.id, desk=desk_id, channel=channel,
        address=address if way.carries else None, language=member.language, matter=matter.kept(), late=occasion.late,
        state="prepared" if way.carries else "sent", prepared_at=at, attempt=0, claim=None, claimed_at=None,
        next_try_at=at, delivery_id=opaque(), carried=None, sent_at=None if way.carries else at, read_at=None,
        fault=None,
    )  # fmt: skip
    db.session.add(notice)
    return None


def claim_one(at: datetime, aside: Collection[str] = ()) -> Claimed | None:
    """Take the next delivery that is due, with whatever is bundled with it; None when nothing is, or it may not go.

    Who was disabled, or whose desk may know of it no longer, is not written to: such a notice fails here.
    """
    due = select(Notice).where(Notice.state == "prepared", Notice.next_try_at <= at)
    if aside:
        due = due.where(Notice.id.not_in(aside))
    first = db.session.scalars(due.order_by(Notice.next_try_at, Notice.prepared_at, Notice.id).limit(1)).first()
    if first is None:
        return None
    together = [one for one in _bundle(first) if _still_may(one)]
    if not together:
        return None
    claim, carried = opaque(), first.carried or together[0].delivery_id
    attempt = max(one.attempt for one in together) + 1
    values = {"state": "claimed", "claim": claim, "claimed_at": at, "attempt": attempt, "carried": carried}
    mine = [one.id for one in together]
    taken = db.session.execute(update(Notice).where(Notice.id.in_(mine), Notice.state == "prepared").values(**values))
    if getattr(taken, "rowcount", 0) != len(mine):
        raise RuntimeError("a notice was claimed by another sender between being read and being claimed")
    matters = worst_first([restored(one.matter) for one in together])
    message = Message(carried, together[0].address or "", together[0].language, at, matters)
    return Claimed(claim, together[0].channel, attempt, message)


def settle(claimed: Claimed, outcome: Outcome, jitter: float, at: datetime) -> bool:
    """Write down what became of a try; True when the claim was still ours.

    A claim that was given back meanwhile is somebody else's, and settles nothing.
    """
    if outcome.accepted:
        values: dict[str, Any] = {"state": "sent", "sent_at": at, "fault": None}
    else:
        again = None if outcome.final else retry.next_try(claimed.attempt, at, jitter)
        values = {"state": "prepared" if again else "failed", "fault": (outcome.fault or "")[:96]}
        values |= {"next_try_at": again or at}
    mine = (Notice.claim == claimed.claim) & (Notice.state == "claimed")
    settled = db.session.execute(update(Notice).where(mine).values(**values, claim=None, claimed_at=None))
    return bool(getattr(settled, "rowcount", 0))


def give_back(at: datetime) -> int:
    """Free the claims of senders that died; the same delivery goes out again under the same id."""
    dead = (Notice.state == "claimed") & (Notice.claimed_at < at - retry.STALE)
    freed = db.session.execute(
        update(Notice).where(dead).values(state="prepared", claim=None, claimed_at=None, next_try_at=at)
    )
    return int(getattr(freed, "rowcount", 0))


def read(member: str, obligation: str, at: datetime) -> None:
    """Somebody saw what was shown to them in the application about a debt."""
    shown = (Notice.member == member) & (Notice.channel == "in_app") & (Notice.obligation == obligation)
    db.session.execute(update(Notice).where(shown, Notice.state == "sent").values(state="read", read_at=at))


def _bundle(first: Notice) -> list[Notice]:
    """The notices that go out with this one: those it went out with before, or the late ones for the same person."""
    if first.carried is not None:
        with_it = Notice.carried == first.carried
    elif first.late:
        alike = (Notice.member == first.member) & (Notice.channel == first.channel)
        with_it = alike & Notice.late & Notice.carried.is_(None) & (Notice.address == first.address)
    else:
        return [first]
    query = select(Notice).where(with_it, Notice.state == "prepared")
    return list(db.session.scalars(query.order_by(Notice.prepared_at, Notice.id)))


def _still_may(notice: Notice) -> bool:
    member = agencies.member(notice.member)
    subject = (str(notice.matter["noun"]), str(notice.matter["ref"]))
    fault = None
    if member is None or member.disabled:
        fault = "member disabled"
    elif record.may_know(notice.chain, subject, notice.desk) is None:
        fault = "not cleared"
    if fault:
        notice.state, notice.fault = "failed", fault
    return fault is None
