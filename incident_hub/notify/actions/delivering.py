"""The three beats of a delivery: claim it, send it with no transaction open, settle it; and give back what is stuck."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, insert, select, update

from incident_hub.agencies import queries as agencies
from incident_hub.kernel import record
from incident_hub.kernel.database import db
from incident_hub.kernel.text import opaque
from incident_hub.notify import breaker, queries, retry, states
from incident_hub.notify.messages import Message, Outcome, worst_first
from incident_hub.notify.models import ChannelState, DeliveryEvent, Notice

from .addressing import find_bad, stop_webhook


@dataclass(frozen=True)
class Claimed:
    """One delivery that is ours to make: a notice, or several late ones for one person in one message."""

    claim: str
    channel: str
    route: str
    attempt: int
    message: Message


def claim_one(at: datetime, aside: Collection[str] = (), busy: Collection[str] = ()) -> Claimed | None:
    """Take the next delivery that is due, with whatever is bundled with it; None when nothing is, or it may not go.

    Shape: `aside` are notices and `busy` channels that are left alone. Who was disabled, or whose desk may know of it
    no longer, is not written to: such a notice fails here.
    """
    query = select(Notice).where(queries.due(at, aside, busy)).order_by(*queries.IN_ORDER).limit(1)
    first = db.session.scalars(query).first()
    if first is None:
        return None
    together = [one for one in _bundle(first) if _still_may(one, at)]
    if not together:
        return None
    claim, carried = opaque(), first.carried or together[0].delivery_id
    attempt = max(one.attempt for one in together) + 1
    values = {"state": states.CLAIMED, "claim": claim, "claimed_at": at, "attempt": attempt, "carried": carried}
    mine = [one.id for one in together]
    taken = db.session.execute(update(Notice).where(Notice.id.in_(mine), Notice.state == "prepared").values(**values))
    if getattr(taken, "rowcount", 0) != len(mine):
        raise RuntimeError("a notice was claimed by another sender between being read and being claimed")
    note_all(mine, at, states.CLAIMED)
    matters = worst_first([queries.outward(one) for one in together])
    address, secret = queries.place_of(together[0])
    message = Message(carried, address, together[0].language, at, matters, secret)
    return Claimed(claim, together[0].channel, together[0].route, attempt, message)


def settle(claimed: Claimed, outcome: Outcome, jitter: float, at: datetime) -> bool:
    """Write down what became of a try; True when the claim was still ours.

    A claim that was given back meanwhile is somebody else's, and settles nothing. Tells: address.found_bad,
    webhook.stopped, when the receiver said that it is gone for good.
    """
    _fare(claimed.channel, claimed.route, outcome, at)
    mine = (Notice.claim == claimed.claim) & (Notice.state == states.CLAIMED)
    held = list(db.session.scalars(select(Notice).where(mine)))
    if not held:
        return False
    if outcome.accepted:
        values: dict[str, Any] = {"state": states.SENT, "sent_at": at, "fault": None}
    else:
        again = None if outcome.final else retry.next_try(claimed.attempt, at, jitter, outcome.asked)
        values = {"state": states.PREPARED if again else states.FAILED, "fault": (outcome.fault or "")[:96]}
        values |= {"next_try_at": again or at}
    ids = [one.id for one in held]
    db.session.execute(update(Notice).where(Notice.id.in_(ids)).values(**values, claim=None, claimed_at=None))
    note_all(ids, at, values["state"], values["fault"])
    if outcome.gone:
        _gone(held[0], at)
    return True


def give_back(at: datetime, claimed_before: datetime | None = None) -> int:
    """Free the claims of senders that died; the same delivery goes out again under the same id.

    Shape: `claimed_before` is since when there are other senders; without it, those count as dead that took too long.
    """
    dead = (Notice.state == states.CLAIMED) & (Notice.claimed_at < (claimed_before or at - retry.STALE))
    ids = list(db.session.scalars(select(Notice.id).where(dead)))
    free = {"state": states.PREPARED, "claim": None, "claimed_at": None, "next_try_at": at}
    db.session.execute(update(Notice).where(Notice.id.in_(ids)).values(**free))
    note_all(ids, at, states.PREPARED, "sender died")
    return len(ids)


def note_all(notices: Iterable[str], at: datetime, state: str, code: str | None = None) -> None:
    """Keep in the history of notices what became of them."""
    rows = [{"notice": one, "at": at, "state": state, "code": code} for one in notices]
    if rows:
        db.session.execute(insert(DeliveryEvent), rows)


def _bundle(first: Notice) -> list[Notice]:
    """The notices that go out with this one: those it went out with before, or what else is gathered for the person."""
    if first.carried is not None:
        with_it: ColumnElement[bool] = Notice.carried == first.carried
    elif first.late or first.bundled:
        with_it = (Notice.member == first.member) & (Notice.channel == first.channel) & Notice.carried.is_(None)
        with_it &= (Notice.late | Notice.bundled) & (Notice.address == first.address)
    else:
        return [first]
    query = select(Notice).where(with_it, Notice.state == states.PREPARED).order_by(Notice.prepared_at, Notice.id)
    # What is earnest never goes out under the mark of an exercise, nor the other way round.
    return [one for one in db.session.scalars(query) if one.matter["exercise"] == first.matter["exercise"]]


def _still_may(notice: Notice, at: datetime) -> bool:
    member = agencies.member(notice.member) if notice.member else None
    subject = (str(notice.matter["noun"]), str(notice.matter["ref"]))
    fault = None
    if notice.member and (member is None or member.disabled):
        fault = "member disabled"
    elif notice.obligation is not None and record.may_know(notice.chain, subject, notice.desk) is None:
        fault = "not cleared"
    elif not queries.place_of(notice)[0]:
        fault = "address removed"
    if fault:
        notice.state, notice.fault = states.FAILED, fault
        note_all([notice.id], at, states.FAILED, fault)
    return fault is None


def _fare(channel: str, route: str, outcome: Outcome, at: datetime) -> None:
    """Keep how the route fares; a refusal of one recipient shows that it works."""
    row = db.session.get(ChannelState, (channel, route))
    before = breaker.Breaker(row.faults, row.since, row.until) if row else breaker.Breaker()
    now = breaker.after(before, outcome.down, at)
    if row is None and now != before:
        row = ChannelState(channel=channel, route=route, faults=0)
        db.session.add(row)
    if row is not None:
        row.faults, row.since, row.until = now.faults, now.since, now.until


def _gone(notice: Notice, at: datetime) -> None:
    if notice.channel == "webhook":
        stop_webhook(notice.address or "", "gone", at, queries.SENDER)
    else:
        find_bad(notice.channel, notice.member, notice.address or "", "gone", at, queries.SENDER)
