"""What is held back from destruction, and how far a destruction has come."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from incident_hub.kernel.database import Base, Instant, Json
from incident_hub.kernel.registry import ACCESS, NOBODY, OPERATION, holds_text, kind

HELD = kind("retention.held", ACCESS)
REVIEWED = kind("retention.reviewed", ACCESS)
RELEASED = kind("retention.released", ACCESS)
DESTROYED = kind("retention.destroyed", OPERATION)
COPIED = kind("record.copied", ACCESS)
FORGOTTEN = kind("member.forgotten", NOBODY)

holds_text("hold.reason", "why something is held back from destruction")


class Hold(Base):
    """Somebody judged that a subject is still needed; it is kept until the hold ends or is lifted."""

    __tablename__ = "hold"

    #: Random.
    id: Mapped[str] = mapped_column(String(24), primary_key=True)
    #: The operation's chain.
    chain: Mapped[int] = mapped_column(ForeignKey("operation.id"), index=True)
    #: `incident/K7QF2M`, or `operation/EXPO` for all of it.
    subject: Mapped[str] = mapped_column(String(96))
    #: Why it is still needed; the newest review's words take the place of the first.
    reason: Mapped[str] = mapped_column(Text)
    #: The desk that answers for it.
    desk: Mapped[str] = mapped_column(String(96))
    #: Since when.
    at: Mapped[datetime] = mapped_column(Instant)
    #: Until when, unless a review moves it.
    until: Mapped[datetime] = mapped_column(Instant)
    #: When it was last judged anew.
    reviewed_at: Mapped[datetime | None] = mapped_column(Instant)
    #: When it was lifted before its time.
    released_at: Mapped[datetime | None] = mapped_column(Instant)


class Destruction(Base):
    """One class of an operation being destroyed; the counts grow with every slice, so that a killed one goes on."""

    __tablename__ = "destruction"

    #: Random.
    id: Mapped[str] = mapped_column(String(24), primary_key=True)
    #: The operation's chain.
    chain: Mapped[int] = mapped_column(ForeignKey("operation.id"))
    #: The class of the plan.
    code: Mapped[str] = mapped_column(String(32))
    #: When it was due.
    due_at: Mapped[datetime] = mapped_column(Instant)
    #: When it began.
    begun_at: Mapped[datetime] = mapped_column(Instant)
    #: How many texts were destroyed, by table and column.
    counts: Mapped[Any] = mapped_column(Json)
    #: How many were left because they are held.
    held: Mapped[int] = mapped_column(Integer)
    #: When it was stated in the record; null while it goes on.
    finished_at: Mapped[datetime | None] = mapped_column(Instant)

    __table_args__ = (Index("ix_destruction_chain", "chain", "code"),)
