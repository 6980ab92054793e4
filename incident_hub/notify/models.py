"""The table of notices, each with how far its delivery has come."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Boolean, ForeignKey, Index, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from incident_hub.kernel.database import Base, Instant, Json
from incident_hub.kernel.registry import holds_text

holds_text("notice.address", "where a person was written to")


class Notice(Base):
    """One message to one person on one channel."""

    __tablename__ = "notice"

    #: Random.
    id: Mapped[str] = mapped_column(String(24), primary_key=True)
    #: The operation's chain.
    chain: Mapped[int] = mapped_column(ForeignKey("chain.id"))
    #: The debt it speaks of.
    obligation: Mapped[str] = mapped_column(String(24))
    #: The rung of that debt's ladder.
    step: Mapped[int] = mapped_column(Integer)
    #: Which repeat of the rung.
    occurrence: Mapped[int] = mapped_column(Integer)
    #: Whom it is for.
    member: Mapped[str] = mapped_column(ForeignKey("member.id"))
    #: The desk at which that person was called; it must still know the subject when the notice goes out.
    desk: Mapped[int] = mapped_column(Integer)
    #: in_app, email …
    channel: Mapped[str] = mapped_column(String(16))
    #: Where it goes; null where the channel needs no address.
    address: Mapped[str | None] = mapped_column(String(254))
    #: The language it is written in: zh or en.
    language: Mapped[str] = mapped_column(String(8))
    #: What it says, as codes, instants and words of the plan (see `messages.Matter`).
    matter: Mapped[Any] = mapped_column(Json)
    #: Taken late after an outage: it waits to be bundled with the others for this person and channel.
    late: Mapped[bool] = mapped_column(Boolean)
    #: prepared, claimed, sent, failed or read.
    state: Mapped[str] = mapped_column(String(8))
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
    #: When the person saw it.
    read_at: Mapped[datetime | None] = mapped_column(Instant)
    #: What went wrong last, as a code.
    fault: Mapped[str | None] = mapped_column(String(96))

    __table_args__ = (
        Index("ix_notice_due", "state", "next_try_at"),
        Index("ix_notice_member", "member", "channel", "state"),
        Index("ix_notice_step", "obligation", "step", "occurrence"),
        Index("ix_notice_claim", "claim"),
    )
