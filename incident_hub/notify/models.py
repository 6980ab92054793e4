"""The tables of notices and their histories, of addresses, of webhooks, and of how each channel fares."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Boolean, ForeignKey, Index, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from incident_hub.kernel.database import Base, Instant, Json
from incident_hub.kernel.registry import NOBODY, OWN, holds_text, kind

ADDED = kind("address.added", NOBODY)
REMOVED = kind("address.removed", NOBODY)
FOUND_BAD = kind("address.found_bad", NOBODY)
WEBHOOK_ADDED = kind("webhook.added", NOBODY)
WEBHOOK_STOPPED = kind("webhook.stopped", NOBODY)
CALL_ANSWERED = kind("desk_call.answered", OWN)
TESTED = kind("test_call.made", OWN)

holds_text("notice.address", "where a person was written to")
holds_text("address.value", "a telephone number, or the address of a person's device or group")
holds_text("webhook.url", "where a desk's own system listens")


class Notice(Base):
    """One message to one person on one channel."""

    __tablename__ = "notice"

    #: Random.
    id: Mapped[str] = mapped_column(String(24), primary_key=True)
    #: The operation's chain.
    chain: Mapped[int] = mapped_column(ForeignKey("chain.id"))
    #: The debt it speaks of; null for a test message.
    obligation: Mapped[str | None] = mapped_column(String(24))
    #: The rung of that debt's ladder.
    step: Mapped[int] = mapped_column(Integer)
    #: Which repeat of the rung.
    occurrence: Mapped[int] = mapped_column(Integer)
    #: Whom it is for; null when it is for a desk as a whole.
    member: Mapped[str | None] = mapped_column(ForeignKey("member.id"))
    #: The desk at which that person was called; it must still know the subject when the notice goes out.
    desk: Mapped[int] = mapped_column(Integer)
    #: The post that was called, where somebody has to be asked for by it.
    post: Mapped[str | None] = mapped_column(String(32))
    #: The desk that has to make the call by telephone; null where a machine delivers.
    caller: Mapped[int | None] = mapped_column(Integer)
    #: in_app, email …
    channel: Mapped[str] = mapped_column(String(16))
    #: Where it goes; null where the channel needs no address.
    address: Mapped[str | None] = mapped_column(Text)
    #: The machine it leads to, where members name them; empty where the whole channel goes through one server.
    route: Mapped[str] = mapped_column(String(128))
    #: The language it is written in: zh or en.
    language: Mapped[str] = mapped_column(String(8))
    #: What it says, as codes, instants and words of the plan (see `messages.Matter`).
    matter: Mapped[Any] = mapped_column(Json)
    #: Taken late after an outage: it waits to be bundled with the others for this person and channel.
    late: Mapped[bool] = mapped_column(Boolean)
    #: A call that may go out together with other calls to this person on this channel.
    bundled: Mapped[bool] = mapped_column(Boolean)
    #: prepared, claimed, sent, delivered, read or failed.
    state: Mapped[str] = mapped_column(String(12))
    #: When it was prepared.
    prepared_at: Mapped[datetime] = mapped_column(Instant)
    #: How often a delivery was begun.
    attempt: Mapped[int] = mapped_column(Integer)
    #: Who holds it while it is being sent; a settlement under another claim is ignored.
    claim: Mapped[str | None] = mapped_column(String(24))
    #: Since when it is held.
    claimed_at: Mapped[datetime | None] = mapped_column(Instant)
    #: When it is tried, or tried again.
    next_try_at: Mapped[datetime] = mapped_column(Instant)
    #: Names this delivery to the receiver, the same on every try.
    delivery_id: Mapped[str] = mapped_column(String(24), unique=True)
    #: The delivery it went out under: its own, or that of the bundle it is part of; null before the first try.
    carried: Mapped[str | None] = mapped_column(String(24))
    #: When the channel accepted it.
    sent_at: Mapped[datetime | None] = mapped_column(Instant)
    #: When a receipt said that it arrived.
    delivered_at: Mapped[datetime | None] = mapped_column(Instant)
    #: When the person saw it.
    read_at: Mapped[datetime | None] = mapped_column(Instant)
    #: What went wrong last, as a code.
    fault: Mapped[str | None] = mapped_column(String(96))

    __table_args__ = (
        Index("ix_notice_due", "state", "next_try_at"),
        Index("ix_notice_member", "member", "channel", "state"),
        Index("ix_notice_step", "obligation", "step", "occurrence"),
        Index("ix_notice_claim", "claim"),
        Index("ix_notice_carried", "carried"),
        Index("ix_notice_caller", "caller", "state"),
        Index("ix_notice_desk", "desk", "prepared_at"),
    )


class DeliveryEvent(Base):
    """One thing that happened to a notice on its way; that it was prepared says the notice itself."""

    __tablename__ = "delivery_event"

    #: Row number, in the order of what happened.
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    #: The notice it happened to.
    notice: Mapped[str] = mapped_column(ForeignKey("notice.id"), index=True)
    #: When.
    at: Mapped[datetime] = mapped_column(Instant)
    #: What the notice became: claimed, sent, delivered, read, failed, or prepared again after a try that went wrong.
    state: Mapped[str] = mapped_column(String(12))
    #: What went wrong, or what was answered, as a code; null where the state says it all.
    code: Mapped[str | None] = mapped_column(String(96))


class Address(Base):
    """Where a member, or a desk as a whole, is reached on one channel."""

    __tablename__ = "address"

    #: Random.
    id: Mapped[str] = mapped_column(String(24), primary_key=True)
    #: Whose it is; null for the common telephone of a desk.
    member: Mapped[str | None] = mapped_column(ForeignKey("member.id"))
    #: The desk whose common address it is; null for a member's own.
    desk: Mapped[int | None] = mapped_column(Integer)
    #: The channel that uses it.
    channel: Mapped[str] = mapped_column(String(16))
    #: The number, the address of a group robot, or the browser's subscription as JSON.
    value: Mapped[str] = mapped_column(Text)
    #: Since when it is known.
    added_at: Mapped[datetime] = mapped_column(Instant)
    #: When somebody last answered there.
    verified_at: Mapped[datetime | None] = mapped_column(Instant)
    #: Since when it is known to be wrong; it is not used until it is added anew.
    bad_since: Mapped[datetime | None] = mapped_column(Instant)
    #: How that is known, as a code.
    bad_why: Mapped[str | None] = mapped_column(String(96))

    __table_args__ = (Index("ix_address_member", "member", "channel"), Index("ix_address_desk", "desk", "channel"))


class Webhook(Base):
    """A desk's own system that listens for what its posts are called about."""

    __tablename__ = "webhook"

    #: Random.
    id: Mapped[str] = mapped_column(String(24), primary_key=True)
    #: Whose it is.
    desk: Mapped[int] = mapped_column(Integer, index=True)
    #: Where it listens.
    url: Mapped[str] = mapped_column(Text)
    #: What its messages are signed with; shown once, when it is added.
    secret: Mapped[str] = mapped_column(String(64))
    #: Who added it.
    member: Mapped[str | None] = mapped_column(ForeignKey("member.id"))
    #: When it was added.
    added_at: Mapped[datetime] = mapped_column(Instant)
    #: Since when nothing is sent there any more; null while it holds.
    stopped_at: Mapped[datetime | None] = mapped_column(Instant)
    #: Why it was stopped: removed, or gone (the receiver said 410).
    stopped_why: Mapped[str | None] = mapped_column(String(16))


class ChannelState(Base):
    """How a route of a channel fares (see `breaker`); no row is as good as none of it having gone wrong."""

    __tablename__ = "channel_state"

    #: The channel.
    channel: Mapped[str] = mapped_column(String(16), primary_key=True)
    #: The machine it leads to, where members name them; empty where the whole channel goes through one server.
    route: Mapped[str] = mapped_column(String(128), primary_key=True)
    #: Faults of its own in a row.
    faults: Mapped[int] = mapped_column(Integer)
    #: Since when it is not tried, or only now and then; null while it works.
    since: Mapped[datetime | None] = mapped_column(Instant)
    #: Until when it is left alone.
    until: Mapped[datetime | None] = mapped_column(Instant)
