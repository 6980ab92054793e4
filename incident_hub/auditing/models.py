"""The table of audits."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from incident_hub.kernel.database import Base, Instant
from incident_hub.kernel.registry import ACCESS, holds_text, kind

# Told to the desk that is read and to the evaluator's, and to nobody else.
OPENED = kind("audit.opened", ACCESS)
ENDED = kind("audit.ended", ACCESS)

holds_text("audit.reason", "why an evaluator read as another desk")


class Audit(Base):
    """An evaluator reads as another desk, from one instant until another."""

    __tablename__ = "audit"

    #: Random.
    id: Mapped[str] = mapped_column(String(24), primary_key=True)
    #: The operation's chain.
    chain: Mapped[int] = mapped_column(ForeignKey("operation.id"))
    #: Who reads; it stays when they are forgotten, and then names nobody.
    member: Mapped[str] = mapped_column(String(24))
    #: From which desk.
    by: Mapped[str] = mapped_column(String(96))
    #: The number of that desk.
    by_id: Mapped[int] = mapped_column(Integer)
    #: As which desk.
    desk: Mapped[str] = mapped_column(String(96))
    #: The number of that desk.
    desk_id: Mapped[int] = mapped_column(Integer)
    #: Why.
    reason: Mapped[str] = mapped_column(Text)
    #: From when on.
    since: Mapped[datetime] = mapped_column(Instant)
    #: Until when at the latest.
    until: Mapped[datetime] = mapped_column(Instant)
    #: When the evaluator ended it before; null otherwise.
    ended_at: Mapped[datetime | None] = mapped_column(Instant)

    __table_args__ = (Index("ix_audit_chain", "chain", "since"),)
